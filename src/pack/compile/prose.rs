//! Rules about running text: patterns put together from their parts, readings resolved to figures.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::super::error::{PackError, PackProblem};
use super::super::expression::{self, Item, Path, Whose};
use super::super::form::{Pack, Table};
use super::super::keywords::Keywords;
use super::super::lexicon::Lexicon;
use super::super::operand::{addend, operand as operand_of};
use super::super::pattern::Pattern;
use super::super::prose::{
    Claim, Conditions, Judges, ListPatterns, Mention, Operand, Prose, ProseKind, ProseSum, Reading, Subject, Term,
    Test, Text,
};
use super::super::raw::{Spanned, prose as raw};
use super::super::written::{Trust, Written};
use super::look_up::{fail, one_of, pattern, section, unknown};

/// How running text is read, but for the lexicon and the words that are looked for.
pub(super) fn text(written: &Written) -> Result<Text, PackError> {
    let Some(raw) = &written.raw.text else { return Ok(Text::default()) };
    let words = Words::new(written);
    let subject = |subject: &raw::Subject| {
        let organization = words.optional(subject.organization.as_ref())?;
        Ok(Subject { pattern: words.pattern(&subject.pattern, &[])?, organization })
    };
    Ok(Text {
        year: raw.year.as_ref().map(|year| words.pattern(year, &["year"])).transpose()?,
        unless_before: words.optional(raw.unless_before.as_ref())?,
        head: raw.head.as_ref().map(|head| words.pattern(head, &["subject"])).transpose()?,
        subjects: raw.subjects.iter().map(subject).collect::<Result<_, _>>()?,
        boilerplate: words.optional(raw.boilerplate.as_ref())?,
        sought: Keywords::default(),
        lexicon: Lexicon::default(),
        places: raw.places.iter().map(|place| words.pattern(place, &[])).collect::<Result<_, _>>()?,
    })
}

/// Numbers of the text against each other.
pub(super) fn sum(raw: &raw::ProseSum, pack: &Pack) -> Result<ProseSum, PackError> {
    let trust = pack.written.trust;
    let judges = raw.judges.as_ref().map(|word| one_of(word.get_ref(), &Judges::ALL, &word.span())).transpose()?;
    let judges = judges.unwrap_or(Judges::Lists);
    let Some(own) = &raw.pattern else { return Ok(ProseSum { judges, list: None }) };
    let part = |text: &Option<Spanned<String>>, name, groups: &[&'static str]| match text {
        Some(text) => pattern(text, groups, trust),
        None => Err(fail(PackProblem::Lacking(name), &own.span())),
    };
    let list = ListPatterns {
        pattern: pattern(own, &["total", "unit", "list"], trust)?,
        item: part(&raw.item, "item", &["part", "unit"])?,
        open: part(&raw.open, "open", &[])?,
        partial: part(&raw.partial, "partial", &[])?,
        doubt: part(&raw.doubt, "doubt", &[])?,
    };
    Ok(ProseSum { judges, list: Some(list) })
}

/// A rule about sentences.
pub(super) fn prose(raw: &raw::Prose, pack: &Pack) -> Result<Prose, PackError> {
    let kind = one_of(raw.kind.get_ref(), &ProseKind::ALL, &raw.kind.span())?;
    let words = Words::new(&pack.written);
    let claims = raw.claims.iter().map(|raw| claim(raw, kind, &words, pack)).collect::<Result<_, _>>()?;
    let conditions = words.conditions(raw.only.as_ref(), raw.unless.as_ref(), raw.unless_before.as_ref())?;
    Ok(Prose { about: raw.about.clone(), conditions, claims })
}

/// The figures that the claims of a rule state; `index` is its place among the rules of the pack.
pub(super) fn mentions(prose: &Prose, index: usize) -> impl Iterator<Item = Mention> {
    prose.claims.iter().filter_map(move |claim| mention(claim, index))
}

fn claim(raw: &raw::Claim, kind: ProseKind, words: &Words<'_>, pack: &Pack) -> Result<Claim, PackError> {
    let groups: &[&'static str] = match kind {
        ProseKind::Figure if raw.states.is_some() => &[],
        ProseKind::Figure if raw.shares.is_empty() => &["number"],
        ProseKind::Figure => &["number", "share"],
        ProseKind::Year => &["year"],
        ProseKind::Organization => &["organization"],
        ProseKind::Never => &[],
    };
    let pattern = words.pattern(&raw.pattern, groups)?;
    let readings = |texts: &[Spanned<String>]| {
        texts.iter().map(|text| reading(text, &pattern, pack)).collect::<Result<Vec<_>, PackError>>()
    };
    let test = match kind {
        ProseKind::Figure => Test::Figure {
            states: raw.states.map(Decimal::from),
            readings: readings(&raw.readings)?,
            shares: readings(&raw.shares)?,
        },
        ProseKind::Year => Test::Year,
        ProseKind::Organization => Test::Organization,
        ProseKind::Never => Test::Never,
    };
    let sections = raw.sections.iter().map(|number| section(number, pack)).collect::<Result<_, _>>()?;
    let conditions = words.conditions(raw.only.as_ref(), raw.unless.as_ref(), raw.unless_before.as_ref())?;
    Ok(Claim { pattern, sections, conditions, test })
}

