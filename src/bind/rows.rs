//! The rows of a table matched with the rows of the form.
//!
//! A row is known by its labels, in order: 其他 and 总计 are in several places, merged labels are repeated, left blank or
//! lost. What has no label of its own is known by its neighbours, if there is one reading only.

use std::ops::Range;

use rust_decimal::Decimal;

use super::field::Field;
use super::printed::Printed;
use super::table_line::TableLine;
use crate::align::{Candidate, in_order};
use crate::facts::Value;
use crate::label::{Label, Ordinal, likeness};
use crate::pack::{Block, Row, Table};

/// A row of the form found in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched {
    pub line: usize,
    /// It is before a row that it should follow.
    pub misplaced: bool,
    /// Its label, if it has any, is not like the form's, or may be torn from another one: it is known by its place alone.
    pub by_place: bool,
}

/// A line with figures that is no row of the form.
#[derive(Debug)]
pub(super) struct Extra {
    pub line: usize,
    /// The row of the form it repeats, if it does.
    pub repeats: Option<usize>,
}

/// The outcome of [`align`].
#[derive(Debug)]
pub(super) struct Aligned {
    /// For each row of the form.
    pub rows: Vec<Option<Matched>>,
    /// For each row of the form: not found, but it may be among lines that could not be distinguished.
    pub uncertain: Vec<bool>,
    /// How many of these are missing at least: the lines are fewer.
    pub lacking: usize,
    pub extra: Vec<Extra>,
    /// For each row of the form: a line that prints it once more, with other figures.
    pub again: Vec<Option<usize>>,
}

impl Aligned {
    /// Nothing of the table is in these lines: no figure, no label of a row or column.
    pub fn is_nothing(lines: &[TableLine]) -> bool {
        lines.iter().all(|line| !line.is_known && !line.has_figures && !line.names_columns)
    }
}

/// Matches the lines with the rows of the form.
pub(super) fn align(table: &Printed<'_, '_>, form: &Table, lines: &[TableLine]) -> Aligned {
    let mut aligner = Aligner {
        table,
        form,
        lines,
        result: Aligned {
            rows: vec![None; form.rows.len()],
            uncertain: vec![false; form.rows.len()],
            lacking: 0,
            extra: Vec::new(),
            again: vec![None; form.rows.len()],
        },
        taken: vec![false; lines.len()],
    };
    aligner.by_label();
    aligner.release_groups();
    aligner.figures_below();
    aligner.by_neighbours();
    aligner.leftovers();
    aligner.result
}

struct Aligner<'a, 'o, 'd> {
    table: &'a Printed<'o, 'd>,
    form: &'a Table,
    lines: &'a [TableLine],
    result: Aligned,
    taken: Vec<bool>,
}

/// How surely a line is a row of the form; a label with its number beats one without, and the label of the group above
/// adds to either.
mod weight {
    pub const NUMBERED: u32 = 8;
    pub const PLAIN: u32 = 7;
    pub const MISNUMBERED: u32 = 6;
    pub const ONE_ROW_GROUP: u32 = 4;
    /// With its number.
    pub const MISPRINTED_NUMBERED: u32 = 5;
    pub const MISPRINTED: u32 = 4;
    pub const UNDER_ITS_GROUP: u32 = 2;
}

/// A label is taken for a misprinted one when they are so alike (in hundredths) …
const MISPRINT: u32 = 65;
/// … and, where one row is missing and one is unknown in the same place, already when they are so alike.
const MISPRINT_IN_PLACE: u32 = 55;
/// So many lines may part a label from its figures.
const NOISE: usize = 4;
/// So many unknown labels a table are compared letter by letter.
const COMPARED: usize = 200;

