//! Where a run is told: each output format with what it is written to.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};

use super::super::{CommandError, setup};
use crate::cli::{Check, Global};
use crate::message::{Argument, Language, Message};
use crate::render::{Across, Renderer, Style, Summary};

/// All outputs of a run.
pub(super) struct Outputs {
    sinks: Vec<Sink>,
    /// Why one of them could not be written.
    failed: Option<std::io::Error>,
}

struct Sink {
    renderer: Renderer,
    writer: Box<dyn Write>,
    /// It is the terminal that somebody looks at.
    is_terminal: bool,
    /// Nothing more is written to it: its reader has gone away.
    is_closed: bool,
}

impl Outputs {
    /// The outputs that are asked for; one on standard output where none is.
    pub fn open(global: &Global, arguments: &Check, language: Language) -> Result<Self, CommandError> {
        let mut wanted = arguments.output.clone();
        if wanted.is_empty() {
            let standard = if std::io::stdout().is_terminal() { "full" } else { "concise" };
            wanted.push(arguments.format.clone().unwrap_or_else(|| standard.to_owned()));
        }
        let sinks = wanted.iter().map(|output| sink(output, global, language)).collect::<Result<_, _>>()?;
        Ok(Self { sinks, failed: None })
    }

    /// How each of them is written.
    pub fn renderers(&self) -> Vec<Renderer> {
        self.sinks.iter().map(|sink| sink.renderer).collect()
    }

    /// Whether any of these parts will be seen on the terminal.
    pub fn shows(&self, parts: &[String]) -> bool {
        self.sinks.iter().zip(parts).any(|(sink, part)| sink.is_terminal && !part.is_empty())
    }

    /// Writes what is the same for every report: what stands before, between and after them.
    pub fn write(&mut self, part: impl Fn(&Renderer) -> String) {
        for sink in &mut self.sinks {
            let text = part(&sink.renderer);
            self.failed = self.failed.take().or(sink.write(&text).err());
        }
    }

    /// Writes the parts made of one report, one for each output; false where nobody reads on.
    pub fn write_parts(&mut self, parts: &[String]) -> bool {
        for (sink, part) in self.sinks.iter_mut().zip(parts) {
            self.failed = self.failed.take().or(sink.write(part).err());
        }
        self.failed.is_none() && self.sinks.iter().any(|sink| !sink.is_closed)
    }

    /// Ends all outputs.
    pub fn finish(mut self, across: &Across, summary: &Summary) -> Result<(), CommandError> {
        self.write(|renderer| renderer.tail(across, summary));
        for sink in &mut self.sinks {
            self.failed = self.failed.take().or(sink.flush().err());
        }
        let Some(error) = self.failed else { return Ok(()) };
        let message = Message::new("error.output").with("path", "-").with("detail", error.to_string());
        Err(CommandError::usage(message))
    }
}

impl Sink {
    fn write(&mut self, text: &str) -> std::io::Result<()> {
        if self.is_closed || text.is_empty() {
            return Ok(());
        }
        let mut written = self.writer.write_all(text.as_bytes());
        if self.is_terminal {
            // Nothing may be written later, over the line that says how far the run has come.
            written = written.and_then(|()| self.writer.flush());
        }
        self.settle(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let written = if self.is_closed { Ok(()) } else { self.writer.flush() };
        self.settle(written)
    }

    /// A reader that has gone away is no error; a disk that is full is one.
    fn settle(&mut self, written: std::io::Result<()>) -> std::io::Result<()> {
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            other => other,
        }
    }
}

/// `FORMAT[=FILE]`.
fn sink(output: &str, global: &Global, language: Language) -> Result<Sink, CommandError> {
    let (name, file) = output.split_once('=').map_or((output, None), |(name, file)| (name, Some(file)));
    let Some((_, style)) = Style::ALL.into_iter().find(|(known, _)| *known == name) else {
        let known = Style::ALL.iter().map(|(known, _)| (*known).into()).collect();
        let message = Message::new("error.output-format").with("name", name);
        return Err(CommandError::usage(message.with("known", Argument::List(known))));
    };
    let color = file.is_none() && setup::color(global);
    let renderer = Renderer { style, ..setup::renderer(language, color) };
    let writer: Box<dyn Write> = match file {
        None => Box::new(BufWriter::new(std::io::stdout())),
        Some(path) => Box::new(BufWriter::new(File::create(path).map_err(|error| {
            let message = Message::new("error.output").with("path", path);
            CommandError::usage(message.with("detail", error.to_string()))
        })?)),
    };
    let is_terminal = file.is_none() && std::io::stdout().is_terminal();
    Ok(Sink { renderer, writer, is_terminal, is_closed: false })
}
