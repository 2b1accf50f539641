//! How likely each kind of mistake is, as weights: of two explanations, the one of less weight is the more likely.
//!
//! A unit is about a factor of two. An explanation weighs what its events weigh together; one event may touch two
//! figures (a figure in the next column, two figures swapped).

use rust_decimal::Decimal;

use super::evidence::Evidence;
use super::explanation::{Event, Fix, Reason};
use super::slip::slip;
use crate::evaluate::Figures;
use crate::facts::{Fact, Facts, Value};
use crate::pack::Pack;

/// What an event weighs by its reason.
///
/// Slips of the keyboard and of reading are common, and hardly ever agree with all sums by chance; a value that has
/// nothing to do with the right one is rare.
fn weight(reason: Reason) -> i32 {
    match reason {
        Reason::OffByOne | Reason::DigitsTransposed { .. } | Reason::DigitDoubled => 8,
        Reason::DigitDropped | Reason::DecimalShifted | Reason::LeftAtZero => 9,
        Reason::DigitAdded | Reason::DigitReplaced { .. } | Reason::CopiedFromNeighbour => 10,
        Reason::MovedColumn | Reason::MovedRow | Reason::RowShifted | Reason::Swapped => 10,
        Reason::TotalNotUpdated => 11,
        // What a formula shows weighs as much as what the figures alone would show, less the evidence.
        Reason::Unexplained | Reason::FormulaOfOtherCells | Reason::FormulaNotRecalculated => 15,
    }
}

/// Added where a figure was printed and 0 is expected: that is rarer than the reverse.
const WHERE_ZERO_IS_EXPECTED: i32 = 3;
/// Added where a moved figure did not leave a 0, or where another figure was: the two were added up, or only part moved.
const MOVED_IN_PART: i32 = 5;
/// Added where two swapped figures are not neighbours.
const FAR_APART: i32 = 4;
/// The weight of totals that were not updated after a late change, and what is added for each.
const TOTALS_LEFT: i32 = 12;
const TOTAL_LEFT: i32 = 2;
/// Added where the text, or the sheet's own formula, says otherwise; taken off where it says the same.
const EVIDENCE: i32 = 12;

/// A further explanation counts only if it is not this much heavier than the best one: else the best is as good as sure.
pub(super) const MARGIN: i32 = 6;
/// The same where one sum alone is broken: it says nothing of which of its figures is wrong, and a slip is no proof.
pub(super) const LONE_MARGIN: i32 = 10;

/// The events that explain `fixes` best, those of several figures first.
pub(super) fn explain(figures: Figures<'_, '_>, evidence: &Evidence, fixes: Vec<Fix>) -> Vec<Event> {
    let Figures { pack, facts, .. } = figures;
    let judge = Judge { pack, facts, evidence };
    let (mut events, fixes) = judge.shifted_rows(fixes);
    let singles: Vec<(Reason, i32)> = fixes.iter().map(|fix| judge.single(fix)).collect();
    let mut pairs = Vec::new();
    for first in 0..fixes.len() {
        for second in first + 1..fixes.len() {
            if let Some((reason, weight)) = judge.pair(&fixes[first], &fixes[second]) {
                let saved = singles[first].1 + singles[second].1 - weight;
                pairs.push((saved, first, second, reason, weight));
            }
        }
    }
    pairs.retain(|pair| pair.0 > 0);
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.0));
    let mut left: Vec<Option<Fix>> = fixes.into_iter().map(Some).collect();
    for (_, first, second, reason, weight) in pairs {
        if left[first].is_some() && left[second].is_some() {
            let fixes = [first, second].into_iter().filter_map(|index| left[index].take());
            events.push(Event { fixes: fixes.collect(), reason, weight });
        }
    }
    let singles = left.into_iter().zip(singles);
    events.extend(singles.filter_map(|(fix, (reason, weight))| Some(Event { fixes: vec![fix?], reason, weight })));
    events
}

/// What the reading weighs that a figure was changed late and `totals` of its totals were left.
pub(super) fn totals_left(totals: usize) -> i32 {
    TOTALS_LEFT + TOTAL_LEFT * i32::try_from(totals).unwrap_or(i32::MAX / 4)
}

