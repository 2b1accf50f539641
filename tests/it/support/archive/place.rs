//! A place of an archive: its agencies, their reports over the years, and what is wrong with them.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use gouji::internal::blank::Blank;

use super::super::shape::Shape;
use super::super::{Rng, pack};
use super::agencies::{self, Agency};
use super::breaks::{self, Break, GOVERNMENT, How, Planted, STRANGER};
use super::layout::{self, LAYOUTS, Layout};
use super::numbers::{Figures, Habits, Size, Stage, form};
use super::prose::{Author, Prose};
use super::truth::{Kind, Role, Truth};
use super::{Plan, across, names};

/// A report of an archive.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which agency of its place it is of; none for an agency that is not on the list.
    pub agency: Option<usize>,
    /// As printed, which is the former name before an agency was renamed.
    pub organization: String,
    pub year: u16,
    pub figures: Figures,
    /// Of the six sections.
    pub texts: [String; 6],
    pub shape: Shape,
    /// Below the archive's folder.
    pub path: String,
}

impl Report {
    pub fn blank(&self) -> Blank<'static> {
        let mut blank = Blank::new(pack(), &self.organization, self.year);
        blank.figures = self.figures.texts();
        blank.texts = self.texts.to_vec();
        blank
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        self.shape.write(&self.blank()).1
    }
}

/// A place of an archive.
#[derive(Debug)]
pub struct Place {
    pub agencies: Vec<Agency>,
    /// In the order of the agencies, then of the years.
    pub reports: Vec<Report>,
    pub truths: Vec<Truth>,
}

impl Place {
    pub fn new(plan: &Plan, index: usize) -> Self {
        let years = (*plan.years.start(), *plan.years.end());
        let rng = &mut Rng::seeded(plan.seed, index);
        let mut agencies = agencies::of_place(index, plan.offices, years, rng);
        let planted = breaks::plant(&plan.breaks_of(index), &agencies, years, rng);
        for copied in planted.iter().filter(|planted| planted.what == Break::SistersFigures) {
            // Who copies a sister's figures goes on from there, and must not jump.
            agencies[copied.agency].habits = agencies[copied.other].habits.clone();
        }
        let mut maker = Maker {
            plan,
            place: names::place(index),
            years: years.0..=years.1,
            layout: *rng.pick(&LAYOUTS),
            agencies: &agencies,
            planted: &planted,
            taken: HashSet::new(),
            reports: Vec::new(),
        };
        let figures = maker.figures(rng);
        maker.write(&figures, rng);
        let reports = maker.reports;
        let truths = all_truths(&agencies, &planted, &reports, years);
        Self { agencies, reports, truths }
    }
}

struct Maker<'a> {
    plan: &'a Plan,
    place: String,
    years: RangeInclusive<u16>,
    layout: Layout,
    agencies: &'a [Agency],
    planted: &'a [Planted],
    taken: HashSet<String>,
    reports: Vec<Report>,
}

type Table = BTreeMap<(usize, u16), Figures>;

