//! The XML parts of documents and workbooks.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::unreadable::Unreadable;
use crate::encoding::Encoding;

/// What a part holds, in order. An element without content comes as a start and an end.
pub(super) enum Node<'x> {
    Start(Tag<'x>),
    End,
    Text(Cow<'x, str>),
}

/// The start of an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// The name without its prefix, which every writer may choose.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The name with its prefix.
    pub fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// All attributes that can be read, by their names without prefixes.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some((attribute.key.local_name().into_inner(), value))
        })
    }

    /// The attribute of that name, its prefix left out too; none where it is written so that nobody could read it.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.value_of(|key| key.local_name().into_inner() == name)
    }

    /// The attribute of that name with its prefix.
    pub fn full_attribute(&self, name: &str) -> Option<String> {
        self.value_of(|key| key.into_inner() == name)
    }

    /// The value of the first attribute whose name is such. The parser's own look-up compares all names with each other.
    fn value_of(&self, is_such: impl Fn(QName<'_>) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| is_such(attribute.key))?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
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
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    match Encoding::marked(&bytes) {
        Some((encoding @ (Encoding::Utf16Le | Encoding::Utf16Be), length)) => {
            Ok(encoding.text(&bytes[length..]).into_owned())
        }
        _ => String::from_utf8(bytes).map_err(Unreadable::damaged),
    }
}

/// The name of the first element, with its prefix, of XML that may be cut short.
pub(super) fn root(xml: &[u8]) -> Option<&[u8]> {
    // Declarations and comments are before it, and no more of them than this.
    const HEAD: usize = 4096;
    let mut rest = &xml[..xml.len().min(HEAD)];
    loop {
        rest = &rest[memchr::memchr(b'<', rest)? + 1..];
        if !matches!(rest.first(), Some(b'?' | b'!')) {
            break;
        }
        let end: &[u8] = if rest.starts_with(b"!--") { b"-->" } else { b">" };
        rest = &rest[memchr::memmem::find(rest, end)? + end.len()..];
    }
    let length = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    Some(&rest[..length])
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|&byte| byte == b':').next().unwrap_or_default()
}

/// The nodes of a part, one after another.
pub(super) struct Nodes<'x> {
    reader: Reader<&'x [u8]>,
    /// So many elements are open.
    depth: usize,
    /// The byte at which the last node began.
    began: u64,
}

impl<'x> Nodes<'x> {
    pub fn of(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, began: 0 }
    }

    /// The next node; none at the end of the part.
    ///
    /// # Errors
    /// When the part is no XML, or breaks off.
    pub fn next(&mut self) -> Result<Option<Node<'x>>, Unreadable> {
        loop {
            self.began = self.reader.buffer_position();
            return Ok(Some(match self.reader.read_event().map_err(Unreadable::damaged)? {
                Event::Start(tag) => {
                    self.depth += 1;
                    Node::Start(Tag(tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Node::Text(referred(&reference)?),
                Event::Eof if self.depth > 0 => return Err(Unreadable::damaged("the document breaks off")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// The bytes of the last node, in a text without a byte order mark. The end of an element without content has none.
    pub fn span(&self) -> Range<usize> {
        let place = |byte| usize::try_from(byte).unwrap_or(usize::MAX);
        place(self.began)..place(self.reader.buffer_position())
    }

    /// The next node of the element that is open; its end when there is none.
    pub fn next_inside(&mut self) -> Result<Node<'x>, Unreadable> {
        Ok(self.next()?.unwrap_or(Node::End))
    }

    /// Passes over the rest of the element whose start was read last.
    pub fn skip(&mut self) -> Result<(), Unreadable> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around {
            self.next()?;
        }
        Ok(())
    }
}

/// One of the five entities of XML, or a character by its number.
///
/// # Errors
/// For one that the file would have to name itself, which none of these formats allows.
fn referred(entity: &BytesRef<'_>) -> Result<Cow<'static, str>, Unreadable> {
    if let Some(text) = resolve_xml_entity(entity) {
        return Ok(Cow::Borrowed(text));
    }
    match entity.resolve_char_ref().map_err(Unreadable::damaged)? {
        Some(character) => Ok(Cow::Owned(character.to_string())),
        None => Err(Unreadable::damaged(format!("an entity that is named nowhere: {}", &**entity))),
    }
}
