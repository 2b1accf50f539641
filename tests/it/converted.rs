//! Tables as tools write them: what they add is no part of the report, and what they leave out is not guessed.

use crate::support::markdown::{self, Way};
use crate::support::{figures, pack, report};
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::report::Verdict;

pub(crate) type Rows = Vec<Vec<String>>;

/// The report in Markdown, each table changed.
pub(crate) fn written(seed: u64, mut change: impl FnMut(&mut Rows)) -> (Vec<String>, String) {
    let report = report(seed);
    let mut text = String::new();
    let mut rows = Rows::new();
    for line in markdown::write(&report, Way::Padded).lines().chain([""]) {
        if let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) {
            rows.push(cells.split(" | ").map(str::to_owned).collect());
            continue;
        }
        if line.starts_with("|-") {
            continue;
        }
        if !rows.is_empty() {
            change(&mut rows);
            for (index, row) in rows.drain(..).enumerate() {
                text += &format!("| {} |\n", row.join(" | "));
                if index == 0 {
                    text += &format!("|{}\n", "---|".repeat(row.len()));
                }
            }
        }
        text += &format!("{line}\n");
    }
    (report.figures, text)
}

/// The figures that are not read as they are: of which row and column, and as what.
pub(crate) fn misread(truth: &[String], text: &str) -> Vec<(String, Value)> {
    let mut read = Checker::default().read_with("r.md", text.as_bytes(), |reading| {
        let facts = reading.pack.figures.iter().zip(&reading.facts.figures).zip(truth);
        let wrong = facts.filter(|((figure, fact), truth)| {
            let number = fact.number().map(|number| number.to_string());
            number.as_ref() != Some(*truth) && !figures::is_one_row(&figure.id)
        });
        wrong.map(|((figure, fact), _)| (figure.id.clone(), fact.value)).collect()
    });
    read.pop().and_then(Result::ok).expect("it is a report")
}

pub(crate) fn assert_right((figures, text): (Vec<String>, String)) {
    assert_eq!(misread(&figures, &text), [], "{text}");
    let checked = Checker::default().check("r.md", text.as_bytes());
    assert_eq!(checked.first().report.verdict(), Verdict::Pass, "{:?}\n{text}", checked.first().report.findings);
}

#[test]
fn numbers_of_rows_and_columns_are_no_figures() {
    for first in [0, 1] {
        assert_right(written(first, |rows| {
            rows.insert(0, (0..rows[0].len()).map(|column| (column as u64 + first).to_string()).collect());
        }));
        assert_right(written(first + 2, |rows| {
            rows.insert(0, (0..rows[0].len()).map(|column| (column as u64 + first).to_string()).collect());
            for (at, row) in rows.iter_mut().enumerate() {
                row.insert(0, if at == 0 { String::new() } else { (at as u64 - 1 + first).to_string() });
            }
        }));
    }
    // Rows left out of a table leave their numbers out.
    assert_right(written(5, |rows| {
        let mut number = 0;
        for (at, row) in rows.iter_mut().enumerate() {
            number += 1 + usize::from(at % 4 == 3);
            row.insert(0, number.to_string());
        }
    }));
}

#[test]
fn columns_without_a_name_are_named_by_tools() {
    for name in ["Unnamed: 3", "__EMPTY_2", "__UNNAMED__1", "Column4", "列5", "...6", "F7"] {
        assert_right(written(11, |rows| {
            rows.insert(0, vec![name.to_owned(); rows[0].len()]);
        }));
    }
    for name in ["None", "nan", "NULL", "&lt;NA>", "undefined"] {
        assert_right(written(12, |rows| {
            rows.iter_mut().flatten().filter(|cell| cell.is_empty()).for_each(|cell| cell.push_str(name));
        }));
    }
}

#[test]
fn names_of_columns_are_numbered_where_they_occur_twice() {
    for by in ['.', '_'] {
        assert_right(written(13, |rows| {
            for at in (1..rows[0].len()).rev() {
                let before = rows[0][..at].iter().filter(|name| **name == rows[0][at]).count();
                if before > 0 && !rows[0][at].is_empty() {
                    rows[0][at] += &format!("{by}{before}");
                }
            }
        }));
    }
}

