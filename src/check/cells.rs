//! Single cells: blank ones, ones that are no count, and ones nobody can tell apart.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::outcomes::{Outcome, Outcomes};
use crate::document::Location;
use crate::facts::{Facts, Unplaced, Value, Why};
use crate::finding::{Finding, Label, Subject, clipped};
use crate::message::{Argument, Message};
use crate::pack::{Fault, Pack, Severity, ValueKind};
use crate::squeeze::Squeezed;

/// More cells than this with one fault in one table are one finding.
const CELLS_TOLD_ONE_BY_ONE: usize = 5;
/// A finding about many cells labels so many of them.
const LABELS: usize = 4;

/// `settled` are figures that could not be read, with what the sums say they are.
pub(super) fn check(
    pack: &Pack,
    facts: &Facts<'_>,
    numbers: &[Option<Decimal>],
    settled: &[(usize, Decimal)],
    outcomes: &mut Outcomes<'_>,
) {
    let cells = Cells { pack, facts, numbers, settled };
    for table in 0..pack.tables.len() {
        if facts.tables[table].location.is_some() {
            cells.check_table(table, outcomes);
        }
    }
    all_zero(pack, facts, outcomes);
}

struct Cells<'a, 'd> {
    pack: &'a Pack,
    facts: &'a Facts<'d>,
    numbers: &'a [Option<Decimal>],
    settled: &'a [(usize, Decimal)],
}

impl Cells<'_, '_> {
    fn check_table(&self, table: usize, outcomes: &mut Outcomes<'_>) {
        let Self { pack, facts, numbers, .. } = *self;
        let mut blank = Vec::new();
        let mut not_counts = Vec::new();
        let mut uncomputed = Vec::new();
        let mut untidy = Vec::new();
        let mut converted = Vec::new();
        let mut merged = Vec::new();
        for figure in pack.figures_of(table) {
            let fact = &facts.figures[figure];
            match fact.value {
                Value::Blank | Value::Mark if pack.figures[figure].is_optional => {}
                // What the form has a sign for is filled in.
                Value::Mark if pack.mark(&Squeezed::new(&fact.found).text).is_some() => {}
                Value::Blank | Value::Mark => blank.push(figure),
                Value::Unreadable(Why::Uncomputed) => uncomputed.push(figure),
                Value::Unreadable(Why::Merged) => merged.push(figure),
                Value::Unreadable(Why::NotANumber | Why::Parts | Why::OtherUnit) => not_counts.push(figure),
                Value::Number(_) if numbers[figure].is_none() => not_counts.push(figure),
                Value::Number(_) | Value::Text | Value::Absent | Value::Unreadable(Why::Unplaced) => {}
            }
            if fact.untidy && numbers[figure].is_some() {
                untidy.push(figure);
            }
            if fact.other_unit.is_some() {
                converted.push(figure);
            }
        }
        self.merged_cells(table, &merged, outcomes);
        self.short_rows(table, outcomes);
        self.blank_cells(table, &blank, outcomes);
        for figure in not_counts.iter().copied() {
            outcomes.broken(self.suggesting(figure, not_a_count(pack, facts, figure)));
        }
        if not_counts.is_empty() {
            outcomes.count_of(Fault::NotACount, Outcome::Holds);
        }
        uncomputed.retain(|figure| facts.figures[*figure].location.is_some());
        if uncomputed.len() > CELLS_TOLD_ONE_BY_ONE {
            outcomes.broken(many(pack, facts, table, &uncomputed, Fault::UncomputedFormula, "uncomputed-formulas"));
        } else {
            for &figure in &uncomputed {
                let message = Message::new("uncomputed-formula");
                let finding = one(pack, facts, figure, Fault::UncomputedFormula, message);
                outcomes.broken(self.suggesting(figure, finding));
            }
        }
        for figure in converted {
            outcomes.broken(other_unit(pack, facts, figure));
        }
        if !untidy.is_empty() {
            outcomes.broken(many(pack, facts, table, &untidy, Fault::UntidyFigure, "untidy-figures"));
        }
    }

