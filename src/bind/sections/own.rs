//! Which titles are the report's own, where titles of another report, of an example or of last year's are in its file, too.

use super::above::Above;
use super::{shared_line, weight};
use crate::align::{Candidate, in_order};
use crate::bind::outline::{LineKind, Outline};
use crate::pack::Pack;

/// Titles are numbered where so many of them are.
pub(super) const NUMBERED_TITLES: usize = 3;

/// What is the report's own.
#[derive(Debug)]
pub(super) struct Own {
    /// From its title to where another one begins.
    pub lines: std::ops::Range<usize>,
    /// The first line of each stretch with sections that are not the report's.
    pub apart: Vec<usize>,
}

/// A line that is surely the title of a section, of whatever report.
#[derive(Debug, Clone, Copy)]
struct Title {
    line: usize,
    section: usize,
    /// The lines below it, up to the next title.
    below: usize,
    is_heading: bool,
    /// Nothing is below it, or beside it.
    is_bare: bool,
}

/// Titles of one report.
#[derive(Debug, Default)]
struct Group {
    /// The line that says whose it is, if one does.
    named: Option<usize>,
    titles: Vec<Title>,
}

impl Group {
    fn start(&self) -> usize {
        self.named.unwrap_or(self.titles[0].line)
    }
}

/// What titles in order are to those before them, the first of which is a later section.
enum Relation {
    /// Sections of the same report in another order.
    SameReport,
    /// The first ones only repeat titles; then the report goes on. So many are these.
    GoesOn(usize),
    Another,
}

/// Keeps the candidates of the report's own sections. Candidates for which `is_unsure` holds may be part of a section.
pub(super) fn keep(
    candidates: &mut Vec<Candidate>,
    outline: &Outline<'_>,
    pack: &Pack,
    is_unsure: impl Fn(&Candidate) -> bool,
) -> Own {
    let count = outline.lines.len();
    let all = sure(candidates, outline, pack, is_unsure);
    let titles = without_odd(all.clone());
    let groups = groups(&titles, outline, pack);
    let held: usize = groups.iter().map(|group| group.titles.len()).sum();
    if groups.len() <= 1 && held == all.len() {
        return Own { lines: 0..count, apart: Vec::new() };
    }
    let best = (0..groups.len()).max_by_key(|&at| {
        let of_group = &groups[at].titles;
        (of_group.iter().filter(|title| is_filled(title, outline, pack)).count(), of_group.len(), groups.len() - at)
    });
    let Some(best) = best else { return Own { lines: 0..count, apart: Vec::new() } };
    let own = &groups[best];
    let lines = own.named.filter(|_| best > 0).unwrap_or(0)..groups.get(best + 1).map_or(count, Group::start);
    let is_own = |line: usize| {
        let is_title = all.binary_search_by_key(&line, |title| title.line).is_ok();
        lines.contains(&line) && (!is_title || own.titles.iter().any(|title| title.line == line))
    };
    candidates.retain(|candidate| is_own(candidate.item));
    let has_text = |group: &&Group| group.titles.iter().any(|title| !title.is_bare && is_of_text(title, pack));
    let others = groups.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, group)| group);
    Own { lines, apart: others.filter(has_text).map(Group::start).collect() }
}

/// The titles that are surely such, as one that is misprinted or without its number is not where the others are numbered.
fn sure(
    candidates: &[Candidate],
    outline: &Outline<'_>,
    pack: &Pack,
    is_unsure: impl Fn(&Candidate) -> bool,
) -> Vec<Title> {
    let numbered = candidates.iter().filter(|candidate| candidate.weight == weight::NUMBERED).count();
    let least = if numbered >= NUMBERED_TITLES { weight::NUMBERED } else { weight::PLAIN };
    let mut titles: Vec<Title> = Vec::new();
    for of_line in candidates.chunk_by(|one, next| one.item == next.item) {
        let sure = of_line.iter().filter(|candidate| candidate.weight >= least && !is_unsure(candidate));
        titles.extend(sure.max_by_key(|candidate| candidate.weight).map(|surest| Title {
            line: surest.item,
            section: surest.target,
            below: outline.lines.len() - surest.item - 1,
            is_heading: outline.lines[surest.item].kind == LineKind::Heading,
            is_bare: false,
        }));
    }
    for index in 1..titles.len() {
        titles[index - 1].below = titles[index].line - titles[index - 1].line - 1;
    }
    for title in titles.iter_mut().filter(|title| title.below == 0) {
        title.is_bare = shared_line::texts(outline, title.line, pack).is_empty();
    }
    titles
}

