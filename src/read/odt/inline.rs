//! The text of paragraphs: blanks count as one, and stretches look as their styles say.

use super::styles::Look;
use crate::read::open_document::Blanks;
use crate::read::word::Body;

/// The stretches that are open.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// How text looks in each, and in a paragraph, the blanks before it in the one around.
    open: Vec<(Look, Option<Blanks>)>,
    blanks: Blanks,
}

impl Inline {
    /// A paragraph begins, perhaps in a text box within another one.
    pub fn open_paragraph(&mut self, look: Look) {
        let around = std::mem::replace(&mut self.blanks, Blanks::at_start());
        self.open.push((look, Some(around)));
    }

    /// A stretch begins, which looks like what is around it where its style says nothing.
    pub fn open(&mut self, look: Look) {
        let look = look.over(self.look());
        self.open.push((look, None));
    }

    /// A stretch or paragraph ends.
    pub fn close(&mut self) {
        if let Some((_, Some(around))) = self.open.pop() {
            self.blanks = around;
        }
    }

    /// Whether what comes next is to be seen.
    pub fn is_seen(&self) -> bool {
        !self.look().is_unseen()
    }

    pub fn push(&mut self, text: &str, body: &mut Body<'_>) {
        if !self.open.is_empty() && self.is_seen() {
            body.push(&self.blanks.fold(text), self.look().is_raised());
        }
    }

    /// Adds what the file has as elements.
    pub fn push_verbatim(&mut self, text: &str, body: &mut Body<'_>) {
        if !self.open.is_empty() && self.is_seen() {
            self.blanks = Blanks::default();
            body.push(text, self.look().is_raised());
        }
    }

    fn look(&self) -> Look {
        self.open.last().map(|(look, _)| *look).unwrap_or_default()
    }
}
