//! A file as it is printed, from end to end, with a mark wherever a finding points.

mod cells;
mod parts;
mod spans;

use std::collections::BTreeMap;

use super::make::Input;
use super::places::{Part, Places, range_in};
use crate::document::{Block, Document, Location, Passage};
use crate::finding::Finding;
use parts::Placed;
pub use parts::{Pointer, PrintedBlock, PrintedCell, PrintedRow, Span};

/// Of the further places of a finding, so many are marked.
const LABELS: usize = 40;
/// Files with more cells or more text, in bytes, are shown in part: what findings point at, and what is around it.
const CELLS: usize = 60_000;
const TEXT: usize = 4_000_000;

/// A file as it is printed, with a mark wherever a finding of its reports points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub blocks: Vec<PrintedBlock>,
    /// The file is too long to be shown whole.
    pub is_cut: bool,
}

impl Printed {
    /// The file `input` with the findings of its reports. Nothing of a file that could not be read.
    pub fn of(input: Input<'_>) -> Self {
        let Some(document) = input.document else { return Self { blocks: Vec::new(), is_cut: false } };
        let by_block = pointers(document, input);
        let is_cut = !is_short(document);
        let mut blocks = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            let placed = by_block.get(&number).map_or(&[][..], Vec::as_slice);
            match block {
                Block::Heading(passage) => blocks.push(PrintedBlock::Heading(text(passage, placed, is_cut))),
                _ if is_cut && placed.is_empty() => {
                    if blocks.last() != Some(&PrintedBlock::Gap) {
                        blocks.push(PrintedBlock::Gap);
                    }
                }
                Block::Paragraph(passage) => blocks.push(PrintedBlock::Paragraph(text(passage, placed, is_cut))),
                Block::Table(table) => blocks.push(PrintedBlock::Table(cells::rows(table, placed, is_cut))),
                Block::Image(_) => {
                    blocks.push(PrintedBlock::Image(placed.iter().map(|placed| placed.pointer).collect()));
                }
            }
        }
        Self { blocks, is_cut }
    }
}

fn text(passage: &Passage<'_>, placed: &[Placed<'_>], is_cut: bool) -> Vec<Span> {
    let marks = placed.iter().map(|placed| (range_in(passage, placed.location), placed.pointer));
    let spans = spans::of(&passage.text, marks.collect());
    if is_cut { spans::cut(spans) } else { spans }
}

/// Whether the whole file can be shown.
fn is_short(document: &Document<'_>) -> bool {
    let (mut cells, mut text) = (0, 0);
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => text += passage.text.len(),
            Block::Image(_) => {}
            Block::Table(table) => {
                cells += table.cells().len();
                text += table.cells().iter().map(|cell| cell.passage.text.len()).sum::<usize>();
            }
        }
    }
    cells <= CELLS && text <= TEXT
}

/// What points into each block.
fn pointers<'a>(document: &Document<'_>, input: Input<'a>) -> BTreeMap<usize, Vec<Placed<'a>>> {
    let places = Places::of(document);
    let mut by_block: BTreeMap<usize, Vec<Placed<'a>>> = BTreeMap::new();
    for (report, checked) in input.reports.iter().enumerate() {
        for (finding, found) in checked.report.findings.iter().enumerate() {
            for (label, location) in locations(found) {
                let Some(Part { block, cell }) = places.find(location) else { continue };
                let pointer = Pointer { report, finding, label };
                by_block.entry(block).or_default().push(Placed { cell, location, pointer });
            }
        }
    }
    by_block
}

/// The places of a finding in its own file. A label at the place of the finding itself is about what is marked already.
fn locations(finding: &Finding) -> impl Iterator<Item = (usize, &Location)> {
    let labels = finding.labels.iter().zip(1..).filter(|(label, _)| label.path.is_none());
    let labels = labels.map(|(label, number)| (number, &label.location));
    let further = labels.filter(|(_, location)| finding.location.as_ref() != Some(location));
    finding.location.iter().map(|location| (0, location)).chain(further.take(LABELS))
}
