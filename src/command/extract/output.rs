//! What the figures are written to.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::CommandError;
use crate::cli::{Extract, ExtractFormat};
use crate::extract::{self, FORMATS, Format, Frame, Part, Settings};
use crate::message::{Language, Message};

/// The one output of a run.
pub(super) struct Output {
    pub format: &'static Format,
    output: Box<dyn extract::Output>,
    /// What it is called where it fails.
    name: String,
    /// Nobody reads on.
    is_closed: Arc<AtomicBool>,
    failed: Option<io::Error>,
}

impl Output {
    /// Opens it and writes what comes before the first report.
    pub fn open(arguments: &Extract, frame: &Frame, language: Language) -> Result<Self, CommandError> {
        if arguments.bom && arguments.format != ExtractFormat::Csv {
            return Err(CommandError::usage(Message::new("error.bom")));
        }
        let format = FORMATS.iter().find(|format| format.name == arguments.format.name());
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
        let is_closed = Arc::new(AtomicBool::new(false));
        let sheet = Message::new("extract.sheet").say(language);
        let settings = Settings { columns: frame.columns(), sheet: &sheet, byte_order_mark: arguments.bom };
        let pipe = Pipe::open(arguments.output.as_deref(), Arc::clone(&is_closed));
        let output = pipe.and_then(|pipe| (format.begin)(settings, Box::new(pipe)));
        let output = output.map_err(|error| cannot_write(&name, &error))?;
        Ok(Self { format, output, name, is_closed, failed: None })
    }

    /// Writes a report; false where nobody reads on.
    pub fn write(&mut self, part: Part) -> bool {
        self.failed = self.output.write(part).err();
        self.failed.is_none() && !self.is_closed.load(Ordering::Relaxed)
    }

    /// Ends it.
    pub fn finish(self) -> Result<(), CommandError> {
        let ended = self.failed.map_or_else(|| self.output.finish(), Err);
        ended.map_err(|error| cannot_write(&self.name, &error))
    }
}

fn cannot_write(name: &str, error: &io::Error) -> CommandError {
    let message = Message::new("error.output").with("path", name);
    CommandError::usage(message.with("detail", error.to_string()))
}

/// A file or standard output. A reader that has gone away is no error: nothing more is written.
struct Pipe {
    writer: BufWriter<Box<dyn Write + Send>>,
    is_closed: Arc<AtomicBool>,
}

impl Pipe {
    fn open(path: Option<&Path>, is_closed: Arc<AtomicBool>) -> io::Result<Self> {
        let writer: Box<dyn Write + Send> = match path {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(File::create(path)?),
        };
        Ok(Self { writer: BufWriter::new(writer), is_closed })
    }

    fn settle<T>(&mut self, written: io::Result<T>, nothing: T) -> io::Result<T> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed.store(true, Ordering::Relaxed);
                Ok(nothing)
            }
            other => other,
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed.load(Ordering::Relaxed) {
            return Ok(bytes.len());
        }
        let written = self.writer.write(bytes);
        self.settle(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let flushed = self.writer.flush();
        self.settle(flushed, ())
    }
}
