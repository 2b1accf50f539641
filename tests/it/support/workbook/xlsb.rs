//! `.xlsb` as Excel writes it, as far as a reader needs it.

use super::{Sheet, THOUSANDS, Value, archive, biff, fonts_within};

pub fn write(sheets: &[Sheet]) -> Vec<u8> {
    archive(&parts(sheets))
}

pub fn parts(sheets: &[Sheet]) -> Vec<(String, Vec<u8>)> {
    let mut texts = Vec::new();
    let mut parts = vec![
        ("xl/workbook.bin".to_owned(), workbook(sheets)),
        ("xl/_rels/workbook.bin.rels".to_owned(), relations(sheets)),
    ];
    for (index, sheet) in sheets.iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{}.bin", index + 1), part(sheet, &mut texts)));
    }
    let count = [texts.len() as u32; 2].map(u32::to_le_bytes).concat();
    let texts = texts.iter().flat_map(|shared| record(19, shared));
    let shared = [record(159, &count), texts.collect(), record(160, &[])].concat();
    parts.push(("xl/sharedStrings.bin".to_owned(), shared));
    parts.push(("xl/styles.bin".to_owned(), styles()));
    parts
}

/// A number format; fonts, of which the second raises text, the third strikes it out and the last is white; and styles of cells.
fn styles() -> Vec<u8> {
    let format = record(44, &[&164_u16.to_le_bytes()[..], &text(THOUSANDS)].concat());
    const BLACK: [u8; 8] = [3, 64, 0, 0, 0, 0, 0, 0xff];
    const WHITE: [u8; 8] = [5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
    let font = |(properties, escapement, colour): (u8, u8, [u8; 8])| {
        let head = [200, 0, properties, 0, 0x90, 1, escapement, 0, 0, 0, 0, 0];
        record(43, &[&head[..], &colour, &[0], &text("S")].concat())
    };
    let fonts = [(0, 0, BLACK), (0, 1, BLACK), (8, 0, BLACK), (0, 0, WHITE)].map(font).concat();
    let style = |format: u16, font: u16| {
        record(47, &[&[0, format, font].map(u16::to_le_bytes).concat()[..], &[0; 10]].concat())
    };
    let of_cells = [style(0, 0), style(0, 2), style(164, 0), style(0, 3)].concat();
    [
        [record(615, &[1, 0, 0, 0]), format, record(616, &[])].concat(),
        [record(611, &[4, 0, 0, 0]), fonts, record(612, &[])].concat(),
        [record(603, &[1, 0, 0, 0]), record(45, &[0; 68]), record(604, &[])].concat(),
        [record(626, &[1, 0, 0, 0]), style(164, 2), record(627, &[])].concat(),
        [record(617, &[4, 0, 0, 0]), of_cells, record(618, &[])].concat(),
    ]
    .concat()
}

pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let sevens = |mut number: usize| {
        let mut bytes = Vec::new();
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            bytes.push(if number > 0 { low | 0x80 } else { low });
            if number == 0 {
                return bytes;
            }
        }
    };
    [sevens(kind.into()), sevens(body.len()), body.to_vec()].concat()
}

pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes(), units.as_slice()].concat()
}

fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut part = [record(131, &[]), record(143, &[])].concat();
    for (number, sheet) in (1_u32..).zip(sheets) {
        let state = [u32::from(sheet.hidden).to_le_bytes(), number.to_le_bytes()].concat();
        part.extend(record(156, &[state, text(&format!("rId{number}")), text(&sheet.name)].concat()));
    }
    // Behind the list, names of areas would follow; this is what stands behind those.
    part.extend([record(144, &[]), record(157, &[0; 26]), record(132, &[])].concat());
    part
}

fn relations(sheets: &[Sheet]) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = (1..=sheets.len()).map(|number| {
        format!(r#"<Relationship Id="rId{number}" Type="{KIND}/worksheet" Target="worksheets/sheet{number}.bin"/>"#)
    });
    let relations: String = relations.collect();
    let styles = format!(r#"<Relationship Id="rIdS" Type="{KIND}/styles" Target="styles.bin"/>"#);
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><Relationships>{relations}{styles}</Relationships>"#).into_bytes()
}

fn part(sheet: &Sheet, texts: &mut Vec<Vec<u8>>) -> Vec<u8> {
    let columns = sheet.hidden_columns.iter().flat_map(|&column| {
        let numbers = [column.into(), column.into(), 0_u32, 0].map(u32::to_le_bytes).concat();
        record(60, &[&numbers[..], &[1, 0]].concat())
    });
    let columns = [record(390, &[]), columns.collect(), record(391, &[])].concat();
    let mut part = [record(129, &[]), record(148, &[0; 16]), columns, record(145, &[])].concat();
    let mut row = None;
    for cell in sheet.sorted() {
        if row != Some(cell.0) {
            row = Some(cell.0);
            let mut rest = [0; 13];
            rest[7] = if sheet.hidden_rows.contains(&cell.0) { 0x10 } else { 0 };
            part.extend(record(0, &[&cell.0.to_le_bytes()[..], &rest].concat()));
        }
        part.extend(record_of(&cell, texts));
    }
    part.extend(record(146, &[]));
    part.extend(record(177, &(sheet.merges.len() as u32).to_le_bytes()));
    for &(first_row, first_column, last_row, last_column) in &sheet.merges {
        let numbers = [first_row, last_row, first_column.into(), last_column.into()];
        part.extend(record(176, &numbers.map(u32::to_le_bytes).concat()));
    }
    part.extend([record(178, &[]), record(130, &[])].concat());
    part
}

fn record_of((_, column, value): &(u32, u16, Value), texts: &mut Vec<Vec<u8>>) -> Vec<u8> {
    let style = match value {
        Value::Struck(_) => 1,
        Value::Thousands(_) => 2,
        Value::White(_) => 3,
        _ => 0_u32,
    };
    let of = |kind, value: &[u8]| {
        record(kind, &[&u32::from(*column).to_le_bytes()[..], &style.to_le_bytes(), value].concat())
    };
    match value {
        Value::Blank => of(1, &[]),
        Value::Number(number) | Value::Struck(number) | Value::White(number) | Value::Thousands(number) => {
            match biff::packed(*number) {
                Some(packed) => of(2, &packed.to_le_bytes()),
                None => of(5, &number.to_le_bytes()),
            }
        }
        Value::Text(text) => {
            texts.push([vec![0], self::text(text)].concat());
            of(7, &(texts.len() as u32 - 1).to_le_bytes())
        }
        Value::Edited(struck, text, raised) => {
            let fonts = fonts_within([struck, text, raised], [2, 0, 1]);
            let runs = fonts.iter().flat_map(|&(start, font)| [start, font].map(u16::to_le_bytes).concat());
            let runs = (fonts.len() as u32).to_le_bytes().into_iter().chain(runs).collect();
            texts.push([vec![1], self::text(&format!("{struck}{text}{raised}")), runs].concat());
            of(7, &(texts.len() as u32 - 1).to_le_bytes())
        }
        Value::Truth(truth) => of(4, &[u8::from(*truth)]),
        Value::Sum(sum, result) => {
            let tokens = biff::tokens(sum, true);
            let length = (tokens.len() as u32).to_le_bytes();
            of(9, &[&result.to_le_bytes(), &[0; 2][..], &length, &tokens, &[0; 4]].concat())
        }
    }
}
