//! Where a run is told: each output format with what it is written to.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::guard::Guard;
use super::streams::{Pipe, not_written};
use super::{CommandError, setup};
use crate::agencies::Agencies;
use crate::checker::Checker;
use crate::cli::{FailOn, Global, Telling};
use crate::message::{Argument, Language, Message};
use crate::pack::Pack;
use crate::render::{Collector, Format, Links, Options, Output, Part, Rules, Setting};
use crate::view::{Across, Report, Summary};

/// A format with how it is written.
#[derive(Clone)]
struct Written {
    output: &'static dyn Output,
    options: Options,
}

/// What is written of a report, made in whichever thread has read it.
#[derive(Clone)]
pub(super) struct Formats(Vec<Written>);

impl Formats {
    /// A report in each format; empty in those that take in the report itself.
    pub fn report(&self, report: &Report) -> Vec<String> {
        self.0.iter().map(|Written { output, options }| output.report(options, report)).collect()
    }

    /// What is said across reports of one of them, in the same way.
    pub fn across(&self, report: &Report) -> Vec<String> {
        self.0.iter().map(|Written { output, options }| output.across(options, report)).collect()
    }

    /// Whether the figures of reports are to be in their views.
    pub fn need_figures(&self) -> bool {
        self.0.iter().any(|format| format.output.needs_figures())
    }
}

/// All outputs of a run.
pub(super) struct Outputs {
    sinks: Vec<Sink>,
    /// Why one of them could not be written.
    failed: Option<CommandError>,
}

struct Sink {
    format: Written,
    writer: Pipe,
    /// It is the terminal that somebody looks at.
    is_terminal: bool,
    /// For formats that are more than one part after the other.
    collector: Option<Box<dyn Collector>>,
    /// It goes along with others, and the run ends without it.
    is_beside: bool,
    /// The file; none for standard output.
    path: Option<String>,
    /// The list that is being written has a part already, and the next one needs something between.
    has_parts: bool,
    /// What is written is told across reports.
    is_across: bool,
}

/// What outputs have in common.
pub(super) struct Common<'a> {
    /// All rules there are.
    pub checker: &'a Checker,
    /// The forms that reports may follow, numbered as in digests.
    pub forms: &'a [Arc<Pack>],
    pub agencies: Option<&'a Agencies>,
    pub fail_on: FailOn,
    /// What was known of old stands in a baseline: what is not in it is new.
    pub has_baseline: bool,
    pub language: Language,
}

impl Outputs {
    /// The outputs that are asked for; one on standard output where none is.
    ///
    /// # Errors
    /// When one of them is unknown, cannot be written, or would be written over what `guard` keeps.
    pub fn open(
        global: &Global,
        telling: &Telling,
        common: &Common<'_>,
        mut guard: Guard,
    ) -> Result<Self, CommandError> {
        let Common { checker, forms, agencies, fail_on, has_baseline, language } = *common;
        let rules = Arc::new(Rules::new(checker.core(), checker.packs()));
        let plain = |is_file| {
            let own =
                if is_file { Options::new(language) } else { setup::options_of_output(language, setup::color(global)) };
            let rules = Arc::clone(&rules);
            Options { fails: fail_on.lightest(), rules, has_baseline, names_sums: telling.verbose, ..own }
        };
        let mut wanted = telling.output.clone();
        if wanted.is_empty() {
            let standard = if std::io::stdout().is_terminal() { "full" } else { "concise" };
            wanted.push(telling.format.clone().unwrap_or_else(|| standard.to_owned()));
        }
        let wanted: Vec<Wanted<'_>> = wanted.iter().map(|output| Wanted::parse(output)).collect::<Result<_, _>>()?;
        for wanted in &wanted {
            match wanted.file {
                Some(path) => guard.permit(Path::new(path), wanted.output.extensions())?,
                None => guard.permit_standard()?,
            }
        }
        let sinks = wanted.iter().map(|wanted| wanted.sink(plain));
        let mut sinks: Vec<Sink> = sinks.collect::<Result<_, _>>()?;
        if telling.statistics {
            let format = Written { output: Format::Statistics.output(), options: plain(true) };
            sinks.push(Sink { is_beside: true, ..Sink::new(format, Pipe::error()) });
        }
        let working = std::path::absolute(".").unwrap_or_default();
        for sink in &mut sinks {
            let folder = sink.path.as_deref().and_then(|path| Path::new(path).parent());
            let folder = folder.map_or_else(|| working.clone(), |folder| working.join(folder));
            let links = Links::new(working.clone(), folder);
            let setting = Setting { packs: forms, agencies: agencies.cloned(), links };
            let Written { output, options } = &sink.format;
            sink.collector = output.collector(options, setting).map_err(|error| sink.failed(&error))?;
        }
        Ok(Self { sinks, failed: None })
    }

    /// How each of them is written.
    pub fn formats(&self) -> Formats {
        Formats(self.sinks.iter().map(|sink| sink.format.clone()).collect())
    }

    /// Whether any of these parts will be seen on the terminal.
    pub fn shows(&self, parts: &[String]) -> bool {
        self.sinks.iter().zip(parts).any(|(sink, part)| sink.is_terminal && !part.is_empty())
    }

