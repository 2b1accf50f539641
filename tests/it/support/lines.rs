//! A report as lines, which may be changed and written in every format.

use std::fmt::Write;

use super::markdown::{self, Way};
use super::workbook::{Kind, Sheet, Value};
use super::{document, report};

/// A line of a document.
#[derive(Debug, Clone)]
pub enum Line {
    Title(String),
    Heading(String),
    Text(String),
    Row(Vec<String>),
    /// Another sheet begins in workbooks; nothing elsewhere.
    Sheet(&'static str),
}

use Line::{Heading, Row, Text, Title};

/// A line of text.
pub fn text(text: &str) -> Line {
    Text(text.to_owned())
}

/// The title of a section.
pub fn heading(text: &str) -> Line {
    Heading(text.to_owned())
}

/// The sections of a right report, each as the lines that print it.
pub fn parts() -> Vec<Vec<Line>> {
    let report = report(7);
    let part = |(index, section): (usize, &gouji::internal::pack::Section)| {
        let mut lines = vec![Heading(report.heading(index))];
        lines.extend(report.texts[index].lines().filter(|line| !line.is_empty()).map(text));
        let tables = section.tables.iter();
        lines.extend(tables.flat_map(|&table| markdown::rows(&report.grid(table), Way::Padded)).map(Row));
        lines
    };
    report.pack.sections.iter().enumerate().map(part).collect()
}

/// The report's title.
pub fn title() -> Line {
    Title(report(7).title())
}

/// The report with some of its sections, by number, in this order.
pub fn sections(numbers: &[usize]) -> Vec<Line> {
    numbers.iter().flat_map(|number| parts()[number - 1].clone()).collect()
}

/// The lines as a web page.
pub fn page(lines: &[Line]) -> String {
    let mut text = String::from("<meta charset=utf-8>");
    let mut was_row = false;
    for line in lines.iter().chain([&Line::Sheet("")]) {
        let is_row = matches!(line, Row(_));
        if is_row != was_row {
            text.push_str(if is_row { "<table>" } else { "</table>\n" });
        }
        was_row = is_row;
        match line {
            Title(title) => writeln!(text, "<h1>{title}</h1>"),
            Heading(heading) => writeln!(text, "<h2>{heading}</h2>"),
            Text(line) => writeln!(text, "<p>{line}</p>"),
            Row(cells) => writeln!(text, "<tr><td>{}</td></tr>", cells.join("</td><td>")),
            Line::Sheet(_) => Ok(()),
        }
        .expect("strings take all");
    }
    text
}

fn plain(lines: &[Line]) -> String {
    let line = |line: &Line| match line {
        Title(text) | Heading(text) | Text(text) => format!("{text}\n"),
        Row(cells) => format!("{}\n", cells.join("\t")),
        Line::Sheet(_) => String::new(),
    };
    lines.iter().map(line).collect()
}

/// The lines in Markdown.
pub fn marked(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut rows = 0;
    for line in lines {
        rows = if matches!(line, Row(_)) { rows + 1 } else { 0 };
        match line {
            Title(title) => writeln!(text, "\n# {title}\n"),
            Heading(heading) => writeln!(text, "\n## {heading}\n"),
            Text(line) => writeln!(text, "\n{line}\n"),
            Row(cells) => writeln!(text, "| {} |", cells.join(" | ")),
            Line::Sheet(_) => Ok(()),
        }
        .expect("strings take all");
        if let Row(cells) = line
            && rows == 1
        {
            writeln!(text, "|{}", "---|".repeat(cells.len())).expect("strings take all");
        }
    }
    text
}

/// The lines as a document.
pub fn word(lines: &[Line]) -> Vec<u8> {
    let mut body = String::new();
    let mut was_row = false;
    for line in lines.iter().chain([&Line::Sheet("")]) {
        let is_row = matches!(line, Row(_));
        if is_row != was_row {
            body.push_str(if is_row { "<w:tbl>" } else { "</w:tbl>" });
        }
        was_row = is_row;
        match line {
            Title(line) | Heading(line) | Text(line) => body.push_str(&document::text(line)),
            Row(cells) => {
                let cells = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", document::text(cell)));
                write!(body, "<w:tr>{}</w:tr>", cells.collect::<String>()).expect("strings take all");
            }
            Line::Sheet(_) => {}
        }
    }
    document::package(&body, document::Way::Word)
}

/// The lines as rows of a workbook.
pub fn workbook(lines: &[Line]) -> Vec<u8> {
    let mut sheets = vec![Sheet::new("报告")];
    let mut at = 0;
    for line in lines {
        let cells = match line {
            Line::Sheet(name) if sheets.len() == 1 && at == 0 => {
                sheets = vec![Sheet::new(name)];
                continue;
            }
            Line::Sheet(name) => {
                sheets.push(Sheet::new(name));
                at = 0;
                continue;
            }
            Title(text) | Heading(text) | Text(text) => vec![text.clone()],
            Row(cells) => cells.clone(),
        };
        let sheet = sheets.last_mut().expect("a sheet");
        for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let value = cell.parse().map_or_else(|_| Value::Text(cell.clone()), Value::Number);
            sheet.put(at, column as u16, value);
        }
        at += 1;
    }
    Kind::Xlsx.write(&sheets)
}

/// The lines in every format.
pub fn files(lines: &[Line]) -> [(&'static str, Vec<u8>); 5] {
    [
        ("r.md", marked(lines).into_bytes()),
        ("r.html", page(lines).into_bytes()),
        ("r.txt", plain(lines).into_bytes()),
        ("r.docx", word(lines)),
        ("r.xlsx", workbook(lines)),
    ]
}
