//! XML parts that are changed in a few places: elements with the bytes that they take, and what is inserted, taken out or
//! written otherwise. All else stays as it is written.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::read::Unreadable;

/// What comes next in a part, with the bytes that it takes.
#[derive(Debug)]
pub(super) enum Node<'x> {
    /// An element begins.
    Start(Tag<'x>),
    /// An element without content.
    Empty(Tag<'x>),
    End(Range<usize>),
    /// Text, a character by its name or number, or a section of text.
    Text(Range<usize>),
}

/// The tag with which an element begins.
#[derive(Debug)]
pub(super) struct Tag<'x> {
    tag: BytesStart<'x>,
    pub span: Range<usize>,
}

impl Tag<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The prefix of its name with the colon; empty where it has none.
    pub fn prefix(&self) -> String {
        self.tag.name().prefix().map_or_else(String::new, |prefix| format!("{}:", prefix.into_inner()))
    }

    /// The value of the first attribute of that name, its prefix left out.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(key, _)| local(key) == name).map(|(_, value)| value)
    }

    /// All attributes by their whole names.
    pub fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut attributes = self.tag.attributes();
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((attribute.key.into_inner().to_owned(), value))
        })
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Goes through a part.
pub(super) struct Walk<'x> {
    reader: Reader<&'x [u8]>,
    /// So many bytes are before what the parser counts from.
    skipped: usize,
    /// So many elements are open.
    pub depth: usize,
}

impl<'x> Walk<'x> {
    pub fn of(text: &'x str) -> Self {
        let body = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(body);
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, skipped: text.len() - body.len(), depth: 0 }
    }

    /// The next node; none at the end of the part.
    ///
    /// # Errors
    /// When the part is no XML.
    pub fn next(&mut self) -> Result<Option<Node<'x>>, Unreadable> {
        loop {
            let start = self.at();
            let event = self.reader.read_event().map_err(Unreadable::damaged)?;
            let span = start..self.at();
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    Node::Start(Tag { tag, span })
                }
                Event::Empty(tag) => Node::Empty(Tag { tag, span }),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End(span)
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Node::Text(span),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    fn at(&self) -> usize {
        self.skipped + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Passes over the rest of the element whose start came last; where its end is.
    pub fn skip(&mut self) -> Result<Range<usize>, Unreadable> {
        let around = self.depth.saturating_sub(1);
        loop {
            match self.next()? {
                Some(Node::End(span)) if self.depth <= around => return Ok(span),
                Some(_) => {}
                None => return Err(Unreadable::damaged("a part that breaks off")),
            }
        }
    }
}

/// The text of a part as text: that of XML in UTF-16 says of itself from here on that it is UTF-8.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let text = crate::read::xml_text(bytes)?;
    if !is_wide {
        return Ok(text);
    }
    let end = text.find("?>").filter(|_| text.starts_with("<?xml"));
    Ok(match end {
        Some(end) => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"{}", &text[end..]),
        None => text,
    })
}

/// A text as it is written in an element or an attribute. What no XML may hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: Cow<'_, str> = match text.chars().all(|c| is_allowed(&c) && !matches!(c, '\u{fffe}' | '\u{ffff}')) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|c| is_allowed(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()),
    };
    escape(text.as_ref()).into_owned()
}

/// What a stretch of text in a part says.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    let inner = text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    match inner {
        Some(inner) => Cow::Borrowed(inner),
        None => unescape(text).unwrap_or(Cow::Borrowed(text)),
    }
}

/// What is changed in a text: what replaces some of its bytes.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Replaces these bytes; what is inserted at one place keeps its order.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    pub fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.replace(at..at, what);
    }

    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all changes. Of two that overlap the first one counts.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len() + self.0.iter().map(|(_, with)| with.len()).sum::<usize>());
        let mut at = 0;
        for (range, with) in self.0 {
            if range.start < at {
                continue;
            }
            out.push_str(&text[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// Where the attributes of a tag are, as it is written: whole names and what is between the quotes.
fn attributes(tag: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let is_name = |byte: u8| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/' | b'>');
    let mut at = bytes.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    loop {
        while at < bytes.len() && !is_name(bytes[at]) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && is_name(bytes[at]) {
            at += 1;
        }
        let name = start..at;
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'=') {
            at += 1;
        }
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) else { return found };
        let value = at + 1;
        let Some(length) = bytes[value..].iter().position(|byte| *byte == quote) else { return found };
        found.push((name, value..value + length));
        at = value + length + 1;
    }
}

/// A tag, as it is written, with an attribute of that whole name and value.
pub(super) fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let value = escaped(value);
    if let Some((_, range)) = attributes(tag).into_iter().find(|(known, _)| &tag[known.clone()] == name) {
        return format!("{}{value}{}", &tag[..range.start], &tag[range.end..]);
    }
    let end = tag.trim_end_matches('>').trim_end_matches('/').trim_end().len();
    format!("{} {name}=\"{value}\"{}", &tag[..end], tag[end..].trim_start())
}

/// A tag, as it is written, without the attribute of that whole name.
pub(super) fn without_attribute(tag: &str, name: &str) -> String {
    match attributes(tag).into_iter().find(|(known, _)| &tag[known.clone()] == name) {
        Some((known, value)) => format!("{}{}", tag[..known.start].trim_end(), &tag[value.end + 1..]),
        None => tag.to_owned(),
    }
}

/// The prefix with its colon that a root declares for one of these namespaces, to be used in names of attributes.
pub(super) fn prefix_of(root: &Tag<'_>, is_meant: impl Fn(&str) -> bool) -> Option<String> {
    root.attributes().find_map(|(name, value)| {
        let prefix = name.strip_prefix("xmlns:")?;
        is_meant(&value).then(|| format!("{prefix}:"))
    })
}

/// Whether a namespace is that of relations, of which there are two.
pub(super) fn is_of_relations(namespace: &str) -> bool {
    namespace.contains("/officeDocument/") && namespace.ends_with("/relationships")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_changed_in_one_attribute() {
        assert_eq!(with_attribute("<c r=\"A1\" s='3'/>", "s", "12"), "<c r=\"A1\" s='12'/>");
        assert_eq!(with_attribute("<c r=\"A1\"/>", "s", "1"), "<c r=\"A1\" s=\"1\"/>");
        assert_eq!(with_attribute("<c>", "s", "1"), "<c s=\"1\">");
        assert_eq!(with_attribute("<x:c  xs = \"a>b\" >", "s", "1"), "<x:c  xs = \"a>b\" s=\"1\">");
        assert_eq!(without_attribute("<c r=\"A1\" s='3'/>", "s"), "<c r=\"A1\"/>");
    }

    #[test]
    fn nodes_know_their_bytes() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\r\n<a><b c='&lt;'/>x&amp;<!-- -->y</a>";
        let mut walk = Walk::of(text);
        let mut seen = Vec::new();
        while let Some(node) = walk.next().expect("XML") {
            seen.push(match node {
                Node::Start(tag) | Node::Empty(tag) => &text[tag.span],
                Node::End(span) | Node::Text(span) => &text[span],
            });
        }
        assert_eq!(seen, ["\r\n", "<a>", "<b c='&lt;'/>", "x", "&amp;", "y", "</a>"]);
    }

    #[test]
    fn what_is_put_in_keeps_its_order() {
        let mut edits = Edits::default();
        edits.insert(3, "1");
        edits.replace(0..1, "X");
        edits.insert(3, "2");
        assert_eq!(edits.apply("abcdef"), "Xbc12def");
    }
}
