//! Each paragraph of a report judged: its numbers against the figures and each other, and what its patterns find.

use std::ops::Range;

use super::super::outcomes::{Outcome, Outcomes};
use super::claims::Claims;
use super::figures::Said;
use super::judged::{Judged, agreed};
use super::readings::Readings;
use super::sums;
use crate::evaluate::Figures;
use crate::facts::Title;
use crate::finding::Finding;
use crate::localize::Cause;
use crate::prose::Paragraph;

pub(in super::super) fn check(
    figures: Figures<'_, '_>,
    text: &[Paragraph<'_, '_>],
    causes: &[Cause],
    outcomes: &mut Outcomes<'_>,
) {
    for judged in judge(figures, text, causes).into_iter().flatten() {
        match judged.finding.filter(|finding| !is_reported(finding, outcomes)) {
            Some(finding) => outcomes.broken(finding),
            None => outcomes.count(judged.outcome),
        }
    }
}

/// How the numbers of each paragraph fared. One number may be judged as a figure, as the total of a list, and as a rate.
pub(in super::super) fn judge(
    figures: Figures<'_, '_>,
    text: &[Paragraph<'_, '_>],
    causes: &[Cause],
) -> Vec<Vec<Judged>> {
    let Figures { pack, facts, levels, .. } = figures;
    let Some(title) = facts.titles.first() else { return Vec::new() };
    let readings = Readings::new(figures, causes);
    let said = |paragraph| Said { pack, readings: &readings, levels, paragraph };
    text.iter().map(|paragraph| judge_paragraph(&said(paragraph), title)).collect()
}

fn judge_paragraph(said: &Said<'_, '_>, title: &Title) -> Vec<Judged> {
    let mut all = Claims::new(said.pack, said.readings, title, said.paragraph).judge(said.levels);
    let own = said.judge();
    // Words that state a number are longer in one way of reading than in the other.
    let is_words = |at: &Range<usize>| !said.text()[at.start..].starts_with(|c: char| c.is_ascii_digit());
    all.retain(|old| {
        !own.iter().any(|new| new.outcome == Outcome::Broken && is_words(&new.at) && overlap(&new.at, &old.at))
    });
    all.extend(own);
    let mut all = agreed(all);
    let lists = sums::lists(&said.paragraph.records);
    all.extend(said.judge_lists(&lists, &all));
    all.extend(said.judge_rates(&lists));
    all
}

/// Whether a finding of the same kind is at the same place.
fn is_reported(finding: &Finding, outcomes: &Outcomes<'_>) -> bool {
    outcomes.findings.iter().any(|other| other.rule.kind == finding.rule.kind && other.location == finding.location)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
