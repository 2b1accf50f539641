//! A run of `gouji check`: what its two phases share, how it begins and how it ends.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::super::agencies::{self, List};
use super::super::checkers::{Checkers, Purpose};
use super::super::guard::Guard;
use super::super::interrupt::Interrupt;
use super::super::left_out::LeftOut;
use super::super::outputs::{Common, Outputs};
use super::super::progress::Progress;
use super::super::sources::{self, Inputs, Source};
use super::super::streams::{say, say_text};
use super::super::{CommandError, setup, status};
use super::accepting::Accepting;
use super::cache::{Cache, Context, Trouble};
use super::reporter::{Rendered, Reporter};
use crate::agencies::Agencies;
use crate::cli::{Check, FailOn, Global};
use crate::collection::Builder;
use crate::config::Config;
use crate::message::{Language, Message};
use crate::render::Part;
use crate::suppress::Compared;
use crate::view::{Across, Summary, Verdict};

/// Who interrupts a run does not wait longer for the number of reports there are.
const LONGEST_COUNT: Duration = Duration::from_secs(1);

/// A run, and its result so far.
pub(super) struct Run {
    pub inputs: Inputs,
    pub jobs: usize,
    /// What every thread needs.
    pub reporter: Reporter,
    /// Whether every file that is walked is taken for a report.
    pub is_strict: bool,
    pub outputs: Outputs,
    pub accepting: Accepting,
    pub listed: Option<(Agencies, List)>,
    pub interrupt: Interrupt,
    pub progress: Progress,
    pub cache: Option<Cache>,
    /// Where the cache is.
    cache_path: String,
    pub summary: Summary,
    /// Files that are no reports.
    pub left_out: LeftOut,
    /// Whether a finding is grave enough for the run to fail.
    fails: bool,
    /// How the rules across reports fared.
    pub across: Across,
    /// What the findings across reports come from.
    pub compared: Compared,
}

/// What the first phase leaves for the second.
pub(super) struct Gathered {
    pub builder: Builder,
    /// Where the reports of the builder come from, in their order.
    pub files: Vec<FileOf>,
    pub list: Option<List>,
}

/// A file that reports come from.
pub(super) struct FileOf {
    pub source: Source,
    /// Its reports.
    pub parts: Vec<PartOf>,
}

/// A report of a file.
pub(super) struct PartOf {
    /// Which report of the file it is, where that holds several.
    pub part: Option<String>,
    /// How it fared by itself.
    pub verdict: Verdict,
}

impl Run {
    /// Reads what the call and the configuration name, and opens the outputs.
    ///
    /// # Errors
    /// When something that they name cannot be used.
    pub fn new(global: &Global, config: Config, check: &Check, language: Language) -> Result<Self, CommandError> {
        let config = Arc::new(setup::with_choice(config, &check.choice, language)?.with_accepted(&check.accepted));
        let checkers = Arc::new(Checkers::new(&config, Purpose::Check, language)?);
        let listed = agencies::read(check.organs.as_deref(), &config, checkers.base(), language)?;
        let accepting = Accepting::open(
            &check.accepted,
            &config,
            &checkers,
            listed.as_ref().map(|(agencies, _)| agencies),
            language,
        )?;
        let fail_on = config.values.fail_on.as_ref().map_or_else(FailOn::default, |given| given.value);
        let inputs = sources::inputs(&check.sources)?;
        let listed_file = listed.as_ref().map(|(_, list)| PathBuf::from(&list.path));
        let kept = accepting.files().into_iter().chain(listed_file.clone());
        let guard = Guard::over(inputs.named()).and(check.sources.files_from.clone()).and(kept).and(config.files());
        let common = Common {
            checker: checkers.all(),
            forms: checkers.forms(),
            agencies: listed.as_ref().map(|(agencies, _)| agencies),
            fail_on,
            language,
        };
        let mut outputs = Outputs::open(global, &check.telling, &common, guard)?;
        // Files that the run writes or reads besides, in the folder of the reports, are not reports.
        let list = check.sources.files_from.iter().cloned().chain(listed_file);
        let inputs = inputs.without(outputs.files().into_iter().chain(accepting.files()).chain(list));
        let formats = outputs.formats();
        let interrupt = Interrupt::listen();
        let progress = Progress::new(!check.no_progress, inputs.clone(), language);
        outputs.begin();
        let mut run = Self {
            is_strict: check.all_files || check.sources.names_any(),
            inputs,
            jobs: sources::jobs(&check.sources),
            reporter: Reporter { checkers, formats, acceptor: accepting.acceptor(), fail_on, language },
            outputs,
            accepting,
            listed,
            interrupt,
            progress,
            cache: None,
            cache_path: String::new(),
            summary: Summary::default(),
            left_out: LeftOut::default(),
            fails: false,
            across: Across::default(),
            compared: Compared::Nothing,
        };
        run.open_cache(&config);
        Ok(run)
    }

