//! Titles that only name a section: in a table of contents, a menu, a link, or in notes on how to fill in the form.

use std::collections::HashSet;

use super::{shared_line, weight};
use crate::align::Candidate;
use crate::bind::outline::Outline;
use crate::pack::Pack;

/// So many titles right behind each other, or each with a word below it, are more than one empty section.
const LIST: usize = 3;

/// A line that is the title of a section.
#[derive(Clone, Copy)]
struct Title {
    line: usize,
    section: usize,
    weight: u32,
    /// What is below it is the next title, or nothing.
    is_bare: bool,
    /// It only names the section.
    is_named: bool,
}

impl Title {
    /// Whether the form has the section without a table.
    fn is_of_text(&self, pack: &Pack) -> bool {
        pack.sections[self.section].tables.is_empty()
    }
}

/// Takes out the candidates that only name a section, as far as that is seen by those that are printed twice. Those for
/// which `is_unsure` holds may be part of a section, and say nothing of the others.
pub(super) fn take_out(
    candidates: &mut Vec<Candidate>,
    outline: &Outline<'_>,
    pack: &Pack,
    is_unsure: impl Fn(&Candidate) -> bool,
) {
    let has_own_text = |line: usize| !shared_line::texts(outline, line, pack).is_empty();
    let mut titles: Vec<Title> = Vec::new();
    for of_line in candidates.chunk_by(|one, next| one.item == next.item) {
        let sure = of_line.iter().filter(|candidate| candidate.weight >= weight::PLAIN && !is_unsure(candidate));
        titles.extend(sure.max_by_key(|candidate| candidate.weight).map(|surest| Title {
            line: surest.item,
            section: surest.target,
            weight: surest.weight,
            is_bare: surest.item + 1 == outline.lines.len() && !has_own_text(surest.item),
            is_named: false,
        }));
    }
    // Nearly always every title is there once, in order.
    if titles.is_sorted_by(|one, next| one.section < next.section) {
        return;
    }
    for index in 1..titles.len() {
        let line = titles[index - 1].line;
        titles[index - 1].is_bare = line + 1 == titles[index].line && !has_own_text(line);
    }
    mark_lists(&mut titles, pack);
    let (mut named, mut titles): (Vec<_>, Vec<_>) = titles.into_iter().partition(|title| title.is_named);
    mark_notes(&mut titles, outline, pack);
    named.extend(titles.into_iter().filter(|title| title.is_named));
    let named: HashSet<usize> = named.into_iter().map(|title| title.line).collect();
    candidates.retain(|candidate| !named.contains(&candidate.item));
}

/// Titles with nothing below them name the sections that have text below the same title elsewhere; and so do all of a list
/// in which one of them is. Sections of tables are passed over: their tables may be on sheets of their own.
fn mark_lists(titles: &mut [Title], pack: &Pack) {
    // For each section, how sure the surest of its titles is that has something below it.
    let mut filled = vec![0; pack.sections.len()];
    for title in titles.iter().filter(|title| !title.is_bare && title.is_of_text(pack)) {
        filled[title.section] = title.weight.max(filled[title.section]);
    }
    let goes_on = |one: &Title, next: &Title| one.line + 1 == next.line && one.section < next.section;
    for run in titles.chunk_by_mut(goes_on) {
        let names = |title: &Title| title.is_bare && filled[title.section] > 0;
        let is_list = run.len() >= LIST || run.len() > 1 && run.iter().all(|title| title.is_bare);
        if is_list && run.iter().any(names) {
            run.iter_mut().for_each(|title| title.is_named = true);
            continue;
        }
        for title in run.iter_mut().filter(|title| title.is_bare) {
            title.is_named = title.weight <= filled[title.section];
        }
    }
}

/// Where the sections of text are there twice, only those with the tables are the report's; the others may be notes on what
/// each section is to say.
fn mark_notes(titles: &mut [Title], outline: &Outline<'_>, pack: &Pack) {
    let ends: Vec<usize> = titles.iter().skip(1).map(|title| title.line).chain([outline.lines.len()]).collect();
    let goes_on = |one: &Title, next: &Title| one.section < next.section;
    let is_of_table = |line: usize| {
        let fields = outline.fields(&outline.lines[line]);
        fields.iter().any(|field| field.targets().iter().any(|target| target.table().is_some()))
    };
    let mut at = 0;
    // For each series of titles in order, which they are and how many lines of tables are among them.
    let series = titles.chunk_by(goes_on).map(|series| {
        let own = at..at + series.len();
        at = own.end;
        let lines = titles[own.start].line..ends[own.end - 1];
        (own, lines.filter(|&line| is_of_table(line)).count())
    });
    let series: Vec<_> = series.collect();
    let Some((report, lines)) = series.iter().max_by_key(|(_, lines)| *lines).cloned() else { return };
    if series.len() == 1 || lines == 0 {
        return;
    }
    let has_text = |title: &&Title| !title.is_bare && title.is_of_text(pack);
    let of_report: Vec<usize> = titles[report.clone()].iter().filter(has_text).map(|title| title.section).collect();
    for (own, _) in series.into_iter().filter(|(own, _)| *own != report && own.len() >= LIST) {
        let is_there_twice =
            titles[own.clone()].iter().filter(has_text).any(|title| of_report.contains(&title.section));
        if is_there_twice {
            titles[own].iter_mut().for_each(|title| title.is_named = true);
        }
    }
}
