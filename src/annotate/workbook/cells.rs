//! The cells of a sheet that are coloured, and where the sheet names what is drawn of its notes.

use std::collections::BTreeMap;

use super::styles::Styles;
use crate::annotate::marks::Weight;
use crate::annotate::package::root;
use crate::annotate::xml::{
    Edits, Node, Tag, Walk, escaped, is_of_relations, prefix_of, with_attribute, without_attribute,
};
use crate::document::CellRef;
use crate::read::Unreadable;

/// What is wanted of a cell.
#[derive(Debug, Default, Clone)]
pub(super) struct Wanted {
    /// How much it stands out; none where it was coloured and is so no more.
    pub weight: Option<Weight>,
    /// The style that it had before an earlier run coloured it, and whether it was there at all.
    pub before: Option<(u32, bool)>,
}

/// What a cell was before it was coloured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    pub cell: CellRef,
    pub style: u32,
    pub existed: bool,
}

/// The text of a sheet with these cells as they are wanted, and what each coloured one was before.
pub(super) fn edit(
    text: &str,
    wanted: &BTreeMap<CellRef, Wanted>,
    styles: Option<&mut Styles>,
) -> Result<(String, Vec<Base>), Unreadable> {
    let Some(styles) = styles.filter(|_| !wanted.is_empty()) else { return Ok((text.to_owned(), Vec::new())) };
    let mut walk = Walk::of(text);
    let mut columns = Vec::new();
    while let Some(node) = walk.next()? {
        match node {
            Node::Start(tag) | Node::Empty(tag) if tag.name() == "col" => columns.extend(Columns::of(&tag)),
            Node::Empty(tag) if tag.name() == "sheetData" && walk.depth == 1 => {
                let mut cells = Cells::new(text, wanted, styles, columns, tag.prefix());
                let rows = cells.rows_before(u32::MAX);
                if !rows.is_empty() {
                    let prefix = tag.prefix();
                    let open = text[tag.span.clone()].trim_end_matches('>').trim_end_matches('/').to_owned();
                    cells.edits.replace(tag.span, format!("{open}>{rows}</{prefix}sheetData>"));
                }
                return Ok(cells.finish());
            }
            Node::Start(tag) if tag.name() == "sheetData" && walk.depth == 2 => {
                let mut cells = Cells::new(text, wanted, styles, columns, tag.prefix());
                cells.read(&mut walk)?;
                return Ok(cells.finish());
            }
            _ => {}
        }
    }
    Err(Unreadable::damaged("a worksheet without cells"))
}

/// Columns that have a style.
struct Columns {
    first: u32,
    last: u32,
    style: u32,
}

impl Columns {
    fn of(tag: &Tag<'_>) -> Option<Self> {
        let number = |name| tag.attribute(name)?.trim().parse::<u32>().ok();
        Some(Self {
            first: number("min")?.checked_sub(1)?,
            last: number("max")?.checked_sub(1)?,
            style: number("style")?,
        })
    }
}

struct Cells<'t, 's> {
    text: &'t str,
    styles: &'s mut Styles,
    columns: Vec<Columns>,
    /// What is wanted and was not come upon, by row.
    rows: BTreeMap<u32, BTreeMap<u32, Wanted>>,
    prefix: String,
    edits: Edits,
    bases: Vec<Base>,
}

impl<'t, 's> Cells<'t, 's> {
    fn new(
        text: &'t str,
        wanted: &BTreeMap<CellRef, Wanted>,
        styles: &'s mut Styles,
        columns: Vec<Columns>,
        prefix: String,
    ) -> Self {
        let mut rows: BTreeMap<u32, BTreeMap<u32, Wanted>> = BTreeMap::new();
        for (cell, wanted) in wanted {
            rows.entry(cell.row).or_default().insert(cell.column, wanted.clone());
        }
        Self { text, styles, columns, rows, prefix, edits: Edits::default(), bases: Vec::new() }
    }

