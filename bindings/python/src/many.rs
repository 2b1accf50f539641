//! Many files, checked by several threads while Python does something else.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use gouji::internal::command::service::{Files, Outcome, Service, is_missing};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::error::missing;
use crate::outcome::{Named, Parts, parts};

/// Files that are taken from Python ahead of those that are checked, for each thread.
const AHEAD: usize = 64;
/// Whether somebody has pressed Ctrl-C is asked so often.
const GLANCE: Duration = Duration::from_millis(50);

/// The outcomes of files, in the order of the files. What is to be checked is asked for as it is needed.
#[pyclass(module = "gouji._gouji")]
pub(crate) struct Many {
    feed: Option<Feed>,
    outcomes: Mutex<Receiver<Outcome>>,
    /// Raised when what came before it has been handed over.
    failed: Option<PyErr>,
}

/// Where files come from, and where they go.
struct Feed {
    items: Py<PyIterator>,
    /// One that found no room.
    waiting: Option<Files>,
    into: SyncSender<Files>,
}

impl Many {
    /// Begins to check what `items` gives.
    pub fn new(service: Service, items: Py<PyIterator>, jobs: usize) -> PyResult<Self> {
        let (into, files) = sync_channel(jobs * AHEAD);
        let (sink, outcomes) = sync_channel(jobs * AHEAD);
        let run = move || service.each(files.into_iter(), jobs, |outcome| sink.send(outcome).is_ok());
        let started = thread::Builder::new().name("gouji".to_owned()).spawn(run);
        started.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        Ok(Self { feed: Some(Feed { items, waiting: None, into }), outcomes: Mutex::new(outcomes), failed: None })
    }

    /// Hands over as many files as there is room for.
    fn feed(&mut self, py: Python<'_>) {
        while let Some(feed) = &mut self.feed {
            let next = match feed.waiting.take().map_or_else(|| next(py, &feed.items), |waiting| Ok(Some(waiting))) {
                Ok(Some(next)) => next,
                Ok(None) => {
                    self.feed = None;
                    return;
                }
                Err(error) => {
                    self.failed = Some(error);
                    self.feed = None;
                    return;
                }
            };
            match feed.into.try_send(next) {
                Ok(()) => {}
                Err(TrySendError::Full(next)) => {
                    feed.waiting = Some(next);
                    return;
                }
                Err(TrySendError::Disconnected(_)) => self.feed = None,
            }
        }
    }
}

/// The next file or folder that Python names.
fn next(py: Python<'_>, items: &Py<PyIterator>) -> PyResult<Option<Files>> {
    let Some(item) = items.bind(py).clone().next().transpose()? else { return Ok(None) };
    files(&item).map(Some)
}

/// What an item names.
pub(crate) fn files(item: &Bound<'_, PyAny>) -> PyResult<Files> {
    match item.extract::<Named<'_>>()? {
        Named::Bytes((name, bytes)) => Ok(Files::of_bytes(name, bytes.as_bytes().into())),
        Named::Path(path) => path_of(item.py(), path),
    }
}

/// A file or folder that is there.
pub(crate) fn path_of(py: Python<'_>, path: PathBuf) -> PyResult<Files> {
    if is_missing(&path) { Err(missing(py, &path)) } else { Ok(Files::of_paths([path])) }
}

#[pymethods]
impl Many {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Parts>> {
        loop {
            self.feed(py);
            let outcomes = &self.outcomes;
            // Nothing is left half done under this lock.
            let wait = || outcomes.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(GLANCE);
            match py.detach(wait) {
                Ok(outcome) => return Ok(Some(parts(outcome))),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                Err(RecvTimeoutError::Disconnected) => return self.failed.take().map_or(Ok(None), Err),
            }
        }
    }
}
