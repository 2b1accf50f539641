//! A header that is printed again within its table, with the columns in another order: figures are read by the header above
//! them, or not at all.

use crate::converted::{Rows, misread, written};
use crate::support::Rng;
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::report::Verdict;

/// The columns of labels before those of the figures.
const LABELS: usize = 3;

/// What is left of the header that is printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    All,
    /// Its last line.
    LastLine,
    /// All lines, each without its blank cells.
    NoBlanks,
    /// All but the name of a column.
    AllButOne,
}

/// For each column as it is printed, which of the form's it is: the group's columns shuffled, the group somewhere.
fn order(rng: &mut Rng, shuffled: bool) -> Vec<usize> {
    let mut group: Vec<usize> = (1..=5).collect();
    // The group may be elsewhere as it is.
    for at in (1..group.len()).rev().filter(|_| shuffled) {
        group.swap(at, rng.below(at + 1));
    }
    let place = rng.below(3);
    let mut order = vec![0, 6];
    order.splice(place..place, group);
    order
}

/// The figures and the header of some rows in this order.
fn reorder(rows: &mut [Vec<String>], header: usize, order: &[usize]) {
    for (at, row) in rows.iter_mut().enumerate() {
        let printed = row.clone();
        let columns = order.iter().enumerate().map(|(to, &from)| (LABELS + to, LABELS + from));
        // The group and what is above all columns are where their first column is.
        let is_upper = at + 1 < header;
        row[LABELS..].fill(String::new());
        for (to, from) in columns {
            if !(is_upper && (1..=5).contains(&(from - LABELS))) && at > 0 {
                row[to].clone_from(&printed[from]);
            }
        }
        if is_upper {
            let first = if at == 0 {
                0
            } else {
                order.iter().position(|column| (1..=5).contains(column)).expect("the group is there")
            };
            row[LABELS + first].clone_from(&printed[LABELS + at]);
        }
    }
}

fn is_table_three(rows: &Rows) -> bool {
    rows.len() > 20
}

/// The header again in the middle of the table, or only once, and the rows below it in another order.
fn again(rows: &mut Rows, order: &[usize], left: Left, at: usize) {
    const HEADER: usize = 3;
    let mut below: Rows = rows[..HEADER].to_vec();
    below.extend(rows.drain(at.max(HEADER)..));
    rows.truncate(at);
    reorder(&mut below, HEADER, order);
    match left {
        Left::All => {}
        Left::LastLine => drop(below.drain(..HEADER - 1)),
        Left::NoBlanks => below[..HEADER].iter_mut().for_each(|row| row.retain(|text| !text.is_empty())),
        Left::AllButOne => below[HEADER - 1][LABELS + 2].clear(),
    }
    rows.extend(below);
}

#[test]
fn a_header_printed_again_says_which_column_is_which() {
    for seed in 0..24 {
        let order = order(&mut Rng::new(seed), seed % 3 > 0);
        let (truth, text) = written(seed, |rows| {
            if is_table_three(rows) {
                let middle = rows.len() / 2;
                again(rows, &order, Left::All, middle);
            }
        });
        assert_eq!(misread(&truth, &text), [], "{order:?}\n{text}");
        let checked = Checker::default().check("r.md", text.as_bytes());
        assert_eq!(checked.first().report.verdict(), Verdict::Pass, "{:?}", checked.first().report.findings);
        // The other way round: the first header is in another order than the form's, the second is not.
        let (truth, text) = written(seed, |rows| {
            if is_table_three(rows) {
                let middle = rows.len() / 2;
                let header = rows[..3].to_vec();
                reorder(&mut rows[..middle], 3, &order);
                rows.splice(middle..middle, header);
            }
        });
        assert_eq!(misread(&truth, &text), [], "{order:?}\n{text}");
    }
}

#[test]
fn what_a_header_printed_again_does_not_say_is_not_guessed() {
    let mut wrong = String::new();
    for left in [Left::LastLine, Left::NoBlanks, Left::AllButOne] {
        for seed in 0..32 {
            let order = order(&mut Rng::new(seed), seed % 3 > 0);
            let (truth, text) = written(seed, |rows| {
                if is_table_three(rows) {
                    let at = if seed % 2 == 0 { 0 } else { rows.len() / 2 };
                    again(rows, &order, left, at);
                }
            });
            let misread = misread(&truth, &text);
            let others = misread.iter().filter(|(_, value)| matches!(value, Value::Number(_))).count();
            let checked = Checker::default().check("r.md", text.as_bytes());
            if others > 0 || !misread.is_empty() && checked.first().report.findings.is_empty() {
                wrong += &format!("\n{seed} {left:?}, {order:?}: {others} others, {} unread", misread.len() - others);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
