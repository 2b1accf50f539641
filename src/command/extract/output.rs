//! What the figures are written to.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::CommandError;
use super::super::streams::{Pipe, not_written};
use super::super::whole::Unfinished;
use crate::cli::{Extract, ExtractFormat};
use crate::extract::{self, FORMATS, Format, Frame, Part, Settings};
use crate::message::{Language, Message};
use crate::panics::caught;

/// The one output of a run.
pub(super) struct Output {
    pub format: &'static Format,
    output: Box<dyn extract::Output>,
    /// The file, until it takes its place.
    unfinished: Option<Unfinished>,
    /// What it is called where it fails.
    name: String,
    /// Nobody reads on.
    is_closed: Arc<AtomicBool>,
    failed: Option<io::Error>,
}

impl Output {
    /// Opens it and writes what comes before the first report.
    pub fn open(
        arguments: &Extract,
        format: ExtractFormat,
        frame: &Frame,
        language: Language,
    ) -> Result<Self, CommandError> {
        if arguments.bom && format != ExtractFormat::Csv {
            return Err(CommandError::usage(Message::new("error.bom")));
        }
        let format = FORMATS.iter().find(|known| known.name == format.name());
        let Some(format) = format else {
            let hint = Some(Message::new("error.no-parquet.hint"));
            return Err(CommandError { hint, ..CommandError::usage(Message::new("error.no-parquet")) });
        };
        if format.is_binary && arguments.output.is_none() && io::stdout().is_terminal() {
            let hint = Some(Message::new("error.terminal.hint"));
            let message = Message::new("error.terminal").with("format", format.name);
            return Err(CommandError { hint, ..CommandError::usage(message) });
        }
        let name = arguments.output.as_deref().map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        let file = arguments.output.as_deref().map(Pipe::create).transpose();
        let file = file.map_err(|error| not_written(&name, &error))?;
        let (pipe, unfinished) =
            file.map_or_else(|| (Pipe::standard(), None), |(pipe, unfinished)| (pipe, Some(unfinished)));
        let is_closed = pipe.is_closed();
        let sheet = Message::new("extract.sheet").say(language);
        let settings = Settings { columns: frame.columns(), sheet: &sheet, byte_order_mark: arguments.bom };
        let output = silenced(|| (format.begin)(settings, Box::new(pipe)));
        let output = output.map_err(|error| not_written(&name, &error))?;
        Ok(Self { format, output, unfinished, name, is_closed, failed: None })
    }

    /// Writes a report; false where nobody reads on.
    pub fn write(&mut self, part: Part) -> bool {
        self.failed = silenced(|| self.output.write(part)).err();
        self.failed.is_none() && !self.is_closed.load(Ordering::Relaxed)
    }

    /// Ends it. A file takes its place only where `has_any` figures are in it.
    pub fn finish(self, has_any: bool) -> Result<(), CommandError> {
        let ended = self.failed.map_or_else(|| silenced(|| self.output.finish()), Err);
        let unfinished = self.unfinished.filter(|_| has_any);
        let ended = ended.and_then(|()| unfinished.map_or(Ok(()), Unfinished::finish));
        ended.map_err(|error| not_written(&self.name, &error))
    }
}

/// Writes something without the words of a panic, which the writer of workbooks turns into an error.
fn silenced<T>(write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    caught(write).unwrap_or_else(|_| Err(io::Error::other("panicked")))
}
