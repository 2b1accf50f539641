//! Breaks: which are planted where, and what they do to figures.

use super::super::Rng;
use super::agencies::Agency;
use super::names;
use super::numbers::{CARRIED_IN, CARRIED_OUT, Figures, IN_FORCE, ISSUED, RECEIVED, REPEALED, Size, TOTAL, form};
use super::truth::Kind;

/// What can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// What is carried in differs in one column, and with it in the total.
    CarryOver,
    /// In two columns.
    CarryOverTwice,
    /// In two columns that make up for each other: the total holds.
    Recoded,
    StockFlow,
    LastYearsFigures,
    LastYearsText,
    SistersFigures,
    SistersText,
    /// The report of the first or the last year.
    Missing,
    /// The report of a year between.
    Gap,
    Twice,
    Unlisted,
    /// A figure of an agency in its government's report.
    RollUpFigure(How),
    /// All of table three of an agency.
    RollUpRequests(How),
    RollUpWrong,
    FeesUnit,
    Jump,
    OtherYear,
}

/// What happened to an agency's figure in its government's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    LeftOut,
    CountedTwice,
    LastYears,
}

pub const HOWS: [How; 3] = [How::LeftOut, How::CountedTwice, How::LastYears];

/// In the order in which they are planted.
pub const BREAKS: [Break; 22] = [
    Break::CarryOver,
    Break::Missing,
    Break::RollUpFigure(How::LeftOut),
    Break::LastYearsText,
    Break::StockFlow,
    Break::SistersText,
    Break::Twice,
    Break::LastYearsFigures,
    Break::RollUpFigure(How::CountedTwice),
    Break::Unlisted,
    Break::Gap,
    Break::FeesUnit,
    Break::SistersFigures,
    Break::RollUpWrong,
    Break::Jump,
    Break::OtherYear,
    Break::CarryOverTwice,
    Break::RollUpFigure(How::LastYears),
    Break::RollUpRequests(How::LeftOut),
    Break::Recoded,
    Break::RollUpRequests(How::CountedTwice),
    Break::RollUpRequests(How::LastYears),
];

/// A break at its place.
#[derive(Debug, Clone)]
pub struct Planted {
    pub number: usize,
    pub what: Break,
    /// The agency whose report is broken; for an unlisted one, none of the place's.
    pub agency: usize,
    pub year: u16,
    /// The sister that was copied, or the agency that explains a government's figure.
    pub other: usize,
    /// The reports that no other break may touch.
    claims: Vec<(usize, u16)>,
}

/// The government's number among the agencies of its place.
pub const GOVERNMENT: usize = 0;
/// The number of an agency that is none of the place's.
pub const STRANGER: usize = usize::MAX;

impl Break {
    /// The kind of what is to be found.
    pub fn kind(self) -> Kind {
        match self {
            Self::CarryOver | Self::CarryOverTwice | Self::Recoded => Kind::CarryOver,
            Self::StockFlow => Kind::StockFlow,
            Self::LastYearsFigures | Self::SistersFigures => Kind::CopiedFigures,
            Self::LastYearsText | Self::SistersText => Kind::CopiedText,
            Self::Missing | Self::Gap => Kind::MissingReport,
            Self::Twice => Kind::DuplicateReport,
            Self::Unlisted => Kind::UnlistedAgency,
            Self::RollUpFigure(_) | Self::RollUpRequests(_) | Self::RollUpWrong => Kind::RollUp,
            Self::FeesUnit => Kind::FeesUnit,
            Self::Jump => Kind::Jump,
            Self::OtherYear => Kind::YearDisagrees,
        }
    }

    /// What happened to an agency's figure, where one explains its government's.
    pub fn how(self) -> Option<&'static str> {
        match self {
            Self::RollUpFigure(how) | Self::RollUpRequests(how) => Some(how.name()),
            _ => None,
        }
    }
}

impl How {
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftOut => "left-out",
            Self::CountedTwice => "counted-twice",
            Self::LastYears => "last-year",
        }
    }

    /// By how much the government's figure is off; none without last year's.
    pub fn change(self, figure: usize, own: &Figures, before: Option<&Figures>) -> Option<i64> {
        let number = own.0[figure] as i64;
        match self {
            Self::LeftOut => Some(-number),
            Self::CountedTwice => Some(number),
            Self::LastYears => Some(before?.0[figure] as i64 - number),
        }
    }
}

impl Planted {
    pub fn touches(&self, agency: usize, year: u16) -> bool {
        self.claims.contains(&(agency, year))
    }
}

/// Finds places for breaks so that no two have to do with each other; what finds none is left out.
pub fn plant(wanted: &[(usize, Break)], agencies: &[Agency], years: (u16, u16), rng: &mut Rng) -> Vec<Planted> {
    let mut planted: Vec<Planted> = Vec::new();
    for &(number, what) in wanted {
        let mut places = candidates(what, agencies, years);
        while !places.is_empty() {
            let (agency, year, other) = places.swap_remove(rng.below(places.len()));
            let claims = claims(what, (agency, year, other), years);
            if !planted.iter().any(|one| claims.iter().any(|claim| one.claims.contains(claim))) {
                planted.push(Planted { number, what, agency, year, other, claims });
                break;
            }
        }
    }
    planted
}

