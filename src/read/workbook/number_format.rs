//! What a cell shows in its number format, where that is not the number that it holds: `#,##0,` shows 21 of 21000, and
//! `[<10]"*";0` a star. What is printed counts.

mod code;
mod digits;

use std::str::FromStr;

use rust_decimal::Decimal;

use self::code::{Condition, Part, Section};

/// What is shown of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// The value itself, in whatever dress: rounded, with separators, with a sign of money.
    Value,
    Text(String),
    Nothing,
}

/// A number format that may show something else than the value.
#[derive(Debug)]
pub(super) struct NumberFormat {
    code: String,
    numbers: Vec<Section>,
    text: Option<Section>,
}

impl NumberFormat {
    /// The format of that code; none for the usual ones, which show every value.
    pub(super) fn of(code: &str) -> Option<Self> {
        /// Sections for numbers, which one for text may follow.
        const MOST: usize = 3;
        let mut numbers = code::sections(code);
        let is_text = |section: &Section| section.parts.contains(&Part::Same);
        let text = if numbers.len() > MOST || numbers.len() > 1 && numbers.last().is_some_and(is_text) {
            numbers.truncate(MOST + 1);
            numbers.pop()
        } else {
            None
        };
        let shows_all = |section: &Section| section.shows_value() && section.condition.is_none();
        let shows_text = |section: &Section| section.parts == [Part::Same];
        let mut rest = numbers.iter().skip(1);
        // A value of nothing is nothing, however it is shown.
        let is_usual = numbers.first().is_none_or(shows_all)
            && rest.next().is_none_or(|section| shows_all(section) && section.has_sign())
            && rest.next().is_none_or(|section| section.condition.is_none())
            && text.as_ref().is_none_or(shows_text);
        (!is_usual).then(|| Self { code: code.to_owned(), numbers, text })
    }

    /// The format that programs know by this number; none for the usual ones.
    pub(super) fn known(number: u32) -> Option<Self> {
        match number {
            9 => Self::of("0%"),
            10 => Self::of("0.00%"),
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::of("yyyy/m/d"),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::of("h:mm:ss"),
            _ => None,
        }
    }

    /// What is shown of a number, given as it is written in full.
    pub(super) fn number(&self, stored: &str) -> Shown {
        let Ok(value) = Decimal::from_str(stored) else { return Shown::Value };
        let Some(at) = self.section(value) else { return self.unsure(stored) };
        let section = &self.numbers[at];
        let is_nothing = |section: &Section| section.parts.is_empty();
        if value.is_zero() && (at > 0 || section.condition == Some(Condition::ZERO)) && !section.has_digits() {
            return if self.numbers.iter().all(is_nothing) { Shown::Nothing } else { Shown::Value };
        }
        if is_nothing(section) {
            return Shown::Nothing;
        }
        if section.is_date() {
            return self.unsure(stored);
        }
        let is_of_negatives = value.is_sign_negative() && !value.is_zero() && at == 1 && section.condition.is_none();
        if is_of_negatives && !section.has_sign() {
            return self.unsure(stored);
        }
        if section.shows_value() {
            return Shown::Value;
        }
        let sign = if value.is_sign_negative() && section.has_digits() && !is_of_negatives { "-" } else { "" };
        match digits::written(section, value.abs()) {
            Some(text) => Shown::Text(format!("{sign}{text}")),
            None => self.unsure(stored),
        }
    }

    /// What is shown of a text.
    pub(super) fn text(&self, stored: &str) -> Shown {
        let Some(section) = &self.text else { return Shown::Value };
        if section.parts.is_empty() {
            return Shown::Nothing;
        }
        let shown = section.parts.iter().map(|part| match part {
            Part::Same => stored,
            Part::Literal(text) => text,
            _ => "",
        });
        Shown::Text(shown.collect())
    }

    /// Nobody can say what a program shows: the code with the value, which is no figure.
    fn unsure(&self, stored: &str) -> Shown {
        /// Codes are as long as somebody makes them.
        const MOST: usize = 40;
        Shown::Text(format!("{}: {stored}", self.code.chars().take(MOST).collect::<String>()))
    }

    /// The number of the section for a value.
    fn section(&self, value: Decimal) -> Option<usize> {
        let last = self.numbers.len().checked_sub(1)?;
        self.numbers.iter().enumerate().position(|(at, section)| match section.condition {
            Some(condition) => condition.holds(value),
            None if at == last => true,
            None if at == 0 && last == 1 => !value.is_sign_negative() || value.is_zero(),
            None if at == 0 => value > Decimal::ZERO,
            None => value < Decimal::ZERO,
        })
    }
}

#[cfg(test)]
mod tests;
