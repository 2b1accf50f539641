//! The rows of a table laid side by side with the rows of the form.
//!
//! A row is known by its labels, in order: 其他 and 总计 stand in several places, merged labels are repeated, left blank or
//! lost. What has no label of its own is told by its neighbours, if there is one reading only.

use std::ops::Range;

use rust_decimal::Decimal;

use super::outline::{Field, Hits, Outline};
use crate::align::{Candidate, in_order};
use crate::facts::Value;
use crate::label::{Label, Ordinal, likeness};
use crate::pack::{Block, Pack, Row, Table, Target};

/// A line of a table: label fields, then the fields in which figures are due.
#[derive(Debug)]
pub(super) struct Strip {
    pub fields: Range<usize>,
    /// The field of its own label, the last one before the figures.
    pub label: Option<usize>,
    /// Where the figures begin.
    pub run: Range<usize>,
    /// How many of them hold anything.
    pub filled: usize,
    /// At least one of them is a figure.
    pub has_figures: bool,
    /// Its label is one of the form's rows.
    pub is_known: bool,
    /// Some of its fields are of a header.
    pub names_columns: bool,
    /// Its label, where it was put together from several lines.
    pub joined: Option<Joined>,
}

/// The places of the form that print a label put together from several lines.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    pub targets: Vec<Target>,
    pub ordinal: Option<Ordinal>,
}

impl Strip {
    pub fn new(outline: &Outline<'_>, hits: &Hits<'_>, pack: &Pack, table: usize, fields: Range<usize>) -> Self {
        // One look at each field: an archive has billions of them.
        let mut known = None;
        let mut first_figure = None;
        let mut last_text = None;
        let mut misprinted = None;
        let mut names_columns = false;
        let own = outline.fields[fields.clone()].iter().zip(&hits[fields.clone()]);
        for (index, (field, targets)) in fields.clone().zip(own) {
            if field.is_figure() {
                first_figure = first_figure.or(Some(index));
                continue;
            }
            if field.is_blank() {
                continue;
            }
            if first_figure.is_none() {
                last_text = Some(index);
            }
            if targets.is_empty() {
                // Text behind the label of a group is its row's own label, misprinted; so is a numbered one behind another.
                let own = known.filter(|_| first_figure.is_none()).is_some_and(|known| {
                    let has_letters = outline.key(field).chars().any(char::is_alphabetic);
                    names_group(hits, pack, table, known) || field.ordinal.is_some() && has_letters
                });
                if own {
                    misprinted = Some(index);
                }
                continue;
            }
            let mut of_table = targets.iter().filter(|target| target.table() == Some(table)).peekable();
            if of_table.peek().is_some() {
                if of_table.any(|target| matches!(target, Target::Row { .. })) {
                    known = Some(index);
                    // What stood before it was the label of its group.
                    misprinted = None;
                } else {
                    names_columns = true;
                }
            }
        }
        // 其他 and 总计 name rows and columns; in a line without figures next to names of columns they are columns.
        let is_header = first_figure.is_none() && names_columns;
        let known = known.filter(|_| !is_header && misprinted.is_none());
        let label = misprinted.or(known).or(last_text);
        // Without a label, blanks before the first figure are the places of labels.
        let start = label.map_or(first_figure.unwrap_or(fields.start), |label| label + 1);
        let start = (start..fields.end).find(|&index| !outline.fields[index].is_left_out).unwrap_or(fields.end);
        let run = start..fields.end;
        let due = &outline.fields[run.clone()];
        let filled = due.iter().filter(|field| !field.is_blank()).count();
        let has_figures = first_figure.is_some() && due.iter().any(Field::is_figure);
        Self { fields, label, run, filled, has_figures, is_known: known.is_some(), names_columns, joined: None }
    }

    /// Its label names only a group around rows, so that its own is lost.
    pub fn is_group(&self, hits: &Hits<'_>, pack: &Pack, table: usize) -> bool {
        self.joined.is_none() && self.label.is_some_and(|label| names_group(hits, pack, table, label))
    }
}

/// Whether the text of a field stands for groups of rows and for no single row.
fn names_group(hits: &Hits<'_>, pack: &Pack, table: usize, field: usize) -> bool {
    let rows = hits[field].iter().filter_map(|target| match *target {
        Target::Row { table: of, row } if of == table => Some(row),
        _ => None,
    });
    rows.into_iter().all(|row| !pack.tables[table].rows[row].is_leaf)
}

/// A row of the form found in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched {
    pub strip: usize,
    /// It stands before a row that it should follow.
    pub misplaced: bool,
}

/// A strip with figures that is no row of the form.
#[derive(Debug)]
pub(super) struct Extra {
    pub strip: usize,
    /// The row of the form it repeats, if it does.
    pub repeats: Option<usize>,
}

