//! A pack as written, together with what it takes over from the one it extends.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::error::{PackError, PackProblem};
use super::raw;

/// Something that is made where it is asked for, or was made before.
pub type Later<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

/// What a pack is compiled from: for packs that extend it, and for rows that only a document lists.
#[derive(Debug, Clone)]
pub struct Written {
    /// Everything but the rules and the cases.
    pub raw: raw::Pack,
    /// What is taken over first.
    pub rules: Vec<WrittenRule>,
    /// Read where they are asked for.
    pub trials: Arc<Later<raw::Trials>>,
    pub trust: Trust,
    /// The pack it extends, and where that is said.
    pub base: Option<(String, Range<usize>)>,
}

/// A rule, and whether it is taken over from another pack.
#[derive(Debug, Clone)]
pub struct WrittenRule {
    pub rule: raw::Rule,
    pub is_taken: bool,
}

/// Whether the patterns of a pack have been compiled before: those that come with the program are by a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    Tested,
    Untested,
}

impl Written {
    /// A mistake in something that was taken over has no place in this pack but where it says so.
    pub fn at_home(&self, error: PackError, own: &WrittenRule) -> PackError {
        match &self.base {
            Some((from, span)) if own.is_taken => {
                let (name, from) = (own.rule.header().name.get_ref().clone(), from.clone());
                let problem = PackProblem::TakenOver { name, from, problem: Box::new(error.problem) };
                PackError { problem, span: span.clone() }
            }
            _ => error,
        }
    }
}
