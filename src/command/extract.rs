//! `gouji extract`: files in, figures out, in the order of the files, as they come.

mod output;

use std::cell::OnceCell;
use std::sync::Arc;
use std::time::Duration;

use super::checkers::{Checkers, Purpose};
use super::guard::Guard;
use super::left_out::LeftOut;
use super::sources::{self, Source};
use super::streams::{has_closed, print, say, say_text};
use super::{CommandError, setup, status};
use crate::bind::Likeness;
use crate::cli::{Extract, ExtractFormat, ExtractLayout};
use crate::config::Config;
use crate::extract::{self, Field, Format, Frame, Part};
use crate::identity::Identity;
use crate::message::{Argument, Language, Message};
use crate::panics::caught;
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::report::Report;
use crate::taken;
use crate::view::Lines;
use output::Output;

pub(super) fn run(config: Config, arguments: &Extract, language: Language) -> Result<u8, CommandError> {
    let config = Arc::new(setup::with_how_read(config, &arguments.how_read, language)?);
    let checkers = Checkers::new(&config, Purpose::Read, language)?;
    let frame = Arc::new(match arguments.layout {
        ExtractLayout::Long => Frame::long(),
        ExtractLayout::Wide => Frame::wide(checkers.forms()),
    });
    if arguments.schema {
        print(&frame.schema(checkers.forms(), language))?;
        return Ok(status::SUCCESS);
    }
    let format = format(arguments);
    let inputs = sources::inputs(&arguments.sources)?.without(arguments.output.clone());
    if let Some(path) = &arguments.output {
        let usual: &[&str] = if matches!(format, Ok(ExtractFormat::Xlsx)) { &["xlsx"] } else { &[] };
        let guard = Guard::over(inputs.named()).and(arguments.sources.files_from.clone());
        guard.and(config.files()).permit(path, usual)?;
    }
    // That a report would be written over is said first: no other name of a format would help.
    let format = format?;
    let mut output = Output::open(arguments, format, &frame, language)?;
    let longest = Duration::from_secs(checkers.base().limits().seconds);
    let work = ExtractOne { checkers: Arc::new(checkers), frame, format: output.format, language };
    let mut count = Count::default();
    let mut left_out = LeftOut::default();
    parallel::ordered(inputs.iter(), sources::jobs(&arguments.sources), longest, work, |done| match done {
        Done::Reports(reports) => reports.into_iter().all(|report| match report {
            Ok((part, numbers)) => {
                count.reports += 1;
                count.numbers += numbers;
                output.write(part)
            }
            Err(why) => {
                count.left_out += 1;
                say_text(&(why.say(language).replace(['\n', '\r'], " ") + "\n"));
                true
            }
        }),
        Done::Skipped(why) => {
            say(&why, language);
            true
        }
        Done::Other(name) => {
            left_out.others.add(name);
            true
        }
        Done::Own(name) => {
            left_out.own.add(name);
            true
        }
    });
    for message in left_out.messages() {
        say(&message, language);
    }
    count.others = left_out.count();
    output.finish(count.reports > 0)?;
    if count.reports + count.left_out == 0 {
        return Err(CommandError::nothing_checked());
    }
    if !has_closed() {
        say(&count.message(), language);
    }
    Ok(if count.reports > 0 { status::SUCCESS } else { status::NOTHING })
}

/// The format that is asked for, or that the name of the output says.
fn format(arguments: &Extract) -> Result<ExtractFormat, CommandError> {
    let Some(path) = arguments.output.as_deref().filter(|_| arguments.format.is_none()) else {
        return Ok(arguments.format.unwrap_or(ExtractFormat::Csv));
    };
    ExtractFormat::of_name(path).ok_or_else(|| {
        let message = Message::new("error.extract-ending").with("path", path.display().to_string());
        CommandError { hint: Some(Message::new("error.extract-ending.hint")), ..CommandError::usage(message) }
    })
}