/// The outcome of [`align`].
#[derive(Debug)]
pub(super) struct Aligned {
    /// For each row of the form.
    pub rows: Vec<Option<Matched>>,
    /// For each row of the form: not found, but it may be among strips that could not be told apart.
    pub uncertain: Vec<bool>,
    pub extra: Vec<Extra>,
}

impl Aligned {
    /// Nothing of the table stands in these strips: no figure, no label of a row or column.
    pub fn is_nothing(strips: &[Strip]) -> bool {
        strips.iter().all(|strip| !strip.is_known && !strip.has_figures && !strip.names_columns)
    }
}

/// Lays the strips side by side with the rows of the form.
pub(super) fn align(outline: &Outline<'_>, hits: &Hits<'_>, pack: &Pack, table: usize, strips: &[Strip]) -> Aligned {
    let form = &pack.tables[table];
    let mut aligner = Aligner {
        outline,
        hits,
        pack,
        table,
        form,
        strips,
        result: Aligned {
            rows: vec![None; form.rows.len()],
            uncertain: vec![false; form.rows.len()],
            extra: Vec::new(),
        },
        taken: vec![false; strips.len()],
    };
    aligner.by_label();
    aligner.release_groups();
    aligner.figures_below();
    aligner.by_neighbours();
    aligner.leftovers();
    aligner.result
}

struct Aligner<'a, 'd, 'p> {
    outline: &'a Outline<'d>,
    hits: &'a Hits<'p>,
    pack: &'a Pack,
    table: usize,
    form: &'a Table,
    strips: &'a [Strip],
    result: Aligned,
    taken: Vec<bool>,
}

/// How surely a strip is a row of the form; a label with its number beats one without, and the label of the group above
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

