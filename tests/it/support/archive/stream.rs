//! Reports by the million, for measurements: agencies over the years as in any archive, a quarter of the reports with one
//! wrong figure, a thousand files a folder. Markdown is made from a template, since it must not take longer than the disk.

use gouji::internal::blank::Blank;

use super::super::mistakes::Mistake;
use super::super::{Rng, markdown, pack};
use super::agencies::Agency;
use super::layout::{Layout, ending, plain};
use super::place::{Place, Report};
use super::truth::{Kind, Role, Truth};
use super::{Plan, names};

/// Departments and townships of a place: with these there are names for a million reports over four years.
const OFFICES: usize = 48;
/// Files a folder, as archives are kept.
const FOLDER: usize = 1000;

/// A file, and what is wrong with it.
#[derive(Debug)]
pub struct File {
    /// Below the archive's folder.
    pub path: String,
    pub bytes: Vec<u8>,
    pub truth: Option<Truth>,
}

/// Makes files in the given formats by turns: for each place the rows of the list of agencies, and the files.
#[derive(Debug)]
pub struct Stream {
    plan: Plan,
    template: Template,
    wanted: usize,
    made: usize,
}

impl Stream {
    /// For so many reports, and those that the last place has besides.
    pub fn new(wanted: usize, formats: &[&str], seed: u64) -> Self {
        let formats = formats.iter().map(|format| (*format).to_owned()).collect();
        let plan = Plan { formats, seed, ..Plan::new(0, OFFICES, 2021..=2024) };
        Self { plan, template: Template::new(), wanted, made: 0 }
    }
}

impl Iterator for Stream {
    type Item = (String, Vec<File>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.made >= self.wanted {
            return None;
        }
        let index = self.plan.places;
        self.plan.places += 1;
        let place = Place::new(&self.plan, index);
        let rows = place.agencies.iter().map(Agency::row).collect();
        let rng = &mut Rng::seeded(!self.plan.seed, index);
        Some((rows, place.reports.iter().map(|report| self.file(report, &names::place(index), rng)).collect()))
    }
}

impl Stream {
    fn file(&mut self, report: &Report, place: &str, rng: &mut Rng) -> File {
        let format = &self.plan.formats[self.made % self.plan.formats.len()];
        let shape = plain(format).expect("a known format");
        let layout = Layout::Numbered(self.made / FOLDER);
        self.made += 1;
        let stem = layout.path(place, &report.organization, report.year, report.year);
        let path = format!("{stem}.{}", ending(shape));
        let mut figures = report.figures.texts();
        let truth = (rng.below(4) == 0).then(|| spoil(&mut figures, report, &path, rng));
        let bytes = if format == "md" {
            self.template.fill(report, &figures).into_bytes()
        } else {
            shape.write(&Blank { figures, ..report.blank() }).1
        };
        File { path, bytes, truth }
    }
}

fn spoil(figures: &mut Vec<String>, report: &Report, path: &str, rng: &mut Rng) -> Truth {
    let spoilt = Mistake::Wrong(1).make(figures, rng).expect("any figure can be mistyped");
    let (figure, right) = spoilt.truth.first_key_value().expect("a wrong figure");
    let mut truth = Truth::new(Kind::WrongFigure, path, &report.organization, report.year);
    truth.role = Role::Planted;
    truth.figure.clone_from(&pack().figures[*figure].id);
    truth.found.clone_from(&spoilt.figures[*figure]);
    truth.expected = right.to_string();
    *figures = spoilt.figures;
    truth
}

/// A report in Markdown, cut where reports differ.
#[derive(Debug)]
struct Template(Vec<(String, Slot)>);

/// What stands behind a piece.
#[derive(Debug, Clone, Copy)]
enum Slot {
    Organization,
    Section(usize),
    Figure(usize),
    End,
}

/// What no report holds: it sets off the slots while the template is made.
const MARK: char = '\u{1}';
/// The year of the template; the title's only.
const YEAR: u16 = 9999;

impl Template {
    fn new() -> Self {
        let mut blank = Blank::new(pack(), &format!("{MARK}o{MARK}"), YEAR);
        blank.figures = (0..blank.figures.len()).map(|figure| format!("{MARK}f{figure}{MARK}")).collect();
        blank.texts = (0..blank.texts.len()).map(|section| format!("{MARK}s{section}{MARK}")).collect();
        let text = markdown::write(&blank, markdown::Way::Padded);
        let mut parts = text.split(MARK);
        let mut pieces = Vec::new();
        while let Some(fixed) = parts.next() {
            let slot = parts.next().map_or(Slot::End, |slot| {
                let number = || slot[1..].parse().expect("a number");
                match slot.as_bytes()[0] {
                    b'o' => Slot::Organization,
                    b's' => Slot::Section(number()),
                    _ => Slot::Figure(number()),
                }
            });
            pieces.push((fixed.to_owned(), slot));
        }
        Self(pieces)
    }

    fn fill(&self, report: &Report, figures: &[String]) -> String {
        let mut text = String::with_capacity(16 << 10);
        for (fixed, slot) in &self.0 {
            match fixed.strip_prefix(&YEAR.to_string()) {
                Some(behind) => {
                    text.push_str(&report.year.to_string());
                    text.push_str(behind);
                }
                None => text.push_str(fixed),
            }
            text.push_str(match slot {
                Slot::Organization => &report.organization,
                Slot::Section(section) => &report.texts[*section],
                Slot::Figure(figure) => &figures[*figure],
                Slot::End => "",
            });
        }
        text
    }
}
