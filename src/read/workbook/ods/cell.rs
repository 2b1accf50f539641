//! One cell of an `.ods` sheet, and those beside it that are the same.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::date::{Epoch, part_of_day};
use super::shown::is_shown_as;
use crate::document::CellRef;
use crate::read::colour::Colour;
use crate::read::open_document::{Blanks, repeated};
use crate::read::raised::Runs;
use crate::read::unreadable::Unreadable;
use crate::read::workbook::builder::WorkbookBuilder;
use crate::read::workbook::looks::{Look, Stored};
use crate::read::workbook::value;
use crate::read::xml::{Node, Nodes, Tag};

/// More blank cells beside each other are what is left of the row, not part of a table.
const MOST_BLANKS: u32 = 64;

/// Longer formulas are no sums of a form.
const LONGEST_FORMULA: usize = 1024;

/// The styles that change what a text is.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Those that raise or lower it.
    raising: HashSet<String>,
    /// Those that strike it out.
    striking: HashSet<String>,
    colours: HashMap<String, Colours>,
}

/// The colours that a style states, of its text and of what is behind it; the rest is that of the style it is based on.
#[derive(Debug, Default)]
struct Colours {
    parent: Option<String>,
    text: Option<Colour>,
    ground: Option<Colour>,
}

impl Marks {
    /// Takes in that a style is based on another one.
    pub(super) fn base(&mut self, style: &str, parent: String) {
        self.colours.entry(style.to_owned()).or_default().parent = Some(parent);
    }

    /// Takes in what is behind the text of a style.
    pub(super) fn take_ground(&mut self, cells: &Tag<'_>, style: &str) {
        if let Some(colour) = colour(cells, "fo:background-color").filter(|colour| *colour != Colour::Clear) {
            self.colours.entry(style.to_owned()).or_default().ground = Some(colour);
        }
    }

    /// Whether a cell is of the colour of its ground.
    fn hides(&self, cell: &Tag<'_>) -> bool {
        /// Styles that are based on each other in a circle end here.
        const DEEPEST: usize = 16;
        let Some(mut style) = cell.full_attribute("table:style-name").filter(|_| !self.colours.is_empty()) else {
            return false;
        };
        let (mut text, mut ground) = (None, None);
        for _ in 0..DEEPEST {
            let Some(colours) = self.colours.get(&style) else { break };
            (text, ground) = (text.or(colours.text), ground.or(colours.ground));
            let Some(parent) = &colours.parent else { break };
            style.clone_from(parent);
        }
        text.is_some_and(|text| text.vanishes_on(ground.unwrap_or(Colour::WHITE)))
    }

    /// Takes in how a style sets text.
    pub(super) fn take(&mut self, text: &Tag<'_>, style: String) {
        // By itself, text is light where its ground is dark.
        let is_own = text.full_attribute("style:use-window-font-color").is_none_or(|own| own != "true");
        if let Some(colour) = colour(text, "fo:color").filter(|_| is_own) {
            self.colours.entry(style.clone()).or_default().text = Some(colour);
        }
        let position = text.full_attribute("style:text-position");
        let is_raised = position.is_some_and(|position| !position.starts_with("0%"));
        let says = |name: &str| text.full_attribute(name).is_some_and(|line| line != "none");
        if says("style:text-line-through-style") || says("style:text-line-through-type") {
            self.striking.insert(style);
        } else if is_raised {
            self.raising.insert(style);
        }
    }

    fn strikes(&self, tag: &Tag<'_>, name: &str) -> bool {
        !self.striking.is_empty() && tag.full_attribute(name).is_some_and(|style| self.striking.contains(&style))
    }
}

fn colour(tag: &Tag<'_>, name: &str) -> Option<Colour> {
    tag.full_attribute(name).map(|colour| Colour::of_style(&colour.to_ascii_lowercase()))
}

/// Equal cells beside each other.
#[derive(Debug)]
pub(super) struct Run {
    first: u32,
    pub count: u32,
    text: String,
    is_formula: bool,
    /// A formula that may come to an empty text on purpose, of which nothing is stored.
    is_computed: bool,
    /// The formula, if it is one that other formats would have written so.
    formula: Option<Arc<str>>,
    /// Rows and columns that each covers, itself included.
    span: (u32, u32),
    has_style: bool,
    /// The look of its style among [`LOOKS`].
    look: u32,
}

