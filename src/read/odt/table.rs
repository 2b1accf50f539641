//! Cells of tables, which say themselves how many rows and columns they cover; what they cover follows as cells of its own.

use super::Reading;
use crate::read::open_document::repeated;
use crate::read::unreadable::Unreadable;
use crate::read::xml::Tag;

impl Reading<'_> {
    pub(super) fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        let columns = repeated(tag, "table:number-columns-spanned");
        self.cover(0);
        self.body.begin_cell()?;
        if let Some(table) = self.body.table() {
            table.span(columns);
            table.reach(repeated(tag, "table:number-rows-spanned"));
        }
        if let Some(covered) = self.covered.last_mut() {
            *covered = columns - 1;
        }
        Ok(())
    }

    /// Passes over cells that others cover: those that the last cell of the row covers are passed over with it.
    pub(super) fn cover(&mut self, count: u32) {
        let Some(covered) = self.covered.last_mut() else { return };
        let of_last = count.min(*covered);
        *covered -= of_last;
        if let Some(table) = self.body.table() {
            table.pass(count - of_last);
        }
    }
}
