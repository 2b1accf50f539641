//! What a run reads must outlive it: an output is opened only where nothing is lost by it.

use std::path::{Path, PathBuf};

use super::CommandError;
use crate::cli::Sources;
use crate::discover;
use crate::message::Message;

/// What an output may not be.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// Files that are read.
    read: Vec<PathBuf>,
    /// Folders in which reports are looked for.
    folders: Vec<PathBuf>,
    /// Files that are written.
    written: Vec<PathBuf>,
    writes_standard: bool,
}

impl Guard {
    /// For a run over what the call names.
    pub fn over(sources: &Sources) -> Self {
        let (folders, files) = sources.paths.iter().partition::<Vec<_>, _>(|path| path.is_dir());
        let whole = |paths: Vec<&PathBuf>| paths.into_iter().map(|path| whole(path)).collect();
        let here = sources.paths.is_empty().then(|| whole(vec![&PathBuf::from(".")]));
        let guard = Self { folders: here.unwrap_or_else(|| whole(folders)), read: whole(files), ..Self::default() };
        guard.and(sources.files_from.clone())
    }

    /// For a run that reads these files too.
    #[must_use]
    pub fn and(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        self.read.extend(files.into_iter().map(|path| whole(&path)));
        self
    }

    /// Whether a file may be written, of a kind that `usual` extensions stand for.
    ///
    /// # Errors
    /// When it is read, or written already, or lies as a report where reports are looked for.
    pub fn permit(&mut self, path: &Path, usual: &[&str]) -> Result<(), CommandError> {
        let refused = |key| Err(CommandError::usage(Message::new(key).with("path", path.display().to_string())));
        let file = whole(path);
        // What is no file of a disk keeps nothing that could be lost.
        if file.exists() && !file.is_file() {
            return Ok(());
        }
        if self.read.contains(&file) {
            return refused("error.onto-itself");
        }
        if self.written.contains(&file) {
            return refused("error.written-twice");
        }
        let name = file.to_string_lossy();
        let is_usual = file.extension().is_some_and(|own| usual.iter().any(|usual| own.eq_ignore_ascii_case(usual)));
        let is_below = self.folders.iter().any(|folder| file.starts_with(folder));
        if is_below && !is_usual && file.exists() && discover::is_report(&name) {
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

/// One path for a file, whichever way it is named; it need not be there yet.
fn whole(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    std::fs::canonicalize(path).unwrap_or_else(|_| {
        let absolute = absolute();
        let folder = absolute.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
        match (folder, absolute.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => absolute,
        }
    })
}