#[test]
fn a_line_whose_cells_all_say_the_same_is_one_text() {
    let (figures, text) = written(14, |_| {});
    let whole: String = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("|-"))
        .map(|line| {
            let text = line.trim_start_matches(['#', ' ']);
            if line.starts_with('|') {
                format!("{line}\n")
            } else {
                format!("| {text} | {text} | {text} |\n").repeat(2)
            }
        })
        .collect();
    let (first, rest) = whole.split_once('\n').expect("lines");
    assert_right((
        figures,
        format!("{first}{}\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n{rest}", " |".repeat(12)),
    ));
}

#[test]
fn equal_figures_side_by_side_are_as_many_figures() {
    let (mut figures, text) = written(15, |rows| {
        for row in rows.iter_mut().filter(|row| row.len() == 10) {
            if row[9].parse::<u64>().is_ok() {
                row[3..].fill("0".to_owned());
            }
        }
    });
    for (figure, value) in pack().figures.iter().zip(&mut figures) {
        if figure.id.starts_with("requests.") {
            *value = "0".to_owned();
        }
    }
    assert_eq!(misread(&figures, &text), [], "{text}");
}

#[test]
fn labels_filled_down_beyond_their_group_are_not_its_own() {
    assert_right(written(16, |rows| {
        for at in 1..rows.len() {
            for column in 0..3 {
                if rows[at][column].is_empty() && rows[at].len() == 10 {
                    rows[at][column] = rows[at - 1][column].clone();
                }
            }
        }
    }));
}

#[test]
fn two_figures_in_a_cell_are_two_where_the_sums_say_so() {
    for by in [" ", "<br>"] {
        assert_right(written(17, |rows| {
            for row in rows.iter_mut().filter(|row| row.len() == 10 && row[9].parse::<u64>().is_ok()) {
                let joined = row[4..8].chunks(2).map(|two| two.join(by)).collect::<Vec<_>>();
                row.splice(4..8, joined);
            }
        }));
    }
}

#[test]
fn one_figure_wrapped_in_its_cell_is_one_where_the_sums_say_so() {
    let (figures, text) = written(18, |rows| {
        for row in rows.iter_mut().filter(|row| row.len() == 10 && row[9].len() > 2 && row[9].parse::<u64>().is_ok()) {
            row[9].insert_str(1, "<br>");
        }
    });
    assert_eq!(misread(&figures, &text), [], "{text}");
}

#[test]
fn figures_in_one_cell_are_never_one_number() {
    // The two last figures of a row in one cell, and no cell left for the other.
    let (figures, text) = written(19, |rows| {
        for row in rows.iter_mut().filter(|row| row.len() == 10 && row[9].parse::<u64>().is_ok()) {
            row[8] = format!("{} {}", row[8], row[9]);
            row[9].clear();
        }
    });
    let wrong = misread(&figures, &text);
    assert!(wrong.iter().all(|(_, value)| !matches!(value, Value::Number(_))), "{wrong:?}\n{text}");
}

#[test]
fn a_deleted_cell_does_not_move_figures_to_other_columns() {
    for column in 3..9 {
        let (figures, text) = written(20 + column as u64, |rows| {
            for row in rows.iter_mut().filter(|row| row.len() == 10 && row[9].parse::<u64>().is_ok()) {
                row.remove(column);
                row.push(String::new());
            }
        });
        let wrong = misread(&figures, &text);
        assert!(wrong.iter().all(|(_, value)| !matches!(value, Value::Number(_))), "{wrong:?}\n{text}");
        let checked = Checker::default().check("r.md", text.as_bytes());
        assert_ne!(checked.first().report.verdict(), Verdict::Pass, "{text}");
    }
}

#[test]
fn groups_of_columns_may_be_printed_below_each_other() {
    // A row for each figure, and one for each group.
    assert_right(written(30, |rows| {
        if rows[0].len() != 15 {
            return;
        }
        let groups = ["行政复议", "未经复议直接起诉", "复议后起诉"];
        let figures = rows.pop().expect("figures");
        let row =
            |(at, figure): (usize, &String)| vec![groups[at / 5].to_owned(), rows[1][at % 5].clone(), figure.clone()];
        *rows = figures.iter().enumerate().map(row).collect();
        rows.insert(0, ["类别", "结果", "数量"].map(str::to_owned).to_vec());
    }));
    assert_right(written(31, |rows| {
        if rows[0].len() != 15 {
            return;
        }
        let groups = ["行政复议", "未经复议直接起诉", "复议后起诉"];
        let figures = rows.pop().expect("figures");
        let row = |(group, figures): (&str, &[String])| [&[group.to_owned()], figures].concat();
        let names = row(("", &rows[1][..5]));
        *rows = [names].into_iter().chain(groups.into_iter().zip(figures.chunks(5)).map(row)).collect();
    }));
}

