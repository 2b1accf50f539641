//! A draft of a rule pack from a blank form: sections, tables and labels as the form prints them, with ids to be renamed
//! and sums to be decided on. What cannot be read off a form is left to its author.

mod columns;
mod form;
mod grid;
mod layout;
mod nest;
mod node;
mod title;
mod tree;
mod words;
mod write;

use crate::document::Document;
use crate::message::Language;
use crate::pack::Core;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The pack as TOML.
    pub text: String,
    pub sections: usize,
    pub tables: usize,
}

/// Drafts the pack `id` from a form; comments in it are in `language`.
pub fn draft(document: &Document<'_>, id: &str, core: &Core, language: Language) -> Draft {
    let form = form::form(document);
    Draft { text: write::write(&form, id, core, language), sections: form.sections.len(), tables: form.tables.len() }
}
