//! Which form a document follows, and which of its cells is which figure: from labels and positions to [`Facts`], once
//! for all formats.

mod added;
mod answer;
mod assign;
mod astray;
mod beside;
mod broken;
mod by_place;
mod cell;
mod codes;
mod columns;
mod date;
mod field;
mod figure;
mod figures;
mod groups;
mod header;
mod identify;
mod ignored;
mod known;
mod loose;
mod marks;
mod merged;
mod named_parts;
mod nameless;
mod names;
mod normal;
mod outline;
mod pairs;
mod parts;
mod pieces;
mod printed;
mod reaching;
mod readings;
mod rest;
mod rows;
mod sections;
mod side_by_side;
mod spread;
mod stretch;
mod table_line;
mod title;
mod turned;
mod unit;
mod upright;
mod vocabulary;
mod whose;
mod wrapped;

use std::sync::Arc;

use crate::document::{Document, Format, Location};
use crate::facts::Facts;
use crate::limits::{Limit, Limits};
use crate::pack::{Core, Pack};
use crate::read::Unreadable;
pub use known::figures as known_figures;
use outline::Outline;
pub use vocabulary::Vocabulary;

/// A document bound to the form it follows.
#[derive(Debug)]
pub struct Bound<'d> {
    pub pack: Arc<Pack>,
    pub facts: Facts<'d>,
}

/// Finds the reports in `document`, and binds each to the one of `packs` whose labels it prints the most; none where there
/// is no form of theirs.
///
/// # Errors
/// Where the document lists more rows than `limits` allow, or more reports.
pub fn bind<'d>(
    document: &'d Document<'d>,
    core: &Core,
    packs: &[Arc<Pack>],
    vocabulary: &'d Vocabulary,
    limits: &Limits,
) -> Result<Vec<Bound<'d>>, Unreadable> {
    let outline = Outline::new(document, core, vocabulary);
    let is_loose = document.format == Format::Text || document.has_no_table();
    let outline = if is_loose { loose::gather(outline, core) } else { outline };
    let binder = Binder { document, packs, limits };
    let Some(split) = parts::split(&outline, packs, core) else {
        return Ok(binder.bind(outline, document.start())?.into_iter().collect());
    };
    if split.reports.len() > limits.reports {
        return Err(Unreadable::TooLarge { what: Limit::Reports, limit: limits.reports as u64 });
    }
    let mut reports = Vec::with_capacity(split.reports.len());
    let mut apart = split.apart;
    apart.extend(outline.set_aside.iter().cloned());
    for own in split.reports {
        let start = own.lines.iter().find_map(|lines| outline.start(lines.clone()));
        let start = start.unwrap_or_else(|| document.start());
        match binder.bind(outline.of_lines(&own.lines), start.clone())? {
            Some(mut bound) => {
                bound.facts.part = own.part;
                reports.push(bound);
            }
            None => apart.push(start),
        }
    }
    // Pictures are those of the report that begins before them.
    let mut next: Option<Location> = None;
    for Bound { facts, .. } in reports.iter_mut().rev() {
        facts.images.retain(|image| *image >= facts.start && next.as_ref().is_none_or(|next| image < next));
        next = Some(facts.start.clone());
    }
    // A part is named where there are several.
    if let [only] = reports.as_mut_slice() {
        only.facts.part = None;
    }
    if let Some(first) = reports.first_mut() {
        first.facts.apart.extend(apart);
    }
    Ok(reports)
}

/// How much a document is like a report, even if it follows no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    Nothing,
    /// There is a label of a form, which may be a word that anybody uses.
    Word,
    /// There is the title of a report, or labels of which each is printed once in a form.
    Report,
}

/// How much a document is like a report.
pub fn likeness(document: &Document<'_>, core: &Core, packs: &[Arc<Pack>], vocabulary: &Vocabulary) -> Likeness {
    let outline = Outline::new(document, core, vocabulary);
    if outline.has_rows_of_a_form() || packs.iter().any(|pack| title::year(&outline, pack).is_some()) {
        return Likeness::Report;
    }
    let has_label = outline.fields.iter().any(|field| field.label.is_some());
    if has_label { Likeness::Word } else { Likeness::Nothing }
}

/// What one report is bound with.
struct Binder<'a, 'd> {
    document: &'d Document<'d>,
    packs: &'a [Arc<Pack>],
    limits: &'a Limits,
}

impl<'d> Binder<'_, 'd> {
    /// A report, which begins at `start`.
    fn bind(&self, outline: Outline<'d>, start: Location) -> Result<Option<Bound<'d>>, Unreadable> {
        let Some(form) = identify::identify(&outline, self.packs) else { return Ok(None) };
        let (outline, pack) = (outline.read_as(form), &self.packs[form]);
        let found = sections::find(&outline, pack);
        let (sections, preface) = sections::facts(&outline, &found, pack, &start);
        let titles = title::titles(&outline, found.preface.clone(), pack);
        let tables = assign::assign(&outline, &found, &titles, pack);
        let (tables, pack) = normal::normalize(tables, &outline, pack, self.limits)?;
        let (tables, figures) = figures::find(&tables, &sections, &start, &pack);
        let apart = found.apart.iter().filter_map(|&line| outline.start(line..line + 1));
        let facts = Facts {
            titles: title::with_agency(titles, &pack, &figures),
            periods: title::periods(&preface, &sections, &pack),
            tables_only: sections::is_tables_only(&sections, &preface, &pack),
            preface,
            sections,
            tables,
            figures,
            images: self.document.images().cloned().collect(),
            formulas: &self.document.formulas,
            start,
            part: None,
            apart: outline.set_aside.iter().cloned().chain(apart).collect(),
        };
        Ok(Some(Bound { pack, facts }))
    }
}
