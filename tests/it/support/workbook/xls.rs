//! `.xls` as Excel 97 to 2003 write it: whole numbers side by side in one record, texts in a shared table that is cut at
//! the end of a record, some of them with fonts or a pronunciation.

use super::{Sheet, THOUSANDS, Value, biff, compound, fonts_within};

/// The longest body of a record.
const LONGEST: usize = 8224;

pub fn write(sheets: &[Sheet]) -> Vec<u8> {
    compound::write(&[("Workbook", &stream(sheets, LONGEST))])
}

/// The stream of the workbook, in which the table of texts is cut after so many bytes.
pub fn stream(sheets: &[Sheet], cut: usize) -> Vec<u8> {
    let mut texts = Texts { cut, bodies: vec![vec![0; 8]], count: 0 };
    let parts: Vec<Vec<u8>> = sheets.iter().map(|sheet| part(sheet, &mut texts)).collect();
    let shared = [fonts(sheets), styles(sheets), texts.finish()].concat();
    let names: Vec<Vec<u8>> = sheets.iter().map(|sheet| name(&sheet.name)).collect();
    let listed: usize = names.iter().map(|name| 4 + 6 + name.len()).sum();
    let begin = record(0x0809, &begin(5));
    let mut start = begin.len() + listed + shared.len() + 4;
    let mut stream = begin;
    for ((sheet, name), part) in sheets.iter().zip(&names).zip(&parts) {
        let head = [(start as u32).to_le_bytes().as_slice(), &[u8::from(sheet.hidden), 0]].concat();
        stream.extend(record(0x0085, &[head, name.clone()].concat()));
        start += part.len();
    }
    stream.extend(shared);
    stream.extend(record(0x000a, &[]));
    stream.extend(parts.concat());
    stream
}

pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(body.len() as u16).to_le_bytes(), body].concat()
}

/// The beginning of the workbook (5) or of a sheet (16).
pub fn begin(part: u8) -> [u8; 16] {
    [0, 6, part, 0, 0, 0, 0xcc, 7, 0, 0, 0, 0, 6, 0, 0, 0]
}

fn name(name: &str) -> Vec<u8> {
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&[(units.len() / 2) as u8, 1], units.as_slice()].concat()
}

/// Fonts, of which the one with the number 6 raises text and the next one strikes it out, and the last
/// one is white; there is none with the number 4.
fn fonts(sheets: &[Sheet]) -> Vec<u8> {
    let is_plain = |cell: &(u32, u16, Value)| !matches!(cell.2, Value::Edited(..)) && style(&cell.2) == 15;
    if sheets.iter().all(|sheet| sheet.cells.iter().all(is_plain)) {
        return Vec::new();
    }
    const BLACK: u16 = 0x7fff;
    const WHITE: u16 = 9;
    let font = |(properties, escapement, colour): (u8, u8, u16)| {
        let [low, high] = colour.to_le_bytes();
        record(0x0031, &[200, 0, properties, 0, low, high, 0x90, 1, escapement, 0, 0, 0, 0, 0, 1, 0, b'S'])
    };
    let plain = font((0, 0, BLACK)).repeat(5);
    [plain, font((0, 1, BLACK)), font((8, 0, BLACK)), font((0, 0, WHITE))].concat()
}

/// The number of the style of a cell.
fn style(value: &Value) -> u8 {
    match value {
        Value::Struck(_) => 16,
        Value::Thousands(_) => 17,
        Value::White(_) => 18,
        _ => 15,
    }
}

/// A number format, and the styles up to those that are in use.
fn styles(sheets: &[Sheet]) -> Vec<u8> {
    if sheets.iter().all(|sheet| sheet.cells.iter().all(|cell| style(&cell.2) == 15)) {
        return Vec::new();
    }
    let code = THOUSANDS.as_bytes();
    let format = record(0x041e, &[&[164, 0, code.len() as u8, 0, 0], code].concat());
    let style = |font, format| record(0x00e0, &[&[font, 0, format, 0][..], &[0; 16]].concat());
    [format, style(0, 0).repeat(16), style(7, 0), style(0, 164), style(8, 0)].concat()
}

fn part(sheet: &Sheet, texts: &mut Texts) -> Vec<u8> {
    let mut part = record(0x0809, &begin(16));
    for &column in &sheet.hidden_columns {
        part.extend(record(0x007d, &[column, column, 0, 15, 1, 0].map(u16::to_le_bytes).concat()));
    }
    for &row in &sheet.hidden_rows {
        part.extend(record(0x0208, &[row as u16, 0, 256, 255, 0, 0, 0x0120, 15].map(u16::to_le_bytes).concat()));
    }
    let cells = sheet.sorted();
    let mut rest = cells.as_slice();
    while let [first, ..] = rest {
        let (kind, bodies) = side_by_side(rest);
        if bodies.len() > 1 {
            let last = first.1 + bodies.len() as u16 - 1;
            part.extend(record(kind, &[&place(first)[..4], &bodies.concat(), &last.to_le_bytes()].concat()));
        } else {
            part.extend(cell(first, texts));
        }
        rest = &rest[bodies.len().max(1)..];
    }
    for areas in sheet.merges.chunks(1000) {
        let numbers = areas.iter().flat_map(|area| [area.0 as u16, area.2 as u16, area.1, area.3]);
        let body = std::iter::once(areas.len() as u16).chain(numbers).flat_map(u16::to_le_bytes);
        part.extend(record(0x00e5, &body.collect::<Vec<u8>>()));
    }
    part.extend(record(0x000a, &[]));
    part
}