    fn read(&mut self, walk: &mut Walk<'t>) -> Result<(), Unreadable> {
        let mut row = 0_u32;
        loop {
            match walk.next()? {
                Some(Node::Start(tag)) if tag.name() == "row" => {
                    row = self.begin_row(&tag, row);
                    self.read_row(walk, &tag, row)?;
                    row = row.saturating_add(1);
                }
                Some(Node::Empty(tag)) if tag.name() == "row" => {
                    row = self.begin_row(&tag, row);
                    let wanted = self.rows.remove(&row).unwrap_or_default();
                    let cells: String = wanted
                        .into_iter()
                        .map(|(column, wanted)| self.new_cell(CellRef { row, column }, &wanted, row_style(&tag)))
                        .collect();
                    if !cells.is_empty() {
                        let open = self.text[tag.span.clone()].trim_end_matches('>').trim_end_matches('/').to_owned();
                        let prefix = &self.prefix;
                        self.edits.replace(tag.span.clone(), format!("{open}>{cells}</{prefix}row>"));
                    }
                    row = row.saturating_add(1);
                }
                Some(Node::Start(_)) => {
                    walk.skip()?;
                }
                Some(Node::End(span)) => {
                    let rows = self.rows_before(u32::MAX);
                    self.edits.insert(span.start, rows);
                    return Ok(());
                }
                Some(_) => {}
                None => return Err(Unreadable::damaged("a worksheet that breaks off")),
            }
        }
    }

    /// The number of a row that begins, behind those that are new.
    fn begin_row(&mut self, tag: &Tag<'_>, next: u32) -> u32 {
        let stated = tag.attribute("r").and_then(|number| number.trim().parse::<u32>().ok());
        let row = stated.map_or(next, |number| number.saturating_sub(1));
        let rows = self.rows_before(row);
        if !rows.is_empty() {
            self.edits.insert(tag.span.start, rows);
        }
        row
    }

    /// New rows for what is wanted above a row.
    fn rows_before(&mut self, row: u32) -> String {
        let later = self.rows.split_off(&row);
        let before = std::mem::replace(&mut self.rows, later);
        let mut text = String::new();
        for (row, wanted) in before {
            let cells: String = wanted
                .into_iter()
                .map(|(column, wanted)| self.new_cell(CellRef { row, column }, &wanted, None))
                .collect();
            if !cells.is_empty() {
                let (prefix, number) = (&self.prefix, u64::from(row) + 1);
                text.push_str(&format!("<{prefix}row r=\"{number}\">{cells}</{prefix}row>"));
            }
        }
        text
    }

    fn read_row(&mut self, walk: &mut Walk<'t>, row_tag: &Tag<'t>, row: u32) -> Result<(), Unreadable> {
        let mut wanted = self.rows.remove(&row).unwrap_or_default();
        let mut column = 0_u32;
        let insert = |cells: &mut Self, before: u32, at: usize, wanted: &mut BTreeMap<u32, Wanted>| {
            let later = wanted.split_off(&before);
            let new: String = std::mem::replace(wanted, later)
                .into_iter()
                .map(|(column, wanted)| cells.new_cell(CellRef { row, column }, &wanted, row_style(row_tag)))
                .collect();
            if !new.is_empty() {
                cells.edits.insert(at, new);
            }
        };
        loop {
            match walk.next()? {
                Some(node @ (Node::Start(_) | Node::Empty(_))) => {
                    let (is_empty, tag) = match node {
                        Node::Empty(tag) => (true, tag),
                        Node::Start(tag) => (false, tag),
                        _ => continue,
                    };
                    let end = if is_empty { tag.span.end } else { walk.skip()?.end };
                    if tag.name() != "c" {
                        continue;
                    }
                    let at = tag.attribute("r").and_then(|at| cell_ref(&at)).unwrap_or(CellRef { row, column });
                    column = at.column.saturating_add(1);
                    if wanted.is_empty() {
                        continue;
                    }
                    insert(self, at.column, tag.span.start, &mut wanted);
                    if let Some(wanted) = wanted.remove(&at.column) {
                        let is_blank = is_empty || self.text[tag.span.end..end].starts_with("</");
                        self.cell(at, &tag, &wanted, is_blank.then_some(end));
                    }
                }
                Some(Node::End(span)) => {
                    insert(self, u32::MAX, span.start, &mut wanted);
                    self.widen(row_tag, row);
                    return Ok(());
                }
                Some(Node::Text(_)) => {}
                None => return Err(Unreadable::damaged("a worksheet that breaks off")),
            }
        }
    }

    /// Has a row that says from which to which column it reaches say so of the inserted cells, too.
    fn widen(&mut self, tag: &Tag<'_>, row: u32) {
        let own = self.bases.iter().rev().take_while(|base| base.cell.row == row).filter(|base| !base.existed);
        let columns = own.map(|base| base.cell.column + 1);
        let spans = tag.attribute("spans").and_then(|spans| {
            let (first, last) = spans.split_once(':')?;
            Some((first.trim().parse::<u32>().ok()?, last.trim().parse::<u32>().ok()?))
        });
        let (Some((least, most)), Some((first, last))) = (columns.clone().min().zip(columns.max()), spans) else {
            return;
        };
        if least < first || most > last {
            let spans = format!("{}:{}", first.min(least), last.max(most));
            self.edits.replace(tag.span.clone(), with_attribute(&self.text[tag.span.clone()], "spans", &spans));
        }
    }

