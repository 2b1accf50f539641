//! Which character a glyph is, as far as its font says.

use gouji::{Checker, Location};

use super::{lines, table};
use crate::support::pdf::{Encoding, Pdf, stream};

/// The smallest TrueType font: a box for each of these glyphs, with a map of characters or without.
fn font(glyphs: u16, characters: Option<&[(u16, u16)]>) -> Vec<u8> {
    let be = |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let outline = be(&[1, 0, 0, 500, 700, 3, 0, 0x0101, 0x0101, 0, 500, 0, 0xfe0c, 0, 0, 700, 0]);
    let mut outlines = Vec::new();
    let mut places = vec![0_u16, 0];
    for _ in 1..glyphs {
        outlines.extend_from_slice(&outline);
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        places.push((outlines.len() / 2) as u16);
    }
    let mut head = be(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    head.extend(be(&[0; 8]));
    head.extend(be(&[0, 0, 500, 700, 0, 8, 2, 0, 0]));
    let metrics = be(&[&[500, 0].repeat(glyphs as usize)[..]].concat());
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"glyf", outlines),
        (b"head", head),
        (b"hhea", be(&[1, 0, 700, 0, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, glyphs])),
        (b"hmtx", metrics),
        (b"loca", be(&places)),
        (b"maxp", be(&[1, 0, glyphs, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
    ];
    if let Some(characters) = characters {
        let (mut ends, mut starts, mut deltas) = (Vec::new(), Vec::new(), Vec::new());
        for (c, glyph) in characters.iter().copied().chain([(0xffff, 0)]) {
            ends.push(c);
            starts.push(c);
            deltas.push(glyph.wrapping_sub(c));
        }
        let count = ends.len() as u16;
        let segments =
            [&[4, 16 + 8 * count, 0, 2 * count, 0, 0, 0][..], &ends, &[0], &starts, &deltas, &vec![0; ends.len()]]
                .concat();
        let map = [be(&[0, 1, 3, 1, 0, 12]), be(&segments)].concat();
        tables.insert(0, (b"cmap", map));
    }
    let mut bytes = be(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut at = 12 + 16 * tables.len();
    for (name, table) in &tables {
        bytes.extend_from_slice(*name);
        bytes.extend([0; 4]);
        bytes.extend((at as u32).to_be_bytes());
        bytes.extend((table.len() as u32).to_be_bytes());
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        bytes.extend_from_slice(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

/// A file with a table, of which a figure is in an embedded font of these glyphs without a map.
fn embedded(characters: Option<&[(u16, u16)]>) -> Vec<u8> {
    let mut file = Pdf::new(Encoding::Ucs2);
    // The pages come behind the objects: 5 is the program.
    file.objects = vec![
        stream("", &font(12, characters)),
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Kai/Encoding/Identity-H/DescendantFonts[7 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
          /DW 500/CIDToGIDMap/Identity/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Kai/Flags 4/FontFile2 5 0 R\
          /FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            .to_vec(),
        b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Song/FirstChar 49/LastChar 51/Widths[500 500 500]\
          /FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontFile2 5 0 R\
          /FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            .to_vec(),
    ];
    file.page_entries = String::new();
    let mut page = file.page();
    page.raw("");
    table(&mut page, &[&["项目", "本年", "上年"], &["办结", "", ""]]);
    page.raw("BT /G 9 Tf 203 708 Td <000300040005> Tj ET BT /H 9 Tf 263 708 Td (123) Tj ET");
    file.add(page);
    file.resources = String::new();
    let bytes = file.finish();
    // The fonts of the page get two more.
    let (from, to) = (&b"/Font<</F 3 0 R>>"[..], &b"/Font<</F 3 0 R/G 6 0 R/H 8 0 R>>"[..]);
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the fonts of the page");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// Fonts that take much room are forgotten and read again; what is said of their glyphs stays together.
#[test]
fn fonts_may_be_forgotten() {
    const PAGES: usize = 16;
    let mut file = Pdf::new(Encoding::Ucs2);
    let program = [font(12, Some(&[(0x31, 7), (0x34, 3)])), vec![0; 1 << 19]].concat();
    for index in 0..PAGES / 2 {
        let at = 5 + 3 * index;
        file.objects.push(stream("", &program));
        file.objects.push(
            format!(
                "<</Type/Font/Subtype/Type0/BaseFont/Kai{index}/Encoding/Identity-H/DescendantFonts[{} 0 R]>>",
                at + 2
            )
            .into_bytes(),
        );
        file.objects.push(
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/DW 500/CIDToGIDMap/Identity/FontDescriptor<</Type/FontDescriptor/FontName/Kai\
                 /Flags 4/FontFile2 {at} 0 R/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            )
            .into_bytes(),
        );
    }
    // Text that is in a font of its own by the settings of a page.
    let settings: String = (0..PAGES / 2).map(|index| format!("/S{index}<</Font[{} 0 R 9]>>", 6 + 3 * index)).collect();
    file.resources = format!("/ExtGState<<{settings}>>");
    for number in 0..PAGES {
        let mut page = file.page();
        page.raw(&format!("BT /S{} gs 60 700 Td <000700030005> Tj ET", number % (PAGES / 2)));
        file.add(page);
    }
    let bytes = file.finish();
    assert_eq!(lines(&bytes).concat(), "14\u{fffd}".repeat(PAGES));
    let document = Checker::default().read("r.pdf", &bytes).expect("it can be read");
    let unknown: Vec<(String, usize)> =
        document.unknown_glyphs.iter().map(|glyphs| (glyphs.font.clone(), glyphs.count)).collect();
    let expected: Vec<(String, usize)> = (0..PAGES / 2).map(|index| (format!("Kai{index}"), 2)).collect();
    assert_eq!(unknown, expected);
}

#[test]
fn glyphs_without_a_known_character_are_said_and_not_read() {
    let bytes = embedded(None);
    assert_eq!(lines(&bytes)[1], "办结|\u{fffd}\u{fffd}\u{fffd}|\u{fffd}\u{fffd}\u{fffd}");
    let checked = Checker::default();
    let document = checked.read("r.pdf", &bytes).expect("it can be read");
    let unknown: Vec<(&str, usize)> =
        document.unknown_glyphs.iter().map(|glyphs| (glyphs.font.as_str(), glyphs.count)).collect();
    assert_eq!(unknown, [("Kai", 3), ("Song", 3)]);
    assert!(matches!(document.unknown_glyphs[0].first, Location::Page { page: 1, .. }));
    let checked = checked.check("r.pdf", &bytes);
    let said = checked.first().report.findings.iter().filter(|finding| finding.message.key == "unknown-glyphs");
    assert_eq!(said.count(), 2);
}

/// Where the font itself has the characters, its map of them is sure; the codes of the text are not.
#[test]
fn the_map_of_an_embedded_font_is_read() {
    let bytes = embedded(Some(&[(0x31, 7), (0x34, 3), (0x38, 4), (0x39, 5)]));
    // Glyph 7 is 1; what the codes 50 and 51 are nobody says.
    assert_eq!(lines(&bytes)[1], "办结|489|1\u{fffd}\u{fffd}");
}