struct Judge<'a, 'd> {
    pack: &'a Pack,
    facts: &'a Facts<'d>,
    evidence: &'a Evidence,
}

impl Judge<'_, '_> {
    fn single(&self, fix: &Fix) -> (Reason, i32) {
        let reason = self.reason(fix);
        let mut weight = weight(reason);
        if fix.expected.is_zero() {
            weight += WHERE_ZERO_IS_EXPECTED;
        }
        if let Some(formula) = self.evidence.formula(fix.figure) {
            return (formula, weight - EVIDENCE);
        }
        if self.evidence.says(fix.figure, fix.expected).is_some() {
            weight -= EVIDENCE;
        }
        if self.evidence.says(fix.figure, fix.found).is_some() {
            weight += EVIDENCE;
        }
        (reason, weight)
    }

    fn reason(&self, fix: &Fix) -> Reason {
        if fix.found.is_zero() {
            return Reason::LeftAtZero;
        }
        let copied = self.is_copied(fix).then_some(Reason::CopiedFromNeighbour);
        let total = self.evidence.is_total(fix.figure).then_some(Reason::TotalNotUpdated);
        let is_off_by_one = (fix.found - fix.expected).abs() == Decimal::ONE;
        let possible = [slip_of(fix), is_off_by_one.then_some(Reason::OffByOne), copied, total];
        possible.into_iter().flatten().min_by_key(|reason| weight(*reason)).unwrap_or(Reason::Unexplained)
    }

    /// Whether the figure is that of a neighbouring cell.
    fn is_copied(&self, fix: &Fix) -> bool {
        let of_form = &self.pack.figures[fix.figure];
        let table = &self.pack.tables[of_form.table];
        let width = table.block_of(of_form.row).columns.len();
        let beside = [fix.figure.checked_sub(1), Some(fix.figure + 1)].into_iter().flatten();
        let below = [fix.figure.checked_sub(width), Some(fix.figure + width)].into_iter().flatten();
        let is_same = |figure: &usize| self.facts.figures.get(*figure).and_then(Fact::number) == Some(fix.found);
        beside.chain(below).filter(is_same).any(|figure| self.distance(fix.figure, figure).is_some_and(|d| d.is_next()))
    }

    /// Rows of which several figures are one column off, as one event each, and the fixes that are left.
    fn shifted_rows(&self, fixes: Vec<Fix>) -> (Vec<Event>, Vec<Fix>) {
        let row = |fix: &Fix| (self.pack.figures[fix.figure].table, self.pack.figures[fix.figure].row);
        let mut events = Vec::new();
        let mut left = Vec::new();
        for of_row in fixes.chunk_by(|a, b| row(a) == row(b)) {
            let is_shifted = || self.is_shifted(of_row, 1) || self.is_shifted(of_row, -1) || self.is_rotated(of_row);
            if of_row.len() > 2 && is_shifted() {
                let reason = Reason::RowShifted;
                events.push(Event { fixes: of_row.to_vec(), reason, weight: weight(reason) });
            } else {
                left.extend_from_slice(of_row);
            }
        }
        (events, left)
    }

    /// Whether of the figures from the first to the last of `fixes` each is the one expected so many columns further right.
    /// The figure at one end was inserted, or the one expected at the other is lost.
    fn is_shifted(&self, fixes: &[Fix], by: isize) -> bool {
        let number = |figure: usize| self.facts.figures[figure].number();
        let expected = |figure: usize| {
            fixes.iter().find(|fix| fix.figure == figure).map_or_else(|| number(figure), |fix| Some(fix.expected))
        };
        let figures = fixes[0].figure..=fixes[fixes.len() - 1].figure;
        let mut pairs = figures.clone().filter_map(|figure| Some((figure, figure.checked_add_signed(by)?)));
        pairs.all(|(figure, next)| !figures.contains(&next) || number(figure) == expected(next))
    }

