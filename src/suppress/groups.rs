//! Waivers by what they are about, so that none is tried on a report or a finding that it says nothing of.

use std::collections::{BTreeSet, HashMap};

use super::patterns::{ANYTHING, Patterns};
use crate::agencies::folded;
use crate::finding::{Finding, Subject};
use crate::pack::means;

/// Groups of waivers, each about the same reports.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
    /// Their numbers by the agency they are about, folded; none for all agencies.
    named: HashMap<Option<String>, Vec<u32>>,
    /// Those about agencies whose names fit a pattern.
    patterns: Patterns,
}

/// The waivers about the reports of an agency, or of all whose names fit, of a year or of all years.
#[derive(Debug)]
struct Group {
    year: Option<u16>,
    /// By the word for their rule, then by the figure; none for all figures.
    waivers: HashMap<String, HashMap<Option<String>, Vec<u32>>>,
}

/// What one waiver is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'w> {
    pub organization: Option<&'w str>,
    pub year: Option<u16>,
    pub rule: &'w str,
    pub figure: Option<&'w str>,
}

impl Groups {
    /// Of waivers in the order of their numbers, also the group of each.
    pub fn of<'w>(waivers: impl Iterator<Item = About<'w>>) -> (Self, Vec<u32>) {
        let mut own = Self::default();
        let mut known = HashMap::new();
        let group_of = (0..).zip(waivers).map(|(number, about)| {
            let key = (about.organization.map(folded), about.year);
            let group = *known.entry(key).or_insert_with(|| own.begin(about.organization, about.year));
            let of_rule = own.groups[group as usize].waivers.entry(about.rule.to_owned()).or_default();
            of_rule.entry(about.figure.map(str::to_owned)).or_default().push(number);
            group
        });
        let group_of = group_of.collect();
        (own, group_of)
    }

    fn begin(&mut self, organization: Option<&str>, year: Option<u16>) -> u32 {
        let number = u32::try_from(self.groups.len()).expect("no file is that large");
        self.groups.push(Group { year, waivers: HashMap::new() });
        match organization {
            Some(pattern) if pattern.contains(ANYTHING) => {
                self.patterns.add(pattern.split(ANYTHING).map(folded).collect(), number);
            }
            organization => self.named.entry(organization.map(folded)).or_default().push(number),
        }
        number
    }

    /// The same, where agencies have other names.
    #[must_use]
    pub fn renamed(mut self, names: &HashMap<String, String>) -> Self {
        for (name, numbers) in std::mem::take(&mut self.named) {
            let name = name.map(|name| names.get(&name).cloned().unwrap_or(name));
            self.named.entry(name).or_default().extend(numbers);
        }
        self
    }

    /// Those about the reports of an agency and a year, by its name and the one on the list, both folded.
    pub fn about(&self, name: Option<&String>, listed: Option<&String>, year: Option<u16>) -> BTreeSet<u32> {
        let own = listed.and_then(|name| self.named.get(&Some(name.clone())));
        let named = own.into_iter().chain(self.named.get(&None)).flatten().copied();
        let names: BTreeSet<&String> = name.into_iter().chain(listed).collect();
        let all = named.chain(names.into_iter().flat_map(|name| self.patterns.fitting(name)));
        let is_of_year = |group: &Group| group.year.is_none_or(|own| year == Some(own));
        all.filter(|&number| is_of_year(&self.groups[number as usize])).collect()
    }

    /// The waivers of a group that may speak of a finding: those of its rule, about a figure that its first one is in.
    pub fn likely(&self, group: u32, finding: &Finding) -> impl Iterator<Item = u32> {
        let figures: BTreeSet<Option<String>> = [None].into_iter().chain(around(finding).map(Some)).collect();
        let rules = self.groups[group as usize].waivers.iter().filter(|(rule, _)| means(rule, &finding.rule));
        rules.flat_map(move |(_, of_rule)| {
            figures.iter().filter_map(|figure| of_rule.get(figure)).flatten().copied().collect::<Vec<_>>()
        })
    }
}

/// The ids of what a finding is about and of all that this is in: `table.row:column`, `table.row`, `table`.
fn around(finding: &Finding) -> impl Iterator<Item = String> {
    let explained = finding.suspects.iter().filter_map(|suspects| Some(suspects.first()?.cell.clone()));
    let ids: Vec<String> = match &finding.subject {
        Subject::Report => finding.broken.first().cloned().into_iter().chain(explained).collect(),
        subject => vec![subject.id()],
    };
    let around = |id: String| {
        let ends = id.match_indices(['.', ':']).map(|(at, _)| at).chain([id.len()]);
        ends.map(|end| id[..end].to_owned()).collect::<Vec<_>>()
    };
    ids.into_iter().flat_map(around)
}
