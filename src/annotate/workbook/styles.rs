//! The styles of a workbook, to which some are added: that of a cell with another ground, and those of the sheet of results.

use std::collections::HashMap;

use super::book::Book;
use crate::annotate::marks::Weight;
use crate::annotate::package::{Package, folder_of, root};
use crate::annotate::xml::{Edits, Node, Walk, with_attribute};
use crate::pack::Severity;
use crate::read::Unreadable;

/// Excel has no more styles of cells than this.
const MOST: usize = 64_000;

/// The grounds of marked cells. They are colours that nobody else takes, so that they are known again.
const GROUNDS: [(Weight, &str); 5] = [
    (Weight::Found(Severity::Error), "FFFFC8CF"),
    (Weight::Found(Severity::Warning), "FFFFE9A1"),
    (Weight::Found(Severity::Advice), "FFDDEBF8"),
    (Weight::After, "FFFFF3E1"),
    (Weight::Beside, "FFFFF3E1"),
];

/// The styles of the sheet of results.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Looks {
    pub title: u32,
    pub head: u32,
    pub text: u32,
    pub link: u32,
    /// Of errors, warnings and advice.
    pub severities: [u32; 3],
}

pub(super) struct Styles {
    text: String,
    /// The workbook had none.
    is_new: bool,
    prefix: String,
    fonts: List,
    fills: List,
    cells: List,
}

/// A list of styles of one kind.
struct List {
    items: Vec<String>,
    places: HashMap<String, u32>,
    /// So many are in the file.
    known: usize,
    /// The tag with which the list begins, and where its end is.
    open: std::ops::Range<usize>,
    end: usize,
}

impl List {
    fn new(open: std::ops::Range<usize>) -> Self {
        Self { items: Vec::new(), places: HashMap::new(), known: 0, end: open.end, open }
    }

    fn push(&mut self, item: &str) -> u32 {
        let place = self.items.len() as u32;
        self.items.push(item.to_owned());
        // Of equal ones the first one counts.
        *self.places.entry(item.to_owned()).or_insert(place)
    }

    /// The place of such an item, which is added where there is none.
    fn add(&mut self, item: String) -> u32 {
        match self.places.get(&item) {
            Some(place) => *place,
            None => self.push(&item),
        }
    }

    fn write(&self, text: &str, edits: &mut Edits) {
        if self.items.len() == self.known {
            return;
        }
        let open = &text[self.open.clone()];
        edits.replace(self.open.clone(), with_attribute(open, "count", &self.items.len().to_string()));
        edits.insert(self.end, self.items[self.known..].concat());
    }
}

impl Styles {
    /// The styles of a workbook, as far as they can be added to.
    pub fn read(package: &mut Package<'_>, book: &Book) -> Result<Option<Self>, Unreadable> {
        let text = match &book.styles {
            Some(part) => package.require(part)?,
            None => plain(&book.namespace),
        };
        let mut walk = Walk::of(&text);
        let Some(root) = root(&mut walk)? else { return Ok(None) };
        let prefix = root.prefix();
        let (mut fonts, mut fills, mut cells) = (None, None, None);
        while let Some(node) = walk.next()? {
            let Node::Start(tag) = node else { continue };
            let list = match tag.name() {
                "fonts" => &mut fonts,
                "fills" => &mut fills,
                "cellXfs" => &mut cells,
                _ => {
                    walk.skip()?;
                    continue;
                }
            };
            let mut own = List::new(tag.span.clone());
            own.end = read_list(&text, &mut walk, &mut own)?;
            own.known = own.items.len();
            *list = Some(own);
        }
        let (Some(fonts), Some(fills), Some(cells)) = (fonts, fills, cells) else { return Ok(None) };
        Ok(Some(Self { is_new: book.styles.is_none(), text, prefix, fonts, fills, cells }))
    }

    /// Whether cells of this style bear a ground of ours.
    pub fn is_ours(&self, style: u32) -> bool {
        let fill = self.cells.items.get(style as usize).and_then(|cell| attribute(cell, "fillId"));
        let fill = fill.and_then(|fill| self.fills.items.get(fill.parse::<usize>().ok()?));
        fill.is_some_and(|fill| GROUNDS.iter().any(|(_, ground)| fill.contains(ground)))
    }

    /// The style of a cell that has this one, on the ground of a mark; none where its text could not be read there, or was
    /// not to be seen.
    pub fn coloured(&mut self, style: u32, weight: Weight) -> Option<u32> {
        let cell = self.cells.items.get(style as usize)?.clone();
        if !self.is_dark(&cell) {
            return None;
        }
        let (_, ground) = GROUNDS.iter().find(|(of, _)| *of == weight)?;
        let fill = self.ground(ground);
        self.cell(&with_head(&with_head(&cell, "fillId", &fill.to_string()), "applyFill", "1"))
    }

