//! `--open`: the report as a page, shown in the browser when it is written.

use std::path::PathBuf;

use super::CommandError;
use super::streams::{not_written, say};
use crate::message::{Language, Message};

/// The format that browsers show.
const FORMAT: &str = "html=";

/// A page that is shown once it is written.
pub(super) struct Page {
    path: PathBuf,
    /// The call does not name it: it is one among the temporary files.
    is_temporary: bool,
}

impl Page {
    /// The page among these outputs; where there is none, one among the temporary files, where it stays: a browser may read it
    /// long after the run.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn of(outputs: &[String], language: Language) -> Result<Self, CommandError> {
        if let Some(path) = outputs.iter().find_map(|output| output.strip_prefix(FORMAT)) {
            return Ok(Self { path: path.into(), is_temporary: false });
        }
        let folder = tempfile::Builder::new().prefix("gouji-").tempdir();
        let folder = folder.map_err(|error| not_written(&std::env::temp_dir().display().to_string(), &error))?.keep();
        let name = Message::new("open.file").say(language) + ".html";
        Ok(Self { path: folder.join(name), is_temporary: true })
    }

    /// The output that writes it, where the call has none.
    pub fn output(&self) -> Option<String> {
        self.is_temporary.then(|| format!("{FORMAT}{}", self.path.display()))
    }

    /// Shows it. Where there is no browser, where it is.
    pub fn open(self, language: Language) {
        let path = std::path::absolute(&self.path).unwrap_or(self.path);
        let key = if open::that_detached(&path).is_ok() { "open.opened" } else { "open.no-browser" };
        say(&Message::new(key).with("path", path.display().to_string()), language);
    }
}
