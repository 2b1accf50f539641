//! Whose a table is and of which year, by what is above it or names its sheet: a report may print last year's table, an
//! example, or another agency's.

use std::sync::Arc;

use super::outline::{LineKind, Outline};
use crate::document::Location;
use crate::facts::Title;
use crate::pack::{Core, Pack, Target};
use crate::squeeze::Squeezed;

/// Whose the rows are that come next, while the lines of a report are read from top to bottom.
pub(super) struct Whose<'a> {
    core: &'a Core,
    organization: &'a str,
    year: Option<u16>,
    /// The sheet that the report begins on, whose name is not asked.
    own_sheet: Option<Arc<str>>,
    /// What the name of the sheet says.
    of_sheet: bool,
    /// What the lines above say.
    of_lines: Option<bool>,
    is_below_rows: bool,
}

/// Longer texts (bytes) are about more than the table below.
const LONGEST: usize = 45 * 3;

impl<'a> Whose<'a> {
    /// For a report with these titles.
    pub fn new(outline: &Outline<'_>, titles: &'a [Title], pack: &'a Pack) -> Self {
        let first_sheet = || (0..outline.lines.len()).find(|&line| outline.begins_sheet(line));
        let title = titles.first();
        let start = title.map(|title| title.location.clone());
        let start = start.or_else(|| first_sheet().and_then(|line| outline.start(line..line + 1)));
        Self {
            core: &pack.core,
            organization: title.map_or("", |title| &title.organization),
            year: title.map(|title| title.year),
            own_sheet: start.and_then(sheet),
            of_sheet: false,
            of_lines: None,
            is_below_rows: false,
        }
    }

    /// Takes in the next line. Titles of sections and labels of the form say nothing, but what was above them is over.
    pub fn read(&mut self, outline: &Outline<'_>, line: usize) {
        if outline.begins_sheet(line) {
            let name = outline.start(line..line + 1).and_then(sheet);
            let is_own = name == self.own_sheet;
            let says = name.filter(|_| !is_own).and_then(|name| self.is_of_others(&name, true));
            (self.of_sheet, self.of_lines) = (says.unwrap_or(false), None);
            return;
        }
        let own = &outline.lines[line];
        let Some(field) = outline.single(own) else {
            self.is_below_rows |= own.kind == LineKind::Row;
            return;
        };
        let is_section = |target: &Target| matches!(target, Target::Section(_));
        if field.targets().iter().any(is_section) {
            self.of_lines = None;
            return;
        }
        if own.kind == LineKind::Row && !field.targets().is_empty() || field.range().len() > LONGEST {
            return;
        }
        if std::mem::take(&mut self.is_below_rows) {
            self.of_lines = None;
        }
        // A line of a label that is broken may look like the name of an agency.
        let may_be_name = own.kind == LineKind::Heading;
        self.of_lines = self.is_of_others(field.text(), may_be_name).or(self.of_lines);
    }

    /// Whether what comes next is another's, as far as anything says so.
    pub fn is_others(&self) -> bool {
        self.of_lines.unwrap_or(self.of_sheet)
    }

    /// Whether a text says that something is last year's, an example or another agency's; none where it does not say
    /// whose it is. With `may_be_name` an agency without a year says so, too.
    fn is_of_others(&self, text: &str, may_be_name: bool) -> Option<bool> {
        let Core { collection, captions, .. } = self.core;
        let text = Squeezed::new(text).text;
        let text = captions.noise.replace_all(&text, "");
        let years = collection.years(&text);
        let name = collection.without_noise(&text);
        if captions.not_own.is_match(&text) || captions.not_own.is_match(&name) {
            return Some(true);
        }
        let is_agency = collection.agency.is_match(&name);
        if !is_agency && !name.is_empty() {
            return None;
        }
        let is_other_year = self.year.filter(|_| !years.is_empty()).map(|year| !years.contains(&year));
        let own = self.organization;
        let is_other_agency = || !own.contains(&name) && !name.contains(own);
        let is_other_agency =
            (is_agency && !own.is_empty() && (may_be_name || !years.is_empty())).then(is_other_agency);
        match (is_other_year, is_other_agency) {
            (None, None) => None,
            (year, agency) => Some(year == Some(true) || agency == Some(true)),
        }
    }
}

fn sheet(place: Location) -> Option<Arc<str>> {
    match place {
        Location::Sheet { sheet, .. } => Some(sheet),
        _ => None,
    }
}
