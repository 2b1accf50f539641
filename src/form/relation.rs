//! Sums as formulas of cells.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::Decimal;

use super::plan::{Linear, LinearComparison, Relation};
use crate::pack::{Comparison, Condition, Pack, ValueKind};

/// Decimals that a cell holds as floats are compared to so many places.
const PLACES: u32 = 6;

/// Where the figures stand.
#[derive(Debug)]
pub(super) struct Cells<'p> {
    pub pack: &'p Pack,
    /// The names of the sheets.
    pub sheets: Vec<String>,
    /// Of each figure that is printed: the sheet, the row, the column.
    pub places: BTreeMap<usize, (usize, u32, u16)>,
}

impl Cells<'_> {
    /// The cells of figures, those in a row or column as one area: `C5:H5,K5`. With the sheet, but on `own`.
    pub fn areas(&self, figures: impl Iterator<Item = usize>, own: Option<usize>) -> Vec<String> {
        let mut areas: Vec<Area> = Vec::new();
        for figure in figures {
            let place = self.places[&figure];
            if !areas.last_mut().is_some_and(|area| area.takes(place)) {
                areas.push(Area { sheet: place.0, first: (place.1, place.2), last: (place.1, place.2) });
            }
        }
        areas.into_iter().map(|area| self.named(&area, own)).collect()
    }

    fn named(&self, area: &Area, own: Option<usize>) -> String {
        let mut name = String::new();
        if own != Some(area.sheet) {
            let _ = write!(name, "{}!", quoted(&self.sheets[area.sheet]));
        }
        name.push_str(&address(area.first));
        if area.first != area.last {
            let _ = write!(name, ":{}", address(area.last));
        }
        name
    }

    fn kind(&self, figure: usize) -> ValueKind {
        self.pack.figures[figure].value
    }

    /// What a side comes to.
    pub fn sum(&self, side: &Linear, own: Option<usize>) -> String {
        let mut by_factor: Vec<(Decimal, Vec<usize>)> = Vec::new();
        let mut text = String::new();
        for &(figure, factor) in &side.terms {
            if self.kind(figure) == ValueKind::YesNo {
                let cell = &self.areas(std::iter::once(figure), own)[0];
                let yes = self.pack.core.yes_no.yes.first().map_or("", String::as_str);
                text.push_str(&times(factor, &format!("IF({cell}=\"{yes}\",1,0)")));
                continue;
            }
            match by_factor.iter_mut().find(|(known, _)| *known == factor) {
                Some((_, figures)) => figures.push(figure),
                None => by_factor.push((factor, vec![figure])),
            }
        }
        for (factor, figures) in by_factor {
            let areas = self.areas(figures.into_iter(), own);
            text.push_str(&times(factor, &format!("SUM({})", areas.join(","))));
        }
        if !side.constant.is_zero() || text.is_empty() {
            let sign = if side.constant.is_sign_negative() { '-' } else { '+' };
            let _ = write!(text, "{sign}{}", side.constant.abs().normalize());
        }
        text.trim_start_matches('+').to_owned()
    }

    /// Whether its formulas are none that a program refuses: with more than 255 arguments, or longer than 8,192 signs.
    pub fn takes(&self, relation: &Relation<'_>) -> bool {
        const ARGUMENTS: usize = 200;
        const LENGTH: usize = 7000;
        let areas = [&relation.left, &relation.right].map(|side| self.areas(side.figures(), None).len());
        let mut signs = [&relation.left, &relation.right].map(|side| self.sum(side, None).chars().count()).to_vec();
        signs.extend(self.is_filled(relation, None).map(|text| text.chars().count()));
        signs.extend(relation.condition.as_ref().map(|condition| self.condition(condition, None).chars().count()));
        areas.iter().sum::<usize>() <= ARGUMENTS && signs.iter().sum::<usize>() <= LENGTH
    }

    /// Whether enough is filled in for a sum to be judged; none where nothing is needed.
    pub fn is_filled(&self, relation: &Relation<'_>, own: Option<usize>) -> Option<String> {
        let mut guards = Vec::new();
        if relation.takes_blanks() {
            // Blank cells are 0 there, but a side with nothing in it yet is still to come.
            for side in [&relation.left, &relation.right].into_iter().filter(|side| !side.terms.is_empty()) {
                guards.push(format!("{}>0", self.count(side.figures(), own)));
            }
        } else {
            let figures = relation.needed();
            if !figures.is_empty() {
                let all = figures.len();
                guards.push(format!("{}={all}", self.count(figures.into_iter(), own)));
            }
        }
        joined("AND", guards)
    }

    /// How many of the figures stand there.
    pub fn count(&self, figures: impl Iterator<Item = usize>, own: Option<usize>) -> String {
        let (answers, numbers): (Vec<usize>, Vec<usize>) =
            figures.partition(|&figure| self.kind(figure) == ValueKind::YesNo);
        let counted = [("COUNT", numbers), ("COUNTA", answers)].into_iter().filter(|(_, figures)| !figures.is_empty());
        let counted: Vec<String> = counted
            .map(|(function, figures)| format!("{function}({})", self.areas(figures.into_iter(), own).join(",")))
            .collect();
        counted.join("+")
    }

    /// Whether a condition is met.
    pub fn condition(&self, condition: &Condition<LinearComparison>, own: Option<usize>) -> String {
        let all = |parts: &[Condition<LinearComparison>]| parts.iter().map(|part| self.condition(part, own)).collect();
        match condition {
            Condition::All(parts) => joined("AND", all(parts)).unwrap_or_else(|| "TRUE".to_owned()),
            Condition::Any(parts) => joined("OR", all(parts)).unwrap_or_else(|| "FALSE".to_owned()),
            Condition::Not(part) => format!("NOT({})", self.condition(part, own)),
            Condition::Compared(LinearComparison { left, comparison, right }) => {
                let (left, right) = (self.sum(left, own), self.sum(right, own));
                compared(&difference(&left, &right), *comparison, Decimal::ZERO)
            }
        }
    }
}

