//! The style sheets of a page, as far as they say what is not shown: `.old { display: none }`. Only selectors of an
//! element's name, class and id are looked at; what depends on anything else counts as shown.

/// The rules of all sheets so far that hide elements, or show them.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    hides: Vec<Selector>,
    shows: Vec<Selector>,
}

/// `tag.class#id`, each part lower-case and perhaps absent.
#[derive(Debug, Default, PartialEq, Eq)]
struct Selector {
    tag: String,
    classes: Vec<String>,
    id: String,
}

/// Sheets with more rules are of scripts that show what they hide.
const MOST_RULES: usize = 256;

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        self.hides.is_empty()
    }

    /// Adds the rules of a sheet.
    pub(super) fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some(open) = rest.find(['{', ';']) {
            let (selectors, behind) = (without_comments(&rest[..open]), &rest[open + 1..]);
            if rest.as_bytes()[open] == b';' {
                rest = behind;
                continue;
            }
            let end = block_end(behind);
            // Rules within `@media` and the like hold somewhere, and nobody knows whether here.
            if !selectors.trim_start().starts_with('@') {
                self.rule(&selectors, &without_comments(&behind[..end]));
            }
            rest = behind.get(end + 1..).unwrap_or_default();
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let Some(is_hidden) = hides(declarations) else { return };
        let rules = if is_hidden { &mut self.hides } else { &mut self.shows };
        let room = MOST_RULES.saturating_sub(rules.len());
        rules.extend(selectors.split(',').filter_map(Selector::read).take(room));
    }

    /// Whether an element is not shown: some rule hides it, and none shows it.
    pub(super) fn hides(&self, tag: &[u8], classes: &str, id: &str) -> bool {
        let applies = |rules: &[Selector]| rules.iter().any(|rule| rule.applies(tag, classes, id));
        applies(&self.hides) && !applies(&self.shows)
    }
}

impl Selector {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let mut selector = Self::default();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let mark = rest.chars().next().filter(|c| !is_name(*c));
            let named = &rest[mark.map_or(0, char::len_utf8)..];
            let (name, behind) = named.split_at(named.find(|c| !is_name(c)).unwrap_or(named.len()));
            let part = match mark {
                _ if name.is_empty() => return None,
                None => &mut selector.tag,
                Some('#') => &mut selector.id,
                Some('.') => {
                    selector.classes.push(name.to_owned());
                    rest = behind;
                    continue;
                }
                Some(_) => return None,
            };
            name.clone_into(part);
            rest = behind;
        }
        // A page that hides all of itself is shown by a script.
        let is_whole_page = matches!(selector.tag.as_str(), "html" | "body");
        (!text.is_empty() && !is_whole_page).then_some(selector)
    }

    fn applies(&self, tag: &[u8], classes: &str, id: &str) -> bool {
        let has = |class: &String| classes.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(class));
        (self.tag.is_empty() || self.tag.as_bytes() == tag)
            && (self.id.is_empty() || self.id.eq_ignore_ascii_case(id))
            && self.classes.iter().all(has)
    }
}

/// Whether declarations hide an element, or strike it out, or show it; none where they say nothing of it.
pub(super) fn hides(declarations: &str) -> Option<bool> {
    let (mut display, mut visibility) = (None, None);
    let (mut is_struck, mut is_hidden_text) = (false, false);
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        let first = value.split(['!', ' ']).next().unwrap_or_default();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => display = Some(first == "none"),
            "visibility" => visibility = Some(first != "visible"),
            "text-decoration" | "text-decoration-line" => is_struck = value.contains("line-through"),
            // Hidden text of Word.
            "mso-hide" => is_hidden_text = first == "all",
            _ => {}
        }
    }
    if is_struck || is_hidden_text || display == Some(true) { Some(true) } else { visibility.or(display) }
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
    use super::{Sheet, hides};

    #[test]
    fn simple_rules_say_what_is_hidden() {
        let mut sheet = Sheet::default();
        sheet.read(
            "<!-- /* Font */ @charset 'x'; p.Old, #draft /* .shown */ { color: red; DISPLAY : none !important }\n\
             @media print { .shown { display: none } }\n .menu li { display:none } .late { visibility: hidden }\n\
             .tab { display: none } .tab.open { display: block } body { display: none } a:hover { display: none } -->",
        );
        let hidden = |tag: &str, classes: &str, id: &str| sheet.hides(tag.as_bytes(), classes, id);
        assert!(hidden("p", "big old", "") && !hidden("div", "old", "") && hidden("div", "", "draft"));
        assert!(hidden("div", "late", "") && hidden("div", "tab", "") && !hidden("div", "tab open", ""));
        assert!(
            !hidden("div", "shown", "") && !hidden("li", "", "") && !hidden("body", "", "") && !hidden("a", "", "")
        );
    }

    #[test]
    fn the_last_declaration_counts() {
        assert_eq!(hides("display:none"), Some(true));
        assert_eq!(hides("color: red; visibility : HIDDEN;"), Some(true));
        assert_eq!(hides("display:none; display:block"), Some(false));
        assert_eq!(hides("visibility:hidden; display:block"), Some(true));
        assert_eq!(hides("border: none"), None);
        assert_eq!(hides("color:red; Text-Decoration: underline Line-Through red"), Some(true));
        assert_eq!(hides("text-decoration: line-through; text-decoration: none"), None);
        assert_eq!(hides("mso-hide:all; display:block"), Some(true));
    }
}
