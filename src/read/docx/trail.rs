//! Where what is read of a document stands in its XML. It is noted on the way by the one reader, so that places mean the same
//! for those who mark what was found.

use std::ops::Range;

use crate::document::Location;

/// The paragraphs of a document in order.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub paragraphs: Vec<Traced>,
    /// The open paragraphs: one, and those in text boxes within it.
    open: Vec<Open>,
    /// The open runs: where each begins, and whether it is of the same kind as the paragraph.
    runs: Vec<(usize, bool)>,
    /// The pieces of a paragraph that goes on, and how many are open around it.
    begun: Option<(Vec<Piece>, usize)>,
}

/// A paragraph.
#[derive(Debug)]
pub(crate) struct Traced {
    /// Any place that a finding may give to it: in a table within a table it is that of one of the cells around it.
    pub places: Vec<Location>,
    /// The bytes of the element: of the outermost, where it is in a text box.
    pub element: Range<usize>,
    pub is_boxed: bool,
    pub pieces: Vec<Piece>,
}

/// A stretch of text that is read.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub text: String,
    /// Its bytes.
    pub bytes: Range<usize>,
    /// The bytes of the run that it is in, the outermost one; none where it is in none that is like others.
    pub run: Option<Range<usize>>,
    /// It is text right in that run, written as it is read.
    pub is_plain: bool,
}

#[derive(Debug)]
struct Open {
    start: usize,
    name: String,
    pieces: Vec<Piece>,
}

impl Trail {
    pub(super) fn begin_paragraph(&mut self, tag: Range<usize>, name: &str) {
        let depth = self.open.len();
        let begun = self.begun.take_if(|(_, begun)| *begun == depth);
        let pieces = begun.map(|(pieces, _)| pieces).unwrap_or_default();
        self.open.push(Open { start: tag.start, name: name.to_owned(), pieces });
    }

    pub(super) fn begin_run(&mut self, tag: Range<usize>, name: &str) {
        let prefix = |name: &str| name.rsplit_once(':').map(|(prefix, _)| prefix.to_owned());
        let is_alike = self.open.last().is_some_and(|open| prefix(&open.name) == prefix(name));
        self.runs.push((tag.start, is_alike));
    }

    pub(super) fn end_run(&mut self, end: usize) {
        let Some((start, is_alike)) = self.runs.pop() else { return };
        if !self.runs.is_empty() {
            return;
        }
        // Now it is known where the outermost run ends, and with it those of all paragraphs in it.
        let finished = self.paragraphs.iter_mut().rev().take_while(|paragraph| paragraph.is_boxed);
        let boxed = finished.flat_map(|paragraph| &mut paragraph.pieces);
        let own = self.open.iter_mut().flat_map(|open| &mut open.pieces);
        for piece in own.chain(boxed).filter(|piece| piece.bytes.start >= start) {
            piece.run = is_alike.then_some(start..end);
        }
    }

    pub(super) fn push(&mut self, text: &str, bytes: Range<usize>) {
        let is_plain = self.runs.len() == 1 && self.open.len() == 1 && bytes.len() == text.len();
        if let Some(open) = self.open.last_mut() {
            open.pieces.push(Piece { text: text.to_owned(), bytes, run: None, is_plain });
        }
    }

    pub(super) fn end_paragraph(&mut self, end: usize, places: Vec<Location>, goes_on: bool) {
        let Some(Open { start, pieces, .. }) = self.open.pop() else { return };
        if goes_on {
            self.begun = Some((pieces.clone(), self.open.len()));
        }
        let is_boxed = !self.open.is_empty();
        self.paragraphs.push(Traced { places, element: start..end, is_boxed, pieces });
    }

    /// A cell has ended: no paragraph goes on behind it.
    pub(super) fn end_cell(&mut self) {
        self.begun = None;
    }
}
