//! What headings and labels say by custom: totals, units, columns without figures. The words are in `words.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// The customary words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    totals: Vec<String>,
    numbers: Vec<String>,
    codes: Vec<String>,
    units: Vec<String>,
    among: Vec<String>,
    unit: Vec<String>,
    amounts: Vec<String>,
    endings: Vec<String>,
    levels: Vec<String>,
    captions: Vec<String>,
    english_totals: Vec<String>,
    names: Vec<String>,
    reports: Vec<String>,
    years: Vec<String>,
    #[serde(deserialize_with = "pattern")]
    number: Regex,
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Regex, D::Error> {
    Regex::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// The one set of them.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the words are sound: a test reads them"));
    &WORDS
}

impl Words {
    /// Whether a label is that of a total.
    pub fn is_total(&self, label: &str) -> bool {
        let is_english = |word: &str| self.english_totals.iter().any(|total| total.eq_ignore_ascii_case(word));
        self.totals.iter().any(|word| label.contains(word.as_str()))
            || label.split(|c: char| !c.is_alphanumeric()).any(is_english)
    }

    /// Whether the texts below this header are the names of the units that a report is about.
    pub fn is_of_names(&self, header: &str) -> bool {
        let header = header.to_lowercase();
        let mut words = header.split(|c: char| !c.is_alphanumeric());
        words.any(|own| self.names.iter().any(|name| name == own))
    }

    /// The number with which an English caption begins.
    pub fn number<'t>(&self, line: &'t str) -> Option<&'t str> {
        let found = self.number.find(line).filter(|found| found.end() < line.len())?;
        let is_apart = line[found.end()..].starts_with(|c: char| !c.is_alphanumeric());
        (is_apart && line.is_ascii()).then(|| found.as_str())
    }

    /// Where in an English title the report is called what it is.
    pub fn report_in(&self, title: &str) -> Option<Range<usize>> {
        let lower = title.to_ascii_lowercase();
        let found = self.reports.iter().filter_map(|word| Some((lower.find(word.as_str())?, word.len())));
        found.min_by_key(|(at, length)| (*at, usize::MAX - length)).map(|(at, length)| at..at + length)
    }

    /// Whether what is between an English title and its year says nothing but that this is one.
    pub fn leads_to_year(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        text.is_empty() || self.years.contains(&text)
    }

    /// Whether a column with this header holds no figures.
    pub fn is_number_column(&self, header: &str) -> bool {
        let is_code = self.codes.iter().any(|word| header.ends_with(word.as_str()));
        is_code || self.is_unit_column(header) || self.numbers.iter().any(|word| word == header)
    }

    /// Whether a column with this header holds the units of the rows.
    pub fn is_unit_column(&self, header: &str) -> bool {
        self.units.iter().any(|word| word == header)
    }

    /// Whether a row is a part of the one above it.
    pub fn is_among(&self, label: &str) -> bool {
        self.among.iter().any(|word| label.starts_with(word.as_str()))
    }

    /// The unit in a line that states the unit of a table.
    pub fn unit_of_table<'t>(&self, line: &'t str) -> Option<&'t str> {
        let prefix = self.unit.iter().find_map(|prefix| line.find(prefix.as_str()).map(|at| at + prefix.len()))?;
        let unit = line[prefix..].trim_end_matches(['）', ')']).trim();
        (!unit.is_empty() && unit.chars().count() <= 4).then_some(unit)
    }

    /// The unit that a label ends with in brackets: （万元）, （单位：万元）.
    pub fn unit_of_label<'t>(&self, label: &'t str) -> Option<&'t str> {
        let body = label.trim_end().strip_suffix(['）', ')'])?;
        let open = body.rfind(['（', '('])?;
        let inner = body[open..].trim_start_matches(['（', '(']);
        self.unit_of_table(inner).or_else(|| self.is_amount(inner).then_some(inner))
    }

    /// Whether figures in this unit need not be whole.
    pub fn is_amount(&self, unit: &str) -> bool {
        self.amounts.iter().any(|word| word == unit)
    }

    /// A title as reports print it.
    pub fn without_ending<'t>(&self, title: &'t str) -> &'t str {
        self.endings.iter().find_map(|ending| title.strip_suffix(ending.as_str())).unwrap_or(title)
    }

    /// A title without what is left of an agency's name that is blank but for its level.
    pub fn without_level<'t>(&self, title: &'t str) -> &'t str {
        self.levels.iter().find_map(|level| title.strip_prefix(level.as_str())).unwrap_or(title)
    }

    /// Whether a line names a table.
    pub fn is_caption(&self, line: &str) -> bool {
        self.captions.iter().any(|word| line.starts_with(word.as_str()))
    }
}
