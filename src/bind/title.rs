//! The title of a report and the period it names.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use regex::Captures;

use super::field::Field;
use super::outline::{LineKind, Outline};
use crate::facts::{Fact, Period, Prose, SectionFacts, Title};
use crate::pack::{Identify, Pack, Pattern};
use crate::squeeze::Squeezed;

/// A title takes up at most so many lines, and so many bytes.
const LINES: usize = 3;
const BYTES: usize = 90 * 3;

/// Lines near the start among which the title is looked for, where there are no sections.
const NEAR_THE_START: usize = 30;

/// The year of the first title near the start.
pub(super) fn year(outline: &Outline<'_>, pack: &Pack) -> Option<u16> {
    titles(outline, 0..outline.lines.len(), pack).first().map(|title| title.year)
}

/// Title lines, the title first: those of `lines`, as far as they are near the start, that match the form's title from end to
/// end, alone or put together with the lines that follow.
pub(super) fn titles(outline: &Outline<'_>, lines: Range<usize>, pack: &Pack) -> Vec<Title> {
    let end = lines.end.min(NEAR_THE_START);
    let mut titles = Vec::new();
    let mut at = lines.start;
    while at < end {
        match title_at(outline, at, end, &pack.identify) {
            Some((title, lines)) => {
                titles.push(title);
                at += lines;
            }
            None => at += 1,
        }
    }
    titles
}

/// The title in any of the forms that begins with a line, and how many lines it takes up.
pub(super) fn at(outline: &Outline<'_>, line: usize, packs: &[Arc<Pack>]) -> Option<(Title, usize)> {
    let end = outline.lines.len();
    packs.iter().find_map(|pack| title_at(outline, line, end, &pack.identify))
}

/// The title that begins with a line.
pub(super) fn of_form(outline: &Outline<'_>, line: usize, pack: &Pack) -> Option<Title> {
    title_at(outline, line, outline.lines.len(), &pack.identify).map(|(title, _)| title)
}

/// Whether two names, each of an agency and a year, are surely two: of different years, or of agencies neither of whose names is
/// part of the other.
pub(super) fn differ(one: (&str, u16), other: (&str, u16)) -> bool {
    one.1 != other.1 || !one.0.contains(other.0) && !other.0.contains(one.0)
}

fn title_at(outline: &Outline<'_>, at: usize, end: usize, form: &Identify) -> Option<(Title, usize)> {
    if let Some(title) = title_in_row(outline, at, form) {
        return Some((title, 1));
    }
    let mut text = String::new();
    for (count, line) in outline.lines[at..end].iter().take(LINES).enumerate() {
        if count > 0 && line.kind == LineKind::Row {
            return None;
        }
        let field = outline.single(line)?;
        let own = plain(field.text());
        // A title does not begin with a sentence.
        if text.ends_with('。') {
            return None;
        }
        // A line that is a title by itself, agency and all, is not the end of another.
        if count > 0 && Named::by(&own, &form.title).is_some_and(|named| !named.organization.is_empty()) {
            return None;
        }
        text.push_str(&own);
        if text.len() > BYTES {
            return None;
        }
        let named = Named::by(&text, &form.title).map(|named| named.with_head(outline, at, form));
        if let Some(Named { organization, year: Some(year) }) = named {
            let first = outline.single(&outline.lines[at])?;
            let lines = outline.lines[at..=at + count].iter().filter_map(|line| outline.single(line));
            let organization = spaced(organization, lines.map(Field::text));
            return Some((Title { organization, year, location: first.location() }, count + 1));
        }
    }
    None
}

/// A name with the blanks that it is written with in one of these lines: those between letters of which neither is Chinese.
fn spaced<'t>(name: String, lines: impl Iterator<Item = &'t str>) -> String {
    if !name.is_ascii() {
        return name;
    }
    let text = lines.collect::<Vec<_>>().join(" ");
    let whole = Squeezed::new(&text);
    let Some(start) = whole.text.find(&name) else { return name };
    text[whole.original(start..start + name.len())].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The title that is beside other text in a row of a table, and names its agency, itself or by what is beside it.
fn title_in_row(outline: &Outline<'_>, at: usize, form: &Identify) -> Option<Title> {
    let line = outline.lines.get(at).filter(|line| line.kind == LineKind::Row)?;
    outline.fields(line).iter().filter(|field| !field.is_blank() && !field.is_figure()).find_map(|field| {
        let named = Named::by(&plain(field.text()), &form.title)?.with_head(outline, at, form);
        let Named { organization, year: Some(year) } = named else { return None };
        let organization = spaced(organization, std::iter::once(field.text()));
        (!organization.is_empty()).then(|| Title { organization, year, location: field.location() })
    })
}

/// Text as patterns are matched with it.
fn plain(text: &str) -> Cow<'_, str> {
    in_digits(without_markup(Squeezed::new(text).text))
}

