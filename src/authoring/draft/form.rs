//! The form that a blank document shows: title, sections, tables.

use super::grid::{Grid, label};
use super::layout::{Part, parts};
use super::node::Node;
use super::tree::{Trees, trees};
use super::words::words;
use crate::document::{Block, Document, Format};
use crate::label::{Label, Numbering};

/// Longer lines are text, not titles.
const LONGEST_TITLE: usize = 45;
/// Letters of English are many.
const LONGEST_ENGLISH: usize = 180;
/// So much of a section's text is kept.
const LONGEST_TEXT: usize = 300;

#[derive(Debug, Default)]
pub(super) struct Form {
    pub title: Option<String>,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
}

#[derive(Debug)]
pub(super) struct Section {
    pub title: String,
    pub text: String,
}

#[derive(Debug)]
pub(super) struct Table {
    /// Index of its section.
    pub section: Option<usize>,
    pub name: Option<String>,
    /// The English line above it, with its number.
    pub caption: Option<String>,
    pub unit: Option<String>,
    pub corner: String,
    pub ignored: Vec<String>,
    pub blocks: Vec<(Option<String>, Trees)>,
}

impl Form {
    /// Gives ids to the rows and columns of each table.
    fn number(&mut self) {
        for table in &mut self.tables {
            let (mut rows, mut columns) = (0, 0);
            for (_, trees) in &mut table.blocks {
                Node::number(&mut trees.columns, 'c', false, &mut columns);
                Node::number(&mut trees.rows, 'r', true, &mut rows);
            }
        }
    }
}

/// A piece of the document in reading order.
enum Item {
    /// A line of text; of the table element of this number, where it is in one.
    Line { text: String, element: Option<usize> },
    /// A block of the table element of this number, with its corner.
    Block { element: usize, corner: String, trees: Trees },
}

pub(super) fn form(document: &Document<'_>) -> Form {
    let is_workbook = is_workbook(document);
    let mut reader = Reader { form: Form::default(), pending: Vec::new(), element: None, is_workbook };
    let items = items(document);
    reader.form.title = title(&items);
    let headings = sections(&items);
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Item::Line { text, .. } if headings.contains(&index) => reader.section(&text),
            Item::Line { text, element } => reader.line(text, element),
            // Side by side, the corner is the first group.
            Item::Block { element, trees, .. } if trees.side_by_side => reader.block(element, String::new(), trees),
            Item::Block { element, corner, trees } => reader.block(element, corner, trees),
        }
    }
    reader.text();
    reader.form.number();
    reader.form
}

fn is_workbook(document: &Document<'_>) -> bool {
    matches!(document.format, Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods)
}

fn items(document: &Document<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for (element, block) in document.blocks.iter().enumerate() {
        match block {
            // The name of a worksheet is no text of the form.
            Block::Heading(_) if is_workbook(document) => {}
            Block::Image(_) => {}
            Block::Heading(passage) | Block::Paragraph(passage) => {
                let lines = passage.text.lines().map(label).filter(|line| !line.is_empty());
                items.extend(lines.map(|text| Item::Line { text, element: None }));
            }
            Block::Table(table) => {
                let grid = Grid::new(table);
                for part in parts(&grid) {
                    match part {
                        Part::Line(text) => items.push(Item::Line { text, element: Some(element) }),
                        Part::Block(rows) => {
                            let trees = trees(&grid, &rows);
                            items.extend(trees.map(|trees| Item::Block { element, corner: rows.corner, trees }));
                        }
                    }
                }
            }
        }
    }
    items
}

/// The first line, unless it is a section.
fn title(items: &[Item]) -> Option<String> {
    let Item::Line { text: line, .. } = items.first()? else { return None };
    let longest = if line.is_ascii() { LONGEST_ENGLISH } else { LONGEST_TITLE };
    let is_title = line.chars().count() <= longest && section_number(line).is_none();
    (is_title && words().unit_of_table(line).is_none()).then(|| line.clone())
}