/// What came of a run.
#[derive(Default)]
struct Count {
    reports: usize,
    numbers: usize,
    left_out: usize,
    /// Files that are no reports.
    others: usize,
}

impl Count {
    fn message(&self) -> Message {
        let key = if self.left_out == 0 { "extract.summary" } else { "extract.summary.left-out" };
        let message = Message::new(key).with("reports", self.reports).with("numbers", self.numbers);
        message.with("left_out", self.left_out).with("others", self.others())
    }

    fn others(&self) -> Argument {
        match self.others {
            0 => "".into(),
            count => Message::new("extract.others").with("count", count).into(),
        }
    }
}

/// What is done with each file.
pub(super) struct ExtractOne {
    pub checkers: Arc<Checkers>,
    pub frame: Arc<Frame>,
    pub format: &'static Format,
    pub language: Language,
}

/// The part of the output, and how many numbers are in it; of a report that could not be read or recognised, why.
type Extracted = Result<(Part, usize), Message>;

/// What came of one source.
pub(super) enum Done {
    /// For each of its reports.
    Reports(Vec<Extracted>),
    /// It could not be looked into, and why.
    Skipped(Message),
    /// Nobody would take this file for a report.
    Other(String),
    /// gouji has written this file.
    Own(String),
}

impl Work for ExtractOne {
    type Item = Source;
    type Done = Done;

    fn work(&self, source: Source) -> Done {
        let name = source.name();
        if let Source::Skipped(why) = source {
            return Done::Skipped(why);
        }
        if source.is_copy() {
            return Done::Own(name);
        }
        match source.bytes(self.checkers.base().limits()) {
            Ok(bytes) if taken::is_own(&bytes) => Done::Own(name),
            Ok(bytes) => match self.figures(&name, &bytes) {
                reports if source.is_doubtful() && self.is_other(&name, &bytes, &reports) => Done::Other(name),
                reports => Done::Reports(reports),
            },
            Err(why) => self.lost_file(&name, &why),
        }
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = sources::why_lost(&why, self.checkers.base().limits());
        self.lost_file(name, &why)
    }
}

impl ExtractOne {
    /// Whether nobody would take a file for a report, of which nothing else says that it is one.
    fn is_other(&self, path: &str, bytes: &[u8], reports: &[Extracted]) -> bool {
        let base = self.checkers.base();
        let is_like = || base.read(path, bytes).is_ok_and(|document| base.likeness(&document) == Likeness::Report);
        reports.iter().all(Result::is_err) && !caught(is_like).unwrap_or(false)
    }

    fn figures(&self, path: &str, bytes: &[u8]) -> Vec<Extracted> {
        // Counted once for all reports of the file.
        let lines = OnceCell::new();
        let choose = |identity: &Identity| Some(self.checkers.of_report(path, identity.organization.as_deref()));
        let reports = self.checkers.of_report(path, None).read_by(path, bytes, choose, |reading| {
            let lines = lines.get_or_init(|| Lines::new(bytes, reading.document.encoding));
            let source = extract::Source { reading, path, lines, language: self.language };
            let rows = self.frame.rows(source);
            let fields = rows.iter().flat_map(|row| &row.fields);
            let numbers = fields.filter(|field| matches!(field, Field::Number(_))).count();
            ((self.format.part)(self.frame.columns(), rows, lines), numbers)
        });
        reports.into_iter().map(|report| report.map_err(|report| refused(&report))).collect()
    }

    fn lost_file(&self, path: &str, why: &Unreadable) -> Done {
        Done::Reports(vec![Err(refused(&self.checkers.base().lost(path, why).first().report))])
    }
}

/// That there are no figures of a report, and why.
pub(super) fn refused(report: &Report) -> Message {
    Message::new("extract.left-out").with("path", report.path.as_str()).with("why", why(report))
}

/// All that is said of a report, in one sentence.
pub(super) fn why(report: &Report) -> Argument {
    Argument::Sentences(report.findings.iter().map(|finding| finding.message.clone().into()).collect())
}