    /// The files that are written.
    pub fn files(&self) -> Vec<PathBuf> {
        self.sinks.iter().filter_map(|sink| sink.path.as_ref().map(PathBuf::from)).collect()
    }

    /// Whether what is said at the end for people is to be printed beside: a format of lines has no place for it.
    pub fn leaves_out_summary(&self) -> bool {
        self.sinks.iter().any(|sink| !sink.format.output.has_summary())
    }

    /// Writes what stands before all reports.
    pub fn begin(&mut self) {
        self.each(|sink, _| {
            let head = sink.format.output.head(&sink.format.options);
            sink.write(&head)
        });
    }

    /// From here on, parts are of what is told across reports.
    pub fn begin_across(&mut self) {
        self.each(|sink, _| {
            sink.is_across = true;
            let Some(head) = sink.format.output.across_head() else { return Ok(()) };
            sink.has_parts = false;
            sink.write(head)
        });
    }

    /// Writes a report, of which these parts have been made, one for each output; false where nobody reads on.
    pub fn write(&mut self, report: &Report, parts: &[String]) -> bool {
        self.each(|sink, place| sink.take(report, &parts[place]));
        self.failed.is_none() && self.sinks.iter().any(|sink| !sink.writer.has_closed() && !sink.is_beside)
    }

    /// Does the same with each output; the first failure is kept.
    fn each(&mut self, mut work: impl FnMut(&mut Sink, usize) -> std::io::Result<()>) {
        for (place, sink) in self.sinks.iter_mut().enumerate() {
            let done = work(sink, place);
            self.failed = self.failed.take().or_else(|| done.err().map(|error| sink.failed(&error)));
        }
    }

    /// Ends all outputs.
    pub fn finish(mut self, across: &Across, summary: &Summary) -> Result<(), CommandError> {
        self.each(|sink, _| {
            let Written { output, options } = sink.format.clone();
            sink.write_part(&output.across_suppressed(&options, across))?;
            sink.write(&output.tail(&options, across, summary))?;
            sink.finish(across, summary)
        });
        self.failed.map_or(Ok(()), Err)
    }
}

impl Sink {
    fn new(format: Written, writer: Pipe) -> Self {
        Self {
            format,
            writer,
            is_terminal: false,
            collector: None,
            path: None,
            is_beside: false,
            has_parts: false,
            is_across: false,
        }
    }

    fn failed(&self, error: &std::io::Error) -> CommandError {
        not_written(self.path.as_deref().unwrap_or("-"), error)
    }

    /// Writes a part, behind what stands between it and the one before.
    fn write_part(&mut self, part: &str) -> std::io::Result<()> {
        if part.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.has_parts, true) {
            let output = self.format.output;
            self.write(if self.is_across { output.across_separator() } else { output.separator() })?;
        }
        self.write(part)
    }

    /// Hands a report on to what collects reports, or writes the part that was made of it.
    fn take(&mut self, report: &Report, part: &str) -> std::io::Result<()> {
        let Some(collector) = &mut self.collector else { return self.write_part(part) };
        collector.take(Part { report, is_across: self.is_across }, &mut self.writer)
    }

    fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.writer.write_all(text.as_bytes())?;
        // Nothing may be written later, over the line that says how far the run has come.
        if self.is_terminal { self.writer.flush() } else { Ok(()) }
    }

    fn finish(&mut self, across: &Across, summary: &Summary) -> std::io::Result<()> {
        if let Some(collector) = self.collector.take() {
            collector.finish(across, summary, &mut self.writer)?;
        }
        self.writer.flush()
    }
}

/// `FORMAT[=FILE]`
struct Wanted<'o> {
    output: &'static dyn Output,
    file: Option<&'o str>,
}

impl<'o> Wanted<'o> {
    fn parse(output: &'o str) -> Result<Self, CommandError> {
        let (name, file) = output.split_once('=').map_or((output, None), |(name, file)| (name, Some(file)));
        let Some(format) = Format::named(name) else {
            let known = Format::ALL.iter().map(|format| format.name().into()).collect();
            let message = Message::new("error.output-format").with("name", name);
            return Err(CommandError::usage(message.with("known", Argument::List(known))));
        };
        if file.is_some_and(str::is_empty) {
            return Err(CommandError::usage(Message::new("error.output-nowhere").with("name", name)));
        }
        let is_terminal = file.is_none() && std::io::stdout().is_terminal();
        let output = format.output();
        if is_terminal && !output.is_text() {
            return Err(CommandError::usage(Message::new("error.output-terminal").with("name", name)));
        }
        Ok(Self { output, file })
    }

    /// Opens it, told in the way that is given for files and for standard output.
    fn sink(&self, plain: impl Fn(bool) -> Options) -> Result<Sink, CommandError> {
        let format = Written { output: self.output, options: plain(self.file.is_some()) };
        let Some(path) = self.file else {
            let is_terminal = std::io::stdout().is_terminal();
            return Ok(Sink { is_terminal, ..Sink::new(format, Pipe::standard()) });
        };
        let file = Pipe::create(Path::new(path)).map_err(|error| not_written(path, &error))?;
        Ok(Sink { path: Some(path.to_owned()), ..Sink::new(format, file) })
    }
}
