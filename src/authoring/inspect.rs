//! Whether a rule pack is sound: its mistakes, what is suspicious, how well its equations protect its figures, and the
//! results of its cases.

mod equation;
mod labels;
mod modular;
mod lengths;
mod patterns;
mod recognition;
mod remark;
mod rules;
mod strength;
mod unwatched;

use std::sync::Arc;

use crate::authoring::verify::{self, Verdict};
use crate::message::Message;
use crate::pack::{Pack, PackError, Severity, compile, compile_all, raw};
pub use recognition::Known;
pub use remark::Remark;
pub use strength::{Distance, Strength, strengths};

/// A case with what came of it.
#[derive(Debug, Clone)]
pub struct CaseOutcome {
    /// Code of the rule.
    pub rule: String,
    pub verdict: Verdict,
}

/// All that is known of a sound pack.
#[derive(Debug)]
pub struct Inspection {
    pub pack: Arc<Pack>,
    /// Warnings before advice, each in the order of the text.
    pub remarks: Vec<Remark>,
    pub strengths: Vec<Strength>,
    /// Figures that no rule looks at, a sentence a table.
    pub unwatched: Vec<Message>,
    pub cases: Vec<CaseOutcome>,
}

impl Inspection {
    /// The cases that do not hold.
    pub fn failures(&self) -> impl Iterator<Item = &CaseOutcome> {
        self.cases.iter().filter(|case| case.verdict != Verdict::Validated)
    }
}

/// Inspects the pack `text` among the packs that are `known`.
///
/// # Errors
/// All mistakes that could be found, when there is any.
pub fn inspect(text: &str, known: &Known<'_>) -> Result<Inspection, Vec<PackError>> {
    let pack = Arc::new(compile_all(text, |text| compile(text, known.core, known.packs))?);
    let raw: raw::Pack = toml::from_str(text).expect("it has just been compiled");
    let mut remarks = Vec::new();
    sections(&raw, &pack, &mut remarks);
    labels::look(&raw, &mut remarks);
    patterns::look(&raw, &mut remarks);
    lengths::look(&raw, &mut remarks);
    rules::look(&raw, &pack, &mut remarks);
    recognition::look(&raw, &pack, known, &mut remarks);
    remarks.sort_by_key(|remark| (std::cmp::Reverse(remark.severity), remark.spans.first().map(|span| span.start)));
    let outcome = |(case, verdict): (&crate::pack::Case, Verdict)| CaseOutcome { rule: case.rule.clone(), verdict };
    Ok(Inspection {
        remarks,
        strengths: strengths(&pack),
        unwatched: unwatched::unwatched(&pack),
        cases: verify::cases(&pack, known.packs).into_iter().map(outcome).collect(),
        pack,
    })
}

/// Where a form has sections, every table is in one.
fn sections(raw: &raw::Pack, pack: &Pack, remarks: &mut Vec<Remark>) {
    if pack.sections.is_empty() {
        return;
    }
    for table in pack.tables.iter().filter(|table| table.section.is_none()) {
        let Some(own) = raw.tables.iter().find(|own| *own.id.get_ref() == table.id) else { continue };
        let message = Message::new("inspect.table-in-no-section").with("table", table.name.as_str());
        remarks.push(Remark::new(Severity::Warning, message, own.id.span()));
    }
}
