//! Documents of Word 97 to 2003, written by hand: what programs write, and what is rare.

mod report;

pub use report::{WAYS, Way, write, write_all};

use super::workbook::compound;

/// The signs that end a paragraph and a cell.
pub const PARAGRAPH_END: u16 = 0x0d;
pub const CELL_END: u16 = 0x07;

/// A property as it is written: a number, and its operand with its length where that is not fixed.
pub fn property(kind: u16, operand: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    match kind >> 13 {
        6 if kind == 0xd608 => bytes.extend((operand.len() as u16 + 1).to_le_bytes()),
        6 => bytes.push(operand.len() as u8),
        _ => {}
    }
    bytes.extend(operand);
    bytes
}

/// Properties of characters.
pub fn deleted() -> Vec<u8> {
    property(0x0800, &[1])
}

pub fn hidden() -> Vec<u8> {
    property(0x083c, &[1])
}

pub fn struck() -> Vec<u8> {
    property(0x0837, &[1])
}

pub fn raised() -> Vec<u8> {
    property(0x2a48, &[1])
}

pub fn special() -> Vec<u8> {
    property(0x0855, &[1])
}

/// A cell of a row: the edge on its right, and how it is merged (1 goes on, 3 begins).
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub right: i16,
    pub vertically: u16,
    pub horizontally: u16,
}

/// The properties of the end of a row in so many tables.
pub fn row_end(depth: u32, left: i16, cells: &[Cell]) -> Vec<u8> {
    let mut row = vec![cells.len() as u8];
    row.extend(left.to_le_bytes());
    cells.iter().for_each(|cell| row.extend(cell.right.to_le_bytes()));
    for cell in cells {
        row.extend((cell.horizontally | cell.vertically << 5).to_le_bytes());
        row.extend([0; 18]);
    }
    let end = if depth == 1 { property(0x2417, &[1]) } else { property(0x244c, &[1]) };
    [in_table(depth), end, property(0xd608, &row)].concat()
}

pub fn in_table(depth: u32) -> Vec<u8> {
    [property(0x2416, &[1]), property(0x6649, &depth.to_le_bytes())].concat()
}

/// The end of a cell in so many tables, with the sign that is written for it.
pub fn cell_end(depth: u32) -> (u16, Vec<u8>) {
    match depth {
        1 => (CELL_END, in_table(1)),
        _ => (PARAGRAPH_END, [in_table(depth), property(0x244b, &[1])].concat()),
    }
}

/// A document that is being written.
#[derive(Debug, Default)]
pub struct Word {
    /// Each character, with its format and the format of the paragraph that it ends.
    text: Vec<(u16, usize, Option<usize>)>,
    characters: Vec<Vec<u8>>,
    paragraphs: Vec<Vec<u8>>,
    /// The styles, each as it is written.
    styles: Vec<Vec<u8>>,
    /// The text of boxes, and the characters that they are anchored at.
    boxes: Vec<(usize, String)>,
    lists: Vec<u8>,
    list_uses: Vec<u8>,
    /// Formats of more bytes than this are kept in a stream of their own.
    longest: usize,
    /// Characters a piece; pieces of one byte a character where that can be; the last piece first in the file.
    piece: Option<usize>,
}

impl Word {
    pub fn new() -> Self {
        Self { longest: 400, ..Self::default() }
    }

    pub fn keep_long_formats_apart(&mut self, longest: usize) {
        self.longest = longest;
    }

    pub fn in_pieces(&mut self, length: usize) {
        self.piece = Some(length);
    }

    /// Adds characters of a format.
    pub fn text(&mut self, text: &str, format: Vec<u8>) {
        self.characters.push(format);
        let format = self.characters.len() - 1;
        self.text.extend(text.encode_utf16().map(|unit| (unit, format, None)));
    }

    /// Ends a paragraph of a style, and says the rest of it.
    pub fn end(&mut self, sign: u16, style: u16, format: &[u8]) {
        self.end_as(sign, style, format, Vec::new());
    }

