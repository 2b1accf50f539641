//! One cell's text read as a figure.

use std::ops::Range;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::facts::{Value, Why};
use crate::label::{fold_char, is_invisible};
use crate::pack::Core;

/// A text read as a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub value: Value,
    /// What follows the number: a unit or a remark. The byte of the text at which it begins.
    pub number_end: usize,
    /// The unit written behind the number, as bytes of the text; empty where there is none.
    pub unit: Range<usize>,
    /// Written with full-width digits, blanks or a unit.
    pub untidy: bool,
    /// Written with thousands separators.
    pub grouped: bool,
}

impl Reading {
    fn new(value: Value, number_end: usize) -> Self {
        Self { value, number_end, unit: 0..0, untidy: false, grouped: false }
    }
}

/// Reads `text`, which has no blanks at its ends; `core` knows the signs for nothing and the units.
///
/// A remark in brackets behind the number is passed over, 「22（其中修订16件）」 is 22. Whatever is neither a number nor
/// a sign for nothing is unreadable; it is never guessed at.
pub fn read(text: &str, core: &Core) -> Reading {
    if let Some(number) = plain_digits(text) {
        return Reading::new(Value::Number(number), text.len());
    }
    if text.is_empty() {
        return Reading::new(Value::Blank, 0);
    }
    // Labels begin with letters, figures do not; the look-up is for the few texts that may be a sign for nothing.
    if text.len() <= LONGEST_MARK && core.marks.contains(text) {
        return Reading::new(Value::Mark, text.len());
    }
    if matches!(text.chars().next(), Some('\u{4e00}'..='\u{9fff}')) {
        return Reading::new(Value::Unreadable(Why::NotANumber), text.len());
    }
    if is_in_parts(text) {
        return Reading::new(Value::Unreadable(Why::Parts), text.len());
    }
    if let Some(reading) = core.signs.iter().find_map(|sign| behind_sign(text, sign, core)) {
        return reading;
    }
    Scanner::default().scan(text, core)
}

/// An amount behind the sign of its money, `$1,234.56`; the sign is its unit.
fn behind_sign(text: &str, sign: &str, core: &Core) -> Option<Reading> {
    let amount = text.strip_prefix(sign)?.trim_start();
    let start = text.len() - amount.len();
    let reading = amount.starts_with(|c: char| c.is_ascii_digit()).then(|| Scanner::default().scan(amount, core))?;
    let is_amount = matches!(reading.value, Value::Number(_)) && reading.unit.is_empty();
    is_amount.then(|| Reading { number_end: start + reading.number_end, unit: 0..sign.len(), ..reading })
}

