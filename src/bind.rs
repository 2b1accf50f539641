//! Which form a document follows, and which of its cells is which figure: from labels and positions to [`Facts`], once
//! for all formats.

mod added;
mod answer;
mod assign;
mod broken;
mod cell;
mod codes;
mod columns;
mod field;
mod figure;
mod figures;
mod header;
mod identify;
mod ignored;
mod loose;
mod normal;
mod outline;
mod pairs;
mod printed;
mod rows;
mod sections;
mod side_by_side;
mod table_line;
mod title;
mod unit;
mod vocabulary;
mod wrapped;

use std::sync::Arc;

use crate::document::{Document, Format};
use crate::facts::Facts;
use crate::limits::Limits;
use crate::pack::{Core, Pack};
use crate::read::Unreadable;
use outline::Outline;
pub use vocabulary::Vocabulary;

/// A document bound to the form it follows.
#[derive(Debug)]
pub struct Bound<'d> {
    pub pack: Arc<Pack>,
    pub facts: Facts<'d>,
}

/// Binds `document` to the one of `packs` whose labels it prints the most; none where it is no form of theirs.
///
/// # Errors
/// Where the document lists more rows than `limits` allow.
pub fn bind<'d>(
    document: &'d Document<'d>,
    core: &Core,
    packs: &[Arc<Pack>],
    vocabulary: &'d Vocabulary,
    limits: &Limits,
) -> Result<Option<Bound<'d>>, Unreadable> {
    let outline = Outline::new(document, core, vocabulary);
    let is_loose = document.format == Format::Text || document.has_no_table();
    let outline = if is_loose { loose::gather(outline, core) } else { outline };
    let Some(form) = identify::identify(&outline, packs) else { return Ok(None) };
    let (outline, pack) = (outline.read_as(form), &packs[form]);
    let found = sections::find(&outline, pack);
    let start = document.start();
    let (sections, preface) = sections::facts(&outline, &found, pack, &start);
    let tables = assign::assign(&outline, &found, pack);
    let (tables, pack) = normal::normalize(tables, &outline, pack, limits)?;
    let (tables, figures) = figures::find(&tables, &sections, &start, &pack);
    let titles = title::titles(&outline, found.preface, &pack);
    let facts = Facts {
        titles: title::with_agency(titles, &pack, &figures),
        periods: title::periods(&preface, &sections, &pack),
        tables_only: sections::is_tables_only(&sections, &preface, &pack),
        preface,
        sections,
        tables,
        figures,
        images: document.images().cloned().collect(),
        formulas: &document.formulas,
        start,
    };
    Ok(Some(Bound { pack, facts }))
}
