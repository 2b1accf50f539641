//! What came of one file, for Python.

use gouji::internal::command::service::{Looked, Outcome};
use pyo3::prelude::*;

/// What kind of outcome it is, the path as it is shown, and what is said: each report as JSON, or why there is none.
pub(crate) type Parts = (&'static str, String, Vec<String>);

pub(crate) fn parts(Outcome { path, looked, .. }: Outcome) -> Parts {
    match looked {
        Looked::Reports(said) => ("reports", path, said.into_iter().map(|said| said.json).collect()),
        Looked::Own => ("own", path, Vec::new()),
        Looked::Other => ("other", path, Vec::new()),
        Looked::Skipped(why) => ("skipped", path, vec![why]),
    }
}

/// Hands over an item of Python: a path, or a name with bytes.
#[derive(FromPyObject)]
pub(crate) enum Named<'py> {
    #[pyo3(transparent)]
    Bytes((String, Bound<'py, pyo3::types::PyBytes>)),
    #[pyo3(transparent)]
    Path(std::path::PathBuf),
}
