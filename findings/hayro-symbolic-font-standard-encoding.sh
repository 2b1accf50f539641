#!/usr/bin/env bash
# An embedded TrueType subset that is symbolic and has neither /Encoding nor /ToUnicode: which character a code is.
#
# Version:   hayro-font 0.5.0 with hayro-syntax 0.9.0, Rust; the font is made by fonttools 4.60.1, Python 3.
# Expected:  none. ISO 32000-1, 9.10.2, gives a character only by a ToUnicode map or a named encoding, and the documentation of
#            `Glyph::as_unicode` (hayro-interpret 0.9.0, which passes this on) names the ToUnicode map and the glyph's name,
#            else `None`. The glyph's name in this font is "seven".
# Seen:      the code is looked up in StandardEncoding: the glyph that is drawn as 7, and is called "seven", is said to be "1".
# Matters:   subsets number their glyphs in order of first use, so codes mean nothing by themselves. Each digit of a table
#            becomes another digit, and nothing says that it was a guess.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet fonttools==4.60.1
cat > make.py <<'PY'
"""A page that shows 7, drawn by code 0x31 of a subset whose glyphs are numbered as they come."""
from io import BytesIO
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def outline(points):
    pen = TTGlyphPen(None)
    if points:
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


builder = FontBuilder(1000, isTTF=True)
builder.setupGlyphOrder([".notdef", "seven"])
builder.setupCharacterMap({0xF031: "seven"}, allowFallback=True)
for table in builder.font["cmap"].tables:
    table.platformID, table.platEncID = 3, 0
builder.font["cmap"].tables = builder.font["cmap"].tables[:1]
builder.setupGlyf({".notdef": outline([]), "seven": outline([(50, 700), (450, 700), (200, 0), (120, 0), (340, 620), (50, 620)])})
builder.setupHorizontalMetrics({".notdef": (500, 0), "seven": (500, 50)})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable({"familyName": "Subset", "styleName": "Regular", "psName": "AAAAAA+Subset"})
builder.setupOS2()
builder.setupPost()
data = BytesIO()
builder.save(data)
font = data.getvalue()
content = b"BT /F1 24 Tf 100 700 Td <31> Tj ET"
objects = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    b"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Subset /FirstChar 49 /LastChar 49 /Widths [500] /FontDescriptor 6 0 R >>",
    b"<< /Type /FontDescriptor /FontName /AAAAAA+Subset /Flags 4 /FontBBox [0 0 500 700] /ItalicAngle 0 /Ascent 800 /Descent -200"
    b" /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>",
    b"<< /Length %d /Length1 %d >>\nstream\n%s\nendstream" % (len(font), len(font), font),
]
out = bytearray(b"%PDF-1.4\n")
places = []
for number, body in enumerate(objects, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
start = len(out)
out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
out += b"".join(b"%010d 00000 n \n" % place for place in places)
out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
open("page.pdf", "wb").write(out)
PY
python/bin/python make.py
cat > Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"
[dependencies]
hayro-font = "=0.5.0"
hayro-syntax = "=0.9.0"
TOML
mkdir src
cat > src/main.rs <<'RS'
use std::sync::Arc;

use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontResolverFn};
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;

fn main() {
    let pdf = Pdf::new(std::fs::read("page.pdf").expect("the page")).expect("a PDF");
    let page = &pdf.pages()[0];
    let fonts = page.resources().fonts.clone();
    let font = fonts.get::<Dict<'_>>("F1").expect("a font");
    let other_fonts: FontResolverFn = Arc::new(|_| None);
    let encodings: CMapResolverFn = Arc::new(|_| None);
    let cache = FontCache::new();
    let font = cache.font(&font, &other_fonts, &encodings).expect("a font that can be read");
    let code = 0x31;
    let glyph = font.map_code(code);
    if let FontGlyph::Outline(outline) = font.glyph(glyph, code) {
        println!("code {code:#x}, glyph {:?}: {:?}", outline.glyph_id(), outline.as_unicode());
    }
}
RS
cargo run --quiet | tee seen
cat > wanted <<'OUT'
code 0x31, glyph GlyphId(1): Some(Char('1'))
OUT
diff wanted seen && echo "still so"
