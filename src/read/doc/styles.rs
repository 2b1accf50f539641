//! The styles of a document, which it names by their places in the list.

use super::properties::{Character, Paragraph, Switch};
use super::sprms::Sprms;
use crate::read::little_endian::{number16, units};
use crate::read::word::OUTLINE_LEVELS;

/// All styles, each with what it takes from those it is based on.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

/// What a style says.
#[derive(Debug, Clone, Default)]
struct Style {
    /// The style it is based on.
    base: Option<usize>,
    is_heading: Option<bool>,
    /// A line of a table of contents.
    is_contents: bool,
    character: Character,
    paragraph: Paragraph,
    /// What the switches come to.
    look: Look,
}

/// How characters look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub is_hidden: bool,
    pub is_struck: bool,
    pub is_struck_twice: bool,
    is_script: bool,
    is_moved: bool,
}

impl Look {
    /// Whether nothing of it is meant to be read.
    pub fn is_unseen(self) -> bool {
        self.is_hidden || self.is_struck || self.is_struck_twice
    }

    pub fn is_raised(self) -> bool {
        self.is_script || self.is_moved
    }
}

impl Styles {
    /// Styles that break off, or are no styles, say nothing.
    pub fn read(list: &[u8]) -> Self {
        let Some(head) = number16(list, 0).map(usize::from) else { return Self::default() };
        let count = number16(list, 2).unwrap_or(0);
        let base_length = usize::from(number16(list, 4).unwrap_or(0));
        let mut rest = list.get(2 + head..).unwrap_or_default();
        let mut styles = Vec::new();
        for _ in 0..count {
            let Some(length) = number16(rest, 0).map(usize::from) else { break };
            let style = rest.get(2..2 + length).unwrap_or_default();
            styles.push(Style::read(style, base_length).unwrap_or_default());
            rest = rest.get(2 + length..).unwrap_or_default();
        }
        Self((0..styles.len()).map(|style| resolve(&styles, style)).collect())
    }

    /// What holds for a paragraph that says this of itself.
    pub fn apply(&self, own: &Paragraph) -> Applied {
        let style = self.0.get(usize::from(own.style));
        let inherited = style.map(|style| &style.paragraph);
        let own_heading = own.outline.map(|level| u32::from(level) < OUTLINE_LEVELS);
        Applied {
            list: own.list.or(inherited.and_then(|style| style.list)).unwrap_or(0),
            level: own.level.or(inherited.and_then(|style| style.level)).unwrap_or(0),
            is_heading: own_heading.or(style.and_then(|style| style.is_heading)) == Some(true),
            is_contents: style.is_some_and(|style| style.is_contents),
        }
    }

    /// How characters look that say this of themselves, in a paragraph of that style.
    pub fn look(&self, own: &Character, paragraph: u16) -> Look {
        let look = |style: u16| self.0.get(usize::from(style)).map(|style| style.look).unwrap_or_default();
        let around = look(paragraph);
        let style = own.style.map(look).unwrap_or_default();
        // Two styles that switch the same thing on switch it off.
        let is_on = |switch, around: bool, style: bool| Switch::is_on(switch, around != style);
        Look {
            is_hidden: is_on(own.hidden, around.is_hidden, style.is_hidden),
            is_struck: is_on(own.struck, around.is_struck, style.is_struck),
            is_struck_twice: is_on(own.struck_twice, around.is_struck_twice, style.is_struck_twice),
            is_script: own.is_script.unwrap_or(style.is_script),
            is_moved: own.is_moved.unwrap_or(style.is_moved),
        }
    }
}

/// What holds for a paragraph, by itself or by its style.
#[derive(Debug)]
pub(super) struct Applied {
    pub list: u16,
    pub level: u8,
    pub is_heading: bool,
    pub is_contents: bool,
}

impl Style {
    fn read(style: &[u8], base_length: usize) -> Option<Self> {
        const OWN: u16 = 0x0ffe;
        const NO_BASE: u16 = 0x0fff;
        const PARAGRAPH: u16 = 1;
        const CHARACTER: u16 = 2;
        let id = number16(style, 0)? & 0x0fff;
        let kind = number16(style, 2)?;
        let (kind, base) = (kind & 0xf, kind >> 4);
        let name_length = usize::from(number16(style, base_length)?);
        let name_end = base_length + 2 + name_length * 2;
        let name: Vec<u16> = units(style.get(base_length + 2..name_end)?).collect();
        let mut read = Self { base: (base != NO_BASE).then_some(base.into()), ..Self::default() };
        if id < OWN {
            read.is_of_program(id);
        }
        read.named(&String::from_utf16_lossy(&name));
        // A zero ends the name. What follows begins at even bytes.
        let mut at = name_end + 2;
        let mut next = || {
            let length = usize::from(number16(style, at)?);
            let bytes = style.get(at + 2..at + 2 + length)?;
            at += 2 + length + length % 2;
            Some(bytes)
        };
        if kind == PARAGRAPH {
            for (kind, operand) in Sprms(next()?.get(2..).unwrap_or_default()) {
                read.paragraph.take(kind, operand);
            }
            let outline = read.paragraph.outline.map(|level| u32::from(level) < OUTLINE_LEVELS);
            read.is_heading = outline.or(read.is_heading);
        }
        if matches!(kind, PARAGRAPH | CHARACTER) {
            read.character = Character::read(next().unwrap_or_default());
        }
        Some(read)
    }

    /// Styles that come with the program have the same numbers in every language.
    fn is_of_program(&mut self, id: u16) {
        const TITLE: u16 = 62;
        match id {
            1..=9 | TITLE => self.is_heading = Some(true),
            19..=27 => self.is_contents = true,
            _ => {}
        }
    }

    /// Other programs write their English names.
    fn named(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if name.starts_with("heading ") || name == "title" {
            self.is_heading = Some(true);
        }
        self.is_contents |= name.starts_with("toc ") && name != "toc heading";
    }
}

/// A style with what it takes from those it is based on.
fn resolve(styles: &[Style], style: usize) -> Style {
    /// Styles that are based on each other in a circle end here.
    const DEEPEST: usize = 16;
    let mut chain = vec![&styles[style]];
    while chain.len() < DEEPEST
        && let Some(base) = chain.last().and_then(|style| style.base).and_then(|base| styles.get(base))
    {
        chain.push(base);
    }
    let mut resolved = Style::default();
    for style in chain.into_iter().rev() {
        let (own, under) = (&style.character, resolved.look);
        let look = Look {
            is_hidden: Switch::is_on(own.hidden, under.is_hidden),
            is_struck: Switch::is_on(own.struck, under.is_struck),
            is_struck_twice: Switch::is_on(own.struck_twice, under.is_struck_twice),
            is_script: own.is_script.unwrap_or(under.is_script),
            is_moved: own.is_moved.unwrap_or(under.is_moved),
        };
        resolved = Style {
            base: None,
            is_heading: style.is_heading.or(resolved.is_heading),
            is_contents: style.is_contents || resolved.is_contents,
            character: Character::default(),
            paragraph: style.paragraph.or(&resolved.paragraph),
            look,
        };
    }
    resolved
}
