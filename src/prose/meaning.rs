//! What the number of a record means in a form: which sums of figures it may be, and which rule judges it. May rely on
//! records and the pack; knows no values.

use rust_decimal::Decimal;

use super::record::{Period, Record, Says, Scope};
use crate::pack::{Name, NameKind, Pack, Reading, RowSum, RowTerm, Term, operand};

/// Sums of more parts than a sentence joins are not tried.
const MOST_READINGS: usize = 24;

/// Names for rows.
const ROWS: [NameKind; 4] = [NameKind::Row, NameKind::CarriedIn, NameKind::CarriedOut, NameKind::Carried];

impl Record {
    /// What its number is of.
    pub fn names<'r>(&'r self, pack: &'r Pack) -> impl Iterator<Item = &'r Name> + Clone {
        self.names.iter().map(|&name| &pack.text().lexicon.names[name])
    }

    pub fn has_kind(&self, pack: &Pack, kinds: &[NameKind]) -> bool {
        self.meant(pack).has_kind(kinds)
    }

    /// The rule that judges what it says, by its place in the pack: that of the narrowest of its names.
    pub fn rule(&self, pack: &Pack) -> Option<usize> {
        self.rule_by(pack, |name| match self.says {
            Says::Count => name.counts,
            Says::None => name.none,
            Says::All => name.all,
            _ => None,
        })
    }

    /// The rule that judges numbers of what it names.
    pub fn rule_of_counts(&self, pack: &Pack) -> Option<usize> {
        self.rule_by(pack, |name| name.counts)
    }

    fn rule_by(&self, pack: &Pack, own: impl Fn(&Name) -> Option<usize>) -> Option<usize> {
        let kinds: [&[NameKind]; 4] = [&[NameKind::Column], &ROWS, &[NameKind::Act], &[NameKind::Group]];
        let of_kind =
            |kinds: &&[NameKind]| self.names(pack).find(|name| kinds.contains(&name.kind) && own(name).is_some());
        kinds.iter().find_map(of_kind).and_then(own)
    }

    /// Whether it is certain that a number is of the whole report, in a unit that counts what it names.
    pub fn is_certain(&self, pack: &Pack) -> bool {
        self.is_certain_but_for_time(pack) && self.period == Period::Own
    }

    /// The same of the number of any year.
    pub fn is_certain_but_for_time(&self, pack: &Pack) -> bool {
        let counts = |name: &Name| {
            let unit = self.unit.map(|unit| pack.text().lexicon.unit_word(unit));
            unit.is_none_or(|unit| name.units.iter().any(|known| known == unit))
        };
        self.is_known
            && !self.is_about
            && self.scope == Scope::Whole
            && self.names(pack).filter(|name| name.kind == NameKind::Group).all(counts)
    }

    /// What its number may mean, the plainest first.
    pub fn readings(&self, pack: &Pack) -> Vec<Reading> {
        let readings = readings_of(pack, &self.names);
        if self.says != Says::None || !readings.is_empty() {
            return readings;
        }
        // 「未发生申请」: of what there is none nothing was done, whatever the act.
        let groups = self.names.iter().copied().filter(|&name| is_group(pack, name)).collect::<Vec<_>>();
        readings_of(pack, &groups)
    }

    /// The same, with what another number says is included.
    pub fn readings_with(&self, included: &Self, pack: &Pack) -> Vec<Reading> {
        let meant = self.meant(pack);
        meant.readings(&crossed(&meant.sums(), &included.meant(pack).sums()))
    }

    /// What must be 0 where it says something of all: of what it names, or of that and all that was counted `before`.
    pub fn readings_of_the_rest<'r>(&self, before: impl Iterator<Item = &'r Self>, pack: &Pack) -> Vec<Reading> {
        let Some(name) = self.names(pack).find(|name| name.all.is_some()) else { return Vec::new() };
        if !name.all_rows.is_empty() {
            return name.all_rows.iter().filter_map(|sum| reading(pack, sum, &["total"])).collect();
        }
        let own: Vec<usize> = self.names.iter().copied().filter(|&name| is_group(pack, name)).collect();
        let mut all = own.clone();
        all.extend(before.flat_map(|record| &record.names).copied().filter(|&name| is_group(pack, name)));
        all.sort_unstable();
        all.dedup();
        let columns: Vec<&str> = name.all_columns.iter().map(String::as_str).collect();
        // The first sum of a group is all of it.
        let whole = |groups: &[usize]| -> RowSum {
            groups
                .iter()
                .filter_map(|&group| pack.text().lexicon.names[group].rows.first())
                .flatten()
                .copied()
                .collect()
        };
        let sums = if all == own { vec![whole(&own)] } else { vec![whole(&own), whole(&all)] };
        sums.iter().filter(|sum| !sum.is_empty()).filter_map(|sum| reading(pack, sum, &columns)).collect()
    }

    /// What shares of its group may be shares of.
    pub fn wholes(&self, pack: &Pack) -> Vec<Reading> {
        self.names(pack).flat_map(|name| &name.wholes).filter_map(|sum| reading(pack, sum, &["total"])).collect()
    }

    fn meant<'r>(&'r self, pack: &'r Pack) -> Meant<'r> {
        Meant { pack, names: &self.names }
    }
}

fn is_group(pack: &Pack, name: usize) -> bool {
    pack.text().lexicon.names[name].kind == NameKind::Group
}

