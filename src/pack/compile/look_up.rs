//! Resolves words and names of a pack; a mistake is reported at its place.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::super::error::{PackError, PackProblem};
use super::super::form::{Figure, Pack};
use super::super::pattern::Pattern;
use super::super::raw::Spanned;
use super::super::severity::Severity;
use super::super::written::Trust;
use crate::label::likeness;

/// The section of this official number.
pub fn section(number: &Spanned<u32>, pack: &Pack) -> Result<usize, PackError> {
    let index = (*number.get_ref() as usize).wrapping_sub(1);
    if index < pack.sections.len() {
        return Ok(index);
    }
    let numbers: Vec<_> = (1..=pack.sections.len()).map(|number| number.to_string()).collect();
    Err(unknown(&number.get_ref().to_string(), numbers.iter().map(String::as_str), &number.span()))
}

/// The table of this id.
pub fn table(id: &Spanned<String>, pack: &Pack) -> Result<usize, PackError> {
    let known = || pack.tables.iter().map(|table| table.id.as_str());
    known().position(|known| known == id.get_ref()).ok_or_else(|| unknown(id.get_ref(), known(), &id.span()))
}

/// The figure of this id.
pub fn figure(id: &Spanned<String>, figures: &[Figure]) -> Result<usize, PackError> {
    let known = || figures.iter().map(|figure| figure.id.as_str());
    known().position(|known| known == id.get_ref()).ok_or_else(|| unknown(id.get_ref(), known(), &id.span()))
}

pub fn severity(text: &str, span: &Range<usize>) -> Result<Severity, PackError> {
    one_of(text, &Severity::ALL, span)
}

/// What a word means, of those that are allowed here.
pub fn one_of<T: Copy>(word: &str, all: &[(&'static str, T)], span: &Range<usize>) -> Result<T, PackError> {
    let known = all.iter().find(|(known, _)| *known == word);
    let problem = || PackProblem::NotOneOf { found: word.to_owned(), allowed: words(all) };
    known.map(|(_, meaning)| *meaning).ok_or_else(|| fail(problem(), span))
}

fn words<T>(all: &[(&'static str, T)]) -> String {
    all.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

pub fn pattern(text: &Spanned<String>, groups: &[&'static str], trust: Trust) -> Result<Pattern, PackError> {
    let pattern = shared(text.get_ref(), trust)
        .map_err(|error| fail(PackProblem::Pattern(error.to_string().replace('\n', " ")), &text.span()))?;
    if trust == Trust::Tested {
        return Ok(pattern);
    }
    for group in groups {
        if !pattern.capture_names().flatten().any(|name| name == *group) {
            return Err(fail(PackProblem::MissingGroup(group), &text.span()));
        }
    }
    Ok(pattern)
}

/// Patterns are shared: a pack with open rows is compiled anew for each report.
fn shared(text: &str, trust: Trust) -> Result<Pattern, regex::Error> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Pattern>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pattern) = known.get(text) {
        return Ok(pattern.clone());
    }
    let pattern = if trust == Trust::Tested { Pattern::known(text) } else { Pattern::new(text)? };
    known.insert(text.to_owned(), pattern.clone());
    Ok(pattern)
}

pub fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>, span: &Range<usize>) -> PackError {
    let nearest = known.map(|known| (likeness(name, known), known)).max().filter(|(score, _)| *score >= 50);
    let nearest = nearest.map(|(_, known)| known.to_owned());
    fail(PackProblem::UnknownName { name: name.to_owned(), nearest }, span)
}

pub fn fail(problem: PackProblem, span: &Range<usize>) -> PackError {
    PackError { problem, span: span.clone() }
}