/// Whether a text is several numbers, each on a line.
fn is_in_parts(text: &str) -> bool {
    text.contains('\n')
        && text.lines().map(str::trim).all(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A negative amount as accountants write it, 「(375.06)」.
pub fn in_brackets(text: &str, core: &Core) -> Option<Decimal> {
    let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    match read(inner.trim(), core).value {
        Value::Number(number) if !number.is_sign_negative() => Some(-number),
        _ => None,
    }
}

/// Bytes of the longest sign for nothing.
const LONGEST_MARK: usize = 16;

/// The common case: a few ASCII digits.
pub fn plain_digits(text: &str) -> Option<Decimal> {
    const MOST: usize = 18;
    if text.is_empty() || text.len() > MOST {
        return None;
    }
    let mut number = 0_u64;
    for digit in text.bytes() {
        number = number * 10 + u64::from(char::from(digit).to_digit(10)?);
    }
    Some(Decimal::from(number))
}

/// Collects a number in its plain form while it is scanned.
#[derive(Default)]
struct Scanner {
    number: String,
    groups: Vec<usize>,
    digits: usize,
    has_point: bool,
    untidy: bool,
}

impl Scanner {
    fn scan(mut self, text: &str, core: &Core) -> Reading {
        let unreadable = || Reading::new(Value::Unreadable(Why::NotANumber), text.len());
        let mut number_end = 0;
        let mut rest = "";
        for (at, c) in text.char_indices() {
            // Marks of notes, ① and ², fold to digits and are none.
            let Some(plain) = fold_char(c).filter(|plain| !plain.is_ascii_digit() || is_digit(c)) else {
                rest = &text[at..];
                break;
            };
            if plain.is_whitespace() || is_invisible(plain) {
                continue;
            }
            if !self.take(plain) {
                rest = &text[at..];
                break;
            }
            // A blank inside the number, or digits that are not ASCII.
            self.untidy |= c != plain || (number_end > 0 && number_end != at);
            number_end = at + c.len_utf8();
        }
        if self.digits == 0 || !self.groups_hold() {
            return unreadable();
        }
        if self.number.ends_with('.') {
            return unreadable();
        }
        let Ok(number) = Decimal::from_str(&self.number) else { return unreadable() };
        let rest = without_mark(rest.trim_start());
        if self.untidy && !is_one_number(&text[..number_end]) {
            let why = if rest.is_empty() { Why::Parts } else { Why::NotANumber };
            return Reading::new(Value::Unreadable(why), text.len());
        }
        let mut reading = Reading::new(Value::Number(number), number_end);
        reading.untidy = self.untidy;
        reading.grouped = !self.groups.is_empty();
        // 251000元, 12（件）; a unit may have remarks behind it.
        let (unit, remarks) = match bracketed(rest) {
            Some((inner, behind)) if is_unit(inner.trim(), core) => (inner.trim(), behind),
            Some(_) => ("", rest),
            None => rest.split_at(rest.find(['（', '(']).unwrap_or(rest.len())),
        };
        let unit = unit.trim();
        if !is_remarks(remarks) {
            return unreadable();
        }
        if unit.is_empty() {
            return reading;
        }
        if core.units.contains(unit) || core.money.contains_key(unit) {
            let start = unit.as_ptr() as usize - text.as_ptr() as usize;
            reading.unit = start..start + unit.len();
            reading.untidy = true;
            return reading;
        }
        if is_multiple(unit, core) {
            return Reading::new(Value::Unreadable(Why::OtherUnit), text.len());
        }
        unreadable()
    }

    /// Whether `c` belongs to the number.
    fn take(&mut self, c: char) -> bool {
        match c {
            '0'..='9' => {
                self.digits += 1;
                if let Some(group) = self.groups.last_mut()
                    && !self.has_point
                {
                    *group += 1;
                }
            }
            '+' | '-' | '−' if self.number.is_empty() => {
                self.number.push(if c == '+' { '+' } else { '-' });
                return true;
            }
            '.' if !self.has_point && self.digits > 0 => self.has_point = true,
            ',' if self.digits > 0 && !self.has_point => {
                self.groups.push(0);
                return true;
            }
            _ => return false,
        }
        self.number.push(c);
        true
    }

    /// Thousands separators are before groups of three.
    fn groups_hold(&self) -> bool {
        self.groups.iter().all(|&group| group == 3)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// The digits of a cell that holds nothing but numbers, one for each stretch without a blank; of any other cell its text.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_numeric = |c: char| is_digit(c) || c.is_whitespace();
    let is_divided = text.chars().all(is_numeric);
    text.split(move |c: char| is_divided && c.is_whitespace()).filter(|piece| !piece.is_empty())
}

/// Whether the blanks of a number set apart nothing but thousands, or what is no digit.
fn is_one_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once(['.', '．']).unwrap_or((text, ""));
    let digits = |group: &str| group.chars().filter(|c| is_digit(*c)).count();
    let groups =
        |text: &str| text.split(char::is_whitespace).map(digits).filter(|count| *count > 0).collect::<Vec<_>>();
    let is_grouped = match groups(whole)[..] {
        [] | [_] => true,
        [first, ref rest @ ..] => first <= 3 && !whole.contains('\n') && rest.iter().all(|count| *count == 3),
    };
    is_grouped && groups(fraction).len() <= 1
}

/// What is left behind the mark of a note: `*`, `①`, `²`, `[1]`, `〔注〕`, `^1` (which is how readers write a superscript).
///
/// Marks may be within each other: `^[1]`, `[^1]`, and `^1^` in Markdown.
fn without_mark(text: &str) -> &str {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('［', '］'), ('〔', '〕'), ('【', '】')];
    let is_mark = |c: char| matches!(c, '*' | '※' | '†' | '‡' | '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓' | '²' | '³' | '¹' | '⁰'..='⁹' | '₀'..='₉');
    let behind_brackets = |text: &str| {
        let (_, close) = BRACKETS.into_iter().find(|(open, _)| text.starts_with(*open))?;
        Some(text.len() - text[text.find(close)?..].len() + close.len_utf8())
    };
    let mut rest = text;
    loop {
        let marked = rest;
        rest = rest.trim_start_matches(is_mark);
        if let Some(raised) = rest.strip_prefix('^') {
            rest = raised.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        }
        rest = rest[behind_brackets(rest).unwrap_or_default()..].trim_start();
        if let Some((_, after)) = rest.strip_prefix("$^{").and_then(|raised| raised.split_once("}$")) {
            rest = after;
        }
        if rest.len() == marked.len() {
            return rest;
        }
    }
}

/// Nothing, or remarks in brackets, to the end of the text.
fn is_remarks(mut text: &str) -> bool {
    while let Some((_, behind)) = bracketed(text) {
        text = behind;
    }
    text.is_empty()
}

/// What is in the brackets that a text begins with, and what is behind them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let inner = text.strip_prefix(['（', '('])?;
    let mut depth = 1;
    let end = inner.char_indices().find(|(_, c)| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let (end, close) = end?;
    Some((&inner[..end], &inner[end + close.len_utf8()..]))
}

fn is_unit(text: &str, core: &Core) -> bool {
    core.units.contains(text) || core.money.contains_key(text) || is_multiple(text, core)
}

/// 万, 万件
fn is_multiple(unit: &str, core: &Core) -> bool {
    let counted = |multiple: &String| unit.strip_prefix(multiple.as_str());
    core.multiples.iter().filter_map(counted).any(|of| of.is_empty() || core.units.contains(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        super::read(text, &crate::pack::builtin().0)
    }

    fn value(text: &str) -> Value {
        read(text).value
    }

    fn number(text: &str) -> String {
        match value(text) {
            Value::Number(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn figures_are_read_as_what_they_are() {
        for (text, expected) in [
            ("12", "12"),
            ("１２", "12"),
            ("1,036", "1036"),
            ("1，036", "1036"),
            ("1 036", "1036"),
            ("1\u{a0}036", "1036"),
            ("\u{200b}7", "7"),
            ("7730.28", "7730.28"),
            ("7730．28", "7730.28"),
            ("$1,234.56", "1234.56"),
            ("$ 7", "7"),
            ("$1,23", "Unreadable(NotANumber)"),
            ("$-3", "Unreadable(NotANumber)"),
            ("$5元", "Unreadable(NotANumber)"),
            ("+1036", "1036"),
            ("-3", "-3"),
            ("－3", "-3"),
            ("22（其中修订16件）", "22"),
            ("181①", "181"),
            ("181²", "181"),
            ("181₂", "181"),
            ("181*", "181"),
            ("181^1", "181"),
            ("181^①", "181"),
            ("181 ^[2]", "181"),
            ("181^1^", "181"),
            ("181[^1]", "181"),
            ("181［1］", "181"),
            ("181$^{1}$", "181"),
            ("181❷（其中2件）", "181"),
            ("181^1 2", "Unreadable(NotANumber)"),
            ("181^1\u{fffd}5", "Unreadable(NotANumber)"),
            ("181[1]（其中2件）", "181"),
            ("181 ¹", "181"),
            ("181〔注1〕", "181"),
            ("181[^1] *", "181"),
            ("181（注1）", "181"),
            ("①", "Unreadable(NotANumber)"),
            ("1 036.5", "1036.5"),
            ("12 345 678", "12345678"),
            ("18 23", "Unreadable(Parts)"),
            ("1 2", "Unreadable(Parts)"),
            ("1234 567", "Unreadable(Parts)"),
            ("-1 23", "Unreadable(Parts)"),
            ("1\u{200b} 23", "Unreadable(Parts)"),
            ("7.2 8", "Unreadable(Parts)"),
            ("12\n345", "Unreadable(Parts)"),
            ("１　２", "Unreadable(Parts)"),
            ("0.001万", "Unreadable(OtherUnit)"),
            ("3千件（估）", "Unreadable(OtherUnit)"),
            ("22 (其中修订16件)", "22"),
            ("0.5万元", "0.5"),
            ("251000元", "251000"),
            ("5件", "5"),
            ("5（件）", "5"),
            ("8（万元）（含上年）", "8"),
            ("9千元", "9"),
            ("6（万件）", "Unreadable(OtherUnit)"),
            ("22（其中（修订）16件）（注2）", "22"),
            ("14（许可）3（不予许可）", "Unreadable(NotANumber)"),
            ("14（其中3", "Unreadable(NotANumber)"),
            ("007", "7"),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_never_a_number() {
        for text in [
            "O",
            "3.其他",
            "2.",
            "5日",
            "l2",
            "十二",
            "1,03",
            "12,5",
            "1.2.3",
            "12/5",
            "3-5",
            "约12",
            "12%",
            "1 2件3",
            "1 2（其中1件）",
            "12^1 3",
            "12[1",
            "#REF!",
            "1e9",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(value(text), Value::Unreadable(Why::NotANumber), "{text}");
        }
        assert_eq!(value("12\n3"), Value::Unreadable(Why::Parts));
        assert_eq!(value("—"), Value::Mark);
        assert_eq!(value(""), Value::Blank);
    }

    #[test]
    fn untidy_writing_is_noted() {
        let untidy = |text| read(text).untidy || read(text).grouped;
        assert!(untidy("１２") && untidy("1,036") && untidy("1 002") && untidy("5件"));
        assert!(!untidy("12") && !untidy("7730.28") && !untidy("22（其中修订16件）"));
    }

    #[test]
    fn the_number_ends_before_its_remark() {
        let reading = read("22（其中修订16件）");
        assert_eq!(reading.number_end, 2);
        assert_eq!(read("0.5 万元").number_end, 3);
    }
}
