//! Disturbed reports as files of every format.

use super::{Cell, Piece, Rows, Writer};
use crate::support::workbook::{Kind, Sheet, Value};
use crate::support::{document, open_document};

/// What a disturbed report is made of, as a file with the name of such a file.
pub(super) fn write(pieces: &[Piece], writer: Writer) -> (&'static str, Vec<u8>) {
    match writer {
        Writer::Pipes | Writer::OnePipeTable => ("r.md", pipes(pieces, true).into_bytes()),
        Writer::PipesWithoutDelimiter => ("r.md", pipes(pieces, false).into_bytes()),
        Writer::Page => ("r.html", page(pieces).into_bytes()),
        Writer::Tabs => ("r.txt", tabs(pieces).into_bytes()),
        Writer::Csv => ("r.csv", csv(pieces)),
        Writer::Workbook(kind) => (kind.name(), sheet(kind, pieces)),
        Writer::Document => ("r.docx", docx(pieces)),
        Writer::OpenDocument => open_document::package(&odt(pieces), open_document::Way::Text),
    }
}

fn pipes(pieces: &[Piece], delimited: bool) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(title) => text += &format!("# {title}\n\n"),
            Piece::Heading(heading) => text += &format!("## {heading}\n\n"),
            Piece::Paragraph(paragraph) => text += &format!("{paragraph}\n\n"),
            Piece::Table(rows) => {
                for (index, row) in rows.iter().enumerate() {
                    let cells: Vec<String> = row.iter().map(marked_up).collect();
                    text += &format!("| {} |\n", cells.join(" | "));
                    if index == 0 && delimited {
                        text += &format!("|{}\n", "---|".repeat(row.len()));
                    }
                }
                text.push('\n');
            }
        }
    }
    text
}

/// A text as Markdown and HTML have it.
fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('*', "&#42;")
}

/// A cell as Markdown and HTML have it.
fn marked_up(cell: &Cell) -> String {
    let within = |tag: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<{tag}>{text}</{}>", tag.split(' ').next().unwrap_or(tag)),
    };
    [
        within("del", &cell.struck),
        escaped(&cell.text).replace('\n', "<br>"),
        within("sup", &cell.raised),
        within("span style=\"display:none\"", &cell.hidden),
    ]
    .concat()
}

fn is_hidden(row: &[Cell]) -> bool {
    row.iter().any(|cell| cell.is_hidden)
}

fn page(pieces: &[Piece]) -> String {
    let mut text = String::from("<!doctype html>\n<html><head><meta charset=\"utf-8\"></head>\n<body>\n");
    for piece in pieces {
        match piece {
            Piece::Title(title) => text += &format!("<h1>{title}</h1>\n"),
            Piece::Heading(heading) => text += &format!("<h2>{heading}</h2>\n"),
            Piece::Paragraph(paragraph) => text += &format!("<p>{paragraph}</p>\n"),
            Piece::Table(rows) => {
                text += "<table>\n";
                for row in rows {
                    let cell = |cell: &Cell| format!("<td>{}</td>", marked_up(cell));
                    let style = if is_hidden(row) { " style=\"display:none\"" } else { "" };
                    text += &format!("<tr{style}>{}</tr>\n", row.iter().map(cell).collect::<String>());
                }
                text += "</table>\n";
            }
        }
    }
    text + "</body></html>\n"
}

/// Lines have no lines within them: a label that is broken in its cell is written whole.
fn tabs(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => text += &format!("{line}\n"),
            Piece::Table(rows) => {
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| cell.text.replace('\n', "")).collect();
                    text += &format!("{}\n", cells.join("\t"));
                }
            }
        }
    }
    text
}

fn rows_of(pieces: &[Piece]) -> &Rows {
    let [Piece::Table(rows)] = pieces else { panic!("a sheet is one table") };
    rows
}

fn csv(pieces: &[Piece]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows_of(pieces) {
        writer.write_record(row.iter().map(|cell| cell.text.as_str())).expect("in memory");
    }
    writer.into_inner().expect("in memory")
}