impl Aligner<'_, '_, '_> {
    /// Rows with a label of their own, in the order of the form; then those that are out of order.
    fn by_label(&mut self) {
        let mut candidates = Vec::new();
        let mut compared = 0;
        for (index, line) in self.lines.iter().enumerate() {
            if line.is_known {
                self.exact(index, line, &mut candidates);
            } else if line.has_figures && compared < COMPARED {
                compared += 1;
                self.misprinted(index, line, &mut candidates);
            }
        }
        for picked in in_order(&candidates, self.form.rows.len()) {
            self.take(picked.target, picked.item, false);
        }
        for candidate in candidates {
            let is_sure = candidate.weight >= weight::MISNUMBERED;
            if is_sure && !self.taken[candidate.item] && self.result.rows[candidate.target].is_none() {
                self.take(candidate.target, candidate.item, true);
            }
        }
    }

    fn take(&mut self, row: usize, line: usize, misplaced: bool) {
        let by_place = self.torn(&self.lines[line]).next().is_some();
        self.result.rows[row] = Some(Matched { line, misplaced, by_place });
        self.taken[line] = true;
    }

    /// The rows whose number is that of the label of a line, and of whose label it may be what is left. There are none where the
    /// label is that of a row with its number: 「2.其他」 may be all that is left of 「2.其他事项」, and is not surely 「3.其他」.
    fn torn<'s>(&'s self, line: &TableLine) -> impl Iterator<Item = usize> + use<'s> {
        let field = line.label.filter(|_| line.joined.is_none()).map(|label| &self.table.fields[label]);
        let torn = field.and_then(|field| {
            let number = field.ordinal?.value;
            let has_number = |row: usize| self.form.rows[row].ordinal.is_some_and(|ordinal| ordinal.value == number);
            let mut rows = field.rows(self.table.index).peekable();
            let is_torn = rows.peek().is_some() && !rows.any(has_number);
            is_torn.then_some((number, self.label_key(line)))
        });
        let begun = move |(number, key): (u32, &'s str)| {
            self.form.rows.iter().enumerate().filter_map(move |(row, of_form)| {
                let core =
                    of_form.ordinal.filter(|ordinal| ordinal.value == number).map(|_| Label::new(&of_form.label).core);
                core.is_some_and(|core| core.starts_with(key) || core.ends_with(key)).then_some(row)
            })
        };
        torn.into_iter().flat_map(begun)
    }

    fn exact(&self, index: usize, line: &TableLine, out: &mut Vec<Candidate>) {
        let label = line.label.unwrap_or(line.run.start);
        let field = &self.table.fields[label];
        let joined = line.joined.as_ref();
        let ordinal = joined.map_or(field.ordinal, |joined| joined.ordinal);
        let put_together = joined.iter().flat_map(|joined| &joined.rows).copied();
        for row in put_together.chain(field.rows(self.table.index).filter(|_| joined.is_none())) {
            let of_form = self.form.rows.get(row).filter(|of_form| of_form.figures.is_some());
            let Some(of_form) = of_form else { continue };
            let own = if of_form.is_leaf { ordinal_weight(ordinal, of_form) } else { weight::ONE_ROW_GROUP };
            let group = if self.is_under_group(line, label, row) { weight::UNDER_ITS_GROUP } else { 0 };
            out.push(Candidate { item: index, target: row, weight: own + group });
        }
        for row in self.torn(line).filter(|&row| self.form.rows[row].is_leaf) {
            out.push(Candidate { item: index, target: row, weight: weight::MISPRINTED_NUMBERED });
        }
    }

    /// Whether a label before its own is that of a group around the row.
    fn is_under_group(&self, line: &TableLine, label: usize, row: usize) -> bool {
        let mut above = self.form.rows[row].parent;
        while let Some(group) = above {
            let mut before = self.table.fields[line.fields.start..label].iter();
            if before.any(|field| field.rows(self.table.index).any(|row| row == group)) {
                return true;
            }
            above = self.form.rows[group].parent;
        }
        false
    }

    fn misprinted(&self, index: usize, line: &TableLine, out: &mut Vec<Candidate>) {
        let key = self.label_key(line);
        let length = key.chars().count();
        if length < 3 {
            return;
        }
        let ordinal = line.label.and_then(|label| self.table.fields[label].ordinal);
        for (row, of_form) in self.form.rows.iter().enumerate().filter(|(_, of_form)| of_form.is_leaf) {
            let core = Label::new(&of_form.label).core;
            let is_part = core.chars().count() >= 4 && (key.ends_with(&core) || key.starts_with(&core))
                || length >= 5 && (core.starts_with(key) || core.ends_with(key));
            if is_part || likeness(key, &core) >= MISPRINT {
                let is_numbered = ordinal.is_some() && ordinal == of_form.ordinal;
                let weight = if is_numbered { weight::MISPRINTED_NUMBERED } else { weight::MISPRINTED };
                out.push(Candidate { item: index, target: row, weight });
            }
        }
    }

    fn label_key(&self, line: &TableLine) -> &str {
        line.label.map_or("", |label| self.table.key(label))
    }

    /// A group may be printed as one row; not where rows of it are printed too. What has its label is then the first of
    /// them, its own label lost.
    fn release_groups(&mut self) {
        for group in 0..self.form.rows.len() {
            let Some(matched) = self.result.rows[group].filter(|_| !self.form.rows[group].is_leaf) else { continue };
            if self.result.rows[group + 1..self.form.rows[group].end].iter().any(Option::is_some) {
                self.result.rows[group] = None;
                self.taken[matched.line] = false;
            }
        }
    }

    /// A label alone, and its figures in the next line, which has no label: if no row of the form is missing that could have
    /// lost its label there.
    fn figures_below(&mut self) {
        for block in self.form.blocks.iter().filter(|block| !block.side_by_side) {
            let printed: Vec<usize> = self.form.printed(block).filter(|&row| self.form.rows[row].is_leaf).collect();
            for (at, &row) in printed.iter().enumerate() {
                let Some(Matched { line, misplaced: false, .. }) = self.result.rows[row] else { continue };
                if self.lines[line].filled > 0 {
                    continue;
                }
                // The number of a page may be between.
                let is_noise =
                    |at: &usize| !self.taken[*at] && !self.lines[*at].is_known && !self.lines[*at].has_figures;
                let below = line + 1 + (line + 1..self.lines.len()).take_while(is_noise).take(NOISE).count();
                let Some(figures) = self.lines.get(below).filter(|_| !self.taken[below]) else { continue };
                let is_theirs = figures.has_figures && figures.label.is_none();
                let next = printed.get(at + 1).map(|&next| self.result.rows[next]);
                let follows = |next: Matched| next.line > below && (below + 1..next.line).all(|at| is_noise(&at));
                if is_theirs && next.is_none_or(|next| next.is_some_and(follows)) {
                    self.take(row, below, false);
                }
            }
        }
    }

    /// Rows without a label of their own: between two rows that are known, as many lines as rows are missing.
    fn by_neighbours(&mut self) {
        for block in &self.form.blocks {
            let printed: Vec<usize> = self.form.printed(block).collect();
            let in_place = |row: usize| self.result.rows[row].filter(|matched| !matched.misplaced);
            let known = printed.iter().enumerate().filter_map(|(at, &row)| Some((at, in_place(row)?.line)));
            let mut known: Vec<(usize, usize)> = known.collect();
            if known.len() == printed.len() {
                continue;
            }
            let (first, last) = self.block_lines(block);
            known.push((printed.len(), last));
            let (mut row, mut line) = (0, first);
            for (next_row, next_line) in known {
                if next_row == row || next_line == line {
                    (row, line) = (next_row + 1, next_line + 1);
                    continue;
                }
                let open = (line..next_line).filter(|&s| self.is_open(s));
                let mut lines: Vec<usize> = open.clone().filter(|&s| self.lines[s].has_figures).collect();
                // Rows side by side have no label that shows a row of blank cells.
                if block.side_by_side {
                    let width = self.form.width(block);
                    if lines.is_empty() {
                        lines = open.filter(|&s| self.lines[s].fields.len() >= width).collect();
                    }
                    lines.retain(|&s| !self.counts_columns(s));
                    // Of several the first is the row, and the others repeat it.
                    let others = lines.split_off(lines.len().min(1));
                    let full = others.into_iter().filter(|&other| self.lines[other].filled >= width);
                    if let (&[row], &[first]) = (&printed[row..next_row], lines.as_slice()) {
                        let mut others = full.filter(|&other| self.differs(first, other));
                        self.result.again[row] = others.next();
                    }
                }
                self.fill_gap(&printed[row..next_row], &lines);
                (row, line) = (next_row + 1, next_line + 1);
            }
        }
    }

    /// The lines between the rows of the blocks before and after.
    fn block_lines(&self, block: &Block) -> (usize, usize) {
        let lines = |rows: Range<usize>| rows.filter_map(|row| self.result.rows[row].map(|matched| matched.line));
        let first = lines(0..block.rows.start).max().map_or(0, |line| line + 1);
        let last = lines(block.rows.end..self.form.rows.len()).min().unwrap_or(self.lines.len());
        (first, last.max(first))
    }

    /// A line that no row has taken, with figures or with nothing at all.
    fn is_open(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let is_of_form = line.is_known && !self.is_group_label(line);
        !self.taken[index] && !is_of_form && !line.names_columns && (line.has_figures || line.label.is_none())
    }

    /// A row of column numbers: 1, 2, 3 and so on.
    fn counts_columns(&self, line: usize) -> bool {
        let run = self.lines[line].run.clone();
        // Cells that reach over several columns leave blanks.
        let counts = |(field, number): (&Field<'_>, usize)| {
            field.is_blank() || field.value == Value::Number(Decimal::from(number))
        };
        let is_filled = self.lines[line].filled * 2 > run.len();
        is_filled && self.table.fields[run].iter().zip(1..).all(counts)
    }

    /// The label names only a group around rows, so the line's own label is lost.
    fn is_group_label(&self, line: &TableLine) -> bool {
        line.is_group(self.table, self.form)
    }

    /// One label, and as many figures behind it as the last block's rows have.
    fn has_shape_of_row(&self, line: usize) -> bool {
        let line = &self.lines[line];
        let Some(block) = self.form.blocks.last() else { return true };
        let mut texts = self.table.fields[line.fields.start..line.run.start].iter();
        let names_person = texts.any(|field| field.text().contains(['：', ':']));
        let mut figures = self.table.fields[line.run.clone()].iter();
        let is_full =
            line.filled >= self.form.width(block) && figures.all(|field| field.is_blank() || field.is_figure());
        // Where names are open, whatever has a name and figures is a row.
        let is_named = block.named.is_some() && line.label.is_some() && line.has_figures;
        line.is_known || !names_person && (is_full || is_named)
    }

    /// Signs for nothing alone count towards nothing, and are none the worse for it.
    fn has_numbers(&self, line: &TableLine) -> bool {
        let mut figures = self.table.fields[line.run.clone()].iter();
        line.has_figures && figures.any(|field| field.is_figure() && field.value != Value::Mark)
    }

    /// Takes the lines of a gap for the missing rows of it, if there are as many, and no other label speaks against it. A row
    /// that is missing alone may be the one line there under any label.
    fn fill_gap(&mut self, rows: &[usize], lines: &[usize]) {
        let is_group = |row: usize| !self.form.rows[row].is_leaf;
        let missing = rows.iter().copied().filter(|&row| self.result.rows[row].is_none());
        let leaves: Vec<usize> = missing.clone().filter(|&row| !is_group(row)).collect();
        if leaves.is_empty() || lines.is_empty() {
            return;
        }
        // The same with groups that may be one row taken as one row.
        let is_below_group =
            |row: usize| rows.iter().any(|&group| is_group(group) && (group..self.form.rows[group].end).contains(&row));
        let grouped: Vec<usize> = missing.filter(|&row| is_group(row) || !is_below_group(row)).collect();
        let is_nameless = |line: usize| self.lines[line].label.is_none() || self.is_group_label(&self.lines[line]);
        let may_be = |line: usize, row: usize| is_nameless(line) || self.is_near(line, row);
        let all_may_be = |rows: &[usize]| rows.iter().zip(lines).all(|(&row, &line)| may_be(line, row));
        let fitting = [&leaves, &grouped].into_iter().find(|rows| rows.len() == lines.len());
        let Some(fitting) = fitting.filter(|rows| rows.len() == 1 || all_may_be(rows)) else {
            let candidates = lines.iter().filter(|&&line| leaves.iter().any(|&row| may_be(line, row))).count();
            self.result.lacking += leaves.len().min(grouped.len()).saturating_sub(candidates);
            leaves.iter().for_each(|&row| self.result.uncertain[row] = true);
            return;
        };
        for (&row, &line) in fitting.iter().zip(lines) {
            // The form prints no labels before rows that are side by side.
            let by_place = !self.form.block_of(row).side_by_side && !self.is_near(line, row);
            self.result.rows[row] = Some(Matched { line, misplaced: false, by_place });
            self.taken[line] = true;
        }
    }

    /// Whether the label of a line is like that of a row: misprinted, shortened, or a part of it.
    fn is_near(&self, line: usize, row: usize) -> bool {
        let core = Label::new(&self.form.rows[row].label).core;
        let line = &self.lines[line];
        let is_like = |key: &str| {
            likeness(key, &core) >= MISPRINT_IN_PLACE || is_shortened(key, &core) || is_shortened(&core, key)
        };
        // A label may be broken over several cells, and that of its group may be in its own.
        let parts = self.table.fields[line.fields.start..line.run.start].iter();
        let whole: String = parts.map(Field::text).collect();
        let mut groups = std::iter::successors(self.form.rows[row].parent, |&group| self.form.rows[group].parent);
        let is_behind_group = |group: usize| {
            let own = whole.rsplit_once(&Label::new(&self.form.rows[group].label).core);
            own.is_some_and(|(_, own)| is_like(&Label::new(own).core))
        };
        is_like(self.label_key(line)) || is_like(&Label::new(&whole).core) || groups.any(is_behind_group)
    }

    /// What has figures and is no row of the form. Before the first row it is part of the header (a row of column
    /// numbers, say) and nobody's business.
    fn leftovers(&mut self) {
        let first = self.result.rows.iter().flatten().map(|matched| matched.line).min();
        let last = self.result.rows.iter().flatten().map(|matched| matched.line).max();
        for index in first.unwrap_or(0)..self.lines.len() {
            let line = &self.lines[index];
            if self.taken[index] || !self.has_numbers(line) || self.counts_columns(index) {
                continue;
            }
            // Below the last row may be who filled the form in, with a telephone number.
            if last.is_some_and(|last| index > last) && !self.has_shape_of_row(index) {
                continue;
            }
            let mut known = line.label.into_iter().flat_map(|label| self.table.fields[label].rows(self.table.index));
            let repeats = known.rfind(|&row| self.form.rows[row].is_leaf);
            if let Some((row, matched)) = repeats.and_then(|row| Some((row, self.result.rows[row]?)))
                && self.result.again[row].is_none()
                && self.differs(matched.line, index)
            {
                self.result.again[row] = Some(index);
            } else {
                self.result.extra.push(Extra { line: index, repeats });
            }
        }
        self.result.extra.retain(|extra| !self.result.again.contains(&Some(extra.line)));
    }

    /// Whether two lines print different figures.
    fn differs(&self, one: usize, other: usize) -> bool {
        let figures = |line: usize| {
            let figures = self.table.fields[self.lines[line].run.clone()].iter();
            figures.filter(|field| !field.is_blank()).map(|field| field.value)
        };
        !figures(one).eq(figures(other))
    }
}

/// Whether a text is another one with some of its characters left out; of a character alone, the first or the last one.
fn is_shortened(text: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    let is_end = !text.is_empty() && (whole.starts_with(text) || whole.ends_with(text));
    is_end || text.chars().nth(1).is_some() && text.chars().all(|own| rest.any(|c| c == own))
}

fn ordinal_weight(ordinal: Option<Ordinal>, row: &Row) -> u32 {
    match (ordinal, row.ordinal) {
        (Some(found), Some(printed)) if found.value == printed.value => weight::NUMBERED,
        (Some(_), Some(_)) => weight::MISNUMBERED,
        _ => weight::PLAIN,
    }
}