    /// Blank cells: warnings, unless the sums say that 0 is not what is expected.
    fn blank_cells(&self, table: usize, blank: &[usize], outcomes: &mut Outcomes<'_>) {
        let Self { pack, facts, .. } = *self;
        if blank.is_empty() {
            outcomes.count_of(Fault::BlankCell, Outcome::Holds);
            return;
        }
        let is_due = |figure: &usize| self.expected(*figure).is_some_and(|expected| !expected.is_zero());
        let (certain, rest): (Vec<usize>, Vec<usize>) = blank.iter().partition(|figure| is_due(figure));
        if certain.len() > CELLS_TOLD_ONE_BY_ONE {
            outcomes.broken(self.many_due(table, &certain));
        } else {
            for figure in certain {
                let expected = self.expected(figure).unwrap_or_default();
                let message = Message::new("blank-cell.expected").with("expected", expected.to_string());
                let mut finding = one(pack, facts, figure, Fault::BlankCell, message);
                finding.severity = Severity::Error;
                finding.expected = Some(expected.to_string());
                outcomes.broken(finding);
            }
        }
        let may_be_moved = |figure: usize| facts.tables[table].rows[pack.figures[figure].row].may_be_moved;
        let (moved, rest): (Vec<usize>, Vec<usize>) = rest.into_iter().partition(|&figure| may_be_moved(figure));
        for figure in moved {
            let finding = one(pack, facts, figure, Fault::BlankCell, Message::new("blank-cell.moved"));
            // A row that was not read never passes.
            outcomes.broken(Finding { severity: Severity::Error, ..finding });
        }
        if rest.len() > CELLS_TOLD_ONE_BY_ONE {
            outcomes.broken(many(pack, facts, table, &rest, Fault::BlankCell, "blank-cells"));
            return;
        }
        for figure in rest {
            let fact = &facts.figures[figure];
            let message = match (&fact.value, pack.figures[figure].value) {
                (_, ValueKind::Text) => Message::new("blank-cell.words"),
                (_, ValueKind::YesNo) => Message::new("blank-cell.yes-no"),
                (Value::Mark, _) => Message::new("blank-cell.mark").with("found", &*fact.found),
                _ => Message::new("blank-cell"),
            };
            outcomes.broken(one(pack, facts, figure, Fault::BlankCell, message));
        }
    }

    /// One finding about many blank cells that should hold a figure, each labelled with it.
    fn many_due(&self, table: usize, figures: &[usize]) -> Finding {
        let mut finding = many(self.pack, self.facts, table, figures, Fault::BlankCell, "blank-cells.expected");
        finding.severity = Severity::Error;
        let labels = figures.iter().filter_map(|&figure| {
            let expected = self.expected(figure)?.to_string();
            let message = Message::new("label.expected").with("expected", expected);
            Some(Label::new(self.facts.figures[figure].location.clone()?, message))
        });
        finding.labels = labels.collect();
        finding
    }

    /// Figures in cells that are merged over several rows: one finding for all of the same rows.
    fn merged_cells(&self, table: usize, figures: &[usize], outcomes: &mut Outcomes<'_>) {
        let Self { pack, facts, .. } = *self;
        let of_form = &pack.tables[table];
        let mut cells: BTreeMap<&Location, Vec<usize>> = BTreeMap::new();
        for &figure in figures {
            if let Some(location) = &facts.figures[figure].location {
                cells.entry(location).or_default().push(figure);
            }
        }
        let cells: Vec<(&Location, Vec<usize>)> = cells.into_iter().collect();
        let rows = |figures: &[usize]| -> Vec<usize> { figures.iter().map(|&own| pack.figures[own].row).collect() };
        for same_rows in cells.chunk_by(|(_, one), (_, next)| rows(one) == rows(next)) {
            let (location, figures) = &same_rows[0];
            let rows = rows(figures);
            let places = rows.iter().map(|&row| of_form.rows[row].place.as_str().into()).collect();
            let message = Message::new(if same_rows.len() > 1 { "merged-cells" } else { "merged-cell" });
            let message = message.with("count", same_rows.len()).with("rows", Argument::List(places));
            let message = message.with("found", clipped(&facts.figures[figures[0]].found));
            let subject = Subject::Row(format!("{}.{}", of_form.id, of_form.rows[rows[0]].id));
            let rule = pack.core.rule(Fault::MissingCell);
            let mut finding = Finding::new(rule, subject, Some((*location).clone()), message).at(&of_form.name);
            let further = same_rows.iter().skip(1).take(LABELS);
            let likewise =
                |(location, _): &(&Location, _)| Label::new((*location).clone(), Message::new("label.likewise"));
            finding.labels = further.map(likewise).collect();
            let settled = same_rows.iter().flat_map(|(_, figures)| figures).filter_map(|&figure| {
                let expected = self.expected(figure)?.to_string();
                let note = Message::new("note.expected-at").with("expected", expected);
                Some(note.with("place", pack.figures[figure].place.as_str()))
            });
            finding.notes = settled.take(LABELS).collect();
            outcomes.broken(finding);
        }
    }

