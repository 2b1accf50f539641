//! `gouji explain --text REPORT`: what each number in the text of a report was read as, one a line. For those who write packs:
//! it shows why a number is compared or not.

use std::fmt::Write as _;
use std::path::Path;

use super::extract::refused;
use super::streams::{print, say};
use super::{CommandError, setup, status};
use crate::config::Config;
use crate::discover;
use crate::message::{Language, Message};
use crate::pack::Pack;
use crate::prose::{Opener, Period, Record, Says, Scope, read};

pub(super) fn run(config: &Config, path: &Path, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(config)?;
    let bytes = discover::whole(path).map_err(|error| {
        let message = Message::new("error.report").with("path", path.display().to_string());
        CommandError::usage(message.with("detail", &error))
    })?;
    let listed = checker.read_with(&path.to_string_lossy(), &bytes, |reading| {
        let mut lines = String::new();
        for paragraph in read(reading.pack, reading.facts) {
            for record in &paragraph.records {
                line(reading.pack, &paragraph.stretch.text.text, record, language, &mut lines);
            }
        }
        lines
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

/// A record: its clause, its number, what it says of what, whose and of when, and what else was understood.
fn line(pack: &Pack, text: &str, record: &Record, language: Language, lines: &mut String) {
    let lexicon = &pack.text.lexicon;
    let names: Vec<&str> = record.names.iter().map(|&name| lexicon.names[name].id.as_str()).collect();
    let unit = record.unit.map_or("", |unit| lexicon.unit_word(unit));
    let say = |key: &'static str| Message::new(key).say(language);
    let notes = [
        (record.is_known, "explain-text.known"),
        (record.is_about, "explain-text.about"),
        (record.is_total, "explain-text.total"),
        (record.is_at_most, "explain-text.at-most"),
        (record.is_open, "explain-text.open"),
    ];
    let notes = record.opener.map(opener).into_iter().chain(notes.iter().filter(|(is, _)| *is).map(|(_, key)| *key));
    let _ = writeln!(
        lines,
        "{}\t{}{unit}\t{}\t{}\t{}\t{}\t{}",
        &text[record.clause.clone()],
        record.value,
        say(says(record.says)),
        names.join("+"),
        say(period(record.period)),
        say(scope(record.scope)),
        notes.map(say).collect::<Vec<_>>().join(" "),
    );
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
