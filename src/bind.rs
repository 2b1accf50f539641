//! Which form a document follows, and which of its cells is which figure: from labels and positions to [`Facts`], once
//! for all formats.

mod columns;
mod figure;
mod header;
mod identify;
mod joined;
mod loose;
mod outline;
mod rows;
mod sections;
mod tables;
mod title;
mod vocabulary;

use std::sync::Arc;

use crate::document::{Document, Format};
use crate::facts::Facts;
use crate::pack::{Core, Pack};
use outline::Outline;
pub use vocabulary::Vocabulary;

/// A document bound to the form it follows.
#[derive(Debug)]
pub struct Bound<'d> {
    pub pack: Arc<Pack>,
    pub facts: Facts<'d>,
}

/// Binds `document` to the one of `packs` whose labels it prints the most; none where it is no form of theirs.
pub fn bind<'d>(
    document: &'d Document<'d>,
    core: &Core,
    packs: &[Arc<Pack>],
    vocabulary: &'d Vocabulary,
) -> Option<Bound<'d>> {
    let mut outline = Outline::new(document, core, vocabulary);
    if document.format == Format::Text || document.has_no_table() {
        loose::tighten(&mut outline, core);
    }
    let (pack, hits) = identify::identify(&outline, packs, vocabulary)?;
    let sections = sections::find(&outline, &hits, pack);
    let start = document.start();
    let titles = title::titles(&outline, &sections, pack);
    let (section_facts, preface) = sections::facts(&outline, &sections, pack, &start);
    let periods = title::periods(&preface, &section_facts, pack);
    let tables_only = sections::is_tables_only(&section_facts, &preface, pack);
    let (table_facts, figures) = tables::bind(&mut outline, hits, &sections, pack, &start);
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
    Some(Bound { pack: Arc::clone(pack), facts })
}
