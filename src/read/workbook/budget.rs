//! What may still be read of one file, over all its sheets.

use crate::limits::{Limit, Limits};
use crate::read::Unreadable;

/// Counts down what the limits allow.
#[derive(Debug)]
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    cells: usize,
    slots: usize,
    text: u64,
}

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, cells: limits.cells, slots: limits.cells, text: limits.inflated_bytes }
    }

    /// Takes one cell, with a text of `length` bytes.
    pub(super) fn take_cell(&mut self, length: usize) -> Result<(), Unreadable> {
        if !self.take_one() {
            return Err(self.too_many_cells());
        }
        self.take_text(length)
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
            return Err(Unreadable::TooLarge { what: Limit::InflatedBytes, limit: self.limits.inflated_bytes });
        }
        Ok(())
    }

    /// Takes one cell without text; false if there is none left to take.
    pub(super) fn take_one(&mut self) -> bool {
        let left = self.cells.checked_sub(1);
        self.cells = left.unwrap_or(0);
        left.is_some()
    }

    /// Takes the slots that the cells of one table stand in.
    pub(super) fn take_slots(&mut self, count: usize) -> Result<(), Unreadable> {
        self.slots = self.slots.checked_sub(count).ok_or_else(|| self.too_many_cells())?;
        Ok(())
    }

    pub(super) fn too_many_cells(&self) -> Unreadable {
        Unreadable::TooLarge { what: Limit::Cells, limit: self.limits.cells as u64 }
    }
}
