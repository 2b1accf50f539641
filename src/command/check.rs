//! `gouji check`: files in, findings out, in the order of the files, as they come.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{CommandError, setup, status};
use crate::checker::{Checked, Checker};
use crate::cli::{Check, FailOn, Global};
use crate::config::Config;
use crate::discover::discover;
use crate::limits::Limit;
use crate::message::{Argument, Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::render::{Input, Renderer, Style, Summary};

/// What to check.
enum Source {
    File(PathBuf),
    /// What came from standard input, under a name.
    Bytes(String, Vec<u8>),
    /// A folder or file that could not be looked into.
    Skipped(String),
}

/// What came of it: its part of each output, and counts.
enum Done {
    Report { parts: Vec<String>, summary: Summary, fails: bool },
    Skipped(String),
}

/// An output of the run.
struct Sink {
    renderer: Renderer,
    writer: Box<dyn Write>,
    /// Nothing more is written to it: its reader has gone away.
    is_closed: bool,
}

pub(super) fn run(global: &Global, config: Config, arguments: &Check, language: Language) -> Result<u8, CommandError> {
    let config = setup::with_choice(config, &arguments.choice, language)?;
    let checker = checker(&config, language)?;
    let sources = sources(arguments)?;
    let mut sinks = sinks(global, arguments, language)?;
    let renderers: Vec<Renderer> = sinks.iter().map(|sink| sink.renderer).collect();
    let jobs = arguments.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from);
    // What a reader panics with is told in its finding.
    std::panic::set_hook(Box::new(|_| {}));
    let mut run = Run { summary: Summary::default(), fails: false, failed: None };
    for sink in &mut sinks {
        let head = sink.renderer.head();
        run.write(sink, &head);
    }
    let longest = Duration::from_secs(checker.limits().seconds);
    let work = CheckOne {
        checker,
        renderers: renderers.clone(),
        fail_on: config.fail_on().map_or_else(FailOn::default, |given| given.value),
    };
    parallel::ordered(sources, jobs, longest, work, |done| run.take(done, &mut sinks, language));
    for sink in &mut sinks {
        let tail = sink.renderer.tail(&run.summary);
        run.write(sink, &tail);
        run.flush(sink);
    }
    if let Some(error) = run.failed {
        let message = Message::new("error.output").with("path", "-").with("detail", error.to_string());
        return Err(CommandError::usage(message));
    }
    if run.summary.reports == 0 {
        let hint = Some(Message::new("error.nothing-checked.hint"));
        let message = Message::new("error.nothing-checked");
        return Err(CommandError { status: status::NOTHING, message, hint, drawing: None });
    }
    if renderers.iter().any(|renderer| renderer.style == Style::Concise) {
        eprintln!("{}", run.summary.message().say(language));
    }
    Ok(if run.fails { status::FINDINGS } else { status::SUCCESS })
}

/// Prints to standard output; a reader that has gone away is no error.
pub(super) fn print(text: &str) {
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}

/// The state of a run.
struct Run {
    summary: Summary,
    fails: bool,
    /// Why an output could not be written.
    failed: Option<std::io::Error>,
}

impl Run {
    /// Writes what came of one file; false ends the run.
    fn take(&mut self, done: Done, sinks: &mut [Sink], language: Language) -> bool {
        let (parts, summary, fails) = match done {
            Done::Report { parts, summary, fails } => (parts, summary, fails),
            Done::Skipped(detail) => {
                eprintln!("{}", Message::new("warning.walk").with("detail", detail).say(language));
                return true;
            }
        };
        let is_first = self.summary.reports == 0;
        self.summary.merge(&summary);
        self.fails |= fails;
        for (sink, part) in sinks.iter_mut().zip(parts) {
            if !is_first {
                let separator = sink.renderer.separator();
                self.write(sink, separator);
            }
            self.write(sink, &part);
        }
        self.failed.is_none() && sinks.iter().any(|sink| !sink.is_closed)
    }

    fn write(&mut self, sink: &mut Sink, text: &str) {
        let written = if sink.is_closed { Ok(()) } else { sink.writer.write_all(text.as_bytes()) };
        self.settle(sink, written);
    }

    fn flush(&mut self, sink: &mut Sink) {
        let written = if sink.is_closed { Ok(()) } else { sink.writer.flush() };
        self.settle(sink, written);
    }

    /// A reader that has gone away is no error; a disk that is full is one.
    fn settle(&mut self, sink: &mut Sink, written: std::io::Result<()>) {
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => sink.is_closed = true,
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
    }
}