fn sheet(kind: Kind, pieces: &[Piece]) -> Vec<u8> {
    let mut sheet = Sheet::new("年度报告");
    for (at, cells) in (0..).zip(rows_of(pieces)) {
        if is_hidden(cells) {
            sheet.hidden_rows.push(at);
        }
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.text.is_empty()) {
            if cell.covers > 0 {
                sheet.merges.push((at, column, at, column + cell.covers as u16));
            }
            sheet.put(at, column, value(cell));
        }
    }
    kind.write(&[sheet])
}

fn value(cell: &Cell) -> Value {
    if !cell.struck.is_empty() || !cell.raised.is_empty() {
        return Value::Edited(cell.struck.clone(), cell.text.clone(), cell.raised.clone());
    }
    let number = cell.text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map_or_else(|| Value::Text(cell.text.clone()), Value::Number)
}

/// The parts of a cell that are not blank, each by what marks it, and its lines by themselves.
fn lines_of(cell: &Cell, run: impl Fn(&str, Mark) -> String) -> Vec<String> {
    let run = |text: &str, mark| if text.is_empty() { String::new() } else { run(text, mark) };
    let own = if cell.is_hidden { Mark::Hidden } else { Mark::None };
    let mut lines: Vec<String> = cell.text.split('\n').map(|line| run(line, own)).collect();
    lines[0].insert_str(0, &run(&cell.struck, Mark::Struck));
    let last = lines.last_mut().expect("a text has a line");
    *last += &(run(&cell.raised, if cell.is_hidden { Mark::Hidden } else { Mark::Raised }));
    *last += &run(&cell.hidden, Mark::Hidden);
    lines
}

#[derive(Clone, Copy)]
enum Mark {
    None,
    Struck,
    Raised,
    Hidden,
}

fn docx(pieces: &[Piece]) -> Vec<u8> {
    let run = |text: &str, mark| {
        let properties = match mark {
            Mark::None => "",
            Mark::Struck => "<w:strike/>",
            Mark::Raised => "<w:vertAlign w:val=\"superscript\"/>",
            Mark::Hidden => "<w:vanish/>",
        };
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    };
    let cell = |cell: &Cell| {
        let lines = lines_of(cell, run).into_iter().map(|line| format!("<w:p>{line}</w:p>"));
        format!("<w:tc>{}</w:tc>", lines.collect::<String>())
    };
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => body += &document::text(line),
            Piece::Table(rows) => {
                let row = |row: &Vec<Cell>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
                body += &format!("<w:tbl>{}</w:tbl><w:p/>", rows.iter().map(row).collect::<String>());
            }
        }
    }
    document::package(&body, document::Way::Bare)
}

/// The styles are those that [`open_document::package`] writes.
fn odt(pieces: &[Piece]) -> String {
    let run = |text: &str, mark| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let style = match mark {
            Mark::None => return text,
            Mark::Hidden => "T1",
            Mark::Struck => "T2",
            Mark::Raised => "T3",
        };
        format!("<text:span text:style-name=\"{style}\">{text}</text:span>")
    };
    let cell = |cell: &Cell| {
        let lines = lines_of(cell, run).into_iter().map(|line| format!("<text:p>{line}</text:p>"));
        let lines: String = lines.collect();
        match cell.covers {
            _ if cell.is_covered => format!("<table:covered-table-cell>{lines}</table:covered-table-cell>"),
            0 => format!("<table:table-cell>{lines}</table:table-cell>"),
            covered => {
                let columns = covered + 1;
                format!("<table:table-cell table:number-columns-spanned=\"{columns}\">{lines}</table:table-cell>")
            }
        }
    };
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => body += &open_document::text(line),
            Piece::Table(rows) => {
                let row = |row: &Vec<Cell>| {
                    format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
                };
                let rows: String = rows.iter().map(row).collect();
                body += &format!("<table:table>{rows}</table:table><text:p/>");
            }
        }
    }
    body
}
