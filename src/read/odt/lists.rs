//! Lists within lists, and how far each has been counted.

use std::collections::HashMap;

use super::styles::OUTLINE;
use crate::read::word::{Counters, LEVELS, Levels, advance};
use crate::read::xml::Tag;

/// The lists that are open, and those that may go on.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How lists are numbered, by the names of their styles.
    kinds: HashMap<String, Levels>,
    /// The styles of the open lists, outermost first.
    open: Vec<String>,
    /// How far the outermost open list, or the last one, has been counted.
    counters: Counters,
    /// The style of that list.
    style: String,
    /// How far lists with a name have been counted.
    named: HashMap<String, Counters>,
    name: Option<String>,
    /// What the next paragraph is: the first of an item, perhaps with a number of its own.
    next: Option<Option<u32>>,
    headings: Counters,
}

impl Lists {
    pub fn set_kinds(&mut self, kinds: HashMap<String, Levels>) {
        self.kinds = kinds;
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub fn open(&mut self, tag: &Tag<'_>) {
        let own = tag.full_attribute("text:style-name");
        let style = own.or_else(|| self.open.last().cloned()).unwrap_or_default();
        if self.open.is_empty() {
            let goes_on = tag.full_attribute("text:continue-numbering").is_some_and(|is| is == "true");
            let other = tag.full_attribute("text:continue-list");
            self.counters = match other.and_then(|name| self.named.get(&name)) {
                Some(counters) => *counters,
                None if goes_on && self.style == style => self.counters,
                None => Counters::default(),
            };
            self.style.clone_from(&style);
            self.name = tag.full_attribute("xml:id");
        }
        self.open.push(style);
    }

    pub fn close(&mut self) {
        self.open.pop();
        self.next = None;
        if self.open.is_empty() {
            self.named.extend(self.name.take().map(|name| (name, self.counters)));
        }
    }

    pub fn item(&mut self, tag: &Tag<'_>) {
        self.next = Some(tag.full_attribute("text:start-value").and_then(|start| start.parse().ok()));
    }

    /// An item without a number.
    pub fn header(&mut self) {
        self.next = None;
    }

    /// What is printed before the next paragraph.
    pub fn number(&mut self) -> String {
        let Some(start) = self.next.take() else { return String::new() };
        let Some(levels) = self.open.last().and_then(|style| self.kinds.get(style)) else { return String::new() };
        let level = (self.open.len() - 1).min(LEVELS - 1);
        count(levels, &mut self.counters, level, start)
    }

    /// What is printed before a heading of a level, counted from 1.
    pub fn heading(&mut self, level: u32, start: Option<u32>) -> String {
        let Some(levels) = self.kinds.get(OUTLINE) else { return String::new() };
        let level = (level as usize - 1).min(LEVELS - 1);
        count(levels, &mut self.headings, level, start)
    }
}

fn count(levels: &Levels, counters: &mut Counters, level: usize, start: Option<u32>) -> String {
    if let Some(start) = start {
        counters[level] = start.checked_sub(1);
    }
    advance(levels, counters, level, &[None; LEVELS])
}