/// The titles without those that are out of order and written in another way than most, as what a note or a code block says of
/// a section is.
fn without_odd(titles: Vec<Title>) -> Vec<Title> {
    if is_ascending(&titles) {
        return titles;
    }
    let headings = titles.iter().filter(|title| title.is_heading).count();
    if headings.max(titles.len() - headings) < NUMBERED_TITLES {
        return titles;
    }
    let is_usual = |title: &Title| title.is_heading == (headings * 2 > titles.len());
    let candidate = |(item, title): (usize, &Title)| Candidate {
        item,
        target: title.section,
        weight: 2 + u32::from(is_usual(title)),
    };
    let chosen: Vec<Candidate> = titles.iter().enumerate().map(candidate).collect();
    let sections = titles.iter().map(|title| title.section + 1).max().unwrap_or(0);
    let chosen: Vec<usize> = in_order(&chosen, sections).iter().map(|chosen| chosen.item).collect();
    let is_kept = |(at, title): &(usize, &Title)| is_usual(title) || chosen.contains(at);
    titles.iter().enumerate().filter(is_kept).map(|(_, title)| *title).collect()
}

fn is_ascending(titles: &[Title]) -> bool {
    titles.is_sorted_by(|one, next| one.section <= next.section)
}

/// The titles, each with those of its report.
fn groups(titles: &[Title], outline: &Outline<'_>, pack: &Pack) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let Some(first) = titles.first() else { return groups };
    let above = Above::new(outline, pack, first.line);
    let mut at = 0;
    while at < titles.len() {
        let end = end_of_series(titles, at, &above, pack);
        let series = &titles[at..end];
        let named = at.checked_sub(1).and_then(|before| named(&above, &titles[before], &titles[at], pack));
        match groups.last_mut() {
            Some(group) if named.is_none() => match relation(group, series, outline, pack, &above) {
                Relation::SameReport => group.titles.extend_from_slice(series),
                Relation::GoesOn(repeated) => group.titles.extend_from_slice(&series[repeated..]),
                Relation::Another => groups.push(Group { named, titles: series.to_vec() }),
            },
            _ => groups.push(Group { named, titles: series.to_vec() }),
        }
        at = end;
    }
    groups
}

/// The end of titles in order, none of which is said to be another's but the first.
fn end_of_series(titles: &[Title], start: usize, above: &Above<'_, '_>, pack: &Pack) -> usize {
    let goes_on = |at: &usize| {
        let (before, title) = (&titles[at - 1], &titles[*at]);
        before.section <= title.section && named(above, before, title, pack).is_none()
    };
    start + 1 + (start + 1..titles.len()).take_while(goes_on).count()
}

/// The line between two titles that says that the second is of another report, or of none.
fn named(above: &Above<'_, '_>, before: &Title, title: &Title, pack: &Pack) -> Option<usize> {
    let lines = before.line + 1..title.line;
    above.another(lines, title.section < before.section, !is_of_text(title, pack))
}

fn relation(group: &Group, series: &[Title], outline: &Outline<'_>, pack: &Pack, above: &Above<'_, '_>) -> Relation {
    let highest = group.titles.iter().map(|title| title.section).max().unwrap_or(0);
    let lower = series.iter().take_while(|title| title.section <= highest).count();
    // A title without its table only says what comes, where the table is below another one.
    let is_replaced = |own: &Title, title: &Title| {
        !is_of_text(own, pack) && !is_filled(own, outline, pack) && is_filled(title, outline, pack)
    };
    let repeats =
        |title: &Title| group.titles.iter().any(|own| own.section == title.section && !is_replaced(own, title));
    if lower < series.len()
        && series[..lower].iter().all(repeats)
        && (lower == 1 || series[..lower].iter().all(|title| title.is_bare))
    {
        return Relation::GoesOn(lower);
    }
    if series.iter().any(repeats) {
        return Relation::Another;
    }
    let has_tables = |title: &Title| !is_of_text(title, pack) && is_filled(title, outline, pack);
    if series.iter().all(has_tables) {
        return Relation::SameReport;
    }
    // A section is out of order beside its neighbour, or among the others; what is far from its place is an extract.
    let (first, last) = (group.titles[0].section, series[series.len() - 1].section);
    let before = &group.titles[group.titles.len() - 1];
    let is_among = first < series[0].section && last > highest;
    let is_beside = series[0].section + 1 == before.section;
    if (is_among || is_beside) && above.is_text_of_section(series[0].line, before.line) {
        return Relation::SameReport;
    }
    Relation::Another
}

fn is_of_text(title: &Title, pack: &Pack) -> bool {
    pack.sections[title.section].tables.is_empty()
}

/// Whether there is text below the title of a section of text, and rows of its table below that of another one.
fn is_filled(title: &Title, outline: &Outline<'_>, pack: &Pack) -> bool {
    if is_of_text(title, pack) {
        return !title.is_bare;
    }
    let tables = &pack.sections[title.section].tables;
    let mut lines = title.line + 1..=title.line + title.below;
    lines.any(|line| {
        outline.fields(&outline.lines[line]).iter().any(|field| tables.iter().any(|&table| field.is_of(table)))
    })
}
