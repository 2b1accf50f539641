//! What every form shares: rules, how "nothing" and units are written, and with what reports are compared.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock};

use serde::de::{Deserialize, Deserializer, Error};

use super::fault::Fault;
use super::pattern::Pattern;
use super::rule::{Check, Rule};
use super::severity::Severity;
use crate::built::built;
use crate::label::Label;
use crate::message::Words;

/// The rules that every form shares, and how "nothing" is written: `rules/core.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// Signs for nothing: what people write where no figure is expected.
    pub marks: HashSet<String>,
    /// The one of them that is written where no figure is known.
    pub nothing: String,
    /// What tools write into blank cells, capitals or not.
    pub fillers: Vec<String>,
    /// What tools write as the name of a column that has none.
    #[serde(deserialize_with = "known")]
    pub filler_names: Pattern,
    /// Units that may follow a figure in its cell.
    pub units: HashSet<String>,
    /// Signs of money that stand before an amount.
    pub signs: Vec<String>,
    /// Words behind a number that multiply it: no form counts in them.
    pub multiples: Vec<String>,
    /// How many of the smallest a unit of money is: 万元 is 10000 元.
    pub money: BTreeMap<String, u64>,
    pub yes_no: YesNo,
    /// The word before the unit of a table.
    pub unit_stated: String,
    /// What may be between that word and the unit.
    pub unit_between: Vec<String>,
    /// What blank forms hold where words are expected.
    pub specimen: String,
    /// What a sheet says of itself that is no part of the report.
    #[serde(deserialize_with = "known")]
    pub no_report: Pattern,
    /// Placeholders for text.
    #[serde(deserialize_with = "known")]
    pub placeholders: Pattern,
    pub captions: Captions,
    /// With what reports are compared.
    pub collection: CollectionSettings,
    /// One rule for each of [`Fault::ALL`], in that order.
    #[serde(rename = "rule", deserialize_with = "rules")]
    pub rules: Vec<Arc<Rule>>,
}

impl Core {
    /// That of the program, read once a process.
    pub fn builtin() -> &'static Arc<Self> {
        static CORE: LazyLock<Arc<Core>> = LazyLock::new(|| {
            let core = built!("rules/core").read();
            Arc::new(core.expect("the core rules are sound: a test reads them"))
        });
        &CORE
    }

    /// Whether a tool wrote this text into a cell that is blank.
    pub fn is_filler(&self, text: &str) -> bool {
        /// No filler is longer (bytes).
        const LONGEST: usize = 24;
        let is_filler = || self.fillers.iter().any(|filler| filler.eq_ignore_ascii_case(text));
        text.len() <= LONGEST && (is_filler() || self.filler_names.is_match(text))
    }

    /// The rule that describes `fault`.
    pub fn rule(&self, fault: Fault) -> &Arc<Rule> {
        &self.rules[fault as usize]
    }
}

/// The rules of the core in the order of [`Fault::ALL`]: each fault has its rule, and each rule its fault.
fn rules<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<Rule>>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        code: String,
        name: String,
        kind: String,
        severity: Severity,
        says: Words,
        why: Words,
    }
    let mut written = Vec::<Written>::deserialize(deserializer)?;
    let rule = |(index, &(fault, name)): (usize, &(Fault, &str))| {
        let own = written.iter().position(|own| own.name == name);
        let own = written.swap_remove(own.ok_or_else(|| D::Error::custom(format!("no rule {name}")))?);
        Ok(Arc::new(Rule {
            code: own.code,
            name: own.name,
            kind: own.kind,
            severity: own.severity,
            says: own.says,
            why: own.why,
            source: String::new(),
            pack: "core".to_owned(),
            index,
            check: Check::Core(fault),
        }))
    };
    let rules = Fault::ALL.iter().enumerate().map(rule).collect();
    match written.first() {
        Some(left) => Err(D::Error::custom(format!("no check for {}", left.name))),
        None => rules,
    }
}

/// How 是 and 否 are written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesNo {
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Boxes with a tick, before or behind the word that is meant.
    pub ticked: Vec<String>,
    /// Boxes without one.
    pub unticked: Vec<String>,
}

