//! Files that are made: marked copies, empty forms.

use gouji::form::{Format, Made as MadeForm, Wanted};
use gouji::internal::command::service::Service;
use gouji::internal::message::Message;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::{refused, said};

/// A file: what it is called, its bytes, what is to be said of it, how many findings are marked or figures carried over.
pub(crate) type Made = (String, Py<PyBytes>, Vec<String>, usize);
/// Which form, whose, of which year.
pub(crate) type Form = (Option<String>, Option<String>, Option<u16>);

/// A copy of a report in which what was found is marked.
pub(crate) fn annotated(py: Python<'_>, service: &Service, name: &str, content: &[u8]) -> PyResult<Made> {
    let language = service.language();
    let (copy, marked) = py.detach(|| service.annotated(name, content)).map_err(|why| refused(py, why))?;
    let remarks = marked.remarks.iter().map(|remark| remark.say(language)).collect();
    let bytes = PyBytes::new(py, &marked.bytes).unbind();
    Ok((copy, bytes, remarks, marked.findings))
}

/// An empty form; `previous` is the report of the year before.
pub(crate) fn blank(
    py: Python<'_>,
    service: &Service,
    (pack, organization, year): Form,
    format: &str,
    previous: Option<(String, Vec<u8>)>,
) -> PyResult<Made> {
    let language = service.language();
    let wrong = |message: &Message| said(py, message, language);
    let format =
        Format::of_extension(format).ok_or_else(|| wrong(&Message::new("blank.format").with("path", format)))?;
    let made = py.detach(|| {
        let wanted = Wanted {
            pack: pack.as_deref(),
            organization: organization.as_deref(),
            year,
            previous: previous.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        };
        let made = MadeForm::new(service.checker(), &wanted)?;
        let bytes = made.form.write(format, language);
        Ok((made, bytes))
    });
    let (made, bytes) = made.map_err(|message: Message| wrong(&message))?;
    let bytes = bytes.map_err(|error| PyOSError::new_err(error.to_string()))?;
    let remarks = made.remarks.iter().map(|remark| remark.say(language)).collect();
    Ok((made.form.title(), PyBytes::new(py, &bytes).unbind(), remarks, made.carried))
}
