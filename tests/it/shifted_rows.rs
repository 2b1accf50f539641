//! A row whose figures are all in other columns than theirs is one mistake: one finding, with what each figure should be.

use crate::converted::written;
use crate::support::{Rng, pack};
use gouji::Checker;
use gouji::internal::pack::Severity;

const FIGURES: usize = 7;

/// What is found where one row of table three is changed: every finding above advice, and how many of the figures that the
/// first one names are named with their right value.
fn found(seed: u64, change: impl Fn(&mut [String])) -> (Vec<String>, usize, usize) {
    let (truth, text) = written(seed, |rows| {
        if rows.len() > 20 {
            let at = 3 + Rng::new(seed).below(rows.len() - 6);
            let first = rows[at].len() - FIGURES;
            change(&mut rows[at][first..]);
        }
    });
    let checked = Checker::default().check("r.md", text.as_bytes());
    let findings = &checked.first().report.findings;
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
    let named = errors.iter().find_map(|finding| finding.suspects.first());
    let is_right = |cell: &str, expected: Option<&String>| {
        let at = pack().figures.iter().position(|figure| figure.id == cell);
        at.is_some_and(|at| expected == Some(&truth[at]))
    };
    let named = named.map_or(&[][..], |named| named.as_slice());
    let right = named
        .iter()
        .filter(|suspect| is_right(&suspect.cell, suspect.expected.as_ref()) && suspect.reason == Some("row-shifted"));
    (
        errors.iter().map(|finding| format!("{} {:?}", finding.rule.name, finding.message)).collect(),
        named.len(),
        right.count(),
    )
}

#[test]
fn a_row_that_is_moved_on_is_one_finding_with_its_right_figures() {
    let mut wrong = String::new();
    for seed in 0..40 {
        let by = 1 + (seed % 5) as usize;
        // The six figures of applicants with their total right, or all seven.
        let width = if seed % 4 == 3 { FIGURES } else { FIGURES - 1 };
        let (errors, named, right) = found(seed, |figures| figures[..width].rotate_left(by));
        if !(errors.len() == 1 && named == right && named >= 3) {
            wrong += &format!("\n{seed}, by {by} of {width}: {right} of {named} right in {errors:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn figures_that_an_inserted_cell_moved_are_one_finding() {
    let mut wrong = String::new();
    for seed in 0..12 {
        let (errors, named, right) = found(seed, |figures| {
            figures.rotate_right(1);
            figures[0] = "0".to_owned();
        });
        if !(errors.len() == 1 && named == right && named >= 3) {
            wrong += &format!("\n{seed}: {right} of {named} right in {errors:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
