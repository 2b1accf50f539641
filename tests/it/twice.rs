//! Tables that are printed twice, beside each other, of another year, or with groups of columns in another order: no figure
//! is taken for another one, and nothing passes in silence.

use crate::converted::{Rows, assert_right, misread, written};
use crate::support::report;
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::report::Verdict;
use proptest::prelude::*;

const GROUP: usize = 5;

fn is_disputes(rows: &Rows) -> bool {
    rows[0][0] == "行政复议"
}

/// Every number one more.
fn of_last_year(rows: &Rows) -> Rows {
    let other = |cell: &String| cell.parse::<u64>().map_or_else(|_| cell.clone(), |number| (number + 1).to_string());
    rows.iter().map(|row| row.iter().map(other).collect()).collect()
}

fn beside(rows: &mut Rows, other: Rows, gap: usize) {
    for (row, other) in rows.iter_mut().zip(other) {
        row.extend(vec![String::new(); gap]);
        row.extend(other);
    }
}

fn pipes(rows: &Rows) -> String {
    let line = |(index, row): (usize, &Vec<String>)| {
        let delimiter = if index == 0 { format!("\n|{}", "---|".repeat(row.len())) } else { String::new() };
        format!("| {} |{delimiter}\n", row.join(" | "))
    };
    rows.iter().enumerate().map(line).collect()
}

/// The report with last year's table four above its own, below `caption`.
fn with_last_year(seed: u64, caption: &str, own: &str) -> (Vec<String>, String) {
    let mut disputes = Rows::new();
    let (figures, text) = written(seed, |rows| {
        if is_disputes(rows) {
            disputes.clone_from(rows);
        }
    });
    let table = pipes(&disputes);
    let both = format!("{caption}\n\n{}\n{own}\n\n{table}", pipes(&of_last_year(&disputes)));
    assert!(text.contains(&table));
    (figures, text.replace(&table, &both))
}

/// Nothing is read as another figure, and what is not read is found.
fn assert_never_other((figures, text): &(Vec<String>, String)) {
    let misread = misread(figures, text);
    let others: Vec<_> = misread.iter().filter(|(_, value)| matches!(value, Value::Number(_))).collect();
    assert!(others.is_empty(), "{others:?}\n{text}");
    let checked = Checker::default().check("r.md", text.as_bytes());
    assert!(misread.is_empty() || checked.first().report.verdict() == Verdict::Findings, "{text}");
}

#[test]
fn a_table_beside_itself_counts_only_where_both_say_the_same() {
    for gap in [0, 1, 3] {
        let other = written(3, |rows| {
            let other = of_last_year(rows);
            if !is_disputes(rows) {
                beside(rows, other, gap);
            }
        });
        assert_never_other(&other);
        let same = written(4, |rows| {
            let same = rows.clone();
            if !is_disputes(rows) {
                beside(rows, same, gap);
            }
        });
        assert_eq!(misread(&same.0, &same.1), []);
    }
}

#[test]
fn a_table_of_another_year_is_not_the_reports() {
    let year = report(5).year;
    assert_right(with_last_year(5, &format!("{}年度：", year - 1), &format!("{year}年度：")));
    assert_right(with_last_year(5, "（上年度数据）", "本年度数据"));
    assert_never_other(&with_last_year(5, "表四", ""));
}

#[test]
fn a_row_that_may_have_lost_a_figure_is_not_read_shifted() {
    let (figures, text) = written(6, |rows| {
        if let Some(row) = rows.iter_mut().find(|row| row[0] == "规章") {
            row.remove(1);
            row.push(String::new());
        }
    });
    assert_eq!(misread(&figures, &text).len(), 3, "{text}");
    assert_never_other(&(figures, text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn groups_and_their_columns_are_those_that_the_header_names(
        seed: u64, litigation_first: bool, is_swapped: bool, columns in Just([0, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let litigation = if is_swapped { [2, 1] } else { [1, 2] };
        let groups = if litigation_first { [litigation[0], litigation[1], 0] } else { [0, litigation[0], litigation[1]] };
        let report = written(seed, |rows| {
            if !is_disputes(rows) {
                return;
            }
            let first = rows[0].clone();
            for (index, row) in rows.iter_mut().enumerate() {
                let cells = row.clone();
                let is_column = |at: usize| index > 1 || index == 1 && at < GROUP;
                *row = groups.iter().flat_map(|group| (0..GROUP).map(move |at| (group * GROUP, at)))
                    .map(|(start, at)| if is_column(start) { cells[start + columns[at]].clone() } else { cells[start + at].clone() })
                    .collect();
            }
            // The name above both groups is above the first of them.
            let parent = first[GROUP].clone();
            rows[0].iter_mut().filter(|cell| **cell == parent).for_each(String::clear);
            let at = groups.iter().position(|group| *group > 0).unwrap_or(0) * GROUP;
            rows[0][at] = parent;
        });
        assert_right(report);
    }
}
