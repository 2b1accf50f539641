//! The command in a process of Python: `gouji` and `python -m gouji`.

use std::ffi::OsString;
use std::io::{self, Write};

use gouji::internal::command::run_arguments;
use pyo3::prelude::*;

/// Runs the command with these arguments, the first of which is the program, and gives its exit status. The process is its own
/// from then on: it listens for the signals that end it.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, argv: Vec<OsString>) -> u8 {
    py.detach(|| {
        let status = run_arguments(&argv);
        // A program in Rust does this at its end. Where it fails, the run has said so or nobody reads on.
        drop(io::stdout().flush());
        status
    })
}
