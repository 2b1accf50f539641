//! Text boxes and pictures beside the text: where they are anchored, and which part of the text of all boxes is in each.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::read::little_endian::{number, number16, numbers};

/// What is beside the text.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The shapes that are anchored at characters of the body.
    anchors: HashMap<u32, u32>,
    /// By their shapes, the boxes: characters, counted from the start of the text of all boxes.
    texts: HashMap<u32, Vec<Range<u32>>>,
    /// The text of the boxes that are anchored nowhere.
    pub loose: Vec<Range<u32>>,
    /// Shapes that are pictures, or groups with pictures in them.
    pictures: Vec<u32>,
}

impl Boxes {
    /// `texts` says which part of the text is in which box, `anchors` where shapes are anchored, `drawings` how they are
    /// grouped. What breaks off says nothing.
    pub fn read(texts: &[u8], anchors: &[u8], drawings: &[u8]) -> Self {
        const TEXT: usize = 22;
        const SHAPE: usize = 14;
        const ANCHOR: usize = 26;
        let groups = Groups::read(drawings);
        let mut boxes = Self::default();
        let entries = entries(texts, TEXT);
        // The last one is behind all boxes.
        for (start, end, entry) in entries.iter().take(entries.len().saturating_sub(1)) {
            let shape = number(entry, SHAPE).unwrap_or(0);
            boxes.texts.entry(groups.outermost(shape)).or_default().push(*start..*end);
        }
        for (at, _, entry) in self::entries(anchors, ANCHOR) {
            boxes.anchors.insert(at, number(entry, 0).unwrap_or(0));
        }
        let anchored: HashSet<u32> = boxes.anchors.values().copied().collect();
        let loose = boxes.texts.extract_if(|shape, _| !anchored.contains(shape));
        boxes.loose = loose.flat_map(|(_, texts)| texts).collect();
        boxes.loose.sort_by_key(|text| text.start);
        boxes.pictures = groups.pictures;
        boxes
    }

    /// Takes what is anchored at a character: its text, and whether it is a picture.
    pub fn take(&mut self, at: usize) -> (Vec<Range<u32>>, bool) {
        let Some(shape) = u32::try_from(at).ok().and_then(|at| self.anchors.remove(&at)) else {
            return (Vec::new(), false);
        };
        (self.texts.remove(&shape).unwrap_or_default(), self.pictures.binary_search(&shape).is_ok())
    }
}

/// The entries of a list: characters from where to where, and so many bytes for each.
fn entries(list: &[u8], length: usize) -> Vec<(u32, u32, &[u8])> {
    let count = list.len().saturating_sub(4) / (4 + length);
    let places = numbers(list).zip(numbers(list).skip(1)).take(count);
    let bytes = list.get((count + 1) * 4..).unwrap_or_default().chunks_exact(length);
    places.zip(bytes).map(|((start, end), bytes)| (start, end, bytes)).collect()
}

/// How shapes are grouped.
#[derive(Debug, Default)]
struct Groups {
    /// The outermost group of each shape that is in one.
    outermost: HashMap<u32, u32>,
    /// In order.
    pictures: Vec<u32>,
}

const DRAWING: u16 = 0xf002;
const GROUP: u16 = 0xf003;
const SHAPE: u16 = 0xf004;
const ALL_DRAWINGS: u16 = 0xf000;
const SHAPE_ID: u16 = 0xf00a;
const PROPERTIES: u16 = 0xf00b;

impl Groups {
    fn read(drawings: &[u8]) -> Self {
        let mut groups = Self::default();
        let mut rest = drawings;
        while let Some((kind, content, next)) = record(rest) {
            match kind {
                DRAWING => groups.read_drawing(content),
                ALL_DRAWINGS => {}
                // One byte before each drawing says whether it is one of the body.
                _ => {
                    rest = &rest[1..];
                    continue;
                }
            }
            rest = next;
        }
        groups.pictures.sort_unstable();
        groups
    }

    /// The group of a drawing is of the page; what is in it is what is anchored.
    fn read_drawing(&mut self, drawing: &[u8]) {
        for (_, content) in records(drawing).filter(|(kind, _)| *kind == GROUP) {
            for (kind, content) in records(content) {
                let mut shapes = Vec::new();
                collect(kind, content, &mut shapes);
                let Some(&(first, _)) = shapes.first() else { continue };
                if shapes.iter().any(|(_, is_picture)| *is_picture) {
                    self.pictures.push(first);
                }
                self.outermost.extend(shapes.into_iter().map(|(shape, _)| (shape, first)));
            }
        }
    }

    fn outermost(&self, shape: u32) -> u32 {
        self.outermost.get(&shape).copied().unwrap_or(shape)
    }
}

/// All shapes in a record, and whether each is a picture; a group comes before what is in it.
fn collect(kind: u16, content: &[u8], shapes: &mut Vec<(u32, bool)>) {
    // Groups in groups, each of which takes eight bytes at least, are open one within the other.
    let mut open = vec![(kind, content)];
    while let Some((kind, content)) = open.pop() {
        match kind {
            GROUP => {
                let start = open.len();
                open.extend(records(content));
                open[start..].reverse();
            }
            SHAPE => shapes.extend(shape(content)),
            _ => {}
        }
    }
}

/// The number of a shape, and whether it is a picture.
fn shape(content: &[u8]) -> Option<(u32, bool)> {
    let mut id = None;
    let mut is_picture = false;
    for (kind, content) in records(content) {
        match kind {
            SHAPE_ID => id = number(content, 0),
            PROPERTIES => is_picture |= has_picture(content),
            _ => {}
        }
    }
    Some((id?, is_picture))
}

/// Whether the properties name a picture.
fn has_picture(properties: &[u8]) -> bool {
    const PROPERTY: usize = 6;
    const KIND: u16 = 0x3fff;
    const PICTURE: u16 = 0x0104;
    let kinds = properties.chunks_exact(PROPERTY).map(|property| number16(property, 0).unwrap_or(0) & KIND);
    kinds.take_while(|&kind| kind <= PICTURE).any(|kind| kind == PICTURE)
}

fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (kind, content, next) = record(rest)?;
        rest = next;
        Some((kind, content))
    })
}

/// The first record: its kind, its content, and what is behind it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    const HEAD: usize = 8;
    let kind = number16(bytes, 2)?;
    let length = number(bytes, 4)? as usize;
    let rest = &bytes[HEAD..];
    let (content, next) = rest.split_at(length.min(rest.len()));
    Some((kind, content, next))
}
