//! Which rules are applied, and how much they weigh: what a user chooses, over what the packs say.
//!
//! A [`Selection`] is what was said, in words. [`Levels`] are what comes of it for the rules of the core and of one form: a
//! level for each, by its place. Packs never change.

use std::cmp::Reverse;
use std::sync::Arc;

use super::core::Core;
use super::fault::Fault;
use super::form::{Pack, rules};
use super::rule::{Check, Rule};
use super::severity::Severity;
use super::sum::Sum;
use crate::label::likeness;

/// How much a rule is to weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not applied.
    Off,
    At(Severity),
}

impl Level {
    /// Its words, for those who wrote another one.
    pub const WORDS: &str = "error, warning, advice, off";
    /// All of them by their words.
    pub const ALL: [(&'static str, Self); 4] = [
        ("error", Self::At(Severity::Error)),
        ("warning", Self::At(Severity::Warning)),
        ("advice", Self::At(Severity::Advice)),
        ("off", Self::Off),
    ];

    /// The one that a word is.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, level)| level)
    }
}

/// What is chosen in one place: in a file, or on the command line. Rules are spoken of by code, name, kind or pack.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Only these; all of them where none is named.
    pub select: Option<Vec<String>>,
    /// These not.
    pub ignore: Vec<String>,
    pub severity: Vec<(String, Level)>,
}

/// Everything that is chosen, what goes before the rest last.
///
/// ```
/// use gouji::{Layer, Level, Selection, Severity};
///
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// // As `--ignore` and `--severity` do: rules are named by code, name, kind or pack.
/// let layer = Layer {
///     ignore: vec!["SH001".to_owned()],
///     severity: vec![("shelters-opened".to_owned(), Level::At(Severity::Warning))],
///     ..Layer::default()
/// };
/// let checker = checker().with_selection(&Selection { layers: vec![layer] });
/// let text = REPORT_2024.replace("| 8 | 35 |", "| 9 | 35 |");
/// let report = checker.check("2024.md", text.as_bytes()).into_first().report;
/// assert!(report.findings.iter().all(|finding| finding.severity == Severity::Warning));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Selection {
    pub layers: Vec<Layer>,
}

/// What a word says of a rule; the narrower goes before the wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Pack,
    /// The first signs of its code: `GJ5`.
    Codes,
    Kind,
    Rule,
}

/// Whether `word` means `rule`, and by what.
fn reach(word: &str, rule: &Rule) -> Option<Reach> {
    if word.eq_ignore_ascii_case(&rule.code) || word == rule.name {
        return Some(Reach::Rule);
    }
    if word == rule.kind {
        return Some(Reach::Kind);
    }
    if begins(word, &rule.code) {
        return Some(Reach::Codes);
    }
    (word == rule.pack).then_some(Reach::Pack)
}

/// Whether a word is the beginning of a code, with a digit at least: letters alone are those of a pack.
fn begins(word: &str, code: &str) -> bool {
    let start = code.get(..word.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(word)) && word.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether `word` is the code, the name or the kind of a rule.
pub fn means(word: &str, rule: &Rule) -> bool {
    reach(word, rule) >= Some(Reach::Kind)
}

/// Whether any rule is meant by `word`; else the word that is likest to it.
///
/// # Errors
/// Where no rule is meant, with the name, kind or pack that probably is.
pub fn find<'r>(word: &str, core: &'r Core, packs: &'r [Arc<Pack>]) -> Result<(), Option<&'r str>> {
    if rules(core, packs).any(|rule| reach(word, rule).is_some()) {
        return Ok(());
    }
    Err(nearest(word, rules(core, packs).flat_map(|rule| [&rule.code, &rule.name, &rule.kind, &rule.pack])))
}

/// Of some words the one that is likest to `word` and may be meant, whatever the case; of several those that begin alike.
pub fn nearest<'r>(word: &str, known: impl Iterator<Item = &'r String>) -> Option<&'r str> {
    /// How alike words must be, in a hundred. Of short ones, as codes are, nearly every two have half in common.
    const LEAST: (usize, [u32; 2]) = (8, [75, 50]);
    const DIGITS: [(char, char); 4] = [('O', '0'), ('I', '1'), ('L', '1'), ('S', '5')];
    let (lower, upper) = (word.to_lowercase(), word.to_uppercase());
    // Letters that are taken for digits.
    let digits: String =
        upper.chars().map(|sign| DIGITS.iter().find(|(like, _)| *like == sign).map_or(sign, |(_, own)| *own)).collect();
    let rank = |known: &'r String| {
        let alike = [&lower, &upper, &digits].into_iter().map(|word| likeness(word, known)).max().unwrap_or(0);
        let begins = known.chars().zip(upper.chars()).take_while(|(own, other)| own.to_ascii_uppercase() == *other);
        let (long, least) = LEAST;
        (alike >= least[usize::from(known.len() >= long)]).then_some((alike, begins.count(), Reverse(known.as_str())))
    };
    known.filter_map(rank).max().map(|(_, _, Reverse(known))| known)
}