/// The forms with what is chosen of their rules.
pub(super) fn checker(config: &Config, language: Language) -> Result<Checker, CommandError> {
    let all = setup::checker(config)?;
    let mistaken = |mistake| setup::mistaken(config.file.as_ref(), mistake, language);
    // A rule of any form may be spoken of, whichever is checked.
    let selection = config.selection(all.core(), all.packs()).map_err(mistaken)?;
    let chosen = config.chosen(all.packs()).map_err(mistaken)?.cloned();
    let checker = match chosen {
        Some(pack) => Checker::new(all.core().clone(), vec![pack], all.limits().clone()),
        None => all,
    };
    Ok(checker.with_selection(&selection))
}

/// All files of the call, lazily: a folder may hold millions.
fn sources(arguments: &Check) -> Result<impl Iterator<Item = Source> + Send + 'static + use<>, CommandError> {
    let mut listed = Vec::new();
    if let Some(list) = &arguments.files_from {
        listed = files_from(list)?;
    }
    let mut paths = arguments.paths.clone();
    let mut stdin = None;
    if paths.iter().any(|path| path.as_os_str() == "-") {
        paths.retain(|path| path.as_os_str() != "-");
        let Some(name) = arguments.stdin_filename.clone() else {
            return Err(CommandError::usage(Message::new("error.stdin-name")));
        };
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        stdin = Some(match read {
            Ok(_) => Source::Bytes(name, bytes),
            Err(error) => Source::Skipped(error.to_string()),
        });
    }
    if paths.is_empty() && stdin.is_none() && arguments.files_from.is_none() {
        paths.push(PathBuf::from("."));
    }
    if let Some(path) = paths.iter().find(|path| !path.exists()) {
        let message = Message::new("error.no-path").with("path", path.display().to_string());
        return Err(CommandError::usage(message));
    }
    let walked = paths.into_iter().flat_map(|path| discover(&path)).map(|found| match found {
        Ok(path) => Source::File(path),
        Err(error) => Source::Skipped(error.to_string()),
    });
    Ok(stdin.into_iter().chain(walked).chain(listed.into_iter().map(Source::File)))
}

fn files_from(list: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let text = if list.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(list)
    };
    let text = text.map_err(|error| {
        let message = Message::new("error.list").with("path", list.display().to_string());
        CommandError::usage(message.with("detail", error.to_string()))
    })?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

fn sinks(global: &Global, arguments: &Check, language: Language) -> Result<Vec<Sink>, CommandError> {
    let is_terminal = std::io::stdout().is_terminal();
    let standard = if is_terminal { "full" } else { "concise" };
    let mut wanted = arguments.output.clone();
    if wanted.is_empty() {
        wanted.push(arguments.format.clone().unwrap_or_else(|| standard.to_owned()));
    }
    let mut sinks = Vec::new();
    for output in &wanted {
        let (name, file) = output.split_once('=').map_or((output.as_str(), None), |(name, file)| (name, Some(file)));
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
        sinks.push(Sink { renderer, writer, is_closed: false });
    }
    Ok(sinks)
}

/// What is done with each file.
struct CheckOne {
    checker: Checker,
    renderers: Vec<Renderer>,
    fail_on: FailOn,
}

impl Work for CheckOne {
    type Item = Source;
    type Done = Done;

    fn work(&self, source: Source) -> Done {
        let (path, bytes) = match source {
            Source::Skipped(detail) => return Done::Skipped(detail),
            Source::Bytes(name, bytes) => (name, Ok(bytes)),
            Source::File(path) => (shown(&path), read(&path, self.checker.limits().file_bytes)),
        };
        match bytes {
            Ok(bytes) => self.done(&self.checker.check(&path, &bytes), &bytes),
            Err(error) => self.done(&self.checker.not_opened(&path, error.to_string()), &[]),
        }
    }

    fn name(&self, source: &Source) -> String {
        match source {
            Source::File(path) => shown(path),
            Source::Bytes(name, _) | Source::Skipped(name) => name.clone(),
        }
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = match why {
            Lost::Late => Unreadable::TooLarge { what: Limit::Seconds, limit: self.checker.limits().seconds },
            Lost::Panicked(panic) => Unreadable::panicked(&*panic),
        };
        self.done(&self.checker.lost(name, &why), &[])
    }
}

impl CheckOne {
    fn done(&self, checked: &Checked<'_>, bytes: &[u8]) -> Done {
        let input = Input { checked, bytes };
        let parts = self.renderers.iter().map(|renderer| renderer.report(input)).collect();
        let mut summary = Summary::default();
        summary.add(&checked.report, checked.document.is_none());
        let fails = checked.report.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Done::Report { parts, summary, fails }
    }
}

/// The path as it is shown: without the `./` of a walk that began here.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The bytes of a file, one more than the limit at most: what is too large is told by its size, not read.
fn read(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
