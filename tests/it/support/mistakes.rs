//! Mistakes in table three as people make them, with the truth beside them.

use std::collections::BTreeMap;

use gouji::internal::localize::{Explanation, Localized};
use rust_decimal::Decimal;

use super::Rng;
use super::figures::{COLUMNS, ROWS, index_of};

/// A class of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// So many figures, anywhere in the table, mistyped or misread.
    Wrong(usize),
    /// A figure in the next column, a 0 where it should be.
    MovedColumn,
    /// A figure in the next row, a 0 where it should be.
    MovedRow,
    /// Two figures side by side in each other's place.
    Swapped,
    /// A figure changed late, its totals left.
    LateChange,
}

/// Figures with a mistake in them.
#[derive(Debug)]
pub struct Spoilt {
    pub figures: Vec<String>,
    /// The wrong figures with what they should be.
    pub truth: BTreeMap<usize, Decimal>,
}

impl Mistake {
    pub const ALL: [Self; 12] = [
        Self::Wrong(0),
        Self::Wrong(1),
        Self::Wrong(2),
        Self::Wrong(3),
        Self::MovedColumn,
        Self::Swapped,
        Self::MovedRow,
        Self::LateChange,
        Self::Wrong(4),
        Self::Wrong(5),
        Self::Wrong(6),
        Self::Wrong(40),
    ];

    pub fn name(self) -> String {
        match self {
            Self::Wrong(0) => "no mistake".to_owned(),
            Self::Wrong(1) => "one figure".to_owned(),
            Self::Wrong(count) => format!("{count} figures"),
            Self::MovedColumn => "moved one column".to_owned(),
            Self::Swapped => "two columns swapped".to_owned(),
            Self::MovedRow => "moved one row".to_owned(),
            Self::LateChange => "late change, totals left".to_owned(),
        }
    }

    /// The shares to be reached, in percent: by the likeliest explanation, and by one of the first three.
    pub fn wanted(self) -> Option<(f64, f64)> {
        Some(match self {
            Self::Wrong(0 | 1) | Self::LateChange => (100.0, 100.0),
            Self::Wrong(2) => (99.5, 99.5),
            Self::Wrong(3) => (97.5, 97.5),
            Self::MovedColumn => (92.0, 99.5),
            Self::Swapped => (97.0, 97.0),
            Self::MovedRow => (77.0, 99.5),
            Self::Wrong(_) => return None,
        })
    }

    /// The figures with the mistake; none where these figures do not allow it.
    pub fn make(self, right: &[String], rng: &mut Rng) -> Option<Spoilt> {
        let mut figures = right.to_vec();
        match self {
            Self::Wrong(count) => wrong_figures(&mut figures, count, rng),
            Self::MovedColumn => {
                let (row, column) = (rng.below(25), rng.below(6));
                pair(&mut figures, cell(row, column), cell(row, column + 1), rng, false)?;
            }
            Self::Swapped => {
                let (row, column) = (rng.below(25), rng.below(6));
                pair(&mut figures, cell(row, column), cell(row, column + 1), rng, true)?;
            }
            Self::MovedRow => {
                let (row, column) = (rng.below(24), rng.below(7));
                pair(&mut figures, cell(row, column), cell(row + 1, column), rng, false)?;
            }
            Self::LateChange => return late_change(right, rng),
        }
        let truth = truth(right, &figures);
        (self == Self::Wrong(0) || !truth.is_empty()).then_some(Spoilt { figures, truth })
    }
}

fn truth(right: &[String], figures: &[String]) -> BTreeMap<usize, Decimal> {
    let number = |text: &String| text.parse::<Decimal>().expect("a number");
    let differs = |figure: &usize| right[*figure] != figures[*figure];
    (0..right.len()).filter(differs).map(|figure| (figure, number(&right[figure]))).collect()
}