#[test]
fn a_title_may_write_its_year_in_words() {
    let (figures, text) = written(32, |_| {});
    let (title, rest) = text.split_once('\n').expect("a title");
    let words = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| c.to_digit(10).map_or(c, |digit| words[digit as usize]);
    assert_right((figures, format!("{}\n{rest}", title.chars().map(digit).collect::<String>())));
}

#[test]
fn parts_may_number_the_sections() {
    let (figures, text) = written(33, |_| {});
    let mut whole = String::new();
    for line in text.lines() {
        match line.strip_prefix("## ").and_then(|heading| heading.split_once('、')) {
            Some((number, title)) => whole += &format!("第{number}部分　{title}\n\n"),
            None => whole += &format!("{line}\n"),
        }
    }
    assert_right((figures, whole));
}

/// The report as one table, as wide as its widest.
fn as_sheet(seed: u64) -> (Vec<String>, Rows) {
    let (figures, text) = written(seed, |_| {});
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("|-"));
    let cells = |line: &str| match line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) {
        Some(cells) => cells.split(" | ").map(str::to_owned).collect(),
        None => vec![line.trim_start_matches(['#', ' ']).to_owned()],
    };
    let mut rows: Rows = lines.map(cells).collect();
    rows.iter_mut().for_each(|row| row.resize(15, String::new()));
    (figures, rows)
}

fn as_text((figures, rows): (Vec<String>, Rows)) -> (Vec<String>, String) {
    let line = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
    let lines: String = rows[1..].iter().map(line).collect();
    (figures, format!("{}|{}\n{lines}", line(&rows[0]), "---|".repeat(15)))
}

#[test]
fn what_was_filled_in_over_a_whole_sheet_is_no_figure() {
    let (figures, mut rows) = as_sheet(40);
    for row in &mut rows {
        for at in 1..row.len() {
            if row[at].is_empty() {
                row[at] = row[at - 1].clone();
            }
        }
    }
    assert_right(as_text((figures, rows)));
    let (figures, mut rows) = as_sheet(41);
    for at in 1..rows.len() {
        let (above, own) = rows.split_at_mut(at);
        let blanks = own[0].iter_mut().zip(&above[at - 1]).filter(|(cell, _)| cell.is_empty());
        blanks.for_each(|(cell, above)| cell.clone_from(above));
    }
    assert_right(as_text((figures, rows)));
}

#[test]
fn a_title_in_the_marks_of_a_markup_language_is_the_title() {
    let report = report(21);
    let (title, text) = (report.title(), markdown::write(&report, Way::NoOuterPipes));
    let (organization, year) = (report.organization.as_str(), report.year.to_string());
    let (agency, rest) = title.split_once(&year).expect("the year");
    for marked in [
        format!("*{title}*"),
        format!("== {title} =="),
        format!("h1. {title}"),
        format!("{agency}\\ **{year}**\\ {rest}"),
        format!("*{agency}**{year}**{rest}*"),
    ] {
        let text = text.replacen(&format!("# {title}"), &marked, 1);
        let checked = Checker::default().check("r.txt", text.as_bytes());
        assert_eq!(checked.first().report.organization.as_deref(), Some(organization), "{marked}");
        assert_eq!(checked.first().report.findings.len(), 0, "{marked}: {:?}", checked.first().report.findings);
    }
}

/// Objects that are made of rows keep the order in which their keys first occur, and so move whole columns.
#[test]
fn columns_that_were_moved_are_those_that_their_header_names() {
    let (figures, text) = written(22, |rows| {
        let total = rows.iter().flatten().filter(|cell| *cell == "总计").count();
        let is_requests = rows.len() > 20 && total > 0;
        for row in rows.iter_mut().filter(|row| is_requests && row.len() > 5) {
            let last = row.pop().expect("a cell");
            row.insert(row.len() - 4, last);
        }
    });
    assert_eq!(misread(&figures, &text), [], "{text}");
}

