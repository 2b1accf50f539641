//! Other evidence in the report for or against a value of a figure: numbers in the text, and the formulas of a
//! workbook.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::explanation::Reason;
use crate::document::Location;
use crate::evaluate::{BrokenSum, Evaluated, Figures};
use crate::pack::{Comparison, Sum};
use crate::prose::{Paragraph, Record, Says, only_figure};

/// The evidence in one report.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Figures that the text names, with the number it gives them.
    said: Vec<(usize, Decimal, Location)>,
    /// Figures whose formula shows that they are wrong.
    formulas: Vec<(usize, Reason)>,
    /// Figures that are the total of a sum.
    totals: Vec<usize>,
}

impl Evidence {
    /// What speaks for or against figures of the sums in `evaluated` that are broken.
    pub fn new(figures: Figures<'_, '_>, evaluated: &Evaluated, text: &[Paragraph<'_, '_>]) -> Self {
        let formulas = evaluated.broken.iter().filter_map(|broken| formula(figures, broken));
        let said = mentioned(figures).chain(counted(figures, text)).collect();
        Self { said, formulas: formulas.collect(), totals: totals(figures) }
    }

    /// Where the text says that `figure` is `number`.
    pub fn says(&self, figure: usize, number: Decimal) -> Option<&Location> {
        let said = self.said.iter().find(|said| said.0 == figure && said.1 == number);
        said.map(|(_, _, location)| location)
    }

    /// What is wrong with a figure by its own formula.
    pub fn formula(&self, figure: usize) -> Option<Reason> {
        self.formulas.iter().find(|formula| formula.0 == figure).map(|formula| formula.1)
    }

    /// Whether a sum says what the figure is.
    pub fn is_total(&self, figure: usize) -> bool {
        self.totals.binary_search(&figure).is_ok()
    }
}

/// Every number that the text gives a figure, by its words.
fn counted<'a>(
    figures: Figures<'a, '_>,
    text: &'a [Paragraph<'_, '_>],
) -> impl Iterator<Item = (usize, Decimal, Location)> + 'a {
    let Figures { pack, levels, .. } = figures;
    let is_judged = |record: &Record| record.rule(pack).is_some_and(|rule| !levels.is_off(&pack.rules()[rule]));
    text.iter().flat_map(move |paragraph| {
        let counts = paragraph
            .records
            .iter()
            .filter(move |record| record.says == Says::Count && record.is_certain(pack) && is_judged(record));
        counts.filter_map(move |record| {
            let figure = only_figure(record.readings(pack).first()?)?;
            Some((figure, record.value, paragraph.stretch.locate(record.at.clone())))
        })
    })
}

/// Every number that a sentence gives a figure, by a pattern.
fn mentioned<'a>(figures: Figures<'a, '_>) -> impl Iterator<Item = (usize, Decimal, Location)> + 'a {
    let Figures { pack, facts, levels, .. } = figures;
    let mentions = pack.mentions().iter().filter(|mention| !levels.is_off(&pack.rules()[mention.rule]));
    mentions.flat_map(move |mention| {
        let about = facts.text().filter(|prose| prose.is_about(pack, mention.rule));
        about.flat_map(move |prose| {
            mention.pattern.captures_iter(&prose.text.text).filter_map(move |sentence| {
                let number = sentence.name("number")?;
                let value = Decimal::from_str(number.as_str()).ok()?;
                Some((mention.figure, value, prose.locate(number.range())))
            })
        })
    })
}

/// What is wrong with the total of a broken sum by the formula in its cell: it adds up other cells than the sum's and
/// comes to what is printed there; or it adds up just these, and its result was not brought up to date.
fn formula(figures: Figures<'_, '_>, broken: &BrokenSum) -> Option<(usize, Reason)> {
    let Figures { pack, facts, numbers, .. } = figures;
    let sum = &pack.sums()[broken.sum];
    let total = sum.total()?;
    let Some(Location::Sheet { sheet, cell }) = &facts.figures[total.figure].location else { return None };
    let formula = facts.formulas.iter().find(|formula| formula.cell == *cell && formula.sheet == *sheet)?;
    let areas = formula.summed()?;
    let is_summed = |figure: &usize| match &facts.figures[*figure].location {
        Some(Location::Sheet { sheet: own, cell }) => own == sheet && areas.iter().any(|area| area.contains(*cell)),
        _ => false,
    };
    let own: Vec<usize> = (0..facts.figures.len()).filter(is_summed).collect();
    let mut required: Vec<usize> = sum.right.addends.iter().flat_map(|addend| facts.figures_of(addend)).collect();
    required.sort_unstable();
    if own == required {
        return Some((total.figure, Reason::FormulaNotRecalculated));
    }
    let comes_to: Option<Decimal> = own.iter().map(|&figure| numbers[figure]).sum();
    (comes_to == numbers[total.figure]).then_some((total.figure, Reason::FormulaOfOtherCells))
}

/// Figures that are alone on the left of an equation.
fn totals(figures: Figures<'_, '_>) -> Vec<usize> {
    let is_applied = |sum: &&Sum| {
        let is_equation = sum.comparison == Comparison::Equal && figures.levels.of_sum(sum).is_some();
        is_equation && figures.applies(sum) == Some(true)
    };
    let sums = figures.pack.sums().iter().filter(is_applied);
    let single = sums.filter_map(|sum| Some(sum.total().filter(|_| sum.right.addends.len() > 1)?.figure));
    let mut totals: Vec<usize> = single.collect();
    totals.sort_unstable();
    totals
}
