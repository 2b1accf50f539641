//! Groups side by side that are printed as tables of their own, each below a text that names it: which table is which group,
//! though they are in another order than the form's.

use std::ops::Range;

use super::field::Field;
use super::outline::Outline;
use crate::label::Label;
use crate::pack::{Block, Table};

/// Which order the parts of a table are in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parts {
    /// None of its own: it is printed whole, or its parts are not named.
    OfForm,
    /// For each row of the form's order, which of the printed ones it is.
    Named(Vec<usize>),
    /// The texts above name some groups, and not each of them once; or they call all parts by other names.
    Unclear,
}

/// How many lines above a table may name it.
const ABOVE: usize = 4;
/// A name may be in a text of so many bytes.
const LONGEST: usize = 40 * 3;

/// The order in which texts above its parts name the groups of a table, whose rows are these lines.
pub(super) fn order(outline: &Outline<'_>, form: &Table, rows: &[usize]) -> Parts {
    let Some(block) = form.blocks.iter().find(|block| block.side_by_side) else { return Parts::OfForm };
    let names = Names::new(form, block);
    let Some(parts) = parts(outline, &names, rows, form.width(block)) else { return Parts::OfForm };
    if parts.len() < 2 {
        return if are_named_otherwise(outline, rows) { Parts::Unclear } else { Parts::OfForm };
    }
    let Some(groups) = groups(&parts, names.groups) else { return Parts::Unclear };
    let mut in_order: Vec<(usize, Range<usize>)> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let end = parts.get(at + 1).map_or(rows.len(), |next| next.start);
        in_order.push((groups[at].start, part.start..end));
    }
    in_order.sort_unstable_by_key(|(group, _)| *group);
    Parts::Named(in_order.into_iter().flat_map(|(_, rows)| rows).collect())
}

/// Rows of a table below a text.
struct Part {
    /// The first of its rows.
    start: usize,
    says: Says,
}

/// What a text says of the table below it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    Nothing,
    /// It is these groups.
    Groups(Range<usize>),
    /// It is a group, and it is unclear which.
    AnyGroup,
}

/// The parts of a table; none where a row holds the figures of all groups.
fn parts(outline: &Outline<'_>, names: &Names, rows: &[usize], width: usize) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = Part { start: 0, says: Says::Nothing };
    let mut before = rows.first().map_or(0, |row| first_above(outline, *row));
    for (at, &row) in rows.iter().enumerate() {
        for line in before..=row {
            let says = names.said_by(outline, line);
            if says == Says::Nothing || says == Says::AnyGroup && next.says != Says::Nothing {
                continue;
            }
            if next.says == Says::Nothing {
                next.start = at;
            }
            next.says = says;
        }
        before = row + 1;
        let fields = outline.fields(&outline.lines[row]);
        let figures = fields.iter().filter(|field| field.is_figure()).count();
        if figures >= width {
            return None;
        }
        if figures > 0 && (parts.is_empty() || next.says != Says::Nothing) {
            let start = if parts.is_empty() { 0 } else { next.start };
            parts.push(Part { start, says: std::mem::replace(&mut next.says, Says::Nothing) });
        }
    }
    Some(parts)
}

/// Whether there is a short text above each of several rows of figures which is no label of the form. A number is that of a
/// page.
fn are_named_otherwise(outline: &Outline<'_>, rows: &[usize]) -> bool {
    let Some(&first) = rows.first() else { return false };
    let is_name = |line: usize| {
        let field = outline.single(&outline.lines[line]);
        let field = field.filter(|field| field.range().len() <= LONGEST && field.targets().is_empty());
        field.is_some_and(|field| field.text().chars().any(char::is_alphabetic))
    };
    let has_figures = |row: &&usize| outline.fields(&outline.lines[**row]).iter().any(Field::is_figure);
    let mut above = first_above(outline, first);
    let named = rows.iter().filter(has_figures).map(|&row| (std::mem::replace(&mut above, row)..row).any(is_name));
    let named: Vec<bool> = named.collect();
    named.len() > 1 && named.iter().all(|is_named| *is_named)
}