    /// A cell that is there. Where it is blank, `end` is its end.
    fn cell(&mut self, cell: CellRef, tag: &Tag<'_>, wanted: &Wanted, end: Option<usize>) {
        let stated = tag.attribute("s");
        let now = stated.as_ref().and_then(|style| style.trim().parse().ok()).unwrap_or(0);
        let before = wanted.before.filter(|_| self.styles.is_ours(now));
        let (style, existed) = before.unwrap_or((now, true));
        let coloured = wanted.weight.and_then(|weight| self.styles.coloured(style, weight));
        if coloured.is_none()
            && !existed
            && let Some(end) = end
        {
            self.edits.remove(tag.span.start..end);
            return;
        }
        if coloured.is_some() {
            self.bases.push(Base { cell, style, existed });
        }
        let new = coloured.unwrap_or(style);
        if new != now {
            let own = &self.text[tag.span.clone()];
            let own = match new {
                0 => without_attribute(own, "s"),
                _ => with_attribute(own, "s", &new.to_string()),
            };
            self.edits.replace(tag.span.clone(), own);
        }
    }

    /// A cell that is not there, if it is to be coloured.
    fn new_cell(&mut self, cell: CellRef, wanted: &Wanted, row: Option<u32>) -> String {
        let of_column = self.columns.iter().find(|of| (of.first..=of.last).contains(&cell.column));
        let style = row.or_else(|| of_column.map(|of| of.style)).unwrap_or(0);
        let Some(coloured) = wanted.weight.and_then(|weight| self.styles.coloured(style, weight)) else {
            return String::new();
        };
        self.bases.push(Base { cell, style, existed: false });
        let prefix = &self.prefix;
        format!("<{prefix}c r=\"{cell}\" s=\"{coloured}\"/>")
    }

    fn finish(self) -> (String, Vec<Base>) {
        let Self { text, edits, mut bases, .. } = self;
        bases.sort_by_key(|base| base.cell);
        (edits.apply(text), bases)
    }
}

/// The style that the cells of a row have where they have none of their own.
fn row_style(tag: &Tag<'_>) -> Option<u32> {
    let is_own = tag.attribute("customFormat").is_some_and(|on| matches!(&*on, "1" | "true"));
    tag.attribute("s").filter(|_| is_own)?.trim().parse().ok()
}

/// Where a sheet names what is drawn of its notes.
pub(super) struct Drawn {
    /// The relation to the drawing.
    pub id: Option<String>,
    /// Where it is to be named.
    at: usize,
    prefix: String,
    /// The prefix of relations.
    relations: Option<String>,
}

/// What comes before the drawing in a sheet, as the schema has it.
const BEFORE: [&str; 30] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
];

pub(super) fn legacy_drawing(text: &str) -> Result<Drawn, Unreadable> {
    let mut walk = Walk::of(text);
    let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("a sheet with nothing in it")) };
    let relations = prefix_of(&root, is_of_relations);
    let mut drawn = Drawn { id: None, at: root.span.end, prefix: root.prefix(), relations };
    while let Some(node) = walk.next()? {
        let (tag, end) = match node {
            Node::Start(tag) => {
                let end = walk.skip()?.end;
                (tag, end)
            }
            Node::Empty(tag) => {
                let end = tag.span.end;
                (tag, end)
            }
            _ => continue,
        };
        match tag.name() {
            "legacyDrawing" => drawn.id = tag.attribute("id"),
            name if BEFORE.contains(&name) => drawn.at = end,
            _ => {}
        }
    }
    Ok(drawn)
}

impl Drawn {
    /// The text of the sheet, which names the drawing of this relation.
    pub fn insert_into(&self, text: &str, id: &str, family: &str) -> String {
        let mut edits = Edits::default();
        let prefix = &self.prefix;
        let attribute = match &self.relations {
            Some(relations) => format!("{relations}id=\"{id}\""),
            None => format!("xmlns:r=\"{}\" r:id=\"{id}\"", escaped(family)),
        };
        edits.insert(self.at, format!("<{prefix}legacyDrawing {attribute}/>"));
        edits.apply(text)
    }
}

/// `C12`, `$C$12`.
pub(super) fn cell_ref(text: &str) -> Option<CellRef> {
    let text = text.trim().replace('$', "");
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &text[..text.len() - digits.len()];
    let column = letters.bytes().fold(0_u32, |column, letter| {
        column.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    Some(CellRef { row: digits.parse::<u32>().ok()?.checked_sub(1)?, column: column.checked_sub(1)? })
}