/// How cells look: as usual, or of the colour of their ground.
pub(super) const LOOKS: [Look; 2] =
    [Look { format: 0, is_struck: false, is_hidden: false }, Look { format: 0, is_struck: false, is_hidden: true }];

impl Run {
    /// Reads the cell whose start is `tag`, in column `first`.
    pub(super) fn read(
        nodes: &mut Nodes<'_>,
        tag: &Tag<'_>,
        first: u32,
        (epoch, marks): (Epoch, &Marks),
        book: &WorkbookBuilder<'_>,
    ) -> Result<Self, Unreadable> {
        let paragraphs = read_paragraphs(nodes, marks, book)?;
        let formula = tag.full_attribute("table:formula");
        let text = match stored(tag, epoch) {
            _ if marks.strikes(tag, "table:style-name") => String::new(),
            // Older programs keep a number beside what an error shows.
            Some(value) if !(formula.is_some() && is_error(&paragraphs)) && is_shown_as(&value, &paragraphs) => value,
            _ => paragraphs,
        };
        Ok(Self {
            first,
            count: repeated(tag, "table:number-columns-repeated"),
            text,
            is_formula: formula.is_some(),
            is_computed: formula.as_ref().is_some_and(|formula| formula.contains("\"\"")),
            formula: formula.and_then(|formula| plain(&formula)),
            span: (repeated(tag, "table:number-rows-spanned"), repeated(tag, "table:number-columns-spanned")),
            has_style: tag.full_attribute("table:style-name").is_some(),
            look: marks.hides(tag).into(),
        })
    }

    /// Nothing to be seen, and no formula.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && !self.is_formula
    }

    /// Other formats have no record of a blank cell that is not formatted. A merged one they have.
    pub(super) fn is_recorded(&self) -> bool {
        !self.is_blank() || self.span != (1, 1) || self.has_style && self.count <= MOST_BLANKS
    }

    /// Writes the cells into a row. Where formulas are repeated, they are not said to be the same for each cell.
    pub(super) fn write(&self, row: u32, is_only_row: bool, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        let (rows, columns) = self.span;
        for column in self.first..self.first.saturating_add(self.count) {
            let at = CellRef { row, column };
            book.cell(at, self.look, Stored::text(self.text.as_str()), self.is_formula && !self.is_computed)?;
            if self.span != (1, 1) {
                let last = CellRef { row: row.saturating_add(rows - 1), column: column.saturating_add(columns - 1) };
                book.merge(at, last)?;
            }
        }
        if let Some(formula) = self.formula.as_ref().filter(|_| is_only_row && self.count == 1) {
            let at = CellRef { row, column: self.first };
            book.take_text(formula.len())?;
            book.formula(at, Arc::clone(formula), at);
        }
        Ok(())
    }
}

/// The value, if it is kept apart from what is shown: numbers, which stay numbers whatever their format, dates too; and
/// the texts that formulas come to.
fn stored(tag: &Tag<'_>, epoch: Epoch) -> Option<String> {
    let attribute = |name: &str| tag.full_attribute(name);
    let kind = attribute("office:value-type")?;
    match kind.as_str() {
        "float" | "percentage" | "currency" => Some(value::number(attribute("office:value")?.parse().ok()?)),
        "date" => {
            let date = attribute("office:date-value")?;
            Some(epoch.days(&date).map_or(date, value::number))
        }
        "time" => {
            let time = attribute("office:time-value")?;
            Some(part_of_day(&time).map_or(time, value::number))
        }
        "boolean" => Some(value::truth(attribute("office:boolean-value")?.eq_ignore_ascii_case("true")).to_owned()),
        _ => attribute("office:string-value").filter(|text| !text.is_empty()),
    }
}

/// What is open within a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    /// Text that is raised or lowered.
    Raised,
    Other,
}