/// The first line above a table that may be about it.
fn first_above(outline: &Outline<'_>, row: usize) -> usize {
    let is_about_it = |line: &usize| outline.single(&outline.lines[*line]).is_some();
    (row.saturating_sub(ABOVE)..row).rev().take_while(is_about_it).last().unwrap_or(row)
}

/// The groups of each part, if each group is in one of them. A part without a name is of the groups that are left.
fn groups(parts: &[Part], count: usize) -> Option<Vec<Range<usize>>> {
    let named = |part: &Part| if let Says::Groups(groups) = &part.says { Some(groups.clone()) } else { None };
    let is_left = |group: &usize| !parts.iter().filter_map(named).any(|groups| groups.contains(group));
    let left: Vec<usize> = (0..count).filter(is_left).collect();
    let left = left.first().map(|first| *first..first + left.len());
    let groups: Vec<_> = parts.iter().map(|part| named(part).or_else(|| left.clone())).collect::<Option<_>>()?;
    let mut all: Vec<usize> = groups.iter().cloned().flatten().collect();
    all.sort_unstable();
    all.into_iter().eq(0..count).then_some(groups)
}

/// What the groups of a table are called.
struct Names {
    /// The folded names of groups, and of several groups together.
    all: Vec<(String, Range<usize>)>,
    groups: usize,
}

impl Names {
    fn new(form: &Table, block: &Block) -> Self {
        let with_figures: Vec<usize> = block.rows.clone().filter(|&row| form.rows[row].figures.is_some()).collect();
        let is_below = |group: usize, row: usize| {
            std::iter::successors(Some(group), |&row| form.rows[row].parent).any(|above| above == row)
        };
        let name = |row: usize| {
            let mut groups = (0..with_figures.len()).filter(|&group| is_below(with_figures[group], row));
            let first = groups.next()?;
            Some((Label::new(&form.rows[row].label).core, first..groups.next_back().unwrap_or(first) + 1))
        };
        Self { all: block.rows.clone().filter_map(name).collect(), groups: with_figures.len() }
    }

    fn said_by(&self, outline: &Outline<'_>, line: usize) -> Says {
        let field = outline.single(&outline.lines[line]).filter(|field| field.range().len() <= LONGEST);
        field.map_or(Says::Nothing, |field| self.said(&Label::new(field.text()).core))
    }

    /// The longest name in a text says which groups it is, though there are words in between; a part of a name does, where it
    /// is of no other one. A text that is about others, too, says nothing of one of them.
    fn said(&self, text: &str) -> Says {
        let found = self.all.iter().filter_map(|name| Some((name, without(text, &name.0)?)));
        let Some(((name, groups), rest)) = found.max_by_key(|((name, _), _)| name.len()) else {
            let mut whole = self.all.iter().filter(|(name, _)| name.contains(text) && text.chars().count() > 1);
            return match (whole.next(), whole.next()) {
                (Some((_, groups)), None) => Says::Groups(groups.clone()),
                _ if self.all.iter().any(|(name, _)| text.contains(word(name))) => Says::AnyGroup,
                _ => Says::Nothing,
            };
        };
        let is_another = |other: &&(String, Range<usize>)| {
            let is_around = other.1.start <= groups.start && groups.end <= other.1.end;
            !is_around && word(name) != word(&other.0) && rest.contains(word(&other.0))
        };
        if self.all.iter().any(|other| is_another(&other)) { Says::Nothing } else { Says::Groups(groups.clone()) }
    }
}

/// A text without the letters of a name that are in it in order; none where they are not.
fn without(text: &str, name: &str) -> Option<String> {
    let mut letters = name.chars().peekable();
    let rest = text.chars().filter(|letter| letters.next_if_eq(letter).is_none()).collect();
    letters.peek().is_none().then_some(rest)
}

/// The last two letters of a name, which are what it is called for short.
fn word(name: &str) -> &str {
    let start = name.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    &name[start..]
}