/// What a number may mean that is of these names of the lexicon, the plainest first.
pub fn readings_of(pack: &Pack, names: &[usize]) -> Vec<Reading> {
    let meant = Meant { pack, names };
    meant.readings(&meant.sums())
}

/// Names that say together what is counted.
#[derive(Clone, Copy)]
struct Meant<'r> {
    pack: &'r Pack,
    names: &'r [usize],
}

impl<'r> Meant<'r> {
    fn all(self) -> impl Iterator<Item = &'r Name> + Clone {
        self.names.iter().map(move |&name| &self.pack.text().lexicon.names[name])
    }

    /// The names of these kinds but those of which another one names a part: 「审结案件中维持」 is what was upheld.
    fn narrowest(
        self,
        kinds: &'r [NameKind],
        is_part: impl Fn(&Name, &Name) -> bool,
    ) -> impl Iterator<Item = &'r Name> {
        let own = move || self.all().filter(|name| kinds.contains(&name.kind));
        own().filter(move |all| !own().any(|part| is_part(all, part)))
    }

    /// Whether a sum has a row, or one that it is under.
    fn has_within(self, sum: &RowSum, part: &RowTerm) -> bool {
        let rows = &self.pack.tables[part.table].rows;
        sum.iter().any(|all| all.table == part.table && (all.row..rows[all.row].end).contains(&part.row))
    }

    fn has_kind(self, kinds: &[NameKind]) -> bool {
        self.all().any(|name| kinds.contains(&name.kind))
    }

    fn readings(self, sums: &[RowSum]) -> Vec<Reading> {
        let is_part = |all: &Name, part: &Name| {
            !part.columns.is_empty()
                && part.columns.len() < all.columns.len()
                && part.columns.iter().all(|column| all.columns.contains(column))
        };
        let own = self.narrowest(&[NameKind::Column], is_part);
        let mut columns: Vec<&str> = own.flat_map(|name| name.columns.iter().map(String::as_str)).collect();
        if columns.is_empty() {
            columns.push("total");
        }
        sums.iter().filter_map(|sum| reading(self.pack, sum, &columns)).collect()
    }

    /// The sums of rows that the names may mean together.
    fn sums(self) -> Vec<RowSum> {
        let has_act = self.has_kind(&[NameKind::Act]);
        if self.has_kind(&ROWS) {
            let has_act = self.all().any(|name| name.kind == NameKind::Act && !name.rows.is_empty());
            return if has_act && self.has_kind(&[NameKind::Row]) { Vec::new() } else { self.joined(&ROWS) };
        }
        if !has_act {
            return self.joined(&[NameKind::Group]);
        }
        self.sums_of_acts()
    }

    /// Acts name the rows of their own group, and say nothing of those of others.
    fn sums_of_acts(self) -> Vec<RowSum> {
        let lexicon = &self.pack.text().lexicon;
        let acts = || self.names.iter().copied().filter(|&name| lexicon.names[name].kind == NameKind::Act);
        let groups = || self.all().filter(|name| name.kind == NameKind::Group);
        let mut idle = groups().map(|group| group.acts.as_ref().map(|idle| acts().all(|act| idle.contains(&act))));
        let Some(first) = idle.next() else { return Vec::new() };
        match first {
            _ if idle.any(|other| other != first) => Vec::new(),
            Some(false) => Vec::new(),
            Some(true) => self.joined(&[NameKind::Group]),
            None => {
                let mut sums: Vec<RowSum> = Vec::new();
                for sum in acts().flat_map(|act| &lexicon.names[act].rows) {
                    if !sums.contains(sum) {
                        sums.push(sum.clone());
                    }
                }
                sums
            }
        }
    }

    /// Every sum of rows of each name of these kinds with every one of the others.
    fn joined(self, kinds: &[NameKind]) -> Vec<RowSum> {
        let is_part = |all: &Name, part: &Name| match (all.rows.first(), part.rows.first()) {
            (Some(all), Some(part)) => all != part && part.iter().all(|part| self.has_within(all, part)),
            _ => false,
        };
        let mut own = self.narrowest(kinds, is_part);
        let first = own.next().map(|name| name.rows.clone()).unwrap_or_default();
        own.fold(first, |sums, name| crossed(&sums, &name.rows))
    }
}

/// A sum of rows in some columns; none where a row has no such column.
fn reading(pack: &Pack, sum: &RowSum, columns: &[&str]) -> Option<Reading> {
    let terms = sum.iter().flat_map(|term| columns.iter().map(move |column| (term, column)));
    let term = |(term, column): (&crate::pack::RowTerm, &&str)| {
        let operand = operand(&pack.tables[term.table], term.row, column)?;
        Some(Term { factor: term.factor, operand })
    };
    Some(Reading { terms: terms.map(term).collect::<Option<_>>()? })
}

/// Every sum of the one with every sum of the other.
fn crossed(left: &[RowSum], right: &[RowSum]) -> Vec<RowSum> {
    let both = left.iter().flat_map(|left| right.iter().map(move |right| [left.as_slice(), right].concat()));
    both.take(MOST_READINGS).collect()
}

/// The figure that a reading is, where it is one and no sum.
pub fn only_figure(reading: &Reading) -> Option<usize> {
    let [Term { factor, operand: crate::pack::Operand::Figures { addends, .. } }] = reading.terms.as_slice() else {
        return None;
    };
    let [addend] = addends.as_slice() else { return None };
    (*factor == Decimal::ONE && addend.parts.is_empty()).then_some(addend.figure)
}
