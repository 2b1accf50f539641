//! The code of a number format in its parts.

use std::iter::Peekable;
use std::str::{Chars, FromStr};

use rust_decimal::Decimal;

/// One of the sections between semicolons.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// `0`, which shows a zero where there is no digit, `#` or `?`.
    Digit(char),
    Point,
    /// Behind the last digit it divides by a thousand, and sets thousands apart elsewhere.
    Comma,
    Percent,
    /// Whatever the number is.
    General,
    /// Powers of ten and fractions.
    Scientific,
    Date,
    /// The text itself.
    Same,
    Literal(String),
}

/// For which values a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    than: Decimal,
}

impl Condition {
    pub(super) const ZERO: Self = Self { less: false, equal: true, greater: false, than: Decimal::ZERO };

    pub(super) fn holds(self, value: Decimal) -> bool {
        match value.cmp(&self.than) {
            std::cmp::Ordering::Less => self.less,
            std::cmp::Ordering::Equal => self.equal,
            std::cmp::Ordering::Greater => self.greater,
        }
    }

    /// `<10`, `<>0`
    fn of(text: &str) -> Option<Self> {
        let number = text.trim_start_matches(['<', '>', '=']);
        let signs = &text[..text.len() - number.len()];
        if signs.is_empty() {
            return None;
        }
        Some(Self {
            less: signs.contains('<'),
            equal: signs.contains('='),
            greater: signs.contains('>'),
            than: Decimal::from_str(number.trim()).ok()?.normalize(),
        })
    }
}

impl Section {
    pub(super) fn has_digits(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Digit(_) | Part::General | Part::Scientific))
    }

    pub(super) fn is_date(&self) -> bool {
        self.parts.contains(&Part::Date)
    }

    /// A minus, or brackets as accountants use them.
    pub(super) fn has_sign(&self) -> bool {
        self.literals().any(|text| text.contains(['-', '−', '－', '(', '（']))
    }

    /// Whether a number in it is shown as such, with nothing beside it that says more.
    pub(super) fn shows_value(&self) -> bool {
        let is_dress = |c: char| c.is_whitespace() || "-−－+()（）¥￥$€£'".contains(c);
        let is_same = matches!(self.parts[..], [Part::Same]);
        let says_nothing = |part: &Part| match part {
            Part::Literal(text) => text.chars().all(is_dress),
            Part::Percent | Part::Date | Part::Same => false,
            _ => true,
        };
        is_same
            || self.has_digits()
                && self.thousands() == 0
                && self.parts.iter().all(says_nothing)
                && !self.has_literal_within()
    }

    /// How often it divides by a thousand.
    pub(super) fn thousands(&self) -> u32 {
        let is_integer = |part: &&Part| **part != Part::Point;
        let is_digit = |part: &Part| matches!(part, Part::Digit(_) | Part::General);
        let integers = self.parts.iter().take_while(is_integer).count();
        let (integer, decimals) = self.parts.split_at(integers);
        let behind = |parts: &[Part]| {
            let last = parts.iter().rposition(is_digit).map_or(0, |last| last + 1);
            parts[last..].iter().filter(|part| **part == Part::Comma).count() as u32
        };
        behind(integer) + behind(decimals)
    }

    fn literals(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| if let Part::Literal(text) = part { Some(text.as_str()) } else { None })
    }

    /// Signs among the digits, which would be part of the number.
    fn has_literal_within(&self) -> bool {
        let is_digit = |part: &Part| matches!(part, Part::Digit(_));
        let first = self.parts.iter().position(is_digit).unwrap_or_default();
        let last = self.parts.iter().rposition(is_digit).unwrap_or_default();
        self.parts[first..=last.max(first)].iter().any(|part| matches!(part, Part::Literal(_)))
            && !self.parts.contains(&Part::Scientific)
    }

    fn literal(&mut self, c: char) {
        match self.parts.last_mut() {
            Some(Part::Literal(text)) => text.push(c),
            _ => self.parts.push(Part::Literal(c.to_string())),
        }
    }
}

/// The sections of a code.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut signs = code.chars().peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        if sign == ';' {
            sections.push(Section::default());
            continue;
        }
        let section = sections.last_mut().expect("there is one from the start");
        take(section, sign, before, &mut signs);
        before = sign;
    }
    sections
}

fn take(section: &mut Section, sign: char, before: char, signs: &mut Peekable<Chars<'_>>) {
    const GENERAL: &str = "eneral";
    match sign {
        '0' | '#' | '?' => section.parts.push(Part::Digit(sign)),
        '.' => section.parts.push(Part::Point),
        ',' if section.has_digits() => section.parts.push(Part::Comma),
        '%' => section.parts.push(Part::Percent),
        '@' => section.parts.push(Part::Same),
        '"' => {
            for quoted in signs.by_ref().take_while(|c| *c != '"') {
                section.literal(quoted);
            }
        }
        '\\' | '!' => {
            if let Some(literal) = signs.next() {
                section.literal(literal);
            }
        }
        // A blank as wide as the sign behind it, and a sign that fills the cell.
        '_' | '*' => drop(signs.next()),
        '[' => bracket(section, &signs.by_ref().take_while(|c| *c != ']').collect::<String>()),
        'G' | 'g' if goes_on(signs, GENERAL) => {
            signs.nth(GENERAL.len() - 1);
            section.parts.push(Part::General);
        }
        // The same in Chinese.
        'G' if signs.next_if_eq(&'/').is_some() => {
            while signs.next_if(|c| c.is_alphabetic()).is_some() {}
            section.parts.push(Part::General);
        }
        'E' | 'e' if signs.next_if(|c| matches!(c, '+' | '-')).is_some() => section.parts.push(Part::Scientific),
        '/' if matches!(before, '0' | '#' | '?') => section.parts.push(Part::Scientific),
        'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'g' | 'G' | 'e' | 'E' | 'b' | 'B' | 'a' | 'A' => {
            section.parts.push(Part::Date);
        }
        _ => section.literal(sign),
    }
}

/// Whether a word goes on like this, in whatever letters.
fn goes_on(signs: &Peekable<Chars<'_>>, rest: &str) -> bool {
    signs.clone().take(rest.len()).map(|c| c.to_ascii_lowercase()).eq(rest.chars())
}

/// What is in brackets: a condition, hours and minutes; or money, a colour, a language, which change no value.
fn bracket(section: &mut Section, inner: &str) {
    if let Some(condition) = Condition::of(inner) {
        section.condition = Some(condition);
    } else if !inner.is_empty() && inner.bytes().all(|byte| matches!(byte, b'h' | b'm' | b's' | b'H' | b'M' | b'S')) {
        section.parts.push(Part::Date);
    }
}
