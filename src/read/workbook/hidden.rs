//! Rows and columns of a sheet that are not shown.

use std::ops::Range;

use crate::document::{Area, Cell, CellRef};

/// What is hidden of one sheet.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    pub rows: Ranges,
    pub columns: Ranges,
}

impl Hidden {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.0.is_empty() && self.columns.0.is_empty()
    }

    /// Where the cell at `first` is seen, which covers what there is to `last`: a merged cell is seen as long as one row
    /// and one column of it are.
    pub(super) fn shown(&self, first: CellRef, last: CellRef) -> Option<CellRef> {
        let shown = CellRef { row: self.rows.shown_from(first.row), column: self.columns.shown_from(first.column) };
        (shown.row <= last.row && shown.column <= last.column).then_some(shown)
    }

    /// Takes the cells out that are hidden, and has merged ones begin where they are seen. Areas are in order.
    pub(super) fn take_out(&self, cells: &mut Vec<Cell<'_>>, areas: &mut [Area], mut each: impl FnMut(&Cell<'_>)) {
        let mut at = 0;
        cells.retain_mut(|cell| {
            let first = CellRef { row: cell.rows.start, column: cell.columns.start };
            while areas.get(at).is_some_and(|area| area.first < first) {
                at += 1;
            }
            let area = areas.get_mut(at).filter(|area| area.first == first);
            let shown = self.shown(first, area.as_ref().map_or(first, |area| area.last));
            let Some(CellRef { row, column }) = shown else {
                each(cell);
                return false;
            };
            cell.rows = row..row + 1;
            cell.columns = column..column + 1;
            if let Some(area) = area {
                area.first = CellRef { row, column };
                at += 1;
            }
            true
        });
    }
}

/// Numbers of rows or columns.
#[derive(Debug, Default)]
pub(super) struct Ranges(Vec<Range<u32>>);

impl Ranges {
    /// Adds some; false if they only continue what was added last.
    pub(super) fn add(&mut self, range: Range<u32>) -> bool {
        match self.0.last_mut() {
            _ if range.is_empty() => false,
            Some(last) if last.end == range.start => {
                last.end = range.end;
                false
            }
            _ => {
                self.0.push(range);
                true
            }
        }
    }

    /// Puts them in order. The questions below are for ranges in order.
    pub(super) fn settle(&mut self) {
        self.0.sort_unstable_by_key(|range| range.start);
        self.0.dedup_by(|next, range| {
            let overlaps = next.start <= range.end;
            if overlaps {
                range.end = range.end.max(next.end);
            }
            overlaps
        });
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.shown_from(number) != number
    }

    /// The first from `number` on that is not among them.
    fn shown_from(&self, number: u32) -> u32 {
        let before = self.0.partition_point(|range| range.start <= number);
        let range = before.checked_sub(1).map(|index| &self.0[index]);
        range.filter(|range| range.contains(&number)).map_or(number, |range| range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn ranges_in_any_order_are_put_together() {
        let mut ranges = Ranges::default();
        assert!(ranges.add(9..12));
        assert!(!ranges.add(12..13));
        assert!(ranges.add(2..4));
        assert!(ranges.add(3..6));
        ranges.settle();
        let hidden: Vec<u32> = (0..15).filter(|number| ranges.contains(*number)).collect();
        assert_eq!(hidden, [2, 3, 4, 5, 9, 10, 11, 12]);
        assert_eq!((ranges.shown_from(3), ranges.shown_from(6), ranges.shown_from(9)), (6, 6, 13));
    }
}