    /// Whether the figures from the first to the last of `fixes` are those expected, all moved on, those behind the end to the
    /// beginning.
    fn is_rotated(&self, fixes: &[Fix]) -> bool {
        let figures = fixes[0].figure..fixes[fixes.len() - 1].figure + 1;
        let found: Vec<Option<Decimal>> = figures.clone().map(|figure| self.facts.figures[figure].number()).collect();
        let expected = |(figure, found): (usize, &Option<Decimal>)| {
            fixes.iter().find(|fix| fix.figure == figure).map_or(*found, |fix| Some(fix.expected))
        };
        let expected: Vec<Option<Decimal>> = figures.zip(&found).map(expected).collect();
        (1..found.len()).any(|by| found[by..].iter().chain(&found[..by]).eq(&expected))
    }

    fn pair(&self, a: &Fix, b: &Fix) -> Option<(Reason, i32)> {
        let distance = self.distance(a.figure, b.figure)?;
        let is_swap = a.found == b.expected && b.found == a.expected;
        if is_swap && !a.found.is_zero() && !b.found.is_zero() {
            let far = if distance.is_next() { 0 } else { FAR_APART };
            return Some((Reason::Swapped, weight(Reason::Swapped) + far));
        }
        let is_same_size = a.found - a.expected == b.found - b.expected;
        if is_same_size && self.evidence.is_total(a.figure) && self.evidence.is_total(b.figure) {
            return Some((Reason::TotalNotUpdated, weight(Reason::TotalNotUpdated) + TOTAL_LEFT));
        }
        if !distance.is_next() {
            return None;
        }
        let in_part = [moved(a, b), moved(b, a)].into_iter().flatten().min()?;
        let reason = if distance.rows == 0 { Reason::MovedColumn } else { Reason::MovedRow };
        Some((reason, weight(reason) + in_part))
    }

    /// How far apart two figures are in one row or one column of a table; none where they share neither.
    fn distance(&self, a: usize, b: usize) -> Option<Distance> {
        let (a, b) = (&self.pack.figures[a], &self.pack.figures[b]);
        let table = &self.pack.tables[a.table];
        if a.table != b.table || table.rows[a.row].block != table.rows[b.row].block {
            return None;
        }
        let is_printed = |row: usize| {
            let figure = table.rows[row].figures.map(|first| &self.facts.figures[first].value);
            figure.is_some_and(|value| *value != Value::Absent)
        };
        let (first, last) = (a.row.min(b.row), a.row.max(b.row));
        let rows = (first..last).filter(|&row| is_printed(row)).count();
        let columns = a.column.abs_diff(b.column);
        (rows == 0 || columns == 0).then_some(Distance { rows, columns })
    }
}

/// The slip of the hand by which a figure came to be what was found.
fn slip_of(fix: &Fix) -> Option<Reason> {
    // Any digit by itself is one replaced: that says nothing.
    if fix.expected.is_zero() {
        return None;
    }
    // Where one has decimals, both are taken to as many.
    let (mut found, mut expected) = (fix.found, fix.expected);
    let scale = found.scale().max(expected.scale());
    found.rescale(scale);
    expected.rescale(scale);
    let digits = |number: Decimal| u64::try_from(number.mantissa()).ok();
    slip(digits(found)?, digits(expected)?)
}

/// What it adds to the weight of a move that the figure expected at `from` is at `to`; none where it is not. All of it
/// may be in a cell that was 0, or in the place of another figure, or added to one.
fn moved(from: &Fix, to: &Fix) -> Option<i32> {
    if from.found >= from.expected {
        return None;
    }
    let is_whole = from.found.is_zero();
    let replaces = to.found == from.expected;
    let is_added = to.found - to.expected == from.expected - from.found;
    match (is_whole, replaces, is_added) {
        (true, true, true) => Some(0),
        (true, true, false) | (true, false, true) => Some(MOVED_IN_PART),
        (false, false, true) => Some(MOVED_IN_PART * 2),
        _ => None,
    }
}

struct Distance {
    rows: usize,
    columns: usize,
}

impl Distance {
    fn is_next(&self) -> bool {
        self.rows + self.columns == 1
    }
}
