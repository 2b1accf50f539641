//! The XML parts of documents and workbooks.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::Unreadable;
use crate::encoding::Encoding;

/// What stands in a part, in order. An element without content comes as a start and an end.
pub(super) enum Node<'x> {
    Start(Tag<'x>),
    End,
    Text(Cow<'x, str>),
}

/// The start of an element. Names are told without their prefixes, which every writer may choose.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attribute of that name, its prefix left out too; none where it is written so that nobody could read it.
    pub fn attribute(&self, name: &str) -> Option<String> {
        value(&self.0, |key| key.local_name().into_inner() == name)
    }

    /// The attribute `val`, where nearly every property has its value.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The number in the attribute `val`.
    pub fn number(&self) -> Option<u32> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a property that can be switched off is on.
    pub fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// The text of a part.
///
/// # Errors
/// When it is not in the encodings that XML allows without saying so.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let utf16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    match utf16 {
        Some(encoding) => Ok(encoding.text(&bytes[2..]).into_owned()),
        None => String::from_utf8(bytes).map_err(|error| damaged(&error)),
    }
}

/// A reader to which `<a/>` is `<a></a>`.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    reader
}

/// The attribute of a tag by its whole name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    value(tag, |key| key.into_inner() == name)
}

/// The value of the first attribute whose name is such. The parser's own look-up compares all names with each other.
fn value(tag: &BytesStart<'_>, is_such: impl Fn(QName<'_>) -> bool) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| is_such(attribute.key))?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// Hands each node of a part to `visit`, until that has an error of its own.
///
/// # Errors
/// When the part is no XML, or breaks off.
pub(super) fn walk<'x>(
    text: &'x str,
    mut visit: impl FnMut(Node<'x>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = reader(text);
    let mut depth = 0_usize;
    loop {
        let node = match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) => {
                depth += 1;
                Node::Start(Tag(tag))
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                Node::End
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(reference) => Node::Text(referred(&reference)?),
            Event::Eof if depth > 0 => {
                return Err(Unreadable::Damaged { detail: "the document breaks off".to_owned() });
            }
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
        };
        visit(node)?;
    }
}

/// One of the five entities of XML, or a character by its number.
///
/// # Errors
/// For one that the file would have to name itself, which none of these formats allows.
pub(super) fn referred(entity: &BytesRef<'_>) -> Result<Cow<'static, str>, Unreadable> {
    if let Some(text) = resolve_xml_entity(entity) {
        return Ok(Cow::Borrowed(text));
    }
    match entity.resolve_char_ref() {
        Ok(Some(character)) => Ok(Cow::Owned(character.to_string())),
        Ok(None) => Err(Unreadable::Damaged { detail: format!("an entity that is named nowhere: {}", &**entity) }),
        Err(error) => Err(damaged(&error)),
    }
}

pub(super) fn damaged(error: &dyn std::error::Error) -> Unreadable {
    const LONGEST: usize = 200;
    Unreadable::Damaged { detail: error.to_string().chars().take(LONGEST).collect() }
}
