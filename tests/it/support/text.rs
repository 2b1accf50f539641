//! Plain text as it is copied out of documents, and as converters and browsers for the terminal write it.

use std::fmt::Write;

use gouji::internal::blank::{Blank, Grid};
use unicode_width::UnicodeWidthStr;

use super::markdown::{self, rows};

/// How the cells of tables are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Tabs, with a blank cell wherever a merged one reaches.
    Tabs,
    /// Tabs; each row holds its labels and figures and nothing for merged cells.
    MergesLost,
    /// Columns of blanks, figures flush right: one blank is left between the widest.
    Columns,
    /// One blank.
    SingleBlanks,
    /// Each cell on a line of its own.
    CellALine,
    /// Labels on lines of their own, the figures of a row on one below them.
    FiguresBelow,
    /// Pipes between cells, and no line below the header.
    Pipes,
    /// Lines between all cells, labels broken where their column ends.
    Boxes,
    /// The same in ASCII.
    Grid,
}

pub const WAYS: [Way; 9] = [
    Way::Tabs,
    Way::MergesLost,
    Way::Columns,
    Way::SingleBlanks,
    Way::CellALine,
    Way::FiguresBelow,
    Way::Pipes,
    Way::Boxes,
    Way::Grid,
];

const TAKEN: &str = "strings take all";

/// The report as text.
pub fn write(report: &Blank<'_>, way: Way) -> String {
    let mut text = format!("\n{}\n", report.title());
    for (index, section) in report.pack.sections.iter().enumerate() {
        write!(text, "\n{}\n", report.heading(index)).expect(TAKEN);
        if !report.texts[index].is_empty() {
            write!(text, "\n{}\n", report.texts[index]).expect(TAKEN);
        }
        for &table in &section.tables {
            text.push('\n');
            text.push_str(&table_text(&report.grid(table), way));
        }
    }
    text
}

fn table_text(grid: &Grid, way: Way) -> String {
    match way {
        Way::Tabs => lines(&rows(grid, markdown::Way::Padded), "\t"),
        Way::MergesLost => lines(&rows(grid, markdown::Way::MergesLost), "\t"),
        Way::SingleBlanks => lines(&rows(grid, markdown::Way::MergesLost), " "),
        Way::Pipes => lines(&rows(grid, markdown::Way::MergesLost), "|"),
        Way::CellALine => lines(&rows(grid, markdown::Way::MergesLost), "\n"),
        Way::FiguresBelow => figures_below(grid),
        Way::Columns => columns(&rows(grid, markdown::Way::Padded)),
        Way::Boxes => drawn(grid, ["│", "─", "┼"]),
        Way::Grid => drawn(grid, ["|", "-", "+"]),
    }
}

fn lines(rows: &[Vec<String>], between: &str) -> String {
    rows.iter().map(|row| row.join(between) + "\n").collect()
}

fn figures_below(grid: &Grid) -> String {
    let mut text = String::new();
    for row in grid {
        let (figures, labels): (Vec<_>, Vec<_>) = row.iter().partition(|(_, cell)| cell.figure.is_some());
        for (_, label) in labels {
            writeln!(text, "{}", label.text).expect(TAKEN);
        }
        let figures: Vec<&str> = figures.iter().map(|(_, cell)| cell.text.as_str()).collect();
        if !figures.is_empty() {
            writeln!(text, "{}", figures.join(" ")).expect(TAKEN);
        }
    }
    text
}

/// Labels flush left and as wide as the widest, figures flush right.
fn columns(rows: &[Vec<String>]) -> String {
    let is_figure = |text: &str| text.parse::<f64>().is_ok();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|text| text.width()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            let blanks = " ".repeat(width - cell.width());
            let (before, behind) = if is_figure(cell) { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            write!(text, "{before}{cell}{behind} ").expect(TAKEN);
        }
        text.push('\n');
    }
    text
}

/// The width of a column of labels and of figures on the terminal.
const LABEL: usize = 16;
const FIGURE: usize = 8;

fn drawn(grid: &Grid, [upright, rule, meeting]: [&str; 3]) -> String {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let of_figures = |column: usize| {
        let mut cells = grid.iter().flatten();
        cells.any(|(at, cell)| cell.figure.is_some() && (*at..at + cell.columns).contains(&column))
    };
    let widths: Vec<usize> = (0..width).map(|column| if of_figures(column) { FIGURE } else { LABEL }).collect();
    let reach = |columns: std::ops::Range<usize>| widths[columns.clone()].iter().sum::<usize>() + columns.len() - 1;
    let edge: String =
        meeting.to_owned() + &widths.iter().map(|&width| rule.repeat(width) + meeting).collect::<String>() + "\n";
    let mut text = edge;
    for (index, row) in grid.iter().enumerate() {
        // Merged cells from above leave blanks.
        let mut cells: Vec<(usize, usize, Vec<String>)> = Vec::new();
        let mut column = 0;
        while column < width {
            let own = row.iter().find(|(at, _)| *at == column);
            let (columns, label) = own.map_or((1, ""), |(_, cell)| (cell.columns, cell.text.as_str()));
            cells.push((column, columns, wrapped(label, reach(column..column + columns) - 1)));
            column += columns;
        }
        for line in 0..cells.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(1) {
            for (column, columns, lines) in &cells {
                let part = lines.get(line).map_or("", String::as_str);
                let blanks = " ".repeat(reach(*column..column + columns) - 1 - part.width());
                write!(text, "{upright} {part}{blanks}").expect(TAKEN);
            }
            text.push_str(upright);
            text.push('\n');
        }
        // The line below reaches only as far as no cell goes on.
        let goes_on = |column: usize| {
            let above = grid[..=index].iter().enumerate();
            above.flat_map(|(at, row)| row.iter().map(move |cell| (at, cell))).any(|(at, (start, cell))| {
                (*start..start + cell.columns).contains(&column) && at + cell.rows > index + 1
            })
        };
        for (column, &width) in widths.iter().enumerate() {
            let (sign, own) = if goes_on(column) { (" ", upright) } else { (rule, meeting) };
            let border = if column > 0 && !goes_on(column - 1) { meeting } else { own };
            write!(text, "{border}{}", sign.repeat(width)).expect(TAKEN);
        }
        text.push_str(if goes_on(width - 1) { upright } else { meeting });
        text.push('\n');
    }
    text
}

/// The lines of a text in a column of that width. Figures are never broken.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let last = lines.last_mut().expect("a line");
        if last.width() + c.to_string().width() > width {
            lines.push(c.to_string());
        } else {
            last.push(c);
        }
    }
    lines
}
