//! Reports side by side: each against the one of the year before, against those of the agencies below, and against all others
//! of its year. Works on digests; what it finds is told with places once the files are looked at again.

mod copies;
mod due;
mod judge;
mod rollup;
mod series;
mod tell;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::agencies::{Agencies, folded};
use crate::digest::Digest;
use crate::evaluate::Numbers;
use crate::pack::{Core, Pack};
use copies::Copies;
use due::Reported;
pub use due::{Missing, Thin};
pub use judge::{Accusation, Judgement};
pub use rollup::{Explanation, How};
pub use tell::{Beside, tell};

/// A report in the archive, by its place in the order in which reports came.
pub type Entry = usize;

/// Gathers digests, in the order of the reports.
#[derive(Debug)]
pub struct Builder {
    core: Arc<Core>,
    packs: Vec<Arc<Pack>>,
    agencies: Option<Agencies>,
    names: HashMap<String, u32>,
    archive_names: Vec<String>,
    entries: Vec<Kept>,
}

/// A digest, its agency by number.
#[derive(Debug)]
struct Kept {
    agency: u32,
    digest: Digest,
}

/// All reports, ready to be laid side by side.
#[derive(Debug)]
pub struct Archive {
    core: Arc<Core>,
    packs: Vec<Arc<Pack>>,
    agencies: Option<Agencies>,
    /// Names of agencies that are not on the list, whose numbers go on from those that are.
    names: Vec<String>,
    entries: Vec<Kept>,
    /// Every report by form, agency and year, in that order; of two for one year the earlier first.
    series: Vec<(Key, u32)>,
    copies: Copies,
    /// By form and year; nothing without a list.
    reported: BTreeMap<(u16, u16), Reported>,
    /// For each form, the first of its family.
    families: Vec<u16>,
    /// For two forms of a family, the figures of the first by those of the second.
    figures: BTreeMap<(u16, u16), Vec<Option<usize>>>,
}

/// Which form, whose, and of which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    family: u16,
    agency: u32,
    year: u16,
}

/// The report of an agency and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    None,
    One(Entry),
    /// Several whose figures differ: nobody knows which counts.
    Several,
}

