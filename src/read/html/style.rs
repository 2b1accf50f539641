//! What declarations of style say that matters here: what is not shown, struck out, or raised.

use std::borrow::Cow;

use super::length;
use super::look::Look;
use crate::read::colour::Colour;

/// What one or several sets of declarations say, each with how much it weighs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    flags: [Said<bool>; COUNT],
    /// None is as what is around it.
    is_tiny: Said<Option<bool>>,
    colour: Said<Option<Colour>>,
    ground: Said<Option<Colour>>,
}

/// What is said of one property, if anything: the heaviest counts, and of equals the last.
type Said<T> = Option<(Weight, T)>;

/// `!important`, then whether the element itself says it, then how narrow the selector is.
pub(super) type Weight = (bool, bool, [u8; 3]);

/// What may be said or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flag {
    Removed,
    /// Displayed as a box, which may have a size.
    Boxed,
    Invisible,
    Struck,
    /// Hidden text of Word.
    HiddenText,
    Raised,
    /// Moved from its place: in any way, taken out of the flow.
    Moved,
    Lifted,
    MovedUp,
    Clear,
    Filtered,
    LeftAway,
    TopAway,
    RightAway,
    MarginAway,
    Transformed,
    IndentedAway,
    Clipped,
    Cut,
    NoHeight,
    NoWidth,
    NoMostHeight,
    NoMostWidth,
    SomeHeight,
    Padded,
    Overflowing,
    Skipped,
}

const COUNT: usize = Flag::Skipped as usize + 1;

