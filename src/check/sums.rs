//! Equations and inequalities between figures.

use rust_decimal::Decimal;

use super::outcomes::{Outcome, Outcomes};
use crate::evaluate::{BrokenSum, Figures, Verdict};
use crate::finding::{Finding, Subject};
use crate::message::Message;
use crate::pack::{Severity, Sum};

/// Evaluates every sum. What is broken is kept for [`crate::localize`]; nothing is reported yet but sums that say what is likely only,
/// and figures that must be there.
pub(super) fn check(figures: Figures<'_, '_>, outcomes: &mut Outcomes<'_>) {
    let mut missing = Vec::new();
    for (index, sum) in figures.pack.sums().iter().enumerate() {
        let Some(severity) = figures.levels.of_sum(sum) else { continue };
        // Reported by itself, and no help in the search for the wrong figure.
        let is_advice = severity == Severity::Advice || sum.is_alone;
        match figures.evaluate(sum) {
            Verdict::DoesNotApply => {}
            Verdict::Holds => outcomes.count(Outcome::Holds),
            Verdict::Broken(left, right) if is_advice => {
                outcomes.broken(implausible(figures, sum, left, right));
            }
            Verdict::Broken(left, right) => {
                outcomes.count(Outcome::Broken);
                outcomes.sums.broken.push(BrokenSum { sum: index, left, right });
            }
            // What is only likely leaves nothing unverified.
            Verdict::NotEvaluated | Verdict::Lacks(_) if is_advice => {}
            Verdict::NotEvaluated => {
                outcomes.count(Outcome::NotEvaluated);
                outcomes.sums.not_evaluated.push(index);
            }
            Verdict::Lacks(lacking) => {
                outcomes.sums.not_evaluated.push(index);
                missing.extend(lacking.into_iter().map(|figure| (figure, index)));
                outcomes.count(Outcome::Broken);
            }
        }
    }
    // One figure is one finding, however many sums need it.
    missing.sort_unstable();
    missing.dedup_by_key(|missing| missing.0);
    let findings = missing.into_iter().map(|(figure, sum)| required(figures, figure, &figures.pack.sums()[sum]));
    outcomes.findings.extend(findings.filter_map(|finding| finding.weighed(figures.levels)));
}

/// A sum that need not hold and mostly does.
fn implausible(figures: Figures<'_, '_>, sum: &Sum, left: Decimal, right: Decimal) -> Finding {
    let first = sum.addends().flat_map(|addend| figures.facts.figures_of(addend)).next();
    let kind = first.map(|figure| figures.pack.figures[figure].value);
    let text = |side: Decimal| kind.map_or_else(|| side.normalize().to_string(), |kind| kind.written(side));
    let message = Message::new("implausible-figure")
        .with("says", &figures.pack.rule_of(sum).says)
        .with("left", text(left))
        .with("comparison", sum.comparison.opposite().symbol())
        .with("right", text(right));
    let location = first.and_then(|figure| figures.facts.figures[figure].location.clone());
    let subject = first.map_or(Subject::Report, |figure| Subject::Cell(figures.pack.figures[figure].id.clone()));
    let mut finding = Finding::new(figures.pack.rule_of(sum), subject, location, message);
    finding.place = first.map_or_else(|| sum.place.clone(), |figure| figures.pack.figures[figure].place.clone());
    finding.severity = sum.severity;
    finding.broken = vec![sum.id.clone()];
    finding
}

/// A figure without which a rule cannot be.
fn required(figures: Figures<'_, '_>, figure: usize, sum: &Sum) -> Finding {
    let of_form = &figures.pack.figures[figure];
    let message = Message::new("figure-required").with("says", &figures.pack.rule_of(sum).says);
    let own = figures.facts.figures[figure].location.clone();
    let table = &figures.facts.tables[of_form.table];
    let location = own.or_else(|| table.location.clone()).or_else(|| table.before.clone());
    let location = location.or_else(|| Some(figures.facts.start.clone()));
    let mut finding = Finding::new(figures.pack.rule_of(sum), Subject::Cell(of_form.id.clone()), location, message)
        .at(&of_form.place);
    finding.severity = sum.severity;
    finding.broken = vec![sum.id.clone()];
    finding
}
