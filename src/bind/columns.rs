//! The columns of a block: which of a row's figures is which.
//!
//! Never by absolute column: copied tables lose their merged cells, and rows stand shifted. The run of figures behind a
//! row's labels is taken in order; the header confirms it, and decides where a run is short or columns are swapped.

use std::collections::BTreeMap;
use std::ops::Range;

use super::identify::Hits;
use super::outline::Outline;
use super::rows::Strip;
use crate::align::{Candidate, in_order};
use crate::document::Location;
use crate::pack::{Block, Pack, Target};

/// The header of a block: for each of its columns as printed, which of the form's it is.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Columns of the form (counted from the block's first) in the order in which they are printed.
    pub printed: Vec<usize>,
    /// For each of them, the strip it stands in.
    rows: Vec<usize>,
    pub location: Option<Location>,
}

/// Whether the header can be left unread: every row is full, and no header row has columns in another order.
pub(super) fn is_regular(
    hits: &Hits<'_>,
    block: &Block,
    table: usize,
    strips: &[Strip],
    rows: &[&Strip],
    width: usize,
) -> bool {
    let in_order = |strip: &Strip| {
        let columns = strip.fields.clone().filter_map(|index| {
            hits[index].iter().find_map(|target| match *target {
                Target::Column { table: of, column } if of == table && block.columns.contains(&column) => Some(column),
                _ => None,
            })
        });
        columns.is_sorted()
    };
    rows.iter().all(|strip| strip.filled == width) && (block.side_by_side || strips.iter().all(in_order))
}

/// Reads the header from the strips above a block's rows.
pub(super) fn header(
    outline: &Outline<'_>,
    hits: &Hits<'_>,
    pack: &Pack,
    table: usize,
    block: &Block,
    strips: &[Strip],
) -> Header {
    let form = &pack.tables[table];
    // Fields that name a column: (grid column, strip, field).
    let mut named = Vec::new();
    for (at, strip) in strips.iter().enumerate() {
        for index in strip.fields.clone() {
            let is_column = |target: &Target| match *target {
                Target::Column { table: of, column } => of == table && block.columns.contains(&column),
                _ => false,
            };
            if hits[index].iter().any(is_column) {
                named.push((outline.fields[index].column, at, index));
            }
        }
    }
    let location = named.iter().map(|&(_, _, field)| outline.fields[field].location()).next();
    let columns_of = |field: usize| {
        hits[field].iter().filter_map(move |target| match *target {
            Target::Column { table: of, column } if of == table && block.columns.contains(&column) => {
                Some(column - block.columns.start)
            }
            _ => None,
        })
    };
    named.sort_unstable();
    named.dedup_by_key(|(column, _, field)| (*column, outline.key(&outline.fields[*field])));
    let picked: Vec<(usize, usize)> = if block.side_by_side {
        let groups = form.groups(block);
        let mut candidates = Vec::new();
        for (item, &(_, _, field)) in named.iter().enumerate() {
            for column in columns_of(field) {
                let targets = (0..groups).map(|group| group * block.columns.len() + column);
                candidates.extend(targets.map(|target| Candidate { item, target, weight: 1 }));
            }
        }
        let picked = in_order(&candidates, groups * block.columns.len());
        // A header whose rows are shifted against each other says nothing.
        let is_whole = picked.len() == named.len();
        picked.iter().filter(|_| is_whole).map(|picked| (picked.target, named[picked.item].1)).collect()
    } else {
        let mut picked: Vec<(usize, usize)> = Vec::new();
        for &(_, strip, field) in &named {
            let column = columns_of(field).find(|column| picked.iter().all(|(known, _)| known != column));
            picked.extend(column.map(|column| (column, strip)));
        }
        picked
    };
    let (printed, rows) = picked.into_iter().unzip();
    Header { printed, rows, location }
}

/// Where one figure of a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Field(usize),
    /// The row has a label and no cells at all.
    BlankRow,
    /// The table lacks this column.
    Missing,
}

/// How the rows of a block are laid out.
#[derive(Debug)]
pub(super) struct Width {
    width: usize,
    /// The rows bear no labels: they stand side by side.
    is_bare: bool,
    /// The form's column for each printed one.
    order: Vec<usize>,
    /// Columns of the form that are not printed.
    pub missing: Vec<usize>,
    /// The grid column of the first figure, by the grid column of the label before it, from rows that are full; none
    /// where they disagree.
    starts: BTreeMap<Option<u32>, Option<u32>>,
    /// The same over all full rows.
    start: Option<u32>,
}

