//! A report as a document of Word 97 to 2003.

use gouji::internal::blank::{Blank, Grid, GridCell};

use super::{Cell, PARAGRAPH_END, Word, cell_end, deleted, hidden, property, row_end, struck};

/// How a document is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Headings by the styles of Word; rows as Word defines them.
    Word,
    /// Styles known by nothing but their level, figures in several formats, long rows in a stream of their own.
    Wps,
    /// Saved many times: the text in pieces of either width, in any order.
    Pieces,
    /// The numbers of the sections come from automatic numbering.
    Numbered,
    /// Under revision: text, paragraphs and rows deleted; text hidden and struck out.
    Revised,
    /// Columns merged one by one, cells that begin at slightly other places in each row.
    Merges,
    /// The title in a text box, every cell's text in a table of its own.
    Boxes,
    /// Every figure is what a field comes to.
    Fields,
}

pub const WAYS: [Way; 8] =
    [Way::Word, Way::Wps, Way::Pieces, Way::Numbered, Way::Revised, Way::Merges, Way::Boxes, Way::Fields];

/// The report as the bytes of a `.doc` file.
pub fn write(report: &Blank<'_>, way: Way) -> Vec<u8> {
    write_all(std::slice::from_ref(report), way)
}

/// Reports behind each other in one file.
pub fn write_all(reports: &[Blank<'_>], way: Way) -> Vec<u8> {
    let mut word = Word::new();
    match way {
        Way::Pieces => word.in_pieces(37),
        Way::Wps => word.keep_long_formats_apart(60),
        _ => {}
    }
    add_styles(&mut word, way);
    reports.iter().for_each(|report| add(&mut word, report, way));
    word.write()
}

const PLAIN: u16 = 0;
const HEADING: u16 = 1;

fn add_styles(word: &mut Word, way: Way) {
    const OWN: u16 = 0x0ffe;
    const NONE: u16 = 0x0fff;
    let outline = property(0x2640, &[0]);
    word.style(0, "Normal", NONE, &[]);
    match way {
        Way::Wps => word.style(OWN, "部分", PLAIN, &outline),
        Way::Numbered => {
            word.style(1, "heading 1", PLAIN, &[outline, property(0x460b, &[1, 0])].concat());
            word.list(37, &[0, '、' as u16]);
        }
        _ => word.style(1, "标题 1", PLAIN, &[]),
    }
}

fn add(word: &mut Word, report: &Blank<'_>, way: Way) {
    match way {
        Way::Boxes => {
            word.text_box(&report.title());
            word.end(PARAGRAPH_END, PLAIN, &[]);
        }
        Way::Revised => {
            word.text("关于印发", deleted());
            word.end_as(PARAGRAPH_END, PLAIN, &[], deleted());
            word.paragraph(&report.title(), PLAIN);
        }
        _ => word.paragraph(&report.title(), PLAIN),
    }
    for (index, section) in report.pack.sections.iter().enumerate() {
        let heading = report.heading(index);
        let heading = if way == Way::Numbered {
            heading.split_once('、').map_or(&*heading, |(_, title)| title)
        } else {
            &heading
        };
        word.paragraph(heading, HEADING);
        for line in report.texts[index].lines().filter(|line| !line.is_empty()) {
            if way == Way::Revised {
                let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
                word.text(&line[..half], Vec::new());
                word.text("旧 99", deleted());
                word.end_as(PARAGRAPH_END, PLAIN, &[], deleted());
                word.paragraph(&line[half..], PLAIN);
            } else {
                word.paragraph(line, PLAIN);
            }
        }
        for &table in &section.tables {
            add_table(word, &report.grid(table), way);
            word.paragraph("", PLAIN);
        }
    }
}

/// Where a column begins: columns are of different widths.
fn edge(column: usize) -> i16 {
    -108 + 600 * column as i16 + 40 * (column as i16 % 3)
}

fn add_table(word: &mut Word, grid: &Grid, way: Way) {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    for row in 0..grid.len() {
        // Edges that differ by less than a millimetre are one.
        let moved = if way == Way::Merges { (row % 4) as i16 * 6 } else { 0 };
        let mut cells = Vec::new();
        let mut column = 0;
        while column < width {
            let Some((first, start, cell)) = covering(grid, row, column) else {
                add_cell(word, None, way);
                column += 1;
                cells.push(Cell { right: edge(column) + moved, vertically: 0, horizontally: 0 });
                continue;
            };
            let vertically = match (first < row, cell.rows > 1) {
                (true, _) => 1,
                (false, true) => 3,
                (false, false) => 0,
            };
            add_cell(word, Some(cell).filter(|_| first == row), way);
            let end = start + cell.columns;
            if way == Way::Merges && cell.columns > 1 {
                for column in start..end {
                    let horizontally = if column == start { 2 } else { 1 };
                    if column > start {
                        add_cell(word, None, way);
                    }
                    cells.push(Cell { right: edge(column + 1) + moved, vertically, horizontally });
                }
            } else {
                cells.push(Cell { right: edge(end) + moved, vertically, horizontally: 0 });
            }
            column = end;
        }
        word.end(super::CELL_END, PLAIN, &row_end(1, edge(0) + moved, &cells));
        if way == Way::Revised {
            word.text("77", deleted());
            word.end_as(super::CELL_END, PLAIN, &cell_end(1).1, deleted());
            let only = [Cell { right: edge(width), vertically: 0, horizontally: 0 }];
            word.end_as(super::CELL_END, PLAIN, &row_end(1, edge(0), &only), deleted());
        }
    }
}

/// The cell that covers a slot, with the row and the column in which it begins.
fn covering(grid: &Grid, row: usize, column: usize) -> Option<(usize, usize, &GridCell)> {
    let reaches = |first: usize, start: usize, cell: &GridCell| {
        first + cell.rows > row && (start..start + cell.columns).contains(&column)
    };
    let cells = grid[..=row]
        .iter()
        .enumerate()
        .flat_map(|(first, cells)| cells.iter().map(move |(start, cell)| (first, *start, cell)));
    cells.rev().find(|(first, start, cell)| reaches(*first, *start, cell))
}

fn add_cell(word: &mut Word, cell: Option<&GridCell>, way: Way) {
    let (sign, end) = cell_end(1);
    if let Some(cell) = cell {
        add_content(word, cell, way);
    }
    word.end(sign, PLAIN, &end);
}

fn add_content(word: &mut Word, cell: &GridCell, way: Way) {
    let is_figure = cell.figure.is_some();
    let text = &cell.text;
    match way {
        Way::Wps if is_figure => {
            let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
            word.text(first, property(0x0835, &[1]));
            word.text(rest, Vec::new());
        }
        Way::Revised if is_figure => {
            word.text("99", deleted());
            word.text(text, property(0x0801, &[1]));
            word.text("55", hidden());
            word.text("66", struck());
        }
        Way::Boxes => {
            word.text(text, Vec::new());
            let (sign, end) = cell_end(2);
            word.end(sign, PLAIN, &end);
            let only = [Cell { right: 500, vertically: 0, horizontally: 0 }];
            word.end(PARAGRAPH_END, PLAIN, &row_end(2, 0, &only));
        }
        Way::Fields if is_figure => {
            word.text("\u{13}", super::special());
            word.text("= 2 * ", Vec::new());
            word.text("\u{13} A \u{14}88\u{15}", Vec::new());
            word.text("\u{14}", super::special());
            word.text(text, Vec::new());
            word.text("\u{15}", super::special());
        }
        _ => word.text(text, Vec::new()),
    }
}
