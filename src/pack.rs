//! A rule pack: what a form is and which rules its figures keep. All of it comes from TOML; see `rules/`.

mod pattern;
mod keywords;
mod lexicon;
pub mod expression;
mod value;
mod sum;
mod fault;
mod prose;
mod rule;
mod core;
mod error;
mod schema;
pub mod raw;
mod case;
mod labels;
mod written;
mod form;
mod open;
mod operand;
mod compile;
mod builtin;
mod mistakes;
mod selection;
mod severity;

pub use self::core::{CollectionSettings, Columns, Core, YesNo};
pub use builtin::builtin;
pub use case::Case;
pub use compile::compile;
pub use error::{PackError, PackProblem};
pub use expression::{Comparison, Condition, Whose};
pub use fault::Fault;
pub use form::{Block, Column, Figure, Identify, Pack, Row, Section, Table, Years, by_country, rules};
pub use keywords::{Sought, Telling};
pub use labels::{LabelIndex, Target};
pub use lexicon::{Lexicon, Meaning, Name, NameKind, Role, RowSum, RowTerm, Tells};
pub use mistakes::{compile_all, is_core};
pub use open::{Below, Named, Open, OpenRow, name_id};
pub use operand::operand;
pub use pattern::Pattern;
pub use prose::{
    Claim, Conditions, Judges, ListPatterns, Mention, Operand, Prose, ProseSum, Reading, Subject, Term, Test, Text,
};
pub use raw::pack_schema;
pub use rule::{Check, Kind, Needed, Rule, Statement};
pub use schema::{one_of, schema_of};
pub use selection::{Layer, Level, Levels, Selection, find, goes_before, means, nearest};
pub use severity::Severity;
pub use sum::{Addend, Compared, Missing, Policy, Side, Sum, TakesIn};
pub use value::ValueKind;
