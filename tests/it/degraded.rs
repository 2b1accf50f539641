//! Tables as converters and page breaks leave them: what can be read in one way only is read so, and what cannot is said
//! and accuses nobody.

use crate::support;
use crate::support::markdown::{self, rows};
use crate::support::{Rng, figures, pack, report};
use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::facts::Value;
use gouji::internal::pack::Severity;

/// What a table has been through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    /// The first half of a row's label stands alone above it.
    LabelWrappedAbove,
    /// The second half of a row's label stands alone below it.
    LabelWrappedBelow,
    /// A row's label in three lines, its figures beside the last.
    LabelOverThreeLines,
    /// A label alone, and its figures in the row below.
    LabelApart,
    /// The same, with the number of a page between.
    LabelApartByPage,
    /// A figure of several digits in two cells.
    FigureSplit,
    /// A label misprinted: a character lost.
    LabelMisprinted,
    /// A label lost.
    LabelLost,
    /// A page break: a page number, and the header again.
    PageBreak,
    /// A page break, with only the last row of the header.
    PageBreakHalfHeader,
    /// A page break, with the header one cell to the left.
    PageBreakShiftedHeader,
    /// A page break, with the header of another table.
    PageBreakWrongHeader,
}

const HARMS: [Harm; 12] = [
    Harm::LabelWrappedAbove,
    Harm::LabelWrappedBelow,
    Harm::LabelOverThreeLines,
    Harm::LabelApart,
    Harm::LabelApartByPage,
    Harm::FigureSplit,
    Harm::LabelMisprinted,
    Harm::LabelLost,
    Harm::PageBreak,
    Harm::PageBreakHalfHeader,
    Harm::PageBreakShiftedHeader,
    Harm::PageBreakWrongHeader,
];

type Rows = Vec<Vec<String>>;

/// The rows of table three with the harm done to one of them.
fn harmed(report: &Blank<'_>, way: markdown::Way, harm: Harm, rng: &mut Rng) -> Rows {
    let grid = report.grid(1);
    let mut rows = rows(&grid, way);
    let header = grid.iter().take_while(|row| row.iter().all(|(_, cell)| cell.figure.is_none())).count();
    let at = header + rng.below(rows.len() - header);
    let figures = rows[at].len() - 7;
    let label = rows[at][..figures].iter().rposition(|text| !text.is_empty()).expect("a label");
    // Where blank cells are lost, a row of one text is a line of text.
    let alone = |row: &[String], label: usize, text: String| {
        let mut alone = vec![String::new(); row.len()];
        alone[label] = text.clone();
        if way == markdown::Way::MergesLost { vec![text] } else { alone }
    };
    let halves = |text: &str| {
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        (text[..middle].to_owned(), text[middle..].to_owned())
    };
    match harm {
        Harm::LabelWrappedAbove => {
            let (first, second) = halves(&rows[at][label]);
            let above = alone(&rows[at], label, first);
            rows[at][label] = second;
            rows.insert(at, above);
        }
        Harm::LabelWrappedBelow => {
            let (first, second) = halves(&rows[at][label]);
            let below = alone(&rows[at], label, second);
            rows[at][label] = first;
            rows.insert(at + 1, below);
        }
        Harm::LabelOverThreeLines => {
            let (first, rest) = halves(&rows[at][label]);
            let (second, last) = halves(&rest);
            let above = [first, second].map(|part| alone(&rows[at], label, part));
            rows[at][label] = last;
            rows.splice(at..at, above);
        }
        Harm::LabelApart | Harm::LabelApartByPage => {
            let above = alone(&rows[at], label, rows[at][label].clone());
            rows[at][..figures].fill(String::new());
            rows.insert(at, above);
            if harm == Harm::LabelApartByPage {
                rows.insert(at + 1, vec!["- 2 -".to_owned()]);
            }
        }
        Harm::FigureSplit => {
            let long: Vec<usize> = (figures..rows[at].len()).filter(|&column| rows[at][column].len() > 1).collect();
            if let Some(&column) = long.get(rng.below(long.len().max(1))) {
                let (first, second) = halves(&rows[at][column]);
                rows[at][column] = first;
                rows[at].insert(column + 1, second);
            }
        }
        Harm::LabelMisprinted => {
            let lost = rng.below(rows[at][label].chars().count());
            rows[at][label] =
                rows[at][label].chars().enumerate().filter(|(index, _)| *index != lost).map(|(_, c)| c).collect();
        }
        Harm::LabelLost => rows[at][label].clear(),
        Harm::PageBreak | Harm::PageBreakHalfHeader | Harm::PageBreakShiftedHeader | Harm::PageBreakWrongHeader => {
            let mut again: Rows = match harm {
                Harm::PageBreakHalfHeader => rows[header - 1..header].to_vec(),
                Harm::PageBreakWrongHeader => support::markdown::rows(&report.grid(2), way)[..2].to_vec(),
                _ => rows[..header].to_vec(),
            };
            if harm == Harm::PageBreakShiftedHeader {
                again.iter_mut().for_each(|row| drop(row.remove(0)));
            }
            again.insert(0, vec!["- 2 -".to_owned()]);
            rows.splice(at..at, again);
        }
    }
    rows
}

/// What stands between the cells of a row: pipes, in Markdown, or in text tabs or single blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Pipes,
    Tabs,
    Blanks,
}