impl Style {
    /// What a list of declarations says, in rules with a selector of that weight or in an element itself.
    pub(super) fn read(declarations: &str, narrow: Option<[u8; 3]>) -> Self {
        let mut style = Self::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            style.declare(name.trim(), value.trim(), narrow);
        }
        style
    }

    /// What attributes say that are older than styles, which any rule outweighs.
    pub(super) fn of_attributes(colour: Option<&str>, ground: Option<&str>) -> Self {
        let weight = (false, false, [0; 3]);
        let said = |text: Option<&str>| text.map(|text| (weight, Some(Colour::of_style(&text.to_ascii_lowercase()))));
        Self { colour: said(colour), ground: said(ground), ..Self::default() }
    }

    fn declare(&mut self, name: &str, value: &str, narrow: Option<[u8; 3]>) {
        use Flag::*;
        let (name, value) = (lower(name), lower(value));
        let (value, mark) = value.split_once('!').unwrap_or((&value, ""));
        let value = value.trim();
        let weight = (mark.trim() == "important", narrow.is_none(), narrow.unwrap_or_default());
        let first = value.split(' ').next().unwrap_or_default();
        let mut say = |flag: Flag, is: bool| {
            let said = &mut self.flags[flag as usize];
            *said = heavier(*said, Some((weight, is)));
        };
        match &*name {
            "display" => {
                say(Removed, first == "none");
                say(Boxed, !matches!(first, "inline" | "contents" | "none"));
            }
            "visibility" => say(Invisible, matches!(first, "hidden" | "collapse")),
            "text-decoration" | "text-decoration-line" => say(Struck, value.contains("line-through")),
            "mso-hide" => say(HiddenText, first == "all"),
            "vertical-align" => say(Raised, is_beside(first)),
            "position" => {
                say(Moved, matches!(first, "relative" | "absolute" | "fixed" | "sticky"));
                say(Lifted, matches!(first, "absolute" | "fixed"));
            }
            "float" if first != "none" => say(Boxed, true),
            "top" => {
                say(MovedUp, first.starts_with('-'));
                say(TopAway, length::leads_away(first));
            }
            "bottom" => say(MovedUp, first.starts_with(|c: char| matches!(c, '1'..='9' | '.'))),
            "left" => say(LeftAway, length::leads_away(first)),
            "right" => say(RightAway, length::leads_away(first)),
            "margin-left" => say(MarginAway, length::leads_away(first)),
            "margin" => say(MarginAway, value.split_ascii_whitespace().nth(3).is_some_and(length::leads_away)),
            "transform" => say(Transformed, length::transforms_away(value)),
            "text-indent" => say(IndentedAway, length::leads_away(first)),
            "opacity" => say(Clear, is_zero(first)),
            "filter" => say(
                Filtered,
                value.contains("opacity(0)") || value.contains("opacity(0%)") || value.contains("opacity=0)"),
            ),
            "clip" => say(Clipped, length::is_empty_clip(value)),
            "clip-path" => say(Cut, length::is_empty_shape(value)),
            "height" => say(NoHeight, length::is_nothing(first)),
            "width" => say(NoWidth, length::is_nothing(first)),
            "max-height" => say(NoMostHeight, length::is_nothing(first)),
            "max-width" => say(NoMostWidth, length::is_nothing(first)),
            "min-height" => say(SomeHeight, !length::is_nothing(first)),
            "padding" | "padding-top" | "padding-bottom" => {
                say(Padded, value.split_ascii_whitespace().any(|side| !length::is_nothing(side)));
            }
            "overflow" | "overflow-x" | "overflow-y" => say(Overflowing, !matches!(first, "hidden" | "clip")),
            "content-visibility" => say(Skipped, first == "hidden"),
            "font-size" => self.is_tiny = heavier(self.is_tiny, Some((weight, is_tiny(first)))),
            "font" => {
                let size = value.split_ascii_whitespace().map(|part| part.split('/').next().unwrap_or_default());
                let mut size = size.filter_map(|part| is_tiny(part).filter(|_| length::points(part).is_some()));
                self.is_tiny = heavier(self.is_tiny, Some((weight, size.next_back())));
            }
            "color" => self.colour = heavier(self.colour, Some((weight, colour(value)))),
            "background" | "background-color" | "background-image" => {
                self.ground = heavier(self.ground, Some((weight, ground(value))));
            }
            _ => {}
        }
    }

    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it says nothing but what colours are.
    pub(super) fn is_only_of_colours(&self) -> bool {
        Self { colour: None, ground: None, ..*self }.is_silent()
    }

    pub(super) fn says_a_ground(&self) -> bool {
        self.ground.is_some()
    }

    /// The same with what a later set says.
    #[must_use]
    pub(super) fn then(mut self, later: Self) -> Self {
        for (own, later) in self.flags.iter_mut().zip(later.flags) {
            *own = heavier(*own, later);
        }
        self.is_tiny = heavier(self.is_tiny, later.is_tiny);
        self.colour = heavier(self.colour, later.colour);
        self.ground = heavier(self.ground, later.ground);
        self
    }

    /// The same without what leaves something out.
    pub(super) fn only_colours(self) -> Self {
        Self { colour: self.colour, ground: self.ground, ..Self::default() }
    }

    fn is(&self, flag: Flag) -> bool {
        self.flags[flag as usize].is_some_and(|(_, is)| is)
    }

    /// Whether an element takes no place on the page; `hidden` is its attribute of that name, which any rule outweighs.
    pub(super) fn removes(&self, hidden: bool) -> bool {
        self.flags[Flag::Removed as usize].map_or(hidden, |(_, is)| is)
    }

    /// Whether an element, and all that is in it, is not shown or struck out. Rows and cells are as high as their text, and a
    /// stretch of text has no size of its own: `is_box` is for all others.
    pub(super) fn hides(&self, hidden: bool, is_box: bool) -> bool {
        use Flag::*;
        let is_any = |flags: &[Flag]| flags.iter().any(|flag| self.is(*flag));
        let is_lifted = self.is(Lifted);
        let is_box = is_box || is_lifted || self.is(Boxed);
        let has_no_height = (self.is(NoHeight) || self.is(NoMostHeight)) && !self.is(SomeHeight) && !self.is(Padded);
        let has_no_size = has_no_height || self.is(NoWidth) || self.is(NoMostWidth);
        let is_cut_off = self.flags[Overflowing as usize].is_some_and(|(_, is)| !is);
        self.removes(hidden)
            || is_any(&[Struck, HiddenText, Clear, Filtered, MarginAway, Transformed, Cut, Skipped])
            || self.is(Moved) && is_any(&[LeftAway, TopAway, RightAway])
            || is_lifted && self.is(Clipped)
            || is_box && is_cut_off && has_no_size
    }

    /// Whether it may leave out what is in an element, or make text of it that cannot be seen on a usual ground.
    pub(super) fn may_hide(&self) -> bool {
        let look = self.look(Look::default());
        self.hides(false, true) || !look.is_seen(Colour::WHITE) || look.colour.is_some_and(is_pale)
    }

    /// Whether it puts a ground behind text on which pale text is seen.
    pub(super) fn darkens(&self) -> bool {
        self.ground.and_then(|(_, ground)| ground).is_some_and(|ground| !is_pale(ground))
    }

    /// How text looks within the element, given how it looks around it.
    pub(super) fn look(&self, around: Look) -> Look {
        let flag = |flag: Flag, around: bool| self.flags[flag as usize].map_or(around, |(_, is)| is);
        let said = |said: Said<Option<Colour>>, around: Option<Colour>| said.and_then(|(_, colour)| colour).or(around);
        Look {
            is_invisible: flag(Flag::Invisible, around.is_invisible),
            is_tiny: self.is_tiny.and_then(|(_, is)| is).unwrap_or(around.is_tiny),
            is_indented_away: flag(Flag::IndentedAway, around.is_indented_away),
            colour: said(self.colour, around.colour),
            ground: said(self.ground, around.ground),
        }
    }

    /// Whether text is above or below its line.
    pub(super) fn raises(&self) -> bool {
        self.is(Flag::Raised) || self.is(Flag::Moved) && !self.is(Flag::Lifted) && self.is(Flag::MovedUp)
    }
}

