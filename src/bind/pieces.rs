//! Cells that hold several figures, or one with blanks in it: `18 23` is two figures, and never 1823 unless the sums of
//! its row say so. Only `12 345` may be one by itself.

use super::columns::{Layout, Place};
use super::field::Field;
use super::figure;
use super::readings::Readings;
use super::table_line::TableLine;
use crate::facts::Value;

/// So many ways to read a row are looked at.
const MOST_READINGS: usize = 64;

/// The digits of a row between blanks.
#[derive(Debug)]
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    /// How many cells they are in.
    cells: usize,
}

/// Digits without a blank, as bytes of the text of a field.
#[derive(Debug)]
struct Piece {
    field: usize,
    range: (u32, u32),
    /// What is between it and the piece before, where both are in one cell.
    gap: Option<Gap>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// A blank before three digits, which may set thousands apart.
    Thousands,
    Other,
}

/// In which columns a row holds more than one piece in a cell, and how many.
pub(super) type Pattern = Vec<(u32, usize)>;

impl Pieces {
    /// The pieces of a row; none where every cell holds one figure at most, as nearly always.
    pub fn of(fields: &[Field<'_>], line: &TableLine, layout: &Layout<'_, '_>) -> Option<Self> {
        let is_gapped =
            |field: &Field<'_>| !field.is_plain && field.is_figure() && figure::pieces(field.text()).nth(1).is_some();
        let run = layout.run(line);
        if !fields[run.clone()].iter().any(is_gapped) {
            return None;
        }
        // Text behind the figures is a remark.
        let end = run.clone().rev().find(|&index| fields[index].is_figure())? + 1;
        let mut pieces = Vec::new();
        let mut cells = 0;
        for index in (run.start..end).filter(|&index| !fields[index].is_blank()) {
            cells += 1;
            let text = fields[index].text();
            if !is_gapped(&fields[index]) {
                pieces.push(Piece { field: index, range: (0, text.len() as u32), gap: None });
                continue;
            }
            let mut before: Option<&str> = None;
            for digits in figure::pieces(text) {
                let start = digits.as_ptr() as usize - text.as_ptr() as usize;
                let gap = before.map(|before| {
                    let blank = &text[before.as_ptr() as usize - text.as_ptr() as usize + before.len()..start];
                    let may_be_thousands =
                        digits.chars().count() == 3 && before.chars().count() <= 3 && !blank.contains('\n');
                    if may_be_thousands { Gap::Thousands } else { Gap::Other }
                });
                pieces.push(Piece { field: index, range: (start as u32, (start + digits.len()) as u32), gap });
                before = Some(digits);
            }
        }
        Some(Self { pieces, cells })
    }

    /// Whether the row's sums say that its cells hold more than one figure.
    pub fn confirmed(
        &self,
        fields: &[Field<'_>],
        layout: &Layout<'_, '_>,
        readings: &Readings<'_, '_>,
    ) -> Option<Pattern> {
        readings.only(self.readings(layout)?).map(|_| self.pattern(fields))
    }

    /// Puts the figures of the row in their places.
    ///
    /// # Errors
    /// With the number of cells, where they cannot be distinguished.
    pub fn place(
        &self,
        fields: &[Field<'_>],
        line: &TableLine,
        layout: &Layout<'_, '_>,
        readings: &Readings<'_, '_>,
        confirmed: &[Pattern],
        places: &mut Vec<Place>,
    ) -> Result<(), usize> {
        let of_form = layout.expected();
        if self.cells == of_form {
            // A cell for each figure: whether its pieces are one, all sums say together, later.
            return layout.place(line, places);
        }
        let split = self.readings(layout).ok_or(self.cells)?;
        let all_numbers = self.pieces.iter().all(|piece| matches!(fields[piece.field].value, Value::Number(_)));
        let as_cells = all_numbers && layout.place(line, places).is_ok();
        let chosen = match (split.len(), as_cells) {
            (0, true) => return Ok(()),
            (0, false) => None,
            _ if readings.has_no_sums() => {
                let has_thousands = self.pieces.iter().any(|piece| piece.gap == Some(Gap::Thousands));
                split.into_iter().next().filter(|_| !as_cells && !has_thousands && self.pieces.len() == of_form)
            }
            // Sums that fail are no reason to doubt a row that is divided as others are.
            (1, false) if confirmed.contains(&self.pattern(fields)) => split.into_iter().next(),
            _ => {
                let cells = as_cells.then(|| places.clone());
                readings.only(split.into_iter().chain(cells).collect())
            }
        };
        *places = chosen.ok_or(self.cells)?;
        Ok(())
    }

    fn gaps(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.gap.is_some()).count()
    }

    fn pattern(&self, fields: &[Field<'_>]) -> Pattern {
        let cells = self.pieces.chunk_by(|_, next| next.gap.is_some());
        cells.filter(|cell| cell.len() > 1).map(|cell| (fields[cell[0].field].column, cell.len())).collect()
    }

    /// Every way to make as many figures of the pieces as the form has, joining those of one cell; none where there are
    /// too many ways.
    fn readings(&self, layout: &Layout<'_, '_>) -> Option<Vec<Vec<Place>>> {
        let Some(joins) = self.pieces.len().checked_sub(layout.expected()) else { return Some(Vec::new()) };
        let mut ways = vec![(Vec::with_capacity(self.gaps()), 0)];
        for left in (0..self.gaps()).rev() {
            let mut next = Vec::with_capacity(ways.len() * 2);
            for (way, joined) in ways {
                for is_joined in [false, true] {
                    let joined = joined + usize::from(is_joined);
                    if joined <= joins && joined + left >= joins {
                        let mut way = way.clone();
                        way.push(is_joined);
                        next.push((way, joined));
                    }
                }
            }
            if next.len() > MOST_READINGS {
                return None;
            }
            ways = next;
        }
        let complete = ways.into_iter().filter(|(_, joined)| *joined == joins);
        Some(complete.map(|(way, _)| self.joined(layout, &way)).collect())
    }

    /// The places of the figures where the pieces are joined at these gaps.
    fn joined(&self, layout: &Layout<'_, '_>, at_gaps: &[bool]) -> Vec<Place> {
        let mut at_gaps = at_gaps.iter();
        let mut figures: Vec<(usize, (u32, u32))> = Vec::new();
        for piece in &self.pieces {
            let is_joined = piece.gap.is_some() && *at_gaps.next().expect("a way says it of each gap");
            match figures.last_mut().filter(|_| is_joined) {
                Some((_, range)) => range.1 = piece.range.1,
                None => figures.push((piece.field, piece.range)),
            }
        }
        layout.in_order(figures.into_iter().map(|(field, range)| layout.piece(field, range)))
    }
}