    /// Rows with too few or too many figures to tell which is which.
    fn short_rows(&self, table: usize, outcomes: &mut Outcomes<'_>) {
        let Self { pack, facts, .. } = *self;
        let of_form = &pack.tables[table];
        let rows = facts.tables[table].rows.iter().enumerate();
        let short: Vec<(usize, &Unplaced)> =
            rows.filter_map(|(row, facts)| Some((row, facts.unplaced.as_ref()?))).collect();
        if short.is_empty() {
            outcomes.count_of(Fault::MissingCell, Outcome::Holds);
            return;
        }
        let rule = pack.core.rule(Fault::MissingCell);
        let expected = |row: usize| of_form.width(of_form.block_of(row));
        if short.len() > CELLS_TOLD_ONE_BY_ONE {
            let (first, unplaced) = short[0];
            let message = match unplaced {
                Unplaced::Count(found) => {
                    Message::new("missing-cells").with("expected", expected(first)).with("found", *found)
                }
                Unplaced::Shuffled => Message::new("missing-cells.shuffled"),
                Unplaced::Twice(_) => Message::new("missing-cells.twice"),
            };
            let message = message.with("rows", short.len());
            let subject = Subject::Table(of_form.id.clone());
            let location = facts.tables[table].rows[first].location.clone();
            outcomes.broken(Finding::new(rule, subject, location, message).at(&of_form.name));
            return;
        }
        for (row, unplaced) in short {
            let message = match unplaced {
                Unplaced::Count(found) => {
                    Message::new("missing-cell").with("expected", expected(row)).with("found", *found)
                }
                Unplaced::Shuffled => Message::new("missing-cell.shuffled"),
                Unplaced::Twice(_) => Message::new("missing-cell.twice"),
            };
            let subject = Subject::Row(format!("{}.{}", of_form.id, of_form.rows[row].id));
            let location = facts.tables[table].rows[row].location.clone();
            let place = if of_form.block_of(row).side_by_side {
                of_form.name.clone()
            } else {
                format!("{} · {}", of_form.name, of_form.rows[row].place)
            };
            let mut finding = Finding::new(rule, subject, location, message).at(place);
            if let Unplaced::Twice(again) = unplaced {
                finding.labels.push(Label::new(again.clone(), Message::new("label.again")));
            }
            finding.notes.extend(self.expected_row(table, row));
            outcomes.broken(finding);
        }
    }

    /// What the sums say the figures of a row are, if they say it of all.
    fn expected_row(&self, table: usize, row: usize) -> Option<Message> {
        let of_form = &self.pack.tables[table];
        let first = of_form.rows[row].figures?;
        let figures = first..first + of_form.block_of(row).columns.len();
        let expected: Option<Vec<Argument>> =
            figures.map(|figure| Some(self.expected(figure)?.to_string().into())).collect();
        Some(Message::new("note.expected-row").with("figures", Argument::List(expected?)))
    }

    /// What the sums say a figure is that could not be read.
    fn expected(&self, figure: usize) -> Option<Decimal> {
        self.settled.iter().find(|settled| settled.0 == figure).map(|settled| settled.1)
    }

    /// The finding with what the sums say the figure is, if they do.
    fn suggesting(&self, figure: usize, mut finding: Finding) -> Finding {
        if let Some(expected) = self.expected(figure) {
            finding.expected = Some(expected.to_string());
            finding.notes.push(Message::new("note.expected").with("expected", expected.to_string()));
        }
        finding
    }
}

