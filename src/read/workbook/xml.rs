//! Parts of a workbook that are XML, for the readers of our own.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::read::Unreadable;

/// The part as text; all writers use UTF-8.
pub(super) fn text(part: &[u8]) -> Result<&str, Unreadable> {
    std::str::from_utf8(part).map_err(|error| damaged(&error))
}

/// A reader to which `<a/>` is `<a></a>`.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The value of an attribute. The parser's own look-up compares every attribute of the tag with every other.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attribute = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

pub(super) fn damaged(error: &dyn std::error::Error) -> Unreadable {
    Unreadable::Damaged { detail: error.to_string() }
}
