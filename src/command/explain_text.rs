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
use crate::prose::{Reader, Record};

pub(super) fn run(config: &Config, path: &Path, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(config)?;
    let bytes = discover::whole(path).map_err(|error| {
        let message = Message::new("error.report").with("path", path.display().to_string());
        CommandError::usage(message.with("detail", &error))
    })?;
    let listed = checker.read_with(&path.to_string_lossy(), &bytes, |reading| {
        let mut lines = String::new();
        let Some(title) = reading.facts.titles.first() else { return lines };
        let mut reader = Reader::new(reading.pack, title);
        let preface = reading.facts.preface.iter().map(|stretch| (None, stretch));
        let sections = reading.facts.sections.iter().enumerate();
        let text = sections.flat_map(|(section, facts)| facts.text.iter().map(move |stretch| (Some(section), stretch)));
        for (section, stretch) in preface.chain(text) {
            for record in reader.records(section, &stretch.text.text) {
                line(reading.pack, &stretch.text.text, &record, &mut lines);
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

/// A record: its clause, its number, what it says, what it names, of when and of how much it is.
fn line(pack: &crate::pack::Pack, text: &str, record: &Record, lines: &mut String) {
    let lexicon = &pack.text.lexicon;
    let names: Vec<&str> = record.names.iter().map(|&name| lexicon.names[name].id.as_str()).collect();
    let unit = record.unit.map_or("", |unit| lexicon.unit_word(unit));
    let marks =
        [(record.is_known, "known"), (record.is_about, "about"), (record.is_total, "total"), (record.is_open, "open")];
    let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    let opener = record.opener.map(|opener| format!("{opener:?} ")).unwrap_or_default();
    let _ = writeln!(
        lines,
        "{}\t{}{unit}\t{:?}\t{}\t{:?} {:?}\t{opener}{}",
        &text[record.clause.clone()],
        record.value,
        record.says,
        names.join("+"),
        record.period,
        record.scope,
        marks.join(" "),
    );
}
