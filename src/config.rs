//! What holds for a run: the command line over the nearest `gouji.toml`, that over what it extends, and what the program
//! does by itself last.
//!
//! The file is looked for from the working directory upward, never beside a report: nothing that is submitted can switch
//! a rule off.

mod arguments;
mod chosen;
mod file;
mod overrides;
mod raw;
mod schema;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::{Accepted, Choice, FailOn, Global, HowRead, Lang};
use crate::limits::{Limit, Limits};
use crate::message::{Argument, Message};
use crate::pack::{Core, Level, Pack, PackProblem, Selection, find};
pub use chosen::{Chosen, Together};
pub use file::{File, FileError, NAME};
pub use overrides::{Override, normal, seen_from_above};
pub use schema::schema;

/// Where a value comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// An option of the command line: `--ignore`.
    CommandLine(&'static str),
    /// Bytes of a file.
    File(Arc<File>, Range<usize>),
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
    pub agencies: Option<Given<PathBuf>>,
    pub chosen: Chosen,
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
    /// The file that holds, if there is one.
    pub file: Option<Arc<File>>,
    /// What it extends, then what it says itself.
    of_files: Vec<Values>,
    /// What it extends first, here too.
    overrides: Vec<Override>,
    of_command_line: Values,
}

/// What holds for some reports: overrides that go for them, by their numbers, in order.
pub type Overrides = Vec<usize>;

impl Config {
    /// What the file and the options of every subcommand say.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn read(global: &Global) -> Result<Self, FileError> {
        Ok(Self { of_command_line: arguments::of_all(global), ..file::find(global)? })
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
    fn layers(&self) -> impl DoubleEndedIterator<Item = &Values> {
        self.of_files.iter().chain([&self.of_command_line])
    }

    /// The last that is given.
    fn last<'c, T>(&'c self, get: impl Fn(&'c Values) -> Option<&'c Given<T>>) -> Option<&'c Given<T>> {
        self.layers().rev().find_map(get)
    }

    /// Further rule packs; of packs with one id the last one counts.
    pub fn rules(&self) -> impl Iterator<Item = &Given<PathBuf>> {
        self.layers().flat_map(|values| &values.rules)
    }

    /// The list of agencies.
    pub fn agencies(&self) -> Option<&Given<PathBuf>> {
        self.last(|values| values.agencies.as_ref())
    }

    /// From which severity on a run fails.
    pub fn fail_on(&self) -> Option<&Given<FailOn>> {
        self.last(|values| values.fail_on.as_ref())
    }

    /// The language of the messages.
    pub fn lang(&self) -> Option<&Given<Lang>> {
        self.last(|values| values.lang.as_ref())
    }

    /// All files that have a say: the configuration, and what it names.
    pub fn files(&self) -> Vec<PathBuf> {
        let named = [self.cache(), self.agencies(), self.baseline(), self.waivers()].into_iter().flatten();
        let named = named.chain(self.rules()).map(|path| path.value.clone());
        self.file.iter().map(|file| file.path.clone()).chain(named).collect()
    }

    /// Where what was found is kept for the next run.
    pub fn cache(&self) -> Option<&Given<PathBuf>> {
        self.last(|values| values.cache.as_ref()).filter(|_| !self.of_command_line.no_cache)
    }

    /// Where the findings stand that were there before.
    pub fn baseline(&self) -> Option<&Given<PathBuf>> {
        self.last(|values| values.baseline.as_ref())
    }

    /// Where it stands what the auditor lets pass.
    pub fn waivers(&self) -> Option<&Given<PathBuf>> {
        self.last(|values| values.waivers.as_ref())
    }

    /// Where a limit was given.
    pub fn limit(&self, limit: Limit) -> Option<&Given<(Limit, u64)>> {
        self.last(|values| values.limits.iter().rev().find(|given| given.value.0 == limit))
    }

    /// What a file may cost.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for given in self.layers().flat_map(|values| &values.limits) {
            let (limit, allowed) = given.value;
            limits.set(limit, allowed);
        }
        limits
    }

    /// What files say of rules outside of overrides, what they extend first.
    pub fn of_files(&self) -> impl Iterator<Item = &Chosen> {
        self.of_files.iter().map(|values| &values.chosen)
    }

    /// What the command line says of rules.
    pub fn of_command_line(&self) -> &Chosen {
        &self.of_command_line.chosen
    }

    /// What holds for some reports only; the later goes before the earlier.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// What holds where these overrides do: files, overrides, command line, each going before those in front of it.
    pub fn together(&self, overrides: &[usize]) -> Together<'_> {
        let overrides = overrides.iter().filter_map(|&at| self.overrides.get(at)).map(|own| &own.chosen);
        Together(self.of_files().chain(overrides).chain([self.of_command_line()]).collect())
    }

    /// Looks whether every word means a rule or pack of these, in overrides as well.
    ///
    /// # Errors
    /// When one means none.
    pub fn verify(&self, core: &Core, packs: &[Arc<Pack>]) -> Result<(), Mistake> {
        let overrides = self.overrides.iter().map(|own| &own.chosen);
        for chosen in self.of_files().chain(overrides).chain([self.of_command_line()]) {
            for word in chosen.words() {
                find(&word.value, core, packs).map_err(|nearest| unknown_rule(word, nearest))?;
            }
            chosen.pack.as_ref().map(|id| pack(id, packs)).transpose()?;
        }
        Ok(())
    }

    /// Which rules are put where these overrides hold, and how much they weigh.
    pub fn selection(&self, overrides: &[usize]) -> Selection {
        Selection { layers: self.together(overrides).0.into_iter().map(Chosen::layer).collect() }
    }

    /// The pack that need not be guessed where these overrides hold, among those there are.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn form<'p>(&self, overrides: &[usize], packs: &'p [Arc<Pack>]) -> Result<Option<&'p Arc<Pack>>, Mistake> {
        self.together(overrides).pack().map(|id| pack(id, packs)).transpose()
    }
}

/// The pack of this id.
fn pack<'p>(id: &Given<String>, packs: &'p [Arc<Pack>]) -> Result<&'p Arc<Pack>, Mistake> {
    packs.iter().find(|pack| pack.id == id.value).ok_or_else(|| {
        let known = packs.iter().map(|pack| pack.id.as_str().into()).collect();
        let message = Message::new("error.unknown-pack").with("name", id.value.as_str());
        id.wrong(message.with("known", Argument::List(known)))
    })
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
