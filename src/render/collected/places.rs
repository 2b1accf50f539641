//! From a place in a file to the piece of the document that stands there.

use std::collections::HashMap;

use crate::document::{Block, Document, Location};

/// Every piece of a document by its place.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For formats whose places are bytes: where each piece begins and ends, in that order.
    ranges: Vec<(u32, u32, Piece)>,
    named: HashMap<Location, Piece>,
}

/// A piece of a document: a block, and in a table one of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    pub block: usize,
    pub cell: usize,
}

impl Places {
    /// Those of a document; of a file that could not be read, none.
    pub fn of(document: Option<&Document<'_>>) -> Self {
        let mut places = Self::default();
        for (block, content) in document.iter().flat_map(|document| &document.blocks).enumerate() {
            match content {
                Block::Heading(passage) | Block::Paragraph(passage) => {
                    places.add(passage.place(), Piece { block, cell: 0 });
                }
                Block::Table(table) => {
                    for (cell, content) in table.cells().iter().enumerate() {
                        places.add(content.passage.place(), Piece { block, cell });
                    }
                }
            }
        }
        places.ranges.sort_unstable();
        places
    }

    fn add(&mut self, place: Location, piece: Piece) {
        match place {
            Location::Text(range) => self.ranges.push((range.start, range.end, piece)),
            named => drop(self.named.insert(named, piece)),
        }
    }

    /// The piece at a place: that in which it begins.
    pub fn find(&self, place: &Location) -> Option<Piece> {
        let Location::Text(range) = place else { return self.named.get(place).copied() };
        let next = self.ranges.partition_point(|(start, _, _)| *start <= range.start);
        let (_, end, piece) = self.ranges.get(next.checked_sub(1)?)?;
        (range.start <= *end).then_some(*piece)
    }
}