/// The lines that count 一、二、三、… from the first on; one alone is no section.
fn sections(items: &[Item]) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Item::Line { text: line, .. } = item else { continue };
        if section_number(line) == Some(found.len() as u32 + 1) {
            found.push(index);
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

fn section_number(line: &str) -> Option<u32> {
    let ordinal = Label::new(line).ordinal.filter(|ordinal| ordinal.numbering == Numbering::Chinese)?;
    (line.chars().count() <= LONGEST_TITLE).then_some(ordinal.value)
}

struct Reader {
    form: Form,
    /// Lines since the last section or table, with the table element they are in.
    pending: Vec<(String, Option<usize>)>,
    /// The table element of the last block.
    element: Option<usize>,
    is_workbook: bool,
}

impl Reader {
    fn section(&mut self, line: &str) {
        self.text();
        self.form.sections.push(Section { title: without_number(line), text: String::new() });
        self.element = None;
    }

    fn line(&mut self, line: String, element: Option<usize>) {
        if self.form.title.as_ref() != Some(&line) {
            self.pending.push((line, element));
        }
    }

    /// The lines that were no caption are the section's text.
    fn text(&mut self) {
        let lines = std::mem::take(&mut self.pending);
        let Some(section) = self.form.sections.last_mut() else { return };
        for (line, _) in lines {
            if section.text.chars().count() + line.chars().count() <= LONGEST_TEXT {
                section.text.push_str(if section.text.is_empty() { "" } else { "\n\n" });
                section.text.push_str(&line);
            }
        }
    }

    fn block(&mut self, element: usize, corner: String, trees: Trees) {
        let unit = self.pending.iter().find_map(|(line, _)| words().unit_of_table(line)).map(str::to_owned);
        self.pending.retain(|(line, _)| words().unit_of_table(line).is_none());
        let is_short = |line: &str| line.chars().count() <= LONGEST_TITLE;
        let name = self.pending.pop_if(|(line, _)| is_short(line) && words().is_caption(line)).map(|(line, _)| line);
        let is_english = |line: &str| line.len() <= LONGEST_ENGLISH && words().number(line).is_some();
        let caption = self.pending.pop_if(|(line, _)| name.is_none() && is_english(line)).map(|(line, _)| line);
        let number = caption.as_deref().and_then(|line| words().number(line)).map(str::to_owned);
        let name = name.or(number);
        // Within a table the line before a header is the caption of its block.
        let label = self.pending.pop_if(|(line, own)| is_short(line) && *own == Some(element)).map(|(line, _)| line);
        let goes_on = name.is_none() && self.element == Some(element);
        // A worksheet may hold several tables.
        let is_same = |table: &&mut Table| !self.is_workbook || table.corner == corner && !corner.is_empty();
        match self.form.tables.last_mut().filter(|table| goes_on && is_same(table)) {
            Some(table) => {
                let new: Vec<String> =
                    trees.ignored.iter().filter(|own| !table.ignored.contains(own)).cloned().collect();
                table.ignored.extend(new);
                table.blocks.push((label, trees));
            }
            None => {
                let section = self.form.sections.len().checked_sub(1);
                let ignored = trees.ignored.clone();
                self.form.tables.push(Table {
                    section,
                    name,
                    caption,
                    unit,
                    corner,
                    ignored,
                    blocks: vec![(label, trees)],
                });
            }
        }
        self.element = Some(element);
        self.text();
    }
}

/// 五、存在的问题 → 存在的问题
fn without_number(line: &str) -> String {
    let core = Label::new(line).core;
    let mut starts = line.char_indices().map(|(at, _)| &line[at..]);
    let is_title = |rest: &&str| {
        rest.starts_with(char::is_alphanumeric) && Label::new(rest) == Label { core: core.clone(), ordinal: None }
    };
    starts.find(is_title).unwrap_or(line).to_owned()
}
