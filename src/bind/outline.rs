//! The document as lines of fields: what the binding looks at, whatever the format. A paragraph gives a line a printed
//! line, a table a line a row.

use std::collections::BTreeSet;
use std::ops::Range;

use super::field::{Field, Labels, Meaning};
use super::reaching::{Beside, Reaching};
use super::vocabulary::Vocabulary;
use super::{added, beside, figure};
use crate::document::{Block, Cell, Document, Location, Passage, Table};
use crate::facts::{Value, Why};
use crate::label::is_invisible;
use crate::pack::Core;

/// What a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Heading,
    Text,
    Row,
}

/// A line of the document.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub kind: LineKind,
    /// Indices into [`Outline::fields`].
    pub fields: Range<usize>,
}

/// Longer lines of text are no titles (bytes).
const LONGEST_TITLE: usize = 60 * 3;

/// All lines of a document.
#[derive(Debug)]
pub(super) struct Outline<'d> {
    pub lines: Vec<Line>,
    pub fields: Vec<Field<'d>>,
    /// Names of columns that are in none of the lines, since nobody can say which figures are below them.
    pub names: Vec<Field<'d>>,
    pub labels: Labels<'d>,
    /// Sheets that say of themselves that they are no part of the report, and hold rows of a form all the same.
    pub set_aside: Vec<Location>,
}

impl<'d> Outline<'d> {
    /// Reads every line once: labels folded, figures read. What says of itself that it is no part of a report is left out.
    pub fn new(document: &'d Document<'d>, core: &Core, vocabulary: &'d Vocabulary) -> Self {
        let (own, aside) = set_aside(&document.blocks, core);
        let mut outline = Self::of_blocks(&own, core, vocabulary);
        let sheets = aside.into_iter();
        let sheets = sheets.filter(|(_, sheet)| Self::of_blocks(sheet, core, vocabulary).has_rows_of_a_form());
        outline.set_aside = sheets.map(|(place, _)| place).collect();
        outline
    }

    fn of_blocks(blocks: &[&'d Block<'d>], core: &Core, vocabulary: &'d Vocabulary) -> Self {
        let mut outline = Self::empty(vocabulary);
        let cells = blocks.iter().map(|block| match block {
            Block::Table(table) => table.cells().len(),
            Block::Heading(_) | Block::Paragraph(_) => 1,
            Block::Image(_) => 0,
        });
        outline.fields.reserve(cells.sum());
        for content in blocks {
            match content {
                Block::Heading(passage) => outline.add_text(passage, LineKind::Heading),
                Block::Paragraph(passage) => outline.add_text(passage, LineKind::Text),
                Block::Image(_) => {}
                Block::Table(table) => {
                    let mut rows = outline.rows_of(table, core);
                    let first = rows.first().map_or(0, |row: &Range<usize>| row.start);
                    if let Some((apart, lines)) = beside::apart(&outline.fields, &rows, &outline.labels) {
                        outline.fields.truncate(first);
                        outline.fields.extend(apart);
                        rows = lines.into_iter().map(|row| row.start + first..row.end + first).collect();
                    }
                    added::take_out(&mut outline.fields, &mut rows, &mut outline.labels, core);
                    outline.lines.extend(rows.into_iter().map(|fields| Line { kind: LineKind::Row, fields }));
                }
            }
        }
        outline
    }

    /// Whether labels are there of which each is printed once in a form, and more than anybody may use by chance.
    pub fn has_rows_of_a_form(&self) -> bool {
        const LEAST: usize = 2;
        let labels: BTreeSet<u32> = self.fields.iter().filter_map(|field| field.label).collect();
        labels.into_iter().filter(|&label| self.labels.vocabulary.anchor(label).is_some()).count() >= LEAST
    }

    fn empty(vocabulary: &'d Vocabulary) -> Self {
        let labels = Labels::new(vocabulary);
        Self { lines: Vec::new(), fields: Vec::new(), names: Vec::new(), labels, set_aside: Vec::new() }
    }

    /// Some of the lines, as an outline of their own.
    pub fn of_lines(&self, ranges: &[Range<usize>]) -> Self {
        let mut part = Self { names: self.names.clone(), ..Self::empty(self.labels.vocabulary) };
        for line in ranges.iter().flat_map(|range| &self.lines[range.clone()]) {
            let first = part.fields.len();
            let fields = self.fields(line).iter().map(|field| part.labels.take_in(*field, self.key(field)));
            part.fields.extend(fields);
            part.lines.push(Line { kind: line.kind, fields: first..part.fields.len() });
        }
        part
    }

    /// Whether a sheet of a workbook begins with this line.
    pub fn begins_sheet(&self, line: usize) -> bool {
        let line = &self.lines[line];
        line.kind == LineKind::Heading
            && self.fields(line).iter().any(|field| matches!(field.passage.place(), Location::Sheet { .. }))
    }

    /// The place of the first thing in some lines.
    pub fn start(&self, lines: Range<usize>) -> Option<Location> {
        let mut fields = self.lines[lines].iter().flat_map(|line| self.fields(line));
        fields.find(|field| !field.is_blank()).map(Field::location)
    }

    /// The same lines, each field with what it may mean in the form of this index.
    pub fn read_as(mut self, form: usize) -> Self {
        let vocabulary = self.labels.vocabulary;
        for field in self.fields.iter_mut().chain(&mut self.names) {
            if let Some(label) = field.label {
                field.meaning = Meaning::Label(vocabulary.targets(form, label));
            }
        }
        self
    }

