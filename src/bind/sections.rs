//! The sections of the form: their headings found by title, in order, and the text below each.

mod above;
mod named;
mod own;
mod shared_line;

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::Field;
use super::outline::{LineKind, Outline};
use crate::align::{Candidate, in_order};
use crate::document::{Location, Passage};
use crate::facts::{Heading, Prose, SectionFacts};
use crate::label::{Label, Numbering, likeness};
use crate::pack::{Core, Pack, Target};
use crate::squeeze::Squeezed;
use own::{NUMBERED_TITLES, Own};
pub(super) use shared_line::title_beside_text;

/// How surely a line is the heading of a section. Only the order of these weights matters: a title with its right number
/// beats one with a wrong number, which beats one without a number, which beats one that is misprinted.
mod weight {
    pub const NUMBERED: u32 = 12;
    pub const MISNUMBERED: u32 = 9;
    pub const HEADING: u32 = 8;
    pub const FOLLOWED_BY_TEXT: u32 = 7;
    pub const MISPRINTED: u32 = 6;
    pub const PLAIN: u32 = 5;
    pub const SUBORDINATE: u32 = 3;
}

/// Two titles are one misprinted when they are so alike (in hundredths).
const MISPRINT: u32 = 60;

/// Where each section of the form begins in the outline.
#[derive(Debug)]
pub(super) struct Found {
    /// For each section: the line of its heading, and whether that is out of order.
    headings: Vec<Option<(usize, bool)>>,
    /// The lines before the first heading; all of them where there is none.
    pub preface: Range<usize>,
    /// The lines of all headings, in order, each with its section.
    starts: Vec<(usize, usize)>,
    /// Where the report's sections end, at those of another one or behind the last line.
    end: usize,
    /// The first line of each stretch with sections that are another's.
    pub apart: Vec<usize>,
}

impl Found {
    /// The section in which a line is; none before the first heading.
    pub fn section_of(&self, line: usize) -> Option<usize> {
        if line >= self.end {
            return None;
        }
        let after = self.starts.partition_point(|start| start.0 <= line);
        after.checked_sub(1).map(|index| self.starts[index].1)
    }

    /// The line of a section's heading.
    pub fn heading(&self, section: usize) -> Option<usize> {
        self.headings[section].map(|(line, _)| line)
    }

    /// Whether a line is the heading of a section.
    pub fn is_heading(&self, line: usize) -> bool {
        self.starts.binary_search_by_key(&line, |start| start.0).is_ok()
    }

    /// The lines of a section below its heading.
    pub fn lines(&self, section: usize) -> Range<usize> {
        let Some((heading, _)) = self.headings[section] else { return 0..0 };
        let next = self.starts.iter().find(|start| start.0 > heading).map_or(self.end, |start| start.0);
        heading + 1..next
    }
}

/// Finds the headings: the best choice of lines in the order of the form, then what is out of order.
pub(super) fn find(outline: &Outline<'_>, pack: &Pack) -> Found {
    let mut candidates = Vec::new();
    for index in 0..outline.lines.len() {
        candidates_of(outline, pack, index, &mut candidates);
    }
    let is_short = |candidate: &Candidate| is_short_title(outline, pack, candidate);
    named::take_out(&mut candidates, outline, pack, is_short);
    let Own { lines: own, apart } = own::keep(&mut candidates, outline, pack, is_short);
    // Where the titles are numbered, 「主动公开情况」 without a number is a part of section one.
    if candidates.iter().filter(|candidate| candidate.weight == weight::NUMBERED).count() >= NUMBERED_TITLES {
        candidates.retain(|candidate| !is_short(candidate));
    }
    let count = pack.sections.len();
    // From the end: of two titles that are as sure, the later line is the heading; one with something below it is surer.
    let lines = outline.lines.len();
    let is_title = |line: usize| candidates.binary_search_by_key(&line, |candidate| candidate.item).is_ok();
    let is_bare =
        |line: usize| (line + 1 == lines || is_title(line + 1)) && shared_line::texts(outline, line, pack).is_empty();
    let flip = |c: &Candidate| Candidate {
        item: lines - 1 - c.item,
        target: count - 1 - c.target,
        weight: 2 * c.weight - u32::from(is_bare(c.item)),
    };
    let mut flipped: Vec<_> = candidates.iter().rev().map(flip).collect();
    flipped.sort_by_key(|candidate| candidate.item);
    let mut headings = vec![None; count];
    for picked in in_order(&flipped, count) {
        headings[count - 1 - picked.target] = Some((lines - 1 - picked.item, false));
    }
    for (section, heading) in headings.iter_mut().enumerate() {
        if heading.is_none() {
            let surest = candidates.iter().filter(|c| c.target == section && c.weight >= weight::MISNUMBERED);
            let surest = surest.max_by_key(|c| c.weight);
            // Out of order and with nothing below it, a title names a section that is elsewhere or nowhere.
            *heading = surest.filter(|c| !is_bare(c.item)).map(|c| (c.item, true));
        }
    }
    if is_in_order_on_each_sheet(outline, &headings) {
        headings.iter_mut().flatten().for_each(|(_, misplaced)| *misplaced = false);
    }
    let starts = headings.iter().enumerate().filter_map(|(section, heading)| heading.map(|(line, _)| (line, section)));
    let mut starts: Vec<_> = starts.collect();
    starts.sort_unstable();
    let preface = own.start..starts.first().map_or(own.end, |start| start.0);
    Found { headings, preface, starts, end: own.end, apart }
}

