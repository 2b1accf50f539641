//! A start tag, with those of its attributes that matter here.

use html5gum::{Token, Tokenizer};

use super::sheet::{self, Sheet};

/// The standard's bounds on what a cell may claim.
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65534;

/// One of these is in every style that hides or strikes out.
const HIDING: [&[u8]; 4] = [b"none", b"hidden", b"line-through", b"mso-hide"];

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
    /// What the sheets of the page may name it by.
    pub classes: String,
    pub id: String,
}

#[derive(Debug, Default)]
pub(super) enum Attribute {
    Colspan,
    Rowspan,
    Style,
    Class,
    Id,
    #[default]
    Other,
}

impl Tag {
    /// Whether the content of the element is hidden or struck out. Elements that have no end have no content.
    pub(super) fn is_left_out(&self, sheet: &Sheet) -> bool {
        const WITHOUT_END: [&[u8]; 14] = [
            b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
            b"track", b"wbr",
        ];
        let name = self.name.as_slice();
        let is_hidden = self.is_hidden || !sheet.is_empty() && sheet.hides(name, &self.classes, &self.id);
        matches!(name, b"del" | b"s" | b"strike") || is_hidden && !WITHOUT_END.contains(&name)
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
            // Word puts a style on every tag; few of them hide anything.
            Attribute::Style if HIDING.iter().any(|word| has_word(value, word)) => {
                self.is_hidden |= sheet::hides(&String::from_utf8_lossy(value)) == Some(true);
            }
            Attribute::Class => self.classes.push_str(&String::from_utf8_lossy(value)),
            Attribute::Id => self.id.push_str(&String::from_utf8_lossy(value)),
            Attribute::Style | Attribute::Other => {}
        }
    }
}

/// The name of the element that a tag begins, if its content is hidden or struck out.
pub(in crate::read) fn left_out(tag: &str) -> Option<Vec<u8>> {
    let Some(Ok(Token::StartTag(start))) = Tokenizer::new(tag).next() else { return None };
    let mut tag = Tag { name: start.name.to_vec(), ..Tag::default() };
    for (name, value) in &start.attributes {
        tag.is_hidden |= name.as_slice() == b"hidden";
        if name.as_slice() == b"style" {
            tag.attribute = Attribute::Style;
            tag.claim(value);
        }
    }
    tag.is_left_out(&Sheet::default()).then_some(tag.name)
}

fn has_word(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
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