/// Agencies, years and other agencies at which a break can be.
fn candidates(what: Break, agencies: &[Agency], (first, last): (u16, u16)) -> Vec<(usize, u16, usize)> {
    let steady = |agency: &usize| agencies[*agency].is_steady();
    let below = (1..agencies.len()).filter(steady);
    let large = below.clone().filter(|agency| agencies[*agency].size == Size::Large);
    let at = |years: std::ops::RangeInclusive<u16>| move |agency| years.clone().map(move |year| (agency, year, agency));
    let later = first + 1..=last;
    match what {
        Break::CarryOver | Break::CarryOverTwice | Break::Recoded => large.flat_map(at(later)).collect(),
        Break::StockFlow | Break::FeesUnit | Break::Jump | Break::LastYearsFigures => {
            large.flat_map(at(later)).collect()
        }
        Break::LastYearsText => below.flat_map(at(later)).collect(),
        Break::SistersFigures => pairs(large).map(|(sister, agency)| (agency, first, sister)).collect(),
        Break::SistersText => {
            let years = first..=last;
            pairs(below).flat_map(|(sister, agency)| years.clone().map(move |year| (agency, year, sister))).collect()
        }
        Break::Missing => below.flat_map(|agency| [first, last].map(|year| (agency, year, agency))).collect(),
        Break::Gap => below.flat_map(at(first + 1..=last - 1)).collect(),
        Break::Twice | Break::OtherYear => below.flat_map(at(first..=last)).collect(),
        Break::Unlisted => (first..=last).map(|year| (STRANGER, year, STRANGER)).collect(),
        Break::RollUpFigure(_) | Break::RollUpRequests(_) => {
            large.flat_map(at(later)).map(|(child, year, _)| (GOVERNMENT, year, child)).collect()
        }
        Break::RollUpWrong => (first..=last).map(|year| (GOVERNMENT, year, GOVERNMENT)).collect(),
    }
}

/// Each two, the earlier one first.
fn pairs(agencies: impl Iterator<Item = usize> + Clone) -> impl Iterator<Item = (usize, usize)> {
    agencies
        .clone()
        .flat_map(move |one| agencies.clone().filter(move |other| one < *other).map(move |other| (one, other)))
}

fn claims(what: Break, (agency, year, other): (usize, u16, usize), (first, last): (u16, u16)) -> Vec<(usize, u16)> {
    let mut claims = Vec::new();
    for whole in [agency, other].into_iter().filter(|agency| ![GOVERNMENT, STRANGER].contains(agency)) {
        claims.extend((first..=last).map(|year| (whole, year)));
    }
    match what {
        Break::LastYearsFigures | Break::LastYearsText | Break::SistersFigures | Break::SistersText => {}
        Break::OtherYear | Break::Unlisted => {}
        // What is off in a government's report is off in what it carries over.
        Break::RollUpRequests(_) | Break::FeesUnit | Break::Jump => {
            claims.extend([(GOVERNMENT, year), (GOVERNMENT, year + 1)]);
        }
        _ => claims.push((GOVERNMENT, year)),
    }
    claims
}

/// What a break does to the figures of an agency's report; the report alone stays flawless.
pub fn edit(what: Break, figures: &mut Figures, rng: &mut Rng) {
    let by = 1 + rng.below(3) as i64;
    let signed = if rng.below(2) == 0 { by } else { -by };
    match what {
        Break::CarryOver => recode(figures, &[(rng.below(2), signed)]),
        Break::CarryOverTwice => recode(figures, &[(0, signed), (1, signed + signed.signum())]),
        Break::Recoded => recode(figures, &[(0, signed), (1, -signed)]),
        Break::StockFlow => {
            let in_force = &mut figures.0[form().documents[1][IN_FORCE]];
            *in_force = in_force.checked_add_signed(signed).unwrap_or(*in_force + by as u64);
        }
        Break::FeesUnit => figures.0[form().fees] *= 10_000,
        Break::Jump => figures.0[form().decisions[rng.below(3)]] *= 50,
        _ => {}
    }
}

/// More carried in, and as much less received.
fn recode(figures: &mut Figures, changes: &[(usize, i64)]) {
    for &(column, by) in changes {
        for (row, by) in [(CARRIED_IN, by), (RECEIVED, -by)] {
            let number = figures.request(row, column).checked_add_signed(by).expect("large organs have more");
            figures.set_request(row, column, number);
        }
    }
    figures.add_up();
}

/// Figures that may stand in the next year's report as they are: what is carried out was carried in, and as many
/// documents were repealed as were issued.
pub fn hold_still(figures: &mut Figures) {
    for column in 0..TOTAL {
        figures.set_request(CARRIED_OUT, column, figures.request(CARRIED_IN, column));
    }
    figures.balance();
    for row in form().documents {
        let stock = figures.0[row[IN_FORCE]] + figures.0[row[REPEALED]] - figures.0[row[ISSUED]];
        figures.0[row[REPEALED]] = figures.0[row[ISSUED]];
        figures.0[row[IN_FORCE]] = stock;
    }
}

/// The agency that no list has.
pub fn stranger(number: usize) -> &'static names::Office {
    &names::UNLISTED[number % names::UNLISTED.len()]
}
