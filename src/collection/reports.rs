//! Reports by form, agency and year, with what is needed to compare any two of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::copies::Copies;
use super::expected::Turnout;
use super::member::{Entry, Found, Key, Member};
use crate::agencies::{Agencies, folded};
use crate::digest::Digest;
use crate::evaluate::Numbers;
use crate::pack::{Core, Pack};

/// Gathers digests, in the order of the reports.
#[derive(Debug)]
pub struct Builder {
    core: Arc<Core>,
    packs: Vec<Arc<Pack>>,
    agencies: Option<Agencies>,
    names: HashMap<String, u32>,
    other_names: Vec<String>,
    entries: Vec<Member>,
    unread: BTreeSet<(u32, u16)>,
}

/// All reports, ready to be compared.
#[derive(Debug)]
pub struct Collection {
    pub(super) core: Arc<Core>,
    pub(super) packs: Vec<Arc<Pack>>,
    pub(super) agencies: Option<Agencies>,
    /// Names of agencies that are not on the list, whose numbers go on from those that are.
    pub(super) names: Vec<String>,
    pub(super) entries: Vec<Member>,
    /// Agency and year of files that cannot be read, as their names say.
    pub(super) unread: BTreeSet<(u32, u16)>,
    /// Every report by form, agency and year, in that order; of two for one year the earlier first.
    pub(super) series: Vec<(Key, u32)>,
    pub(super) copies: Copies,
    /// By form and year; nothing without a list.
    pub(super) reported: BTreeMap<(u16, u16), Turnout>,
    /// For each form, the first of its family.
    pub(super) families: Vec<u16>,
    /// For two forms of a family, the figures of the first by those of the second.
    pub(super) figures: BTreeMap<(u16, u16), Vec<Option<usize>>>,
}

impl Builder {
    /// A collection of reports in these forms, with the list of agencies if there is one.
    pub fn new(core: &Arc<Core>, packs: &[Arc<Pack>], agencies: Option<Agencies>) -> Self {
        Self {
            core: Arc::clone(core),
            packs: packs.to_vec(),
            agencies,
            names: HashMap::new(),
            other_names: Vec::new(),
            entries: Vec::new(),
            unread: BTreeSet::new(),
        }
    }

    /// Adds a report, and says which one it is.
    pub fn add(&mut self, mut digest: Digest) -> Entry {
        let agency = self.agency(&std::mem::take(&mut digest.organization));
        self.entries.push(Member { agency, digest });
        self.entries.len() - 1
    }

    /// Adds a file that cannot be read, by what its names say: nobody can say that this report is missing.
    pub fn add_unread(&mut self, organization: &str, year: u16) {
        let agency = self.agency(organization);
        self.unread.insert((agency, year));
    }

    /// The number of an agency.
    fn agency(&mut self, name: &str) -> u32 {
        let listed = self.agencies.as_ref().map_or(0, |agencies| agencies.agencies.len() as u32);
        let on_list = self.agencies.as_ref().and_then(|agencies| agencies.find(name));
        on_list.unwrap_or_else(|| {
            let next = listed + self.other_names.len() as u32;
            let number = *self.names.entry(folded(name)).or_insert(next);
            if number == next {
                self.other_names.push(name.to_owned());
            }
            number
        })
    }

    /// Whether there is nothing to compare.
    pub fn is_lone(&self) -> bool {
        self.entries.len() < 2 && self.agencies.is_none()
    }

    /// All reports are in.
    pub fn finish(self) -> Collection {
        let families: Vec<u16> = self.packs.iter().map(|pack| family(pack, &self.packs)).collect();
        let key = |member: &Member| Key {
            family: families[usize::from(member.digest.pack)],
            agency: member.agency,
            year: member.digest.year,
        };
        let mut series: Vec<(Key, u32)> =
            self.entries.iter().enumerate().map(|(index, member)| (key(member), index as u32)).collect();
        series.sort_unstable();
        let name = |agency| name(self.agencies.as_ref(), &self.other_names, agency);
        let copies = Copies::new(&series, &self.entries, &self.packs, &self.core.collection, name);
        let reported = self.agencies.as_ref().map_or_else(BTreeMap::new, |agencies| Turnout::count(agencies, &series));
        let figures = figures(&self.packs, &families);
        Collection {
            core: self.core,
            packs: self.packs,
            agencies: self.agencies,
            names: self.other_names,
            entries: self.entries,
            unread: self.unread,
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

impl Collection {
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
    pub(super) fn name(&self, agency: u32) -> &str {
        name(self.agencies.as_ref(), &self.names, agency)
    }

    /// The agency and the year of a report.
    pub fn identity(&self, entry: Entry) -> (&str, u16) {
        let member = &self.entries[entry];
        (self.name(member.agency), member.digest.year)
    }

    /// The form of a report.
    pub fn pack(&self, entry: Entry) -> &Arc<Pack> {
        &self.packs[usize::from(self.entries[entry].digest.pack)]
    }

    pub(super) fn key(&self, entry: Entry) -> Key {
        let member = &self.entries[entry];
        Key { family: self.families[usize::from(member.digest.pack)], agency: member.agency, year: member.digest.year }
    }

    /// All reports of an agency and year, in order.
    pub(super) fn all_of(&self, key: Key) -> impl Iterator<Item = Entry> + '_ {
        let first = self.series.partition_point(|(other, _)| *other < key);
        self.series[first..].iter().take_while(move |(other, _)| *other == key).map(|(_, entry)| *entry as usize)
    }

    pub(super) fn report_of(&self, key: Key) -> Found {
        let mut all = self.all_of(key);
        let Some(first) = all.next() else { return Found::None };
        let digest = |entry: Entry| &self.entries[entry].digest;
        if all.all(|other| digest(other).has_figures_of(digest(first))) { Found::One(first) } else { Found::Several }
    }

    /// The numbers of a report, by the figures of the form of another one.
    pub(super) fn numbers(&self, entry: Entry, for_form_of: Entry) -> Numbers {
        self.in_form(self.entries[entry].digest.numbers(self.pack(entry)), entry, for_form_of)
    }

    /// The same, with what the report's own sums say that its wrong figures should be.
    pub(super) fn corrected(&self, entry: Entry, for_form_of: Entry) -> Numbers {
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
pub(super) fn correct(digest: &Digest, numbers: &mut Numbers) {
    for (figure, number) in digest.corrections() {
        if let Some(wrong) = numbers.get_mut(figure) {
            *wrong = Some(number);
        }
    }
}
