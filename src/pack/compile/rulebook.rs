//! What the reports of a form are held to: its rules, with the instances of its sums, and the words of running text.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::core::Core;
use super::super::error::{PackError, PackProblem};
use super::super::form::{Pack, Rulebook};
use super::super::keywords::{Keywords, Sought};
use super::super::prose::Text;
use super::super::raw::{self, Spanned};
use super::super::rule::{Check, Needed, Rule, Statement};
use super::super::severity::Severity;
use super::super::written::Written;
use super::look_up::{fail, pattern, section, severity, table};
use super::{lexicon, prose, sums};

impl Pack {
    /// What its reports are held to.
    pub(in crate::pack) fn rulebook(&self) -> &Rulebook {
        self.rulebook.get_or_init(|| compile(self).expect("a test compiles the rules of every pack"))
    }
}

/// The rules of a pack.
pub(super) fn compile(pack: &Pack) -> Result<Rulebook, PackError> {
    let written = &pack.written;
    check_codes(written, &pack.core)?;
    let in_sums = vec![false; pack.figures.len()];
    let mut book = Rulebook { text: prose::text(written)?, in_sums, ..Rulebook::default() };
    let at_most = written.raw.at_most.as_ref().map(|word| severity(word.get_ref(), &word.span())).transpose()?;
    for own in &written.rules {
        let (sums, across) = (book.sums.len(), book.sums_across.len());
        let mut rule = rule(&own.rule, pack, &mut book).map_err(|error| written.at_home(error, own))?;
        if let Some(most) = at_most {
            rule.severity = rule.severity.min(most);
            for sum in book.sums[sums..].iter_mut().chain(&mut book.sums_across[across..]) {
                sum.severity = sum.severity.min(most);
            }
        }
        book.rules.push(Arc::new(rule));
    }
    let about_text = || {
        let rules = book.rules.iter().map(|rule| (rule.index, &rule.check));
        rules.filter_map(|(index, check)| if let Check::Prose(prose) = check { Some((index, prose)) } else { None })
    };
    book.mentions = about_text().flat_map(|(rule, prose)| prose::mentions(prose, rule)).collect();
    let lexicon = lexicon::lexicon(pack)?;
    let about = about_text().flat_map(|(rule, prose)| prose.about.iter().map(move |word| (word.as_str(), rule)));
    let about = about.map(|(word, rule)| (word, Sought::Rule(rule)));
    let telling = lexicon.telling().map(|(word, telling)| (word, Sought::Tells(telling)));
    let sought = Keywords::new(about.chain(telling));
    book.text = Text { sought, lexicon, ..book.text };
    Ok(book)
}

/// The next rule of a pack; the instances of a sum are added, too.
fn rule(raw: &raw::Rule, pack: &Pack, book: &mut Rulebook) -> Result<Rule, PackError> {
    let word = |word: &Spanned<String>| severity(word.get_ref(), &word.span());
    let (kind, severity, check): (&str, Severity, Check) = match raw {
        raw::Rule::Sum(own) => {
            let severity = sums::add(own, pack, book)?;
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
        index: book.rules.len(),
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
