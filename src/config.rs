//! The settings of a run: the command line takes precedence over the nearest `gouji.toml`, that over the files it
//! extends, and these over the defaults.
//!
//! The file is searched for from the working directory upward, never in the folder of a report: nothing that is
//! submitted can switch a rule off.

mod arguments;
mod chosen;
mod file;
mod given;
mod overrides;
mod raw;
mod values;

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::{Accepted, Choice, Global, HowRead};
use crate::message::{Argument, Message};
use crate::pack::{Core, Pack, Selection, find};
pub use chosen::{Chosen, Together};
pub use file::{FileError, NAME};
pub use given::{File, Given, Mistake, Origin, level, limit};
pub use overrides::{Override, normal, seen_from_above};
pub use raw::schema;
pub use values::Values;

/// All that files and the command line say.
#[derive(Debug, Default)]
pub struct Config {
    /// The file that holds, if there is one.
    pub file: Option<Arc<File>>,
    /// What goes for every report.
    pub values: Values,
    /// Of rules: what the file extends, then what it says itself.
    of_files: Vec<Chosen>,
    /// What it extends first, here too.
    overrides: Vec<Override>,
    of_command_line: Chosen,
}

/// What holds for some reports: overrides that go for them, by their numbers, in order.
pub type Overrides = Vec<usize>;

impl Config {
    /// What the file and the options of every subcommand say.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn read(global: &Global) -> Result<Self, FileError> {
        let files = file::find(global)?;
        Ok(Self {
            file: files.file,
            values: files.values.and(arguments::of_all(global)),
            of_files: files.chosen,
            overrides: files.overrides,
            of_command_line: Chosen::default(),
        })
    }

    /// What the arguments of a call from another language say: no file is read.
    pub fn of_arguments(values: Values, chosen: Chosen) -> Self {
        Self { values, of_command_line: chosen, ..Self::default() }
    }

    /// With what the options of this subcommand say.
    ///
    /// # Errors
    /// When one of them is not written as it should be.
    pub fn with_choice(mut self, choice: &Choice) -> Result<Self, Mistake> {
        self.of_command_line = arguments::chosen(choice)?;
        self.values = self.values.and(arguments::of_choice(choice));
        self.values.cache = self.values.cache.filter(|_| !choice.no_cache);
        self.with_how_read(&choice.how_read)
    }

    /// With what the options say of findings that are accepted.
    #[must_use]
    pub fn with_accepted(mut self, accepted: &Accepted) -> Self {
        self.values = self.values.and(arguments::of_accepted(accepted));
        self
    }

    /// With what the options say of how files are read.
    ///
    /// # Errors
    /// When one of them is not written as it should be.
    pub fn with_how_read(mut self, how_read: &HowRead) -> Result<Self, Mistake> {
        self.of_command_line.pack = arguments::pack(how_read);
        self.values.limits.extend(arguments::limits(how_read)?);
        Ok(self)
    }

    /// All files that count: the configuration, and what it names.
    pub fn files(&self) -> Vec<PathBuf> {
        self.file.iter().map(|file| &file.path).chain(self.values.files()).cloned().collect()
    }

    /// What files say of rules outside of overrides, what they extend first.
    pub fn of_files(&self) -> impl Iterator<Item = &Chosen> {
        self.of_files.iter()
    }

    /// What the command line says of rules.
    pub fn of_command_line(&self) -> &Chosen {
        &self.of_command_line
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

    /// Which rules apply where these overrides hold, and how much they weigh.
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

fn unknown_rule(word: &Given<String>, nearest: Option<&str>) -> Mistake {
    let message = match nearest {
        Some(nearest) => Message::new("error.no-rule-meant-near").with("nearest", nearest),
        None => Message::new("error.no-rule-meant"),
    };
    word.wrong(message.with("name", word.value.as_str()))
}
