//! Groups side by side that are printed as tables of their own, each below a text that names it: they are read by these names,
//! in whatever order.

use gouji::internal::facts::Value;
use gouji::{Checker, Verdict};

use crate::support::lines::Line::{self, Row};
use crate::support::lines::{files, heading, parts, sections, text, title};
use crate::support::report;

/// How a table of its own is printed.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// A row of names and one of figures.
    Wide,
    /// A row for each figure.
    Tall,
}

const COLUMNS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// The figures of table four, as texts, group by group.
fn figures() -> Vec<String> {
    let mut rows =
        parts()[3].clone().into_iter().filter_map(|line| if let Row(cells) = line { Some(cells) } else { None });
    rows.next_back().expect("a row of figures")
}

fn lines(names: &[&str; 3], order: [usize; 3], way: Way) -> Vec<Line> {
    let figures = figures();
    let mut lines = [vec![title()], sections(&[1, 2, 3]), vec![parts()[3][0].clone()]].concat();
    for group in order {
        let own = &figures[group * COLUMNS.len()..][..COLUMNS.len()];
        lines.push(text(names[group]));
        match way {
            Way::Wide => lines.extend([Row(COLUMNS.map(str::to_owned).to_vec()), Row(own.to_vec())]),
            Way::Tall => {
                lines.extend(COLUMNS.iter().zip(own).map(|(name, own)| Row(vec![(*name).to_owned(), own.clone()])));
            }
        }
    }
    [lines, sections(&[5, 6])].concat()
}

/// Whether the figures of table four are those of the report; none where they are not read, and that is said.
fn is_right(name: &str, bytes: &[u8]) -> Option<bool> {
    let report = report(7);
    let checker = Checker::default();
    let read = checker
        .read_with(name, bytes, |reading| reading.facts.figures.iter().map(|fact| fact.value).collect::<Vec<_>>());
    let [Ok(read)] = <[_; 1]>::try_from(read).expect("a report") else { panic!("{name} is not read") };
    let all = report.pack.figures.iter().enumerate().filter(|(_, figure)| figure.id.starts_with("disputes."));
    let is_own =
        |index: usize| matches!(read[index], Value::Number(number) if number.to_string() == report.figures[index]);
    if all.clone().all(|(index, _)| matches!(read[index], Value::Unreadable(_))) {
        assert_ne!(checker.check(name, bytes).first().report.verdict(), Verdict::Pass, "{name}");
        return None;
    }
    Some(all.into_iter().all(|(index, _)| is_own(index)))
}

const ORDERS: [[usize; 3]; 4] = [[0, 1, 2], [2, 0, 1], [1, 0, 2], [2, 1, 0]];

#[test]
fn tables_below_their_names_are_read_by_them() {
    let ways_to_name = [
        ["行政复议", "未经复议直接起诉", "复议后起诉"],
        ["（一）行政复议情况", "（二）行政诉讼（未经复议直接起诉）", "（三）行政诉讼（复议后起诉）"],
        ["1.行政复议案件", "2.未经行政复议直接起诉的案件", "3.经行政复议后起诉的案件"],
        ["行政复议", "直接起诉", "复议后起诉"],
        ["行政复议", "另一种情形", "复议后起诉"],
    ];
    for names in &ways_to_name {
        for order in ORDERS {
            for way in [Way::Wide, Way::Tall] {
                for (file, bytes) in files(&lines(names, order, way)) {
                    // Rows of a workbook may be taken for the header of the table.
                    let right = is_right(file, &bytes);
                    assert_ne!(right, Some(false), "{names:?} {order:?} {way:?} in {file}");
                    let is_lost =
                        names.contains(&"另一种情形") || names.contains(&"直接起诉") && matches!(way, Way::Wide);
                    assert!(right.is_some() || is_lost, "{names:?} {order:?} {way:?} in {file}");
                }
            }
        }
    }
}

#[test]
fn tables_below_names_that_are_unclear_are_not_read() {
    for names in [
        ["复议", "诉讼（一）", "诉讼（二）"],
        ["行政复议", "行政诉讼", "行政诉讼"],
        ["复议后起诉", "行政复议", "行政复议"],
    ] {
        for (file, bytes) in files(&lines(&names, [2, 0, 1], Way::Tall)) {
            assert_eq!(is_right(file, &bytes), None, "{names:?} in {file}");
        }
    }
}

#[test]
fn a_name_above_the_whole_table_says_nothing_of_its_groups() {
    for above in ["行政复议", "（一）复议后起诉", "行政复议、行政诉讼情况"] {
        let mut part = parts()[3].clone();
        part.insert(1, text(above));
        part.push(heading(above));
        let lines = [vec![title()], sections(&[1, 2, 3]), part, sections(&[5, 6])].concat();
        for (file, bytes) in files(&lines) {
            assert_eq!(is_right(file, &bytes), Some(true), "{above} in {file}");
        }
    }
}
