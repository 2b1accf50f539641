//! The records of an `.xls` workbook: a kind, a length and that many bytes; a record that is longer than one may be goes on
//! in others.

use crate::read::Unreadable;
use crate::read::workbook::bytes::{Bytes, Record};

/// Goes on with the record before it.
const CONTINUE: u16 = 0x003c;

/// The records of a stream from some place on.
#[derive(Debug)]
pub(super) struct Records<'b> {
    rest: Bytes<'b>,
}

impl<'b> Records<'b> {
    pub(super) fn new(stream: &'b [u8]) -> Self {
        Self { rest: Bytes(stream) }
    }

    /// The next record.
    ///
    /// # Errors
    /// When the stream breaks off: the last record of every part says that it is the last.
    pub(super) fn next(&mut self) -> Result<Record<'b>, Unreadable> {
        self.record().ok_or_else(|| Unreadable::Damaged { detail: "the workbook breaks off".to_owned() })
    }

    fn record(&mut self) -> Option<Record<'b>> {
        let kind = self.rest.u16()?;
        let length = self.rest.u16()?;
        Some(Record { kind, body: self.rest.take(length.into())? })
    }

    /// The body of a record and of those that go on with it.
    pub(super) fn whole(&mut self, first: Record<'b>) -> Vec<&'b [u8]> {
        let mut bodies = vec![first.body];
        loop {
            let before = self.rest;
            match self.record() {
                Some(Record { kind: CONTINUE, body }) => bodies.push(body),
                _ => {
                    self.rest = before;
                    return bodies;
                }
            }
        }
    }

    /// Bytes that are left of the stream.
    pub(super) fn left(&self) -> usize {
        self.rest.0.len()
    }
}
