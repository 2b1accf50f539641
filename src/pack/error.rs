//! What can be wrong with a rule pack, and where.

use std::ops::Range;

use super::expression::Problem;
use crate::message::Message;

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
    /// Something a pack must have.
    Lacking(&'static str),
    /// A rule of the pack it extends cannot be taken over.
    TakenOver { name: String, from: String, problem: Box<PackProblem> },
    /// A pack that stands in another place, or extends itself.
    UnknownBase(String),
    /// A fault the checks look for has no rule, or a rule has no check.
    Core(String),
}

impl PackProblem {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Toml(detail) => Message::new("pack.toml").with("detail", detail.as_str()),
            Self::Expression(Problem::Expected(what)) => Message::new("pack.expected").with("what", *what),
            Self::Expression(Problem::UnknownFunction(name)) => {
                Message::new("pack.unknown-function").with("name", name.as_str())
            }
            Self::Expression(Problem::Nested) => Message::new("pack.nested"),
            Self::Expression(Problem::TooDeep) => Message::new("pack.too-deep"),
            Self::UnknownName { name, nearest: Some(nearest) } => {
                Message::new("pack.unknown-name-near").with("name", name.as_str()).with("nearest", nearest.as_str())
            }
            Self::UnknownName { name, nearest: None } => Message::new("pack.unknown-name").with("name", name.as_str()),
            Self::Doubled(name) => Message::new("pack.doubled").with("name", name.as_str()),
            Self::NotOneOf { found, allowed } => {
                Message::new("pack.not-one-of").with("found", found.as_str()).with("allowed", *allowed)
            }
            Self::Pattern(detail) => Message::new("pack.pattern").with("detail", detail.as_str()),
            Self::MissingGroup(group) => Message::new("pack.missing-group").with("group", *group),
            Self::BackwardRange => Message::new("pack.backward-range"),
            Self::Lacking(what) => Message::new("pack.lacking").with("what", *what),
            Self::TakenOver { name, from, problem } => Message::new("pack.taken-over")
                .with("name", name.as_str())
                .with("from", from.as_str())
                .with("problem", problem.message()),
            Self::UnknownBase(name) => Message::new("pack.unknown-base").with("name", name.as_str()),
            Self::Core(name) => Message::new("pack.core").with("name", name.as_str()),
        }
    }
}