/// The figure that a claim of a rule most likely states, where that is one.
fn mention(claim: &Claim, rule: usize) -> Option<Mention> {
    let Test::Figure { states: None, readings, .. } = &claim.test else { return None };
    let [Term { factor, operand: Operand::Figures { addends, .. } }] = readings.first()?.terms.as_slice() else {
        return None;
    };
    let [addend] = addends.as_slice() else { return None };
    let is_single = *factor == Decimal::ONE && addend.parts.is_empty();
    is_single.then(|| Mention { pattern: claim.pattern.clone(), figure: addend.figure, rule })
}

fn reading(text: &Spanned<String>, pattern: &Pattern, pack: &Pack) -> Result<Reading, PackError> {
    // The span of a TOML string covers its quotation marks.
    let start = text.span().start + 1;
    let at = |span: &Range<usize>| start + span.start..start + span.end;
    let terms = expression::sum(text.get_ref())
        .map_err(|error| fail(PackProblem::Expression(error.problem), &at(&error.span)))?;
    let term = |term: expression::Term| {
        let operand = match &term.item {
            Item::Name(path) if term.whose == Whose::Own => operand(path, pattern, pack),
            Item::Range(from, to) if term.whose == Whose::Own => range(from, to, pack),
            // What other reports say is not at hand where a text is read.
            _ => Ok(Operand::Unknown),
        };
        let operand = operand.map_err(|error| PackError { span: at(&error.span), ..error })?;
        Ok(Term { factor: term.factor, operand })
    };
    Ok(Reading { terms: terms.into_iter().map(term).collect::<Result<_, _>>()? })
}

/// What a name means: a number of the sentence, a figure, or a group of rows in a column.
fn operand(path: &Path, pattern: &Pattern, pack: &Pack) -> Result<Operand, PackError> {
    // Figures have a dot in their names, groups none.
    if !path.name.contains('.') && pattern.capture_names().flatten().any(|group| group == path.name) {
        return Ok(Operand::Said(path.name.clone()));
    }
    if let Some(figures) = pack.tables.iter().find_map(|table| figures(&path.name, table)) {
        return Ok(figures);
    }
    let groups = pattern.capture_names().flatten();
    let known = groups.chain(pack.figures.iter().map(|figure| figure.id.as_str()));
    Err(unknown(&path.name, known, &path.span))
}

/// The figure of this id, or those of the rows of the group of this id.
fn figures(id: &str, table: &Table) -> Option<Operand> {
    let (row, column) = id.strip_prefix(&table.id)?.strip_prefix('.')?.rsplit_once('.')?;
    let row = table.rows.iter().position(|known| known.id == row)?;
    operand_of(table, row, column)
}

/// All figures from one to another.
fn range(from: &Path, to: &Path, pack: &Pack) -> Result<Operand, PackError> {
    let known = || pack.figures.iter().map(|figure| figure.id.as_str());
    let find =
        |path: &Path| known().position(|id| id == path.name).ok_or_else(|| unknown(&path.name, known(), &path.span));
    let (first, last) = (find(from)?, find(to)?);
    if last < first {
        return Err(fail(PackProblem::BackwardRange, &to.span));
    }
    let table = &pack.tables[pack.figures[first].table];
    let column = |figure: usize| &table.columns[pack.figures[figure].column].place;
    let row = &table.rows[pack.figures[first].row].place;
    let words = format!("{row} · {}～{}", column(first), column(last));
    Ok(Operand::Figures { addends: (first..=last).map(addend).collect(), table: table.name.clone(), words })
}

/// Parts that patterns are put together from.
struct Words<'w> {
    parts: Option<&'w BTreeMap<String, Spanned<String>>>,
    trust: Trust,
}

impl<'w> Words<'w> {
    fn new(written: &'w Written) -> Self {
        Self { parts: written.raw.text.as_ref().map(|text| &text.words), trust: written.trust }
    }

    /// The pattern with `{name}` replaced; counts such as `{2,3}` are none.
    fn pattern(&self, text: &Spanned<String>, groups: &[&'static str]) -> Result<Pattern, PackError> {
        let whole = self.put_in(text.get_ref(), &text.span(), 0)?;
        pattern(&Spanned::new(text.span(), whole), groups, self.trust)
    }

    fn optional(&self, text: Option<&Spanned<String>>) -> Result<Option<Pattern>, PackError> {
        text.map(|text| self.pattern(text, &[])).transpose()
    }

    fn conditions(
        &self,
        only: Option<&Spanned<String>>,
        unless: Option<&Spanned<String>>,
        unless_before: Option<&Spanned<String>>,
    ) -> Result<Conditions, PackError> {
        Ok(Conditions {
            only: self.optional(only)?,
            unless: self.optional(unless)?,
            unless_before: self.optional(unless_before)?,
        })
    }

    fn put_in(&self, text: &str, span: &Range<usize>, depth: usize) -> Result<String, PackError> {
        const MAX_DEPTH: usize = 8;
        if depth > MAX_DEPTH {
            return Err(fail(PackProblem::Expression(expression::Problem::TooDeep), span));
        }
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            whole.push_str(before);
            let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let Some((name, behind)) = after.split_once('}').filter(|(name, _)| is_name(name)) else {
                whole.push('{');
                rest = after;
                continue;
            };
            let Some(part) = self.parts.and_then(|parts| parts.get(name)) else {
                return Err(unknown(name, self.parts.into_iter().flatten().map(|(name, _)| name.as_str()), span));
            };
            whole.push_str(&self.put_in(part.get_ref(), &part.span(), depth + 1)?);
            rest = behind;
        }
        whole.push_str(rest);
        Ok(whole)
    }
}
