//! `gouji check`: files in, findings out, in the order of the files, as they come.

mod outputs;

use std::time::Duration;

use super::sources::{self, Source};
use super::{CommandError, setup, status};
use crate::checker::{Checked, Checker};
use crate::cli::{Check, FailOn, Global};
use crate::config::Config;
use crate::message::{Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::render::{Input, Renderer, Style, Summary};
use outputs::Outputs;

pub(super) fn run(global: &Global, config: Config, arguments: &Check, language: Language) -> Result<u8, CommandError> {
    let config = setup::with_choice(config, &arguments.choice, language)?;
    let checker = setup::chosen_checker(&config, language)?;
    let sources = sources::all(&arguments.sources)?;
    let mut outputs = Outputs::open(global, arguments, language)?;
    let renderers = outputs.renderers();
    let is_concise = renderers.iter().any(|renderer| renderer.style == Style::Concise);
    // What a reader panics with is told in its finding.
    std::panic::set_hook(Box::new(|_| {}));
    outputs.write(Renderer::head);
    let longest = Duration::from_secs(checker.limits().seconds);
    let fail_on = config.fail_on().map_or_else(FailOn::default, |given| given.value);
    let work = CheckOne { checker, renderers, fail_on };
    let (mut summary, mut fails) = (Summary::default(), false);
    parallel::ordered(sources, sources::jobs(&arguments.sources), longest, work, |done| match done {
        Done::Report(report) => {
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
    outputs.finish(&summary)?;
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
    Report(Told),
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
        let name = source.name();
        let bytes = match source {
            Source::Skipped(detail) => return Done::Skipped(detail),
            Source::Bytes(_, bytes) => Ok(bytes),
            Source::File(path) => sources::read(&path, self.checker.limits().file_bytes),
        };
        Done::Report(match bytes {
            Ok(bytes) => self.told(&self.checker.check(&name, &bytes), &bytes),
            Err(error) => self.told(&self.checker.not_opened(&name, error.to_string()), &[]),
        })
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = sources::why_lost(&why, self.checker.limits());
        Done::Report(self.told(&self.checker.lost(name, &why), &[]))
    }
}

impl CheckOne {
    fn told(&self, checked: &Checked<'_>, bytes: &[u8]) -> Told {
        let input = Input { checked, bytes };
        let parts = self.renderers.iter().map(|renderer| renderer.report(input)).collect();
        let mut summary = Summary::default();
        summary.add(&checked.report, checked.document.is_none());
        let fails = checked.report.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Told { parts, summary, fails }
    }
}
