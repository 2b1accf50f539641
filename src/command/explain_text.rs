//! `gouji explain --text REPORT`: what each number in the text of a report was read as, and with what it was compared, one a
//! line. For those who write packs: it shows why a number is compared or not.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use super::extract::refused;
use super::streams::{print, say};
use super::{CommandError, setup, status};
use crate::check::{Judged, Outcome, With, judge_text, words_of};
use crate::config::Config;
use crate::discover;
use crate::message::{Language, Message};
use crate::pack::Pack;
use crate::prose::{OfLastYear, Opener, Paragraph, Period, Record, Says, Scope, of_last_year};

pub(super) fn run(config: &Config, path: &Path, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(config)?;
    let bytes = discover::whole(path).map_err(|error| {
        let message = Message::new("error.report").with("path", path.display().to_string());
        CommandError::usage(message.with("detail", &error))
    })?;
    let listed = checker.read_with(&path.to_string_lossy(), &bytes, |reading| {
        let levels = checker.levels(Some(reading.pack));
        let (text, judged) = judge_text(reading.pack, reading.facts, levels);
        let listing = Listing { pack: reading.pack, of_last_year: of_last_year(reading.pack, &text), language };
        listing.of(&text, &judged)
    });
    let mut status = status::NOTHING;
    for lines in listed {
        match lines {
            Ok(lines) => {
                print(&lines)?;
                status = status::SUCCESS;
            }
            Err(report) => say(&refused(&report), language),
        }
    }
    Ok(status)
}

/// What is listed of a report.
struct Listing<'a> {
    pack: &'a Pack,
    of_last_year: Vec<OfLastYear>,
    language: Language,
}

impl Listing<'_> {
    /// A header, and a line for each number.
    fn of(&self, text: &[Paragraph<'_, '_>], judged: &[Vec<Judged>]) -> String {
        let mut lines = self.say("explain-text.header");
        lines.push('\n');
        for (place, (paragraph, judged)) in text.iter().zip(judged).enumerate() {
            for (index, record) in paragraph.records.iter().enumerate() {
                let of_last_year = |said: &OfLastYear| (said.paragraph, said.record) == (place, index);
                let mut outcomes: Vec<String> =
                    judged.iter().filter_map(|judged| self.outcome_of(&record.at, judged)).collect();
                if self.of_last_year.iter().any(of_last_year) {
                    outcomes.push(self.say("explain-text.with-last-year"));
                }
                self.line(&paragraph.stretch.text.text, record, &outcomes.join("; "), &mut lines);
            }
        }
        lines
    }

    /// A record: its clause, its number, what it says of what, whose and of when, what else was understood, and how it fared.
    fn line(&self, text: &str, record: &Record, outcome: &str, lines: &mut String) {
        let lexicon = &self.pack.text().lexicon;
        let names: Vec<&str> = record.names.iter().map(|&name| lexicon.names[name].id.as_str()).collect();
        let unit = record.unit.map_or("", |unit| lexicon.unit_word(unit));
        let notes = [
            (record.is_known, "explain-text.known"),
            (record.is_about, "explain-text.about"),
            (record.is_total, "explain-text.total"),
            (record.is_at_most, "explain-text.at-most"),
            (record.is_open, "explain-text.open"),
        ];
        let notes = notes.iter().filter(|(is, _)| *is).map(|(_, key)| *key);
        let notes = record.opener.map(opener).into_iter().chain(notes);
        let _ = writeln!(
            lines,
            "{}\t{}{unit}\t{}\t{}\t{}\t{}\t{}\t{outcome}",
            &text[record.clause.clone()],
            record.value,
            self.say(says(record.says)),
            names.join("+"),
            self.say(period(record.period)),
            self.say(scope(record.scope)),
            notes.map(|key| self.say(key)).collect::<Vec<_>>().join(" "),
        );
    }

    /// How the number at these bytes fared in what was judged.
    fn outcome_of(&self, at: &Range<usize>, judged: &Judged) -> Option<String> {
        if judged.at == *at {
            return Some(self.outcome(judged));
        }
        let With::Parts(parts) = &judged.with else { return None };
        parts.contains(at).then(|| self.say("explain-text.is-part"))
    }

    fn outcome(&self, judged: &Judged) -> String {
        let message = match (&judged.outcome, &judged.with) {
            (Outcome::Broken, _) => {
                let rule = judged.finding.as_ref().map_or("", |finding| finding.rule.code.as_str());
                Message::new("explain-text.differs").with("rule", rule)
            }
            (Outcome::NotEvaluated, _) => Message::new("explain-text.undecided"),
            (Outcome::Holds, With::Figures(reading)) => {
                Message { key: "explain-text.equals", arguments: vec![("words", words_of(reading, None))] }
            }
            (Outcome::Holds, With::Parts(_)) => Message::new("explain-text.adds-up"),
            (Outcome::Holds, With::Ratio) => Message::new("explain-text.is-ratio"),
            (Outcome::Holds, With::Nothing) => Message::new("explain-text.agrees"),
        };
        message.say(self.language)
    }

    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }
}

fn says(says: Says) -> &'static str {
    match says {
        Says::Count => "explain-text.count",
        Says::None => "explain-text.none",
        Says::All => "explain-text.all",
        Says::Share => "explain-text.share",
        Says::Rate => "explain-text.rate",
        Says::Growth { is_more: true } => "explain-text.growth",
        Says::Growth { is_more: false } => "explain-text.decline",
        Says::Difference { is_more: true } => "explain-text.more",
        Says::Difference { is_more: false } => "explain-text.less",
        Says::Nothing => "explain-text.nothing",
    }
}

fn period(period: Period) -> &'static str {
    match period {
        Period::Own => "explain-text.this-year",
        Period::Last => "explain-text.last-year",
        Period::Other | Period::Named => "explain-text.other-time",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Whole => "explain-text.whole",
        Scope::Part => "explain-text.part",
        Scope::Others => "explain-text.others",
    }
}

fn opener(opener: Opener) -> &'static str {
    match opener {
        Opener::Among => "explain-text.among",
        Opener::Includes => "explain-text.includes",
        Opener::Lists | Opener::Colon => "explain-text.lists",
    }
}
