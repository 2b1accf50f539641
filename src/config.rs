//! What holds for a run: the command line over the nearest `gouji.toml` over what the program does by itself.
//!
//! The file is looked for from the working directory upward, never beside a report: nothing that is submitted can switch
//! a rule off.

mod arguments;
mod file;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::{Accepted, Choice, FailOn, Global, HowRead, Lang};
use crate::limits::{Limit, Limits};
use crate::message::{Argument, Message};
use crate::pack::{Core, Layer, Level, Pack, PackProblem, Selection, find};
pub use file::{File, FileError};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An option of the command line: `--ignore`.
    CommandLine(&'static str),
    /// Bytes of the file.
    File(Range<usize>),
}

/// A value with its origin.
#[derive(Debug, Clone)]
pub struct Given<T> {
    pub value: T,
    pub origin: Origin,
}

/// What is wrong with a value, and where it was given.
#[derive(Debug)]
pub struct Mistake {
    pub message: Message,
    pub origin: Origin,
}

/// What is said in one place; each key of the file is a field, and so is its option.
#[derive(Debug, Default)]
pub struct Values {
    pub rules: Vec<Given<PathBuf>>,
    pub pack: Option<Given<String>>,
    pub select: Option<Vec<Given<String>>>,
    pub ignore: Vec<Given<String>>,
    pub severity: Vec<(Given<String>, Level)>,
    pub limits: Vec<Given<(Limit, u64)>>,
    pub fail_on: Option<Given<FailOn>>,
    pub lang: Option<Given<Lang>>,
    pub cache: Option<Given<PathBuf>>,
    pub baseline: Option<Given<PathBuf>>,
    pub waivers: Option<Given<PathBuf>>,
    /// No cache, whoever names one.
    pub no_cache: bool,
}

/// All that was said.
#[derive(Debug, Default)]
pub struct Config {
    /// The file, if there is one.
    pub file: Option<File>,
    of_file: Values,
    of_command_line: Values,
}

impl Config {
    /// What the file and the options of every subcommand say.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn read(global: &Global) -> Result<Self, FileError> {
        let (file, of_file) = match file::find(global)? {
            Some((file, values)) => (Some(file), values),
            None => (None, Values::default()),
        };
        Ok(Self { file, of_file, of_command_line: arguments::of_all(global) })
    }

    /// With what the options of this subcommand say.
    ///
    /// # Errors
    /// When one of them is not written as it should be.
    pub fn with_choice(mut self, choice: &Choice) -> Result<Self, Mistake> {
        arguments::add_choice(choice, &mut self.of_command_line)?;
        Ok(self)
    }

    /// With what the options say of findings that are accepted.
    #[must_use]
    pub fn with_accepted(mut self, accepted: &Accepted) -> Self {
        arguments::add_accepted(accepted, &mut self.of_command_line);
        self
    }

    /// With what the options say of how files are read.
    ///
    /// # Errors
    /// When one of them is not written as it should be.
    pub fn with_how_read(mut self, how_read: &HowRead) -> Result<Self, Mistake> {
        arguments::add_how_read(how_read, &mut self.of_command_line)?;
        Ok(self)
    }

    /// What goes before the rest last.
    fn layers(&self) -> [&Values; 2] {
        [&self.of_file, &self.of_command_line]
    }

    /// The first that is given, the command line before the file.
    fn first<'c, T>(&'c self, get: impl Fn(&'c Values) -> Option<&'c Given<T>>) -> Option<&'c Given<T>> {
        get(&self.of_command_line).or_else(|| get(&self.of_file))
    }

    /// Further rule packs; of packs with one id the last one counts.
    pub fn rules(&self) -> impl Iterator<Item = &Given<PathBuf>> {
        self.layers().into_iter().flat_map(|values| &values.rules)
    }

    /// The form that need not be guessed.
    pub fn pack(&self) -> Option<&Given<String>> {
        self.first(|values| values.pack.as_ref())
    }

    /// From which severity on a run fails.
    pub fn fail_on(&self) -> Option<&Given<FailOn>> {
        self.first(|values| values.fail_on.as_ref())
    }

    /// The language of the messages.
    pub fn lang(&self) -> Option<&Given<Lang>> {
        self.first(|values| values.lang.as_ref())
    }

    /// Where what was found is kept for the next run.
    pub fn cache(&self) -> Option<&Given<PathBuf>> {
        self.first(|values| values.cache.as_ref()).filter(|_| !self.of_command_line.no_cache)
    }

    /// Where the findings stand that were there before.
    pub fn baseline(&self) -> Option<&Given<PathBuf>> {
        self.first(|values| values.baseline.as_ref())
    }

    /// Where it stands what the auditor lets pass.
    pub fn waivers(&self) -> Option<&Given<PathBuf>> {
        self.first(|values| values.waivers.as_ref())
    }

    /// The only rules that are put, by the last place that says so.
    pub fn select(&self) -> Option<&[Given<String>]> {
        let last = self.layers().into_iter().rev().find_map(|values| values.select.as_ref());
        last.map(Vec::as_slice)
    }

    /// The rules that are not put. Who selects on the command line begins anew.
    pub fn ignore(&self) -> impl Iterator<Item = &Given<String>> {
        let begins_anew = self.of_command_line.select.is_some();
        self.layers().into_iter().skip(usize::from(begins_anew)).flat_map(|values| &values.ignore)
    }

    /// How much rules weigh, each word with the level that was given last.
    pub fn severity(&self) -> impl Iterator<Item = &(Given<String>, Level)> {
        let is_cleared = |level: Level| level == Level::Off && self.of_command_line.select.is_some();
        let of_file = self.of_file.severity.iter().filter(move |(_, level)| !is_cleared(*level));
        let all: Vec<_> = of_file.chain(&self.of_command_line.severity).collect();
        let is_last = |at: usize| all[at + 1..].iter().all(|(word, _)| word.value != all[at].0.value);
        let kept: Vec<_> = (0..all.len()).filter(|&at| is_last(at)).map(|at| all[at]).collect();
        kept.into_iter()
    }

    /// Where a limit was given.
    pub fn limit(&self, limit: Limit) -> Option<&Given<(Limit, u64)>> {
        let last = |values: &&'_ Values| values.limits.iter().any(|given| given.value.0 == limit);
        let values = self.layers().into_iter().rev().find(last)?;
        values.limits.iter().rev().find(|given| given.value.0 == limit)
    }

    /// What a file may cost.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for given in self.layers().into_iter().flat_map(|values| &values.limits) {
            let (limit, allowed) = given.value;
            limits.set(limit, allowed);
        }
        limits
    }

    /// Which rules are put, and how much they weigh.
    ///
    /// # Errors
    /// When a word means no rule of these.
    pub fn selection(&self, core: &Core, packs: &[Arc<Pack>]) -> Result<Selection, Mistake> {
        for values in self.layers() {
            let weighed = values.severity.iter().map(|(word, _)| word);
            for word in values.select.iter().flatten().chain(&values.ignore).chain(weighed) {
                find(&word.value, core, packs).map_err(|nearest| unknown_rule(word, nearest))?;
            }
        }
        Ok(Selection { layers: self.layers().into_iter().map(Values::layer).collect() })
    }

    /// The pack that need not be guessed, among those there are.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn chosen<'p>(&self, packs: &'p [Arc<Pack>]) -> Result<Option<&'p Arc<Pack>>, Mistake> {
        let Some(id) = self.pack() else { return Ok(None) };
        let found = packs.iter().find(|pack| pack.id == id.value);
        found.map(Some).ok_or_else(|| {
            let known = packs.iter().map(|pack| pack.id.as_str().into()).collect();
            let message = Message::new("error.unknown-pack").with("name", id.value.as_str());
            id.wrong(message.with("known", Argument::List(known)))
        })
    }
}