/// Whether text of that colour can hardly be seen on a usual ground.
fn is_pale(colour: Colour) -> bool {
    const PALEST: u8 = 0xe0;
    match colour {
        Colour::Rgb(parts) => parts.iter().all(|part| *part >= PALEST),
        Colour::Clear => true,
        Colour::Unknown => false,
    }
}

fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) }
}

fn heavier<T>(one: Said<T>, later: Said<T>) -> Said<T> {
    match (one, later) {
        (Some(one), Some(later)) if one.0 > later.0 => Some(one),
        (one, later) => later.or(one),
    }
}

/// A value of `vertical-align` that is above or below the line, as a word or as a length.
fn is_beside(value: &str) -> bool {
    let is_length = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    matches!(value, "super" | "sub" | "text-top") || is_length && value.contains(|c| matches!(c, '1'..='9'))
}

fn is_zero(value: &str) -> bool {
    value.trim_end_matches('%').parse::<f64>() == Ok(0.0)
}

/// Whether text of that size is seen as a line at best; none for a share of the size around it.
fn is_tiny(value: &str) -> Option<bool> {
    let is_share = value.ends_with('%') || value.ends_with("em") && !value.ends_with("rem");
    let is_share = is_share || matches!(value, "smaller" | "larger" | "inherit" | "unset");
    if is_share && !is_zero(value.trim_end_matches("em")) { None } else { Some(length::is_nothing(value)) }
}

/// The colour of text; none if it is that around it.
fn colour(value: &str) -> Option<Colour> {
    match value {
        "inherit" | "unset" | "currentcolor" => None,
        "initial" => Some(Colour::BLACK),
        _ => Some(Colour::of_style(value)),
    }
}

/// What is behind the text; none if it is what is behind the element.
fn ground(value: &str) -> Option<Colour> {
    if value.contains("url(") || value.contains("gradient(") || value.contains("var(") {
        return Some(Colour::Unknown);
    }
    let is_nothing = matches!(value, "" | "none" | "inherit" | "initial" | "unset");
    let whole = Some(Colour::of_style(value)).filter(|colour| *colour != Colour::Unknown);
    let mut parts = value.split_ascii_whitespace().map(Colour::of_style);
    let part = || parts.find(|colour| *colour != Colour::Unknown);
    match if is_nothing { None } else { whole.or_else(part) } {
        Some(Colour::Clear) => None,
        None if is_nothing || value.starts_with("none ") => None,
        None => Some(Colour::Unknown),
        colour => colour,
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Look, Style};

    #[test]
    fn the_last_declaration_counts() {
        let hides = |declarations: &str| {
            let style = Style::read(declarations, None);
            style.hides(false, false) || !style.look(Look::default()).is_seen(Colour::WHITE)
        };
        assert!(hides("display:none") && !hides("display:none; display:block"));
        assert!(hides("display:none !important; display:block") && !hides("display: block ! important; color: red"));
        assert!(hides("color: red; visibility : HIDDEN;") && hides("visibility:hidden; display:block"));
        assert!(hides("visibility:collapse") && !hides("border: none"));
        assert!(hides("color:red; Text-Decoration: underline Line-Through red"));
        assert!(!hides("text-decoration: line-through; text-decoration: none"));
        assert!(hides("mso-hide:all; display:block") && !Style::read("color: red", None).hides(false, false));
        assert!(
            Style::read("color: red", None).hides(true, false)
                && !Style::read("display: block", None).hides(true, false)
        );
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
