//! The style sheets of a page, as far as they say what is not shown, struck out or raised: `.old { display: none }`. Of rules
//! in conflict the one with the narrower selector counts, and of equals the later one.

use super::selector::{self, Named, Reached, Selector};
use super::style::Style;

/// The rules of all sheets so far.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<(Selector, Style)>,
    /// Some rule leaves something out or raises it: what only shows is of no concern by itself.
    is_needed: bool,
    looks_around: bool,
    /// So many rules say nothing but what colours are, and so many say other things.
    of_colours: usize,
    of_others: usize,
    /// Something else may colour grounds, too.
    has_other_grounds: bool,
}

/// Sheets with more rules are of scripts that show what they hide.
const MOST_RULES: usize = 512;
/// And of rules that are only of colours so many are kept.
const MOST_OF_COLOURS: usize = 256;
/// Blocks within blocks are followed so far.
const DEEPEST: usize = 4;

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        !self.is_needed
    }

    /// Whether it is known of all its rules what they colour.
    pub(super) fn knows_grounds(&self) -> bool {
        !self.has_other_grounds
    }

    /// Whether a rule is about what an element is within.
    pub(super) fn looks_around(&self) -> bool {
        self.is_needed && self.looks_around
    }

    /// Adds the rules of a sheet.
    pub(super) fn read(&mut self, css: &str) {
        self.read_blocks(&without_comments(css), 0);
    }

    fn read_blocks(&mut self, css: &str, depth: usize) {
        let mut rest = css;
        while let Some(open) = rest.find(['{', ';']) {
            let (head, behind) = (rest[..open].trim(), &rest[open + 1..]);
            if rest.as_bytes()[open] == b';' {
                self.has_other_grounds |= head.starts_with("@import");
                rest = behind;
                continue;
            }
            let end = block_end(behind);
            let block = &behind[..end];
            match head.strip_prefix('@') {
                Some(condition) if depth < DEEPEST && is_met(condition) => self.read_blocks(block, depth + 1),
                Some(_) => {}
                None => self.rule(head, block),
            }
            rest = behind.get(end + 1..).unwrap_or_default();
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let said = Style::read(declarations, None);
        if said.is_silent() {
            return;
        }
        let is_of_colours = said.is_only_of_colours();
        for selector in selectors.split(',') {
            let Some(selector) = Selector::read(selector) else {
                self.has_other_grounds |= said.says_a_ground() && !selector::waits_for_reader(selector);
                continue;
            };
            let count = if is_of_colours { &mut self.of_colours } else { &mut self.of_others };
            if *count >= if is_of_colours { MOST_OF_COLOURS } else { MOST_RULES } {
                self.has_other_grounds = true;
                continue;
            }
            *count += 1;
            let style = Style::read(declarations, Some(selector.narrow));
            // Only a script hides the whole page.
            let style = if selector.is_of_page() { style.only_colours() } else { style };
            // The tag of the page itself may be left out.
            self.has_other_grounds |= selector.is_of_page() && style.says_a_ground();
            self.is_needed |= selector.is_of_page() && style.darkens();
            self.is_needed |= style.may_hide() || style.raises();
            self.looks_around |= selector.looks_around();
            self.rules.push((selector, style));
        }
    }

    /// What the rules say of an element, and how far each applies to it, given that of the element around.
    pub(super) fn style(&self, around: &[Reached], element: Named<'_>) -> (Style, Vec<Reached>) {
        let mut style = Style::default();
        let mut all = Vec::with_capacity(if self.looks_around { self.rules.len() } else { 0 });
        for (at, (selector, own)) in self.rules.iter().enumerate() {
            let reached = selector.reach(around.get(at).copied().unwrap_or_default(), element);
            if selector.applies(reached) {
                style = style.then(*own);
            }
            if self.looks_around {
                all.push(reached);
            }
        }
        (style, all)
    }
}

/// Whether what is within `@media` and the like holds for a page on a usual screen.
fn is_met(condition: &str) -> bool {
    let condition = condition.to_ascii_lowercase();
    let name = condition.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(condition.len());
    match condition.split_at(name) {
        ("supports" | "layer", _) => true,
        ("media", queries) => is_for_screens(queries),
        _ => false,
    }
}

/// Whether one of several queries is met by a usual screen.
pub(super) fn is_for_screens(queries: &str) -> bool {
    queries.to_ascii_lowercase().split(',').any(is_screen)
}

/// Whether a query of `@media` is met by a screen of 1280 by 720 points, as most are at least.
fn is_screen(query: &str) -> bool {
    const WIDTH: f64 = 1280.0;
    const HEIGHT: f64 = 720.0;
    let is_not = query.trim().starts_with("not ");
    let query = query.trim().trim_start_matches("not ").trim_start_matches("only ");
    let meets = |part: &str| {
        let part = part.trim().trim_matches(['(', ')']);
        let Some((name, value)) = part.split_once(':') else { return matches!(part, "screen" | "all" | "") };
        let number = value.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (Ok(number), (bound, side)) = (number.parse::<f64>(), name.trim().split_once('-').unwrap_or_default())
        else {
            return matches!(
                (name.trim(), value.trim()),
                ("orientation", "landscape") | ("prefers-color-scheme", "light")
            );
        };
        let number = if value.trim().ends_with("em") { 16.0 * number } else { number };
        let own = match side {
            "width" | "device-width" => WIDTH,
            "height" | "device-height" => HEIGHT,
            _ => return false,
        };
        if bound == "min" { own >= number } else { bound == "max" && own <= number }
    };
    query.split(" and ").all(meets) != is_not
}