/// The cells that one record can hold, from the first on: blanks, or numbers that can be packed.
fn side_by_side(cells: &[(u32, u16, Value)]) -> (u16, Vec<Vec<u8>>) {
    let body = |value: &Value| match value {
        Value::Blank => Some((0x00be, vec![15, 0])),
        Value::Number(number) => {
            biff::packed(*number).map(|packed| (0x00bd, [&[15, 0], &packed.to_le_bytes()[..]].concat()))
        }
        _ => None,
    };
    let (row, column, first) = &cells[0];
    let Some((kind, _)) = body(first) else { return (0, Vec::new()) };
    let beside = cells.iter().zip(*column..).take_while(|(cell, column)| (cell.0, cell.1) == (*row, *column));
    let bodies = beside.map_while(|(cell, _)| body(&cell.2).filter(|(other, _)| *other == kind));
    (kind, bodies.map(|(_, body)| body).collect())
}

fn place(cell: &(u32, u16, Value)) -> [u8; 6] {
    let ([a, b], [c, d]) = ((cell.0 as u16).to_le_bytes(), cell.1.to_le_bytes());
    [a, b, c, d, style(&cell.2), 0]
}

fn cell(cell: &(u32, u16, Value), texts: &mut Texts) -> Vec<u8> {
    let of = |kind, value: &[u8]| record(kind, &[&place(cell), value].concat());
    match &cell.2 {
        Value::Blank => of(0x0201, &[]),
        Value::Number(number) | Value::Struck(number) | Value::White(number) | Value::Thousands(number) => {
            match biff::packed(*number) {
                Some(packed) => of(0x027e, &packed.to_le_bytes()),
                None => of(0x0203, &number.to_le_bytes()),
            }
        }
        Value::Text(text) => of(0x00fd, &texts.index(text, &[]).to_le_bytes()),
        Value::Edited(struck, text, raised) => {
            let runs = fonts_within([struck, text, raised], [7, 0, 6]);
            of(0x00fd, &texts.index(&format!("{struck}{text}{raised}"), &runs).to_le_bytes())
        }
        Value::Truth(truth) => of(0x0205, &[u8::from(*truth), 0]),
        Value::Sum(sum, result) => {
            let tokens = biff::tokens(sum, false);
            of(0x0006, &[&result.to_le_bytes(), &[0; 6][..], &(tokens.len() as u16).to_le_bytes(), &tokens].concat())
        }
    }
}

/// The shared table of texts.
struct Texts {
    cut: usize,
    bodies: Vec<Vec<u8>>,
    count: u32,
}

impl Texts {
    /// The number of the text, whose parts may be in other fonts.
    fn index(&mut self, text: &str, fonts: &[(u16, u16)]) -> u32 {
        const WIDE: u8 = 1;
        let index = self.count;
        self.count += 1;
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut flags = if units.iter().any(|&unit| unit > 255) { WIDE } else { 0 };
        let (mut sizes, mut behind) = (Vec::new(), Vec::new());
        // Every fifth has a stretch in another font, every seventh a pronunciation.
        let fonts = if fonts.is_empty() && index % 5 == 1 { &[(0, 1)] } else { fonts };
        if !fonts.is_empty() {
            flags |= 8;
            sizes.extend((fonts.len() as u16).to_le_bytes());
            behind.extend(fonts.iter().flat_map(|&(start, font)| [start, font].map(u16::to_le_bytes).concat()));
        }
        if index % 7 == 2 {
            flags |= 4;
            sizes.extend(10_u32.to_le_bytes());
            behind.extend([1; 10]);
        }
        self.put(&[&(units.len() as u16).to_le_bytes()[..], &[flags], &sizes].concat());
        for unit in units {
            let unit = unit.to_le_bytes();
            let unit = if flags & WIDE != 0 { &unit[..] } else { &unit[..1] };
            if self.room() < unit.len() {
                // The rest of a text says anew how wide it is.
                self.bodies.push(vec![flags & WIDE]);
            }
            self.put(unit);
        }
        for byte in behind {
            self.put(&[byte]);
        }
        index
    }

    fn room(&self) -> usize {
        self.cut.saturating_sub(self.bodies.last().expect("one body").len())
    }

    fn put(&mut self, bytes: &[u8]) {
        if self.room() < bytes.len() {
            self.bodies.push(Vec::new());
        }
        self.bodies.last_mut().expect("one body").extend(bytes);
    }

    fn finish(mut self) -> Vec<u8> {
        let count = self.count.to_le_bytes();
        self.bodies[0][..8].copy_from_slice(&[count, count].concat());
        let kinds = std::iter::once(0x00fc).chain(std::iter::repeat(0x003c));
        self.bodies.iter().zip(kinds).flat_map(|(body, kind)| record(kind, body)).collect()
    }
}