/// What is above a table, or names its sheet, and says whose it is.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    /// What such a text holds besides an agency and a year.
    #[serde(deserialize_with = "known")]
    pub noise: Pattern,
    /// What is left of a text that names a form to fill in: a table below it is the report's if there is no other one.
    #[serde(deserialize_with = "known")]
    pub form: Pattern,
    /// What is left of a text that says that a table is not the report's.
    #[serde(deserialize_with = "known")]
    pub not_own: Pattern,
    /// What is left of a line above the title of a section that says that what follows is no section of the report.
    #[serde(deserialize_with = "known")]
    pub apart: Pattern,
    /// Words in a short line above a table that is out of its place which say that it is not the report's.
    #[serde(deserialize_with = "known")]
    pub elsewhere: Pattern,
    /// What names an attachment, in such a line as in the section that refers to it.
    #[serde(deserialize_with = "known")]
    pub attached: Pattern,
}

/// When two reports are too much alike, which agencies owe a report, and how names of files and lists are read.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionSettings {
    /// How many digits figures must have together before it is no chance that two reports share them all.
    pub identical_digits: usize,
    /// The percentage of a report's own sentences in another report from which the two are too much alike.
    pub copied_percent: usize,
    /// The same of a sample of them, for texts that are looked at once more.
    pub sampled_percent: usize,
    /// How many they must be at least.
    pub copied_least: usize,
    /// A sentence that more agencies use is nobody's own.
    pub common_agencies: usize,
    /// Characters a sentence must have to be compared.
    pub sentence_least: usize,
    /// How many in a hundred of the agencies on a list must have reported before all others are expected to.
    pub due_percent: usize,
    /// A year in the name of a file or folder, the group `year`.
    #[serde(deserialize_with = "known")]
    pub year_in_name: Pattern,
    /// One that is certainly the report's and not that of its publication.
    #[serde(deserialize_with = "known")]
    pub year_surely: Pattern,
    /// What such names hold besides an agency.
    #[serde(deserialize_with = "known")]
    pub beside_the_name: Pattern,
    /// What is taken for the name of an agency.
    #[serde(deserialize_with = "known")]
    pub agency: Pattern,
    /// What is taken for the name of a place, which a folder may put before that of an agency.
    #[serde(deserialize_with = "known")]
    pub place: Pattern,
    /// The name of a sheet beside reports that is none itself.
    #[serde(deserialize_with = "known")]
    pub beside_reports: Pattern,
    pub columns: Columns,
    pub kinds: Kinds,
}

impl CollectionSettings {
    /// The years in a name.
    pub fn years(&self, name: &str) -> Vec<u16> {
        let mut years = Vec::new();
        let mut from = 0;
        // What is behind one year may be before the next one, too.
        while let Some(captures) = self.year_in_name.captures_at(name, from) {
            let Some(year) = captures.name("year") else { break };
            years.extend(year.as_str().parse::<u16>());
            from = year.end();
        }
        years
    }

    /// What is left of a name that may be an agency's.
    pub fn without_noise(&self, name: &str) -> String {
        self.beside_the_name.replace_all(name, "").into_owned()
    }

    /// The one year that a name is, and nothing else.
    pub fn sole_year(&self, name: &str) -> Option<u16> {
        match self.years(name).as_slice() {
            [year] if self.without_noise(name).is_empty() => Some(*year),
            _ => None,
        }
    }

    /// Whether a name says whose report something is, or of which year.
    pub fn names_report(&self, name: &str) -> bool {
        self.agency.is_match(&self.without_noise(name)) || !self.years(name).is_empty()
    }
}

/// For whom agencies report, by their kind.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Agencies that report for all below them as well.
    #[serde(deserialize_with = "folded")]
    pub consolidated: HashSet<String>,
    /// Agencies that report for themselves, whatever is below them.
    #[serde(deserialize_with = "folded")]
    pub own: HashSet<String>,
}

/// The headers of a list of agencies.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    #[serde(deserialize_with = "folded")]
    pub organization: Vec<String>,
    #[serde(deserialize_with = "folded")]
    pub parent: Vec<String>,
    #[serde(deserialize_with = "folded")]
    pub kind: Vec<String>,
    #[serde(deserialize_with = "folded")]
    pub from: Vec<String>,
    #[serde(deserialize_with = "folded")]
    pub to: Vec<String>,
    #[serde(deserialize_with = "folded")]
    pub alias: Vec<String>,
}

/// A pattern that a test has compiled.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
    Ok(Pattern::known(&String::deserialize(deserializer)?))
}

/// Labels as they are compared.
fn folded<'de, D: Deserializer<'de>, C: FromIterator<String>>(deserializer: D) -> Result<C, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?.iter().map(|label| Label::new(label).core).collect())
}
