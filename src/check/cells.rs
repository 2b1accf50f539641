//! Single cells: blank ones, ones that are no count, and ones nobody can tell apart.

use rust_decimal::Decimal;

use super::sums::{applies, evaluate, figures_of, holds};
use super::{Outcome, Outcomes};
use crate::facts::{Facts, Value, Why};
use crate::finding::{Finding, Label, Subject, clipped};
use crate::message::Message;
use crate::pack::{Fault, Pack, Severity, ValueKind};

/// More cells than this with one fault in one table are one finding.
const CELLS_TOLD_ONE_BY_ONE: usize = 5;
/// A finding about many cells labels so many of them.
const LABELS: usize = 4;

pub(super) fn check(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], outcomes: &mut Outcomes) {
    for table in 0..pack.tables.len() {
        if facts.tables[table].location.is_some() {
            check_table(pack, facts, numbers, table, outcomes);
        }
    }
    all_zero(pack, facts, outcomes);
}

fn check_table(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], table: usize, outcomes: &mut Outcomes) {
    let mut blank = Vec::new();
    let mut not_counts = Vec::new();
    let mut uncomputed = Vec::new();
    let mut untidy = Vec::new();
    for (figure, fact) in facts.figures.iter().enumerate().filter(|(figure, _)| pack.figures[*figure].table == table) {
        match fact.value {
            Value::Blank | Value::Mark => blank.push(figure),
            Value::Unreadable(Why::Uncomputed) => uncomputed.push(figure),
            Value::Unreadable(Why::NotANumber | Why::ForeignUnit) => not_counts.push(figure),
            Value::Number(_) if numbers[figure].is_none() => not_counts.push(figure),
            Value::Number(_) | Value::Absent | Value::Unreadable(Why::Unplaced) => {}
        }
        if fact.untidy && numbers[figure].is_some() {
            untidy.push(figure);
        }
    }
    short_rows(pack, facts, table, outcomes);
    blank_cells(pack, facts, numbers, table, &blank, outcomes);
    for figure in not_counts.iter().copied() {
        outcomes.broken(not_a_count(pack, facts, figure));
    }
    if not_counts.is_empty() {
        outcomes.count(Outcome::Holds);
    }
    let told = |figure: &usize| facts.figures[*figure].location.is_some();
    uncomputed.retain(told);
    if uncomputed.len() > CELLS_TOLD_ONE_BY_ONE {
        outcomes.broken(many(pack, facts, table, &uncomputed, Fault::UncomputedFormula, "uncomputed-formulas"));
    } else {
        for &figure in &uncomputed {
            let message = Message::new("uncomputed-formula");
            outcomes.broken(one(pack, facts, figure, Fault::UncomputedFormula, message));
        }
    }
    if !untidy.is_empty() {
        outcomes.broken(many(pack, facts, table, &untidy, Fault::UntidyFigure, "untidy-figures"));
    }
}

/// A finding about one cell.
fn one(pack: &Pack, facts: &Facts<'_>, figure: usize, fault: Fault, message: Message) -> Finding {
    let fact = &facts.figures[figure];
    let of_form = &pack.figures[figure];
    let subject = Subject::Cell(of_form.id.clone());
    let mut finding = Finding::new(pack.core.rule(fault), subject, fact.location.clone(), message).at(&of_form.place);
    finding.found = (!fact.found.is_empty()).then(|| clipped(fact.found));
    finding
}

/// One finding about many cells of a table, at the first, the next ones labelled.
fn many(pack: &Pack, facts: &Facts<'_>, table: usize, figures: &[usize], fault: Fault, key: &'static str) -> Finding {
    let of_form = &pack.tables[table];
    let message = Message { key, arguments: vec![("count", figures.len().into())] };
    let location = facts.figures[figures[0]].location.clone();
    let subject = Subject::Table(of_form.id.clone());
    let mut finding = Finding::new(pack.core.rule(fault), subject, location, message).at(&of_form.name);
    let rest = figures.iter().skip(1).take(LABELS);
    let labels = rest.filter_map(|&figure| facts.figures[figure].location.clone());
    finding.labels = labels.map(|location| Label { location, message: Message::new("label.likewise") }).collect();
    finding.labels.dedup_by(|a, b| a.location == b.location);
    finding
}

fn not_a_count(pack: &Pack, facts: &Facts<'_>, figure: usize) -> Finding {
    let fact = &facts.figures[figure];
    let column = &pack.tables[pack.figures[figure].table].columns[pack.figures[figure].column];
    let message = match (&fact.value, column.value) {
        (Value::Unreadable(Why::ForeignUnit), _) => {
            Message::new("not-a-count.unit").with("unit", column.unit.clone().unwrap_or_default())
        }
        (_, ValueKind::Count) => Message::new("not-a-count.count"),
        (_, ValueKind::Amount) => Message::new("not-a-count.amount"),
    };
    one(pack, facts, figure, Fault::NotACount, message.with("found", clipped(fact.found)))
}

