//! From a pack as written to a pack as used. All validation is here; every mistake is reported with its span.

mod look_up;
mod extend;
mod form;
mod tables;
mod scope;
mod sums;
mod lexicon;
mod prose;
mod cases;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::core::Core;
use super::error::{PackError, PackProblem};
use super::form::{OpenRow, Pack, Years};
use super::keywords::{Keywords, Sought};
use super::labels::LabelIndex;
use super::raw::{self, Spanned};
use super::rule::{Check, Needed, Rule, Statement};
use super::severity::Severity;
use super::written::{Trust, Written};
use look_up::{fail, pattern, section, severity, table};

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
    compile_text(text, core, known, Trust::Untested)
}

/// Compiles a form that comes with the program.
pub(super) fn builtin(text: &str, core: &Arc<Core>, known: &[Arc<Pack>]) -> Result<Pack, PackError> {
    compile_text(text, core, known, Trust::Tested)
}

fn compile_text(text: &str, core: &Arc<Core>, known: &[Arc<Pack>], trust: Trust) -> Result<Pack, PackError> {
    let raw: raw::Pack = toml::from_str(text)
        .map_err(|error| fail(PackProblem::Toml(error.message().to_owned()), &error.span().unwrap_or(0..0)))?;
    compile_written(extend::over(raw, known, trust)?, core)
}

fn compile_written(written: Written, core: &Arc<Core>) -> Result<Pack, PackError> {
    let written = Arc::new(written);
    let raw = &written.raw;
    let mut labels = LabelIndex::default();
    let (mut tables, figures) = tables::tables(&written, core, &mut labels)?;
    let sections = form::sections(&raw.sections, &mut tables, &mut labels)?;
    for (index, (table, raw)) in tables.iter().zip(&raw.tables).enumerate() {
        tables::add_headers(index, table, &raw.captions, &mut labels);
    }
    check_codes(&written, core)?;
    let mut pack = Pack {
        id: raw.id.get_ref().clone(),
        name: raw.name.clone(),
        title: raw.title.clone().unwrap_or_default(),
        source: raw.source.clone().unwrap_or_default(),
        family: raw.family.clone(),
        years: Years { from: raw.years.from, to: raw.years.to },
        core: Arc::clone(core),
        identify: form::identify(&written, &figures)?,
        sections,
        tables,
        figures,
        rules: Vec::new(),
        sums: Vec::new(),
        sums_across: Vec::new(),
        mentions: Vec::new(),
        text: prose::text(&written)?,
        labels,
        cases: OnceLock::new(),
        written: Arc::clone(&written),
    };
    for own in &written.rules {
        let rule = rule(&own.rule, &mut pack).map_err(|error| written.at_home(error, own))?;
        pack.rules.push(Arc::new(rule));
    }
    let about_text = || {
        let rules = pack.rules.iter().map(|rule| (rule.index, &rule.check));
        rules.filter_map(|(index, check)| if let Check::Prose(prose) = check { Some((index, prose)) } else { None })
    };
    pack.mentions = about_text().flat_map(|(rule, prose)| prose::mentions(prose, rule)).collect();
    pack.text.lexicon = lexicon::lexicon(&pack)?;
    let about = about_text().flat_map(|(rule, prose)| prose.about.iter().map(move |word| (word.as_str(), rule)));
    let about = about.map(|(word, rule)| (word, Sought::Rule(rule)));
    let telling = pack.text.lexicon.telling().map(|(word, telling)| (word, Sought::Tells(telling)));
    pack.text.sought = Keywords::new(about.chain(telling));
    if written.trust == Trust::Untested {
        pack.cases = cases::compile(&pack)?.into();
    }
    Ok(pack)
}

/// The next rule of a pack; the instances of a sum are added to the pack.
fn rule(raw: &raw::Rule, pack: &mut Pack) -> Result<Rule, PackError> {
    let word = |word: &Spanned<String>| severity(word.get_ref(), &word.span());
    let (kind, severity, check): (&str, Severity, Check) = match raw {
        raw::Rule::Sum(own) => {
            let severity = sums::add(own, pack)?;
            let kind = own.kind.as_deref().unwrap_or("broken-sum");
            (kind, severity, Check::Sum { holds: own.holds.get_ref().clone() })
        }
        raw::Rule::Statement(own) => {
            ("missing-statement", word(&own.severity)?, Check::Statement(statement(own, pack)?))
        }
        raw::Rule::ProseSum(own) => ("prose-sum", word(&own.severity)?, Check::ProseSum(prose::sum(own, pack)?)),
        raw::Rule::Prose(own) => {
            (own.kind.get_ref().as_str(), word(&own.severity)?, Check::Prose(prose::prose(own, pack)?))
        }
    };
    let header = raw.header();
    Ok(Rule {
        code: header.code.get_ref().clone(),
        name: header.name.get_ref().clone(),
        kind: kind.to_owned(),
        severity,
        says: header.says.clone(),
        why: header.why.cloned().unwrap_or_default(),
        source: header.source.to_owned(),
        pack: pack.id.clone(),
        index: pack.rules.len(),
        check,
    })
}

/// Something a report must say.
fn statement(raw: &raw::Statement, pack: &Pack) -> Result<Statement, PackError> {
    let needed = match (&raw.section, &raw.table) {
        (Some(number), None) => Needed::InSection(section(number, pack)?),
        (None, Some(id)) => Needed::ForEmptyTable(table(id, pack)?),
        _ => return Err(fail(PackProblem::Lacking("section / table"), &raw.code.span())),
    };
    let trust = pack.written.trust;
    let patterns = raw.needs.iter().map(|need| Ok((pattern(&need.pattern, &[], trust)?, need.words.clone())));
    Ok(Statement { needed, patterns: patterns.collect::<Result<_, _>>()? })
}

/// Codes and names are how people speak of rules: each means one.
fn check_codes(written: &Written, core: &Core) -> Result<(), PackError> {
    let mut seen: HashSet<&str> = core.rules.iter().flat_map(|rule| [rule.code.as_str(), &rule.name]).collect();
    let headers = written.rules.iter().map(|own| own.rule.header());
    for word in headers.flat_map(|header| [header.code, header.name]) {
        if !seen.insert(word.get_ref()) {
            return Err(fail(PackProblem::Doubled(word.get_ref().clone()), &word.span()));
        }
    }
    Ok(())
}

impl Pack {
    /// The pack with rows in its open blocks, as a document lists them: no two of a block with one code.
    pub fn with_rows(&self, rows: &[OpenRow]) -> Self {
        let mut written = (*self.written).clone();
        written.raw.cases.clear();
        for row in rows {
            written.raw.tables[row.table].blocks[row.block].rows.push(raw::Node {
                id: Some(Spanned::new(0..0, row.code.clone())),
                label: row.label.clone(),
                code: Some(row.code.clone()),
                ..raw::Node::default()
            });
        }
        compile_written(written, &self.core).expect("a sound pack is sound with other rows")
    }
}