fn written(report: &Blank<'_>, table: &Rows, way: markdown::Way, between: Between) -> (&'static str, String) {
    let mut text = format!("{}\n", report.title());
    for (index, section) in report.pack.sections.iter().enumerate() {
        text.push_str(&format!("\n{}\n\n{}\n\n", report.heading(index), report.texts[index]));
        for &own in &section.tables {
            let rows = if own == 1 { table.clone() } else { rows(&report.grid(own), way) };
            for (index, row) in rows.iter().enumerate() {
                match between {
                    Between::Tabs => text.push_str(&(row.join("\t") + "\n")),
                    Between::Blanks => {
                        let filled: Vec<&str> =
                            row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                        text.push_str(&(filled.join(" ") + "\n"));
                    }
                    Between::Pipes => {
                        text.push_str(&format!("| {} |\n", row.join(" | ")));
                        if index == 0 {
                            text.push_str(&format!("|{}\n", "---|".repeat(row.len())));
                        }
                    }
                }
            }
            text.push('\n');
        }
    }
    (if between == Between::Pipes { "r.md" } else { "r.txt" }, text)
}

/// How many figures of the form were read as they are, otherwise, and not at all.
fn compared(report: &Blank<'_>, name: &str, text: &str) -> (usize, usize, usize) {
    let checker = Checker::default();
    let document = checker.read(name, text.as_bytes()).expect("text");
    let bound = checker.bind(&document).expect("within the limits").pop().expect("a report");
    let mut count = (0, 0, 0);
    for ((figure, fact), written) in pack().figures.iter().zip(&bound.facts.figures).zip(&report.figures) {
        match &fact.value {
            _ if figures::is_one_row(&figure.id) => {}
            Value::Number(number) if number.to_string() == *written => count.0 += 1,
            Value::Number(_) => count.1 += 1,
            _ => count.2 += 1,
        }
    }
    count
}

#[test]
fn what_can_be_read_in_one_way_only_is_read() {
    const BETWEEN: [Between; 3] = [Between::Pipes, Between::Tabs, Between::Blanks];
    const WAYS: [markdown::Way; 3] = [markdown::Way::Padded, markdown::Way::MergesLost, markdown::Way::LabelsRepeated];
    for harm in HARMS {
        let cases =
            WAYS.into_iter().flat_map(|way| (0..48).map(move |case| (way, BETWEEN[case as usize % 3], case / 3)));
        // Where a label stands in several cells, a part of it in a line of its own may be of any of them.
        let cases = cases.filter(|case| !matches!(case, (markdown::Way::LabelsRepeated, Between::Blanks, _)));
        for (way, between, seed) in cases {
            let what = format!("{harm:?} {way:?}, {between:?}, seed {seed}");
            let report = report(seed);
            let table = harmed(&report, way, harm, &mut Rng::new(seed));
            let (name, text) = written(&report, &table, way, between);
            let (same, other, lost) = compared(&report, name, &text);
            assert_eq!(other, 0, "{what}: figures in the wrong place");
            let checked = Checker::default().check(name, text.as_bytes());
            let grave: Vec<_> =
                checked.first().report.findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
            let rules = || grave.iter().map(|finding| finding.rule.name.as_str());
            // A row without a label is read by its sums, and said where its cell is still there.
            if lost == 0 && harm == Harm::LabelLost && rules().eq(["unexpected-row"]) {
                continue;
            }
            if lost == 0 {
                assert!(same > 190 && grave.is_empty(), "{what}: {grave:?}");
                continue;
            }
            // Two cells may be one figure in several ways that all add up; then the row is not read, and that is said.
            assert_eq!((harm, lost), (Harm::FigureSplit, 7), "{what}: {grave:?}");
            assert_eq!(rules().collect::<Vec<_>>(), ["missing-cell"]);
        }
    }
}

/// A figure too many is never taken for one in two cells unless the row adds up with it, and in one way only.
#[test]
fn a_figure_too_many_is_not_explained_away() {
    let report = report(3);
    for extra in ["0", "7", "12"] {
        let mut table = rows(&report.grid(1), markdown::Way::Padded);
        let row = table.len() - 4;
        table[row].push(extra.to_owned());
        let (name, text) = written(&report, &table, markdown::Way::Padded, Between::Tabs);
        assert_eq!(compared(&report, name, &text).1, 0, "{extra}");
    }
}

fn warnings(name: &str, text: &str) -> Vec<String> {
    let checked = Checker::default().check(name, text.as_bytes());
    let grave = checked.first().report.findings.iter().filter(|finding| finding.severity > Severity::Advice);
    grave.map(|finding| finding.rule.name.clone()).collect()
}

/// A column to the right of the form's, filled in every row, takes no row out of the sums.
#[test]
fn a_column_of_the_writers_own_is_passed_over() {
    for (between, filling) in [(Between::Pipes, "无"), (Between::Tabs, "0"), (Between::Pipes, "7")] {
        let report = report(4);
        let mut table = rows(&report.grid(1), markdown::Way::Padded);
        for (index, row) in table.iter_mut().enumerate() {
            row.push(
                if index == 0 {
                    "备注"
                } else if index < 3 {
                    ""
                } else {
                    filling
                }
                .to_owned(),
            );
        }
        let (name, text) = written(&report, &table, markdown::Way::Padded, between);
        assert_eq!(compared(&report, name, &text).1, 0, "{between:?} {filling}");
        assert_eq!(warnings(name, &text), [""; 0], "{between:?} {filling}");
    }
}

/// The one row of table four over several lines.
#[test]
fn a_row_of_groups_may_be_broken() {
    let report = report(6);
    let figures = report.grid(2).last().expect("a row").iter().map(|(_, cell)| cell.text.clone()).collect::<Vec<_>>();
    let text = support::text::write(&report, support::text::Way::Tabs);
    let whole = figures.join("\t");
    for at in [5, 8, 10] {
        let broken = format!("{}\n{}", figures[..at].join("\t"), figures[at..].join("\t"));
        assert_eq!(warnings("r.txt", &text.replace(&whole, &broken)), [""; 0], "after {at}");
    }
}
