//! What can be wrong with a rule pack, and where.

use std::ops::Range;

use super::expression::Problem;

/// A mistake in a pack, with the bytes of the TOML at which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    pub problem: PackProblem,
    pub span: Range<usize>,
}

/// The mistakes a pack can have. Their words are in the message catalogues under `pack.<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackProblem {
    /// Not TOML, or not the shape of a pack; in the parser's words.
    Toml(String),
    /// An expression that cannot be read.
    Expression(Problem),
    /// A name that is not there; with the nearest one that is.
    UnknownName { name: String, nearest: Option<String> },
    /// The same id twice.
    Doubled(String),
    /// One of a set of words was due.
    NotOneOf { found: String, allowed: &'static str },
    /// A pattern that is none, in the words of the pattern engine.
    Pattern(String),
    /// A pattern lacks a group it must have.
    MissingGroup(&'static str),
    /// A range whose end stands before its start.
    BackwardRange,
    /// A fault the checks look for has no rule, or a rule has no check.
    Core(String),
}

impl PackProblem {
    /// Key of the words, and what is put into them.
    pub fn message(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::Toml(detail) => ("pack.toml", vec![("detail", detail.clone())]),
            Self::Expression(Problem::Expected(what)) => ("pack.expected", vec![("what", (*what).to_owned())]),
            Self::Expression(Problem::UnknownFunction(name)) => ("pack.unknown-function", vec![("name", name.clone())]),
            Self::Expression(Problem::ReservedFunction(name)) => {
                ("pack.reserved-function", vec![("name", name.clone())])
            }
            Self::Expression(Problem::TooDeep) => ("pack.too-deep", vec![]),
            Self::UnknownName { name, nearest: Some(nearest) } => {
                ("pack.unknown-name-near", vec![("name", name.clone()), ("nearest", nearest.clone())])
            }
            Self::UnknownName { name, nearest: None } => ("pack.unknown-name", vec![("name", name.clone())]),
            Self::Doubled(name) => ("pack.doubled", vec![("name", name.clone())]),
            Self::NotOneOf { found, allowed } => {
                ("pack.not-one-of", vec![("found", found.clone()), ("allowed", (*allowed).to_owned())])
            }
            Self::Pattern(detail) => ("pack.pattern", vec![("detail", detail.clone())]),
            Self::MissingGroup(group) => ("pack.missing-group", vec![("group", (*group).to_owned())]),
            Self::BackwardRange => ("pack.backward-range", vec![]),
            Self::Core(name) => ("pack.core", vec![("name", name.clone())]),
        }
    }
}