impl Values {
    fn layer(&self) -> Layer {
        let words = |given: &[Given<String>]| given.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
        Layer {
            select: self.select.as_deref().map(words),
            ignore: words(&self.ignore),
            severity: self.severity.iter().map(|(word, level)| (word.value.clone(), *level)).collect(),
        }
    }
}

impl<T> Given<T> {
    /// That the value is wrong.
    pub fn wrong(&self, message: Message) -> Mistake {
        Mistake { message, origin: self.origin.clone() }
    }

    /// Another value from the same place.
    pub fn with<U>(&self, value: U) -> Given<U> {
        Given { value, origin: self.origin.clone() }
    }
}

fn unknown_rule(word: &Given<String>, nearest: Option<&str>) -> Mistake {
    let message = match nearest {
        Some(nearest) => Message::new("error.no-rule-meant-near").with("nearest", nearest),
        None => Message::new("error.no-rule-meant"),
    };
    word.wrong(message.with("name", word.value.as_str()))
}

/// The level a word stands for.
fn level(word: &Given<String>) -> Result<Level, Mistake> {
    word.value.parse().map_err(|()| not_one_of(word, Level::WORDS))
}

/// One of a few values by its word.
fn one_of<T: Copy>(word: &Given<String>, known: &[(&str, T)], words: &'static str) -> Result<Given<T>, Mistake> {
    let found = known.iter().find(|(name, _)| *name == word.value);
    found.map(|(_, value)| word.with(*value)).ok_or_else(|| not_one_of(word, words))
}

fn not_one_of(word: &Given<String>, allowed: &'static str) -> Mistake {
    word.wrong(PackProblem::NotOneOf { found: word.value.clone(), allowed: allowed.to_owned() }.message())
}

/// The limit of this name.
fn limit(name: &Given<String>) -> Result<Limit, Mistake> {
    let found = Limit::ALL.into_iter().find(|(known, _)| *known == name.value);
    found.map(|(_, limit)| limit).ok_or_else(|| {
        let known = Limit::ALL.iter().map(|(known, _)| (*known).into()).collect();
        let message = Message::new("error.unknown-limit").with("name", name.value.as_str());
        name.wrong(message.with("known", Argument::List(known)))
    })
}
