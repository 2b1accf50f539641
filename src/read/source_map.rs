//! A text made of another one: decoded from another encoding, or with its tables repaired. Places in it are mapped back
//! to the file.

use std::ops::Range;

use crate::document::{Block, Location, Origin, Passage, Piece};

/// A text, and the edits that made it of its source.
#[derive(Debug)]
pub(super) struct MappedText {
    pub text: String,
    /// In order; what is between two of them is the same in both, byte for byte.
    pub edits: Vec<Edit>,
}

/// A change: the bytes `original` of the source became the bytes `rewritten` of the text.
#[derive(Debug)]
pub(super) struct Edit {
    pub original: Range<u32>,
    pub rewritten: Range<u32>,
}

impl MappedText {
    /// The source without these stretches, which are in order; none where there are none.
    pub fn without(source: &str, removed: &[Range<usize>]) -> Option<Self> {
        if removed.is_empty() {
            return None;
        }
        let mut text = String::with_capacity(source.len());
        let mut edits = Vec::with_capacity(removed.len());
        let mut kept = 0;
        for range in removed {
            // Of two that share bytes the first counts.
            if range.start < kept {
                continue;
            }
            text.push_str(&source[kept..range.start]);
            let at = text.len() as u32;
            edits.push(Edit { original: range.start as u32..range.end as u32, rewritten: at..at });
            kept = range.end;
        }
        text.push_str(&source[kept..]);
        Some(Self { text, edits })
    }

    /// Gives a block of this text its places in the file, whose byte `base` is the first of the source, and its text for its own.
    pub fn restore<'s>(&self, block: Block<'_>, base: u32) -> Block<'s> {
        SourceMap(&self.edits).restore(block, base)
    }
}

/// What leads from places in a text back to its source.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceMap<'e>(pub &'e [Edit]);

impl SourceMap<'_> {
    /// Gives a block of this text its places in the file, whose byte `base` is the first of the source, and its text for its own.
    pub fn restore<'s>(self, block: Block<'_>, base: u32) -> Block<'s> {
        match block {
            Block::Heading(passage) => Block::Heading(self.passage(passage, base)),
            Block::Paragraph(passage) => Block::Paragraph(self.passage(passage, base)),
            Block::Table(table) => Block::Table(table.map(|passage| self.passage(passage, base))),
            Block::Image(Location::Text(range)) => {
                Block::Image(Location::text(self.original(range.start) + base..self.end_of(range.end) + base))
            }
            Block::Image(place) => Block::Image(place),
        }
    }

    /// Where a range of the text is in the source.
    pub fn source_of(self, range: Range<u32>) -> Range<u32> {
        self.original(range.start)..self.end_of(range.end)
    }

    fn passage<'s>(&self, passage: Passage<'_>, base: u32) -> Passage<'s> {
        let length = passage.text.len() as u32;
        let origin = match passage.origin {
            // A blank cell of an inserted row has no piece as its place.
            Origin::Slice { start } if length == 0 || self.is_verbatim(start, length) => {
                Origin::Slice { start: self.original(start) + base }
            }
            Origin::Slice { start } => {
                let mut pieces = Vec::new();
                self.split(0, start..start + length, base, &mut pieces);
                Origin::Pieces(pieces)
            }
            drawn @ Origin::Drawn(_) => drawn,
            Origin::Pieces(pieces) => {
                let mut restored = Vec::new();
                for piece in pieces {
                    if piece.verbatim {
                        self.split(piece.at, piece.source, base, &mut restored);
                        continue;
                    }
                    let source = self.original(piece.source.start) + base..self.original(piece.source.end) + base;
                    restored.push(Piece { at: piece.at, source, verbatim: false });
                }
                Origin::Pieces(restored)
            }
            whole @ Origin::Whole(_) => whole,
        };
        Passage { text: passage.text.into_owned().into(), origin }
    }

    /// Where the byte `at` of the text is in the source.
    fn original(&self, at: u32) -> u32 {
        let after = self.0.partition_point(|edit| edit.rewritten.end <= at);
        let shifted = match after.checked_sub(1).map(|index| &self.0[index]) {
            None => at,
            Some(edit) => edit.original.end + (at - edit.rewritten.end),
        };
        let within = self.0.get(after).filter(|edit| edit.rewritten.start <= at);
        within.map_or(shifted, |edit| edit.original.start)
    }

    /// The edits that touch a range of the text.
    fn inside(&self, range: &Range<u32>) -> &[Edit] {
        let first = self.0.partition_point(|edit| edit.rewritten.end <= range.start);
        let last = self.0.partition_point(|edit| edit.rewritten.start < range.end);
        &self.0[first..last.max(first)]
    }

    fn is_verbatim(&self, start: u32, length: u32) -> bool {
        self.inside(&(start..start + length)).is_empty()
    }

    /// The bytes `range` of the text, which are those from `at` on of a passage, as pieces of the source.
    fn split(&self, at: u32, range: Range<u32>, base: u32, pieces: &mut Vec<Piece>) {
        let mut push = |part: Range<u32>, verbatim: bool| {
            if !part.is_empty() {
                let source = self.original(part.start) + base..self.end_of(part.end) + base;
                pieces.push(Piece { at: at + (part.start - range.start), source, verbatim });
            }
        };
        let mut next = range.start;
        for edit in self.inside(&range) {
            push(next..edit.rewritten.start.max(next), true);
            push(edit.rewritten.start.max(next)..edit.rewritten.end.min(range.end), false);
            next = edit.rewritten.end.min(range.end).max(next);
        }
        push(next..range.end, true);
    }

    /// Where the source of what ends at byte `at` of the text ends: before what was left out there.
    fn end_of(&self, at: u32) -> u32 {
        let before = |edit: &Edit| edit.rewritten.end < at || edit.rewritten.end == at && edit.rewritten.start < at;
        let after = self.0.partition_point(before);
        if let Some(edit) = self.0.get(after).filter(|edit| edit.rewritten.start < at) {
            return edit.original.end;
        }
        after.checked_sub(1).map_or(at, |index| self.0[index].original.end + (at - self.0[index].rewritten.end))
    }
}
