//! Figures that keep every sum of the form of 2021. Written out by hand, not from the pack: a wrong sum in the pack
//! must not make wrong tables right.

use super::{Rng, pack};

/// A text for each figure of the form, in the order of the pack.
pub fn keeping_every_rule(rng: &mut Rng) -> Vec<String> {
    let mut figures = vec![String::new(); pack().figures.len()];
    let mut set = |id: String, value: String| {
        let index = pack().figures.iter().position(|figure| figure.id == id);
        figures[index.unwrap_or_else(|| panic!("no figure {id}"))] = value;
    };
    for row in ["regulations", "normative_documents"] {
        for column in ["issued", "repealed", "in_force"] {
            set(format!("disclosure.{row}.{column}"), (1 + rng.below(300)).to_string());
        }
    }
    for row in ["licensing", "penalties", "coercion"] {
        set(format!("disclosure.{row}.decisions"), (1 + rng.below(9000)).to_string());
    }
    // A workbook's number does not keep zeros at its end.
    let fees = format!("{}.{}{}", rng.below(9000), rng.below(10), 1 + rng.below(9));
    set("disclosure.fees.amount".to_owned(), fees);

    let mut totals = [0; ROWS.len() + 4];
    for column in COLUMNS {
        let outcomes: Vec<usize> = ROWS.iter().map(|_| 1 + rng.below(120)).collect();
        let concluded: usize = outcomes.iter().sum();
        let carried_in = 1 + rng.below(60);
        let carried_out = 1 + rng.below(60);
        let received = concluded + carried_out - carried_in;
        let line = [&[received, carried_in][..], &outcomes, &[concluded, carried_out]].concat();
        for ((row, value), total) in all_rows().zip(line).zip(&mut totals) {
            set(format!("requests.{row}.{column}"), value.to_string());
            *total += value;
        }
    }
    for (row, total) in all_rows().zip(totals) {
        set(format!("requests.{row}.total"), total.to_string());
    }
    for group in ["reconsideration", "litigation", "litigation_after_reconsideration"] {
        let results: Vec<usize> = (0..4).map(|_| 1 + rng.below(40)).collect();
        for (column, value) in ["upheld", "corrected", "other", "pending"].iter().zip(&results) {
            set(format!("disputes.{group}.{column}"), value.to_string());
        }
        set(format!("disputes.{group}.total"), results.iter().sum::<usize>().to_string());
    }
    figures
}

/// Whether the id is that of a figure of （六） printed as one row.
pub fn is_one_row(id: &str) -> bool {
    id.starts_with("requests.other_outcome.") && id.matches('.').count() == 2
}

/// The applicants.
pub const COLUMNS: [&str; 6] = ["natural_person", "business", "research", "public_interest", "legal_service", "other"];

fn all_rows() -> impl Iterator<Item = &'static str> {
    ["received", "carried_in"].into_iter().chain(ROWS).chain(["concluded", "carried_out"])
}

/// The outcomes.
pub const ROWS: [&str; 21] = [
    "granted",
    "partly_granted",
    "denied.state_secret",
    "denied.prohibited_by_law",
    "denied.security_stability",
    "denied.third_party_rights",
    "denied.internal_affairs",
    "denied.process_information",
    "denied.enforcement_files",
    "denied.administrative_inquiry",
    "unavailable.not_held",
    "unavailable.needs_creation",
    "unavailable.unclear_request",
    "not_processed.petition",
    "not_processed.duplicate",
    "not_processed.publication",
    "not_processed.excessive",
    "not_processed.reissue",
    "other_outcome.no_correction",
    "other_outcome.fee_unpaid",
    "other_outcome.other",
];

/// Makes the three rows of （六） fit for one: their figures, added up, where the one row has its own.
pub fn in_one_row(figures: &mut [String]) {
    for column in COLUMNS.iter().chain(&["total"]) {
        let index = |row: &str| {
            let id = format!("requests.{row}.{column}");
            pack().figures.iter().position(|figure| figure.id == id).expect("a figure of the form")
        };
        let parts = ["no_correction", "fee_unpaid", "other"].map(|row| index(&format!("other_outcome.{row}")));
        let sum: usize = parts.iter().map(|part| figures[*part].parse::<usize>().expect("a count")).sum();
        figures[index("other_outcome")] = sum.to_string();
    }
}

/// Figures that keep every sum, as most offices have them: a few applications, nearly all by natural persons, and 0
/// nearly everywhere.
pub fn mostly_zero(rng: &mut Rng) -> Vec<String> {
    let mut figures = vec!["0".to_owned(); pack().figures.len()];
    let mut totals = [0; ROWS.len() + 4];
    for (index, column) in COLUMNS.iter().enumerate() {
        let applications = match index {
            0 => 3 + rng.below(80),
            1 => rng.below(12),
            _ if rng.below(4) == 0 => 1 + rng.below(5),
            _ => 0,
        };
        let mut line = [0; ROWS.len() + 4];
        for _ in 0..applications {
            // Some outcomes are much more common than others.
            let outcome = rng.below(ROWS.len()).min(rng.below(ROWS.len()));
            let entered = usize::from(rng.below(12) == 0);
            if rng.below(15) == 0 {
                line[ROWS.len() + 3] += 1;
            } else {
                line[2 + outcome] += 1;
                line[ROWS.len() + 2] += 1;
            }
            line[entered] += 1;
        }
        for ((row, value), total) in all_rows().zip(line).zip(&mut totals) {
            figures[index_of(&format!("requests.{row}.{column}"))] = value.to_string();
            *total += value;
        }
    }
    for (row, total) in all_rows().zip(totals) {
        figures[index_of(&format!("requests.{row}.total"))] = total.to_string();
    }
    figures
}

/// The place of a figure in the form.
pub fn index_of(id: &str) -> usize {
    pack().figures.iter().position(|figure| figure.id == id).unwrap_or_else(|| panic!("no figure {id}"))
}
