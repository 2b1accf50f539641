//! The records of the binary formats, and numbers as they hold them: one after another, little end first.

use crate::read::Unreadable;

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    pub kind: u16,
    pub body: &'b [u8],
}

impl<'b> Record<'b> {
    pub(super) fn bytes(self) -> Bytes<'b> {
        Bytes(self.body)
    }

    /// For a record that ends before all it must hold.
    pub(super) fn too_short(self) -> Unreadable {
        Unreadable::Damaged { detail: format!("a record {:#06x} of {} bytes", self.kind, self.body.len()) }
    }
}

/// What is left of a record. Every call takes something off its front, or gives nothing if there is too little.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }
}