/// Whether `word` goes before `other` for some rule where both are in one place, because it is more specific.
pub fn goes_before(word: &str, other: &str, core: &Core, packs: &[Arc<Pack>]) -> bool {
    rules(core, packs).any(|rule| reach(other, rule).is_some_and(|reached| reach(word, rule) > Some(reached)))
}

impl Selection {
    /// Whether the packs say all.
    pub fn is_empty(&self) -> bool {
        let is_empty = |layer: &Layer| layer.select.is_none() && layer.ignore.is_empty() && layer.severity.is_empty();
        self.layers.iter().all(is_empty)
    }

    /// The levels of the core's rules, and of those of a form.
    pub fn levels(&self, core: &Core, form: Option<&Pack>) -> Levels {
        if self.is_empty() {
            return Levels::default();
        }
        let levels = |rules: &[Arc<Rule>]| rules.iter().map(|rule| self.level(rule, core)).collect();
        Levels { core: levels(&core.rules), form: form.map(|form| levels(form.rules())).unwrap_or_default() }
    }

    /// What is chosen for a rule; none where that is what its pack says.
    fn level(&self, rule: &Rule, core: &Core) -> Option<Level> {
        let (mut is_in, mut level) = (true, None);
        for layer in &self.layers {
            if let Some(words) = &layer.select {
                // An empty list names none to the exclusion of others: no report passes because nothing was asked of it.
                is_in = words.is_empty() || is_always_in(rule) || is_selected(words, rule, core);
                // Who selects begins anew: what a layer below turned off is applied again.
                level = level.filter(|level| *level != Level::Off);
            }
            if layer.ignore.iter().any(|word| reach(word, rule).is_some()) {
                is_in = false;
            }
            // Of words of one reach the last one counts.
            let severities = layer.severity.iter().filter_map(|(word, level)| Some((reach(word, rule)?, *level)));
            level = severities.max_by_key(|(reach, _)| *reach).map(|(_, level)| level).or(level);
        }
        if is_in { level } else { Some(Level::Off) }
    }
}

/// Whether a rule is applied though others are selected. A file that cannot be checked must never look like one that was, and a broken
/// sum that was asked for must be reported: only who ignores these by name does without them.
fn is_always_in(rule: &Rule) -> bool {
    use Fault::{BrokenSum, UnknownForm, Unreadable, WrongFigure};
    matches!(rule.check, Check::Core(Unreadable | UnknownForm | WrongFigure | BrokenSum))
}

/// Who asks for wrong figures asks for the sums that show them.
fn is_selected(words: &[String], rule: &Rule, core: &Core) -> bool {
    let is_meant = words.iter().any(|word| reach(word, rule).is_some());
    let (figure, sum) = (core.rule(Fault::WrongFigure), core.rule(Fault::BrokenSum));
    let is_named = |rule: &Rule| words.iter().any(|word| reach(word, rule) > Some(Reach::Pack));
    is_meant || rule.kind == sum.kind && (is_named(figure) || is_named(sum))
}

/// A level for each rule of the core and of one form, where another one was chosen than the pack says.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    core: Arc<[Option<Level>]>,
    form: Arc<[Option<Level>]>,
}

impl Levels {
    fn of(&self, rule: &Rule) -> Option<Level> {
        let of_pack = if let Check::Core(_) = rule.check { &self.core } else { &self.form };
        of_pack.get(rule.index).copied().flatten()
    }

    /// The severity of a finding of `rule` that by itself has the severity `own`; none where the rule is off.
    pub fn severity(&self, rule: &Rule, own: Severity) -> Option<Severity> {
        weighed(self.of(rule), own)
    }

    /// Whether a rule is not applied.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.of(rule) == Some(Level::Off)
    }

    /// Whether a fault is not looked for.
    pub fn ignores(&self, fault: Fault) -> bool {
        self.core.get(fault as usize) == Some(&Some(Level::Off))
    }

    /// The severity of a sum that does not hold; none where its rule is off.
    pub fn of_sum(&self, sum: &Sum) -> Option<Severity> {
        weighed(self.form.get(sum.rule).copied().flatten(), sum.severity)
    }

    /// Whether a sum says what must be, not only what is likely: only then it says which figure is wrong.
    pub fn requires(&self, sum: &Sum) -> bool {
        !sum.is_alone && self.of_sum(sum) > Some(Severity::Advice)
    }
}

fn weighed(level: Option<Level>, own: Severity) -> Option<Severity> {
    match level {
        None => Some(own),
        Some(Level::At(severity)) => Some(severity),
        Some(Level::Off) => None,
    }
}
