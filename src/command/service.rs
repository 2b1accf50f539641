//! What bindings to other languages ask of the command: the same forms, the same choice of rules, the same files, and what comes
//! of them handed over instead of written. No configuration is looked for: what holds is what the call says.

mod collect;
mod each;
mod figures;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};
use std::time::Duration;

use super::annotate::{not_marked, why_not};
use super::checkers::{Checkers, Purpose};
use super::sources::{self, Inputs};
use super::{CommandError, setup};
use crate::annotate::{Marked, annotate, of_copy};
use crate::checker::Checker;
use crate::config::{Chosen, Config, Given, Mistake, Origin, Values, level, limit};
use crate::message::{Language, Message};
use crate::pack::Level;
use crate::panics::Silence;
use crate::view::{Input, Report};
pub use collect::Collected;
pub use each::{Looked, Outcome, Said};
pub use figures::Figure;

/// What a call chooses, in words.
#[derive(Debug, Default)]
pub struct Asked {
    /// Further rule packs: files, or folders that hold them.
    pub packs: Vec<PathBuf>,
    /// The form that need not be recognised.
    pub pack: Option<String>,
    /// Only these rules, by code, name, kind or pack.
    pub select: Option<Vec<String>>,
    pub ignore: Vec<String>,
    /// Rules, and how much they weigh.
    pub severity: Vec<(String, String)>,
    pub limits: Vec<(String, u64)>,
    /// That of the system where nothing is said.
    pub language: Option<Language>,
}

/// Why a call cannot be answered, for people and for programs.
#[derive(Debug)]
pub struct Refused {
    pub message: String,
    pub hint: Option<String>,
    /// A drawing of the place in a rule file.
    pub drawing: Option<String>,
    /// The rule file, the line and the column.
    pub place: Option<(String, u32, u32)>,
}

/// The checker of a call. A copy costs nothing.
#[derive(Clone)]
pub struct Service {
    checkers: Arc<Checkers>,
    language: Language,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Refused {
    fn new(error: CommandError, language: Language) -> Self {
        Self {
            message: error.message.say(language),
            hint: error.hint.map(|hint| hint.say(language)),
            drawing: error.drawing,
            place: error.place.map(|place| (place.path, place.line, place.column)),
        }
    }

    /// With these words alone.
    pub fn said(message: &Message, language: Language) -> Self {
        Self::new(CommandError::usage(message.clone()), language)
    }
}

impl Service {
    /// With the forms that come with the program and those that the call names.
    ///
    /// # Errors
    /// When a pack is wrong, or a word means no rule, no level or no limit.
    pub fn new(asked: Asked) -> Result<Self, Refused> {
        let language = asked.language.unwrap_or_else(setup::of_locale);
        Self::chosen(asked, language).map_err(|error| Refused::new(error, language))
    }

    fn chosen(asked: Asked, language: Language) -> Result<Self, CommandError> {
        silence();
        let config = config(asked).map_err(|mistake| setup::mistaken(mistake, language))?;
        let checkers = Arc::new(Checkers::new(&Arc::new(config), Purpose::Check, language)?);
        Ok(Self { checkers, language })
    }

    /// The language of what is said.
    pub fn language(&self) -> Language {
        self.language
    }

    /// All forms as their packs have them, whatever is chosen.
    pub fn forms(&self) -> &Checker {
        self.checkers.all()
    }

    /// What checks a report.
    pub fn checker(&self) -> &Checker {
        self.checkers.base()
    }

    /// A copy of a file with what was found marked in it, and what it is called.
    ///
    /// # Errors
    /// When nothing can be marked in it.
    pub fn annotated(&self, path: &str, bytes: &[u8]) -> Result<(String, Marked), Refused> {
        let (checker, language) = (self.checker(), self.language);
        let checked = checker.check(path, bytes);
        let marked = || {
            if let Some(why) = why_not(path, bytes, &checked) {
                return Err(why);
            }
            let input = Input::new(&checked, bytes);
            let views = Report::all(input, language);
            annotate(input, &views, checker.limits(), language).map_err(|why| not_marked(path, &why))
        };
        let marked = marked().map_err(|error| Refused::new(error, language))?;
        Ok((of_copy(path, marked.kind, language), marked))
    }

    /// The longest that one file may take.
    fn longest(&self) -> Duration {
        Duration::from_secs(self.checker().limits().seconds)
    }
}

/// How many threads work at once where a call says nothing.
pub fn jobs() -> usize {
    sources::processors()
}

/// Whether there is no such path.
pub fn is_missing(path: &Path) -> bool {
    sources::is_missing(path)
}

/// What is to be read.
#[derive(Debug, Clone)]
pub struct Files(Inputs);

impl Files {
    /// Files and folders, each once; archives are opened.
    pub fn of_paths(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(Inputs::of_paths(paths.into_iter()))
    }

    /// A file that somebody else has read.
    pub fn of_bytes(name: String, bytes: Arc<[u8]>) -> Self {
        Self(Inputs::of_bytes(name, bytes))
    }
}

/// Panics that become findings are silent from the first call on: other threads of the process may be in one when this ends.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::mem::forget(Silence::begin()));
}

fn config(asked: Asked) -> Result<Config, Mistake> {
    let limits = asked.limits.into_iter().map(|(name, allowed)| {
        let name = given("limits", name);
        Ok(name.with((limit(&name)?, allowed)))
    });
    let values = Values {
        rules: asked.packs.into_iter().map(|path| given("packs", path)).collect(),
        limits: limits.collect::<Result<_, Mistake>>()?,
        ..Values::default()
    };
    let words = |name, words: Vec<String>| words.into_iter().map(|word| given(name, word)).collect::<Vec<_>>();
    let severity = asked.severity.into_iter().map(|(rule, word)| {
        let word = given("severity", word);
        Ok((given("severity", rule), level(&word)?))
    });
    let chosen = Chosen {
        pack: asked.pack.map(|id| given("pack", id)),
        select: asked.select.map(|select| words("select", select)),
        ignore: words("ignore", asked.ignore),
        severity: severity.collect::<Result<Vec<(Given<String>, Level)>, Mistake>>()?,
    };
    Ok(Config::of_arguments(values, chosen))
}

fn given<T>(name: &'static str, value: T) -> Given<T> {
    Given { value, origin: Origin::Argument(name) }
}
