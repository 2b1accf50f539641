//! The language of sums and conditions.
//!
//! ```text
//! relations  = chain { "," chain }
//! chain      = sum ("=" | "<=" | ">=") sum { ("=" | "<=" | ">=") sum }
//! condition  = all { "or" all }
//! all        = part { "and" part }
//! part       = "not" part | "(" condition ")" | sum ("=" | "!=" | "<" | "<=" | ">" | ">=") sum
//! sum        = ["-"] term { ("+" | "-") term }
//! term       = number | [ number "*" ] factor
//! factor     = path | "(" sum ")" | "sum" "(" range { "," range } ")"
//!            | "previous" "(" sum ")" | "children" "(" sum ")"
//!            | "percent" "(" path "," path ")"
//! range      = path [ ".." path ]          every figure of the form from the first to the last
//!            | "level" "(" number ")"      the open rows of a level
//!            | "previous" "(" sum ")" | "children" "(" sum ")"
//! path       = name { "." ( name | "*" ) }
//! ```
//!
//! `previous(…)` are figures of the report of the year before, `children(…)` the sums over the reports of the agencies
//! below.

mod parse;
mod syntax;

pub use parse::{condition, parse, sum};
pub use syntax::{Comparison, Condition, Item, Path, Problem, Relation, SyntaxError, Term, Whose};