/// What is shown in a cell: its paragraphs, a line each, without notes and drawings.
fn read_paragraphs(nodes: &mut Nodes<'_>, marks: &Marks, book: &WorkbookBuilder<'_>) -> Result<String, Unreadable> {
    let mut text = Paragraphs::default();
    let mut open = Vec::new();
    loop {
        match nodes.next_inside()? {
            Node::Start(tag) => {
                match tag.full_name() {
                    "text:p" | "text:h" => text.begin(),
                    "text:s" => {
                        let count = repeated(&tag, "text:c") as usize;
                        book.has_room_for(text.all.text.len().saturating_add(count))?;
                        text.push_verbatim(&" ".repeat(count));
                    }
                    "text:tab" => text.push_verbatim("\t"),
                    "text:line-break" => text.push_verbatim("\n"),
                    "text:span" if marks.strikes(&tag, "text:style-name") => {
                        nodes.skip()?;
                        continue;
                    }
                    "text:span" | "text:a" | "text:ruby" | "text:ruby-base" => {}
                    _ => {
                        nodes.skip()?;
                        continue;
                    }
                }
                open.push(match tag.full_name() {
                    "text:p" | "text:h" => Open::Paragraph,
                    "text:span"
                        if tag
                            .full_attribute("text:style-name")
                            .is_some_and(|style| marks.raising.contains(&style)) =>
                    {
                        text.raised += 1;
                        Open::Raised
                    }
                    _ => Open::Other,
                });
            }
            Node::Text(part) => text.push(&part),
            Node::End => match open.pop() {
                Some(Open::Paragraph) => text.end(),
                Some(Open::Raised) => text.raised -= 1,
                Some(Open::Other) => {}
                None => return Ok(text.all.text),
            },
        }
    }
}

/// The paragraphs of a cell as they are read.
#[derive(Debug, Default)]
struct Paragraphs {
    all: Runs,
    count: usize,
    is_within: bool,
    /// So many elements are open that raise or lower text.
    raised: usize,
    blanks: Blanks,
}

impl Paragraphs {
    fn begin(&mut self) {
        if self.count > 0 {
            self.all.push("\n", false);
        }
        self.count += 1;
        self.is_within = true;
        self.blanks = Blanks::at_start();
    }

    fn end(&mut self) {
        self.is_within = false;
    }

    fn push(&mut self, text: &str) {
        if self.is_within {
            self.all.push(&self.blanks.fold(text), self.raised > 0);
        }
    }

    fn push_verbatim(&mut self, text: &str) {
        if self.is_within {
            self.all.push(text, self.raised > 0);
            self.blanks = Blanks::default();
        }
    }
}

fn is_error(shown: &str) -> bool {
    shown.starts_with('#') || shown.starts_with("Err:")
}

/// `of:=SUM([.C4:.C9];[.C12])` as other formats write it: `SUM(C4:C9,C12)`. Nothing for a formula that refers to another
/// sheet.
fn plain(formula: &str) -> Option<Arc<str>> {
    let (_language, body) = formula.split_once('=').filter(|_| formula.len() <= LONGEST_FORMULA)?;
    let mut plain = String::new();
    let mut rest = body;
    while let Some((before, behind)) = rest.split_once('[') {
        plain.push_str(before);
        let (reference, behind) = behind.split_once(']')?;
        for (index, cell) in reference.split(':').enumerate() {
            if index > 0 {
                plain.push(':');
            }
            plain.push_str(cell.strip_prefix('.')?);
        }
        rest = behind;
    }
    plain.push_str(rest);
    Some(plain.replace(';', ",").into())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn formulas_are_written_as_elsewhere() {
        assert_eq!(plain("of:=SUM([.C4:.C9];[.$C$12])").as_deref(), Some("SUM(C4:C9,$C$12)"));
        assert_eq!(plain("oooc:=[.C4]+[.C5]").as_deref(), Some("C4+C5"));
        assert_eq!(plain("msoxl:=SUM(C4:C9)").as_deref(), Some("SUM(C4:C9)"));
        assert_eq!(plain("of:=SUM([AB.C4:.C9])"), None);
        assert_eq!(plain("of:=SUM([.C4"), None);
    }
}
