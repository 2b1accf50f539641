//! `gouji check`: files in, findings out, in the order of the files, as they come.

mod across;
mod outputs;

use std::time::Duration;

use super::sources::{self, Source};
use super::{CommandError, setup, status};
use crate::archive::Builder;
use crate::checker::{Checked, Checker};
use crate::cli::{Check, FailOn, Global};
use crate::config::Config;
use crate::digest::Digest;
use crate::limits::Limit;
use crate::message::{Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::render::{Input, Renderer, Style, Summary};
use across::{Gathered, Second};
use outputs::Outputs;

pub(super) fn run(global: &Global, config: Config, arguments: &Check, language: Language) -> Result<u8, CommandError> {
    let config = setup::with_choice(config, &arguments.choice, language)?;
    let checker = setup::chosen_checker(&config, language)?.with_digests();
    let list = arguments.organs.as_deref().map(|path| across::read_list(path, &checker, language)).transpose()?;
    let (organs, list) = list.unzip();
    let sources = sources::all(&arguments.sources)?;
    let mut outputs = Outputs::open(global, arguments, &checker, organs.as_ref(), language)?;
    let mut gathered =
        Gathered { builder: Builder::new(checker.core(), checker.packs(), organs), sources: Vec::new(), list };
    // What is written into the folder of the reports is none of them.
    let written = outputs.files();
    let sources = sources.filter(move |source| !source.is_among(&written));
    let renderers = outputs.renderers();
    let is_concise = renderers.iter().any(|renderer| renderer.style == Style::Concise);
    // What a reader panics with is told in its finding.
    std::panic::set_hook(Box::new(|_| {}));
    outputs.write(Renderer::head);
    let longest = Duration::from_secs(checker.limits().seconds);
    let fail_on = config.fail_on().map_or_else(FailOn::default, |given| given.value);
    let work = CheckOne { checker: checker.clone(), renderers, fail_on };
    let (mut summary, mut fails) = (Summary::default(), false);
    let jobs = sources::jobs(&arguments.sources);
    parallel::ordered(sources, jobs, longest, work, |done| match done {
        Done::Report(report, kept) => {
            if let Some((source, digest)) = kept {
                gathered.builder.add(digest);
                gathered.sources.push(source);
            }
            if summary.reports > 0 {
                outputs.write(|renderer| renderer.separator().to_owned());
            }
            summary.merge(&report.summary);
            fails |= report.fails;
            outputs.write_parts(&report.parts)
        }
        Done::Skipped(detail) => {
            eprintln!("{}", Message::new("warning.walk").with("detail", detail).say(language));
            true
        }
    });
    outputs.write(Renderer::across_head);
    let (counts, failing, told) = (&mut summary, &mut fails, &mut outputs);
    let second = Second { checker, jobs, fail_on, outputs: told, summary: counts, fails: failing, language };
    let across = second.run(gathered);
    outputs.finish(&across, &summary)?;
    if summary.reports == 0 {
        let hint = Some(Message::new("error.nothing-checked.hint"));
        let message = Message::new("error.nothing-checked");
        return Err(CommandError { status: status::NOTHING, message, hint, drawing: None });
    }
    if is_concise {
        eprintln!("{}", summary.message().say(language));
    }
    Ok(if fails { status::FINDINGS } else { status::SUCCESS })
}

/// What is done with each file.
struct CheckOne {
    checker: Checker,
    renderers: Vec<Renderer>,
    fail_on: FailOn,
}

/// What came of one source.
enum Done {
    /// With what is kept of it, and where it can be found again.
    Report(Told, Option<(Source, Digest)>),
    /// Nothing: it could not be looked into, and why.
    Skipped(String),
}

/// A report as it is told.
struct Told {
    /// Its part of each output.
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
}

impl Work for CheckOne {
    type Item = Source;
    type Done = Done;

    fn work(&self, source: Source) -> Done {
        if let Source::Skipped(detail) = source {
            return Done::Skipped(detail);
        }
        let name = source.name();
        let bytes = match sources::read(&source, self.checker.limits().file_bytes) {
            Ok(bytes) => bytes,
            Err(error) => {
                return Done::Report(self.told(&self.checker.not_opened(&name, error.to_string()), &[]), None);
            }
        };
        let checked = self.checker.check(&name, &bytes);
        let told = self.told(&checked, &bytes);
        let digest = checked.digest;
        drop(bytes);
        Done::Report(told, digest.map(|digest| (source, digest)))
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = match why {
            Lost::Late => Unreadable::TooLarge { what: Limit::Seconds, limit: self.checker.limits().seconds },
            Lost::Panicked(panic) => Unreadable::panicked(&*panic),
        };
        Done::Report(self.told(&self.checker.lost(name, &why), &[]), None)
    }
}

impl CheckOne {
    fn told(&self, checked: &Checked<'_>, bytes: &[u8]) -> Told {
        let input = Input::new(checked, bytes);
        let parts = self.renderers.iter().map(|renderer| renderer.report(input)).collect();
        let mut summary = Summary::default();
        summary.add(&checked.report, checked.document.is_none());
        let fails = checked.report.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Told { parts, summary, fails }
    }
}