impl Maker<'_> {
    fn broken(&self, agency: usize, year: u16) -> Option<&Planted> {
        self.planted.iter().find(|planted| planted.agency == agency && planted.year == year)
    }

    /// The figures of every report, as printed.
    fn figures(&self, rng: &mut Rng) -> Table {
        let mut table = Table::new();
        for (index, agency) in self.agencies.iter().enumerate().skip(1) {
            for year in self.years.clone().filter(|year| agency.reports_in(*year)) {
                let before = table.get(&(index, year - 1));
                let mut figures = agency.habits.year(before, agency.stage(year), rng);
                match self.broken(index, year).map(|planted| (planted.what, planted.other)) {
                    Some((Break::LastYearsFigures, _)) => figures = before.expect("a year before").clone(),
                    Some((Break::SistersFigures, sister)) => figures = table[&(sister, year)].clone(),
                    broken => {
                        if self.broken(index, year + 1).is_some_and(|next| next.what == Break::LastYearsFigures) {
                            breaks::hold_still(&mut figures);
                        }
                        set_apart(&mut figures, &table, (index, year));
                        if let Some((what, _)) = broken {
                            breaks::edit(what, &mut figures, rng);
                        }
                    }
                }
                table.insert((index, year), figures);
            }
        }
        for year in self.years.clone() {
            let mut sum = Figures::zero();
            table.range((1, 0)..).filter(|((_, of), _)| *of == year).for_each(|(_, figures)| sum.add(figures));
            if let Some(planted) = self.broken(GOVERNMENT, year) {
                self.roll_up(planted, &mut sum, &table, rng);
            }
            table.insert((GOVERNMENT, year), sum);
        }
        table
    }

    /// Breaks a government's figures, so that one explanation is left.
    fn roll_up(&self, planted: &Planted, sum: &mut Figures, table: &Table, rng: &mut Rng) {
        let year = planted.year;
        let change = |child: usize, how: How, figure: usize| {
            how.change(figure, table.get(&(child, year))?, table.get(&(child, year - 1)))
        };
        let explained = |figure: usize, by: i64| {
            let children = (1..self.agencies.len()).flat_map(|child| breaks::HOWS.map(|how| (child, how)));
            children.filter(|(child, how)| change(*child, *how, figure) == Some(by)).count()
        };
        let single: Vec<usize> = form().decisions.into_iter().chain([form().fees]).collect();
        let (figures, changes): (Vec<usize>, Vec<i64>) = match planted.what {
            Break::RollUpFigure(how) => {
                let only = single.iter().map(|figure| (*figure, change(planted.other, how, *figure).unwrap_or(0)));
                only.filter(|(figure, by)| *by != 0 && explained(*figure, *by) == 1).take(1).unzip()
            }
            Break::RollUpRequests(how) => {
                let all = form().requests.as_flattened().iter();
                all.map(|figure| (*figure, change(planted.other, how, *figure).unwrap_or(0))).unzip()
            }
            Break::RollUpWrong => {
                let figure = *rng.pick(&single);
                let start = 11 + rng.below(30) as i64;
                let by = (start..).find(|by| explained(figure, *by) == 0).expect("few changes have an explanation");
                (vec![figure], vec![by])
            }
            _ => return,
        };
        for (figure, by) in figures.into_iter().zip(changes) {
            sum.0[figure] = sum.0[figure].checked_add_signed(by).expect("an organ's part is no more than the sum");
        }
    }

    /// The reports, with those that are there twice and without those that are missing.
    fn write(&mut self, table: &Table, rng: &mut Rng) {
        let mut proses: BTreeMap<(usize, u16), Prose> = BTreeMap::new();
        let agencies = self.agencies;
        for (index, agency) in agencies.iter().enumerate() {
            for year in self.years.clone().filter(|year| agency.reports_in(*year)) {
                let before = proses.get(&(index, year - 1));
                let broken = self.broken(index, year).cloned();
                let what = broken.as_ref().map(|planted| planted.what);
                let new = Prose::new(&agency.work, rng);
                let prose = match (before, &broken) {
                    (_, Some(Planted { what: Break::SistersText, other, .. })) => proses[&(*other, year)].clone(),
                    // Now and then who copies touches it up.
                    (Some(before), Some(Planted { what: Break::LastYearsText, .. })) => {
                        before.clone().mixed(&new, rng.below(2), rng)
                    }
                    (Some(before), _) => new.mixed(before, 3, rng),
                    (None, _) => new,
                };
                let figures = &table[&(index, year)];
                let report = self.report((Some(index), agency.name_in(year)), year, (figures, &prose), what, rng);
                proses.insert((index, year), prose);
                match what {
                    Some(Break::Missing | Break::Gap) => {}
                    Some(Break::Twice) => {
                        let again = self.again(&report, rng);
                        self.reports.extend([report, again]);
                    }
                    _ => self.reports.push(report),
                }
            }
        }
        for planted in self.planted.iter().filter(|planted| planted.agency == STRANGER) {
            let office = breaks::stranger(planted.number);
            let figures = Habits::new(Size::Large, false, rng).year(None, Stage::GoesOn, rng);
            let prose = Prose::new(&office.work, rng);
            let name = format!("{}{}", self.place, office.name);
            let report = self.report((None, &name), planted.year, (&figures, &prose), None, rng);
            self.reports.push(report);
        }
    }

    fn report(
        &mut self,
        (agency, organization): (Option<usize>, &str),
        year: u16,
        (figures, prose): (&Figures, &Prose),
        broken: Option<Break>,
        rng: &mut Rng,
    ) -> Report {
        let author = Author { organization, place: &self.place, year, figures };
        let texts = prose.texts(author, rng);
        let shape = layout::any(rng.pick::<String>(&self.plan.formats), rng);
        let named = match broken {
            Some(Break::OtherYear) if rng.below(2) == 0 => self.years.start() - 1,
            Some(Break::OtherYear) => self.years.end() + 1,
            _ => year,
        };
        let path = self.layout.path(&self.place, organization, year, named);
        let path = self.free(&path, layout::ending(shape));
        Report { agency, organization: organization.to_owned(), year, figures: figures.clone(), texts, shape, path }
    }

    /// The same report handed in again.
    fn again(&mut self, report: &Report, rng: &mut Rng) -> Report {
        let shape = layout::any(rng.pick::<String>(&self.plan.formats), rng);
        let stem = report.path.rsplit_once('.').map_or(report.path.as_str(), |(stem, _)| stem);
        let mark = rng.pick(&["（1）", "（终稿）", "（修改后）", " - 副本"]);
        let path = self.free(&format!("{stem}{mark}"), layout::ending(shape));
        Report { shape, path, ..report.clone() }
    }

    fn free(&mut self, stem: &str, ending: &str) -> String {
        let path = format!("{stem}.{ending}");
        assert!(self.taken.insert(path.clone()), "two reports at {path}");
        path
    }
}

