//! How lists are numbered: kinds of lists with their levels, and lists of these kinds with starts of their own.

use crate::read::little_endian::{number, number16, units};
use crate::read::word::{LEVELS, Level, Numbering};

/// The names of numbering formats, by their numbers.
const FORMATS: [&str; 40] = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
];
const NO_NUMBER: u8 = 0xff;

/// Reads the kinds of lists and the levels behind them, and the lists. What breaks off says nothing.
pub(super) fn read(kinds: &[u8], lists: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let _ = read_kinds(kinds, &mut numbering);
    let _ = read_lists(lists, &mut numbering);
    numbering
}

/// The heads of all kinds, then the levels of all kinds.
fn read_kinds(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    const HEAD: usize = 28;
    const FLAGS: usize = 26;
    const SIMPLE: u8 = 1;
    let count = usize::from(number16(bytes, 0)?);
    let heads = bytes.get(2..2 + count * HEAD)?;
    let mut rest = &bytes[2 + count * HEAD..];
    for head in heads.chunks_exact(HEAD) {
        let kind = number(head, 0)?.to_string();
        let levels = if head[FLAGS] & SIMPLE == 0 { LEVELS } else { 1 };
        for index in 0..levels {
            let (level, length) = read_level(rest)?;
            *numbering.level(&kind, index) = level;
            rest = &rest[length..];
        }
    }
    Some(())
}

/// A level, and how many bytes it takes.
fn read_level(bytes: &[u8]) -> Option<(Level, usize)> {
    const HEAD: usize = 28;
    const FORMAT: usize = 4;
    const FLAGS: usize = 5;
    const LEGAL: u8 = 4;
    const PROPERTIES: [usize; 2] = [24, 25];
    let head = bytes.get(..HEAD)?;
    let text = HEAD + PROPERTIES.iter().map(|&at| usize::from(head[at])).sum::<usize>();
    let count = usize::from(number16(bytes, text)?);
    let end = text + 2 + count * 2;
    let characters: Vec<u16> = units(bytes.get(text + 2..end)?).collect();
    let format = match head[FORMAT] {
        NO_NUMBER => "none",
        format => FORMATS.get(usize::from(format)).copied().unwrap_or_default(),
    };
    let level = Level {
        start: number(head, 0),
        format: format.to_owned(),
        // The number of a level is where its own number is printed.
        text: String::from_utf16_lossy(&characters),
        is_legal: head[FLAGS] & LEGAL != 0,
    };
    Some((level, end))
}

/// The heads of all lists, then what each has in place of its kind's levels.
fn read_lists(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    const HEAD: usize = 16;
    const REPLACED: usize = 12;
    const START: u32 = 1 << 4;
    const LEVEL: u32 = 1 << 5;
    let count = number(bytes, 0)? as usize;
    let heads = bytes.get(4..count.checked_mul(HEAD)?.checked_add(4)?)?;
    let mut rest = &bytes[4 + heads.len()..];
    let names = (1_u32..).map(|list| list.to_string());
    for (head, name) in heads.chunks_exact(HEAD).zip(names.clone()) {
        numbering.set_kind(&name, number(head, 0)?.to_string());
    }
    for (head, name) in heads.chunks_exact(HEAD).zip(names) {
        rest = rest.get(4..)?;
        for _ in 0..head[REPLACED] {
            let (start, flags) = (number(rest, 0)?, number(rest, 4)?);
            rest = &rest[8..];
            let level = (flags & 0xf) as usize;
            if flags & LEVEL != 0 {
                // Levels that a list has in place of its kind's are rare, and left as the kind has them.
                let (own, length) = read_level(rest)?;
                rest = &rest[length..];
                if flags & START != 0 {
                    numbering.set_start(&name, level, own.start);
                }
            } else if flags & START != 0 {
                numbering.set_start(&name, level, Some(start));
            }
        }
    }
    Some(())
}
