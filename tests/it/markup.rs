//! Reports in markup languages that have tables of their own, as converters and people write them.

use crate::support::rewritten::{Rows, as_it_is, assert_right, lines, written};
use gouji::Checker;
use gouji::internal::report::Verdict;

/// Every second figure in bold, every label with a line break where it is longer than a word.
fn decorated(text: &str, [before, behind]: [&str; 2], br: &str) -> String {
    match text.parse::<u64>() {
        Ok(number) if number % 2 == 0 => format!("{before}{text}{behind}"),
        Ok(_) => text.to_owned(),
        Err(_) => text.replace("结果", &format!("结果{br}")),
    }
}

fn media_wiki(rows: &Rows, on_one_line: bool) -> String {
    let cell = |text: &String| decorated(text, ["'''", "'''"], "<br />");
    let row = |row: &[String]| {
        let cells: Vec<String> = row.iter().map(cell).collect();
        if on_one_line {
            return format!("|-\n| {}", cells.join(" || "));
        }
        let cells =
            cells.iter().map(|text| format!("\n| style=\"text-align: right\" | <span lang=\"zh\">{text}</span>"));
        format!("|-{}", cells.collect::<String>())
    };
    format!("{{| class=\"wikitable\"\n|+ 附表\n{}|}}\n", lines(rows, row))
}

#[test]
fn tables_of_media_wiki() {
    for (seed, on_one_line) in [true, false].into_iter().enumerate() {
        let line = |line: &str| match line.starts_with(['一', '二', '三', '四', '五', '六']) {
            true => format!("== {line} =="),
            false if line.is_empty() => String::new(),
            false => format!("<span lang=\"zh\">'''{line}'''</span>"),
        };
        let (truth, text) = written(seed as u64, line, |rows| media_wiki(rows, on_one_line));
        for name in ["r.wiki", "r.txt", "r.md"] {
            assert_right(name, &truth, text.as_bytes(), &text);
        }
    }
}

#[test]
fn cells_of_media_wiki_may_cover_others() {
    let (truth, text) = written(4, as_it_is, |rows| {
        let table = media_wiki(rows, false);
        let merged = "| style=\"text-align: right\" | <span lang=\"zh\">（三）不予公开</span>";
        assert!(!table.contains("本年度办理结果") || table.contains(merged));
        // What covers the rows below leaves no cells there.
        let mut left = 0;
        let mut column = 0;
        let mut text = String::new();
        for line in table.lines() {
            column = if line == "|-" { 0 } else { column + 1 };
            left -= i32::from(line == "|-");
            if line == merged {
                left = 8;
                text += &line.replace("| style", "| rowspan=\"8\" style");
            } else if !(1..8).contains(&left) || column != 2 || !line.ends_with("\"zh\"></span>") {
                text += line;
            } else {
                continue;
            }
            text.push('\n');
        }
        text
    });
    assert_right("r.wiki", &truth, text.as_bytes(), &text);
}

fn ascii_doc(rows: &Rows, cell_a_line: bool) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |row: &[String]| {
        let filled = row.iter().map(|text| format!("|{}", decorated(text, ["*", "*"], "")));
        let cells: Vec<String> = filled.chain((row.len()..columns).map(|_| "|".to_owned())).collect();
        cells.join(if cell_a_line { "\n" } else { " " })
    };
    let widths = vec!["<20"; columns].join(",");
    format!("[cols=\"{widths}\",options=\"header\"]\n|===\n{}|===\n", lines(rows, row))
}

#[test]
fn tables_of_ascii_doc() {
    for (seed, cell_a_line) in [true, false].into_iter().enumerate() {
        let (truth, text) = written(seed as u64, as_it_is, |rows| ascii_doc(rows, cell_a_line));
        for name in ["r.adoc", "r.md"] {
            assert_right(name, &truth, text.as_bytes(), &text);
        }
        // Nothing but the first row says how many columns there are.
        let text = text.lines().filter(|line| !line.starts_with("[cols")).collect::<Vec<_>>().join("\n");
        if !cell_a_line {
            assert_right("r.adoc", &truth, text.as_bytes(), &text);
        }
    }
}

fn latex(rows: &Rows) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |row: &[String]| {
        let cells: Vec<String> = row
            .iter()
            .map(|text| decorated(text, ["\\textbf{", "}"], "\\newline "))
            .map(|text| if text == "自然人" { format!("\\multirow{{1}}{{*}}{{{text}}}") } else { text })
            .collect();
        format!("{} \\\\", cells.join(" & "))
    };
    format!(
        "\\begin{{longtable}}[]{{@{{}}{}@{{}}}}\n\\toprule\n{}\\bottomrule\n\\end{{longtable}}\n",
        "l".repeat(columns),
        lines(rows, row)
    )
}

#[test]
fn tables_of_latex() {
    for seed in 0..3 {
        let line = |line: &str| match line.starts_with(['一', '二', '三', '四', '五', '六']) {
            true => format!("\\section*{{{line}}}"),
            false => line.replace('%', "\\%"),
        };
        let (truth, text) = written(seed, line, latex);
        let text = format!(
            "\\documentclass{{article}}\n\\usepackage{{longtable}}\n\\begin{{document}}\n{text}\\end{{document}}\n"
        );
        for name in ["r.tex", "r.txt", "r.md"] {
            assert_right(name, &truth, text.as_bytes(), &text);
        }
    }
}

#[test]
fn tables_of_typst() {
    let table = |rows: &Rows| {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let row = |row: &[String]| {
            let filled = row.iter().map(|text| format!("[{}]", decorated(text, ["*", "*"], "\\ ")));
            let cells: Vec<String> = filled.chain((row.len()..columns).map(|_| "[]".to_owned())).collect();
            format!("  {},", cells.join(", "))
        };
        format!("#table(\n  columns: ({}),\n{})\n", vec!["auto"; columns].join(", "), lines(rows, row))
    };
    let (truth, text) = written(6, as_it_is, table);
    for name in ["r.typ", "r.txt"] {
        assert_right(name, &truth, text.as_bytes(), &text);
    }
}

#[test]
fn tables_of_textile() {
    let row =
        |row: &[String]| format!("|{}|", row.iter().map(|text| format!("<. {text} ")).collect::<Vec<_>>().join("|"));
    let (truth, text) = written(7, as_it_is, |rows| lines(rows, row));
    assert_right("r.textile", &truth, text.as_bytes(), &text);
}

#[test]
fn a_table_that_does_not_end_is_text() {
    for text in [
        "{|\n|-\n| 一",
        "|===\n|一 |二",
        "\\begin{tabular}{ll} 一 & 二 \\\\",
        "#table(columns: 2, [一]",
        "\\begin{tabular}\\end{tabular}}{",
    ] {
        assert_ne!(Checker::default().check("r.txt", text.as_bytes()).first().report.verdict(), Verdict::Pass);
    }
}

#[test]
fn every_line_of_a_numbered_table_is_a_row() {
    let (truth, text) = written(9, as_it_is, |rows| {
        lines(rows, |row| {
            row.iter().map(|text| if text.is_empty() { "NaN" } else { text }).collect::<Vec<_>>().join("   ")
        })
    });
    let numbered = text.lines().filter(|line| !line.is_empty()).enumerate();
    let text: String = numbered.map(|(number, line)| format!("{number:<3}   {line}\n")).collect();
    assert_right("r.txt", &truth, text.as_bytes(), &text);
}
