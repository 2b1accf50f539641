//! From a pack as written to a pack as used. All validation is here; every mistake is reported with its span.

mod look_up;
mod extend;
mod form;
mod tables;
mod scope;
mod sums;
mod lexicon;
mod prose;
mod rulebook;
mod cases;

use std::sync::{Arc, OnceLock};

use super::core::Core;
use super::error::{PackError, PackProblem};
use super::form::{Pack, Years};
use super::labels::LabelIndex;
use super::open::OpenRow;
use super::raw::{self, Spanned};
use super::written::{Later, Trust, Written};
pub(super) use extend::{lay_over, over};
use look_up::fail;

/// Compiles a form; `known` are the packs it may extend.
///
/// # Errors
/// The first mistake found, with its place in `text`.
///
/// ```
/// use gouji::{PackProblem, builtin_packs, compile_pack};
///
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// let (core, known) = builtin_packs();
/// assert_eq!(compile_pack(PACK, core, known)?.id, "shelters");
///
/// // A mistake has its place in the TOML, and the nearest name that there is.
/// let text = PACK.replace("total = indoor + outdoor", "total = indoor + outdor");
/// let mistake = compile_pack(&text, core, known).unwrap_err();
/// assert_eq!(&text[mistake.span], "outdor");
/// assert!(matches!(mistake.problem, PackProblem::UnknownName { nearest: Some(name), .. } if name == "outdoor"));
/// # Ok::<(), gouji::PackError>(())
/// ```
pub fn compile(text: &str, core: &Arc<Core>, known: &[Arc<Pack>]) -> Result<Pack, PackError> {
    let mut raw: raw::Pack = toml::from_str(text)
        .map_err(|error| fail(PackProblem::Toml(error.message().to_owned()), &error.span().unwrap_or(0..0)))?;
    let trials = trials(raw.take_trials());
    let written = over(raw, trials, known, Trust::Untested)?;
    extend::check_codes(&written, known)?;
    compile_written(written, core)
}

/// Compiles a form that comes with the program. `form` is what its reports are recognised by and read with, `whole` the pack with
/// its rules.
pub(super) fn builtin(form: raw::Pack, whole: Later<Written>, core: &Arc<Core>) -> Result<Pack, PackError> {
    let form = Written {
        raw: form,
        rules: Vec::new(),
        trials: trials(raw::Trials::default()),
        trust: Trust::Tested,
        base: None,
    };
    compile_form(&form, Arc::new(whole), core)
}

/// Cases that were read with the rest.
fn trials(trials: raw::Trials) -> Arc<Later<raw::Trials>> {
    Arc::new(Later::new(Box::new(|| trials)))
}

fn compile_written(written: Written, core: &Arc<Core>) -> Result<Pack, PackError> {
    let trust = written.trust;
    let whole: Arc<Later<Written>> = Arc::new(Later::new(Box::new(|| written)));
    let mut pack = compile_form(&whole, Arc::clone(&whole), core)?;
    if trust == Trust::Untested {
        pack.rulebook = rulebook::compile(&pack)?.into();
        pack.cases = cases::compile(&pack)?.into();
    }
    Ok(pack)
}

/// All of a pack but what is compiled where it is asked for.
fn compile_form(written: &Written, whole: Arc<Later<Written>>, core: &Arc<Core>) -> Result<Pack, PackError> {
    let raw = &written.raw;
    let mut labels = LabelIndex::default();
    let (mut tables, figures) = tables::tables(written, core, &mut labels)?;
    let sections = form::sections(&raw.sections, &mut tables, &mut labels)?;
    for (index, (table, raw)) in tables.iter().zip(&raw.tables).enumerate() {
        tables::add_headers(index, table, &raw.captions, &mut labels);
    }
    Ok(Pack {
        id: raw.id.get_ref().clone(),
        name: raw.name.clone(),
        country: raw.country.clone(),
        title: raw.title.clone().unwrap_or_default(),
        source: raw.source.clone().unwrap_or_default(),
        family: raw.family.clone(),
        years: Years { from: raw.years.from, to: raw.years.to },
        core: Arc::clone(core),
        has_thousands: raw.thousands,
        marks: raw.marks.iter().map(form::mark).collect::<Result<_, _>>()?,
        identify: form::identify(written, &figures)?,
        sections,
        tables,
        figures,
        labels,
        rulebook: OnceLock::new(),
        cases: OnceLock::new(),
        written: whole,
    })
}

impl Pack {
    /// The pack with rows in its open blocks, as a document lists them: no two of a block with one code, or with one id below
    /// one name.
    ///
    /// # Errors
    /// Where the sums would take in too many figures.
    pub fn with_rows(&self, rows: &[OpenRow]) -> Result<Self, PackError> {
        let mut written = Written::clone(&self.written);
        written.trials = trials(raw::Trials::default());
        let id = |id: &String| Some(Spanned::new(0..0, id.clone()));
        // From the last on, so that the places of those before stay.
        let mut at_end = Vec::new();
        for row in rows.iter().rev() {
            let block = &mut written.raw.tables[row.table].blocks[row.block];
            let node = raw::Node { id: id(&row.code), label: row.label.clone(), ..raw::Node::default() };
            if self.tables[row.table].blocks[row.block].named.is_none() {
                at_end.push((row, raw::Node { code: Some(row.code.clone()), ..node }));
                continue;
            }
            let own = |(own, label): &(String, String)| raw::Node {
                id: id(own),
                label: label.clone(),
                ..raw::Node::default()
            };
            let below = match block.open.as_ref().map(|open| open.rows.as_slice()) {
                Some(rows @ [_, ..]) => rows.to_vec(),
                _ => row.below.iter().map(own).collect(),
            };
            block
                .rows
                .insert(row.at.min(block.rows.len()), raw::Node { rows: below, name: Some(row.code.clone()), ..node });
        }
        for (row, node) in at_end.into_iter().rev() {
            written.raw.tables[row.table].blocks[row.block].rows.push(node);
        }
        compile_written(written, &self.core)
    }
}