/// Where a block ends whose `{` is before the text.
fn block_end(text: &str) -> usize {
    let mut depth = 1;
    let end = text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.unwrap_or(text.len())
}

fn without_comments(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    // Word and old pages hide sheets from old browsers.
    (plain + rest).replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::read::colour::Colour;
    use crate::read::html::look::Look;
    use crate::read::html::selector::{Named, Reached};

    /// Whether the innermost of these elements is hidden, each given as a tag, its classes and its id.
    fn hides(sheet: &Sheet, path: &[(&str, &str, &str)]) -> bool {
        let mut around: Vec<Reached> = Vec::new();
        let mut is_hidden = false;
        for (tag, classes, id) in path {
            let (style, reached) = sheet.style(&around, Named { tag: tag.as_bytes(), classes, id });
            is_hidden = style.hides(false, true) || !style.look(Look::default()).is_seen(Colour::WHITE);
            around = reached;
        }
        is_hidden
    }

    fn sheet(css: &str) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.read(css);
        sheet
    }

    #[test]
    fn simple_rules_say_what_is_hidden() {
        let sheet = sheet(
            "<!-- /* Font */ @charset 'x'; p.Old, #draft /* .shown */ { color: red; DISPLAY : none !important }\n\
             @media print { .shown { display: none } }\n .menu li { display:none } .late { visibility: hidden }\n\
             .tab { display: none } .tab.open { display: block } body { display: none } a:hover { display: none } -->",
        );
        let hidden = |tag: &str, classes: &str, id: &str| hides(&sheet, &[(tag, classes, id)]);
        assert!(hidden("p", "big old", "") && !hidden("div", "old", "") && hidden("div", "", "draft"));
        assert!(hidden("div", "late", "") && hidden("div", "tab", "") && !hidden("div", "tab open", ""));
        assert!(!hidden("div", "shown", "") && !hidden("li", "", ""));
        assert!(!hidden("body", "", "") && !hidden("a", "", ""));
        assert!(hides(&sheet, &[("ul", "menu", ""), ("div", "", ""), ("li", "", "")]));
    }

    #[test]
    fn rules_look_at_what_an_element_is_within() {
        let sheet = sheet(
            ".a .b { display: none } .a > i { display: none } tr.x td { visibility: hidden } div * b { display: none }",
        );
        let is = |path: &[(&str, &str, &str)]| hides(&sheet, path);
        assert!(is(&[("div", "a", ""), ("p", "b", "")]) && is(&[("div", "a", ""), ("p", "", ""), ("p", "b", "")]));
        assert!(!is(&[("div", "b", ""), ("p", "a", "")]) && !is(&[("p", "b", "")]));
        assert!(is(&[("div", "a", ""), ("i", "", "")]) && !is(&[("div", "a", ""), ("p", "", ""), ("i", "", "")]));
        assert!(is(&[("tr", "x", ""), ("td", "", "")]) && !is(&[("tr", "", ""), ("td", "", "")]));
        assert!(!is(&[("div", "", ""), ("b", "", "")]) && is(&[("div", "", ""), ("p", "", ""), ("b", "", "")]));
    }

    #[test]
    fn the_narrower_rule_counts_and_then_the_later() {
        let hidden = |css: &str| hides(&sheet(css), &[("div", "", "z"), ("p", "a b", "")]);
        assert!(!hidden(".a { display: none } .b { display: block }"));
        assert!(hidden(".b { display: block } .a { display: none }"));
        assert!(hidden("#z .a { display: none } .a.b { display: block }"));
        assert!(hidden(".a { display: none !important } #z .b { display: block }"));
        assert!(!hidden("p.a { display: inline } .a { display: none }"));
    }

    #[test]
    fn what_a_screen_shows_counts() {
        let hidden =
            |query: &str| hides(&sheet(&format!("@media {query} {{ .a {{ display: none }} }}")), &[("p", "a", "")]);
        for query in [
            "screen",
            "all",
            "screen, print",
            "only screen",
            "(min-width: 600px)",
            "screen and (min-width:40em)",
            "not print",
        ] {
            assert!(hidden(query), "{query}");
        }
        for query in [
            "print",
            "(max-width: 600px)",
            "screen and (max-width:600px)",
            "not screen",
            "(prefers-color-scheme: dark)",
        ] {
            assert!(!hidden(query), "{query}");
        }
        assert!(hides(&sheet("@supports (display: grid) { .a { display: none } }"), &[("p", "a", "")]));
        assert!(!hides(&sheet("@keyframes x { from { display: none } }"), &[("from", "", "")]));
    }
}
