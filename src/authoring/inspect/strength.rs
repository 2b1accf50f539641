//! How well the equations of a form guard its figures: their rank, and how many figures must be changed together before
//! no equation notices (the minimum distance of the code that the equations are).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::equation::{Terms, equations};
use super::modular::{Number, inverse, minus, times};
use crate::pack::Pack;

/// Sets of more figures are not looked for.
const MOST: usize = 4;
/// So many sets are tried for one component, which takes a second or two; real forms need far fewer.
const TRIES: usize = 5_000_000;

/// Figures that equations join, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Indices of the tables they are in.
    pub tables: Vec<usize>,
    pub figures: usize,
    pub equations: usize,
    /// How many of the equations say something that the others do not.
    pub rank: usize,
    pub distance: Distance,
}

/// The smallest number of figures that can be changed so that every equation holds as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distance {
    /// An example: figures, and what is added to each; none where that is no small whole number.
    Exactly(Vec<(usize, Option<i64>)>),
    MoreThan(usize),
}

/// The components of the form, in its order.
pub fn strengths(pack: &Pack) -> Vec<Strength> {
    components(&equations(pack)).into_iter().map(|equations| strength(pack, &equations)).collect()
}

fn strength(pack: &Pack, equations: &[&Terms]) -> Strength {
    let figures: BTreeSet<usize> = equations.iter().flat_map(|terms| terms.keys().copied()).collect();
    let tables: BTreeSet<usize> = figures.iter().map(|&figure| pack.figures[figure].table).collect();
    let system = System::new(equations);
    Strength {
        tables: tables.into_iter().collect(),
        figures: figures.len(),
        equations: equations.len(),
        rank: rank(system.rows.clone()),
        distance: system.distance(&figures),
    }
}

/// Equations grouped by shared figures, each set in the order of the form.
fn components(equations: &[Terms]) -> Vec<Vec<&Terms>> {
    let mut sets: Vec<(BTreeSet<usize>, Vec<&Terms>)> = Vec::new();
    for terms in equations {
        let mut figures: BTreeSet<usize> = terms.keys().copied().collect();
        let mut members = Vec::new();
        let touched: Vec<_> = sets.extract_if(.., |(known, _)| !known.is_disjoint(&figures)).collect();
        for (known, own) in touched {
            figures.extend(known);
            members.extend(own);
        }
        members.push(terms);
        sets.push((figures, members));
    }
    sets.sort_by_key(|(figures, _)| figures.first().copied());
    sets.into_iter().map(|(_, members)| members).collect()
}

type Row = BTreeMap<usize, Number>;

/// Equations modulo a large prime: exact where they say something, and a rank that is too small by chance only, once in
/// 10^18.
#[derive(Debug)]
struct System {
    rows: Vec<Row>,
    /// The rows that a figure is in.
    touching: BTreeMap<usize, Vec<usize>>,
}

impl System {
    fn new(equations: &[&Terms]) -> Self {
        let number = |(figure, factor): (&usize, &Decimal)| (*figure, Number::from(*factor));
        let rows: Vec<Row> = equations.iter().map(|terms| terms.iter().map(number).collect()).collect();
        let mut touching: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            row.keys().for_each(|figure| touching.entry(*figure).or_default().push(index));
        }
        Self { rows, touching }
    }

    fn distance(&self, figures: &BTreeSet<usize>) -> Distance {
        let mut tries = TRIES;
        for most in 2..=MOST {
            for &first in figures {
                if let Some(found) = self.extend(&mut vec![first], most, &mut tries) {
                    return Distance::Exactly(found);
                }
                if tries == 0 {
                    return Distance::MoreThan(most - 1);
                }
            }
        }
        Distance::MoreThan(MOST)
    }

    /// The changes of `chosen` and of later figures, `most` in all, that no row notices. A row with one chosen figure
    /// needs another of its figures; where there is no such row, the chosen ones may do.
    fn extend(&self, chosen: &mut Vec<usize>, most: usize, tries: &mut usize) -> Option<Vec<(usize, Option<i64>)>> {
        *tries = tries.checked_sub(1)?;
        let mut touched: BTreeMap<usize, usize> = BTreeMap::new();
        for row in chosen.iter().flat_map(|figure| &self.touching[figure]) {
            *touched.entry(*row).or_default() += 1;
        }
        let alone = touched.iter().filter(|(_, count)| **count == 1).map(|(row, _)| *row);
        let shortest = alone.min_by_key(|row| self.rows[*row].len());
        if shortest.is_none()
            && let Some(changes) = self.unnoticed(chosen, touched.keys())
        {
            return Some(changes);
        }
        if chosen.len() == most {
            return None;
        }
        let rows: Vec<usize> = shortest.map_or_else(|| touched.keys().copied().collect(), |row| vec![row]);
        let next: BTreeSet<usize> = rows.iter().flat_map(|row| self.rows[*row].keys().copied()).collect();
        // Every set is found from the first of its figures.
        for figure in next.range(chosen[0] + 1..) {
            if chosen.contains(figure) {
                continue;
            }
            chosen.push(*figure);
            let found = self.extend(chosen, most, tries);
            chosen.pop();
            if found.is_some() || *tries == 0 {
                return found;
            }
        }
        None
    }

    /// Changes of `chosen`, not all 0, that come to 0 in each of `rows`.
    fn unnoticed<'r>(
        &self,
        chosen: &[usize],
        rows: impl Iterator<Item = &'r usize>,
    ) -> Option<Vec<(usize, Option<i64>)>> {
        let only = |row: &usize| chosen.iter().filter_map(|f| Some((*f, *self.rows[*row].get(f)?))).collect::<Row>();
        let reduced = reduce(rows.map(only));
        // A figure that leads no row may be changed at will; the others follow.
        let free = chosen.iter().find(|figure| !reduced.contains_key(figure))?;
        let change = |figure: &usize| match reduced.get(figure) {
            None => Number::from(i64::from(figure == free)),
            Some(row) => minus(Number::ZERO, row.get(free).copied().unwrap_or(Number::ZERO)),
        };
        let changes = chosen.iter().map(|figure| (*figure, change(figure)));
        Some(changes.filter(|(_, by)| *by != Number::ZERO).map(|(figure, by)| (figure, by.small())).collect())
    }
}

fn rank(rows: Vec<Row>) -> usize {
    reduce(rows.into_iter()).len()
}

/// The rows by the figure that leads each; a leading figure has the factor 1 in its own row and is in no other.
fn reduce(rows: impl Iterator<Item = Row>) -> BTreeMap<usize, Row> {
    let mut reduced: BTreeMap<usize, Row> = BTreeMap::new();
    for mut row in rows {
        for (lead, known) in &reduced {
            take_out(&mut row, *lead, known);
        }
        let Some((&lead, &factor)) = row.iter().next() else { continue };
        let scale = inverse(factor);
        row.values_mut().for_each(|own| *own = times(*own, scale));
        reduced.values_mut().for_each(|known| take_out(known, lead, &row));
        reduced.insert(lead, row);
    }
    reduced
}

/// Takes `figure` out of `row` by means of `pivot`, in which it has the factor 1.
fn take_out(row: &mut Row, figure: usize, pivot: &Row) {
    let Some(factor) = row.get(&figure).copied() else { return };
    for (other, own) in pivot {
        let entry = row.entry(*other).or_insert(Number::ZERO);
        *entry = minus(*entry, times(factor, *own));
        if *entry == Number::ZERO {
            row.remove(other);
        }
    }
}
