//! Views as outputs of the command.

use gouji::Language;
use std::sync::Arc;

use gouji::internal::command::service::Service;
use gouji::render::{self, Format, Options, Rules, Setting, Written};
use gouji::view::{Across, Document, Report, Summary};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::checker::language_of;

/// Reports in an output format, with what is said across them and the counts of the run where they were compared; all as JSON.
pub(crate) fn rendered<'py>(
    py: Python<'py>,
    service: &Service,
    format: &str,
    reports: Vec<String>,
    across: Option<(String, String)>,
    lang: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let format = Format::ALL.iter().find(|known| known.name() == format);
    let format = *format.ok_or_else(|| PyValueError::new_err("no such format"))?;
    let bytes = py.detach(|| {
        let reports = reports.iter().map(|report| serde_json::from_str::<Report>(report));
        let reports = reports.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        let compared = across.map(|(across, summary)| {
            let across = serde_json::from_str::<Across>(&across)?;
            Ok((across, serde_json::from_str::<Summary>(&summary)?))
        });
        let compared = compared.transpose().map_err(|error: serde_json::Error| error.to_string())?;
        let run = match compared {
            Some((across, summary)) => Document { summary, ..Document::new(reports, across) },
            None => Document::new(reports, Across::default()),
        };
        let forms = service.forms();
        let rules = Arc::new(Rules::new(forms.core(), forms.packs()));
        let written = Written { format, options: Options { rules, ..Options::new(language_of(lang)) } };
        written.run(Setting::new(forms.packs()), &run).map_err(|error| error.to_string())
    });
    bytes.map(|bytes| PyBytes::new(py, &bytes)).map_err(PyValueError::new_err)
}

/// The findings of a report as an element of a page.
#[pyfunction]
pub(crate) fn excerpt(py: Python<'_>, report: &str, lang: &str) -> PyResult<String> {
    let language: Language = language_of(lang);
    let html = py.detach(|| {
        let report = serde_json::from_str::<Report>(report)?;
        Ok(render::excerpt(&report, language))
    });
    html.map_err(|error: serde_json::Error| PyValueError::new_err(error.to_string()))
}
