//! What is written to standard output, to files and to standard error. A reader that has gone away is no error.

use std::error::Error;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::CommandError;
use super::whole::{self, Unfinished};
use crate::message::{Language, Message};

/// Prints a text to standard output.
///
/// # Errors
/// When it cannot be written: the disk is full.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let mut output = Pipe::standard();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(|error| not_written("-", &error))
}

/// Whether a reader of standard output or standard error has gone away.
static HAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether a reader of standard output or standard error has gone away.
pub(super) fn has_closed() -> bool {
    HAS_CLOSED.load(Ordering::Relaxed)
}

/// Says something on a line of standard error.
pub(super) fn say(message: &Message, language: Language) {
    say_text(&(message.say(language) + "\n"));
}

/// Writes lines to standard error. Where that fails nobody can be informed.
pub(super) fn say_text(text: &str) {
    let written = io::stderr().lock().write_all(text.as_bytes());
    if written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        HAS_CLOSED.store(true, Ordering::Relaxed);
    }
}

/// That an output cannot be written: a file, or `-` for standard output.
pub(super) fn not_written(path: &str, error: &io::Error) -> CommandError {
    let error = cause(error);
    let message = match path {
        "-" => Message::new("error.output-standard"),
        _ => Message::new("error.output").with("path", path),
    };
    // The system says the same of a folder as of a file.
    let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
    CommandError::usage(match folder.filter(|folder| error.kind() == ErrorKind::NotFound && !folder.exists()) {
        Some(folder) => {
            message.with("detail", Message::new("error.no-folder").with("folder", folder.display().to_string()))
        }
        None => message.with("detail", error),
    })
}

/// What the system said, which those who write a format wrap in words of their own.
fn cause(error: &io::Error) -> &io::Error {
    let mut next = error.get_ref().map(|wrapped| wrapped as &(dyn Error + 'static));
    while let Some(wrapped) = next {
        if let Some(own) = wrapped.downcast_ref::<io::Error>() {
            return cause(own);
        }
        next = wrapped.source();
    }
    error
}

/// An output: a file or a stream. Nothing more is written once its reader has gone away.
pub(super) struct Pipe {
    writer: BufWriter<Box<dyn Write + Send>>,
    /// Shared with those who have handed the pipe on.
    is_closed: Arc<AtomicBool>,
}

impl Pipe {
    fn new(writer: impl Write + Send + 'static) -> Self {
        Self { writer: BufWriter::new(Box::new(writer)), is_closed: Arc::default() }
    }

    /// Standard output.
    pub fn standard() -> Self {
        Self::new(io::stdout())
    }

    /// Standard error.
    pub fn error() -> Self {
        Self::new(io::stderr())
    }

    /// A file at this path, which takes its place when it is finished.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: &Path) -> io::Result<(Self, Unfinished)> {
        let (file, unfinished) = whole::create(path)?;
        Ok((Self::new(file), unfinished))
    }

    /// What says, now and later, whether its reader has gone away.
    pub fn is_closed(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_closed)
    }

    /// Whether its reader has gone away.
    pub fn has_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    fn settle<T>(&mut self, written: io::Result<T>, nothing: T) -> io::Result<T> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed.store(true, Ordering::Relaxed);
                HAS_CLOSED.store(true, Ordering::Relaxed);
                Ok(nothing)
            }
            other => other,
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_closed() {
            return Ok(bytes.len());
        }
        let written = self.writer.write(bytes);
        self.settle(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_closed() {
            return Ok(());
        }
        let flushed = self.writer.flush();
        self.settle(flushed, ())
    }
}
