//! Reports in text, as spreadsheets, converters and programs write their tables: CSV, drawn tables, a cell a line.

use crate::support::rewritten::{Rows, as_it_is, assert_right, lines, misread, written};
use gouji::Checker;
use gouji::internal::facts::Value;
use unicode_width::UnicodeWidthStr;

/// A value as CSV has it; quoted where it must be, or always.
fn value(text: &str, separator: char, always: bool) -> String {
    let must = text.contains([separator, '"', '\n']);
    if must || always { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[test]
fn values_are_read_whatever_sets_them_apart() {
    for (seed, separator) in [',', ';', '\t'].into_iter().enumerate() {
        for always in [false, true] {
            let broken = |text: &str| text.replace("结果纠正", "结果\n纠正").replace(['“', '”'], "\"");
            let row =
                |row: &[String]| row.iter().map(|text| value(&broken(text), separator, always)).collect::<Vec<_>>();
            let blanks = separator.to_string().repeat(14);
            let line = |text: &str| format!("{}{blanks}", value(text, separator, always));
            let (truth, text) =
                written(seed as u64, line, |rows| lines(rows, |cells| row(cells).join(&separator.to_string())));
            let windows = text.replace('\n', "\r\n");
            for name in ["r.csv", "r.tsv", "r.txt", "r.md", "r.xls", "r.xlsx"] {
                assert_right(name, &truth, text.as_bytes(), &text);
            }
            assert_right("r.csv", &truth, format!("\u{feff}{windows}").as_bytes(), &text);
            assert_right("r.csv", &truth, &encoding_rs::GB18030.encode(&windows).0, &text);
            let utf16: Vec<u8> =
                format!("\u{feff}{windows}").encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
            assert_right("r.txt", &truth, &utf16, &text);
        }
    }
}

#[test]
fn tables_of_values_may_be_between_lines_of_text() {
    let (truth, text) = written(7, as_it_is, |rows| lines(rows, |row| row.join(",")));
    assert_right("r.txt", &truth, text.as_bytes(), &text);
    assert_right("r.csv", &truth, format!("sep=,\n{text}").as_bytes(), &text);
}

#[test]
fn format_is_named_in_the_output() {
    let (_, text) = written(8, as_it_is, |rows| lines(rows, |row| row.join(",")));
    assert_eq!(Checker::default().check("r.txt", text.as_bytes()).first().report.format.name(), "csv");
}

/// A table in a frame, no line between its rows; `width` measures a text.
fn framed(rows: &Rows, width: impl Fn(&str) -> usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let text = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().map(|row| width(&text(row, column))).max().unwrap_or(0)).collect();
    let rule = widths.iter().map(|width| format!("+{}", "-".repeat(width + 2))).collect::<String>() + "+\n";
    let line = |row: &[String]| {
        let cells = widths.iter().enumerate().map(|(column, most)| {
            let text = text(row, column);
            format!("| {text}{} ", " ".repeat(most - width(&text)))
        });
        cells.collect::<String>() + "|"
    };
    format!("{rule}{}{rule}", lines(rows, line))
}

/// The same with a line below each row.
fn grid(rows: &Rows, width: impl Fn(&str) -> usize) -> String {
    let framed = framed(rows, width);
    let rule = framed.lines().next().unwrap_or_default().to_owned() + "\n";
    let inner = framed.lines().filter(|line| line.starts_with('|'));
    format!("{rule}{}", inner.map(|line| format!("{line}\n{rule}")).collect::<String>())
}

#[test]
fn rows_of_a_drawn_table_need_no_line_between_them() {
    for seed in 0..3 {
        let (truth, text) = written(seed, as_it_is, |rows| framed(rows, UnicodeWidthStr::width));
        assert_right("r.txt", &truth, text.as_bytes(), &text);
        let (truth, text) = written(seed, as_it_is, |rows| framed(rows, |text| text.chars().count()));
        assert_right("r.txt", &truth, text.as_bytes(), &text);
    }
}

#[test]
fn cells_of_a_drawn_table_may_be_measured_in_characters() {
    for seed in 0..3 {
        let (truth, text) = written(seed, as_it_is, |rows| grid(rows, |text| text.chars().count()));
        assert_right("r.txt", &truth, text.as_bytes(), &text);
    }
}

/// A drawn table whose cells hold three columns, figures too, and as many lines as that takes.
fn narrow(rows: &Rows) -> String {
    const WIDTH: usize = 3;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let rule = format!("+{}\n", "-----+".repeat(columns));
    let mut drawn = rule.clone();
    for row in rows {
        let cells: Vec<Vec<String>> = row
            .iter()
            .map(|text| {
                let mut lines = vec![String::new()];
                for c in text.chars() {
                    if format!("{}{c}", lines[lines.len() - 1]).width() > WIDTH {
                        lines.push(String::new());
                    }
                    lines.last_mut().expect("a line").push(c);
                }
                lines
            })
            .collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            for column in 0..columns {
                let text = cells.get(column).and_then(|lines| lines.get(line)).map_or("", String::as_str);
                drawn += &format!("| {text}{} ", " ".repeat(WIDTH - text.width()));
            }
            drawn += "|\n";
        }
        drawn += &rule;
    }
    drawn
}

