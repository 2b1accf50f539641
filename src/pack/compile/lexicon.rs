//! The words of running text: names resolved to the rows of the form, and to the rules that judge them.

use std::ops::Range;

use super::super::error::{PackError, PackProblem};
use super::super::expression::{self, Item, Whose};
use super::super::form::Pack;
use super::super::lexicon::{Lexicon, Marks, Meaning, Name, NameKind, Role, RowSum, RowTerm, Topic};
use super::super::raw::{self, Spanned, prose};
use super::look_up::{fail, one_of, section, unknown};

/// The lexicon of a pack whose tables and rules are compiled.
pub(super) fn lexicon(pack: &Pack) -> Result<Lexicon, PackError> {
    let raw = pack.written.raw.text.as_ref().and_then(|text| text.lexicon.as_ref());
    let Some(raw) = raw else { return Ok(Lexicon::default()) };
    let mut words = Vec::new();
    for own in &raw.words {
        let role = one_of(own.role.get_ref(), &Role::ALL, &own.role.span())?;
        words.extend(own.words.iter().map(|word| (word.clone(), Meaning::Role(role))));
    }
    let is_anchor = |(_, meaning): &&(String, Meaning)| *meaning == Meaning::Role(Role::Anchor);
    let anchors: Vec<String> = words.iter().filter(is_anchor).map(|(word, _)| word.clone()).collect();
    for (index, own) in raw.names.iter().enumerate() {
        // 「依申请公开件」 holds 「依申请公开」.
        let is_sure = |word: &String| anchors.iter().any(|anchor| word.contains(anchor.as_str()));
        let meaning = |word| if is_sure(word) { Meaning::SureName(index) } else { Meaning::Name(index) };
        words.extend(own.words.iter().map(|word| (word.clone(), meaning(word))));
    }
    let topics = raw.topics.iter().map(|own| topic(own, pack)).collect::<Result<_, _>>()?;
    let mut names = raw.names.iter().map(|own| name(own, raw, pack)).collect::<Result<Vec<_>, _>>()?;
    for (rule, own) in pack.written.rules.iter().enumerate() {
        let raw::Rule::Prose(own) = &own.rule else { continue };
        for name in &own.counts {
            named(&mut names, name)?.counts = Some(rule);
        }
        for name in &own.none {
            named(&mut names, name)?.none = Some(rule);
        }
        for name in &own.all {
            named(&mut names, name)?.all = Some(rule);
        }
    }
    let marks = Marks { years: raw.years.clone(), months: raw.months.clone(), over: raw.over.clone() };
    Ok(Lexicon::new(words, raw.units.clone(), names, topics, marks))
}

fn topic(raw: &prose::Topic, pack: &Pack) -> Result<Topic, PackError> {
    let sections = raw.sections.iter().map(|number| section(number, pack)).collect::<Result<_, _>>()?;
    Ok(Topic { id: raw.id.clone(), words: raw.words.clone(), sections })
}

fn name(own: &prose::Name, lexicon: &prose::Lexicon, pack: &Pack) -> Result<Name, PackError> {
    let kind = one_of(own.kind.get_ref(), &NameKind::ALL, &own.kind.span())?;
    let topic = |word: &Spanned<String>| {
        let mut known = lexicon.topics.iter().map(|topic| topic.id.as_str());
        let all = lexicon.topics.iter().map(|topic| topic.id.as_str());
        known.position(|id| id == word.get_ref()).ok_or_else(|| unknown(word.get_ref(), all, &word.span()))
    };
    let ids = || lexicon.names.iter().map(|name| name.id.get_ref().as_str());
    let act = |word: &Spanned<String>| {
        ids().position(|id| id == word.get_ref()).ok_or_else(|| unknown(word.get_ref(), ids(), &word.span()))
    };
    let acts = own.acts.as_ref().map(|acts| acts.iter().map(act).collect::<Result<_, _>>());
    Ok(Name {
        acts: acts.transpose()?,
        id: own.id.get_ref().clone(),
        kind,
        rows: sums(&own.rows, pack)?,
        columns: own.columns.clone(),
        all_rows: sums(&own.all_rows, pack)?,
        all_columns: own.all_columns.clone(),
        wholes: sums(&own.wholes, pack)?,
        units: own.units.clone(),
        together: own.together,
        rest: own.rest,
        own: own.own,
        topics: own.topics.iter().map(topic).collect::<Result<_, _>>()?,
        counts: None,
        none: None,
        all: None,
    })
}

fn named<'n>(names: &'n mut [Name], word: &Spanned<String>) -> Result<&'n mut Name, PackError> {
    match names.iter().position(|name| name.id == *word.get_ref()) {
        Some(index) => Ok(&mut names[index]),
        None => Err(unknown(word.get_ref(), names.iter().map(|name| name.id.as_str()), &word.span())),
    }
}

/// A form that starts from another one may lack its rows; words for them then mean nothing.
fn sums(texts: &[Spanned<String>], pack: &Pack) -> Result<Vec<RowSum>, PackError> {
    let may_lack = pack.written.base.is_some();
    texts.iter().filter_map(|text| sum(text, may_lack, pack).transpose()).collect()
}

/// None where a row is not there, and may be lacking.
fn sum(text: &Spanned<String>, may_lack: bool, pack: &Pack) -> Result<Option<RowSum>, PackError> {
    // The span of a TOML string covers its quotation marks.
    let start = text.span().start + 1;
    let at = |span: &Range<usize>| start + span.start..start + span.end;
    let terms = expression::sum(text.get_ref())
        .map_err(|error| fail(PackProblem::Expression(error.problem), &at(&error.span)))?;
    let mut sum = RowSum::new();
    for term in terms {
        let Item::Name(path) = &term.item else { return Err(fail(PackProblem::Lacking("row"), &text.span())) };
        if term.whose != Whose::Own {
            return Err(fail(PackProblem::Lacking("row"), &text.span()));
        }
        match row(&path.name, pack) {
            Some((table, row)) => sum.push(RowTerm { factor: term.factor, table, row }),
            None if may_lack => return Ok(None),
            None => return Err(no_such_row(&path.name, &at(&path.span), pack)),
        }
    }
    Ok(Some(sum))
}

/// The table and the row of this id, the table's before the row's.
fn row(id: &str, pack: &Pack) -> Option<(usize, usize)> {
    pack.tables.iter().enumerate().find_map(|(index, table)| {
        let id = id.strip_prefix(&table.id)?.strip_prefix('.')?;
        Some((index, table.rows.iter().position(|row| row.id == id)?))
    })
}

fn no_such_row(id: &str, span: &Range<usize>, pack: &Pack) -> PackError {
    let ids = pack.tables.iter().flat_map(|table| table.rows.iter().map(|row| format!("{}.{}", table.id, row.id)));
    let ids: Vec<String> = ids.collect();
    unknown(id, ids.iter().map(String::as_str), span)
}
