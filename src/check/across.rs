//! Sums that take in figures of other reports: of the year before, of the agencies below.

use rust_decimal::Decimal;

use super::{Outcome, Outcomes};
use crate::evaluate::{Figures, Verdict};
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::{Comparison, Sum, Whose};

/// Puts every such sum to the figures. What lacks a figure is not evaluated.
pub(super) fn check(figures: Figures<'_, '_>, outcomes: &mut Outcomes) {
    for sum in &figures.pack.cross_sums {
        match figures.evaluate(sum) {
            Verdict::DoesNotApply => {}
            Verdict::Holds => outcomes.count(Outcome::Holds),
            Verdict::NotEvaluated | Verdict::Due(_) => outcomes.count(Outcome::NotEvaluated),
            Verdict::Broken(left, right) => outcomes.broken(finding(figures, sum, (left, right), None)),
        }
    }
}

/// At the first figure of the report itself: that of the other report has been published. In the rule's words, where nobody
/// knows better what to say.
pub fn finding(
    figures: Figures<'_, '_>,
    sum: &Sum,
    (left, right): (Decimal, Decimal),
    says: Option<Message>,
) -> Finding {
    let text = |side: Decimal| side.normalize().to_string();
    let own = sum.addends().filter(|addend| addend.whose == Whose::Own);
    let figure = own.flat_map(|addend| figures.facts.figures_of(addend)).next();
    let is_equation = sum.comparison == Comparison::Equal;
    let message = Message::new(key(sum))
        .with("left", text(left))
        .with("comparison", sum.comparison.opposite().symbol())
        .with("right", text(right))
        .with("says", says.map_or_else(|| Argument::from(&sum.rule.says), Argument::from));
    let location = figure.and_then(|figure| figures.facts.figures[figure].location.clone());
    let location = location.or_else(|| Some(figures.facts.start.clone()));
    let subject = figure.map_or(Subject::Report, |figure| Subject::Cell(figures.pack.figures[figure].id.clone()));
    let place = figure.map_or(&sum.place, |figure| &figures.pack.figures[figure].place);
    let mut finding = Finding::new(&sum.rule, subject, location, message).at(place);
    finding.severity = sum.severity;
    finding.found = figure.map(|figure| figures.facts.figures[figure].found.to_string());
    finding.expected = Some(text(right)).filter(|_| is_equation);
    finding.broken = vec![sum.id.clone()];
    finding
}

/// How it is said, by the reports that a sum takes in.
fn key(sum: &Sum) -> &'static str {
    match (sum.comparison, sum.takes_in.children) {
        (Comparison::Equal, false) => "across.last-year",
        (Comparison::Equal, true) => "across.organs-below",
        _ => "across",
    }
}