/// Whether two numbers compare so, by what is left of one without the other.
pub(super) fn compared(difference: &str, comparison: Comparison, tolerance: Decimal) -> String {
    let tolerance = tolerance.normalize();
    match comparison {
        Comparison::Equal => format!("ABS({difference})<={tolerance}"),
        Comparison::NotEqual => format!("ABS({difference})>{tolerance}"),
        Comparison::AtMost => format!("{difference}<={tolerance}"),
        Comparison::AtLeast => format!("{difference}>=-{tolerance}"),
        Comparison::Less => format!("{difference}<-{tolerance}"),
        Comparison::More => format!("{difference}>{tolerance}"),
    }
}

/// What is left of one number without another.
pub(super) fn difference(left: &str, right: &str) -> String {
    format!("ROUND({left}-({right}),{PLACES})")
}

/// A name of a sheet within a formula.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// C12, for the row 11 and the column 2.
pub(super) fn address((row, column): (u32, u16)) -> String {
    let mut letters = Vec::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).expect("below 26")));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Cells beside or below each other.
struct Area {
    sheet: usize,
    first: (u32, u16),
    last: (u32, u16),
}

impl Area {
    /// Takes the next cell in, where it goes on in the same row or column.
    fn takes(&mut self, (sheet, row, column): (usize, u32, u16)) -> bool {
        let (first, last) = (self.first, self.last);
        let goes_right = row == last.0 && first.0 == last.0 && column == last.1 + 1;
        let goes_down = column == last.1 && first.1 == last.1 && row == last.0 + 1;
        let does = sheet == self.sheet && (goes_right || goes_down);
        if does {
            self.last = (row, column);
        }
        does
    }
}

fn times(factor: Decimal, text: &str) -> String {
    let sign = if factor.is_sign_negative() { '-' } else { '+' };
    match factor.abs().normalize() {
        by if by == Decimal::ONE => format!("{sign}{text}"),
        by => format!("{sign}{by}*{text}"),
    }
}

/// Several conditions as one.
fn joined(function: &str, parts: Vec<String>) -> Option<String> {
    match &parts[..] {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("{function}({})", several.join(","))),
    }
}