/// Whether sections are on several sheets, and in the form's order on each: tables may have sheets of their own.
fn is_in_order_on_each_sheet(outline: &Outline<'_>, headings: &[Option<(usize, bool)>]) -> bool {
    if headings.iter().flatten().all(|(_, misplaced)| !misplaced) {
        return false;
    }
    let sheet = |line: usize| (0..=line).rev().find(|&line| outline.begins_sheet(line));
    let mut last: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let is_in_order =
        headings.iter().flatten().all(|(line, _)| last.insert(sheet(*line), *line).is_none_or(|before| before < *line));
    is_in_order && last.len() > 1
}

/// A shorter wording of a title, without a number.
fn is_short_title(outline: &Outline<'_>, pack: &Pack, candidate: &Candidate) -> bool {
    let Some(field) = outline.single(&outline.lines[candidate.item]) else { return false };
    let Some(title) = pack.sections[candidate.target].titles.first() else { return false };
    field.ordinal.is_none() && field.has_key() && outline.key(field).len() < title.len()
}

fn candidates_of(outline: &Outline<'_>, pack: &Pack, index: usize, out: &mut Vec<Candidate>) {
    let line = &outline.lines[index];
    let Some(field) = outline.single(line).or_else(|| shared_line::beside_text(outline, index)) else { return };
    let is_heading = line.kind == LineKind::Heading;
    let before = out.len();
    for target in field.targets() {
        let Target::Section(section) = *target else { continue };
        if let Some(weight) = exact_weight(outline, pack, field, section, is_heading) {
            out.push(Candidate { item: index, target: section, weight });
        }
    }
    if out.len() > before || !field.targets().is_empty() {
        return;
    }
    followed_by_text(field, pack, index, out);
    if out.len() > before {
        return;
    }
    let is_numbered = field.ordinal.is_some_and(|ordinal| ordinal.numbering == Numbering::Chinese);
    if is_numbered {
        misprinted(outline.key(field), field, pack, index, out);
    } else if field.ordinal.is_none() && field.has_key() {
        unnumbered(outline.key(field), pack, index, out);
    }
}

fn exact_weight(outline: &Outline<'_>, pack: &Pack, field: &Field<'_>, section: usize, heading: bool) -> Option<u32> {
    let Some(ordinal) = field.ordinal else {
        return Some(if heading { weight::HEADING } else { weight::PLAIN });
    };
    if ordinal.numbering == Numbering::Chinese {
        let right = ordinal.value as usize == section + 1;
        return Some(if right { weight::NUMBERED } else { weight::MISNUMBERED });
    }
    // 「（一）主动公开」 is a part of section one, not section two; only a full title is taken with such a number.
    let is_title = Label::new(&pack.sections[section].title).core == outline.key(field);
    is_title.then_some(weight::SUBORDINATE)
}

fn misprinted(key: &str, field: &Field<'_>, pack: &Pack, index: usize, out: &mut Vec<Candidate>) {
    let number = field.ordinal.map_or(0, |ordinal| ordinal.value as usize);
    for (section, of_form) in pack.sections.iter().enumerate() {
        let alike = of_form.titles.iter().map(|title| likeness(key, title)).max().unwrap_or(0);
        let right = number == section + 1;
        let weight = match () {
            () if right && of_form.titles.first().is_some_and(|title| key.starts_with(title)) => {
                weight::FOLLOWED_BY_TEXT
            }
            () if right && alike >= MISPRINT => weight::MISPRINTED,
            () if alike >= MISPRINT + 20 => weight::PLAIN,
            () => continue,
        };
        out.push(Candidate { item: index, target: section, weight });
    }
}

/// A title without its number, in a wording of its own.
fn unnumbered(key: &str, pack: &Pack, index: usize, out: &mut Vec<Candidate>) {
    // Any line of text comes here: a cheap look first.
    let ends_alike = |title: &str| {
        title.len().abs_diff(key.len()) * 4 <= title.len() && title.chars().next_back() == key.chars().next_back()
    };
    for (section, of_form) in pack.sections.iter().enumerate() {
        let mut titles = of_form.titles.iter().filter(|title| ends_alike(title));
        if titles.any(|title| likeness(key, title) >= MISPRINT + 20) {
            out.push(Candidate { item: index, target: section, weight: weight::SUBORDINATE });
        }
    }
}

