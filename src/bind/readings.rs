//! The ways to read a row in which cells do not say by themselves which figure they hold. The sums of the row choose
//! among them: what they allow is read, if it is one reading only.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::columns::Place;
use super::field::Field;
use super::figure;
use super::rest::Rest;
use crate::facts::{Fact, Value, Why};
use crate::pack::{Comparison, Core, Pack};

/// A row of the form with the sums that hold within it.
pub(super) struct Readings<'a, 'd> {
    fields: &'a [Field<'d>],
    core: &'a Core,
    /// The first of its figures.
    first: usize,
    /// What is below the row and may be the rest of its figures.
    below: Option<Rest<'d>>,
    sums: Vec<&'a [(u32, i64)]>,
    /// Sums of rounded amounts, each with the difference that is allowed: they choose no reading, but may confirm one.
    rounded: Vec<(&'a [(u32, i64)], Decimal)>,
}

impl<'a, 'd> Readings<'a, 'd> {
    /// For the row with the figures `row` of the form.
    pub fn new(fields: &'a [Field<'d>], pack: &'a Pack, row: Range<usize>) -> Self {
        let is_own = |terms: &[(u32, i64)]| terms.iter().all(|&(figure, _)| row.contains(&(figure as usize)));
        let (mut sums, mut rounded) = (Vec::new(), Vec::new());
        for sum in pack.sums().iter().filter(|sum| sum.comparison == Comparison::Equal) {
            match sum.terms.as_deref().filter(|terms| is_own(terms)) {
                Some(terms) if sum.tolerance.is_zero() => sums.push(terms),
                Some(terms) => rounded.push((terms, sum.tolerance)),
                None => {}
            }
        }
        Self { fields, core: &pack.core, first: row.start, below: None, sums, rounded }
    }

    /// With what is below the row.
    pub fn above(self, below: Option<Rest<'d>>) -> Self {
        Self { below, ..self }
    }

    /// The line of the table below the row that may be the rest of its figures.
    pub fn line_below(&self) -> Option<usize> {
        self.below.as_ref()?.line
    }

    /// Completes the figures of a row that go on below; says whether there are any.
    ///
    /// # Errors
    /// With the number of figures found, where it is not certain which of them go on.
    pub fn complete(&self, places: &mut Vec<Place>) -> Result<bool, usize> {
        let Some(rest) = self.below.as_ref().filter(|_| !self.holds(places)) else { return Ok(false) };
        match self.only(self.broken(places, rest.figures.len())) {
            Some(completed) => {
                *places = completed;
                Ok(true)
            }
            None if rest.is_sure && self.is_any_number(places) => Err(places.len() + rest.figures.len()),
            None => Ok(false),
        }
    }

    /// Every way in which some figures of a row go on with those below it, in the order in which they are printed; none where
    /// there are too many.
    fn broken(&self, places: &[Place], rest: usize) -> Vec<Vec<Place>> {
        const MOST_WAYS: usize = 512;
        const MOST_FIGURES: usize = 15;
        let begun = |(column, place): (usize, &Place)| {
            let (field, range) = match *place {
                Place::Field(field) => (field, (0, self.fields[field].text().len() as u32)),
                Place::Piece(field, range) => (field, range),
                _ => return None,
            };
            // No figure begins with 0.
            let text = &self.fields[field].text()[range.0 as usize..range.1 as usize];
            let is_begun = figure::plain_digits(text).is_some() && !text.starts_with('0');
            is_begun.then_some((field, range, column))
        };
        let mut begun: Vec<(usize, (u32, u32), usize)> = places.iter().enumerate().filter_map(begun).collect();
        begun.sort_unstable();
        if begun.len() > MOST_FIGURES || rest > begun.len() {
            return Vec::new();
        }
        let ways = (0_u32..1 << begun.len()).filter(|way| way.count_ones() as usize == rest);
        let ways: Vec<u32> = ways.take(MOST_WAYS + 1).collect();
        if ways.len() > MOST_WAYS {
            return Vec::new();
        }
        let broken = |way: u32| {
            let mut places = places.to_vec();
            let goes_on = begun.iter().enumerate().filter(|(at, _)| way & 1 << at != 0);
            for (below, (_, &(field, range, column))) in goes_on.enumerate() {
                places[column] = Place::Broken(field, range, below);
            }
            places
        };
        ways.into_iter().map(broken).collect()
    }

    /// No sum guards the row.
    pub fn has_no_sums(&self) -> bool {
        self.sums.is_empty()
    }

    /// Whether there is a number other than 0 in the row.
    pub fn is_any_number(&self, places: &[Place]) -> bool {
        places.iter().any(|place| self.value(*place).is_some_and(|value| !value.is_zero()))
    }

    /// Whether the row has sums, and they hold; blanks count as 0.
    pub fn holds(&self, places: &[Place]) -> bool {
        !self.sums.is_empty() && self.sums.iter().all(|terms| self.off(terms, places).is_some_and(|off| off.is_zero()))
    }

    /// Whether the sums of rounded amounts say that a row is read as it is printed, and not as one of the others, each with the
    /// column of a figure that is lost: they hold, or they cannot hold in any of these.
    pub fn is_confirmed(&self, places: &[Place], others: &[(usize, Vec<Place>)]) -> bool {
        let holds = |&(terms, allowed): &(&[(u32, i64)], Decimal)| {
            self.off(terms, places).is_some_and(|off| off.abs() <= allowed)
        };
        let may_hold = |(unknown, places): &(usize, Vec<Place>)| {
            self.rounded.iter().all(|&(terms, allowed)| self.may_come_to(terms, places, *unknown, allowed))
        };
        !self.rounded.is_empty() && (self.rounded.iter().all(holds) || !others.iter().any(may_hold))
    }

    /// The one of `readings` whose sums hold.
    pub fn only(&self, readings: Vec<Vec<Place>>) -> Option<Vec<Place>> {
        let mut holding = readings.into_iter().filter(|places| self.holds(places));
        holding.next().filter(|_| holding.next().is_none())
    }

    /// The first of `readings`, if its sums hold, and of no other that has other numbers.
    pub fn first_only(&self, readings: Vec<Vec<Place>>) -> Option<Vec<Place>> {
        let numbers =
            |places: &[Place]| -> Vec<Option<Decimal>> { places.iter().map(|place| self.value(*place)).collect() };
        let mut holding = readings.into_iter().enumerate().filter(|(_, places)| self.holds(places));
        let (_, first) = holding.next().filter(|(at, _)| *at == 0)?;
        let known = numbers(&first);
        holding.all(|(_, other)| numbers(&other) == known).then_some(first)
    }

    /// Whether the sums hold for some value ≥ 0 of the figure in the column `unknown`.
    pub fn may_hold(&self, places: &[Place], unknown: usize) -> bool {
        self.sums.iter().all(|terms| self.may_come_to(terms, places, unknown, Decimal::ZERO))
    }

    fn may_come_to(&self, terms: &[(u32, i64)], places: &[Place], unknown: usize, allowed: Decimal) -> bool {
        let own = terms.iter().find(|&&(figure, _)| figure as usize - self.first == unknown);
        let off = self.off(terms, places);
        off.is_some_and(|off| match own {
            None => off.abs() <= allowed,
            Some(&(_, factor)) => off.abs() <= allowed || off.is_sign_negative() == (factor > 0),
        })
    }

    /// The figure in a place that is more or less than a cell.
    pub fn fact(&self, place: Place) -> Option<Fact<'d>> {
        let (found, location) = match place {
            Place::Split(index) => {
                let [one, two] = [&self.fields[index], &self.fields[index + 1]];
                (Cow::Owned(format!("{}{}", one.text(), two.text())), one.location().through(&two.location()))
            }
            Place::Piece(index, (start, end)) => {
                let field = &self.fields[index];
                let at = field.range().start;
                let range = start as usize..end as usize;
                (Cow::Borrowed(&field.text()[range.clone()]), field.passage.locate(at + range.start..at + range.end))
            }
            Place::Broken(index, range, below) => {
                let begun = self.fact(Place::Piece(index, range))?;
                let rest = self.below.as_ref()?.figures[below].text();
                // Beside the rest are those of other figures.
                (Cow::Owned(format!("{}{rest}", begun.found)), begun.location?)
            }
            Place::Field(_) | Place::BlankRow | Place::Missing => return None,
        };
        let digits: String = found.split_whitespace().collect();
        let value = match figure::read(&digits, self.core).value {
            Value::Number(number) => Value::Number(number),
            _ => Value::Unreadable(Why::NotANumber),
        };
        let untidy = matches!(place, Place::Split(_) | Place::Broken(..)) || digits.len() < found.len();
        Some(Fact { value, found, location: Some(location), untidy, other_unit: None })
    }

    /// By how much a sum is off; none where one of its figures is no number.
    fn off(&self, terms: &[(u32, i64)], places: &[Place]) -> Option<Decimal> {
        terms.iter().try_fold(Decimal::ZERO, |sum, &(figure, factor)| {
            let value = self.value(places[figure as usize - self.first])?;
            value.checked_mul(factor.into()).and_then(|term| sum.checked_add(term))
        })
    }

    fn value(&self, place: Place) -> Option<Decimal> {
        match place {
            Place::Field(index) => match self.fields[index].value {
                Value::Number(number) => Some(number),
                Value::Blank | Value::Mark => Some(Decimal::ZERO),
                _ => None,
            },
            Place::Missing | Place::BlankRow => Some(Decimal::ZERO),
            Place::Split(_) | Place::Piece(..) | Place::Broken(..) => self.fact(place)?.number(),
        }
    }
}
