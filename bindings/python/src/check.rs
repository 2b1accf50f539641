//! One file.

use gouji::view::{Input, Report};
use gouji::{Checker, Language};
use pyo3::prelude::*;

/// What is said of each report of a file, as JSON.
#[pyfunction]
pub(crate) fn check(py: Python<'_>, name: &str, content: &[u8]) -> Vec<String> {
    py.detach(|| {
        let checked = Checker::default().check(name, content);
        said(&checked, content)
    })
}

fn said(checked: &gouji::Checked<'_>, content: &[u8]) -> Vec<String> {
    let views = Report::all(Input::new(checked, content), Language::Chinese);
    let json = |view| serde_json::to_string(view).expect("plain data always serializes");
    views.iter().map(json).collect()
}