#[test]
fn figures_broken_in_their_cells_are_joined_where_sums_say_so() {
    let (truth, text) = written(3, as_it_is, narrow);
    let (wrong, _) = misread(&truth, "r.txt", text.as_bytes());
    // No sum says what the figures of table two are.
    let (unproven, other): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|(id, _)| id.starts_with("disclosure."));
    assert_eq!(other, []);
    let number = |(id, value): &(String, Value)| matches!(value, Value::Number(_)).then(|| id.clone());
    assert_eq!(unproven.iter().filter_map(number).collect::<Vec<_>>(), [""; 0]);
    // Where nothing adds up, nothing is joined.
    let (_, other) = written(3, as_it_is, |rows| {
        let other = |text: &String| match text.parse::<u64>() {
            Ok(number) => (number * number * 37 % 9973 + 1000).to_string(),
            Err(_) => text.clone(),
        };
        narrow(&rows.iter().map(|row| row.iter().map(other).collect()).collect::<Vec<_>>())
    });
    let (wrong, _) = misread(&truth, "r.txt", other.as_bytes());
    let joined = wrong.iter().filter(|(_, value)| matches!(value, Value::Number(number) if *number > 999.into()));
    assert_eq!(joined.count(), 0);
}

#[test]
fn pipes_at_the_ends_of_a_row_are_no_cells() {
    for (seed, [before, behind]) in [["", " |"], ["| ", ""], ["| ", " |"], ["", ""]].into_iter().enumerate() {
        let row = |row: &[String]| {
            let cells: Vec<&str> = row.iter().map(|text| if text == "0" { "" } else { text }).collect();
            format!("{before}{}{behind}", cells.join(" | "))
        };
        let (_, text) = written(seed as u64, as_it_is, |rows| lines(rows, row));
        let checked = Checker::default().check("r.txt", text.as_bytes());
        let said: Vec<_> = checked.first().report.findings.iter().map(|finding| &finding.rule.name).collect();
        assert!(said.iter().all(|name| *name == "blank-cell"), "{said:?}\n{text}");
    }
}

/// Each cell on a line, labels broken in two.
fn cells(rows: &Rows, behind: &str, between: &str) -> String {
    let broken = |text: &String| match text.as_str() {
        "结果纠正" | "其他结果" | "尚未审结" => {
            let middle = text.len() / 2;
            format!("{}{behind}{between}{}", &text[..middle], &text[middle..])
        }
        _ => text.clone(),
    };
    let cells = rows.iter().flatten().filter(|text| !text.is_empty());
    cells.map(|text| format!("{}{behind}{between}", broken(text))).collect()
}

#[test]
fn a_cell_a_line_with_pipes_and_broken_labels() {
    for (behind, between) in [("", "\n"), (" |", "\n"), ("", "\n\n"), ("", "  \n")] {
        for name in ["r.txt", "r.md"] {
            let (truth, text) = written(5, as_it_is, |rows| cells(rows, behind, between));
            assert_right(name, &truth, text.as_bytes(), &text);
        }
    }
}

/// Columns set apart by blanks. A label is broken where its column ends, and the figures of a row are centred beside it, or its
/// total is at the top.
fn centred(rows: &Rows) -> String {
    const LABEL: usize = 24;
    let is_figure = |text: &&String| text.parse::<f64>().is_ok();
    let mut text = String::new();
    for row in rows {
        let at = row.iter().position(|text| is_figure(&text)).unwrap_or(row.len());
        let (labels, figures) = row.split_at(at);
        let Some((label, groups)) = labels
            .iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .split_last()
            .map(|(last, rest)| ((*last).clone(), rest.to_vec()))
        else {
            text += &format!("{}\n", row.iter().map(|cell| format!("{cell:>8}")).collect::<String>());
            continue;
        };
        for group in groups {
            text += &format!("{group}\n");
        }
        let mut parts = vec![String::new()];
        for c in label.chars() {
            if format!("{}{c}", parts[parts.len() - 1]).width() > LABEL {
                parts.push(String::new());
            }
            parts.last_mut().expect("a line").push(c);
        }
        let middle = parts.len() / 2;
        for (line, part) in parts.iter().enumerate() {
            text += &format!("    {part}{}", " ".repeat(LABEL - part.width()));
            for (column, figure) in figures.iter().enumerate() {
                let own = if column + 1 == figures.len() && parts.len() > 2 { 0 } else { middle };
                text += &if own == line { format!("  {figure:<6}") } else { " ".repeat(8) };
            }
            text = text.trim_end().to_owned() + "\n";
        }
    }
    text
}

#[test]
fn a_row_may_be_spread_over_the_lines_of_its_label() {
    for seed in 0..3 {
        let (truth, text) = written(seed, as_it_is, centred);
        assert_right("r.txt", &truth, text.as_bytes(), &text);
    }
}
