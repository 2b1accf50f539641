//! What the figures are written to.

use std::io::{self, IsTerminal, Write};

use super::super::CommandError;
use super::super::streams::{Pipe, not_written};
use super::Part;
use crate::cli::{Extract, ExtractFormat};
#[cfg(feature = "parquet")]
use crate::extract::parquet;
use crate::extract::{Frame, csv, workbook};
use crate::message::{Language, Message};
use crate::panics::caught;

/// The one output of a run.
pub(super) struct Output {
    writer: Writer,
    /// What it is called where it fails.
    name: String,
    failed: Option<io::Error>,
}

enum Writer {
    Text(Pipe),
    Workbook(Box<workbook::Writer>, Pipe),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Writer<Pipe>>),
}

impl Output {
    /// Opens it and writes what stands before the first report.
    pub fn open(arguments: &Extract, frame: &Frame, language: Language) -> Result<Self, CommandError> {
        let format = arguments.format;
        if arguments.bom && format != ExtractFormat::Csv {
            return Err(CommandError::usage(Message::new("error.bom")));
        }
        if cfg!(not(feature = "parquet")) && format == ExtractFormat::Parquet {
            let hint = Some(Message::new("error.no-parquet.hint"));
            return Err(CommandError { hint, ..CommandError::usage(Message::new("error.no-parquet")) });
        }
        let is_binary = matches!(format, ExtractFormat::Xlsx | ExtractFormat::Parquet);
        if is_binary && arguments.output.is_none() && io::stdout().is_terminal() {
            let name = if format == ExtractFormat::Xlsx { "xlsx" } else { "parquet" };
            let hint = Some(Message::new("error.terminal.hint"));
            let message = Message::new("error.terminal").with("format", name);
            return Err(CommandError { hint, ..CommandError::usage(message) });
        }
        let name = arguments.output.as_deref().map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        let opened = arguments.output.as_deref().map_or_else(|| Ok(Pipe::standard()), Pipe::create);
        let writer = opened.and_then(|pipe| Writer::new(pipe, arguments, frame, language));
        let writer = writer.map_err(|error| not_written(&name, &error))?;
        Ok(Self { writer, name, failed: None })
    }

    /// Writes a report; false where nobody reads on.
    pub fn write(&mut self, part: Part) -> bool {
        self.failed = self.writer.write(part).err();
        self.failed.is_none() && !self.writer.is_closed()
    }

    /// Ends it.
    pub fn finish(self) -> Result<(), CommandError> {
        let ended = self.failed.map_or_else(|| self.writer.finish(), Err);
        ended.map_err(|error| not_written(&self.name, &error))
    }
}

impl Writer {
    fn new(mut pipe: Pipe, arguments: &Extract, frame: &Frame, language: Language) -> io::Result<Self> {
        match arguments.format {
            ExtractFormat::Csv => {
                if arguments.bom {
                    pipe.write_all(csv::BYTE_ORDER_MARK.as_bytes())?;
                }
                pipe.write_all(&csv::head(frame.columns()))?;
                Ok(Self::Text(pipe))
            }
            ExtractFormat::Jsonl => Ok(Self::Text(pipe)),
            ExtractFormat::Xlsx => {
                let sheet = Message::new("extract.sheet").say(language);
                let writer = in_workbook(|| workbook::Writer::new(frame.columns(), &sheet))?;
                Ok(Self::Workbook(Box::new(writer), pipe))
            }
            #[cfg(feature = "parquet")]
            ExtractFormat::Parquet => {
                let writer = parquet::Writer::new(frame.columns(), pipe).map_err(io::Error::other)?;
                Ok(Self::Parquet(Box::new(writer)))
            }
            #[cfg(not(feature = "parquet"))]
            ExtractFormat::Parquet => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn write(&mut self, part: Part) -> io::Result<()> {
        match (self, part) {
            (Self::Text(pipe), Part::Bytes(bytes)) => pipe.write_all(&bytes),
            (Self::Workbook(writer, _), Part::Rows(rows)) => in_workbook(|| writer.push(&rows)),
            #[cfg(feature = "parquet")]
            (Self::Parquet(writer), Part::Rows(rows)) => writer.push(rows).map_err(io::Error::other),
            // The format decides on both.
            _ => Ok(()),
        }
    }

    fn is_closed(&self) -> bool {
        matches!(self, Self::Text(pipe) if pipe.is_closed())
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Text(mut pipe) => pipe.flush(),
            Self::Workbook(writer, mut pipe) => {
                in_workbook(|| writer.finish(&mut pipe))?;
                pipe.flush()
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(writer) => writer.finish().map_err(io::Error::other),
        }
    }
}

/// The writer of workbooks panics where its temporary file cannot be written: the disk is full.
fn in_workbook<T>(write: impl FnOnce() -> Result<T, workbook::Error>) -> io::Result<T> {
    match caught(write) {
        Ok(written) => written.map_err(io::Error::other),
        Err(_) => Err(io::ErrorKind::StorageFull.into()),
    }
}
