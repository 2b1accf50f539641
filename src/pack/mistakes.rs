//! Finds every mistake of a pack. The compiler stops at the first one; here the item that contains it is blanked out
//! and the rest compiled again, until no mistake is left. The text keeps its length, so that spans stay true.

use std::ops::Range;

use super::core::Core;
use super::error::{PackError, PackProblem};
use super::form::Pack;

/// What may be left out of a pack without harm to the rest.
const APART: [&str; 6] = ["sum", "statement", "prose_sum", "prose", "case", "identify.period"];
/// What the rest may speak of: once it is left out, an unknown name is no mistake.
const SPOKEN_OF: &str = "table";
/// Nobody corrects more at a time.
const MOST: usize = 50;

/// Compiles `text`, and reports all mistakes that could be found, in the order of the text.
///
/// # Errors
/// When there is any mistake.
pub fn compile_all(text: &str, compile: impl Fn(&str) -> Result<Pack, PackError>) -> Result<Pack, Vec<PackError>> {
    let first = match compile(text) {
        Ok(pack) => return Ok(pack),
        Err(error) => error,
    };
    let mut rest = text.to_owned();
    let mut set_aside = String::new();
    let mut errors = Vec::new();
    let mut next = Some(first);
    while let Some(error) = next {
        let without = leave_out(&rest, &error.span);
        if !is_consequence(&error.problem, &set_aside) {
            errors.push(error);
        }
        let Some(range) = without.filter(|_| errors.len() < MOST) else { break };
        set_aside.push_str(&rest[range.clone()]);
        set_aside.push('\n');
        blank_out(&mut rest, range);
        next = compile(&rest).err();
    }
    errors.sort_by_key(|error| error.span.start);
    Err(errors)
}

/// Whether `text` holds the rules that every form shares, not a form.
pub fn is_core(text: &str) -> bool {
    toml::from_str::<Core>(text).is_ok()
}

/// Whether a name is unknown only because what bears it was set aside.
fn is_consequence(problem: &PackProblem, set_aside: &str) -> bool {
    let PackProblem::UnknownName { name, .. } = problem else { return false };
    let has_table = set_aside.lines().any(|line| header(line) == Some(SPOKEN_OF));
    has_table || set_aside.contains(&format!("\"{name}\""))
}

/// What to leave out because of a mistake in `span`: one of a list of names, or the item it is in; none where the
/// rest would make no sense without it.
fn leave_out(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    if span.is_empty() && span.start == 0 {
        return None;
    }
    let item = items(text).into_iter().find(|(_, range)| range.contains(&span.start));
    let kind = item.as_ref().map_or("", |(kind, _)| kind.as_str());
    if APART.contains(&kind) || kind == SPOKEN_OF {
        return item.map(|(_, range)| range);
    }
    element(text, span)
}

/// One text in a list of texts, with a comma beside it.
fn element(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let quoted = text.get(span.clone()).filter(|own| own.starts_with(['"', '\'']))?;
    let before = text[..span.start].trim_end();
    let after = text[span.end..].trim_start();
    if after.starts_with(',') && before.ends_with(['[', ',']) {
        return Some(span.start..text.len() - after.len() + 1);
    }
    (after.starts_with(']') && before.ends_with(['[', ',']) && quoted.len() > 1)
        .then(|| before.len() - usize::from(before.ends_with(','))..span.end)
}

fn blank_out(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanks);
}

/// The items of a pack by their headers, each up to the next that does not belong to it.
fn items(text: &str) -> Vec<(String, Range<usize>)> {
    let mut items: Vec<(String, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut open: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let name = header(line).filter(|_| open.is_none());
        open = still_open(line, open);
        if let Some(name) = name {
            let belongs = |(kind, _): &(String, Range<usize>)| {
                let below = name.strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with('.'));
                below && !APART.contains(&name)
            };
            if !items.last().is_some_and(belongs) {
                items.push((name.to_owned(), at..at));
            }
        }
        at += line.len();
        if let Some((_, range)) = items.last_mut() {
            range.end = at;
        }
    }
    items
}

/// `sum` for `[[sum]]`, `identify` for `[identify]`.
fn header(line: &str) -> Option<&str> {
    let line = line.trim_start().strip_prefix('[')?;
    let name = line.trim_start_matches('[').split(']').next()?.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The quotation marks of a text of several lines that is still open behind `line`.
fn still_open<'q>(line: &str, open: Option<&'q str>) -> Option<&'q str> {
    let mut open = open;
    let mut rest = line;
    loop {
        let next = match open {
            Some(mark) => rest.find(mark).map(|at| (at, mark)),
            None => ["\"\"\"", "'''"].into_iter().filter_map(|mark| Some((rest.find(mark)?, mark))).min(),
        };
        let Some((at, mark)) = next else { return open };
        rest = &rest[at + mark.len()..];
        open = if open.is_some() { None } else { Some(mark) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_end_where_the_next_begins() {
        let text = "id = 1\n[identify]\na = 1\n[[identify.period]]\n[[table]]\n[[table.block]]\n[[case]]\nfile = \"\"\"\n\
                    [[sum]]\n\"\"\"\n[case.right.figures]\n[[sum]]\n";
        let found = items(text);
        let kinds: Vec<&str> = found.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["identify", "identify.period", "table", "case", "sum"]);
        assert!(text[found[3].1.clone()].ends_with("[case.right.figures]\n"));
    }

    #[test]
    fn a_name_is_left_out_of_its_list() {
        let text = "tables = [\"a\", \"b\", \"c\"]";
        for (name, left) in [("\"a\"", "[     \"b\", \"c\"]"), ("\"c\"", "[\"a\", \"b\"     ]")] {
            let start = text.find(name).expect("it is there");
            let mut rest = text.to_owned();
            blank_out(&mut rest, element(text, &(start..start + name.len())).expect("an element"));
            assert_eq!(rest, format!("tables = {left}"));
        }
    }
}
