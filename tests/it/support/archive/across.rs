//! What is wrong between the reports of a place, by its figures: said here a second time and in the plainest way, so that
//! the truth of an archive does not rest on how it was made.

use std::collections::BTreeMap;

use gouji::internal::pack::Pack;

use super::super::{figures::COLUMNS, pack};
use super::agencies::Agency;
use super::breaks::GOVERNMENT;
use super::numbers::{CARRIED_IN, CARRIED_OUT, Figures, IN_FORCE, ISSUED, REPEALED, form};
use super::place::Report;
use super::truth::{Kind, Role, Truth};

/// A figure this many times last year's jumps, and so does one that small a part of it; single digits never do.
const JUMP: u64 = 10;
const LEAST: u64 = 100;
/// Fees so many times last year's are in the wrong unit.
const UNIT: u64 = 3000;

/// Everything wrong, with the number of the agency; none for an unlisted one.
pub fn truths(agencies: &[Agency], reports: &[Report], years: (u16, u16)) -> Vec<(Option<usize>, Truth)> {
    let mut place = Place { agencies, years, first: BTreeMap::new(), truths: Vec::new() };
    for report in reports {
        let Some(agency) = report.agency else {
            let truth = Truth::new(Kind::UnlistedAgency, &report.path, &report.organization, report.year);
            place.truths.push((None, truth));
            continue;
        };
        if let Some(one) = place.first.get(&(agency, report.year)).copied() {
            let mut truth = Truth::new(Kind::DuplicateReport, &report.path, &agencies[agency].name, report.year);
            truth.other.clone_from(&one.path);
            place.truths.push((Some(agency), truth));
            continue;
        }
        place.first.insert((agency, report.year), report);
    }
    for agency in 0..agencies.len() {
        for year in years.0..=years.1 {
            place.missing(agency, year);
            place.since_last_year(agency, year);
            place.sisters(agency, year);
        }
    }
    (years.0..=years.1).for_each(|year| place.rolled_up(year));
    place.truths
}

struct Place<'a> {
    agencies: &'a [Agency],
    years: (u16, u16),
    first: BTreeMap<(usize, u16), &'a Report>,
    truths: Vec<(Option<usize>, Truth)>,
}

impl<'a> Place<'a> {
    fn report(&self, agency: usize, year: u16) -> Option<&'a Report> {
        self.first.get(&(agency, year)).copied()
    }

    fn says(&mut self, kind: Kind, agency: usize, year: u16, fill: impl FnOnce(&mut Truth)) {
        let path = self.report(agency, year).map_or("", |report| &report.path);
        let mut truth = Truth::new(kind, path, &self.agencies[agency].name, year);
        fill(&mut truth);
        self.truths.push((Some(agency), truth));
    }

    fn missing(&mut self, agency: usize, year: u16) {
        if !self.agencies[agency].reports_in(year) || self.report(agency, year).is_some() {
            return;
        }
        let is_between = self.years.0 < year && year < self.years.1;
        self.says(Kind::MissingReport, agency, year, |truth| truth.how = if is_between { "gap" } else { "edge" });
    }

    fn since_last_year(&mut self, agency: usize, year: u16) {
        let (Some(report), Some(before)) = (self.report(agency, year), self.report(agency, year - 1)) else { return };
        let (own, old) = (&report.figures, &before.figures);
        let mut says = |kind, figure: usize, expected: &str, role| {
            self.says(kind, agency, year, |truth| {
                truth.figure.clone_from(&pack().figures[figure].id);
                truth.found = own.text(figure);
                truth.expected = expected.to_owned();
                truth.other.clone_from(&before.path);
                truth.role = role;
            });
        };
        for column in 0..=COLUMNS.len() {
            let due = form().requests[CARRIED_OUT][column];
            if own.request(CARRIED_IN, column) != old.0[due] {
                says(Kind::CarryOver, form().requests[CARRIED_IN][column], &old.text(due), Role::Follows);
            }
        }
        for row in 0..form().documents.len() {
            let due = old.document(row, IN_FORCE) + own.document(row, ISSUED) - own.document(row, REPEALED);
            if own.document(row, IN_FORCE) != due {
                says(Kind::StockFlow, form().documents[row][IN_FORCE], &due.to_string(), Role::Follows);
            }
        }
        let fees = form().fees;
        if old.0[fees] > 0 && own.0[fees] > UNIT * old.0[fees] {
            says(Kind::FeesUnit, fees, "", Role::Follows);
        }
        for &figure in &form().printed {
            let (low, high) = (own.0[figure].min(old.0[figure]), own.0[figure].max(old.0[figure]));
            if low > 0 && high >= LEAST && high >= JUMP * low {
                says(Kind::Jump, figure, &old.text(figure), Role::May);
            }
        }
        if own == old && !own.is_zero() {
            self.copied(agency, year, before, "last-year");
        }
    }

    fn sisters(&mut self, agency: usize, year: u16) {
        let Some(report) = self.report(agency, year).filter(|report| !report.figures.is_zero()) else { return };
        let sisters: Vec<&Report> = (1..agency).filter_map(|sister| self.report(sister, year)).collect();
        for sister in sisters.into_iter().filter(|sister| sister.figures == report.figures) {
            self.copied(agency, year, sister, "sister");
        }
    }

    fn copied(&mut self, agency: usize, year: u16, from: &Report, how: &'static str) {
        self.says(Kind::CopiedFigures, agency, year, |truth| {
            truth.other.clone_from(&from.path);
            truth.how = how;
        });
    }

    fn rolled_up(&mut self, year: u16) {
        let Some(report) = self.report(GOVERNMENT, year) else { return };
        let mut sum = Figures::zero();
        let mut is_whole = true;
        for child in (1..self.agencies.len()).filter(|child| self.agencies[*child].reports_in(year)) {
            match self.report(child, year) {
                Some(below) => sum.add(&below.figures),
                None => {
                    is_whole = false;
                    let name = self.agencies[child].name.clone();
                    self.says(Kind::RollUpNotEvaluated, GOVERNMENT, year, |truth| truth.child = name);
                }
            }
        }
        let Pack { figures, .. } = pack();
        for &figure in form().printed.iter().filter(|figure| is_whole && report.figures.0[**figure] != sum.0[**figure])
        {
            self.says(Kind::RollUp, GOVERNMENT, year, |truth| {
                truth.figure.clone_from(&figures[figure].id);
                truth.found = report.figures.text(figure);
                truth.expected = sum.text(figure);
            });
        }
    }
}
