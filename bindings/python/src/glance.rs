//! Whether somebody has pressed Ctrl-C, asked now and then by work that does without Python.

use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// It is asked so often.
const OFTEN: Duration = Duration::from_millis(50);

/// Looks now and then.
pub(crate) struct Glance {
    last: Instant,
    heard: Option<PyErr>,
}

impl Default for Glance {
    fn default() -> Self {
        Self { last: Instant::now(), heard: None }
    }
}

impl Glance {
    /// Whether nobody has.
    pub fn goes_on(&mut self) -> bool {
        if self.last.elapsed() >= OFTEN {
            self.last = Instant::now();
            self.heard = Python::attach(|py| py.check_signals()).err();
        }
        self.heard.is_none()
    }

    /// What is raised then.
    pub fn heard(self) -> PyResult<()> {
        self.heard.map_or(Ok(()), Err)
    }
}
