//! Automatic numbering: the 「一、」 that a reader of the document sees and that is nowhere in its text.

use std::collections::{HashMap, HashSet};

use super::numeral::numeral;
use crate::read::unreadable::Unreadable;
use crate::read::xml::{Node, Nodes, Tag};

/// Lists have so many levels.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// How a kind of list is numbered, by its id.
    kinds: HashMap<String, [Level; LEVELS]>,
    lists: HashMap<String, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists of which a paragraph has been numbered.
    begun: HashSet<String>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    /// The name of a numbering format.
    format: String,
    /// What is printed: `%1、`.
    text: String,
    /// Numbers of other levels in it are plain digits.
    is_legal: bool,
}

/// A list: of one kind, perhaps with other starts.
#[derive(Debug, Clone, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
}

impl Numbering {
    /// # Errors
    /// When the part is no XML.
    pub fn read(part: &str) -> Result<Self, Unreadable> {
        let mut reading = Reading::default();
        let mut nodes = Nodes::of(part);
        while let Some(node) = nodes.next()? {
            if let Node::Start(tag) = node {
                reading.start(&tag);
            }
        }
        Ok(reading.numbering)
    }

    /// What is printed before the next paragraph of the list; nothing where the list numbers nothing.
    pub fn next(&mut self, list: &str, level: u32) -> String {
        let level = (level as usize).min(LEVELS - 1);
        let Some(of) = self.lists.get(list) else { return String::new() };
        let Some(kind) = self.kinds.get(&of.kind) else { return String::new() };
        let counters = self.counters.entry(of.kind.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            // Lists of one kind are counted on, unless they say where they start.
            for (counter, start) in counters.iter_mut().zip(of.starts) {
                *counter = start.map_or(*counter, |start| start.checked_sub(1));
            }
        }
        let start = |level: usize| of.starts[level].or(kind[level].start).unwrap_or(1);
        counters[level] = Some(counters[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        counters[level + 1..].fill(None);

        let own = &kind[level];
        let mut text = String::new();
        let mut characters = own.text.chars().peekable();
        while let Some(character) = characters.next() {
            let of = characters.peek().and_then(|digit| digit.to_digit(10)).map_or(0, |digit| digit as usize);
            if character != '%' || of == 0 {
                text.push(character);
                continue;
            }
            characters.next();
            let number = counters[of - 1].unwrap_or_else(|| start(of - 1));
            let format = if own.is_legal { "decimal" } else { &kind[of - 1].format };
            text.push_str(&numeral(format, number));
        }
        // A bullet is a sign of a font of its own.
        if own.format == "bullet" { String::new() } else { text }
    }
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
            "abstractNumId" if self.in_list => self.own_list().kind = tag.value().unwrap_or_default(),
            "lvl" | "lvlOverride" => {
                let level = tag.attribute("ilvl").and_then(|level| level.trim().parse::<usize>().ok());
                self.level = level.unwrap_or(0).min(LEVELS - 1);
            }
            "startOverride" => {
                let level = self.level;
                self.own_list().starts[level] = tag.number();
            }
            // Levels that a list has in place of its kind's are rare, and left as the kind has them.
            _ if self.in_list => {}
            "start" => self.own_level().start = tag.number(),
            "numFmt" => self.own_level().format = tag.value().unwrap_or_default(),
            "lvlText" => self.own_level().text = tag.value().unwrap_or_default(),
            "isLgl" => self.own_level().is_legal = tag.is_on(),
            _ => {}
        }
    }

    fn own_level(&mut self) -> &mut Level {
        &mut self.numbering.kinds.entry(self.kind.clone()).or_default()[self.level]
    }

    fn own_list(&mut self) -> &mut List {
        self.numbering.lists.entry(self.list.clone()).or_default()
    }
}
