//! A font of a file, and which character each of its codes surely is.
//!
//! What a code means is known where the file says so (a ToUnicode map), where the encoding is one of the published ones, or
//! where the embedded font itself names the glyph. Everything else is unknown: a subset without a map gives its glyphs
//! numbers of its own, and whoever takes those for ASCII reads other digits than are printed.

use std::cell::OnceCell;
use std::collections::HashMap;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontResolverFn, GlyphId, OutlineGlyph};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use skrifa::raw::FileRef;
use skrifa::{FontRef, MetadataProvider};

use super::radicals;

/// What is shown for a code whose character nobody knows.
pub(super) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;
/// What is written where the rest of a text cannot be seen.
pub(super) const CUT: char = '…';
/// A digit of a figure the rest of which cannot be seen.
pub(super) const TORN: char = '\u{fffc}';

/// Whether a character may be part of a figure.
pub(super) fn is_numeric(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '０'..='９' | UNKNOWN | TORN)
}

/// What fonts are made with; what is in several of them is kept once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    standard: FontResolverFn,
    encodings: CMapResolverFn,
}

/// A font, as far as text is concerned.
pub(super) struct Typeface<'a> {
    font: Font<'a>,
    /// As the file names it, without the mark of a subset.
    pub name: String,
    kind: Kind<'a>,
    known: HashMap<(u32, usize), Vec<char>>,
}

/// Where the characters of a font come from besides its own map.
struct Kind<'a> {
    is_composite: bool,
    map: Option<CMap>,
    /// Of a font whose codes are numbers of a published collection: its encoding, and the characters of the collection.
    collection: Option<(CMap, CMap)>,
    /// The embedded font.
    program: Option<Stream<'a>>,
    /// The characters that it has for its glyphs, asked for where nothing else says them; several for one glyph are none.
    glyphs: OnceCell<HashMap<u32, Option<char>>>,
    /// Whether names say what a code is: those of the encoding that the file gives, or of the font itself.
    is_named: bool,
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        let standard: FontResolverFn = std::sync::Arc::new(|query| match query {
            hayro_font::FontQuery::Standard(font) => Some(font.get_font_data()),
            hayro_font::FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        Self { cache: FontCache::new(), standard, encodings: std::sync::Arc::new(load_embedded) }
    }
}

impl<'a> Fonts<'a> {
    /// The font that a dictionary describes; none if it is broken.
    pub fn load(&self, dict: &Dict<'a>) -> Option<Typeface<'a>> {
        let font = self.cache.font(dict, &self.standard, &self.encodings)?;
        let name = dict.get::<Name<'_>>(b"BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let name = match name.split_once('+') {
            Some((mark, rest)) if mark.len() == 6 => rest.to_owned(),
            _ => name,
        };
        Some(Typeface { font, name, kind: Kind::of(dict, &self.encodings), known: HashMap::new() })
    }
}

/// One code of a text, as it is drawn.
pub(super) struct Drawn {
    pub code: u32,
    /// Bytes that the code takes.
    pub length: usize,
    /// In thousandths of the size: from where the text is to where the glyph is, and how far the text goes on.
    pub shift: (f64, f64),
    pub advance: (f64, f64),
    pub is_horizontal: bool,
    /// No code of the font's encoding begins with these bytes.
    pub is_broken: bool,
}

impl Drawn {
    /// A text in a font that could not be found.
    pub fn unknown(length: usize) -> Self {
        let advance = (500.0 * length as f64, 0.0);
        Self { code: 0, length, shift: (0.0, 0.0), advance, is_horizontal: true, is_broken: true }
    }
}

impl Typeface<'_> {
    pub fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        const LEAST: usize = 1 << 12;
        const COLLECTION: usize = 1 << 18;
        let program = self.kind.program.as_ref().map_or(0, |program| program.raw_data().len());
        LEAST + program + if self.kind.collection.is_some() { COLLECTION } else { 0 }
    }

    /// The code that begins at a byte.
    pub fn read(&self, bytes: &[u8], at: usize) -> Drawn {
        let (code, length) = self.font.read_code(bytes, at);
        let (shift, advance) = (self.font.origin_displacement(code), self.font.code_advance(code));
        Drawn {
            code,
            length: length.max(1),
            shift: (shift.x, shift.y),
            advance: (advance.x, advance.y),
            is_horizontal: self.is_horizontal(),
            is_broken: self.kind.is_composite && code == 0 && length == 1 && bytes[at] != 0,
        }
    }

    /// The characters of a code; none for what nobody can see.
    pub fn characters(&mut self, drawn: &Drawn) -> &[char] {
        let Self { font, kind, known, .. } = self;
        known.entry((drawn.code, drawn.length)).or_insert_with(|| characters(font, kind, drawn))
    }
}

