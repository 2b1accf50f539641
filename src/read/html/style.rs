//! What declarations of style say that matters here: what is not shown, struck out, or raised.

/// What one or several sets of declarations say, each with how much it weighs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    is_displayed: Said,
    is_visible: Said,
    is_struck: Said,
    /// Hidden text of Word.
    is_hidden_text: Said,
    is_raised: Said,
    /// Moved from its place, and how.
    is_moved: Said,
    is_moved_up: Said,
}

/// What is said of one property, if anything: the heaviest counts, and of equals the last.
type Said = Option<(Weight, bool)>;

/// `!important`, then whether the element itself says it, then how narrow the selector is.
pub(super) type Weight = (bool, bool, [u8; 3]);

/// One of these is in every style that leaves something out, or shows it.
const HIDING: [&[u8]; 4] = [b"display", b"visibility", b"text-decoration", b"mso-hide"];
/// One of these is in every style that raises or lowers text.
const RAISING: [&[u8]; 2] = [b"vertical-align", b"relative"];

/// Whether declarations are worth a look: Word puts a style on every tag, few of which matter.
pub(super) fn may_matter(declarations: &[u8], is_of_text: bool) -> bool {
    let begins = |rest: &[u8], word: &&[u8]| rest.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    let raising: &[&[u8]] = if is_of_text { &RAISING } else { &[] };
    (0..declarations.len()).any(|at| HIDING.iter().chain(raising).any(|word| begins(&declarations[at..], word)))
}

impl Style {
    /// What a list of declarations says, in rules with a selector of that weight or in an element itself.
    pub(super) fn read(declarations: &str, narrow: Option<[u8; 3]>) -> Self {
        let mut style = Self::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            let is_important = value.split_once('!').is_some_and(|(_, mark)| mark.trim() == "important");
            let weight = (is_important, narrow.is_none(), narrow.unwrap_or_default());
            let first = value.split(['!', ' ']).next().unwrap_or_default();
            let said = |is: bool| Some((weight, is));
            let (property, said) = match name.trim().to_ascii_lowercase().as_str() {
                "display" => (&mut style.is_displayed, said(first != "none")),
                "visibility" => (&mut style.is_visible, said(!matches!(first, "hidden" | "collapse"))),
                "text-decoration" | "text-decoration-line" => {
                    (&mut style.is_struck, said(value.contains("line-through")))
                }
                "mso-hide" => (&mut style.is_hidden_text, said(first == "all")),
                "vertical-align" => (&mut style.is_raised, said(is_beside(first))),
                "position" => (&mut style.is_moved, said(first == "relative")),
                "top" => (&mut style.is_moved_up, said(first.starts_with('-'))),
                "bottom" => (&mut style.is_moved_up, said(first.starts_with(|c: char| matches!(c, '1'..='9' | '.')))),
                _ => continue,
            };
            *property = Self::heavier(*property, said);
        }
        style
    }

    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// The same with what a later set says.
    #[must_use]
    pub(super) fn then(self, later: Self) -> Self {
        Self {
            is_displayed: Self::heavier(self.is_displayed, later.is_displayed),
            is_visible: Self::heavier(self.is_visible, later.is_visible),
            is_struck: Self::heavier(self.is_struck, later.is_struck),
            is_hidden_text: Self::heavier(self.is_hidden_text, later.is_hidden_text),
            is_raised: Self::heavier(self.is_raised, later.is_raised),
            is_moved: Self::heavier(self.is_moved, later.is_moved),
            is_moved_up: Self::heavier(self.is_moved_up, later.is_moved_up),
        }
    }

    fn heavier(one: Said, later: Said) -> Said {
        match (one, later) {
            (Some(one), Some(later)) if one.0 > later.0 => Some(one),
            _ => later.or(one),
        }
    }

    /// Whether an element takes no place on the page; `hidden` is its attribute of that name, which any rule outweighs.
    pub(super) fn removes(&self, hidden: bool) -> bool {
        !self.is_displayed.map_or(!hidden, |(_, is)| is)
    }

    /// Whether an element is not shown or struck out.
    pub(super) fn hides(&self, hidden: bool) -> bool {
        let is = |said: Said| said.map(|(_, is)| is);
        self.removes(hidden)
            || is(self.is_visible) == Some(false)
            || is(self.is_struck) == Some(true)
            || is(self.is_hidden_text) == Some(true)
    }

    /// Whether text is above or below its line.
    pub(super) fn raises(&self) -> bool {
        let is = |said: Said| said.is_some_and(|(_, is)| is);
        is(self.is_raised) || is(self.is_moved) && is(self.is_moved_up)
    }
}

/// A value of `vertical-align` that is above or below the line, as a word or as a length.
fn is_beside(value: &str) -> bool {
    let is_length = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    matches!(value, "super" | "sub" | "text-top") || is_length && value.contains(|c| matches!(c, '1'..='9'))
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn the_last_declaration_counts() {
        let hides = |declarations: &str| Style::read(declarations, None).hides(false);
        assert!(hides("display:none") && !hides("display:none; display:block"));
        assert!(hides("display:none !important; display:block") && !hides("display: block ! important; color: red"));
        assert!(hides("color: red; visibility : HIDDEN;") && hides("visibility:hidden; display:block"));
        assert!(hides("visibility:collapse") && !hides("border: none"));
        assert!(hides("color:red; Text-Decoration: underline Line-Through red"));
        assert!(!hides("text-decoration: line-through; text-decoration: none"));
        assert!(hides("mso-hide:all; display:block") && !Style::read("color: red", None).hides(false));
        assert!(Style::read("color: red", None).hides(true) && !Style::read("display: block", None).hides(true));
    }

    #[test]
    fn text_is_raised_in_several_ways() {
        let raises = |declarations: &str| Style::read(declarations, None).raises();
        assert!(raises("vertical-align: super") && raises("vertical-align:sub") && raises("vertical-align: 4px"));
        assert!(raises("vertical-align:-.2em") && raises("position:relative; top:-.5em"));
        assert!(!raises("vertical-align: middle") && !raises("vertical-align: 0") && !raises("top: -3px"));
        assert!(!raises("vertical-align: super; vertical-align: baseline") && !raises("position: relative"));
    }
}
