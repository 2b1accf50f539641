//! The part that says how lists are numbered.

use crate::read::unreadable::Unreadable;
use crate::read::word::{LEVELS, Level, Numbering};
use crate::read::xml::{Node, Nodes, Tag};

/// # Errors
/// When the part is no XML.
pub(super) fn read(part: &str) -> Result<Numbering, Unreadable> {
    let mut reading = Reading::default();
    let mut nodes = Nodes::of(part);
    while let Some(node) = nodes.next()? {
        if let Node::Start(tag) = node {
            reading.start(&tag);
        }
    }
    Ok(reading.numbering)
}

/// What is being read.
#[derive(Debug, Default)]
struct Reading {
    numbering: Numbering,
    kind: String,
    list: String,
    level: usize,
    /// A start in place of the kind's is being read.
    in_list: bool,
}

impl Reading {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "abstractNum" => {
                self.kind = tag.attribute("abstractNumId").unwrap_or_default();
                self.in_list = false;
            }
            "num" => {
                self.list = tag.attribute("numId").unwrap_or_default();
                self.in_list = true;
            }
            "abstractNumId" if self.in_list => self.numbering.set_kind(&self.list, tag.value().unwrap_or_default()),
            "lvl" | "lvlOverride" => {
                let level = tag.attribute("ilvl").and_then(|level| level.trim().parse::<usize>().ok());
                self.level = level.unwrap_or(0).min(LEVELS - 1);
            }
            "startOverride" => self.numbering.set_start(&self.list, self.level, tag.number()),
            // Levels that a list has in place of its kind's are rare, and left as the kind has them.
            _ if self.in_list => {}
            "start" => self.own_level().start = tag.number(),
            "numFmt" => self.own_level().format = tag.value().unwrap_or_default(),
            "lvlText" => self.own_level().text = with_levels(&tag.value().unwrap_or_default()),
            "isLgl" => self.own_level().is_legal = tag.is_on(),
            _ => {}
        }
    }

    fn own_level(&mut self) -> &mut Level {
        self.numbering.level(&self.kind, self.level)
    }
}

/// The text of a level, in which `%1` is the number of the first.
fn with_levels(text: &str) -> String {
    let mut parts = text.split('%');
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digit = part.chars().next().and_then(|digit| digit.to_digit(10)).and_then(|digit| digit.checked_sub(1));
        match digit.and_then(char::from_u32) {
            Some(level) => {
                all.push(level);
                all.push_str(&part[1..]);
            }
            None => {
                all.push('%');
                all.push_str(part);
            }
        }
    }
    all
}