fn characters(font: &Font<'_>, kind: &Kind<'_>, drawn: &Drawn) -> Vec<char> {
    let glyph = font.glyph(font.map_code(drawn.code), drawn.code);
    let own = || match &glyph {
        FontGlyph::Outline(glyph) => kind.of_glyph(glyph),
        FontGlyph::Type3(_) => None,
    };
    let found = kind.map.as_ref().and_then(|map| map.lookup_bf_string(drawn.code)).filter(is_text);
    let found = match found.or_else(|| kind.of_collection(drawn)).filter(is_text) {
        // Makers call their own numbering by the name of a collection.
        Some(found) if kind.map.is_none() && own().is_some_and(|own| !are_the_same(&own, &found)) => None,
        Some(found) => Some(found),
        None => own(),
    };
    let named = || match &glyph {
        FontGlyph::Outline(glyph) => glyph.as_unicode(),
        FontGlyph::Type3(glyph) => glyph.as_unicode(),
    };
    let found = found.or_else(|| if kind.is_named { named().filter(is_text) } else { None });
    match found {
        Some(BfString::Char(c)) => vec![radicals::plain(c)],
        Some(BfString::String(text)) => text.chars().map(radicals::plain).collect(),
        // A blank may be without a character, too.
        None if matches!(&glyph, FontGlyph::Outline(glyph) if is_blank(glyph, drawn)) => vec![' '],
        None => vec![UNKNOWN],
    }
}

/// Whether a glyph without a character is a blank. What a font has no glyph for may be drawn otherwise elsewhere.
fn is_blank(glyph: &OutlineGlyph, drawn: &Drawn) -> bool {
    let is_there = glyph.glyph_id() != GlyphId::NOTDEF || (drawn.code, drawn.length) == (u32::from(b' '), 1);
    is_there && glyph.outline().elements().is_empty()
}

/// Whether these are characters that all mean the same by.
fn is_text(text: &BfString) -> bool {
    let is_known = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | UNKNOWN | '\u{f0000}'..);
    match text {
        BfString::Char(c) => is_known(*c),
        BfString::String(text) => !text.is_empty() && text.chars().all(is_known),
    }
}

impl<'a> Kind<'a> {
    fn of(dict: &Dict<'a>, encodings: &CMapResolverFn) -> Self {
        let resolve = |name: CMapName<'_>| encodings(name);
        let map = dict.get::<Stream<'_>>(b"ToUnicode").and_then(|stream| stream.decoded_data().ok());
        let map = map.and_then(|data| CMap::parse(&data, resolve));
        let is_composite = dict.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_ref() == b"Type0");
        let descendant = dict.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let own = descendant.as_ref().unwrap_or(dict);
        let descriptor = own.get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
        let program = [&b"FontFile2"[..], b"FontFile3", b"FontFile"]
            .into_iter()
            .find_map(|key| descriptor.get::<Stream<'_>>(key));
        let collection = if is_composite { collection(dict, own, encodings) } else { None };
        let is_named = !is_composite && is_named(dict, &descriptor, program.is_some());
        Self { is_composite, map, collection, program, glyphs: OnceCell::new(), is_named }
    }

    fn of_collection(&self, drawn: &Drawn) -> Option<BfString> {
        let (encoding, characters) = self.collection.as_ref()?;
        let number = encoding.lookup_cid_code(drawn.code, u8::try_from(drawn.length).ok()?)?;
        characters.lookup_bf_string(number)
    }

    fn of_glyph(&self, glyph: &OutlineGlyph) -> Option<BfString> {
        let program = self.program.as_ref()?;
        let glyphs = self.glyphs.get_or_init(|| own_characters(program));
        glyphs.get(&glyph.glyph_id().to_u32()).copied().flatten().map(BfString::Char)
    }
}

