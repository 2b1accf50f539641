//! A value with its origin, and what is wrong with one.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::limits::Limit;
use crate::message::{Argument, Message};
use crate::pack::{Level, PackProblem};

/// A configuration file.
pub struct File {
    /// As it was given or found, from the working directory.
    pub path: PathBuf,
    pub text: String,
}

impl fmt::Debug for File {
    /// Its path alone: values are debugged with their places, many times.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("File").field(&self.path).finish()
    }
}

impl File {
    /// `gouji.toml:3`, for the place of a value.
    pub fn line(&self, start: usize) -> String {
        let line = self.text[..start].matches('\n').count() + 1;
        format!("{}:{line}", self.path.display())
    }

    /// The folder that paths in it are relative to.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// Where a value comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// An option of the command line: `--ignore`.
    CommandLine(&'static str),
    /// An argument of a call from another language: `ignore`.
    Argument(&'static str),
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

/// The level that a word means.
///
/// # Errors
/// When it means none.
pub fn level(word: &Given<String>) -> Result<Level, Mistake> {
    Level::named(&word.value).ok_or_else(|| not_one_of(word, Level::WORDS))
}

/// One of a few values by its word.
pub(super) fn one_of<T: Copy>(
    word: &Given<String>,
    known: &[(&str, T)],
    words: &'static str,
) -> Result<Given<T>, Mistake> {
    let found = known.iter().find(|(name, _)| *name == word.value);
    found.map(|(_, value)| word.with(*value)).ok_or_else(|| not_one_of(word, words))
}

fn not_one_of(word: &Given<String>, allowed: &'static str) -> Mistake {
    word.wrong(PackProblem::NotOneOf { found: word.value.clone(), allowed: allowed.to_owned() }.message())
}

/// The limit of this name.
///
/// # Errors
/// When there is none.
pub fn limit(name: &Given<String>) -> Result<Limit, Mistake> {
    let found = Limit::ALL.into_iter().find(|(known, _)| *known == name.value);
    found.map(|(_, limit)| limit).ok_or_else(|| {
        let known = Limit::ALL.iter().map(|(known, _)| (*known).into()).collect();
        let message = Message::new("error.unknown-limit").with("name", name.value.as_str());
        name.wrong(message.with("known", Argument::List(known)))
    })
}