/// Rows with too few or too many figures to tell which is which.
fn short_rows(pack: &Pack, facts: &Facts<'_>, table: usize, outcomes: &mut Outcomes) {
    let of_form = &pack.tables[table];
    let rows = facts.tables[table].rows.iter().enumerate();
    let short: Vec<(usize, usize)> = rows.filter_map(|(row, facts)| facts.figures_found.map(|n| (row, n))).collect();
    if short.is_empty() {
        outcomes.count(Outcome::Holds);
        return;
    }
    let rule = pack.core.rule(Fault::MissingCell);
    let due = |row: usize| of_form.width(of_form.block_of(row));
    if short.len() > CELLS_TOLD_ONE_BY_ONE {
        let (first, found) = short[0];
        let message =
            Message::new("missing-cells").with("rows", short.len()).with("due", due(first)).with("found", found);
        let subject = Subject::Table(of_form.id.clone());
        let location = facts.tables[table].rows[first].location.clone();
        outcomes.broken(Finding::new(rule, subject, location, message).at(&of_form.name));
        return;
    }
    for (row, found) in short {
        let message = Message::new("missing-cell").with("due", due(row)).with("found", found);
        let subject = Subject::Row(format!("{}.{}", of_form.id, of_form.rows[row].id));
        let location = facts.tables[table].rows[row].location.clone();
        let place = if of_form.block_of(row).side_by_side {
            of_form.name.clone()
        } else {
            format!("{} · {}", of_form.name, of_form.rows[row].place)
        };
        outcomes.broken(Finding::new(rule, subject, location, message).at(place));
    }
}

/// Blank cells: warnings, unless a sum cannot hold with 0 in their place.
fn blank_cells(
    pack: &Pack,
    facts: &Facts<'_>,
    numbers: &[Option<Decimal>],
    table: usize,
    blank: &[usize],
    outcomes: &mut Outcomes,
) {
    if blank.is_empty() {
        outcomes.count(Outcome::Holds);
        return;
    }
    let mut certain = Vec::new();
    for (figure, expected) in determined(pack, facts, numbers, blank) {
        let message = Message::new("blank-cell.expected").with("expected", expected.normalize().to_string());
        let mut finding = one(pack, facts, figure, Fault::BlankCell, message);
        finding.severity = Severity::Error;
        finding.expected = Some(expected.normalize().to_string());
        outcomes.broken(finding);
        certain.push(figure);
    }
    let rest: Vec<usize> = blank.iter().copied().filter(|figure| !certain.contains(figure)).collect();
    if rest.len() > CELLS_TOLD_ONE_BY_ONE {
        outcomes.broken(many(pack, facts, table, &rest, Fault::BlankCell, "blank-cells"));
        return;
    }
    for figure in rest {
        let fact = &facts.figures[figure];
        let message = match fact.value {
            Value::Mark => Message::new("blank-cell.mark").with("found", fact.found),
            _ => Message::new("blank-cell"),
        };
        outcomes.broken(one(pack, facts, figure, Fault::BlankCell, message));
    }
}

/// Blank cells that cannot be 0: the only blank of a sum that does not hold with 0 there, with the one figure all such
/// sums want. Where they want different ones nothing is said: another figure is wrong.
fn determined(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], blank: &[usize]) -> Vec<(usize, Decimal)> {
    let mut zeroed = numbers.to_vec();
    for &figure in blank {
        zeroed[figure] = Some(Decimal::ZERO);
    }
    let mut wanted: Vec<(usize, Option<Decimal>)> = Vec::new();
    for sum in pack.sums.iter().filter(|sum| applies(sum, facts)) {
        let sides = [(&sum.left, Decimal::ONE), (&sum.right, Decimal::NEGATIVE_ONE)];
        let terms = sides.iter().flat_map(|(side, sign)| {
            side.iter()
                .flat_map(move |addend| figures_of(addend, facts).map(move |figure| (figure, addend.factor() * sign)))
        });
        let mut blanks = terms.filter(|(figure, _)| blank.contains(figure));
        let (Some((figure, factor)), None) = (blanks.next(), blanks.next()) else { continue };
        let Some((left, right)) = evaluate(sum, facts, &zeroed) else { continue };
        if factor.is_zero() {
            continue;
        }
        let value = if holds(sum, left, right) { Some(Decimal::ZERO) } else { (right - left).checked_div(factor) };
        let value = value.filter(|value| !value.is_sign_negative() || value.is_zero());
        match wanted.iter_mut().find(|(known, _)| *known == figure) {
            Some((_, known)) if *known != value => *known = None,
            Some(_) => {}
            None => wanted.push((figure, value)),
        }
    }
    wanted.into_iter().filter_map(|(figure, value)| value.filter(|v| !v.is_zero()).map(|v| (figure, v))).collect()
}

/// Every figure of the report is 0: possible, and worth a question.
fn all_zero(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes) {
    let is_whole = facts.tables.iter().all(|table| table.location.is_some());
    let mut numbers = facts.figures.iter().filter_map(crate::facts::Fact::number).peekable();
    if !is_whole || numbers.peek().is_none() || !numbers.all(|number| number.is_zero()) {
        outcomes.count(Outcome::Holds);
        return;
    }
    let first = facts.tables.iter().find_map(|table| table.location.clone());
    let message = Message::new("all-figures-are-zero");
    outcomes.broken(Finding::new(pack.core.rule(Fault::AllFiguresAreZero), Subject::Report, first, message));
}
