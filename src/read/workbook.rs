//! workbook stub
use super::Unreadable;
use crate::document::Document;
use crate::limits::Limits;
pub fn read(_bytes: &[u8], _limits: &Limits) -> Result<Document<'static>, Unreadable> {
    Err(Unreadable::Empty)
}
