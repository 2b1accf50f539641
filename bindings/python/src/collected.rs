//! Reports compared with each other.

use std::path::{Path, PathBuf};

use gouji::internal::command::service::{Files, Service, is_missing};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::{missing, refused};
use crate::glance::Glance;

/// The reports as JSON, what is said across them, the counts, files that are no reports, what is to be said of others.
pub(crate) type Collected = (Vec<String>, String, String, Vec<String>, Vec<String>);

pub(crate) fn collected(
    py: Python<'_>,
    service: &Service,
    paths: Vec<PathBuf>,
    agencies: Option<&Path>,
    jobs: usize,
) -> PyResult<Collected> {
    if let Some(path) = paths.iter().map(PathBuf::as_path).chain(agencies).find(|path| is_missing(path)) {
        return Err(missing(py, path));
    }
    let mut glance = Glance::default();
    let done = py.detach(|| service.collect(Files::of_paths(paths), agencies, jobs, || glance.goes_on()));
    glance.heard()?;
    let done = done.map_err(|why| refused(py, why))?.unwrap_or_default();
    Ok((done.reports, json(&done.across), json(&done.summary), done.left_out, done.remarks))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data always serializes")
}
