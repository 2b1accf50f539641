//! The records of an `.xls` workbook: a kind, a length and that many bytes.

use crate::read::workbook::binary::{Bytes, Records};

/// Begins the stream and each part of it. What Excel 2 to 4 wrote begins with other kinds.
pub(super) const BEGIN: u16 = 0x0809;
pub(super) const END: u16 = 0x000a;
/// Continues the record before it, which is longer than one may be.
pub(super) const CONTINUE: u16 = 0x003c;

/// The records of a stream from some place on.
pub(super) fn records(stream: &[u8]) -> Records<'_> {
    Records::new(stream, |bytes: &mut Bytes<'_>| Some((bytes.u16()?, bytes.u16()?.into())))
}