#[test]
fn each_table_of_a_file_of_values_has_counters_of_its_own() {
    let (figures, text) = written(23, |rows| {
        rows.insert(0, (0..rows[0].len()).map(|column| column.to_string()).collect());
        for (at, row) in rows.iter_mut().enumerate() {
            row.insert(0, at.checked_sub(1).map(|number| number.to_string()).unwrap_or_default());
        }
    });
    let lines = text.lines().filter(|line| !line.starts_with("|--") && !line.is_empty());
    let values = lines.map(|line| line.trim_matches(['|', ' ', '#']).replace(" | ", ",").replace("|", "") + "\n");
    let text: String = values.collect();
    assert_eq!(misread(&figures, &text), [], "{text}");
}

/// Columns in another order are those that their header names, where the sums of the row hold so.
#[test]
fn a_row_without_a_label_is_read_under_columns_in_another_order_where_its_sums_hold() {
    let (figures, text) = written(24, |rows| {
        let is_disputes = rows.iter().flatten().any(|cell| cell == "结果维持");
        for row in rows.iter_mut().filter(|row| is_disputes && row.iter().filter(|cell| !cell.is_empty()).count() > 4) {
            row.swap(0, 1);
        }
    });
    assert_right((figures, text));
}

#[test]
fn a_sign_that_a_tool_wrote_in_every_blank_cell_is_no_figure() {
    for (seed, sign) in [(3, "-"), (4, "/"), (5, "--"), (6, "—")] {
        let mut lines = Rows::new();
        let (figures, text) = written(seed, |rows| lines.append(rows));
        // The whole report is one table, as converters of workbooks write it.
        let mut paragraphs = text.lines().filter(|line| !line.is_empty() && !line.starts_with('|')).map(str::to_owned);
        let mut sheet: Rows = Vec::new();
        let mut tables = lines.into_iter().peekable();
        for line in paragraphs.by_ref() {
            let heading = line.trim_start_matches(['#', ' ']).to_owned();
            let is_section = line.starts_with("## ");
            sheet.push(vec![heading]);
            let own = ["二、", "三、", "四、"]
                .iter()
                .position(|number| is_section && sheet[sheet.len() - 1][0].starts_with(number));
            let Some(own) = own else { continue };
            let width = [4, 10, 15][own];
            while let Some(row) = tables.next_if(|row| row.len() == width) {
                sheet.push(row);
            }
        }
        let mut text = String::new();
        for row in sheet {
            let mut cells = row;
            cells.resize(15, String::new());
            let cells: Vec<&str> = cells.iter().map(|cell| if cell.is_empty() { sign } else { cell }).collect();
            text += &format!("{}\n", cells.join("\t"));
        }
        assert_right((figures, text));
    }
}

#[test]
fn blank_cells_at_the_end_of_a_row_that_are_not_written_are_blank() {
    for seed in 0..8 {
        // The figures of the last group are blank, and the first of the first group.
        let (figures, text) = written(seed, |rows| {
            if rows[0].len() == 15 {
                let last = rows.len() - 1;
                let rest = rows[last][1..4].iter().map(|figure| figure.parse::<u32>().expect("a count")).sum::<u32>();
                rows[last][0].clear();
                rows[last][4] = rest.to_string();
                rows[last].truncate(10 + seed as usize % 4);
                rows[last][10..].fill(String::new());
            }
        });
        let mut misread = misread(&figures, &text);
        misread.retain(|(figure, _)| !figure.ends_with("reconsideration.total"));
        assert!(misread.len() <= 6 && misread.iter().all(|(_, value)| *value == Value::Blank), "{misread:?}\n{text}");
        // A figure that is lost leaves another place to each behind it.
        let (figures, text) = written(seed, |rows| {
            if rows[0].len() == 15 {
                let last = rows.len() - 1;
                rows[last][7].clear();
                rows[last].truncate(14);
            }
        });
        let others = self::misread(&figures, &text);
        assert!(!others.iter().any(|(_, value)| matches!(value, Value::Number(_))), "{others:?}");
    }
}
