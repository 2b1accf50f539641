//! How text looks that an element hands down to what is in it, as far as it then cannot be seen: text without a size, of the
//! colour of its ground, or moved off the page by its indent. Another element within may show its own text again.

use crate::read::colour::Colour;

/// What is handed down. What nothing is said of is as browsers have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub is_invisible: bool,
    pub is_tiny: bool,
    pub is_indented_away: bool,
    pub colour: Option<Colour>,
    /// The innermost ground; none where it is that of the page.
    pub ground: Option<Colour>,
}

impl Look {
    /// Whether text is seen on a page of that ground.
    pub(super) fn is_seen(self, page: Colour) -> bool {
        let vanishes = || self.colour.unwrap_or(Colour::BLACK).vanishes_on(self.ground.unwrap_or(page));
        let is_plain = self.colour.is_none() && self.ground.is_none();
        !(self.is_invisible || self.is_tiny || self.is_indented_away || !is_plain && vanishes())
    }
}
