//! What else in the report speaks for one value of a figure or against it: numbers in the text, and a workbook's own
//! formulas.

use rust_decimal::Decimal;

use super::Reason;
use crate::document::Location;
use crate::facts::Facts;
use crate::pack::{Comparison, Pack};

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
    pub fn new(pack: &Pack, facts: &Facts<'_>, _numbers: &[Option<Decimal>]) -> Self {
        Self { said: Vec::new(), formulas: Vec::new(), totals: totals(pack, facts) }
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

/// Figures that stand alone on the left of an equation.
fn totals(pack: &Pack, facts: &Facts<'_>) -> Vec<usize> {
    let sums = pack.sums.iter().filter(|sum| sum.comparison == Comparison::Equal && facts.applies(sum));
    let single = sums.filter_map(|sum| match sum.left.as_slice() {
        [total] if sum.right.len() > 1 => Some(total.figure),
        _ => None,
    });
    let mut totals: Vec<usize> = single.collect();
    totals.sort_unstable();
    totals
}
