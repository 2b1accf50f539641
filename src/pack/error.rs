//! What can be wrong with a rule pack, and where.

use std::ops::Range;

use super::expression::Problem;
use crate::label::likeness;
use crate::message::{Argument, Message};

/// A mistake in a pack, with its bytes in the TOML.
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
    /// The code of a rule of a form that comes with the program.
    CodeTaken { code: String, pack: String },
    /// One of a set of words was expected.
    NotOneOf { found: String, allowed: String },
    /// A pattern that is none, in the words of the pattern engine.
    Pattern(String),
    /// A pattern lacks a group it must have.
    MissingGroup(&'static str),
    /// A range whose end comes before its start.
    BackwardRange,
    /// Something a pack must have.
    Lacking(&'static str),
    /// A rule of the pack it extends cannot be taken over.
    TakenOver { name: String, from: String, problem: Box<PackProblem> },
    /// A pack that is in another place, or extends itself.
    UnknownBase(String),
}

impl PackProblem {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Toml(detail) => of_shape(detail),
            Self::Expression(Problem::Expected(what)) => Message::new("pack.expected").with("what", Message::new(what)),
            Self::Expression(Problem::UnknownFunction(name)) => {
                Message::new("pack.unknown-function").with("name", name.as_str())
            }
            Self::Expression(Problem::Nested) => Message::new("pack.nested"),
            Self::Expression(Problem::TooDeep) => Message::new("pack.too-deep"),
            Self::Expression(Problem::TooLong) => Message::new("pack.too-long"),
            Self::UnknownName { name, nearest: Some(nearest) } => {
                Message::new("pack.unknown-name-near").with("name", name.as_str()).with("nearest", nearest.as_str())
            }
            Self::UnknownName { name, nearest: None } => Message::new("pack.unknown-name").with("name", name.as_str()),
            Self::Doubled(name) => Message::new("pack.doubled").with("name", name.as_str()),
            Self::CodeTaken { code, pack } => {
                Message::new("pack.code-taken").with("code", code.as_str()).with("pack", pack.as_str())
            }
            Self::NotOneOf { found, allowed } => {
                let allowed = allowed.split(", ").map(Argument::from).collect();
                Message::new("pack.not-one-of").with("found", found.as_str()).with("allowed", Argument::List(allowed))
            }
            // The engine prints the pattern first, which is drawn below the message.
            Self::Pattern(detail) => {
                let detail = detail.rsplit_once("error: ").map_or(detail.as_str(), |(_, detail)| detail);
                Message::new("pack.pattern").with("detail", Argument::Reason(detail.to_owned()))
            }
            Self::MissingGroup(group) => Message::new("pack.missing-group").with("group", *group),
            Self::BackwardRange => Message::new("pack.backward-range"),
            Self::Lacking(what) => Message::new("pack.lacking").with("what", *what),
            Self::TakenOver { name, from, problem } => Message::new("pack.taken-over")
                .with("name", name.as_str())
                .with("from", from.as_str())
                .with("problem", problem.message()),
            Self::UnknownBase(name) => Message::new("pack.unknown-base").with("name", name.as_str()),
        }
    }
}

/// The two commonest mistakes of shape in our own words; what the parser says of others it says in English.
fn of_shape(detail: &str) -> Message {
    let mut names = detail.split('`').skip(1).step_by(2);
    let Some(name) = names.next() else {
        return Message::new("pack.toml").with("detail", Argument::Reason(detail.to_owned()));
    };
    if detail.starts_with("missing field") {
        return Message::new("pack.missing-key").with("name", name);
    }
    if !detail.starts_with("unknown field") {
        return Message::new("pack.toml").with("detail", Argument::Reason(detail.to_owned()));
    }
    let known: Vec<&str> = names.collect();
    let message = match nearest(name, known.iter().copied()) {
        Some(nearest) => Message::new("pack.unknown-key-near").with("nearest", nearest),
        None => {
            Message::new("pack.unknown-key").with("known", Argument::List(known.into_iter().map(Into::into).collect()))
        }
    };
    message.with("name", name)
}

/// The one of `known` that was probably meant.
fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let scored = known.map(|known| (likeness(name, known), known)).max();
    scored.filter(|(score, _)| *score >= 50).map(|(_, known)| known)
}