impl Builder {
    /// An archive of reports in these forms, with the list of agencies if there is one.
    pub fn new(core: &Arc<Core>, packs: &[Arc<Pack>], agencies: Option<Agencies>) -> Self {
        Self {
            core: Arc::clone(core),
            packs: packs.to_vec(),
            agencies,
            names: HashMap::new(),
            archive_names: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Adds a report, and says which one it is.
    pub fn add(&mut self, mut digest: Digest) -> Entry {
        let name = std::mem::take(&mut digest.organization);
        let listed = self.agencies.as_ref().map_or(0, |agencies| agencies.agencies.len() as u32);
        let on_list = self.agencies.as_ref().and_then(|agencies| agencies.find(&name));
        let agency = on_list.unwrap_or_else(|| {
            let next = listed + self.archive_names.len() as u32;
            let number = *self.names.entry(folded(&name)).or_insert(next);
            if number == next {
                self.archive_names.push(name.into());
            }
            number
        });
        self.entries.push(Kept { agency, digest });
        self.entries.len() - 1
    }

    /// Whether there is anything to be laid side by side.
    pub fn is_lone(&self) -> bool {
        self.entries.len() < 2 && self.agencies.is_none()
    }

    /// All reports are in.
    pub fn finish(self) -> Archive {
        let families: Vec<u16> = self.packs.iter().map(|pack| family(pack, &self.packs)).collect();
        let key = |kept: &Kept| Key {
            family: families[usize::from(kept.digest.pack)],
            agency: kept.agency,
            year: kept.digest.year,
        };
        let mut series: Vec<(Key, u32)> =
            self.entries.iter().enumerate().map(|(index, kept)| (key(kept), index as u32)).collect();
        series.sort_unstable();
        let name = |agency| name(self.agencies.as_ref(), &self.archive_names, agency);
        let copies = Copies::new(&series, &self.entries, &self.packs, &self.core.archive, name);
        let reported = self.agencies.as_ref().map_or_else(BTreeMap::new, |agencies| Reported::count(agencies, &series));
        let figures = figures(&self.packs, &families);
        Archive {
            core: self.core,
            packs: self.packs,
            agencies: self.agencies,
            names: self.archive_names,
            entries: self.entries,
            series,
            copies,
            reported,
            families,
            figures,
        }
    }
}

/// What an agency is called; the numbers of those that are not on the list go on from those that are.
fn name<'n>(listed: Option<&'n Agencies>, others: &'n [String], agency: u32) -> &'n str {
    let listed = listed.map_or(&[][..], |agencies| &agencies.agencies);
    let agency = agency as usize;
    listed.get(agency).map_or_else(|| others[agency - listed.len()].as_str(), |agency| &agency.name)
}

/// The first form of the same family.
fn family(pack: &Pack, packs: &[Arc<Pack>]) -> u16 {
    let is_same = |other: &Arc<Pack>| match &pack.family {
        Some(family) => other.family.as_ref() == Some(family),
        None => other.id == pack.id,
    };
    packs.iter().position(is_same).and_then(|index| u16::try_from(index).ok()).unwrap_or(u16::MAX)
}

fn figures(packs: &[Arc<Pack>], families: &[u16]) -> BTreeMap<(u16, u16), Vec<Option<usize>>> {
    let mut figures = BTreeMap::new();
    for (own, pack) in packs.iter().enumerate() {
        for (other, other_pack) in packs.iter().enumerate().filter(|(other, _)| families[*other] == families[own]) {
            let places: HashMap<&str, usize> =
                other_pack.figures.iter().enumerate().map(|(index, figure)| (figure.id.as_str(), index)).collect();
            let own_figures = pack.figures.iter().map(|figure| places.get(figure.id.as_str()).copied());
            figures.insert((own as u16, other as u16), own_figures.collect());
        }
    }
    figures
}

impl Archive {
    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The list of agencies.
    pub fn agencies(&self) -> Option<&Agencies> {
        self.agencies.as_ref()
    }

    /// The name of an agency, as the list has it, else as its first report has it.
    fn name(&self, agency: u32) -> &str {
        name(self.agencies.as_ref(), &self.names, agency)
    }

    /// The agency and the year of a report.
    pub fn identity(&self, entry: Entry) -> (&str, u16) {
        let kept = &self.entries[entry];
        (self.name(kept.agency), kept.digest.year)
    }

    /// The form of a report.
    pub fn pack(&self, entry: Entry) -> &Arc<Pack> {
        &self.packs[usize::from(self.entries[entry].digest.pack)]
    }

    fn key(&self, entry: Entry) -> Key {
        let kept = &self.entries[entry];
        Key { family: self.families[usize::from(kept.digest.pack)], agency: kept.agency, year: kept.digest.year }
    }

    /// All reports of an agency and year, in order.
    fn all_of(&self, key: Key) -> impl Iterator<Item = Entry> + '_ {
        let first = self.series.partition_point(|(other, _)| *other < key);
        self.series[first..].iter().take_while(move |(other, _)| *other == key).map(|(_, entry)| *entry as usize)
    }

    fn report_of(&self, key: Key) -> Found {
        let mut all = self.all_of(key);
        let Some(first) = all.next() else { return Found::None };
        let digest = |entry: Entry| &self.entries[entry].digest;
        if all.all(|other| digest(other).has_figures_of(digest(first))) { Found::One(first) } else { Found::Several }
    }

    /// The numbers of a report, by the figures of the form of another one.
    fn numbers(&self, entry: Entry, for_form_of: Entry) -> Numbers {
        self.in_form(self.entries[entry].digest.numbers(self.pack(entry)), entry, for_form_of)
    }

    /// The same, with what the report's own sums say that its wrong figures should be.
    fn corrected(&self, entry: Entry, for_form_of: Entry) -> Numbers {
        let mut numbers = self.entries[entry].digest.numbers(self.pack(entry));
        correct(&self.entries[entry].digest, &mut numbers);
        self.in_form(numbers, entry, for_form_of)
    }

    fn in_form(&self, numbers: Numbers, entry: Entry, for_form_of: Entry) -> Numbers {
        let (own, other) = (self.entries[for_form_of].digest.pack, self.entries[entry].digest.pack);
        if own == other {
            return numbers;
        }
        let places = self.figures.get(&(own, other)).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| place.and_then(|place| numbers.get(place).copied().flatten())).collect()
    }
}

/// Puts the right values in the place of wrong ones.
fn correct(digest: &Digest, numbers: &mut Numbers) {
    for (figure, number) in digest.corrections() {
        if let Some(wrong) = numbers.get_mut(figure) {
            *wrong = Some(number);
        }
    }
}