    fn ground(&mut self, colour: &str) -> u32 {
        let prefix = &self.prefix;
        self.fills.add(format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
        ))
    }

    fn cell(&mut self, cell: &str) -> Option<u32> {
        if self.cells.items.len() >= MOST && !self.cells.places.contains_key(cell) {
            return None;
        }
        Some(self.cells.add(cell.to_owned()))
    }

    /// Whether text in the font of this style is seen on a light ground, and was to be seen before.
    fn is_dark(&self, cell: &str) -> bool {
        let number = |name| attribute(cell, name).and_then(|number| number.parse::<usize>().ok());
        let font = number("fontId").and_then(|font| self.fonts.items.get(font)).map_or("", String::as_str);
        let Some(colour) = element(font, "color") else { return true };
        let fill = number("fillId").and_then(|fill| self.fills.items.get(fill)).map_or("", String::as_str);
        let is_same = |ground: &str| {
            ["rgb", "theme", "indexed"].iter().all(|name| attribute(colour, name) == attribute(ground, name))
        };
        if element(fill, "fgColor").is_some_and(is_same) {
            return false;
        }
        if let Some(rgb) = attribute(colour, "rgb") {
            return !is_light(&rgb);
        }
        if attribute(colour, "theme").as_deref() == Some("0") {
            return false;
        }
        // White, yellow and the like of the old list of colours.
        !matches!(
            attribute(colour, "indexed").as_deref(),
            Some("1" | "5" | "7" | "9" | "13" | "15" | "34" | "35" | "65")
        )
    }

    /// The styles of the sheet of results.
    pub fn of_results(&mut self) -> Looks {
        let prefix = self.prefix.clone();
        let usual = self.fonts.items.first().cloned().unwrap_or_default();
        let part = |name: &str| element(&usual, name).map(closed).unwrap_or_default();
        let rest = format!("{}{}{}", part("name"), part("family"), part("charset"));
        let size = part("sz");
        let bold = self.fonts.add(format!("<{prefix}font><{prefix}b/>{size}{rest}</{prefix}font>"));
        let large = self.fonts.add(format!("<{prefix}font><{prefix}b/><{prefix}sz val=\"14\"/>{rest}</{prefix}font>"));
        let linked = self
            .fonts
            .add(format!("<{prefix}font><{prefix}u/>{size}<{prefix}color rgb=\"FF0563C1\"/>{rest}</{prefix}font>"));
        let head = self.ground("FFE7E6E6");
        let mut cell = |font: u32, fill: u32| {
            let cell = format!(
                "<{prefix}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><{prefix}alignment vertical=\"top\" wrapText=\"1\"/></{prefix}xf>"
            );
            self.cell(&cell).unwrap_or(0)
        };
        let (head, text, link) = (cell(bold, head), cell(0, 0), cell(linked, 0));
        let title = format!(
            "<{prefix}xf numFmtId=\"0\" fontId=\"{large}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
        );
        let title = self.cell(&title).unwrap_or(0);
        let severities = [Severity::Error, Severity::Warning, Severity::Advice]
            .map(|severity| self.coloured(text, Weight::Found(severity)).unwrap_or(text));
        Looks { title, head, text, link, severities }
    }

    /// Writes what was added.
    pub fn write(self, package: &mut Package<'_>, book: &Book) -> Result<(), Unreadable> {
        const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
        let mut edits = Edits::default();
        for list in [&self.fonts, &self.fills, &self.cells] {
            list.write(&self.text, &mut edits);
        }
        if edits.is_empty() {
            return Ok(());
        }
        let text = edits.apply(&self.text);
        match &book.styles {
            Some(part) => package.write(part, text),
            None => {
                // Some programs look for it under this name alone.
                let usual = format!("{}styles.xml", folder_of(&book.part));
                let is_free = !package.has(|name| name == usual.to_ascii_lowercase());
                let part = if is_free {
                    usual
                } else {
                    package.free_name(&format!("{}styles", folder_of(&book.part)), ".xml")
                };
                package.write(&part, text);
                package.declare(&part, TYPE)?;
                package.relate(&book.part, &format!("{}/styles", book.family), &part)?;
            }
        }
        debug_assert!(!self.is_new || book.styles.is_none(), "styles are new where there were none");
        Ok(())
    }
}

/// Reads the items of the list whose start came last; where its end is.
fn read_list(text: &str, walk: &mut Walk<'_>, list: &mut List) -> Result<usize, Unreadable> {
    loop {
        match walk.next()? {
            Some(Node::Start(tag)) => {
                let end = walk.skip()?.end;
                list.push(&text[tag.span.start..end]);
            }
            Some(Node::Empty(tag)) => drop(list.push(&text[tag.span])),
            Some(Node::End(span)) => return Ok(span.start),
            Some(Node::Text(_)) => {}
            None => return Err(Unreadable::damaged("styles that break off")),
        }
    }
}

/// The tag of the first element of that name in the text of an element.
fn element<'x>(text: &'x str, name: &str) -> Option<&'x str> {
    let mut walk = Walk::of(text);
    while let Ok(Some(node)) = walk.next() {
        if let Node::Start(tag) | Node::Empty(tag) = node
            && tag.name() == name
        {
            return Some(&text[tag.span]);
        }
    }
    None
}

/// An attribute of the first tag in a text.
fn attribute(text: &str, name: &str) -> Option<String> {
    let mut walk = Walk::of(text);
    match walk.next() {
        Ok(Some(Node::Start(tag) | Node::Empty(tag))) => tag.attribute(name),
        _ => None,
    }
}

/// An element whose first tag has an attribute of that value.
fn with_head(element: &str, name: &str, value: &str) -> String {
    let end = head_end(element);
    format!("{}{}", with_attribute(&element[..end], name, value), &element[end..])
}

/// Where the first tag of an element ends.
fn head_end(element: &str) -> usize {
    let mut walk = Walk::of(element);
    match walk.next() {
        Ok(Some(Node::Start(tag) | Node::Empty(tag))) => tag.span.end,
        _ => 0,
    }
}

/// A tag as that of an element without content.
fn closed(tag: &str) -> String {
    format!("{}/>", tag.trim_end_matches('>').trim_end_matches('/').trim_end())
}

/// Whether a colour is hard to see on a light ground.
fn is_light(rgb: &str) -> bool {
    let digits = rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default();
    let Ok(value) = u32::from_str_radix(digits, 16) else { return false };
    let [_, red, green, blue] = value.to_be_bytes().map(u32::from);
    299 * red + 587 * green + 114 * blue > 150_000
}

/// The styles of a workbook that has none.
fn plain(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>"
    )
}
