//! What a call raises. The classes are in Python: `gouji/errors.py`.

use gouji::Language;
use gouji::internal::command::service::Refused;
use gouji::internal::message::Message;
use pyo3::exceptions::PyFileNotFoundError;
use pyo3::prelude::*;

/// That a rule pack, a choice of rules or another argument is wrong.
pub(crate) fn refused(py: Python<'_>, why: Refused) -> PyErr {
    let Refused { message, hint, drawing, place } = why;
    let name = if place.is_some() { "PackError" } else { "ArgumentError" };
    let (path, line, column) =
        place.map_or((None, None, None), |(path, line, column)| (Some(path), Some(line), Some(column)));
    let made = || py.import("gouji.errors")?.getattr(name)?.call1((message, hint, path, line, column, drawing));
    made().map_or_else(|error| error, PyErr::from_value)
}

/// The same of something that one sentence says.
pub(crate) fn said(py: Python<'_>, message: &Message, language: Language) -> PyErr {
    refused(py, Refused::said(message, language))
}

/// That there is no such file or folder.
pub(crate) fn missing(py: Python<'_>, path: &std::path::Path) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let errno = py.import("errno")?.getattr("ENOENT")?;
        let words = py.import("os")?.getattr("strerror")?.call1((&errno,))?;
        let error = py.get_type::<PyFileNotFoundError>().call1((errno, words, path.as_os_str()))?;
        Ok(PyErr::from_value(error))
    };
    made().unwrap_or_else(|error| error)
}