impl<'d> Aligner<'_, 'd, '_> {
    /// Rows with a label of their own, in the order of the form; then those that stand out of order.
    fn by_label(&mut self) {
        let mut candidates = Vec::new();
        let mut compared = 0;
        for (index, strip) in self.strips.iter().enumerate() {
            if strip.is_known {
                self.exact(index, strip, &mut candidates);
            } else if strip.has_figures && compared < COMPARED {
                compared += 1;
                self.misprinted(index, strip, &mut candidates);
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

    fn take(&mut self, row: usize, strip: usize, misplaced: bool) {
        self.result.rows[row] = Some(Matched { strip, misplaced });
        self.taken[strip] = true;
    }

    fn exact(&self, index: usize, strip: &Strip, out: &mut Vec<Candidate>) {
        let label = strip.label.unwrap_or(strip.run.start);
        let (targets, ordinal) = match &strip.joined {
            Some(joined) => (joined.targets.as_slice(), joined.ordinal),
            None => (self.hits[label], self.outline.fields[label].ordinal),
        };
        for target in targets {
            let &Target::Row { table, row } = target else { continue };
            let of_form = &self.form.rows.get(row);
            let Some(of_form) = of_form.filter(|of_form| table == self.table && of_form.figures.is_some()) else {
                continue;
            };
            let own = if of_form.is_leaf { ordinal_weight(ordinal, of_form) } else { weight::ONE_ROW_GROUP };
            let group = if self.stands_under_group(strip, label, row) { weight::UNDER_ITS_GROUP } else { 0 };
            out.push(Candidate { item: index, target: row, weight: own + group });
        }
    }

    /// Whether a label before its own is that of a group around the row.
    fn stands_under_group(&self, strip: &Strip, label: usize, row: usize) -> bool {
        let mut above = self.form.rows[row].parent;
        while let Some(group) = above {
            let target = Target::Row { table: self.table, row: group };
            if self.hits[strip.fields.start..label].iter().any(|targets| targets.contains(&target)) {
                return true;
            }
            above = self.form.rows[group].parent;
        }
        false
    }

    fn misprinted(&self, index: usize, strip: &Strip, out: &mut Vec<Candidate>) {
        let key = self.label_key(strip);
        if key.chars().count() < 3 {
            return;
        }
        let ordinal = strip.label.and_then(|label| self.outline.fields[label].ordinal);
        for (row, of_form) in self.form.rows.iter().enumerate() {
            if !of_form.is_leaf {
                continue;
            }
            let core = Label::new(&of_form.label).core;
            let is_part = core.chars().count() >= 4 && (key.ends_with(&core) || key.starts_with(&core))
                || key.chars().count() >= 5 && (core.starts_with(key) || core.ends_with(key));
            if is_part || likeness(key, &core) >= MISPRINT {
                let is_numbered = ordinal.is_some() && ordinal == of_form.ordinal;
                let weight = if is_numbered { weight::MISPRINTED_NUMBERED } else { weight::MISPRINTED };
                out.push(Candidate { item: index, target: row, weight });
            }
        }
    }

    fn label_key(&self, strip: &Strip) -> &str {
        strip.label.map_or("", |label| self.outline.key(&self.outline.fields[label]))
    }

    /// A group may be printed as one row; not where rows of it are printed too. What bears its label is then the first of
    /// them, its own label lost.
    fn release_groups(&mut self) {
        for group in 0..self.form.rows.len() {
            let Some(matched) = self.result.rows[group].filter(|_| !self.form.rows[group].is_leaf) else { continue };
            if self.result.rows[group + 1..self.form.rows[group].end].iter().any(Option::is_some) {
                self.result.rows[group] = None;
                self.taken[matched.strip] = false;
            }
        }
    }

    /// A label alone, and its figures in the next line, which has no label: if no row of the form is missing that could have
    /// lost its label there.
    fn figures_below(&mut self) {
        for block in self.form.blocks.iter().filter(|block| !block.side_by_side) {
            let printed: Vec<usize> = self.form.printed(block).filter(|&row| self.form.rows[row].is_leaf).collect();
            for (at, &row) in printed.iter().enumerate() {
                let Some(Matched { strip, misplaced: false }) = self.result.rows[row] else { continue };
                if self.strips[strip].filled > 0 {
                    continue;
                }
                // The number of a page may stand between.
                let is_noise =
                    |at: &usize| !self.taken[*at] && !self.strips[*at].is_known && !self.strips[*at].has_figures;
                let below = strip + 1 + (strip + 1..self.strips.len()).take_while(is_noise).take(NOISE).count();
                let Some(figures) = self.strips.get(below).filter(|_| !self.taken[below]) else { continue };
                let is_theirs = figures.has_figures && figures.label.is_none();
                let next = printed.get(at + 1).map(|&next| self.result.rows[next]);
                let follows = |next: Matched| next.strip > below && (below + 1..next.strip).all(|at| is_noise(&at));
                if is_theirs && next.is_none_or(|next| next.is_some_and(follows)) {
                    self.take(row, below, false);
                }
            }
        }
    }

    /// Rows without a label of their own: between two rows that are known, as many strips as rows are missing.
    fn by_neighbours(&mut self) {
        for block in &self.form.blocks {
            let printed: Vec<usize> = self.form.printed(block).collect();
            let in_place = |row: usize| self.result.rows[row].filter(|matched| !matched.misplaced);
            let known = printed.iter().enumerate().filter_map(|(at, &row)| Some((at, in_place(row)?.strip)));
            let mut known: Vec<(usize, usize)> = known.collect();
            if known.len() == printed.len() {
                continue;
            }
            let (first, last) = self.block_strips(block);
            known.push((printed.len(), last));
            let (mut row, mut strip) = (0, first);
            for (next_row, next_strip) in known {
                if next_row == row || next_strip == strip {
                    (row, strip) = (next_row + 1, next_strip + 1);
                    continue;
                }
                let rows: Vec<usize> = printed[row..next_row].to_vec();
                let open = (strip..next_strip).filter(|&s| self.is_open(s));
                let mut strips: Vec<usize> = open.clone().filter(|&s| self.strips[s].has_figures).collect();
                // Rows side by side have no label that could tell a row of blank cells.
                if block.side_by_side {
                    let width = self.form.width(block);
                    if strips.is_empty() {
                        strips = open.filter(|&s| self.strips[s].fields.len() >= width).collect();
                    }
                    strips.retain(|&s| !self.counts_columns(s));
                    // Of several the first is the row, and the others repeat it.
                    strips.truncate(1);
                }
                self.fill_gap(&rows, &strips);
                (row, strip) = (next_row + 1, next_strip + 1);
            }
        }
    }

    /// The strips between the rows of the blocks before and after.
    fn block_strips(&self, block: &Block) -> (usize, usize) {
        let strips = |rows: Range<usize>| rows.filter_map(|row| self.result.rows[row].map(|matched| matched.strip));
        let first = strips(0..block.rows.start).max().map_or(0, |strip| strip + 1);
        let last = strips(block.rows.end..self.form.rows.len()).min().unwrap_or(self.strips.len());
        (first, last.max(first))
    }

    /// A strip that no row has taken, with figures or with nothing at all.
    fn is_open(&self, index: usize) -> bool {
        let strip = &self.strips[index];
        let is_of_form = strip.is_known && !self.is_group_label(strip);
        !self.taken[index] && !is_of_form && !strip.names_columns && (strip.has_figures || strip.label.is_none())
    }

    /// A row of column numbers: 1, 2, 3 and so on.
    fn counts_columns(&self, strip: usize) -> bool {
        let run = self.strips[strip].run.clone();
        let mut figures = run.map(|index| &self.outline.fields[index].value).enumerate();
        let counts =
            |(at, value): (usize, &Value)| *value == Value::Blank || *value == Value::Number(Decimal::from(at + 1));
        // Cells that reach over several columns leave blanks.
        self.strips[strip].filled * 2 > self.strips[strip].run.len() && figures.all(counts)
    }

    /// The label names only a group around rows, so the strip's own label is lost.
    fn is_group_label(&self, strip: &Strip) -> bool {
        strip.is_group(self.hits, self.pack, self.table)
    }

    /// One label, and as many figures behind it as the last block's rows have.
    fn has_shape_of_row(&self, strip: usize) -> bool {
        let strip = &self.strips[strip];
        let Some(block) = self.form.blocks.last() else { return true };
        let is_figure = |index: usize| self.outline.fields[index].is_blank() || self.outline.fields[index].is_figure();
        let mut texts = strip.fields.start..strip.run.start;
        let names_person = texts.any(|index| self.outline.fields[index].text().contains(['：', ':']));
        strip.is_known || !names_person && strip.filled >= self.form.width(block) && strip.run.clone().all(is_figure)
    }

    /// Signs for nothing alone count towards nothing, and are none the worse for it.
    fn has_numbers(&self, strip: &Strip) -> bool {
        let is_number = |index: usize| {
            let field = &self.outline.fields[index];
            field.is_figure() && field.value != Value::Mark
        };
        strip.has_figures && strip.run.clone().any(is_number)
    }

    fn fill_gap(&mut self, rows: &[usize], strips: &[usize]) {
        let missing = |row: &usize| self.result.rows[*row].is_none();
        let one_row = |row: usize| !self.form.rows[row].is_leaf;
        let leaves: Vec<usize> = rows.iter().copied().filter(|&row| !one_row(row)).filter(|row| missing(row)).collect();
        if leaves.is_empty() || strips.is_empty() {
            return;
        }
        // The same with groups that may be one row taken as one row.
        let is_below_group =
            |row: usize| rows.iter().any(|&group| one_row(group) && (group..self.form.rows[group].end).contains(&row));
        let grouped: Vec<usize> =
            rows.iter().copied().filter(|row| missing(row) && (one_row(*row) || !is_below_group(*row))).collect();
        let nameless = strips.iter().all(|&strip| {
            let strip = &self.strips[strip];
            strip.label.is_none() || self.is_group_label(strip)
        });
        let readings: Vec<Vec<usize>> =
            [leaves.clone(), grouped].into_iter().filter(|rows| rows.len() == strips.len()).collect();
        let chosen = match readings.as_slice() {
            [first, ..] if nameless => Some(first.clone()),
            [first, ..] if strips.len() == 1 && self.is_near(strips[0], first[0]) => Some(first.clone()),
            _ => None,
        };
        match chosen {
            Some(rows) => {
                for (row, &strip) in rows.into_iter().zip(strips) {
                    self.take(row, strip, false);
                }
            }
            None => {
                for row in leaves {
                    self.result.uncertain[row] = true;
                }
            }
        }
    }

    fn is_near(&self, strip: usize, row: usize) -> bool {
        let core = Label::new(&self.form.rows[row].label).core;
        likeness(self.label_key(&self.strips[strip]), &core) >= MISPRINT_IN_PLACE
    }

    /// What has figures and is no row of the form. Before the first row it is part of the header (a row of column
    /// numbers, say) and nobody's business.
    fn leftovers(&mut self) {
        let first = self.result.rows.iter().flatten().map(|matched| matched.strip).min();
        let last = self.result.rows.iter().flatten().map(|matched| matched.strip).max();
        for index in first.unwrap_or(0)..self.strips.len() {
            let strip = &self.strips[index];
            if self.taken[index] || !self.has_numbers(strip) || self.counts_columns(index) {
                continue;
            }
            // Below the last row may stand who filled the form in, with a telephone number.
            if last.is_some_and(|last| index > last) && !self.has_shape_of_row(index) {
                continue;
            }
            let known = strip.label.map(|label| self.hits[label]).unwrap_or_default().iter();
            let mut repeats = known.filter_map(|target| match *target {
                Target::Row { table, row } if table == self.table && self.form.rows[row].is_leaf => Some(row),
                _ => None,
            });
            self.result.extra.push(Extra { strip: index, repeats: repeats.next_back() });
        }
    }
}

fn ordinal_weight(ordinal: Option<Ordinal>, row: &Row) -> u32 {
    match (ordinal, row.ordinal) {
        (Some(found), Some(printed)) if found.value == printed.value => weight::NUMBERED,
        (Some(_), Some(_)) => weight::MISNUMBERED,
        _ => weight::PLAIN,
    }
}
