//! A pattern of a pack. Those of the packs that come with the program are compiled where they are first used: a report of
//! one form needs few of them, and a test has compiled them all.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use regex::Regex;

/// A regular expression, compiled when it is first looked at. Clones share it.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<LazyLock<Regex, Source>>);

type Source = Box<dyn FnOnce() -> Regex + Send>;

impl Pattern {
    /// Compiles `text` at once.
    ///
    /// # Errors
    /// In the words of the pattern engine.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let regex = Regex::new(text)?;
        let pattern = Self::trusted(move || regex);
        LazyLock::force(&pattern.0);
        Ok(pattern)
    }

    /// Compiles `text`, which is known to be a pattern, when it is needed.
    pub fn known(text: &str) -> Self {
        let text = text.to_owned();
        Self::trusted(move || Regex::new(&text).expect("a test compiles the patterns of every pack"))
    }

    fn trusted(source: impl FnOnce() -> Regex + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(source))))
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        &self.0
    }
}