/// A finding about one cell.
fn one(pack: &Pack, facts: &Facts<'_>, figure: usize, fault: Fault, message: Message) -> Finding {
    let fact = &facts.figures[figure];
    let of_form = &pack.figures[figure];
    let subject = Subject::Cell(of_form.id.clone());
    let mut finding = Finding::new(pack.core.rule(fault), subject, fact.location.clone(), message).at(&of_form.place);
    finding.found = (!fact.found.is_empty()).then(|| clipped(&fact.found));
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
    finding.labels = labels.map(|location| Label::new(location, Message::new("label.likewise"))).collect();
    finding.labels.dedup_by(|a, b| a.location == b.location);
    finding
}

/// An amount in another unit than the form's, which has been converted.
fn other_unit(pack: &Pack, facts: &Facts<'_>, figure: usize) -> Finding {
    let fact = &facts.figures[figure];
    let value = fact.number().unwrap_or_default().normalize().to_string();
    let message = Message::new("foreign-unit")
        .with("unit", fact.other_unit.unwrap_or_default())
        .with("expected", pack.figures[figure].unit.clone().unwrap_or_default())
        .with("value", value.as_str());
    let mut finding = one(pack, facts, figure, Fault::OtherUnit, message);
    finding.expected = Some(value);
    finding
}

fn not_a_count(pack: &Pack, facts: &Facts<'_>, figure: usize) -> Finding {
    let fact = &facts.figures[figure];
    let of_form = &pack.figures[figure];
    let message = match (&fact.value, of_form.value) {
        (Value::Unreadable(Why::OtherUnit), _) if of_form.unit.is_some() => {
            Message::new("not-a-count.unit").with("unit", of_form.unit.clone().unwrap_or_default())
        }
        (_, ValueKind::Count) => Message::new("not-a-count.count"),
        (_, ValueKind::Integer) => Message::new("not-a-count.integer"),
        (_, ValueKind::Amount) => Message::new("not-a-count.amount"),
        (_, ValueKind::YesNo) => Message::new("not-a-count.yes-no"),
        (_, ValueKind::Date | ValueKind::MonthFirst | ValueKind::DayFirst) => Message::new("not-a-count.date"),
        (_, ValueKind::Decimal | ValueKind::Percent | ValueKind::Text) => Message::new("not-a-count.decimal"),
    };
    one(pack, facts, figure, Fault::NotACount, message.with("found", clipped(&fact.found)))
}

/// The form as it was handed out: its tables are there, and no cell of them holds a figure or anything else.
pub(super) fn nothing_filled_in(pack: &Pack, facts: &Facts<'_>) -> Option<Finding> {
    let first = facts.tables.iter().find_map(|table| table.location.clone())?;
    let mut blank = 0_usize;
    for (fact, figure) in facts.figures.iter().zip(&pack.figures) {
        // Names and answers may have been filled in before the form was handed out.
        if !figure.value.is_number() {
            continue;
        }
        let row = &facts.tables[figure.table].rows[figure.row];
        // Nothing shows that a row without a label is there, as long as its cells are blank.
        let is_unseen = pack.tables[figure.table].block_of(figure.row).side_by_side
            && facts.tables[figure.table].location.is_some();
        match fact.value {
            Value::Absent => blank += usize::from(is_unseen),
            Value::Blank => blank += 1,
            Value::Unreadable(Why::Unplaced) if row.unplaced == Some(Unplaced::Count(0)) => blank += 1,
            Value::Number(_) | Value::Text | Value::Mark | Value::Unreadable(_) => return None,
        }
    }
    let rule = pack.core.rule(Fault::NothingFilledIn);
    let message = Message::new("nothing-filled-in").with("count", blank);
    (blank > 0).then(|| Finding::new(rule, Subject::Report, Some(first), message))
}

/// Every figure of the report is 0: possible, and worth a question.
fn all_zero(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes<'_>) {
    let is_whole = facts.tables.iter().all(|table| table.location.is_some());
    let mut numbers = facts.figures.iter().filter_map(crate::facts::Fact::number).peekable();
    if !is_whole || numbers.peek().is_none() || !numbers.all(|number| number.is_zero()) {
        outcomes.count_of(Fault::AllFiguresAreZero, Outcome::Holds);
        return;
    }
    let first = facts.tables.iter().find_map(|table| table.location.clone());
    let message = Message::new("all-figures-are-zero");
    outcomes.broken(Finding::new(pack.core.rule(Fault::AllFiguresAreZero), Subject::Report, first, message));
}
