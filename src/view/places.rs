//! From a place in a file to the part of the document that is there.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Block, Document, Location, PageArea, Passage};

/// A place to be marked, with its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    pub number: usize,
    pub location: &'a Location,
    /// Where in the document it is; none where nothing of it was read as such.
    pub part: Option<Part>,
}

/// Every part of a document by its place.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For formats whose places are bytes: where each part begins and ends, in that order.
    ranges: Vec<(u32, u32, Part)>,
    named: HashMap<Location, Part>,
    /// For formats of pages: the areas of each, and what is there.
    pages: HashMap<u32, Vec<(PageArea, Part)>>,
}

/// A part of a document: a block, and in a table one of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub block: usize,
    pub cell: usize,
}

impl Places {
    /// Those of a document.
    pub fn of(document: &Document<'_>) -> Self {
        let mut places = Self::default();
        for (block, content) in document.blocks.iter().enumerate() {
            match content {
                Block::Heading(passage) | Block::Paragraph(passage) => {
                    places.add_passage(passage, Part { block, cell: 0 });
                }
                Block::Image(place) => places.add(place.clone(), Part { block, cell: 0 }),
                Block::Table(table) => {
                    for (cell, content) in table.cells().iter().enumerate() {
                        places.add_passage(&content.passage, Part { block, cell });
                    }
                }
            }
        }
        places.ranges.sort_unstable();
        places
    }

    /// A text on several pages is on each of them.
    fn add_passage(&mut self, passage: &Passage<'_>, part: Part) {
        passage.places().for_each(|place| self.add(place, part));
    }

    fn add(&mut self, place: Location, part: Part) {
        match place {
            Location::Text(range) => self.ranges.push((range.start, range.end, part)),
            Location::Page { page, area } => self.pages.entry(page).or_default().push((area, part)),
            named => drop(self.named.insert(named, part)),
        }
    }

    /// The part at a place: that in which it begins.
    pub fn find(&self, place: &Location) -> Option<Part> {
        let range = match place {
            Location::Text(range) => range,
            Location::Page { page, area } => {
                let around = self.pages.get(page)?.iter().filter(|(around, _)| around.union(*area) == *around);
                return around.min_by_key(|(around, _)| around.size()).map(|(_, part)| *part);
            }
            _ => return self.named.get(place).copied(),
        };
        let next = self.ranges.partition_point(|(start, _, _)| *start <= range.start);
        let (_, end, part) = self.ranges.get(next.checked_sub(1)?)?;
        (range.start <= *end).then_some(*part)
    }
}

/// Where in a passage a place is; all of it, where its text has no finer places.
pub(super) fn range_in(passage: &Passage<'_>, place: &Location) -> Range<usize> {
    let whole = 0..passage.text.len();
    let (page, area) = match place {
        Location::Text(wanted) => return passage.range_of(wanted.start..wanted.end).unwrap_or(whole),
        Location::Page { page, area } => (page, area),
        _ => return whole,
    };
    let mut range: Option<Range<usize>> = None;
    for (at, c) in passage.text.char_indices() {
        let own = at..at + c.len_utf8();
        let Location::Page { page: own_page, area: own_area } = passage.locate(own.clone()) else { return whole };
        if own_page == *page && area.union(own_area) == *area {
            range = Some(range.map_or(own.clone(), |range| range.start..own.end));
        }
    }
    range.unwrap_or(0..0)
}
