//! A location in words: `报告.md:31:34`, `报告.xlsx!表三!D9`.

use crate::document::Location;
use crate::position::Lines;

/// `path` with the place in it.
pub(super) fn with_path(path: &str, location: Option<&Location>, lines: &Lines<'_>) -> String {
    match location {
        None => path.to_owned(),
        Some(Location::Text(range)) => {
            let position = lines.position(range.start);
            format!("{path}:{}:{}", position.line, position.column)
        }
        Some(Location::Sheet { sheet, cell }) => format!("{path}!{sheet}!{cell}"),
    }
}