/// Small agencies come to the same figures now and then; they are told apart by a decision more.
fn set_apart(figures: &mut Figures, table: &Table, (agency, year): (usize, u16)) {
    let before = table.range((agency, 0)..(agency, year)).map(|(_, figures)| figures);
    let others: Vec<_> = before.chain((1..agency).filter_map(|sister| table.get(&(sister, year)))).collect();
    while !figures.is_zero() && others.contains(&&*figures) {
        figures.0[form().decisions[0]] += 1;
    }
}

/// What the figures say, and what only the plan knows, each with its break.
fn all_truths(agencies: &[Agency], planted: &[Planted], reports: &[Report], years: (u16, u16)) -> Vec<Truth> {
    let mut truths = Vec::new();
    for (agency, mut truth) in across::truths(agencies, reports, years) {
        let is_of = |planted: &&Planted| match agency {
            None => planted.agency == STRANGER && truth.organization.ends_with(breaks::stranger(planted.number).name),
            Some(agency) => planted.touches(agency, truth.year),
        };
        let Some(planted) = planted.iter().find(is_of) else {
            truths.push(truth);
            continue;
        };
        truth.number = planted.number;
        if agency.is_none_or(|agency| agency == planted.agency)
            && planted.year == truth.year
            && planted.what.kind() == truth.kind
        {
            truth.role = Role::Planted;
        }
        if let (Kind::RollUp, Some(how)) = (truth.kind, planted.what.how()) {
            truth.how = how;
            truth.child.clone_from(&agencies[planted.other].name);
        }
        truths.push(truth);
    }
    let path = |agency: usize, year: u16| {
        let mut all = reports.iter();
        all.find(|report| report.agency == Some(agency) && report.year == year).map_or("", |report| &report.path)
    };
    for planted in planted {
        let Planted { what, agency, year, other, .. } = *planted;
        let mut says = |kind, role, agency: usize, fill: &dyn Fn(&mut Truth)| {
            let mut truth = Truth::new(kind, path(agency, year), &agencies[agency].name, year);
            (truth.number, truth.role) = (planted.number, role);
            fill(&mut truth);
            truths.push(truth);
        };
        match what {
            Break::LastYearsText => says(Kind::CopiedText, Role::Planted, agency, &|truth| {
                (truth.other, truth.how) = (path(agency, year - 1).to_owned(), "last-year");
            }),
            Break::SistersText => says(Kind::CopiedText, Role::Planted, agency, &|truth| {
                (truth.other, truth.how) = (path(other, year).to_owned(), "sister");
            }),
            Break::OtherYear => says(Kind::YearDisagrees, Role::Planted, agency, &|truth| {
                let named = [years.0 - 1, years.1 + 1].map(|year| year.to_string());
                truth.found = named.into_iter().find(|named| truth.path.contains(named)).expect("another year");
                truth.expected = year.to_string();
            }),
            Break::Twice => says(Kind::RollUpNotEvaluated, Role::May, GOVERNMENT, &|truth| {
                truth.child.clone_from(&agencies[agency].name);
            }),
            _ => {}
        }
    }
    truths
}
