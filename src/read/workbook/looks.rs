//! How the cells of a workbook look, by the numbers of their styles, as far as that changes what a reader sees.

use std::borrow::Cow;

use super::number_format::{NumberFormat, Shown};

/// What a cell holds, before it is known how that is shown.
#[derive(Debug)]
pub(super) struct Stored<'t> {
    pub text: Cow<'t, str>,
    pub is_number: bool,
}

impl<'t> Stored<'t> {
    pub(super) fn text(text: impl Into<Cow<'t, str>>) -> Self {
        Self { text: text.into(), is_number: false }
    }

    pub(super) fn number(text: String) -> Self {
        Self { text: Cow::Owned(text), is_number: true }
    }
}

/// What is seen of a cell.
#[derive(Debug)]
pub(super) enum Seen<'t> {
    Text(Cow<'t, str>),
    /// It is struck out, and so no part of the report.
    Struck,
    /// It is there, and nobody sees it.
    Hidden,
}

/// The look of one style.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Look {
    /// The number of the format; 0 is the usual one.
    pub format: u32,
    pub is_struck: bool,
    /// Of the colour of its ground.
    pub is_hidden: bool,
}

/// The looks of all styles. Most change nothing.
#[derive(Debug, Default)]
pub(super) struct Looks {
    looks: Vec<Look>,
    /// Numbers of formats that may show something else than the value, in order.
    formats: Vec<(u32, NumberFormat)>,
}

impl Looks {
    /// The looks of styles in order; `code` knows the codes of the formats that the file brings along.
    pub(super) fn new<'c>(looks: Vec<Look>, code: impl Fn(u32) -> Option<&'c str>) -> Self {
        let mut numbers: Vec<u32> = looks.iter().map(|look| look.format).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let format = |number: u32| match code(number) {
            Some(code) => NumberFormat::of(code),
            None => NumberFormat::known(number),
        };
        let formats: Vec<(u32, NumberFormat)> =
            numbers.into_iter().filter_map(|number| Some((number, format(number)?))).collect();
        let is_plain = |look: &Look| {
            !look.is_struck && !look.is_hidden && formats.iter().all(|(number, _)| *number != look.format)
        };
        let looks = if looks.iter().all(is_plain) { Vec::new() } else { looks };
        Self { looks, formats }
    }

    pub(super) fn hides_by_colours(&self) -> bool {
        self.looks.iter().any(|look| look.is_hidden)
    }

    /// What is seen of a cell of that style, on a sheet whose grounds are those of the styles or not.
    pub(super) fn seen<'t>(&self, style: u32, stored: Stored<'t>, has_other_grounds: bool) -> Seen<'t> {
        let Some(look) = self.looks.get(style as usize) else { return Seen::Text(stored.text) };
        if stored.text.is_empty() {
            return Seen::Text(stored.text);
        }
        if look.is_struck {
            return Seen::Struck;
        }
        if look.is_hidden && !has_other_grounds {
            return Seen::Hidden;
        }
        let Ok(at) = self.formats.binary_search_by_key(&look.format, |(number, _)| *number) else {
            return Seen::Text(stored.text);
        };
        let format = &self.formats[at].1;
        match if stored.is_number { format.number(&stored.text) } else { format.text(&stored.text) } {
            Shown::Value => Seen::Text(stored.text),
            Shown::Text(text) => Seen::Text(Cow::Owned(text)),
            Shown::Nothing => Seen::Hidden,
        }
    }
}
