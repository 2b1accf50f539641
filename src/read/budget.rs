//! What may still be read of one file: cells, slots and text are counted down from the limits.

use super::unreadable::Unreadable;
use crate::document::{Table, TableBuilder};
use crate::limits::{Limit, Limits};

/// Counts down what the limits allow.
#[derive(Debug)]
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    cells: usize,
    /// Slots of rows that the cells of tables fill; merged cells fill several.
    slots: usize,
    text: u64,
    text_limit: Limit,
}

impl<'l> Budget<'l> {
    /// `text_limit` bounds the text that is made of the file.
    pub(super) fn new(limits: &'l Limits, text_limit: Limit) -> Self {
        Self { limits, cells: limits.cells, slots: limits.cells, text: limits.get(text_limit), text_limit }
    }

    /// Takes so many cells.
    pub(super) fn take_cells(&mut self, count: usize) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(count).ok_or_else(|| self.too_many_cells())?;
        Ok(())
    }

    /// Takes so many slots.
    pub(super) fn take_slots(&mut self, count: usize) -> Result<(), Unreadable> {
        self.slots = self.slots.checked_sub(count).ok_or_else(|| self.too_many_cells())?;
        Ok(())
    }

    /// Takes a text of `length` bytes.
    pub(super) fn take_text(&mut self, length: usize) -> Result<(), Unreadable> {
        self.has_room_for(length)?;
        self.text -= length as u64;
        Ok(())
    }

    /// Whether a text of `length` bytes can still be taken.
    pub(super) fn has_room_for(&self, length: usize) -> Result<(), Unreadable> {
        if length as u64 > self.text {
            return Err(Unreadable::too_large(self.text_limit, self.limits));
        }
        Ok(())
    }

    /// Whether a table may begin within `depth` others.
    pub(super) fn check_nesting(&self, depth: usize) -> Result<(), Unreadable> {
        // Tables are finished from the outermost inwards, one call within the other, whatever the limits allow.
        const DEEPEST: usize = 256;
        let limit = self.limits.nesting.min(DEEPEST);
        if depth >= limit {
            return Err(Unreadable::TooLarge { what: Limit::Nesting, limit: limit as u64 });
        }
        Ok(())
    }

    /// The finished table, whose slots are counted before memory is set aside for them.
    pub(super) fn finish<'s>(&mut self, table: TableBuilder<'s>) -> Result<Table<'s>, Unreadable> {
        self.take_slots(table.slots())?;
        Ok(table.finish())
    }

    fn too_many_cells(&self) -> Unreadable {
        Unreadable::too_large(Limit::Cells, self.limits)
    }
}