/// Of a font whose codes are numbers in a published collection of characters: the encoding, and the characters.
fn collection(dict: &Dict<'_>, own: &Dict<'_>, encodings: &CMapResolverFn) -> Option<(CMap, CMap)> {
    let resolve = |name: CMapName<'_>| encodings(name);
    let encoding = match dict.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => match CMapName::from_bytes(name.as_ref()) {
            CMapName::IdentityH => CMap::identity_h(),
            CMapName::IdentityV => CMap::identity_v(),
            name => CMap::parse(encodings(name)?, resolve)?,
        },
        Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, resolve)?,
        _ => return None,
    };
    let of_encoding = encoding.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
    let family = of_encoding.filter(|family| family.ucs2_cmap().is_some()).or_else(|| {
        let info = own.get::<Dict<'_>>(b"CIDSystemInfo")?;
        let (registry, ordering) = (info.get::<PdfString<'_>>(b"Registry")?, info.get::<PdfString<'_>>(b"Ordering")?);
        Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
    })?;
    let characters = CMap::parse(encodings(family.ucs2_cmap()?)?, resolve)?;
    Some((encoding, characters))
}

/// The character of each glyph that an embedded font has exactly one for.
fn own_characters(program: &Stream<'_>) -> HashMap<u32, Option<char>> {
    let mut found = HashMap::new();
    let Ok(data) = program.decoded_data() else { return found };
    let font = match FileRef::new(&data) {
        Ok(FileRef::Font(font)) => font,
        _ => return found,
    };
    let characters = font.charmap();
    // A map of signs has numbers that the maker of the subset chose.
    if characters.has_map() && !characters.is_symbol() {
        for (code, glyph) in characters.mappings() {
            let Some(c) = char::from_u32(code).filter(|c| is_text(&BfString::Char(*c))) else { continue };
            let known = found.entry(glyph.to_u32()).or_insert(Some(c));
            if *known != Some(c) {
                *known = known.and_then(|known| the_same(known, c));
            }
        }
    }
    add_named(&font, &mut found);
    found
}

fn are_the_same(one: &BfString, other: &BfString) -> bool {
    matches!((one, other), (BfString::Char(one), BfString::Char(other)) if the_same(*one, *other).is_some())
}

/// What two characters both are, which one glyph draws: a letter and its double.
fn the_same(one: char, other: char) -> Option<char> {
    use unicode_normalization::UnicodeNormalization;
    let plain = |c: char| if c == '\u{a0}' { vec![' '] } else { std::iter::once(c).nfkc().collect::<Vec<_>>() };
    (plain(one) == plain(other)).then(|| one.min(other))
}

/// Adds what the names of the glyphs say, where no character is known.
fn add_named(font: &FontRef<'_>, found: &mut HashMap<u32, Option<char>>) {
    const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let by_number = |name: &str| u32::from_str_radix(name, 16).ok().and_then(char::from_u32);
    for (glyph, name) in font.glyph_names().iter() {
        if name.is_synthesized() {
            break;
        }
        let name = name.as_str();
        let digit = DIGITS.iter().position(|digit| *digit == name).and_then(|digit| char::from_digit(digit as u32, 10));
        let hexadecimal = name.strip_prefix("uni").filter(|digits| digits.len() == 4).and_then(by_number);
        if let Some(c) = digit.or(hexadecimal) {
            found.entry(glyph.to_u32()).or_insert(Some(c));
        }
    }
}

/// Whether the characters of a font with one byte a code follow from names.
fn is_named(dict: &Dict<'_>, descriptor: &Dict<'_>, is_embedded: bool) -> bool {
    const SYMBOLIC: u32 = 1 << 2;
    const PLAIN: u32 = 1 << 5;
    let flags = descriptor.get::<u32>(b"Flags").unwrap_or(PLAIN);
    let has_encoding = dict.contains_key(b"Encoding");
    let kind = dict.get::<Name<'_>>(b"Subtype");
    let is_true_type = !kind.is_some_and(|kind| matches!(kind.as_ref(), b"Type1" | b"MMType1" | b"Type3"));
    match (is_embedded, is_true_type) {
        // Its names are in the font or in the encoding.
        (true, false) => true,
        (true, true) => flags & PLAIN != 0 && flags & SYMBOLIC == 0 && has_encoding,
        // A font of signs that is not in the file draws whatever the one at hand has.
        (false, _) => has_encoding || flags & SYMBOLIC == 0,
    }
}
