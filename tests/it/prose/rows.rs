//! Sentences with the figures beside them, and what is wrong in them.

mod counted;
mod governed;
mod left_out;
mod none_or_missing;
mod said_otherwise;

use super::failures;

#[test]
fn sentences_are_judged_as_a_person_would() {
    let all = [counted::ROWS, governed::ROWS, left_out::ROWS, none_or_missing::ROWS, said_otherwise::ROWS];
    let failures: String = all.into_iter().map(failures).collect();
    assert!(failures.is_empty(), "{failures}");
}
