//! Protects the inputs of a run: an output is opened only if it overwrites none of them.

use std::path::{Path, PathBuf};

use super::CommandError;
use super::named::{Named, on_disk};
use crate::message::Message;
use crate::taken;

/// What an output may not be.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// The reports, and the folders in which they are looked for.
    reports: Option<Named>,
    /// Other files that are read.
    read: Vec<PathBuf>,
    /// Files that are written.
    written: Vec<PathBuf>,
    writes_standard: bool,
}

impl Guard {
    /// For a run over these reports.
    pub fn over(reports: &Named) -> Self {
        Self { reports: Some(reports.clone()), ..Self::default() }
    }

    /// For a run that reads these files too.
    #[must_use]
    pub fn and(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        self.read.extend(files.into_iter().map(|path| on_disk(&path)));
        self
    }

    /// Whether a file may be written, of a kind that has the extensions `usual`.
    ///
    /// # Errors
    /// When it is read, or written already, or lies as a report where reports are looked for.
    pub fn permit(&mut self, path: &Path, usual: &[&str]) -> Result<(), CommandError> {
        let refused = |key| Err(CommandError::usage(Message::new(key).with("path", path.display().to_string())));
        let file = on_disk(path);
        // What is no file of a disk keeps nothing that could be lost.
        if file.exists() && !file.is_file() {
            return Ok(());
        }
        let (is_report, is_below) =
            self.reports.as_ref().map_or((false, false), |reports| (reports.names(&file), reports.walks(&file)));
        if is_report || self.read.contains(&file) {
            return refused("error.onto-itself");
        }
        if self.written.contains(&file) {
            return refused("error.written-twice");
        }
        let name = file.to_string_lossy();
        let is_usual = file.extension().is_some_and(|own| usual.iter().any(|usual| own.eq_ignore_ascii_case(usual)));
        if is_below && !is_usual && file.exists() && taken::is_report(&name) {
            return refused("error.onto-report");
        }
        self.written.push(file);
        Ok(())
    }

    /// Whether standard output may be written.
    ///
    /// # Errors
    /// When it is written already.
    pub fn permit_standard(&mut self) -> Result<(), CommandError> {
        if std::mem::replace(&mut self.writes_standard, true) {
            return Err(CommandError::usage(Message::new("error.standard-twice")));
        }
        Ok(())
    }
}
