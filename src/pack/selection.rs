//! Which rules of the packs are put, and how much they weigh: what a user chooses, laid over what the packs say.
//!
//! What is chosen is worked into the packs before any report is read, so that no check has to ask: a rule that is off is
//! no longer in the pack. Only the rules of the core, each of which has its check, are marked instead.

use std::str::FromStr;
use std::sync::Arc;

use toml::Value;

use super::raw::Spanned;
use super::{Core, Fault, Pack, Rule, Severity};
use crate::label::likeness;

/// How much a rule is to weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not put at all.
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
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|(word, _)| *word == text).map(|(_, level)| level).ok_or(())
    }
}

/// What is chosen in one place: in a file, or on the command line. Rules are spoken of by code, name, kind or pack.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Only these; all of them where nothing is said.
    pub select: Option<Vec<String>>,
    /// These not.
    pub ignore: Vec<String>,
    pub severity: Vec<(String, Level)>,
}

/// Everything that is chosen, what goes before the rest last.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    pub layers: Vec<Layer>,
}

/// What a word says of a rule; the narrower goes before the wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Pack,
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
    (word == rule.pack).then_some(Reach::Pack)
}

/// Whether `word` is the code, the name or the kind of a rule.
pub fn means(word: &str, rule: &Rule) -> bool {
    reach(word, rule) > Some(Reach::Pack)
}

/// Whether any rule is meant by `word`; else the word that is likest to it.
///
/// # Errors
/// Where no rule is meant, with the name, kind or pack that probably is.
pub fn find<'r>(word: &str, core: &'r Core, packs: &'r [Arc<Pack>]) -> Result<(), Option<&'r str>> {
    let rules = || core.rules.iter().chain(packs.iter().flat_map(|pack| &pack.rules));
    if rules().any(|rule| reach(word, rule).is_some()) {
        return Ok(());
    }
    let words = rules().flat_map(|rule| [&rule.name, &rule.kind, &rule.pack]);
    let nearest = words.map(|known| (likeness(word, known), known.as_str())).max();
    Err(nearest.filter(|(alike, _)| *alike >= 50).map(|(_, known)| known))
}

/// Whether `word` goes before `other` for some rule where both stand in one place, being the narrower.
pub fn goes_before(word: &str, other: &str, core: &Core, packs: &[Arc<Pack>]) -> bool {
    let mut rules = core.rules.iter().chain(packs.iter().flat_map(|pack| &pack.rules));
    rules.any(|rule| reach(other, rule).is_some_and(|reached| reach(word, rule) > Some(reached)))
}

impl Selection {
    /// Whether the packs stay as they are.
    pub fn is_empty(&self) -> bool {
        let is_empty = |layer: &Layer| layer.select.is_none() && layer.ignore.is_empty() && layer.severity.is_empty();
        self.layers.iter().all(is_empty)
    }

    /// The core and the packs as chosen.
    pub fn apply(&self, core: &Arc<Core>, packs: &[Arc<Pack>]) -> (Arc<Core>, Vec<Arc<Pack>>) {
        let levels = core.rules.iter().map(|rule| self.level(rule, core));
        let chosen = Arc::new(core.chosen(levels.collect()));
        let packs = packs.iter().map(|pack| Arc::new(pack.chosen(&chosen, |rule| self.level(rule, core))));
        let packs = packs.collect();
        (chosen, packs)
    }

    /// What is chosen for a rule; none where that is what its pack says.
    fn level(&self, rule: &Rule, core: &Core) -> Option<Level> {
        let (mut is_in, mut level) = (true, None);
        for layer in &self.layers {
            if let Some(words) = &layer.select {
                is_in = is_always_in(rule, core) || is_selected(words, rule, core);
                // Who selects begins anew: what a layer below turned off is put again.
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

/// Whether a rule is put though others are selected. A file that cannot be checked must never look like one that was, and a broken
/// sum that was asked for must not go untold: only who ignores these by name does without them.
fn is_always_in(rule: &Rule, core: &Core) -> bool {
    let always = [Fault::Unreadable, Fault::UnknownForm, Fault::WrongFigure, Fault::BrokenSum];
    always.iter().any(|fault| core.rule(*fault).code == rule.code)
}

/// Who asks for wrong figures asks for the sums that tell them.
fn is_selected(words: &[String], rule: &Rule, core: &Core) -> bool {
    let is_meant = words.iter().any(|word| reach(word, rule).is_some());
    let (figure, sum) = (core.rule(Fault::WrongFigure), core.rule(Fault::BrokenSum));
    let is_named = |rule: &Rule| words.iter().any(|word| reach(word, rule) > Some(Reach::Pack));
    is_meant || rule.kind == sum.kind && (is_named(figure) || is_named(sum))
}

impl Core {
    /// The core with these levels, one for each of its rules.
    fn chosen(&self, levels: Vec<Option<Level>>) -> Self {
        let mut core = self.clone();
        for (rule, level) in core.rules.iter_mut().zip(&levels) {
            if let Some(Level::At(severity)) = *level {
                *rule = Arc::new(Rule { severity, ..Rule::clone(rule) });
            }
        }
        core.levels = levels;
        core
    }

    /// Whether a fault is told.
    pub fn tells(&self, fault: Fault) -> bool {
        self.levels.get(fault as usize) != Some(&Some(Level::Off))
    }

    /// Whether findings of `rule` are told: those of a form's own rules always are, for what is off is not in the pack.
    pub fn tells_of(&self, rule: &Rule) -> bool {
        let place = self.rules.iter().position(|own| own.code == rule.code);
        place.is_none_or(|place| self.levels.get(place) != Some(&Some(Level::Off)))
    }

    /// How much a fault weighs where the sums leave no doubt of it: an error, unless a level was chosen for it.
    pub fn gravest(&self, fault: Fault) -> Severity {
        match self.levels.get(fault as usize) {
            Some(Some(Level::At(severity))) => *severity,
            _ => Severity::Error,
        }
    }
}

impl Pack {
    /// The pack without the rules that are off, the others weighing what was chosen.
    fn chosen(&self, core: &Arc<Core>, level: impl Fn(&Rule) -> Option<Level>) -> Self {
        let mut written = self.written().clone();
        let raw = &mut written.raw;
        // Cases say what the rules do as the pack has them.
        raw.cases.clear();
        let level = |code: &Spanned<String>| {
            let rule = self.rules.iter().find(|rule| rule.code == *code.get_ref())?;
            level(rule)
        };
        let is_put = |code: &Spanned<String>| level(code) != Some(Level::Off);
        raw.sums.retain(|sum| is_put(&sum.code));
        raw.statements.retain(|statement| is_put(&statement.code));
        raw.prose_sums.retain(|prose| is_put(&prose.code));
        raw.prose.retain(|prose| is_put(&prose.code));
        for sum in &mut raw.sums {
            if let Some(Level::At(severity)) = level(&sum.code) {
                sum.severity = Some(nowhere(Value::String(severity.to_string())));
            }
        }
        let statements = raw.statements.iter_mut().map(|own| (&own.code, &mut own.severity));
        let prose_sums = raw.prose_sums.iter_mut().map(|own| (&own.code, &mut own.severity));
        let prose = raw.prose.iter_mut().map(|own| (&own.code, &mut own.severity));
        for (code, written) in statements.chain(prose_sums).chain(prose) {
            if let Some(Level::At(severity)) = level(code) {
                *written = nowhere(severity.to_string());
            }
        }
        self.rewritten(written, core)
    }
}

/// What stands in no file.
fn nowhere<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}