    fn open_cache(&mut self, config: &Config) {
        let Some(path) = &config.values.cache else { return };
        self.cache_path = path.value.display().to_string();
        let Reporter { checkers, language, .. } = &self.reporter;
        let text = super::super::config::text(config, checkers.all(), *language);
        let rules: Vec<PathBuf> = config.values.rules.iter().map(|rules| rules.value.clone()).collect();
        let context = Context::new(&text, *language, &rules, &self.accepting.context());
        match Cache::open(&path.value, context) {
            Ok(cache) => self.cache = Some(cache),
            Err(trouble) => self.warn_of_cache(trouble),
        }
    }

    /// Writes what is still to be kept for the next run.
    pub fn close_cache(&mut self) {
        if let Some(Err(trouble)) = self.cache.take().map(Cache::close) {
            self.warn_of_cache(trouble);
        }
    }

    fn warn_of_cache(&self, trouble: Trouble) {
        let message = Message::new("warning.cache").with("path", self.cache_path.as_str()).with("detail", trouble);
        say(&message, self.reporter.language);
    }

    /// The longest time that one report may take.
    pub fn longest(&self) -> Duration {
        Duration::from_secs(self.reporter.checkers.base().limits().seconds)
    }

    /// Writes a report and adds it to the result; false where nobody reads on.
    pub fn write(&mut self, rendered: Rendered) -> bool {
        self.summary.merge(&rendered.summary);
        if let Some(before) = rendered.before {
            self.summary.settle(before, rendered.view.verdict);
        }
        self.fails |= rendered.fails;
        self.accepting.used.add(rendered.used);
        let is_shown = self.outputs.shows(&rendered.parts);
        let part = Part { report: &rendered.view, is_across: rendered.is_across, before: rendered.before };
        let mut write = || self.outputs.write(part, &rendered.parts);
        if is_shown { self.progress.aside(write) } else { write() }
    }

    /// Closes the outputs, writes the baseline, and says how the run ended.
    ///
    /// # Errors
    /// When something cannot be written, or nothing was checked.
    pub fn finish(mut self) -> Result<u8, CommandError> {
        let language = self.reporter.language;
        let leaves_out_summary = self.outputs.leaves_out_summary();
        let written = self.outputs.written();
        let cut = self.outputs.cut(&self.summary);
        for message in self.left_out.messages() {
            say(&message, language);
        }
        self.outputs.finish(&self.across, &self.summary)?;
        if self.summary.interrupted {
            let total = self.progress.total(LONGEST_COUNT);
            say(&ended_after(self.summary.reports, total), language);
            return Ok(status::INTERRUPTED);
        }
        if self.summary.reports == 0 {
            return Err(CommandError::nothing_checked());
        }
        let of_baseline = self.accepting.finish(self.compared)?;
        if leaves_out_summary {
            say_text(&self.across.say(language));
            say(&self.summary.message(), language);
        }
        for message in written.iter().chain(&of_baseline).chain(&cut) {
            say(message, language);
        }
        Ok(if self.fails { status::FINDINGS } else { status::SUCCESS })
    }
}

/// That the run was interrupted after so many of all reports.
fn ended_after(done: usize, total: Option<usize>) -> Message {
    let message = match total {
        Some(total) => Message::new("run.interrupted").with("total", total),
        None => Message::new("run.interrupted.uncounted"),
    };
    message.with("done", done)
}