/// A figure of table three by its row and column as printed.
pub fn cell(row: usize, column: usize) -> usize {
    let rows = ["received", "carried_in"].into_iter().chain(ROWS).chain(["concluded", "carried_out"]);
    let row = rows.into_iter().nth(row).expect("25 rows");
    let column = COLUMNS.iter().chain(&["total"]).nth(column).expect("7 columns");
    index_of(&format!("requests.{row}.{column}"))
}

fn wrong_figures(figures: &mut [String], count: usize, rng: &mut Rng) {
    let mut chosen = Vec::new();
    while chosen.len() < count {
        let figure = cell(rng.below(25), rng.below(7));
        if !chosen.contains(&figure) {
            figures[figure] = spoilt(&figures[figure], rng);
            chosen.push(figure);
        }
    }
}

/// A number mistyped or misread.
pub fn spoilt(text: &str, rng: &mut Rng) -> String {
    loop {
        let mut digits: Vec<u8> = text.bytes().collect();
        let at = rng.below(digits.len());
        match rng.below(7) {
            0 if at > 0 => digits.swap(at - 1, at),
            1 if digits.len() > 1 => drop(digits.remove(at)),
            2 => digits.insert(at, digits[at]),
            3 => digits[at] = b'0' + rng.below(10) as u8,
            4 => {
                let number: u64 = text.parse().expect("a count");
                let beside = if rng.below(2) == 0 { number + 1 } else { number.saturating_sub(1) };
                digits = beside.to_string().into_bytes();
            }
            5 => digits = b"0".to_vec(),
            _ => digits = rng.below(200).to_string().into_bytes(),
        }
        let number: u64 = String::from_utf8(digits).expect("digits").parse().expect("a count");
        if number.to_string() != text {
            return number.to_string();
        }
    }
}

/// One of two figures put in the other's place, or both in each other's.
fn pair(figures: &mut [String], a: usize, b: usize, rng: &mut Rng, swap: bool) -> Option<()> {
    if figures[a] == figures[b] {
        return None;
    }
    if swap {
        figures.swap(a, b);
        return Some(());
    }
    let (from, to) = if rng.below(2) == 0 { (a, b) } else { (b, a) };
    if figures[from] == "0" {
        return None;
    }
    figures[to] = std::mem::replace(&mut figures[from], "0".to_owned());
    Some(())
}

/// An outcome changed late, its totals left: the truth has the totals follow.
fn late_change(right: &[String], rng: &mut Rng) -> Option<Spoilt> {
    let (row, column) = (2 + rng.below(ROWS.len()), rng.below(6));
    let by = 1 + rng.below(9) as i64;
    let number = |figure: usize| right[figure].parse::<i64>().expect("a count");
    let mut figures = right.to_vec();
    let changed = cell(row, column);
    figures[changed] = (number(changed) + by).to_string();
    let totals = [cell(row, 6), cell(23, column), cell(23, 6)];
    let truth = totals.map(|total| (total, Decimal::from(number(total) + by)));
    Some(Spoilt { figures, truth: truth.into() })
}

/// At which place the truth stands among the explanations; for a late change, first if it stands among them at all.
pub fn rank(localized: &Localized, truth: &BTreeMap<usize, Decimal>, mistake: Mistake) -> Option<usize> {
    let changes = |explanation: &Explanation| -> BTreeMap<usize, Decimal> {
        explanation.fixes().map(|fix| (fix.figure, fix.expected)).collect()
    };
    if mistake == Mistake::LateChange {
        let is_in = |explanation: &Explanation| {
            let own = changes(explanation);
            truth.iter().all(|(figure, value)| own.get(figure) == Some(value))
        };
        return localized.causes.iter().flat_map(|cause| &cause.explanations).any(is_in).then_some(0);
    }
    let best: BTreeMap<usize, Decimal> =
        localized.causes.iter().filter_map(|cause| cause.explanations.first()).flat_map(changes).collect();
    if best == *truth {
        return Some(0);
    }
    let [only] = localized.causes.as_slice() else { return None };
    only.explanations.iter().position(|explanation| changes(explanation) == *truth)
}
