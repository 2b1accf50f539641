//! Figures that a narrow column breaks over two lines of text: they are read whole where the sums say so, or not at all.

use crate::support::markdown::{self, Way};
use crate::support::{Rng, figures, report};
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::report::Verdict;

/// How the rest of a row's figures is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    OneLine,
    LineEach,
    BehindLabel,
    Spaced,
}

const WAYS: [Below; 4] = [Below::OneLine, Below::LineEach, Below::BehindLabel, Below::Spaced];
/// Columns of labels before those of the figures.
const LABELS: usize = 3;

/// A row of the third table as text; `fit` digits fit into a column.
fn broken(cells: &[String], fit: usize, below: Below) -> String {
    let label = cells[..LABELS].iter().rfind(|label| !label.is_empty()).expect("a row has a label");
    let (first, rest): (Vec<&str>, Vec<&str>) =
        cells[LABELS..].iter().map(|figure| figure.split_at(fit.min(figure.len()))).unzip();
    let rest: Vec<&str> = rest.into_iter().filter(|rest| !rest.is_empty()).collect();
    let half = label.chars().count() / 2;
    let (begun, end) = label.split_at(label.char_indices().nth(half).expect("a label is long").0);
    match below {
        Below::OneLine => format!("{label} {}\n{}\n", first.join(" "), rest.join(" ")),
        Below::LineEach => format!("{label} {}\n{}\n", first.join(" "), rest.join("\n")),
        Below::BehindLabel => format!("{begun} {}\n{end} {}\n", first.join(" "), rest.join(" ")),
        Below::Spaced => format!("{label}    {}\n           {}\n", first.join("   "), rest.join("      ")),
    }
}

/// The report as text, its rows changed: those of the third table as `row` prints them.
fn text(seed: u64, mut row: impl FnMut(usize, &[String]) -> String) -> (Vec<String>, String) {
    let report = report(seed);
    let mut text = String::new();
    let mut at = 0;
    for line in markdown::write(&report, Way::Padded).lines().filter(|line| !line.starts_with("|-")) {
        let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
            text += &format!("{}\n", line.trim_start_matches(['#', ' ']));
            continue;
        };
        let cells: Vec<String> = cells.split(" | ").map(|cell| cell.trim().to_owned()).collect();
        let is_row = cells.len() == LABELS + 7 && cells[LABELS..].iter().all(|cell| cell.parse::<u64>().is_ok());
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        if is_row {
            text += &row(at, &cells);
            at += 1;
        } else if filled.iter().any(|cell| cell.parse::<f64>().is_ok()) {
            text += &format!("{}\n", filled.join(" "));
        } else {
            text += &format!("{}\n", filled.join("\n"));
        }
    }
    (report.figures, text)
}

fn plain(cells: &[String]) -> String {
    format!("{}\n", cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" "))
}

/// The figures that are read as another one, and how many are not read.
fn read(text: &str, truth: &[String]) -> (Vec<String>, usize) {
    let mut read = Checker::default().read_with("r.txt", text.as_bytes(), |reading| {
        let facts = reading.pack.figures.iter().zip(&reading.facts.figures).zip(truth);
        let facts = facts.filter(|((figure, _), _)| !figures::is_one_row(&figure.id));
        let (mut others, mut unread) = (Vec::new(), 0);
        for ((figure, fact), truth) in facts {
            match fact.value {
                Value::Number(number) if number.to_string() == *truth => {}
                Value::Number(number) => others.push(format!("{} is {truth}, read as {number}", figure.id)),
                _ => unread += 1,
            }
        }
        (others, unread)
    });
    read.pop().and_then(Result::ok).expect("it is a report")
}

#[test]
fn figures_that_go_on_below_are_read_whole_or_not_at_all() {
    let mut whole = 0;
    for seed in 0..40_u64 {
        for below in WAYS {
            let broken_row = Rng::new(seed).below(25);
            let fit = 1 + (seed % 2) as usize;
            let print =
                |at: usize, cells: &[String]| if at == broken_row { broken(cells, fit, below) } else { plain(cells) };
            let (truth, text) = text(seed, print);
            let (others, unread) = read(&text, &truth);
            assert_eq!(others, [""; 0], "{seed} {below:?}\n{text}");
            let checked = Checker::default().check("r.txt", text.as_bytes());
            let passes = checked.first().report.verdict() == Verdict::Pass;
            assert_eq!(passes, unread == 0, "{seed} {below:?}: {unread} {:?}\n{text}", checked.first().report.findings);
            whole += usize::from(passes);
        }
    }
    assert!(whole > 60, "only {whole} are read whole");
}

#[test]
fn broken_figures_of_a_row_whose_sum_is_wrong_are_not_guessed() {
    for seed in 0..40_u64 {
        for below in WAYS {
            let broken_row = Rng::new(seed).below(25);
            let mut total = String::new();
            let (truth, text) = text(seed, |at, cells| {
                if at != broken_row {
                    return plain(cells);
                }
                let mut cells = cells.to_vec();
                let last = cells.last_mut().expect("a row has a total");
                *last = (last.parse::<u64>().expect("a number") + 1000).to_string();
                total.clone_from(last);
                broken(&cells, 1, below)
            });
            let (others, _) = read(&text, &truth);
            let others: Vec<_> = others.iter().filter(|other| !other.ends_with(&format!("read as {total}"))).collect();
            assert!(others.is_empty(), "{seed} {below:?}: {others:?}\n{text}");
            assert_ne!(Checker::default().check("r.txt", text.as_bytes()).first().report.verdict(), Verdict::Pass);
        }
    }
}

#[test]
fn the_number_of_a_page_is_no_rest_of_a_figure() {
    let broken_row = 7;
    let (_, text) = text(3, |at, cells| {
        let mut cells = cells.to_vec();
        if at == broken_row {
            let last = cells.last_mut().expect("a row has a total");
            *last = (last.parse::<u64>().expect("a number") + 10).to_string();
        }
        let page = [("3\n", broken_row), ("4\n", 20)].into_iter().find(|(_, after)| *after == at);
        plain(&cells) + page.map_or("", |(page, _)| page)
    });
    let checked = Checker::default().check("r.txt", text.as_bytes());
    let codes: Vec<&str> = checked.first().report.findings.iter().map(|finding| finding.rule.code.as_str()).collect();
    assert_eq!(codes, ["GJ300"], "{text}");
}
