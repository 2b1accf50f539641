//! Reports by form, agency and year, with what is needed to compare any two of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::common::Common;
use super::copies::{Alike, Copies};
use super::expected::{Turnout, Turnouts};
use super::ground::Ground;
use super::member::{Entry, Found, Key, Member};
use crate::agencies::{Agencies, folded};
use crate::digest::Digest;
use crate::evaluate::Numbers;
use crate::pack::{Core, Pack};

/// Gathers digests, in the order of the reports.
#[derive(Debug)]
pub struct Builder {
    ground: Arc<Ground>,
    names: HashMap<String, u32>,
    other_names: Vec<String>,
    entries: Vec<Member>,
    unread: BTreeSet<(u32, u16)>,
}

/// All reports, ready to be compared.
#[derive(Debug)]
pub struct Collection {
    pub(super) ground: Arc<Ground>,
    /// Names of agencies that are not on the list, whose numbers go on from those that are.
    pub(super) names: Vec<String>,
    pub(super) entries: Vec<Member>,
    /// Agency and year of files that cannot be read, as their names say.
    pub(super) unread: BTreeSet<(u32, u16)>,
    /// Every report by form, agency and year, in that order; of two for one year the earlier first.
    pub(super) series: Vec<(Key, u32)>,
    pub(super) copies: Copies,
    pub(super) all: Arc<All>,
}

/// What is known of all reports of a run, whichever of them are at hand.
#[derive(Debug, Default)]
pub struct All {
    pub(super) common: Common,
    /// By form and year; nothing without a list.
    pub(super) reported: Turnouts,
}

impl All {
    /// Which sentences are common, and how many agencies on the list have a report in the first form of a family, by that and the
    /// year.
    pub fn new(ground: &Ground, common: Common, reported: impl IntoIterator<Item = ((u16, u16), usize)>) -> Self {
        let turnout = |((family, year), reported)| {
            let expected = Turnout::expected(ground.agencies()?, year);
            Some(((family, year), Turnout { reported, expected }))
        };
        Self { common, reported: reported.into_iter().filter_map(turnout).collect() }
    }

    /// The sentences that many agencies use.
    pub fn common(&self) -> &Common {
        &self.common
    }

    /// How many agencies on the list have a report in the first form of a family, by that and the year.
    pub fn reported(&self) -> impl Iterator<Item = ((u16, u16), usize)> + '_ {
        self.reported.iter().map(|(of, turnout)| (*of, turnout.reported))
    }
}

impl Builder {
    /// A collection of reports in these forms, with the list of agencies if there is one.
    pub fn new(core: &Arc<Core>, packs: &[Arc<Pack>], agencies: Option<Agencies>) -> Self {
        Self::on(&Ground::new(core, packs, agencies))
    }

    /// One of several collections that have all but their reports in common.
    pub fn on(ground: &Arc<Ground>) -> Self {
        Self {
            ground: Arc::clone(ground),
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
        let on_list = self.ground.agencies().and_then(|agencies| agencies.find(name));
        on_list.unwrap_or_else(|| {
            let next = (self.ground.listed() + self.other_names.len()) as u32;
            let number = *self.names.entry(folded(name)).or_insert(next);
            if number == next {
                self.other_names.push(name.to_owned());
            }
            number
        })
    }

    /// Whether there is nothing to compare.
    pub fn is_lone(&self) -> bool {
        self.entries.len() < 2 && self.ground.agencies().is_none()
    }

    /// All reports are in.
    pub fn finish(self) -> Collection {
        let series = self.series();
        let settings = &self.ground.core.collection;
        let common = Common::count(&series, &self.entries, settings);
        let name = |agency| name(self.ground.agencies(), &self.other_names, agency);
        let copies = Copies::new(&series, &self.entries, &self.ground.packs, (settings, &common), name);
        let reported = self.ground.agencies().map_or_else(Turnouts::new, |list| Turnout::count(list, &series));
        self.with(series, copies, Arc::new(All { common, reported }))
    }

    /// Only some of all reports are in, at least those that the reports to be judged are compared with: what is known of the rest
    /// comes from elsewhere, as does who is like whom.
    pub fn finish_of(self, all: &Arc<All>, alike: impl IntoIterator<Item = (Entry, Alike)>) -> Collection {
        let mut copies = Copies::default();
        alike.into_iter().for_each(|(entry, alike)| copies.add(entry, alike));
        let series = self.series();
        self.with(series, copies, Arc::clone(all))
    }

    fn series(&self) -> Vec<(Key, u32)> {
        let key = |member: &Member| Key {
            family: self.ground.family(member.digest.pack),
            agency: member.agency,
            year: member.digest.year,
        };
        let mut series: Vec<(Key, u32)> =
            self.entries.iter().enumerate().map(|(index, member)| (key(member), index as u32)).collect();
        series.sort_unstable();
        series
    }

    fn with(self, series: Vec<(Key, u32)>, copies: Copies, all: Arc<All>) -> Collection {
        let Self { ground, other_names, entries, unread, .. } = self;
        Collection { ground, names: other_names, entries, unread, series, copies, all }
    }
}

/// What an agency is called; the numbers of those that are not on the list go on from those that are.
fn name<'n>(listed: Option<&'n Agencies>, others: &'n [String], agency: u32) -> &'n str {
    let listed = listed.map_or(&[][..], |agencies| &agencies.agencies);
    let agency = agency as usize;
    listed.get(agency).map_or_else(|| others[agency - listed.len()].as_str(), |agency| &agency.name)
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

    /// What is known of all its reports.
    pub fn all(&self) -> &Arc<All> {
        &self.all
    }

    /// The list of agencies.
    pub fn agencies(&self) -> Option<&Agencies> {
        self.ground.agencies()
    }

    /// The name of an agency, as the list has it, else as its first report has it.
    pub(super) fn name(&self, agency: u32) -> &str {
        name(self.ground.agencies(), &self.names, agency)
    }

    /// The agency and the year of a report.
    pub fn identity(&self, entry: Entry) -> (&str, u16) {
        let member = &self.entries[entry];
        (self.name(member.agency), member.digest.year)
    }

    /// The form of a report.
    pub fn pack(&self, entry: Entry) -> &Arc<Pack> {
        &self.ground.packs[usize::from(self.entries[entry].digest.pack)]
    }

    pub(super) fn key(&self, entry: Entry) -> Key {
        let member = &self.entries[entry];
        Key { family: self.ground.family(member.digest.pack), agency: member.agency, year: member.digest.year }
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
        self.in_form(entry, self.entries[entry].digest.numbers(self.pack(entry)), for_form_of)
    }

    /// The same, with what the report's own sums say that its wrong figures should be.
    pub(super) fn corrected(&self, entry: Entry, for_form_of: Entry) -> Numbers {
        let mut numbers = self.entries[entry].digest.numbers(self.pack(entry));
        correct(&self.entries[entry].digest, &mut numbers);
        self.in_form(entry, numbers, for_form_of)
    }

    fn in_form(&self, entry: Entry, numbers: Numbers, for_form_of: Entry) -> Numbers {
        let form = |entry: Entry| self.entries[entry].digest.pack;
        self.ground.in_form(numbers, form(entry), form(for_form_of))
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
