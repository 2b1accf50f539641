//! A list to choose from, as forms on a page have it: of its options the chosen one is shown, else the first.

use super::text::Run;

/// An open list.
#[derive(Debug, Default)]
pub(super) struct Select {
    shown: Vec<Run>,
    /// The option that is being read is shown, as far as is known.
    is_shown: bool,
    has_option: bool,
    has_chosen: bool,
}

impl Select {
    /// Begins an option.
    pub(super) fn option(&mut self, is_chosen: bool) {
        let is_first = !std::mem::replace(&mut self.has_option, true);
        self.is_shown = is_first || is_chosen && !self.has_chosen;
        if self.is_shown {
            self.shown.clear();
        }
        self.has_chosen |= is_chosen;
    }

    pub(super) fn record(&mut self, run: Run) {
        if self.is_shown {
            self.shown.push(run);
        }
    }

    pub(super) fn shown(self) -> Vec<Run> {
        self.shown
    }
}
