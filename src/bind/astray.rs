//! Whether a table that is out of its place is the report's all the same. In its own section it is unless something above it
//! says otherwise; anywhere else the form does not expect it, and what is above it must not begin anything else.

use super::field::Field;
use super::outline::{LineKind, Outline};
use super::sections::Found;
use super::title;
use super::whose::{self, Others};
use crate::facts::Title;
use crate::label::Numbering;
use crate::pack::{Core, Pack};
use crate::squeeze::Squeezed;

/// Lines of text that is broken over lines (bytes) are not shorter, but for the last one, which ends as text does.
const SHORTEST: usize = 15 * 3;

/// What is looked at between the title of a section and a table that is not below it.
pub(super) struct Astray<'o, 'd> {
    pub outline: &'o Outline<'d>,
    pub found: &'o Found,
    pub titles: &'o [Title],
    pub pack: &'o Pack,
}

/// How far away a line is from the table.
struct Reach {
    /// No sentence and no title of a section is between the two.
    is_right_above: bool,
    /// No title of a section is.
    is_in_section: bool,
    /// A sheet begins between the two: it has lines of its own above its table.
    is_on_other_sheet: bool,
}

impl<'d> Astray<'_, 'd> {
    /// Whether the table in `line` belongs to something that begins behind the title of its section. Without that title
    /// nothing says where the table belongs.
    pub fn is_of_others(&self, table: usize, line: usize) -> bool {
        let Some(section) = self.pack.tables[table].section else { return false };
        let Some(heading) = self.found.heading(section) else { return false };
        let above = (0..line).rev().find(|&line| self.found.is_heading(line)).unwrap_or(0);
        let start = if heading < line { heading } else { above };
        let mut reach = Reach { is_right_above: true, is_in_section: true, is_on_other_sheet: false };
        (start..line).rev().any(|line| self.begins_another(section, line, &mut reach))
    }

    fn begins_another(&self, section: usize, line: usize, reach: &mut Reach) -> bool {
        if self.found.is_heading(line) {
            (reach.is_right_above, reach.is_in_section) = (false, false);
            return false;
        }
        let Some(field) = self.outline.single(&self.outline.lines[line]) else { return false };
        let captions = &self.pack.core.captions;
        let text = Squeezed::new(field.text()).text;
        if self.outline.begins_sheet(line) {
            (reach.is_right_above, reach.is_in_section, reach.is_on_other_sheet) = (false, false, true);
            return captions.elsewhere.is_match(&text);
        }
        if whose::is_text(field) {
            reach.is_right_above = false;
            return false;
        }
        let is_part = field.ordinal.is_some_and(|ordinal| ordinal.numbering != Numbering::Chinese);
        if is_part || !field.targets().is_empty() {
            return false;
        }
        if captions.elsewhere.is_match(&text) || self.is_title_of_another(line) {
            return true;
        }
        if !reach.is_on_other_sheet && captions.attached.is_match(&text) && !self.refers_to_attached(section) {
            return true;
        }
        if self.names_section(field) || self.states_unit(&text) {
            return false;
        }
        let is_name = field.range().len() <= SHORTEST || self.outline.lines[line].kind == LineKind::Heading;
        let asks_whose = reach.is_right_above || reach.is_in_section && is_name;
        match self.agency(&text) {
            Whose::Own => false,
            Whose::Another => reach.is_in_section,
            Whose::Unclear => asks_whose && !reach.is_on_other_sheet,
        }
    }

    /// Whether a title begins with a line that is another report's.
    fn is_title_of_another(&self, line: usize) -> bool {
        let Some(own) = self.titles.first() else { return false };
        title::of_form(self.outline, line, self.pack)
            .is_some_and(|title| title::differ((&own.organization, own.year), (&title.organization, title.year)))
    }

    /// Whether the title of a section is in a line, as the names of tables have it.
    fn names_section(&self, field: &Field<'d>) -> bool {
        let key = self.outline.key(field);
        let mut titles = self.pack.sections.iter().flat_map(|section| &section.titles);
        field.has_key() && titles.any(|title| key.contains(title.as_str()))
    }

    /// 单位：件
    fn states_unit(&self, text: &str) -> bool {
        let core = &self.pack.core;
        let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = rest.strip_prefix(core.unit_stated.as_str()).unwrap_or_default();
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        core.units.contains(rest) || core.money.contains_key(rest)
    }

    /// Whether a section says that something is attached.
    fn refers_to_attached(&self, section: usize) -> bool {
        let attached = &self.pack.core.captions.attached;
        let says = |field: &Field<'d>| !field.is_figure() && attached.is_match(field.text());
        self.found.lines(section).any(|line| self.outline.single(&self.outline.lines[line]).is_some_and(says))
    }

    /// Whom a short line names.
    fn agency(&self, text: &str) -> Whose {
        let Core { collection, captions, .. } = &*self.pack.core;
        // Remarks in brackets, dates, numbers of pages and of telephones.
        let is_remark = collection.without_noise(text).is_empty();
        let text = captions.noise.replace_all(text, "");
        let name = collection.without_noise(&text);
        if is_remark || name.is_empty() || text.contains(|c: char| c.is_ascii_digit()) {
            return Whose::Own;
        }
        let own = self.titles.first().map_or("", |title| &title.organization);
        let is_agency = collection.agency.is_match(&name);
        match is_agency.then(|| whose::is_other_agency(own, &name, &self.pack.core)) {
            Some(Others::No) => Whose::Own,
            Some(_) if own.is_empty() => Whose::Own,
            Some(_) => Whose::Another,
            None => Whose::Unclear,
        }
    }
}

enum Whose {
    /// The report's own agency, or none.
    Own,
    Another,
    /// It is something else that has a name.
    Unclear,
}
