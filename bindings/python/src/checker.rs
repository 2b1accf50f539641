//! The checker of Python: what a call chooses, compiled once.

use std::path::PathBuf;

use gouji::Language;
use gouji::internal::command::service::{Asked, Service, jobs};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator, PyList};

use crate::collected::{Collected, collected};
use crate::error::refused;
use crate::figures::Figures;
use crate::made::{self, Made};
use crate::many::Many;
use crate::rendered::rendered;

/// A checker. It never changes, and several threads may use it.
#[pyclass(module = "gouji._gouji", frozen)]
pub(crate) struct Checker {
    pub service: Service,
}

#[pymethods]
impl Checker {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "the arguments of the class in Python")]
    fn new(
        py: Python<'_>,
        packs: Vec<PathBuf>,
        pack: Option<String>,
        select: Option<Vec<String>>,
        ignore: Vec<String>,
        severity: Vec<(String, String)>,
        limits: Vec<(String, u64)>,
        lang: Option<&str>,
    ) -> PyResult<Self> {
        let language = lang.map(language_of);
        let asked = Asked { packs, pack, select, ignore, severity, limits, language };
        let service = py.detach(|| Service::new(asked)).map_err(|why| refused(py, why))?;
        Ok(Self { service })
    }

    /// The language of what is said: `zh` or `en`.
    #[getter]
    fn lang(&self) -> &'static str {
        match self.service.language() {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// The ids of the forms that are known.
    #[getter]
    fn packs(&self) -> Vec<String> {
        self.service.checker().packs().iter().map(|pack| pack.id.clone()).collect()
    }

    /// Checks what an iterator names, in order.
    #[pyo3(signature = (items, threads))]
    fn check_many(&self, items: Bound<'_, PyIterator>, threads: Option<usize>) -> PyResult<Many> {
        Many::new(self.service.clone(), items.unbind(), threads.unwrap_or_else(jobs).max(1))
    }

    /// The figures of the reports in these files.
    fn figures(&self, py: Python<'_>, paths: Vec<PathBuf>, wide: bool, threads: Option<usize>) -> PyResult<Figures> {
        Figures::of(py, &self.service, paths, wide, threads.unwrap_or_else(jobs).max(1))
    }

    /// The reports in these files, compared with each other.
    fn collection(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        agencies: Option<PathBuf>,
        threads: Option<usize>,
    ) -> PyResult<Collected> {
        collected(py, &self.service, paths, agencies.as_deref(), threads.unwrap_or_else(jobs).max(1))
    }

    /// Reports in an output format that may list the rules of this checker.
    #[pyo3(signature = (format, reports, across, lang))]
    fn rendered<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        reports: Vec<String>,
        across: Option<(String, String)>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyBytes>> {
        rendered(py, &self.service, format, reports, across, lang)
    }

    /// A copy of a file with what was found marked in it.
    fn annotate(&self, py: Python<'_>, name: &str, content: &[u8]) -> PyResult<Made> {
        made::annotated(py, &self.service, name, content)
    }

    /// An empty form.
    fn blank(
        &self,
        py: Python<'_>,
        form: made::Form,
        format: &str,
        previous: Option<(String, Vec<u8>)>,
    ) -> PyResult<Made> {
        made::blank(py, &self.service, form, format, previous)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<gouji._gouji.Checker of {}>", PyList::new(py, self.packs())?.repr()?))
    }
}

/// The language of a word that Python has looked at.
pub(crate) fn language_of(word: &str) -> Language {
    if word == "en" { Language::English } else { Language::Chinese }
}