/// A title and its text in one paragraph: 「六、其他需要报告的事项。本年度……」.
fn followed_by_text(field: &Field<'_>, pack: &Pack, index: usize, out: &mut Vec<Candidate>) {
    if !shared_line::may_begin_with_title(field.text()) {
        return;
    }
    let Some(head) = shared_line::head(field, pack) else { return };
    let weight = match head.ordinal {
        Some(ordinal) if ordinal.numbering != Numbering::Chinese => return,
        Some(ordinal) if ordinal.value as usize == head.section + 1 => weight::FOLLOWED_BY_TEXT,
        Some(_) => weight::PLAIN,
        None if head.is_official => weight::SUBORDINATE,
        None => return,
    };
    out.push(Candidate { item: index, target: head.section, weight });
}

/// What is in each section, and the text before the first one.
pub(super) fn facts<'d>(
    outline: &Outline<'d>,
    found: &Found,
    pack: &Pack,
    start: &Location,
) -> (Vec<SectionFacts<'d>>, Vec<Prose<'d>>) {
    let preface = prose(outline, found.preface.clone(), false);
    let mut sections: Vec<SectionFacts<'d>> = Vec::new();
    let mut before = start.clone();
    for section in 0..pack.sections.len() {
        let mut facts = SectionFacts { before: Some(before.clone()), ..SectionFacts::default() };
        if let Some((line, misplaced)) = found.headings[section] {
            let fields = outline.fields(&outline.lines[line]);
            let field = fields.iter().find(|field| !field.is_blank()).unwrap_or(&fields[0]);
            let mut lines = found.lines(section);
            // What is on another sheet is text of no section; tables may be there.
            let next_sheet = lines.clone().find(|&line| outline.begins_sheet(line));
            if let Some(sheet) = next_sheet.filter(|_| pack.sections[section].tables.is_empty()) {
                lines.end = sheet;
            }
            facts.text = prose(outline, lines.clone(), pack.sections[section].tables.is_empty());
            let own = shared_line::texts(outline, line, pack);
            let fields = || lines.clone().flat_map(|line| outline.fields(&outline.lines[line]));
            let says = |text: &str| !is_to_come(text, &pack.core);
            facts.has_content = own.iter().any(|(field, range)| says(&field.passage.text[range.clone()]))
                || fields().any(|field| !field.is_blank() && says(field.text()));
            facts.text.splice(0..0, own.into_iter().map(|(field, range)| Prose::new(field.passage, range)));
            before = field.location();
            facts.heading =
                Some(Heading { text: field.text(), location: field.location(), ordinal: field.ordinal, misplaced });
        }
        sections.push(facts);
    }
    (sections, preface)
}

/// Whether a text is only a placeholder.
fn is_to_come(text: &str, core: &Core) -> bool {
    /// Longer texts (bytes) say something.
    const LONGEST: usize = 30 * 3;
    text.len() <= LONGEST && core.placeholders.is_match(&Squeezed::new(text).text)
}

/// The document is the form's tables and nothing else: it has no section without a table, and next to no text.
pub(super) fn is_tables_only(sections: &[SectionFacts<'_>], preface: &[Prose<'_>], pack: &Pack) -> bool {
    const TITLE_AND_CAPTIONS: usize = 120;
    // Titles, captions and notes may be on every sheet; they are short.
    const SENTENCE: usize = 40;
    let of_text = sections.iter().zip(&pack.sections).filter(|(_, of_form)| of_form.tables.is_empty());
    let has_text_section = of_text.clone().any(|(facts, _)| facts.heading.is_some());
    if has_text_section {
        return false;
    }
    let text = sections.iter().flat_map(|facts| &facts.text).chain(preface);
    let lengths = text.map(|prose| prose.text.text.chars().count());
    let characters: usize = lengths.filter(|length| *length > SENTENCE).sum();
    characters <= TITLE_AND_CAPTIONS
}

/// The running text of some lines: neighbouring lines of one paragraph are one stretch. Rows of tables are no text,
/// except rows of one long cell, which is how worksheets hold text, and, with `rows`, those of tables that are none of
/// the form's.
fn prose<'d>(outline: &Outline<'d>, lines: Range<usize>, rows: bool) -> Vec<Prose<'d>> {
    let mut stretches = Vec::new();
    let mut open: Option<(&'d Passage<'d>, Range<usize>)> = None;
    for line in &outline.lines[lines] {
        let Some(field) = outline.single(line) else {
            let fields = if rows { outline.fields(line) } else { &[] };
            let cells = fields.iter().filter(|field| !field.is_blank() && !field.is_figure());
            stretches.extend(cells.map(prose_of));
            continue;
        };
        match &mut open {
            Some((passage, range)) if std::ptr::eq(*passage, field.passage) => range.end = field.range().end,
            _ => {
                let next = (field.passage, field.range());
                stretches.extend(open.replace(next).map(|(passage, range)| Prose::new(passage, range)));
            }
        }
    }
    stretches.extend(open.map(|(passage, range)| Prose::new(passage, range)));
    stretches
}

fn prose_of<'d>(field: &Field<'d>) -> Prose<'d> {
    Prose::new(field.passage, field.range())
}