    /// The same, with a format of the sign itself.
    pub fn end_as(&mut self, sign: u16, style: u16, format: &[u8], of_sign: Vec<u8>) {
        self.paragraphs.push([&style.to_le_bytes(), format].concat());
        self.characters.push(of_sign);
        self.text.push((sign, self.characters.len() - 1, Some(self.paragraphs.len() - 1)));
    }

    /// A paragraph of one format.
    pub fn paragraph(&mut self, text: &str, style: u16) {
        self.text(text, Vec::new());
        self.end(PARAGRAPH_END, style, &[]);
    }

    /// Anchors a text box here.
    pub fn text_box(&mut self, text: &str) {
        self.boxes.push((self.text.len(), text.to_owned()));
        self.text("\u{8}", special());
    }

    /// Adds a style of paragraphs; `id` is 0xffe for one of the user's own.
    pub fn style(&mut self, id: u16, name: &str, based_on: u16, format: &[u8]) {
        const PARAGRAPH: u16 = 1;
        let index = self.styles.len() as u16;
        let mut style: Vec<u8> =
            [id, PARAGRAPH | based_on << 4, 2, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        style.extend((name.encode_utf16().count() as u16).to_le_bytes());
        style.extend(name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
        for format in [&[&index.to_le_bytes(), format].concat()[..], &[]] {
            style.extend((format.len() as u16).to_le_bytes());
            style.extend(format);
            style.resize(style.len().next_multiple_of(2), 0);
        }
        self.styles.push(style);
    }

    /// A kind of list of one level, and a list of that kind: number 1.
    pub fn list(&mut self, format: u8, text: &[u16]) {
        self.lists = 1_u16.to_le_bytes().to_vec();
        self.lists.extend(7_u32.to_le_bytes());
        self.lists.extend([0; 22]);
        self.lists.extend([1, 0]);
        self.lists.extend(1_u32.to_le_bytes());
        self.lists.extend([format, 0]);
        self.lists.extend([0; 22]);
        self.lists.extend((text.len() as u16).to_le_bytes());
        self.lists.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
        self.list_uses = [1_u32, 7, 0, 0, 0, u32::MAX].into_iter().flat_map(u32::to_le_bytes).collect();
    }

    /// The streams in their file.
    pub fn write(self) -> Vec<u8> {
        let streams = self.streams();
        let streams: Vec<(&str, &[u8])> = streams.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
        compound::write(&streams)
    }

    /// The streams by their names.
    pub fn streams(mut self) -> Vec<(&'static str, Vec<u8>)> {
        const TEXT: usize = 1024;
        const PAGE: usize = 512;
        let body = self.text.len();
        let anchors: Vec<u32> = self.boxes.iter().map(|(at, _)| *at as u32).collect();
        let mut box_ends = vec![0];
        for (_, text) in std::mem::take(&mut self.boxes) {
            self.paragraph(&text, 0);
            box_ends.push((self.text.len() - body) as u32);
        }
        if box_ends.len() > 1 {
            self.paragraph("", 0);
            box_ends.push((self.text.len() - body) as u32);
        }
        let of_boxes = self.text.len() - body;

        let mut document = vec![0; TEXT];
        let pieces = self.put_text(&mut document);
        document.resize(document.len().next_multiple_of(PAGE), 0);
        let mut data = Vec::new();
        let paragraphs: Vec<Vec<u8>> =
            self.paragraphs.iter().map(|format| self.paragraph_format(format, &mut data)).collect();
        let characters: Vec<Vec<u8>> =
            self.characters.iter().map(|format| [&[format.len() as u8], &format[..]].concat()).collect();
        let stretches = self.stretches(&pieces);
        let of_characters = stretches.iter().map(|stretch| (stretch.0, stretch.1, &characters[stretch.2][..]));
        let character_pages = put_pages(&mut document, of_characters.collect(), 1);
        let of_paragraphs =
            stretches.iter().map(|stretch| (stretch.0, stretch.1, stretch.3.map_or(&[][..], |of| &paragraphs[of])));
        let paragraph_pages = put_pages(&mut document, of_paragraphs.collect(), 13);

        let mut table = Table::default();
        table.put(1, &self.style_list());
        table.put(12, &character_pages);
        table.put(13, &paragraph_pages);
        table.put(33, &piece_table(&pieces));
        if !anchors.is_empty() {
            let entries: Vec<u8> =
                (1..=anchors.len() as u32).flat_map(|shape| [&shape.to_le_bytes()[..], &[0; 22]].concat()).collect();
            let places = anchors.iter().copied().chain([body as u32]).flat_map(u32::to_le_bytes);
            table.put(40, &[places.collect(), entries].concat());
            let entries: Vec<u8> = (1..=anchors.len() as u32 + 1)
                .flat_map(|shape| [&[0; 14][..], &shape.to_le_bytes(), &[0; 4]].concat())
                .collect();
            table.put(56, &[box_ends.into_iter().flat_map(u32::to_le_bytes).collect(), entries].concat());
        }
        if !self.lists.is_empty() {
            table.put(73, &self.lists);
            table.put(74, &self.list_uses);
        }
        let head = information(body, of_boxes, &table);
        document[..head.len()].copy_from_slice(&head);
        vec![("WordDocument", document), ("1Table", table.bytes), ("Data", data)]
    }

    fn style_list(&self) -> Vec<u8> {
        let head = [self.styles.len() as u16, 10, 1, 91, 15, 0, 0, 0, 0];
        let mut list = ((head.len() * 2) as u16).to_le_bytes().to_vec();
        list.extend(head.into_iter().flat_map(u16::to_le_bytes));
        for style in &self.styles {
            list.extend((style.len() as u16).to_le_bytes());
            list.extend(style);
        }
        list
    }

    /// The format of a paragraph as a page has it.
    fn paragraph_format(&self, format: &[u8], data: &mut Vec<u8>) -> Vec<u8> {
        let mut format = format.to_vec();
        if format.len() > self.longest {
            let place = data.len() as u32;
            data.extend((format.len() as u16 - 2).to_le_bytes());
            data.extend(&format[2..]);
            format.truncate(2);
            format.extend(property(0x6646, &place.to_le_bytes()));
        }
        if format.len().is_multiple_of(2) {
            return [&[0, (format.len() / 2) as u8], &format[..]].concat();
        }
        [&[format.len().div_ceil(2) as u8], &format[..]].concat()
    }

    /// Writes the text: each piece with its characters, its place in the file and whether it has two bytes a character.
    fn put_text(&self, document: &mut Vec<u8>) -> Vec<(std::ops::Range<usize>, usize, bool)> {
        let length = self.piece.unwrap_or(self.text.len());
        let mut pieces: Vec<_> = (0..self.text.len().div_ceil(length))
            .map(|index| (index * length..self.text.len().min((index + 1) * length), 0, true))
            .collect();
        for (range, place, is_wide) in pieces.iter_mut().rev() {
            let units = self.text[range.clone()].iter().map(|(unit, ..)| *unit);
            *is_wide = self.piece.is_none() || units.clone().any(|unit| unit > 0x7f);
            *place = document.len();
            if *is_wide {
                document.extend(units.flat_map(u16::to_le_bytes));
            } else {
                document.extend(units.map(|unit| unit as u8));
            }
        }
        pieces
    }

    /// Stretches of the file, in order: from where to where, and the formats of their characters and paragraphs.
    fn stretches(&self, pieces: &[(std::ops::Range<usize>, usize, bool)]) -> Vec<(u32, u32, usize, Option<usize>)> {
        let mut of_paragraph = vec![None; self.text.len()];
        let mut last = None;
        for (place, (.., paragraph)) in of_paragraph.iter_mut().zip(&self.text).rev() {
            last = paragraph.or(last);
            *place = last;
        }
        let mut stretches: Vec<(u32, u32, usize, Option<usize>)> = Vec::new();
        for (range, place, is_wide) in pieces.iter().rev() {
            let width = if *is_wide { 2 } else { 1 };
            for (index, at) in range.clone().enumerate() {
                let start = (place + index * width) as u32;
                let format = self.text[at].1;
                match stretches.last_mut() {
                    Some(last) if last.1 == start && last.2 == format && last.3 == of_paragraph[at] => {
                        last.1 += width as u32;
                    }
                    _ => stretches.push((start, start + width as u32, format, of_paragraph[at])),
                }
            }
        }
        stretches
    }
}

/// The stream of tables, with where each of its parts lies.
#[derive(Debug, Default)]
struct Table {
    bytes: Vec<u8>,
    parts: Vec<(usize, u32, u32)>,
}

impl Table {
    fn put(&mut self, part: usize, bytes: &[u8]) {
        self.parts.push((part, self.bytes.len() as u32, bytes.len() as u32));
        self.bytes.extend(bytes);
    }
}

/// The first block of the document.
fn information(body: usize, of_boxes: usize, table: &Table) -> Vec<u8> {
    const PARTS: usize = 93;
    let mut head = Vec::new();
    head.extend([0xa5ec, 0xc1, 0, 0x0804, 0, 0x1200].into_iter().flat_map(u16::to_le_bytes));
    head.resize(32, 0);
    head.extend(14_u16.to_le_bytes());
    head.resize(62, 0);
    head.extend(22_u16.to_le_bytes());
    let lengths = [0, 0, 0, body as u32, 0, 0, 0, 0, 0, of_boxes as u32];
    head.extend(lengths.into_iter().flat_map(u32::to_le_bytes));
    head.resize(152, 0);
    head.extend((PARTS as u16).to_le_bytes());
    head.resize(154 + PARTS * 8, 0);
    for (part, start, length) in &table.parts {
        let at = 154 + part * 8;
        head[at..at + 4].copy_from_slice(&start.to_le_bytes());
        head[at + 4..at + 8].copy_from_slice(&length.to_le_bytes());
    }
    head
}

fn piece_table(pieces: &[(std::ops::Range<usize>, usize, bool)]) -> Vec<u8> {
    let mut list: Vec<u8> = pieces.iter().flat_map(|(range, ..)| (range.start as u32).to_le_bytes()).collect();
    list.extend(pieces.last().map_or(0, |(range, ..)| range.end as u32).to_le_bytes());
    for (_, place, is_wide) in pieces {
        let place = if *is_wide { *place as u32 } else { (*place as u32 * 2) | (1 << 30) };
        list.extend([0, 0]);
        list.extend(place.to_le_bytes());
        list.extend([0, 0]);
    }
    [&[2][..], &(list.len() as u32).to_le_bytes(), &list].concat()
}

/// Writes pages of formats, `entry` bytes for the place of each, and gives the list of pages.
fn put_pages(document: &mut Vec<u8>, stretches: Vec<(u32, u32, &[u8])>, entry: usize) -> Vec<u8> {
    const PAGE: usize = 512;
    let mut firsts = Vec::new();
    let mut numbers = Vec::new();
    let mut rest = &stretches[..];
    while !rest.is_empty() {
        let mut count = 0;
        let mut formats = 0;
        let size = |format: &[u8]| format.len().next_multiple_of(2);
        while let Some((.., format)) = rest.get(count)
            && (count + 2) * 4 + (count + 1) * entry + formats + size(format) < PAGE - 1
        {
            formats += size(format);
            count += 1;
        }
        assert!(count > 0, "a format that is longer than a page");
        let (own, next) = rest.split_at(count);
        let mut page = vec![0; PAGE];
        page[PAGE - 1] = count as u8;
        let mut end = PAGE - 1 - (PAGE - 1) % 2;
        for (index, (start, stop, format)) in own.iter().enumerate() {
            page[index * 4..index * 4 + 4].copy_from_slice(&start.to_le_bytes());
            page[index * 4 + 4..index * 4 + 8].copy_from_slice(&stop.to_le_bytes());
            if !format.is_empty() {
                end -= size(format);
                page[end..end + format.len()].copy_from_slice(format);
                page[(count + 1) * 4 + index * entry] = (end / 2) as u8;
            }
        }
        firsts.push(own[0].0);
        numbers.push((document.len() / PAGE) as u32);
        document.extend(page);
        rest = next;
    }
    firsts.push(stretches.last().map_or(0, |last| last.1));
    firsts.into_iter().chain(numbers).flat_map(u32::to_le_bytes).collect()
}
