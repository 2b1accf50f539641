//! The digest of a report: the few hundred bytes kept once its file is closed, enough to compare it with other reports.

mod figures;
mod last_year;
pub mod sentences;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::document::Location;
use crate::evaluate::Numbers;
use crate::facts::{ExtraRow, Fact, Facts, TableFacts, Value};
use crate::finding::Finding;
use crate::pack::{Pack, ValueKind};
use crate::prose::{LastYear, OfLastYear};
use last_year::Stated;
pub use sentences::Sample;

/// A report in short: whose it is, of which year, its figures, a sample of its text.
///
/// ```
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// let checker = checker();
/// let checker = checker.clone().with_digests(checker.packs());
/// let digest = checker.check("2024.md", REPORT_2024.as_bytes()).into_first().digest.expect("agency and year are known");
/// assert_eq!((&*digest.organization, digest.year), ("青岚县", 2024));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The form, by its place among those of the checker.
    pub pack: u16,
    /// The agency, as the report names it.
    pub organization: Box<str>,
    pub year: u16,
    /// The value of each figure of the form, amounts in the form's own unit.
    figures: Box<[u8]>,
    /// Tables with rows that the form does not have: a bit each.
    strange: u32,
    /// Figures that the report's own sums have shown to be wrong, and what they should be.
    corrections: Box<[(u16, Box<str>)]>,
    /// What the text says of the year before.
    of_last_year: Box<[Option<Stated>]>,
    pub text: Sample,
}

impl Digest {
    /// The digest of a report in the form `pack`, which is the checker's form `index`. Of its figures, those that have a
    /// counterpart in other reports: none, where the form leaves its rows to the report.
    pub fn new(
        (index, pack): (usize, &Pack),
        (facts, comparable): (&Facts<'_>, &[Fact<'_>]),
        (organization, year): (&str, u16),
        findings: &[Finding],
        of_last_year: &[OfLastYear],
    ) -> Option<Self> {
        let value = |index: usize, fact: &Fact<'_>| {
            let figure = &pack.figures[index];
            let number = fact.number().filter(|&number| figure.value.admits(number));
            let factor = figure.unit.as_ref().and(facts.tables[figure.table].factor);
            let number = number.map(|number| factor.map_or(Some(number), |factor| number.checked_mul(factor)));
            match (number, &fact.value) {
                (Some(Some(number)), _) => Value::Number(number),
                (_, Value::Number(_)) => Value::Unreadable(crate::facts::Why::NotANumber),
                (_, other) => *other,
            }
        };
        let values = comparable.iter().enumerate().map(|(index, fact)| value(index, fact));
        let is_strange = |table: &TableFacts<'_>| table.extra.iter().any(|row| row.repeats.is_none());
        let strange = facts.tables.iter().take(u32::BITS as usize).enumerate();
        Some(Self {
            pack: u16::try_from(index).ok()?,
            organization: organization.into(),
            year,
            figures: figures::encode(values),
            strange: strange.filter(|(_, table)| is_strange(table)).fold(0, |bits, (index, _)| bits | 1 << index),
            corrections: corrections(pack, findings),
            of_last_year: of_last_year.iter().map(|stated| Stated::new(&stated.said)).collect(),
            text: Sample::new(pack, facts, organization),
        })
    }

    /// The value of each figure of the form.
    pub fn values(&self, pack: &Pack) -> Vec<Value> {
        figures::decode(&self.figures, pack.figures.len())
    }

    /// Each figure of the form as text; none where there is nothing in any of them.
    pub fn texts(&self, pack: &Pack) -> Option<Vec<Option<String>>> {
        let values = self.values(pack);
        let text = |value| if let Value::Number(number) = value { Some(number.normalize().to_string()) } else { None };
        let is_blank = values.iter().all(|value| *value == Value::Absent);
        (!is_blank).then(|| values.into_iter().map(text).collect())
    }

    /// The report as the rules see it, without places.
    pub fn facts(&self, pack: &Pack) -> Facts<'static> {
        let start = Location::text(0..0);
        let fact = |value| Fact { value, ..Fact::absent() };
        let extra = ExtraRow { label: "", location: start.clone(), repeats: None };
        let table = |index: usize| {
            let is_strange = index < u32::BITS as usize && self.strange & (1 << index) != 0;
            TableFacts { extra: is_strange.then(|| extra.clone()).into_iter().collect(), ..TableFacts::default() }
        };
        Facts {
            titles: Vec::new(),
            periods: Vec::new(),
            preface: Vec::new(),
            sections: Vec::new(),
            tables: (0..pack.tables.len()).map(table).collect(),
            figures: self.values(pack).into_iter().map(fact).collect(),
            tables_only: false,
            images: Vec::new(),
            formulas: &[],
            start,
            part: None,
            apart: Vec::new(),
        }
    }

    /// Its numbers, by the figures of its form.
    pub fn numbers(&self, pack: &Pack) -> Numbers {
        let number = |value| if let Value::Number(number) = value { Some(number) } else { None };
        self.values(pack).into_iter().map(number).collect()
    }

    /// Figures that the report's own sums have shown to be wrong, and what they should be.
    pub fn corrections(&self) -> impl Iterator<Item = (usize, Decimal)> + '_ {
        self.corrections.iter().filter_map(|(figure, text)| Some((usize::from(*figure), text.parse().ok()?)))
    }

    /// What its text says of the year before, in order.
    pub fn of_last_year(&self) -> impl Iterator<Item = Option<LastYear>> + '_ {
        self.of_last_year.iter().map(|stated| stated.as_ref()?.read())
    }

    /// Whether every figure is the same in another report in the same form.
    pub fn has_figures_of(&self, other: &Self) -> bool {
        self.pack == other.pack && self.figures == other.figures
    }

    /// Whether another report in the same form prints other tables: no figure is in both.
    pub fn is_beside(&self, other: &Self, pack: &Pack) -> bool {
        let is_printed = |value: &Value| *value != Value::Absent;
        let both = |(own, other): (Value, Value)| is_printed(&own) && is_printed(&other);
        self.pack == other.pack && {
            let (own, others) = (self.values(pack), other.values(pack));
            own.iter().any(is_printed) && others.iter().any(is_printed) && !own.into_iter().zip(others).any(both)
        }
    }

    /// The figures, for looking for the same ones.
    pub fn figures_key(&self) -> (u16, &[u8]) {
        (self.pack, &self.figures)
    }

    /// How many digits its numbers have together that differ from each other and from 0: how unlikely it is that another
    /// report has the same by chance.
    pub fn digits(&self, pack: &Pack) -> usize {
        let mut numbers: Vec<Decimal> = self.numbers(pack).into_iter().flatten().filter(|n| !n.is_zero()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let digits =
            |number: &Decimal| number.mantissa().unsigned_abs().checked_ilog10().map_or(0, |log| log as usize + 1);
        numbers.iter().map(digits).sum()
    }
}

/// The figures that would have to be changed together, by the likeliest explanation of each finding.
fn corrections(pack: &Pack, findings: &[Finding]) -> Box<[(u16, Box<str>)]> {
    let suspects = findings.iter().filter_map(|finding| finding.suspects.first()).flatten();
    let correction = |cell: &str, expected: &str| {
        let figure = pack.figures.iter().position(|figure| figure.id == cell)?;
        let is_number = pack.figures[figure].value != ValueKind::Text && expected.parse::<Decimal>().is_ok();
        Some((u16::try_from(figure).ok().filter(|_| is_number)?, expected.into()))
    };
    suspects.filter_map(|suspect| correction(&suspect.cell, suspect.expected.as_deref()?)).collect()
}
