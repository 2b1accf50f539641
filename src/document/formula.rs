//! The formula of a workbook's cell, as far as it is known how to read: a sum of cells and ranges.

use std::ops::Range;
use std::sync::Arc;

use super::location::CellRef;

/// A rectangle of cells, with its last cell in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub first: CellRef,
    pub last: CellRef,
}

impl Area {
    /// Whether the cell is in it.
    pub fn contains(self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

/// The formula in a cell.
#[derive(Debug, Clone)]
pub struct Formula {
    pub sheet: Arc<str>,
    pub cell: CellRef,
    pub text: Arc<str>,
    /// The cell its references are written for: another one, where many cells share a formula.
    pub written_for: CellRef,
}

impl Formula {
    /// The areas it adds up, each once; none if it is anything but a plain sum, `SUM(C4:C9,C12)` or `C4+C5`, of cells of
    /// its own sheet. It may be blank as long as they are: `IF(COUNT(C4:C9)=0,"",SUM(C4:C9))`.
    pub fn summed(&self) -> Option<Vec<Area>> {
        let text: String = self.text.chars().filter(|c| !c.is_whitespace() && *c != '$').collect();
        let absolute = self.text.contains('$');
        if absolute && self.cell != self.written_for {
            return None;
        }
        let text = unless_empty(&text).unwrap_or(&text);
        let mut areas = Vec::new();
        for term in text.trim_start_matches(['=', '+']).split('+') {
            let arguments = strip_call(term).unwrap_or(term);
            for part in arguments.split(',') {
                areas.push(self.area(part)?);
            }
        }
        Some(areas)
    }

    fn area(&self, text: &str) -> Option<Area> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (self.moved(cell(first)?)?, self.moved(cell(last)?)?);
        (first.row <= last.row && first.column <= last.column).then_some(Area { first, last })
    }

    fn moved(&self, cell: CellRef) -> Option<CellRef> {
        let moved = |at: u32, from: u32, to: u32| u32::try_from(i64::from(at) + i64::from(to) - i64::from(from)).ok();
        Some(CellRef {
            row: moved(cell.row, self.written_for.row, self.cell.row)?,
            column: moved(cell.column, self.written_for.column, self.cell.column)?,
        })
    }
}

/// What is between the brackets of `SUM(…)`.
fn strip_call(text: &str) -> Option<&str> {
    const NAME: Range<usize> = 0..4;
    text.get(NAME)?.eq_ignore_ascii_case("SUM(").then_some(())?;
    text[NAME.end..].strip_suffix(')')
}

/// The sum that is blank as long as all that it adds up is.
fn unless_empty(text: &str) -> Option<&str> {
    let (counted, rest) = text.trim_start_matches('=').strip_prefix("IF(COUNT(")?.split_once(")=0,\"\",")?;
    let sum = rest.strip_suffix(')')?;
    (strip_call(sum)? == counted).then_some(sum)
}

/// `C12`
fn cell(text: &str) -> Option<CellRef> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some(CellRef { row: digits.parse::<u32>().ok()?.checked_sub(1)?, column: column - 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(name: &str) -> CellRef {
        cell(name).expect("a cell")
    }

    fn summed(text: &str, written_for: &str, cell: &str) -> Option<String> {
        let formula = Formula { sheet: "表".into(), cell: at(cell), text: text.into(), written_for: at(written_for) };
        let areas = formula.summed()?;
        Some(areas.iter().map(|area| format!("{}:{} ", area.first, area.last)).collect())
    }

    #[test]
    fn plain_sums_are_read() {
        let own = |text| summed(text, "I5", "I5");
        assert_eq!(own("SUM(C5:H5)").as_deref(), Some("C5:H5 "));
        assert_eq!(own("sum( $C$5:E5, G5 )+H5").as_deref(), Some("C5:E5 G5:G5 H5:H5 "));
        assert_eq!(own("=C5+D5").as_deref(), Some("C5:C5 D5:D5 "));
        assert_eq!(own("+AA10").as_deref(), Some("AA10:AA10 "));
        assert_eq!(own("IF(COUNT(C5:H5)=0,\"\",SUM(C5:H5))").as_deref(), Some("C5:H5 "));
    }

    #[test]
    fn a_shared_formula_moves_with_its_cell() {
        assert_eq!(summed("SUM(C5:H5)", "I5", "I9").as_deref(), Some("C9:H9 "));
        assert_eq!(summed("SUM(C5:H5)", "I5", "A5"), None);
        assert_eq!(summed("SUM($C$5:H5)", "I5", "I9"), None);
    }

    #[test]
    fn what_is_no_plain_sum_is_not_guessed_at() {
        for text in [
            "SUM(表一!C5:H5)",
            "IF(COUNT(C5:G5)=0,\"\",SUM(C5:H5))",
            "IF(COUNT(C5:H5)=0,\"\",C5)",
            "C5-D5",
            "C5*2",
            "ROUND(SUM(C5:H5),0)",
            "SUM(C5:H5)/2",
            "12",
            "SUM(",
            "",
            "A0",
            "SUM(C5:H5",
            "合计",
        ] {
            assert_eq!(summed(text, "I5", "I5"), None, "{text}");
        }
    }
}
