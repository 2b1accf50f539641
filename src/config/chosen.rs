//! The rules chosen in one place, and in several places combined.

use super::given::Given;
use crate::pack::{Layer, Level};

/// What one place says: a file, one of its overrides, the command line. Rules are spoken of by code, name, kind or pack.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The form that need not be guessed.
    pub pack: Option<Given<String>>,
    pub select: Option<Vec<Given<String>>>,
    pub ignore: Vec<Given<String>>,
    pub severity: Vec<(Given<String>, Level)>,
}

impl Chosen {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.pack.is_none() && self.select.is_none() && self.ignore.is_empty() && self.severity.is_empty()
    }

    /// Every word that is to mean a rule.
    pub(super) fn words(&self) -> impl Iterator<Item = &Given<String>> {
        let weighed = self.severity.iter().map(|(word, _)| word);
        self.select.iter().flatten().chain(&self.ignore).chain(weighed)
    }

    pub(super) fn layer(&self) -> Layer {
        let words = |given: &[Given<String>]| given.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
        Layer {
            select: self.select.as_deref().map(words),
            ignore: words(&self.ignore),
            severity: self.severity.iter().map(|(word, level)| (word.value.clone(), *level)).collect(),
        }
    }
}

/// What several places say, what goes before the rest last.
#[derive(Debug, Default)]
pub struct Together<'c>(pub Vec<&'c Chosen>);

impl<'c> Together<'c> {
    /// The form that need not be guessed.
    pub fn pack(&self) -> Option<&'c Given<String>> {
        self.0.iter().rev().find_map(|chosen| chosen.pack.as_ref())
    }

    /// The only rules that are applied, by the last place that selects.
    pub fn select(&self) -> Option<&'c [Given<String>]> {
        self.0.iter().rev().find_map(|chosen| chosen.select.as_deref())
    }

    /// The rules that are not applied. A selection starts afresh.
    pub fn ignore(&self) -> impl Iterator<Item = &'c Given<String>> {
        self.0[self.first_that_counts()..].iter().flat_map(|chosen| &chosen.ignore)
    }

    /// How much rules weigh, each word with the level that was given last.
    pub fn severity(&self) -> impl Iterator<Item = &'c (Given<String>, Level)> {
        let first = self.first_that_counts();
        let places = self.0.iter().enumerate();
        let all = places.flat_map(|(at, chosen)| chosen.severity.iter().map(move |said| (at, said)));
        let counts = |at: usize, level: Level| level != Level::Off || at >= first;
        let all: Vec<_> = all.filter(|(at, (_, level))| counts(*at, *level)).map(|(_, said)| said).collect();
        let is_last = |at: usize| all[at + 1..].iter().all(|(word, _)| word.value != all[at].0.value);
        let kept: Vec<_> = (0..all.len()).filter(|&at| is_last(at)).map(|at| all[at]).collect();
        kept.into_iter()
    }

    /// The last place that selects: rules that earlier places turn off are applied again.
    fn first_that_counts(&self) -> usize {
        self.0.iter().rposition(|chosen| chosen.select.is_some()).unwrap_or(0)
    }
}
