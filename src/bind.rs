//! Which form a document follows, and which of its cells is which figure: from labels and positions to [`Facts`], once
//! for all formats.

mod answer;
mod codes;
mod columns;
mod figure;
mod header;
mod identify;
mod ignored;
mod joined;
mod loose;
mod outline;
mod pairs;
mod rows;
mod sections;
mod tables;
mod title;
mod unit;
mod vocabulary;

use std::sync::Arc;

use crate::document::{Document, Format};
use crate::facts::Facts;
use crate::limits::{Limit, Limits};
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
    let mut outline = Outline::new(document, core, vocabulary);
    if document.format == Format::Text || document.has_no_table() {
        loose::tighten(&mut outline, core);
    }
    let Some((pack, mut hits)) = identify::identify(&outline, packs, vocabulary) else { return Ok(None) };
    let sections = sections::find(&outline, &hits, pack);
    let start = document.start();
    let mut titles = title::titles(&outline, &sections, pack);
    let (section_facts, preface) = sections::facts(&outline, &sections, pack, &start);
    let periods = title::periods(&preface, &section_facts, pack);
    let tables_only = sections::is_tables_only(&section_facts, &preface, pack);
    let mut lines = tables::assign(&mut outline, &mut hits, &sections, pack);
    let open_rows = codes::open_rows(&outline, &hits, pack, &lines.own);
    if open_rows.len() > limits.open_rows {
        return Err(Unreadable::TooLarge { what: Limit::OpenRows, limit: limits.open_rows as u64 });
    }
    let pack = if open_rows.is_empty() { Arc::clone(pack) } else { Arc::new(pack.with_rows(&open_rows)) };
    let targets = codes::targets(&pack);
    for (table, lines) in lines.own.iter().enumerate() {
        codes::mark(&mut outline, &mut hits, &pack, table, lines, &targets);
    }
    let (table_facts, figures) = tables::bind(&mut outline, hits, &sections, &pack, &mut lines, &start);
    title::name_agency(&mut titles, &pack, &figures);
    let facts = Facts {
        titles,
        periods,
        preface,
        sections: section_facts,
        tables: table_facts,
        figures,
        tables_only,
        formulas: &document.formulas,
        start,
    };
    Ok(Some(Bound { pack, facts }))
}
