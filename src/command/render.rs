//! `gouji render`: a stored run of `check`, in another format.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::guard::Guard;
use super::outputs::{Common, Formats, Outputs};
use super::streams::{print, say, say_text};
use super::{CommandError, agencies, setup, status};
use crate::cli::{FailOn, Global, Render};
use crate::config::Config;
use crate::message::{Language, Message};
use crate::pack::Severity;
use crate::render::Part;
use crate::view::{self, Across, Report, Said, Summary};

/// The JSON Schema of what is stored.
pub(super) fn schema() -> Result<u8, CommandError> {
    print(&view::schema())?;
    Ok(status::SUCCESS)
}

pub(super) fn run(
    global: &Global,
    config: &Config,
    arguments: &Render,
    language: Language,
) -> Result<u8, CommandError> {
    let path = arguments.file.as_deref().expect("clap asks for a file where no schema is asked for");
    let checker = setup::checker(config)?;
    let list = agencies::read(arguments.organs.as_deref(), config, &checker, language)?;
    let configured = config.values.fail_on.as_ref().map(|given| given.value);
    let fail_on = arguments.fail_on.or(configured).unwrap_or_default();
    let stored = open(path)?;
    let common = Common {
        checker: &checker,
        forms: checker.packs(),
        agencies: list.as_ref().map(|(agencies, _)| agencies),
        fail_on,
        language,
    };
    let guard = Guard::default().and([path.to_owned()]).and(arguments.organs.clone()).and(config.files());
    let outputs = Outputs::open(global, &arguments.telling, &common, guard)?;
    let mut again = Stored {
        formats: outputs.formats(),
        outputs,
        fail_on,
        summary: Summary { interrupted: true, ..Summary::default() },
        across: Across::default(),
        is_across: false,
        is_unread: false,
        fails: false,
        stated: None,
    };
    again.outputs.begin();
    view::read(stored, |line| again.take(line)).map_err(|refused| {
        let message = Message::new("error.stored").with("path", path.display().to_string());
        let hint = Some(refused.help());
        CommandError { hint, ..CommandError::usage(message.with("detail", refused.message())) }
    })?;
    again.finish(path, language)
}

/// What is stored.
fn open(path: &Path) -> Result<Box<dyn BufRead>, CommandError> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file = File::open(path).map_err(|error| {
        let detail = Message::new("stored.lost").with("detail", &error);
        CommandError::usage(
            Message::new("error.stored").with("path", path.display().to_string()).with("detail", detail),
        )
    })?;
    Ok(Box::new(BufReader::new(file)))
}

/// A stored run that is written again.
struct Stored {
    outputs: Outputs,
    formats: Formats,
    fail_on: FailOn,
    /// Of a run that was cut short, until its end is there.
    summary: Summary,
    /// What is said across reports.
    across: Across,
    is_across: bool,
    /// Nobody reads on, so the rest was not looked at.
    is_unread: bool,
    fails: bool,
    /// How many reports, errors, warnings and advice there are, by what is stored at its end.
    stated: Option<[usize; 4]>,
}

impl Stored {
    /// False where nobody reads on.
    fn take(&mut self, said: Said) -> bool {
        match said {
            Said::Report(mut report) => {
                self.summary.add(&report, report.is_unreadable());
                self.write(&mut report)
            }
            Said::Archive(across) => self.take_across(across),
            Said::Summary(summary) => {
                self.summary.interrupted = summary.interrupted;
                self.summary.left_out = summary.left_out;
                self.stated = Some([summary.reports, summary.errors, summary.warnings, summary.advice]);
                // Whether a file could be read shows in no finding where that rule was ignored.
                self.summary.unreadable = summary.unreadable;
                true
            }
        }
    }

    fn take_across(&mut self, mut across: Across) -> bool {
        self.begin_across();
        let mut reports = across.take_reports();
        self.across = across;
        for report in &mut reports {
            self.summary.add_across(report);
            if !self.write(report) {
                return false;
            }
        }
        true
    }

    fn begin_across(&mut self) {
        if !std::mem::replace(&mut self.is_across, true) {
            self.outputs.begin_across();
        }
    }

    /// What is stored has its last verdict.
    fn write(&mut self, report: &mut Report) -> bool {
        let fails = |severity: Severity| self.fail_on.fails(severity);
        self.fails |= report.findings.iter().any(|finding| fails(finding.severity));
        let parts = if self.is_across { self.formats.across(report) } else { self.formats.report(report, false) };
        self.is_unread = !self.outputs.write(Part::settled(report, self.is_across), &parts);
        !self.is_unread
    }

    fn counted(&self) -> [usize; 4] {
        let Summary { reports, errors, warnings, advice, .. } = self.summary;
        [reports, errors, warnings, advice]
    }

    /// Ends as the run itself would have ended.
    fn finish(mut self, path: &Path, language: Language) -> Result<u8, CommandError> {
        self.begin_across();
        if self.stated.is_some_and(|stated| stated != self.counted()) {
            let message = Message::new("error.stored").with("path", path.display().to_string());
            return Err(CommandError::usage(message.with("detail", Message::new("stored.miscounted"))));
        }
        let leaves_out_summary = self.outputs.leaves_out_summary();
        let written = self.outputs.written();
        let cut = self.outputs.cut(&self.summary);
        self.outputs.finish(&self.across, &self.summary)?;
        if self.summary.interrupted && !self.is_unread {
            let message = Message::new("warning.stored-partial").with("path", path.display().to_string());
            say(&message.with("reports", self.summary.reports), language);
            return Ok(status::INTERRUPTED);
        }
        if self.summary.reports == 0 {
            return Err(CommandError::nothing_checked());
        }
        if leaves_out_summary {
            say_text(&self.across.say(language));
            say(&self.summary.message(), language);
        }
        for message in written.iter().chain(&cut) {
            say(message, language);
        }
        Ok(if self.fails { status::FINDINGS } else { status::SUCCESS })
    }
}
