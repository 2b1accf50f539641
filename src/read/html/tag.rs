//! A start tag, with those of its attributes that matter here.

use html5gum::{DefaultEmitter, Token};

use super::bounded;
use super::element::Element;
use super::look::Look;
use super::selector::Named;
use super::style::Style;
use crate::read::colour::Colour;

/// The standard's bounds on what a cell may claim.
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65534;

/// The start tag that is being read.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub name: Vec<u8>,
    /// Where it begins in the source.
    pub start: usize,
    pub attribute: Attribute,
    pub colspan: Option<u32>,
    pub rowspan: Option<u32>,
    pub is_hidden: bool,
    pub is_chosen: bool,
    /// It leads somewhere.
    pub is_link: bool,
    /// What its own declarations say, and what older attributes do.
    pub style: Style,
    pub old_style: Style,
    /// It names a style sheet in another file.
    pub is_sheet: bool,
    pub is_open: bool,
    /// For which media a style sheet is.
    pub media: String,
    /// What the sheets of the page may name it by.
    pub classes: String,
    pub id: String,
}

#[derive(Debug, Default)]
pub(super) enum Attribute {
    Colspan,
    Rowspan,
    Style,
    Colour,
    Ground,
    Relation,
    Class,
    Id,
    Media,
    #[default]
    Other,
}

impl Tag {
    pub(super) fn named(&self) -> Named<'_> {
        Named { tag: &self.name, classes: &self.classes, id: &self.id }
    }

    /// Whether the element has no end, and so no content.
    pub(super) fn has_no_end(&self) -> bool {
        const WITHOUT_END: [&[u8]; 14] = [
            b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
            b"track", b"wbr",
        ];
        WITHOUT_END.contains(&self.name.as_slice())
    }

    /// Whether the content of the element, of which all that is said is `style`, is hidden or struck out.
    pub(super) fn is_left_out(&self, style: Style) -> bool {
        let is_hidden = self.is_hidden || self.name == b"dialog" && !self.is_open;
        let is_box = matches!(Element::of(&self.name), Element::Block | Element::Heading | Element::Preformatted);
        matches!(self.name.as_slice(), b"del" | b"s" | b"strike")
            || style.hides(is_hidden, is_box) && !self.has_no_end()
    }

    /// Takes the name of an attribute, whose value may follow.
    pub(super) fn begin_attribute(&mut self, name: &[u8]) {
        let is_of = |tag: &[u8]| self.name == tag;
        self.attribute = match name {
            b"colspan" => Attribute::Colspan,
            b"rowspan" => Attribute::Rowspan,
            b"style" => Attribute::Style,
            b"class" => Attribute::Class,
            b"id" => Attribute::Id,
            b"bgcolor" | b"background" => Attribute::Ground,
            b"color" if is_of(b"font") => Attribute::Colour,
            b"text" if is_of(b"body") => Attribute::Colour,
            b"media" if is_of(b"style") => Attribute::Media,
            b"rel" if is_of(b"link") => Attribute::Relation,
            _ => Attribute::Other,
        };
        self.is_hidden |= name == b"hidden";
        self.is_chosen |= name == b"selected";
        self.is_open |= name == b"open";
        self.is_link |= name == b"href" && self.name == b"a";
    }

    /// Takes the value of the attribute; of several with one name the first counts.
    pub(super) fn claim(&mut self, value: &[u8]) {
        match self.attribute {
            Attribute::Colspan => {
                self.colspan.get_or_insert(number(value).unwrap_or(1).clamp(1, MOST_COLUMNS));
            }
            Attribute::Rowspan => {
                self.rowspan.get_or_insert(number(value).unwrap_or(1).min(MOST_ROWS));
            }
            Attribute::Style => self.style = Style::read(&String::from_utf8_lossy(value), None),
            Attribute::Colour => {
                self.old_style = self.old_style.then(Style::of_attributes(Some(&clipped(value)), None));
            }
            Attribute::Ground => {
                self.old_style = self.old_style.then(Style::of_attributes(None, Some(&clipped(value))));
            }
            Attribute::Relation => self.is_sheet |= clipped(value).to_ascii_lowercase().contains("stylesheet"),
            Attribute::Class => self.classes = clipped(value),
            Attribute::Id => self.id = clipped(value),
            Attribute::Media => self.media = clipped(value),
            Attribute::Other => {}
        }
    }
}

/// The name of the element that a tag begins, if its content is hidden or struck out.
pub(in crate::read) fn left_out(tag: &str) -> Option<Vec<u8>> {
    let Some(Ok(Token::StartTag(start))) = bounded::first(tag, DefaultEmitter::default()) else { return None };
    let mut tag = Tag { name: start.name.to_vec(), ..Tag::default() };
    for (name, value) in &start.attributes {
        tag.begin_attribute(name);
        tag.claim(value);
    }
    let is_seen = tag.old_style.then(tag.style).look(Look::default()).is_seen(Colour::WHITE);
    (tag.is_left_out(tag.style) || !is_seen && !tag.has_no_end()).then_some(tag.name)
}

/// The text of an attribute, which every rule is compared with.
fn clipped(value: &[u8]) -> String {
    const MOST: usize = 512;
    String::from_utf8_lossy(&value[..value.len().min(MOST)]).into_owned()
}

/// A non-negative integer as the standard reads it: blanks before it and anything behind it are passed over.
fn number(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(None, |number, digit| {
        Some(number.unwrap_or(0_u32).saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}
