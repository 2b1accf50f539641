//! Rows that a document spreads over several lines, where cells are centred beside a wrapped label: parts of the label on
//! some of the lines, and figures on more than one.

use std::ops::Range;

use super::field::{Field, LONGEST_LABEL, Meaning};
use super::printed::Printed;
use crate::label::{Label, Ordinal};
use crate::pack::{Pack, Table, Target};

/// Lines of one row.
const MOST: usize = 6;

/// The table with such rows on one line, their figures in the order of their columns. Any other row stays.
pub(super) fn join<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table, pack: &Pack) -> Printed<'o, 'd> {
    let lines: Vec<Line<'d>> = printed.rows.iter().map(|row| line(&printed, form, row)).collect();
    let mut rows = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let most = (at + MOST).min(lines.len());
        let found = (at + 2..=most).rev().find_map(|end| spread(&lines[at..end], printed.index, form, pack));
        let Some(row) = found else {
            rows.push(printed.rows[at].clone());
            at += 1;
            continue;
        };
        let first = printed.fields.len();
        printed.fields.extend(row.fields);
        rows.push(first..printed.fields.len());
        rows.extend(row.beside.iter().map(|line| printed.rows[at + line].clone()));
        at += row.lines;
    }
    printed.rows = rows;
    printed
}

/// A line that may be a part of a row.
struct Line<'d> {
    /// The last text, before the figures.
    label: Option<Field<'d>>,
    figures: Vec<Field<'d>>,
    /// It is a row of the form by itself, or holds what is neither a part of a label nor a figure.
    is_whole: bool,
}

fn line<'d>(printed: &Printed<'_, 'd>, form: &Table, row: &Range<usize>) -> Line<'d> {
    let fields = || printed.fields[row.clone()].iter().filter(|field| !field.is_blank());
    let texts = fields().take_while(|field| !field.is_plain).count();
    let label = fields().take(texts).last().copied();
    let names_row = |field: &Field<'d>| field.rows(printed.index).any(|row| form.rows[row].is_leaf);
    let is_whole = fields().skip(texts).any(|field| !field.is_plain)
        || fields().take(texts).any(|field| field.is_figure() || names_row(field))
        || label.is_some_and(|label| label.is_of(printed.index));
    Line { label, figures: fields().skip(texts).copied().collect(), is_whole }
}

/// A row put together.
struct Spread<'d> {
    fields: Vec<Field<'d>>,
    lines: usize,
    /// Lines among them that are parts of other cells.
    beside: Vec<usize>,
}

/// The row that some lines are, the first and the last of them parts of it.
fn spread<'d>(lines: &[Line<'d>], table: usize, form: &Table, pack: &Pack) -> Option<Spread<'d>> {
    let count: usize = lines.iter().map(|line| line.figures.len()).sum();
    if !form.blocks.iter().any(|block| form.width(block) == count) {
        return None;
    }
    let has_figures = |line: &Line<'_>| !line.figures.is_empty();
    let ends = [&lines[0], &lines[lines.len() - 1]];
    if lines.iter().filter(|line| has_figures(line)).count() < 2
        || lines.iter().any(|line| line.is_whole && has_figures(line))
        || ends.into_iter().any(|line| line.is_whole)
    {
        return None;
    }
    let mut figures: Vec<Field<'d>> = lines.iter().flat_map(|line| &line.figures).copied().collect();
    figures.sort_by_key(|field| field.column);
    if figures.windows(2).any(|pair| pair[0].column == pair[1].column) {
        return None;
    }
    // Lines without figures may be parts of other cells.
    let optional: Vec<usize> = (1..lines.len() - 1).filter(|&at| !has_figures(&lines[at])).collect();
    let ways = (0..1_usize << optional.len()).filter_map(|way| {
        let beside: Vec<usize> =
            optional.iter().enumerate().filter(|(bit, _)| way >> bit & 1 == 1).map(|(_, &at)| at).collect();
        let own = lines.iter().enumerate().filter(|(at, line)| !beside.contains(at) && !line.is_whole);
        let text: String = own.filter_map(|(_, line)| line.label).map(|label| label.text()).collect();
        let (row, ordinal) = named(&text, table, form, pack)?;
        let block = form.blocks.iter().find(|block| block.rows.contains(&row))?;
        (form.width(block) == figures.len()).then_some((row, ordinal, beside))
    });
    let (row, ordinal, beside) = ways.into_iter().next()?;
    let mut label = lines.iter().find_map(|line| line.label)?;
    (label.meaning, label.ordinal) = (Meaning::Code(Target::Row { table, row }), ordinal);
    let fields = std::iter::once(label).chain(figures).collect();
    Some(Spread { fields, lines: lines.len(), beside })
}

/// The one row of the form that prints a text as its label.
fn named(text: &str, table: usize, form: &Table, pack: &Pack) -> Option<(usize, Option<Ordinal>)> {
    if text.len() > LONGEST_LABEL {
        return None;
    }
    let label = Label::new(text);
    let mut rows = pack.labels.get(&label.core).iter().filter_map(|target| match *target {
        Target::Row { table: of, row } if of == table && form.rows[row].is_leaf => Some(row),
        _ => None,
    });
    let row = rows.next()?;
    rows.next().is_none().then_some((row, label.ordinal))
}