/// The text without the marks of lightweight markup languages, which plain text may be written in: `*…*`, `==…==`, `h1.`.
fn without_markup(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_mark = |c: char| matches!(c, '*' | '\\');
    let level = text.strip_prefix('h').and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_digit()));
    let heading = level.and_then(|rest| rest.strip_prefix('.'));
    match heading.or_else(|| text.starts_with("==").then(|| text.trim_matches('='))) {
        Some(heading) => Cow::Owned(heading.replace(is_mark, "")),
        None if text.contains(is_mark) => Cow::Owned(text.replace(is_mark, "")),
        None => text,
    }
}

/// The text with years in digits: 二〇二四 is 2024.
fn in_digits(text: Cow<'_, str>) -> Cow<'_, str> {
    const DIGITS: [&[char]; 10] =
        [&['〇', '○', '零'], &['一'], &['二'], &['三'], &['四'], &['五'], &['六'], &['七'], &['八'], &['九']];
    const YEAR: usize = 4;
    // Most lines are no title, and every year since 2000 has this character.
    if !text.contains('二') {
        return text;
    }
    let digit = |c: char| {
        DIGITS.iter().position(|digits| digits.contains(&c)).map_or(c, |digit| char::from(b'0' + digit as u8))
    };
    let is_digit = |c: &char| digit(*c).is_ascii_digit();
    let characters: Vec<char> = text.chars().collect();
    let runs = characters.chunk_by(|one, next| is_digit(one) == is_digit(next));
    let is_year = |run: &[char]| run.len() == YEAR && is_digit(&run[0]) && run.iter().any(|c| !c.is_ascii());
    if !runs.clone().any(is_year) {
        return text;
    }
    runs.flat_map(|run| run.iter().map(move |&c| if is_year(run) { digit(c) } else { c })).collect()
}

/// The agency and the year that a title names; an empty name and no year where it does not.
struct Named {
    organization: String,
    year: Option<u16>,
}

impl Named {
    /// By a text that is a title from end to end.
    fn by(text: &str, patterns: &[Pattern]) -> Option<Self> {
        let captures = |pattern: &Pattern| pattern.captures(text).filter(|found| found[0].len() == text.len()).map(own);
        patterns.iter().find_map(captures)
    }

    /// With what the title does not name and the lines beside it do: those below it first.
    fn with_head(mut self, outline: &Outline<'_>, title: usize, form: &Identify) -> Self {
        /// So many lines above a title and below it are beside it.
        const ABOVE: usize = 3;
        const BELOW: usize = 5;
        if form.head.is_empty() {
            return self;
        }
        let below = title..outline.lines.len().min(title + 1 + BELOW);
        for line in below.chain((title.saturating_sub(ABOVE)..title).rev()) {
            if self.year.is_some() && !self.organization.is_empty() {
                break;
            }
            let filled = outline.fields(&outline.lines[line]).iter().filter(|field| !field.is_blank());
            let text = filled.map(|field| plain(field.text())).collect::<Vec<_>>().join(BESIDE);
            // A sheet may bear the name of the form above the whole title.
            let whole = Self::by(&text, &form.title);
            for found in
                whole.into_iter().chain(form.head.iter().filter_map(|pattern| pattern.captures(&text)).map(own))
            {
                self.year = self.year.or(found.year);
                if self.organization.is_empty() {
                    self.organization = found.organization;
                }
            }
        }
        self
    }
}

/// What is between the cells of a row, for patterns of what is beside a title.
const BESIDE: &str = "|";

/// What the groups of a pattern name.
fn own(captures: Captures<'_>) -> Named {
    let text = |group: &str| captures.name(group).map_or("", |found| found.as_str());
    Named { organization: text("organization").to_owned(), year: text("year").parse().ok() }
}

/// The titles, with the agency that a cell of the form names where they name none.
pub(super) fn with_agency(mut titles: Vec<Title>, pack: &Pack, figures: &[Fact<'_>]) -> Vec<Title> {
    if let Some(figure) = pack.identify.organization {
        for title in titles.iter_mut().filter(|title| title.organization.is_empty()) {
            title.organization = Squeezed::new(&figures[figure].found).text.into_owned();
        }
    }
    titles
}

/// The years in which the report says its figures fall: in the text before the first section, and in section one.
pub(super) fn periods(preface: &[Prose<'_>], sections: &[SectionFacts<'_>], pack: &Pack) -> Vec<Period> {
    let first_section = sections.first().map_or(&[][..], |section| section.text.as_slice());
    let mut periods = Vec::new();
    for prose in preface.iter().chain(first_section) {
        for pattern in pack.identify.period.iter().filter(|pattern| pattern.is_match(&prose.text.text)) {
            let Some(captures) = pattern.captures(&prose.text.text) else { continue };
            let Some(year) = captures.name("year") else { continue };
            let Ok(number) = year.as_str().parse() else { continue };
            periods.push(Period { year: number, location: prose.locate(year.range()) });
        }
    }
    periods
}
