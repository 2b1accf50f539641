//! Made archives: the reports of many agencies over some years, with everything that is wrong between them beside them.
//!
//! An archive is made place by place, and each place from its own seed: however large, it takes the memory of one place.

pub mod across;
pub mod breaks;
pub mod layout;
pub mod names;
pub mod numbers;
pub mod agencies;
pub mod place;
pub mod prose;
pub mod stream;
pub mod truth;

use std::ops::RangeInclusive;

use self::breaks::{BREAKS, Break};
use self::place::Place;

/// The archive that is wanted.
#[derive(Debug, Clone)]
pub struct Plan {
    pub places: usize,
    /// Departments and townships of a place, besides its government and the government's office.
    pub offices: usize,
    /// Two at least.
    pub years: RangeInclusive<u16>,
    /// Endings of files.
    pub formats: Vec<String>,
    pub seed: u64,
    /// So many breaks, as far as there is room for them: no two have to do with each other.
    pub breaks: usize,
}

impl Plan {
    pub fn new(places: usize, offices: usize, years: RangeInclusive<u16>) -> Self {
        let formats = ["md", "html", "xlsx", "docx"].map(str::to_owned).to_vec();
        Self { places, offices, years, formats, seed: 1, breaks: 0 }
    }

    /// As many places as about so many reports need: some agencies do not report for every year.
    pub fn with_reports(self, reports: usize) -> Self {
        let places = reports.div_ceil((self.offices + 2) * self.years.len());
        Self { places, ..self }
    }

    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        (0..self.places).map(|index| Place::new(self, index))
    }

    /// The breaks that are planted in a place, by number: from 1 on, kind by kind, each in another place.
    fn breaks_of(&self, place: usize) -> Vec<(usize, Break)> {
        // A round of kinds that ends where the round of places does would bring each place the same ones again.
        let kind = |number: usize| BREAKS[(number + number / self.places.max(1)) % BREAKS.len()];
        let numbers = (0..self.breaks).filter(|number| number % self.places == place);
        numbers.map(|number| (number + 1, kind(number))).collect()
    }
}
