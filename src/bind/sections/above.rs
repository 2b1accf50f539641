//! What is above the title of a section: the text of the section before it, or a line that says that what follows is another
//! report's, an example or a note.

use std::ops::Range;

use crate::bind::field::Field;
use crate::bind::outline::{LineKind, Outline};
use crate::bind::title;
use crate::bind::whose::{self, Others};
use crate::facts::Title;
use crate::pack::{Core, Pack};
use crate::squeeze::Squeezed;

/// What is looked at above titles.
pub(super) struct Above<'o, 'd> {
    outline: &'o Outline<'d>,
    pack: &'o Pack,
    /// Whose the report is.
    own: Option<Title>,
    /// What the report begins with is named as a form to fill in, so that this name says nothing of what follows.
    is_in_form: bool,
}

impl<'o, 'd> Above<'o, 'd> {
    /// For a report whose first title of a section is at `first`.
    pub fn new(outline: &'o Outline<'d>, pack: &'o Pack, first: usize) -> Self {
        let names_form = |line: usize| {
            let field = outline.single(&outline.lines[line]).filter(|field| field.range().len() <= whose::LONGEST);
            field.is_some_and(|field| whose::names_form(field.text(), &pack.core))
        };
        let own = title::titles(outline, 0..first, pack).into_iter().next();
        Self { outline, pack, own, is_in_form: (0..first).any(names_form) }
    }

    /// The last of some lines that says that what follows is another's: a title of another report, or right above, with
    /// `is_odd` anywhere, that of an example. Behind tables only: above them it is about the table. Sheets with the tables
    /// of a report, for which `is_of_table` holds, may bear the name of a form to fill in.
    pub fn another(&self, lines: Range<usize>, is_odd: bool, is_of_table: bool) -> Option<usize> {
        let mut is_right_above = true;
        for line in lines.rev() {
            let Some(field) = self.short_line(line) else {
                is_right_above = false;
                if self.has_figures(line) {
                    return None;
                }
                continue;
            };
            let is_asked = (is_right_above || is_odd) && !self.is_number(line);
            let may_bear_form = self.is_in_form || is_of_table && self.outline.begins_sheet(line);
            let is_apart = is_asked && !(may_bear_form && self.names_form(field)) && self.is_apart(field);
            // Menus have lines that end like the names of agencies.
            let is_heading = self.outline.lines[line].kind == LineKind::Heading;
            let is_of_another = is_odd && is_heading && self.is_another_agency(field);
            if is_apart || is_of_another || self.is_title_of_another(line) == Some(true) {
                return Some(line);
            }
        }
        None
    }

    /// Whether what is right above a title is text or a table of the section before it, whose own title is at `before`.
    pub fn is_text_of_section(&self, line: usize, before: usize) -> bool {
        let Some(above) = line.checked_sub(1) else { return true };
        above == before + 1 && !self.outline.begins_sheet(above)
            || self.short_line(above).is_none()
            || self.is_title_of_another(above) == Some(false)
            || self.outline.begins_sheet(above) && before > 0 && self.outline.begins_sheet(before - 1)
    }

    /// The field of a line that is too short for text, and no row of a table.
    fn short_line(&self, line: usize) -> Option<&'o Field<'d>> {
        let field = self.outline.single(&self.outline.lines[line])?;
        let is_label = self.outline.lines[line].kind == LineKind::Row && !field.targets().is_empty();
        (!whose::is_text(field) && !is_label).then_some(field)
    }

    /// A figure on a line of its own is no year of another report, as the name of a sheet is.
    fn is_number(&self, line: usize) -> bool {
        let line = &self.outline.lines[line];
        let is_number = |field: &Field<'_>| field.text().chars().all(char::is_numeric);
        line.kind != LineKind::Heading && self.outline.fields(line).iter().all(is_number)
    }

    fn has_figures(&self, line: usize) -> bool {
        self.outline.fields(&self.outline.lines[line]).iter().any(Field::is_figure)
    }

    fn names_form(&self, field: &Field<'_>) -> bool {
        whose::names_form(field.text(), &self.pack.core)
    }

    fn is_another_agency(&self, field: &Field<'_>) -> bool {
        let core = &*self.pack.core;
        let name = core.collection.without_noise(&Squeezed::new(field.text()).text);
        let Some(own) = self.own.as_ref().map(|own| own.organization.as_str()).filter(|own| !own.is_empty()) else {
            return false;
        };
        core.collection.agency.is_match(&name) && whose::is_other_agency(own, &name, core) == Others::Yes
    }

    fn is_apart(&self, field: &Field<'_>) -> bool {
        let Core { collection, captions, .. } = &*self.pack.core;
        let text = Squeezed::new(field.text()).text;
        let years = collection.years(&text);
        let text = captions.noise.replace_all(&text, "");
        let name = collection.without_noise(&text);
        let is_other_year = || self.own.as_ref().is_some_and(|own| !years.is_empty() && !years.contains(&own.year));
        if name.is_empty() { is_other_year() } else { [&*text, &name].iter().any(|text| captions.apart.is_match(text)) }
    }

    /// Whether a title begins with a line that is another report's; none where there is no title.
    fn is_title_of_another(&self, line: usize) -> Option<bool> {
        let title = title::of_form(self.outline, line, self.pack)?;
        let is_another = |own: &Title| title::differ((&own.organization, own.year), (&title.organization, title.year));
        Some(self.own.as_ref().is_some_and(is_another))
    }
}
