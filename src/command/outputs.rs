//! Where a run is written: each output format with what it is written to.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::browser::Page;
use super::guard::Guard;
use super::streams::{Pipe, not_written};
use super::whole::Unfinished;
use super::{CommandError, setup};
use crate::agencies::Agencies;
use crate::checker::Checker;
use crate::cli::{FailOn, Global, Telling};
use crate::message::{Argument, Language, Message};
use crate::pack::Pack;
use crate::render::{Format, Links, Made, Options, Part, Rules, Setting, Stream, Written};
use crate::view::{Across, Report, Summary};

/// What is written of a report, made in whichever thread has read it.
#[derive(Clone)]
pub(super) struct Formats(Vec<Written>);

impl Formats {
    /// A report in each format; empty in those that take in the report itself. `is_open`: findings across reports may still
    /// change its verdict.
    pub fn report(&self, report: &mut Report, is_open: bool) -> Vec<Made> {
        self.0.iter().map(|written| written.made(report, is_open)).collect()
    }

    /// What is said across reports of one of them, in the same way.
    pub fn across(&self, report: &Report) -> Vec<Made> {
        self.0.iter().map(|written| written.across(report).into()).collect()
    }

    /// Whether the figures of reports are to be in their views.
    pub fn need_figures(&self) -> bool {
        self.0.iter().any(|written| written.format.output().needs_figures())
    }
}

/// All outputs of a run.
pub(super) struct Outputs {
    sinks: Vec<Sink>,
    /// The page that is shown in the browser at the end.
    page: Option<Page>,
    language: Language,
    /// Why one of them could not be written.
    failed: Option<CommandError>,
}

struct Sink {
    stream: Stream<Pipe>,
    /// It is the terminal that somebody looks at.
    is_terminal: bool,
    /// It goes along with others, and the run ends without it.
    is_beside: bool,
    /// The file; none for standard output.
    path: Option<String>,
    /// The file until it takes its place.
    unfinished: Option<Unfinished>,
}