impl Width {
    pub fn new(outline: &Outline<'_>, runs: &[&Strip], width: usize, is_bare: bool, header: &Header) -> Self {
        let all: Vec<usize> = (0..width).collect();
        let short = header.printed.len();
        let any_full = runs.iter().any(|strip| strip.filled == width);
        let all_short = !runs.is_empty() && runs.iter().all(|strip| strip.filled <= short && strip.run.len() >= short);
        let order = if short == width {
            if is_trusted(header) { header.printed.clone() } else { all }
        } else if short * 2 >= width && short < width && !any_full && all_short && is_trusted(header) {
            header.printed.clone()
        } else {
            all
        };
        let missing = (0..width).filter(|column| !order.contains(column)).collect();
        let mut layout = Self { width, is_bare, order, missing, starts: BTreeMap::new(), start: None };
        layout.learn(outline, runs);
        layout
    }

    /// Learns from full rows where the figures begin.
    fn learn(&mut self, outline: &Outline<'_>, runs: &[&Strip]) {
        let mut all = None;
        for strip in runs.iter().filter(|strip| strip.filled == self.order.len()) {
            let Some(first) = strip.run.clone().find(|&index| !outline.fields[index].is_blank()) else { continue };
            let start = outline.fields[first].column;
            let label = strip.label.map(|label| outline.fields[label].column);
            let known = self.starts.entry(label).or_insert(Some(start));
            if *known != Some(start) {
                *known = None;
            }
            match all {
                None => all = Some(Some(start)),
                Some(Some(other)) if other != start => all = Some(None),
                Some(_) => {}
            }
        }
        self.start = all.flatten();
    }

    /// Which field holds which of the form's figures, into `places`.
    ///
    /// # Errors
    /// With the number of figures found, where they cannot be told apart.
    pub fn place(&self, outline: &Outline<'_>, strip: &Strip, places: &mut Vec<Place>) -> Result<(), usize> {
        let run = self.run(strip);
        let filled = || run.clone().filter(|&index| !outline.fields[index].is_blank());
        let due = self.order.len();
        places.clear();
        places.resize(self.width, Place::Missing);
        if strip.filled == due {
            self.spread(filled(), places);
        } else if strip.filled == 0 && run.len() < due {
            places.fill(Place::BlankRow);
        } else {
            let filled: Vec<usize> = filled().collect();
            let Some(start) = self.start_of(outline, strip, run, &filled) else { return Err(filled.len()) };
            self.spread(start..start + due, places);
        }
        Ok(())
    }

    /// The fields among which the figures stand. In a row without a label that has a field for each figure these are
    /// all of them, though the first is blank or no figure.
    fn run(&self, strip: &Strip) -> Range<usize> {
        let has_no_label = self.is_bare || strip.label.is_none();
        if has_no_label && strip.fields.len() == self.order.len() { strip.fields.clone() } else { strip.run.clone() }
    }

    /// Where the run of figures begins in a row with blank cells among them.
    fn start_of(&self, outline: &Outline<'_>, strip: &Strip, run: Range<usize>, filled: &[usize]) -> Option<usize> {
        let due = self.order.len();
        if filled.len() > due || run.len() < due {
            return None;
        }
        let holds_all = |start: &usize| {
            let run = *start..start + due;
            filled.iter().all(|index| run.contains(index))
        };
        let possible: Range<usize> = run.start..run.end - due + 1;
        let label = strip.label.map(|label| outline.fields[label].column);
        let learnt = self.starts.get(&label).copied().flatten().or(self.start);
        // Where full rows tell where figures begin, a row that cannot begin there has lost a cell, and with it the place
        // of every other.
        if let Some(learnt) = learnt {
            return possible.filter(holds_all).find(|start| outline.fields[*start].column == learnt);
        }
        let mut fitting = possible.filter(holds_all);
        let only = fitting.next()?;
        // Two readings are none, unless there is nothing in any of them to misplace.
        (fitting.next().is_none() || filled.is_empty()).then_some(only)
    }

    fn spread(&self, run: impl Iterator<Item = usize>, places: &mut [Place]) {
        for (&column, field) in self.order.iter().zip(run) {
            places[column] = Place::Field(field);
        }
    }
}

/// Whether the order of a header can be trusted where it differs from the form's: columns that stand in one header row
/// are where they are, but the rows of a header may be shifted against each other.
fn is_trusted(header: &Header) -> bool {
    let printed = &header.printed;
    (0..printed.len()).all(|left| {
        (left + 1..printed.len()).all(|right| printed[left] < printed[right] || header.rows[left] == header.rows[right])
    })
}
