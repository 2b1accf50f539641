//! A report with those that its judgement depends on: what has to be together to judge it where the others are not.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::copies::Alike;
use super::ground::Ground;
use super::member::{Entry, Key};
use super::reports::{All, Builder, Collection};
use crate::digest::Digest;

/// A report and those that it is compared with. Reports are numbered by their places here, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Under the name that their agency has among all reports.
    pub digests: Vec<Digest>,
    /// The report that is judged.
    pub own: Entry,
    /// What is like it, and what that is like.
    pub alike: Vec<(Entry, Alike)>,
    /// The years of which its agency has a file that cannot be read.
    pub unread: Vec<u16>,
}

impl Case {
    /// A collection of these reports, in which [`Self::own`] is judged as among all. What they are is said by `all`.
    pub fn collection(self, ground: &Arc<Ground>, all: &Arc<All>) -> Collection {
        let mut builder = Builder::on(ground);
        let Some(own) = self.digests.get(self.own).map(|digest| digest.organization.clone()) else {
            return builder.finish_of(all, []);
        };
        for digest in self.digests {
            builder.add(digest);
        }
        for year in self.unread {
            builder.add_unread(&own, year);
        }
        builder.finish_of(all, self.alike)
    }
}

impl Collection {
    /// What the judgement of a report depends on, and which reports these are.
    pub fn case(&self, entry: Entry) -> (Case, Vec<Entry>) {
        let entries: Vec<Entry> = self.related(entry).into_iter().collect();
        let place = |entry: Entry| entries.binary_search(&entry).ok();
        let alike = self.alike(entry);
        let placed = |alike: Alike| Alike { figures: alike.figures.and_then(place), text: alike.text.and_then(place) };
        let back = alike.text.map(|other| (other, Alike { figures: None, ..self.alike(other) }));
        let alike = [(entry, alike)].into_iter().chain(back);
        let agency = self.key(entry).agency;
        let case = Case {
            digests: entries.iter().map(|&entry| self.digest(entry)).collect(),
            own: place(entry).unwrap_or(0),
            alike: alike.filter_map(|(entry, alike)| Some((place(entry)?, placed(alike)))).collect(),
            unread: self.unread.range((agency, 0)..=(agency, u16::MAX)).map(|(_, year)| *year).collect(),
        };
        (case, entries)
    }

    /// The digest of a report, with the name of its agency.
    fn digest(&self, entry: Entry) -> Digest {
        let member = &self.entries[entry];
        let mut digest = member.digest.clone();
        digest.organization = self.name(member.agency).into();
        digest
    }

    fn related(&self, entry: Entry) -> BTreeSet<Entry> {
        let key = self.key(entry);
        let mut related = BTreeSet::from([entry]);
        related.extend(self.all_of(key).next());
        if self.all_of(key).next() != Some(entry) {
            return related;
        }
        related.extend(self.of(key));
        related.extend(self.of_earlier(key));
        for &child in self.below(key) {
            related.extend(self.of(Key { agency: child, ..key }));
            related.extend(self.of_year_before(Key { agency: child, ..key }));
        }
        let alike = self.alike(entry);
        for other in alike.figures.into_iter().chain(alike.text) {
            related.insert(other);
            related.extend(self.of_year_before(self.key(other)));
        }
        related
    }

    /// Of all reports of an agency and year those that tell whether they differ, and which of them are the first and the last.
    fn of(&self, key: Key) -> impl Iterator<Item = Entry> + '_ {
        let digest = |entry: Entry| &self.entries[entry].digest;
        let first = self.all_of(key).next();
        let other =
            first.and_then(|first| self.all_of(key).find(|&other| !digest(other).has_figures_of(digest(first))));
        [first, other, self.all_of(key).last()].into_iter().flatten()
    }

    fn of_year_before(&self, key: Key) -> impl Iterator<Item = Entry> + '_ {
        key.year.checked_sub(1).map(|year| self.of(Key { year, ..key })).into_iter().flatten()
    }

    /// The same of the last year before of which there is any report.
    fn of_earlier(&self, key: Key) -> impl Iterator<Item = Entry> + '_ {
        let first = self.series.partition_point(|(other, _)| *other < key);
        let last = first.checked_sub(1).map(|index| self.series[index].0);
        let last = last.filter(|last| (last.family, last.agency) == (key.family, key.agency));
        last.map(|last| self.of(last)).into_iter().flatten()
    }

    /// The agencies right below one.
    fn below(&self, key: Key) -> &[u32] {
        let own = self.agencies().and_then(|agencies| agencies.agencies.get(key.agency as usize));
        own.filter(|agency| agency.is_consolidated).map_or(&[], |agency| &agency.children)
    }

    /// Who has the figures and the text of a report.
    fn alike(&self, entry: Entry) -> Alike {
        Alike { figures: self.copies.same_figures(entry), text: self.copies.same_text(entry) }
    }
}