/// What outputs have in common.
pub(super) struct Common<'a> {
    /// All rules there are.
    pub checker: &'a Checker,
    /// The forms that reports may follow, numbered as in digests.
    pub forms: &'a [Arc<Pack>],
    pub agencies: Option<&'a Agencies>,
    pub fail_on: FailOn,
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
        let Common { checker, forms, agencies, fail_on, language } = *common;
        let rules = Arc::new(Rules::new(checker.core(), checker.packs()));
        let plain = |is_file| {
            let own =
                if is_file { Options::new(language) } else { setup::options_of_output(language, setup::color(global)) };
            let rules = Arc::clone(&rules);
            Options {
                fails: fail_on.lightest(),
                rules,
                day: Some(setup::today().to_string()),
                names_sums: telling.verbose,
                ..own
            }
        };
        let mut wanted = telling.output.clone();
        if wanted.is_empty() {
            let standard = if std::io::stdout().is_terminal() { "full" } else { "concise" };
            wanted.push(telling.format.clone().unwrap_or_else(|| standard.to_owned()));
        }
        let page = telling.open.then(|| Page::of(&wanted, language)).transpose()?;
        wanted.extend(page.iter().filter_map(Page::output));
        let wanted: Vec<Wanted<'_>> = wanted.iter().map(|output| Wanted::parse(output)).collect::<Result<_, _>>()?;
        for wanted in &wanted {
            match wanted.file {
                Some(path) => guard.permit(Path::new(path), wanted.format.output().extensions())?,
                None => guard.permit_standard()?,
            }
        }
        let working = std::path::absolute(".").unwrap_or_default();
        let setting = |file: Option<&str>| {
            let folder = file.and_then(|path| Path::new(path).parent());
            let folder = folder.map_or_else(|| working.clone(), |folder| working.join(folder));
            Setting { packs: forms, agencies: agencies.cloned(), links: Links::new(working.clone(), folder) }
        };
        let sinks = wanted.iter().map(|wanted| wanted.sink(plain(wanted.file.is_some()), setting(wanted.file)));
        let mut sinks: Vec<Sink> = sinks.collect::<Result<_, _>>()?;
        // Who asks for the counts as an output has them once.
        if telling.statistics && wanted.iter().all(|wanted| wanted.format != Format::Statistics) {
            let written = Written { format: Format::Statistics, options: plain(true) };
            sinks.push(Sink { is_beside: true, ..Sink::new(written, setting(None), Pipe::error(), None)? });
        }
        Ok(Self { sinks, page, language, failed: None })
    }

    /// How each of them is written.
    pub fn formats(&self) -> Formats {
        Formats(self.sinks.iter().map(|sink| sink.stream.written.clone()).collect())
    }

    /// Whether any of these parts will be seen on the terminal.
    pub fn shows(&self, parts: &[Made]) -> bool {
        self.sinks.iter().zip(parts).any(|(sink, part)| sink.is_terminal && !part.text.is_empty())
    }

    /// The files that are written.
    pub fn files(&self) -> Vec<PathBuf> {
        self.sinks.iter().filter_map(|sink| sink.path.as_ref().map(PathBuf::from)).collect()
    }

    /// Whether what is said at the end for people is to be printed beside: a format of lines has no place for it, and of files
    /// nothing is seen.
    pub fn leaves_out_summary(&self) -> bool {
        self.are_files() || self.sinks.iter().any(|sink| !sink.stream.written.format.output().has_summary())
    }

    /// Which files were written, of those that the call names.
    pub fn written(&self) -> Option<Message> {
        let own = self.page.as_ref().and_then(Page::output);
        let is_named = |path: &&str| own.as_ref().is_none_or(|own| !own.ends_with(path));
        let files = self.sinks.iter().filter_map(|sink| sink.path.as_deref()).filter(is_named);
        let files: Vec<Argument> = files.map(Argument::from).collect();
        (!files.is_empty()).then(|| Message::new("run.written").with("files", Argument::List(files)))
    }

    /// That those for whom an output is will not see all of it.
    pub fn cut(&self, summary: &Summary) -> Option<Message> {
        let count = summary.findings() + summary.in_baseline + summary.waived;
        let formats = self.sinks.iter().map(|sink| sink.stream.written.format);
        let (format, most) = formats.filter_map(|format| Some((format, format.output().most_shown()?))).next()?;
        let message = Message::new("warning.cut").with("format", format.name()).with("count", count);
        (count > most).then(|| message.with("most", most))
    }

    /// Whether nothing is written to standard output.
    fn are_files(&self) -> bool {
        self.sinks.iter().all(|sink| sink.path.is_some() || sink.is_beside)
    }

    /// Writes what comes before all reports.
    pub fn begin(&mut self) {
        self.each(|sink, _| sink.stream.begin());
    }

    /// From here on, parts are of what is said across reports.
    pub fn begin_across(&mut self) {
        self.each(|sink, _| sink.stream.begin_across());
    }

    /// Writes a report, of which these parts have been made, one for each output; false where nobody reads on.
    pub fn write(&mut self, part: Part<'_>, made: &[Made]) -> bool {
        self.each(|sink, place| sink.stream.take(part, &made[place]));
        self.failed.is_none() && self.sinks.iter().any(|sink| !sink.stream.writer.has_closed() && !sink.is_beside)
    }

    /// Does the same with each output; the first failure is kept.
    fn each(&mut self, mut work: impl FnMut(&mut Sink, usize) -> std::io::Result<()>) {
        for (place, sink) in self.sinks.iter_mut().enumerate() {
            // Nothing may be written later, over the line that says how far the run has come.
            let flush = |sink: &mut Sink| if sink.is_terminal { sink.stream.writer.flush() } else { Ok(()) };
            let done = work(sink, place).and_then(|()| flush(sink));
            self.failed = self.failed.take().or_else(|| done.err().map(|error| sink.failed(&error)));
        }
    }

    /// Ends all outputs. Where one of them has failed, the run was cut short, and no file takes its place; nor does one that
    /// says nothing, since nothing was checked.
    pub fn finish(mut self, across: &Across, summary: &Summary) -> Result<(), CommandError> {
        let counts = across.counts();
        self.each(|sink, _| sink.stream.finish(if sink.is_beside { &counts } else { across }, summary));
        if let Some(failed) = self.failed {
            return Err(failed);
        }
        if summary.reports == 0 {
            return Ok(());
        }
        self.sinks.into_iter().try_for_each(Sink::take_place)?;
        if let Some(page) = self.page {
            page.open(self.language);
        }
        Ok(())
    }
}

impl Sink {
    fn new(written: Written, setting: Setting<'_>, pipe: Pipe, path: Option<&str>) -> Result<Self, CommandError> {
        let stream = Stream::new(written, setting, pipe).map_err(|error| not_written(path.unwrap_or("-"), &error))?;
        Ok(Self { stream, is_terminal: false, is_beside: false, path: path.map(str::to_owned), unfinished: None })
    }

    /// A file takes its place.
    fn take_place(self) -> Result<(), CommandError> {
        let Self { stream, path, unfinished, .. } = self;
        drop(stream);
        let placed = unfinished.map_or(Ok(()), Unfinished::finish);
        placed.map_err(|error| not_written(path.as_deref().unwrap_or("-"), &error))
    }

    fn failed(&self, error: &std::io::Error) -> CommandError {
        not_written(self.path.as_deref().unwrap_or("-"), error)
    }
}

/// `FORMAT[=FILE]`
struct Wanted<'o> {
    format: Format,
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
        if is_terminal && !format.output().is_text() {
            return Err(CommandError::usage(Message::new("error.output-terminal").with("name", name)));
        }
        Ok(Self { format, file })
    }

    /// Opens it.
    fn sink(&self, options: Options, setting: Setting<'_>) -> Result<Sink, CommandError> {
        let written = Written { format: self.format, options };
        let Some(path) = self.file else {
            let is_terminal = std::io::stdout().is_terminal();
            return Ok(Sink { is_terminal, ..Sink::new(written, setting, Pipe::standard(), None)? });
        };
        let (file, unfinished) = Pipe::create(Path::new(path)).map_err(|error| not_written(path, &error))?;
        Ok(Sink { unfinished: Some(unfinished), ..Sink::new(written, setting, file, Some(path))? })
    }
}
