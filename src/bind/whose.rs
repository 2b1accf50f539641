//! Whose a table is and of which year, by what is above it or names its sheet: a report may print last year's table, an
//! example, or another agency's.

use std::sync::Arc;

use super::field::Field;
use super::outline::{LineKind, Outline};
use crate::document::Location;
use crate::facts::Title;
use crate::pack::{Core, Pack, Target};
use crate::squeeze::Squeezed;

/// Whether rows are another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    No,
    /// Where the report has a table of its own besides: they bear the name of a form to fill in, or of the government above.
    IfThereIsAnother,
    Yes,
}

/// Whose the rows are that come next, while the lines of a report are read from top to bottom.
pub(super) struct Whose<'a> {
    core: &'a Core,
    organization: &'a str,
    year: Option<u16>,
    /// The sheet that the report begins on, whose name is not asked.
    own_sheet: Option<Arc<str>>,
    /// That sheet is named as a form to fill in, so that this name says nothing of other sheets and tables.
    is_in_form: bool,
    /// What the name of the sheet says.
    of_sheet: Others,
    /// What the lines above say.
    of_lines: Option<Others>,
    is_below_rows: bool,
}

/// Longer texts (bytes) are about more than the table below.
pub(super) const LONGEST: usize = 45 * 3;
/// How text ends.
const ENDS: [char; 10] = ['。', '；', '！', '？', '”', '.', ';', '!', '?', '…'];

impl<'a> Whose<'a> {
    /// For a report with these titles.
    pub fn new(outline: &Outline<'_>, titles: &'a [Title], pack: &'a Pack) -> Self {
        let first_sheet = || (0..outline.lines.len()).find(|&line| outline.begins_sheet(line));
        let title = titles.first();
        let start = title.map(|title| title.location.clone());
        let start = start.or_else(|| first_sheet().and_then(|line| outline.start(line..line + 1)));
        let own_sheet = start.and_then(sheet);
        Self {
            core: &pack.core,
            organization: title.map_or("", |title| &title.organization),
            year: title.map(|title| title.year),
            is_in_form: own_sheet.as_ref().is_some_and(|name| names_form(name, &pack.core)),
            own_sheet,
            of_sheet: Others::No,
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
            (self.of_sheet, self.of_lines) = (says.unwrap_or(Others::No), None);
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
    pub fn is_others(&self) -> Others {
        self.of_lines.unwrap_or(self.of_sheet)
    }

    /// Whether a text says that something is last year's, an example or another agency's; none where it does not say
    /// whose it is. With `may_be_name` an agency without a year says so, too.
    fn is_of_others(&self, text: &str, may_be_name: bool) -> Option<Others> {
        let Core { collection, captions, .. } = self.core;
        if names_form(text, self.core) {
            return (!self.is_in_form).then_some(Others::IfThereIsAnother);
        }
        let text = Squeezed::new(text).text;
        let text = captions.noise.replace_all(&text, "");
        let years = collection.years(&text);
        let name = collection.without_noise(&text);
        if captions.not_own.is_match(&text) || captions.not_own.is_match(&name) {
            return Some(Others::Yes);
        }
        let is_agency = collection.agency.is_match(&name);
        if !is_agency && !name.is_empty() {
            return None;
        }
        if self.year.is_some_and(|year| !years.is_empty() && !years.contains(&year)) {
            return Some(Others::Yes);
        }
        if is_agency && !self.organization.is_empty() && (may_be_name || !years.is_empty()) {
            return Some(is_other_agency(self.organization, &name, self.core));
        }
        self.year.filter(|_| !years.is_empty()).map(|_| Others::No)
    }
}

/// Whether a line is running text, and no title or name.
pub(super) fn is_text(field: &Field<'_>) -> bool {
    field.range().len() > LONGEST || field.text().ends_with(ENDS)
}

/// Whether a text is the name of a form to fill in.
pub(super) fn names_form(text: &str, core: &Core) -> bool {
    let text = Squeezed::new(text).text;
    let text = core.captions.noise.replace_all(&text, "");
    [&*text, &core.collection.without_noise(&text)].iter().any(|name| core.captions.form.is_match(name))
}

/// Whether what bears the name of an agency is another's than that of `own`.
pub(super) fn is_other_agency(own: &str, name: &str, core: &Core) -> Others {
    if own.contains(name) || name.contains(own) || is_short_for(name, own) || is_short_for(own, name) {
        return Others::No;
    }
    let governs = |kind: &String| name.strip_suffix(kind.as_str()).is_some_and(|place| own.starts_with(place));
    let is_above = core.collection.kinds.consolidated.iter().any(governs);
    if is_above { Others::IfThereIsAnother } else { Others::Yes }
}

/// Whether a name is another one without some of its letters.
fn is_short_for(name: &str, whole: &str) -> bool {
    let mut letters = whole.chars();
    name.chars().all(|letter| letters.any(|of_whole| of_whole == letter))
}

fn sheet(place: Location) -> Option<Arc<str>> {
    match place {
        Location::Sheet { sheet, .. } => Some(sheet),
        _ => None,
    }
}