    pub fn fields(&self, line: &Line) -> &[Field<'d>] {
        &self.fields[line.fields.clone()]
    }

    /// The folded text of a field.
    pub fn key(&self, field: &Field<'d>) -> &str {
        self.labels.key(field)
    }

    /// The one field of a line that holds anything, if it is text.
    pub fn single(&self, line: &Line) -> Option<&Field<'d>> {
        let mut fields = self.fields(line).iter().filter(|field| !field.is_blank());
        let field = fields.next()?;
        (fields.next().is_none() && !field.is_figure()).then_some(field)
    }

    /// The rows of a table, as fields.
    fn rows_of(&mut self, table: &'d Table<'d>, core: &Core) -> Vec<Range<usize>> {
        let mut rows: Vec<Range<usize>> = Vec::new();
        let mut reaching = table.is_merged().then(Reaching::default);
        for row in table.rows() {
            let first = self.fields.len();
            for cell in row.cells() {
                self.add_cell(cell, core);
            }
            let mut is_row = self.fields.len() > first;
            if let Some(reaching) = &mut reaching {
                let (before, own) = self.fields.split_at_mut(first);
                let above = rows.last().map_or(&[][..], |above| &before[above.clone()]);
                match reaching.next(row, above, own, &self.labels) {
                    Beside::Apart => {}
                    Beside::Within => is_row = false,
                    Beside::Around => rows.truncate(rows.len() - 1),
                }
            }
            if is_row {
                rows.push(first..self.fields.len());
            }
        }
        rows
    }

    fn add_text(&mut self, passage: &'d Passage<'d>, kind: LineKind) {
        let text: &str = &passage.text;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let range = trimmed(&text[start..end], start);
            start = end + 1;
            if range.is_empty() {
                continue;
            }
            let mut field = Field::new(passage, range, 0);
            field.value = Value::Unreadable(Why::NotANumber);
            self.labels.fold(&mut field, LONGEST_TITLE);
            let at = self.fields.len();
            self.fields.push(field);
            self.lines.push(Line { kind, fields: at..at + 1 });
        }
    }

    fn add_cell(&mut self, cell: &'d Cell<'d>, core: &Core) {
        let passage: &'d Passage<'d> = &cell.passage;
        let (range, column) = (trimmed(&passage.text, 0), cell.columns.start);
        // Plain figures are most of a table, and quickly made where they belong.
        let digits = Some(&passage.text[range.clone()]).filter(|_| !cell.uncomputed).and_then(figure::plain_digits);
        if let Some(number) = digits {
            self.fields.push(Field::plain(passage, range, column, number).covering(cell));
            return;
        }
        let mut field = Field::new(passage, range, column).covering(cell);
        if cell.uncomputed {
            field.value = Value::Unreadable(Why::Uncomputed);
        } else {
            self.labels.read(&mut field, core);
        }
        self.fields.push(field);
    }
}

/// The blocks of a document without the sheets that say of themselves that they are no part of the report; and where each of
/// those is, with its blocks.
fn set_aside<'d>(blocks: &'d [Block<'d>], core: &Core) -> (Vec<&'d Block<'d>>, Vec<(Location, Vec<&'d Block<'d>>)>) {
    let (mut own, mut aside) = (Vec::with_capacity(blocks.len()), Vec::new());
    let mut is_aside = false;
    for (at, block) in blocks.iter().enumerate() {
        if let Block::Heading(passage) = block
            && matches!(passage.place(), Location::Sheet { .. })
        {
            is_aside = says_no_report(&blocks[at + 1..], core);
            if is_aside {
                aside.push((passage.place(), Vec::new()));
            }
        }
        match aside.last_mut().filter(|_| is_aside) {
            Some((_, sheet)) => sheet.push(block),
            None => own.push(block),
        }
    }
    (own, aside)
}

/// Whether the sheet whose content this is says near its top that it is no part of the report.
fn says_no_report(blocks: &[Block<'_>], core: &Core) -> bool {
    /// So many cells with text are its top.
    const TOP: usize = 6;
    let says = |text: &str| core.no_report.is_match(text);
    match blocks.first() {
        Some(Block::Table(table)) => {
            let texts = table.cells().iter().map(|cell| &*cell.passage.text).filter(|text| !text.is_empty());
            texts.take(TOP).any(says)
        }
        Some(Block::Paragraph(passage)) => says(&passage.text),
        _ => false,
    }
}

/// The range of `text` without blanks at its ends, when `text` begins at byte `start`.
fn trimmed(text: &str, start: usize) -> Range<usize> {
    let is_padding = |c: char| c.is_whitespace() || is_invisible(c);
    let bytes = text.as_bytes();
    // Visible ASCII or Chinese characters at both ends, as nearly always.
    let begins_visibly = matches!(bytes, [b'!'..=b'~' | 0xe4..=0xe9, ..]);
    let ends_visibly = matches!(bytes, [.., b'!'..=b'~'] | [.., 0xe4..=0xe9, _, _]);
    if bytes.is_empty() || begins_visibly && ends_visibly {
        return start..start + text.len();
    }
    let end = text.trim_end_matches(is_padding).len();
    let left = end - text[..end].trim_start_matches(is_padding).len();
    start + left..start + end
}
