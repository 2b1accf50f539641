//! Markdown in the ways in which reports are written.

use std::fmt::Write;

use gouji::internal::blank::{Blank, Grid};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Pipe tables with blanks around the texts, merged cells once, headings with #.
    Padded,
    /// No blanks around texts.
    Unpadded,
    /// Blank cells at the end of rows left out.
    Ragged,
    /// The label of a merged cell repeated in every cell it covers.
    LabelsRepeated,
    /// Merged cells lost: labels, then figures, each row as short as it gets.
    MergesLost,
    /// HTML tables with spans.
    HtmlTables,
    /// HTML tables with blank lines in them.
    HtmlTablesWithBlankLines,
    /// Section titles in bold lines.
    BoldSections,
    /// Section titles as plain paragraphs.
    PlainSections,
    /// Tables cut in two, the header repeated.
    CutInPieces,
    /// Each row wider than the header.
    NarrowHeader,
    /// No delimiter row, full-width pipes, blanks before the rows.
    Clumsy,
    /// Pipes between cells only.
    NoOuterPipes,
    /// Tabs between pipes and texts.
    Tabbed,
    /// A byte order mark, CRLF.
    Windows,
}

pub const WAYS: [Way; 15] = [
    Way::Padded,
    Way::Unpadded,
    Way::Ragged,
    Way::LabelsRepeated,
    Way::MergesLost,
    Way::HtmlTables,
    Way::HtmlTablesWithBlankLines,
    Way::BoldSections,
    Way::PlainSections,
    Way::CutInPieces,
    Way::NarrowHeader,
    Way::Clumsy,
    Way::NoOuterPipes,
    Way::Tabbed,
    Way::Windows,
];

/// The report as Markdown.
pub fn write(report: &Blank<'_>, way: Way) -> String {
    let mut text = format!("# {}\n", report.title());
    for (index, section) in report.pack.sections.iter().enumerate() {
        let heading = report.heading(index);
        match way {
            Way::BoldSections => write!(text, "\n**{heading}**\n"),
            Way::PlainSections => write!(text, "\n{heading}\n"),
            _ => write!(text, "\n## {heading}\n"),
        }
        .expect("strings take all");
        if !report.texts[index].is_empty() {
            write!(text, "\n{}\n", report.texts[index]).expect("strings take all");
        }
        for &table in &section.tables {
            text.push('\n');
            text.push_str(&table_text(&report.grid(table), way));
        }
    }
    if way == Way::Windows { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text }
}

fn table_text(grid: &Grid, way: Way) -> String {
    match way {
        Way::HtmlTables => html(grid, ""),
        Way::HtmlTablesWithBlankLines => html(grid, "\n"),
        _ => pipes(grid, way),
    }
}

/// The texts of each row: one for each column of the grid, merged cells as the way wants them.
pub fn rows(grid: &Grid, way: Way) -> Vec<Vec<String>> {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut rows = vec![vec![String::new(); width]; grid.len()];
    for (at, row) in grid.iter().enumerate() {
        for (column, cell) in row {
            let is_repeated = way == Way::LabelsRepeated && cell.figure.is_none();
            let (down, across) = if is_repeated { (cell.rows, cell.columns) } else { (1, 1) };
            for line in &mut rows[at..at + down] {
                for slot in &mut line[*column..column + across] {
                    slot.clone_from(&cell.text);
                }
            }
        }
    }
    if way == Way::MergesLost {
        for (row, cells) in rows.iter_mut().zip(grid) {
            *row = cells.iter().map(|(_, cell)| cell.text.clone()).collect();
        }
    }
    rows
}

fn pipes(grid: &Grid, way: Way) -> String {
    let mut rows = rows(grid, way);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if way == Way::Ragged {
        for row in &mut rows {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
    }
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let line = match way {
            Way::Unpadded => format!("|{}|", row.join("|")),
            Way::Clumsy => format!("　　｜ {} ｜", row.join(" ｜ ")),
            Way::NoOuterPipes => row.join(" | "),
            Way::Tabbed => format!("|\t{}\t|", row.join("\t|\t")),
            _ => format!("| {} |", row.join(" | ")),
        };
        text.push_str(&line);
        text.push('\n');
        let cut_here = way == Way::CutInPieces && index == rows.len() / 2 && rows.len() > 8;
        let columns = if way == Way::NarrowHeader { row.len().max(2) - 1 } else { width.max(row.len()) };
        if way != Way::Clumsy && index == 0 {
            let delimiter = match way {
                Way::NoOuterPipes => vec!["---"; columns].join(" | "),
                Way::Tabbed => format!("|{}", "\t---\t|".repeat(columns)),
                _ => format!("|{}", "---|".repeat(columns)),
            };
            writeln!(text, "{delimiter}").expect("strings take all");
        }
        if cut_here {
            text.push_str("\n-2-\n\n");
            for (index, header) in rows[..header_rows(grid)].iter().enumerate() {
                writeln!(text, "| {} |", header.join(" | ")).expect("strings take all");
                if index == 0 {
                    writeln!(text, "|{}", "---|".repeat(columns)).expect("strings take all");
                }
            }
        }
    }
    text
}

/// The rows before the first figure.
fn header_rows(grid: &Grid) -> usize {
    grid.iter().take_while(|row| row.iter().all(|(_, cell)| cell.figure.is_none())).count()
}

fn html(grid: &Grid, between: &str) -> String {
    let mut text = String::from("<table>\n");
    for row in grid {
        text.push_str("<tr>");
        text.push_str(between);
        for (_, cell) in row {
            let rows = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
            let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
            write!(text, "<td{rows}{columns}><p>{}</p></td>", cell.text).expect("strings take all");
        }
        text.push_str("</tr>\n");
        text.push_str(between);
    }
    text.push_str("</table>\n");
    text
}
