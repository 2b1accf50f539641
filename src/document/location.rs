//! Where something is in a file.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A concrete place in a file.
///
/// ```
/// use gouji::Location;
///
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// let text = REPORT_2024.replace("| 18 |", "| 81 |");
/// let report = checker().check("2024.md", text.as_bytes()).into_first().report;
/// let Some(Location::Text(bytes)) = &report.findings[0].location else { panic!("Markdown is text") };
/// assert_eq!(&text[bytes.start as usize..bytes.end as usize], "81");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// Bytes of the file, 0-based, end exclusive.
    Text(Range32),
    /// A cell of a workbook, by the name of its sheet.
    Sheet { sheet: Arc<str>, cell: CellRef },
    /// A cell of a word processor's document: the number of its table, counted from 1 in the order in which tables begin,
    /// those within others too; and its place in the grid of that table, a merged cell by its first row and column.
    TableCell { table: u32, cell: CellRef },
    /// A paragraph of a word processor's document outside its tables, counted from 1, blank ones too.
    Paragraph { number: u32 },
    /// An area of a page, counted from 1.
    Page { page: u32, area: PageArea },
}

impl Location {
    /// The place of the bytes `range`.
    pub fn text(range: Range<u32>) -> Self {
        Self::Text(Range32 { start: range.start, end: range.end })
    }

    /// From here to the end of another place, in formats whose places are bytes or areas of a page; elsewhere this place.
    pub fn through(&self, last: &Self) -> Self {
        match (self, last) {
            (Self::Text(first), Self::Text(last)) => Self::text(first.start..last.end.max(first.start)),
            (Self::Page { page, area }, Self::Page { page: same, area: last }) if page == same => {
                Self::Page { page: *page, area: area.union(*last) }
            }
            _ => self.clone(),
        }
    }
}

/// A byte range that can be ordered and copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range32 {
    pub start: u32,
    pub end: u32,
}

/// An area of a page: hundredths of a point from the top left corner, in the order in which areas are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageArea {
    pub top: i32,
    pub left: i32,
    pub bottom: i32,
    pub right: i32,
}

impl PageArea {
    /// From the left, the top, the right and the bottom, in points.
    pub fn new(sides: [f64; 4]) -> Self {
        let [left, top, right, bottom] = sides.map(|points| (points * 100.0).round() as i32);
        Self { top, left, bottom, right }
    }

    /// Its height times its width.
    pub fn size(self) -> i64 {
        i64::from(self.bottom - self.top) * i64::from(self.right - self.left)
    }

    /// The smallest area that both are in.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            top: self.top.min(other.top),
            left: self.left.min(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.max(other.right),
        }
    }
}

/// A workbook cell: row and column, 0-based; displayed as `C12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    pub row: u32,
    pub column: u32,
}

impl CellRef {
    /// The letters of the column: `A` … `XFD`.
    pub fn column_letters(self) -> String {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(b'A' + u8::try_from(rest % 26).expect("below 26"));
            rest /= 26;
        }
        letters.reverse();
        String::from_utf8(letters).expect("letters are ASCII")
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column_letters(), u64::from(self.row) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::CellRef;

    #[test]
    fn cells_are_named_as_in_excel() {
        let name = |row, column| CellRef { row, column }.to_string();
        assert_eq!(name(0, 0), "A1");
        assert_eq!(name(11, 25), "Z12");
        assert_eq!(name(8, 26), "AA9");
        assert_eq!(name(1_048_575, 16_383), "XFD1048576");
    }
}
