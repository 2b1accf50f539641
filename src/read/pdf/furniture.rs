//! What is printed on every page and is no part of the report: running heads, page numbers.

use std::collections::HashMap;

use super::layout::{Content, Item, Page, PageLine};

/// The share of a page at its top and its bottom in which such lines are. Titles begin further down than running heads; the
/// numbers of pages are right below the text in official papers.
const TOP: f64 = 0.08;
const BOTTOM: f64 = 0.13;
/// The least share of pages that have a running head. Of several reports in a file, a heading may be at the same place in
/// each, too.
const PAGES: f64 = 0.4;
/// Lines of different pages are the same if they are no further apart than this.
const APART: f64 = 6.0;
/// Of each margin, so many lines are looked at.
const LINES: usize = 3;

/// Takes running heads and page numbers off the pages.
pub(super) fn remove(pages: &mut [Page]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        for item in outermost(page) {
            // Which of two neighbouring steps it falls into is left to chance, so that it counts for both.
            for step in steps(item) {
                *seen.entry((shape(item), step)).or_default() += 1;
            }
        }
    }
    let least = (pages.len() as f64 * PAGES).max(2.0);
    for page in pages {
        let found: Vec<bool> = {
            let outermost: Vec<*const Item> = outermost(page).map(std::ptr::from_ref).collect();
            let is_furniture = |item: &Item| {
                let is_repeated = || {
                    steps(item)
                        .iter()
                        .any(|step| seen.get(&(shape(item), *step)).is_some_and(|count| *count as f64 >= least))
                };
                outermost.contains(&std::ptr::from_ref(item)) && (is_number(item) || is_repeated())
            };
            page.items.iter().map(is_furniture).collect()
        };
        let mut found = found.into_iter();
        page.items.retain(|_| !found.next().unwrap_or(false));
    }
}

/// The lines in the margins of a page with nothing of the report beyond them.
fn outermost(page: &Page) -> impl Iterator<Item = &Item> {
    let is_line = |item: &&Item| matches!(item.content, Content::Line(_));
    let top = page.items.iter().take_while(is_line).take(LINES).filter(|item| item.area.bottom < page.height * TOP);
    let bottom = page.items.iter().rev().take_while(is_line).take(LINES);
    top.chain(bottom.filter(|item| item.area.top > page.height * (1.0 - BOTTOM)))
}

fn steps(item: &Item) -> [i64; 2] {
    let step = (item.area.center().y / APART).floor() as i64;
    let is_low = (item.area.center().y / APART).fract() < 0.5;
    [step, if is_low { step - 1 } else { step + 1 }]
}

/// A line without its numbers and blanks.
fn shape(item: &Item) -> String {
    let Content::Line(PageLine { text, .. }) = &item.content else { return String::new() };
    text.text().chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}

/// Whether a line is a number with nothing but signs around it.
fn is_number(item: &Item) -> bool {
    const LONGEST: usize = 12;
    let Content::Line(PageLine { text, .. }) = &item.content else { return false };
    let text = text.text();
    text.len() <= LONGEST * 3
        && text.chars().filter(|c| c.is_numeric()).count() <= 4
        && text.chars().any(char::is_numeric)
        && !text.chars().any(char::is_alphabetic)
}
