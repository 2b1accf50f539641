//! PDF files, written by hand: what programs print, and what is rare.

pub mod report;

use std::fmt::Write as _;

pub use report::{WAYS, Way, write, write_all};

/// How the codes of a text are made; no font is in the file, and none has a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Ucs2,
    Utf16,
    Gbk,
    GbkProportional,
    Gbk2k,
    /// Numbers of characters in the collection of Adobe.
    Identity,
}

pub const ENCODINGS: [Encoding; 6] =
    [Encoding::Ucs2, Encoding::Utf16, Encoding::Gbk, Encoding::GbkProportional, Encoding::Gbk2k, Encoding::Identity];

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Self::Ucs2 => "UniGB-UCS2-H",
            Self::Utf16 => "UniGB-UTF16-H",
            Self::Gbk => "GBK-EUC-H",
            Self::GbkProportional => "GBKp-EUC-H",
            Self::Gbk2k => "GBK2K-H",
            Self::Identity => "Identity-H",
        }
    }

    fn codes(self, text: &str) -> Vec<u8> {
        let units = || text.encode_utf16().flat_map(u16::to_be_bytes);
        match self {
            Self::Ucs2 | Self::Utf16 => units().collect(),
            Self::Gbk | Self::GbkProportional | Self::Gbk2k => encoding_rs::GB18030.encode(text).0.into_owned(),
            Self::Identity => text.chars().flat_map(|c| number(c).to_be_bytes()).collect(),
        }
    }
}

/// The number of a character in the collection; 0, which is no character, where it has none.
fn number(c: char) -> u16 {
    use hayro_cmap::{CMap, CMapName, load_embedded};
    thread_local! {
        static NUMBERS: CMap = {
            let data = load_embedded(CMapName::UniGbUtf16H).expect("it is in the library");
            CMap::parse(data, load_embedded).expect("it is sound")
        };
    }
    let found = NUMBERS.with(|numbers| numbers.lookup_cid_code(u32::from(c), 2));
    u16::try_from(found.unwrap_or(0)).expect("a number of two bytes")
}

/// A file while it is written.
#[derive(Debug)]
pub struct Pdf {
    encoding: Encoding,
    pages: Vec<Page>,
    /// What is added to the dictionary of every page.
    pub page_entries: String,
    /// Further objects, from number 5 on.
    pub objects: Vec<Vec<u8>>,
    /// Further resources of every page.
    pub resources: String,
}

/// The operations of a page. Points are from the top left corner.
#[derive(Debug, Clone)]
pub struct Page {
    encoding: Encoding,
    width: f64,
    height: f64,
    operations: String,
}

impl Pdf {
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, pages: Vec::new(), page_entries: String::new(), objects: Vec::new(), resources: String::new() }
    }

    /// An upright page of A4.
    pub fn page(&self) -> Page {
        Page { encoding: self.encoding, width: 595.0, height: 842.0, operations: String::new() }
    }

    pub fn add(&mut self, page: Page) {
        self.pages.push(page);
    }

    /// A file of one page.
    pub fn of(encoding: Encoding, draw: impl FnOnce(&mut Page)) -> Vec<u8> {
        let mut file = Self::new(encoding);
        let mut page = file.page();
        draw(&mut page);
        file.add(page);
        file.finish()
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        let mut objects: Vec<Vec<u8>> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            Vec::new(),
            format!("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{}/DescendantFonts[4 0 R]>>", self.encoding.name())
                .into_bytes(),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
              /Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light\
              /Flags 6/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>"
                .to_vec(),
        ];
        objects.extend(self.objects);
        let mut kids = String::new();
        for page in &self.pages {
            let content = objects.len() + 1;
            objects.push(stream("", page.operations.as_bytes()));
            write!(kids, "{} 0 R ", content + 1).expect("strings take all");
            objects.push(
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Resources<</Font<</F 3 0 R>>{}>>/Contents {content} 0 R{}>>",
                    page.width, page.height, self.resources, self.page_entries
                )
                .into_bytes(),
            );
        }
        objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()).into_bytes();
        file(&objects)
    }
}

/// A stream with these entries in its dictionary.
pub fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{entries}/Length {}>>stream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A file of these objects, the first of which is the catalog.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", bytes.len()).expect("strings take all");
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let trailer = format!("{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend_from_slice(trailer.as_bytes());
    bytes
}

impl Page {
    /// A page with its longer side across.
    #[must_use]
    pub fn across(self) -> Self {
        Self { width: self.height, height: self.width, ..self }
    }

    pub fn height(&self) -> f64 {
        self.height
    }

    pub fn width(&self) -> f64 {
        self.width
    }

    /// Operations as they are.
    pub fn raw(&mut self, operations: &str) {
        self.operations.push_str(operations);
        self.operations.push('\n');
    }

    /// A text, with the left end of its line at a point.
    pub fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let codes: String = self.encoding.codes(text).iter().map(|byte| format!("{byte:02X}")).collect();
        let y = self.height - y;
        self.raw(&format!("BT /F {size} Tf {x:.2} {y:.2} Td <{codes}> Tj ET"));
    }

    /// A line that is drawn with a pen.
    pub fn line(&mut self, [x, y, to_x, to_y]: [f64; 4]) {
        let height = self.height;
        self.raw(&format!("0.5 w {x:.2} {:.2} m {to_x:.2} {:.2} l S", height - y, height - to_y));
    }

    /// A rectangle that is filled.
    pub fn fill(&mut self, [left, top, right, bottom]: [f64; 4]) {
        let (width, height) = (right - left, bottom - top);
        self.raw(&format!("{left:.2} {:.2} {width:.2} {height:.2} re f", self.height - bottom));
    }

    /// A table with all its lines, each cell a text.
    pub fn table(&mut self, columns: &[f64], rows: &[f64], cells: &[&[&str]]) {
        let (left, right) = (columns[0], columns[columns.len() - 1]);
        let (top, bottom) = (rows[0], rows[rows.len() - 1]);
        rows.iter().for_each(|y| self.line([left, *y, right, *y]));
        columns.iter().for_each(|x| self.line([*x, top, *x, bottom]));
        for (row, texts) in cells.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                self.text(columns[column] + 3.0, rows[row] + 14.0, 9.0, text);
            }
        }
    }
}

/// How wide a text is.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f64>() * size
}
