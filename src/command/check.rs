//! `gouji check`: files in, findings out, in the order of the files, as they come.

mod accepting;
mod across;
mod cache;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::checkers::{Checkers, Purpose};
use super::guard::Guard;
use super::interrupt::Interrupt;
use super::outputs::{Common, Outputs};
use super::progress::Progress;
use super::sources::{self, Source};
use super::{CommandError, agencies, setup, status};
use crate::checker::Checked;
use crate::cli::{Check, FailOn, Global};
use crate::collection::Builder;
use crate::config::{Config, Overrides};
use crate::digest::Digest;
use crate::message::{Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::render::{Across, Input, Renderer, Summary, told};
use crate::suppress::{self, Looked, Used};
use accepting::{Accepting, Acceptor};
use across::{Gathered, Second};
use cache::{Cache, Context, Shelf, Trouble};

/// Who interrupts a run does not wait longer for the number of reports there are.
const LONGEST_COUNT: Duration = Duration::from_secs(1);

pub(super) fn run(global: &Global, config: Config, arguments: &Check, language: Language) -> Result<u8, CommandError> {
    let config = setup::with_choice(config, &arguments.choice, language)?.with_accepted(&arguments.accepted);
    let config = Arc::new(config);
    let checkers = Arc::new(Checkers::new(&config, Purpose::Check, language)?);
    let base = Arc::clone(checkers.base());
    let list = agencies::read(arguments.organs.as_deref(), &config, &base, language)?;
    let (agencies, list) = list.unzip();
    let mut accepting = Accepting::open(&arguments.accepted, &config, &checkers, language)?;
    let fail_on = config.fail_on().map_or_else(FailOn::default, |given| given.value);
    let common = Common {
        checker: checkers.all(),
        forms: checkers.forms(),
        agencies: agencies.as_ref(),
        fail_on,
        has_baseline: accepting.has_baseline(),
        language,
    };
    let inputs = sources::inputs(&arguments.sources)?;
    let kept = accepting.files().into_iter().chain(list.as_ref().map(|list| PathBuf::from(&list.path)));
    let guard = Guard::over(inputs.named()).and(arguments.sources.files_from.clone()).and(kept).and(config.files());
    let mut outputs = Outputs::open(global, &arguments.telling, &common, guard)?;
    let mut gathered =
        Gathered { builder: Builder::new(base.core(), checkers.forms(), agencies), sources: Vec::new(), list };
    // What is written into the folder of the reports, or accepted there, is none of them.
    let inputs = inputs.without([outputs.files(), accepting.files()].concat());
    let renderers = outputs.renderers();
    let leaves_out_summary = outputs.leaves_out_summary();
    let interrupt = Interrupt::listen();
    let mut progress = Progress::new(!arguments.no_progress, inputs.clone(), language);
    // What a reader panics with is told in its finding.
    std::panic::set_hook(Box::new(|_| {}));
    outputs.begin();
    let longest = Duration::from_secs(base.limits().seconds);
    let unused = |trouble: Trouble| {
        let path = config.cache().map_or_else(String::new, |given| given.value.display().to_string());
        eprintln!("{}", Message::new("warning.cache").with("path", path).with("detail", trouble).say(language));
    };
    let cache =
        config.cache().map(|given| Cache::open(&given.value, Context::new(&config, &renderers, &accepting.context())));
    let cache = cache.and_then(|opened| opened.map_err(unused).ok());
    let shelf = cache.as_ref().map(Cache::shelf);
    let work = CheckOne {
        checkers: Arc::clone(&checkers),
        renderers,
        fail_on,
        language,
        interrupt: interrupt.clone(),
        shelf,
        acceptor: accepting.acceptor(),
    };
    let (mut summary, mut fails) = (Summary::default(), false);
    let jobs = sources::jobs(&arguments.sources);
    parallel::ordered(inputs.iter(), jobs, longest, work, |done| match done {
        Done::Report(mut report, source) => {
            if let Some((source, digest)) = source.zip(report.digest.take()) {
                gathered.builder.add(digest);
                gathered.sources.push(source);
            }
            progress.count(summary.reports, report.summary.findings());
            summary.merge(&report.summary);
            fails |= report.fails;
            accepting.ledger.add(std::mem::take(&mut report.used));
            let is_shown = outputs.shows(&report.parts);
            let mut tell = || outputs.write_parts(&report.parts);
            if is_shown { progress.aside(tell) } else { tell() }
        }
        Done::Skipped(why) => {
            progress.aside(|| eprintln!("{}", why.say(language)));
            true
        }
        Done::NotBegun => false,
    });
    progress.clear();
    if let Some(Err(trouble)) = cache.map(Cache::close) {
        unused(trouble);
    }
    outputs.begin_across();
    // Reports that are still to come may be those that seem to be missing.
    let (across, looked) = if interrupt.is_interrupted() {
        (Across { is_interrupted: true, ..Across::default() }, Looked::Alone)
    } else {
        let (outputs, accepting, summary, fails) = (&mut outputs, &mut accepting, &mut summary, &mut fails);
        Second { checkers, jobs, fail_on, outputs, accepting, summary, fails, language }.run(gathered)
    };
    outputs.finish(&across, &summary)?;
    if interrupt.is_interrupted() {
        eprintln!("{}", ended_after(summary.reports, progress.total(LONGEST_COUNT)).say(language));
        return Ok(status::INTERRUPTED);
    }
    if summary.reports == 0 {
        return Err(CommandError::nothing_checked());
    }
    let of_baseline = accepting.finish(looked)?;
    if leaves_out_summary {
        eprint!("{}", across.say(language));
        eprintln!("{}", summary.message().say(language));
    }
    if let Some(message) = of_baseline {
        eprintln!("{}", message.say(language));
    }
    Ok(if fails { status::FINDINGS } else { status::SUCCESS })
}

/// That the run was interrupted after so many of all reports.
fn ended_after(done: usize, total: Option<usize>) -> Message {
    let message = match total {
        Some(total) => Message::new("run.interrupted").with("total", total),
        None => Message::new("run.interrupted.uncounted"),
    };
    message.with("done", done)
}

/// What is done with each file.
struct CheckOne {
    checkers: Arc<Checkers>,
    renderers: Vec<Renderer>,
    fail_on: FailOn,
    language: Language,
    interrupt: Interrupt,
    /// What was said of files before.
    shelf: Option<Arc<Shelf>>,
    acceptor: Acceptor,
}

/// What came of one source.
enum Done {
    /// With where it can be found again.
    Report(Box<Told>, Option<Source>),
    /// Nothing: it could not be looked into, and why.
    Skipped(Message),
    /// Nothing: the run was interrupted before.
    NotBegun,
}

/// A report as it is told.
#[derive(Serialize, Deserialize)]
struct Told {
    /// Its part of each output.
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
    /// What is kept of it for the archive.
    digest: Option<Digest>,
    /// What it came upon of what is accepted.
    used: Used,
}

impl Work for CheckOne {
    type Item = Source;
    type Done = Done;

    fn work(&self, source: Source) -> Done {
        if self.interrupt.is_interrupted() {
            return Done::NotBegun;
        }
        if let Source::Skipped(why) = source {
            return Done::Skipped(why);
        }
        let name = source.name();
        let told = match source.bytes(self.checkers.base().limits()) {
            Ok(bytes) => self.told_again(&name, &bytes),
            Err(why) => self.told_lost(&name, &why),
        };
        Done::Report(Box::new(told), Some(source))
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = sources::why_lost(&why, self.checkers.base().limits());
        Done::Report(Box::new(self.told_lost(name, &why)), None)
    }
}

impl CheckOne {
    /// What is told of a file, from the cache where it is there.
    fn told_again(&self, name: &str, bytes: &[u8]) -> Told {
        let overrides = self.checkers.overrides(name, None);
        let Some(shelf) = &self.shelf else { return self.told(self.check(name, bytes, &overrides), bytes) };
        let asked = shelf.asked(name, bytes, &overrides);
        if let Some(told) = shelf.get(&asked) {
            return told;
        }
        let checked = self.check(name, bytes, &overrides);
        // What could not be read may be read another time.
        let is_lasting = checked.document.is_some();
        let told = self.told(checked, bytes);
        if is_lasting {
            shelf.put(&asked, &told);
        }
        told
    }

    /// Checks a file for whose path these overrides hold; once more where others hold for whose it is.
    fn check<'b>(&self, name: &str, bytes: &'b [u8], overrides: &Overrides) -> Checked<'b> {
        let checked = self.checkers.of(overrides).check(name, bytes);
        let Some(organization) = checked.report.organization.as_deref() else { return checked };
        let of_organization = self.checkers.overrides(name, Some(organization));
        if of_organization == *overrides {
            return checked;
        }
        self.checkers.of(&of_organization).check(name, bytes)
    }

    /// What is told of a file that came to nothing.
    fn told_lost(&self, name: &str, why: &Unreadable) -> Told {
        self.told(self.checkers.of(&self.checkers.overrides(name, None)).lost(name, why), &[])
    }

    fn told(&self, mut checked: Checked<'_>, bytes: &[u8]) -> Told {
        let used = self.acceptor.apply(&mut checked.report, suppress::Told::Alone, checked.pack.as_deref());
        let input = Input::new(&checked, bytes);
        let report = told::Report::of(input, self.language);
        let parts = self.renderers.iter().map(|renderer| renderer.report(&report, Some(input))).collect();
        let mut summary = Summary::default();
        summary.add(&report, checked.document.is_none());
        let fails = report.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Told { parts, summary, fails, digest: checked.digest, used }
    }
}
