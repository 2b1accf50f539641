//! From the places that a finding points at to marked excerpts. All are bounded, so that a report of any size is shown in
//! a few lines and rows.

mod lines;
mod passage;
mod table;

use std::cell::OnceCell;

use super::excerpt::{Excerpt, Line, Piece};
use super::places::{Marked, Part, Places};
use super::position::Lines;
use crate::document::{Block, Document, Format, Location};
use crate::finding::Finding;

/// Of the further places of a finding, so many are marked in each file.
const MARKS: usize = 40;

/// A file that findings point into.
pub(super) struct File<'a> {
    pub path: &'a str,
    pub lines: Lines<'a>,
    /// None of a file that could not be read.
    document: Option<&'a Document<'a>>,
    /// Looked for where something is drawn.
    places: OnceCell<Places>,
}

impl<'a> File<'a> {
    pub fn new(path: &'a str, lines: Lines<'a>, document: Option<&'a Document<'a>>) -> Self {
        Self { path, lines, document, places: OnceCell::new() }
    }

    /// What of the document is at a place.
    pub fn at(&self, location: &Location) -> Option<(&'a Document<'a>, Part)> {
        let document = self.document?;
        let known = self.places.get_or_init(|| Places::of(document));
        Some((document, known.find(location)?))
    }

    /// The excerpt that shows these places.
    fn excerpt<'l>(&self, places: impl Iterator<Item = (usize, &'l Location)>) -> Excerpt {
        let Some(document) = self.document else { return Excerpt::default() };
        let known = self.places.get_or_init(|| Places::of(document));
        let marks: Vec<Marked<'_>> =
            places.map(|(number, location)| Marked { number, location, part: known.find(location) }).collect();
        let lines = lines::of(document, &self.lines, &marks);
        Excerpt { path: None, lines, pieces: self.pieces(document, &marks) }
    }

    /// A piece for each table and passage that marks are in.
    fn pieces(&self, document: &Document<'_>, marks: &[Marked<'_>]) -> Vec<Piece> {
        let mut blocks: Vec<(Option<usize>, Vec<Marked<'_>>)> = Vec::new();
        for mark in marks {
            let block = mark.part.map(|part| part.block);
            match blocks.iter_mut().find(|(known, _)| block.is_some() && *known == block) {
                Some((_, marks)) => marks.push(*mark),
                None => blocks.push((block, vec![*mark])),
            }
        }
        let pieces = blocks.into_iter().filter_map(|(block, marks)| {
            let (mut table, mut text) = (Vec::new(), Vec::new());
            match block.map(|block| &document.blocks[block]) {
                Some(Block::Table(found)) => table = table::of(found, &marks),
                Some(Block::Heading(found) | Block::Paragraph(found)) => text = passage::of(found, &marks),
                Some(Block::Image(_)) | None => {
                    text = passage::of_line(lines::of(document, &self.lines, &marks).first()?);
                }
            }
            Some(Piece { marks: marks.iter().map(|mark| mark.number).collect(), table, text })
        });
        pieces.collect()
    }
}

/// All that a finding points at, in its own file first.
pub(super) fn excerpts(own: &File<'_>, beside: &[File<'_>], finding: &Finding) -> Vec<Excerpt> {
    let primary = finding.location.as_ref();
    // It says what is at the place of the finding, which is marked already.
    let of_primary = labels(finding, None).find(|(_, location)| Some(*location) == primary).map(|(number, _)| number);
    let further = labels(finding, None).filter(|(number, _)| Some(*number) != of_primary);
    let own = own.excerpt(primary.map(|location| (0, location)).into_iter().chain(further));
    let beside = beside.iter().map(|file| {
        let excerpt = file.excerpt(labels(finding, Some(file.path)));
        Excerpt { path: Some(file.path.to_owned()), ..excerpt }
    });
    std::iter::once(own).chain(beside).filter(|excerpt| !excerpt.is_empty()).collect()
}

/// The lines of a text that is no report in which these places are, each marked with its number.
pub fn marked_lines(lines: &Lines<'_>, places: &[Location]) -> Vec<Line> {
    let marks = places.iter().enumerate().map(|(number, location)| Marked { number, location, part: None });
    lines::of(&Document::blank(Format::Text, None), lines, &marks.collect::<Vec<_>>())
}

/// The places of the first labels in a file, with their numbers.
fn labels<'l>(finding: &'l Finding, path: Option<&'l str>) -> impl Iterator<Item = (usize, &'l Location)> {
    let labels = finding.labels.iter().zip(1..);
    let labels = labels.filter(move |(label, _)| label.path.as_deref() == path).take(MARKS);
    labels.map(|(label, number)| (number, &label.location))
}
