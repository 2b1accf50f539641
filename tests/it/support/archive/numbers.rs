//! The figures of an agency over the years: every sum of the form holds, and what one year carries out the next carries in.

use std::sync::OnceLock;

use super::super::figures::{COLUMNS, ROWS, index_of};
use super::super::{Rng, pack};

/// Rows of table three, as printed.
pub const RECEIVED: usize = 0;
pub const CARRIED_IN: usize = 1;
pub const GRANTED: usize = 2;
pub const CONCLUDED: usize = 23;
pub const CARRIED_OUT: usize = 24;
/// The column of totals in table three.
pub const TOTAL: usize = 6;

/// Columns of the first rows of table two.
pub const ISSUED: usize = 0;
pub const REPEALED: usize = 1;
pub const IN_FORCE: usize = 2;

/// Where the figures of the form stand in the order of the pack.
#[derive(Debug)]
pub struct Form {
    pub documents: [[usize; 3]; 2],
    pub decisions: [usize; 3],
    pub fees: usize,
    pub requests: [[usize; 7]; 25],
    pub disputes: [[usize; 5]; 3],
    /// All of the above, in the order of the pack: every figure but those of （六） in one row.
    pub printed: Vec<usize>,
}

/// The form of 2021.
pub fn form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let rows: Vec<&str> =
            ["received", "carried_in"].into_iter().chain(ROWS).chain(["concluded", "carried_out"]).collect();
        let columns: Vec<&str> = COLUMNS.into_iter().chain(["total"]).collect();
        let documents = ["regulations", "normative_documents"].map(|row| {
            ["issued", "repealed", "in_force"].map(|column| index_of(&format!("disclosure.{row}.{column}")))
        });
        let decisions =
            ["licensing", "penalties", "coercion"].map(|row| index_of(&format!("disclosure.{row}.decisions")));
        let fees = index_of("disclosure.fees.amount");
        let requests = std::array::from_fn(|row| {
            std::array::from_fn(|column| index_of(&format!("requests.{}.{}", rows[row], columns[column])))
        });
        let disputes = ["reconsideration", "litigation", "litigation_after_reconsideration"].map(|row| {
            ["upheld", "corrected", "other", "pending", "total"]
                .map(|column| index_of(&format!("disputes.{row}.{column}")))
        });
        let mut printed = [documents.as_flattened(), &decisions, &[fees]].concat();
        printed.extend(requests.as_flattened());
        printed.extend(disputes.as_flattened());
        printed.sort_unstable();
        Form { documents, decisions, fees, requests, disputes, printed }
    })
}

/// A number for each figure of the form, in the order of the pack: counts, and the fees in hundredths of 万元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures(pub Vec<u64>);

impl Figures {
    pub fn zero() -> Self {
        Self(vec![0; pack().figures.len()])
    }

    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|number| *number == 0)
    }

    pub fn request(&self, row: usize, column: usize) -> u64 {
        self.0[form().requests[row][column]]
    }

    pub fn set_request(&mut self, row: usize, column: usize, number: u64) {
        self.0[form().requests[row][column]] = number;
    }

    pub fn document(&self, row: usize, column: usize) -> u64 {
        self.0[form().documents[row][column]]
    }

    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(sum, part)| *sum += part);
    }

    /// A figure as it is printed. A workbook's number does not keep zeros at its end, so no other file has them either.
    pub fn text(&self, figure: usize) -> String {
        let number = self.0[figure];
        if figure != form().fees || number == 0 {
            return number.to_string();
        }
        let text = format!("{}.{:02}", number / 100, number % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    pub fn texts(&self) -> Vec<String> {
        (0..self.0.len()).map(|figure| self.text(figure)).collect()
    }

    /// Lets the totals of table three follow its other figures: of the rows, and the outcomes' of the columns.
    pub fn add_up(&mut self) {
        for column in 0..TOTAL {
            let concluded = (GRANTED..CONCLUDED).map(|row| self.request(row, column)).sum();
            self.set_request(CONCLUDED, column, concluded);
        }
        for row in 0..25 {
            let total = (0..TOTAL).map(|column| self.request(row, column)).sum();
            self.set_request(row, TOTAL, total);
        }
    }

    /// Lets what was received follow from the rest; where more came in than went out, more was granted.
    pub fn balance(&mut self) {
        self.add_up();
        for column in 0..TOTAL {
            let out = self.request(CONCLUDED, column) + self.request(CARRIED_OUT, column);
            let carried_in = self.request(CARRIED_IN, column);
            let more = carried_in.saturating_sub(out);
            self.set_request(GRANTED, column, self.request(GRANTED, column) + more);
            self.set_request(RECEIVED, column, out + more - carried_in);
        }
        self.add_up();
    }
}

/// How much an agency has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Something in most rows.
    Large,
    Middle,
    /// Zeros nearly everywhere, and now and then everywhere.
    Small,
}

/// What is usual for an agency; a year differs from it by a third at most, small numbers by one.
#[derive(Debug, Clone)]
pub struct Habits {
    issued: [u64; 2],
    repealed: [u64; 2],
    in_force: [u64; 2],
    decisions: [u64; 3],
    fees: u64,
    outcomes: [[u64; 6]; ROWS.len()],
    carried: [u64; 6],
    disputes: [[u64; 4]; 3],
}

impl Habits {
    pub fn new(size: Size, makes_regulations: bool, rng: &mut Rng) -> Self {
        let up_to = |rng: &mut Rng, limit: usize| rng.below(limit + 1) as u64;
        let sometimes = |rng: &mut Rng, of: usize, limit: usize| {
            if rng.below(of) == 0 { 1 + rng.below(limit) as u64 } else { 0 }
        };
        let (decisions, fees, natural, business, others) = match size {
            Size::Large => {
                ([4000, 900, 160].map(|limit| 60 + up_to(rng, limit)), 4_000 + up_to(rng, 90_000), 38, 17, 6)
            }
            Size::Middle => ([sometimes(rng, 2, 300), sometimes(rng, 2, 90), 0], sometimes(rng, 3, 9_000), 7, 3, 1),
            Size::Small => ([sometimes(rng, 3, 9), 0, 0], 0, 1, 0, 0),
        };
        let outcomes = std::array::from_fn(|row| {
            // Some outcomes are much more common than others.
            let weight = if row < 2 || row == 10 { 3 } else { 1 };
            std::array::from_fn(|column| match (column, size) {
                (0, Size::Large) => 3 + up_to(rng, natural * weight),
                (0, Size::Small) if row > 0 => 0,
                (0, _) => sometimes(rng, 3, natural * weight),
                (1, Size::Large) => up_to(rng, business * weight),
                (1, Size::Middle) => sometimes(rng, 6, business * weight),
                (_, Size::Large) => sometimes(rng, 3, others * weight),
                (_, Size::Middle) => sometimes(rng, 24, others),
                _ => 0,
            })
        });
        let carried = std::array::from_fn(|column| match (column, size) {
            (0, Size::Large) => 14 + up_to(rng, 30),
            (1, Size::Large) => 8 + up_to(rng, 12),
            (_, Size::Large) => sometimes(rng, 2, 3),
            (0, Size::Middle) => sometimes(rng, 2, 3),
            _ => 0,
        });
        let often = match size {
            Size::Large => 2,
            Size::Middle => 9,
            Size::Small => 60,
        };
        let documents = |rng: &mut Rng, limit: usize| match size {
            Size::Large => 1 + up_to(rng, limit),
            Size::Middle => sometimes(rng, 4, 2),
            Size::Small => 0,
        };
        Self {
            issued: [if makes_regulations { 1 + up_to(rng, 6) } else { 0 }, documents(rng, 24)],
            repealed: [if makes_regulations { 1 + up_to(rng, 3) } else { 0 }, documents(rng, 12)],
            in_force: [if makes_regulations { 20 + up_to(rng, 60) } else { 0 }, 8 * documents(rng, 14)],
            decisions,
            fees,
            outcomes,
            carried,
            disputes: std::array::from_fn(|_| std::array::from_fn(|_| sometimes(rng, often, 11))),
        }
    }

    /// Those of an agency that makes no documents: what goes out of existence leaves none behind.
    pub fn without_documents(mut self) -> Self {
        [self.issued, self.repealed, self.in_force] = [[0; 2]; 3];
        self
    }

    /// The figures of the agency's next year.
    pub fn year(&self, before: Option<&Figures>, stage: Stage, rng: &mut Rng) -> Figures {
        let mut figures = Figures::zero();
        let form = form();
        for row in 0..2 {
            let stock = match before {
                Some(before) => before.document(row, IN_FORCE),
                None if stage == Stage::Begins => 0,
                None => self.in_force[row],
            };
            let issued = vary(self.issued[row], rng);
            let repealed = vary(self.repealed[row], rng).min(stock + issued);
            let repealed = if stage == Stage::Ends { stock + issued } else { repealed };
            let numbers = [issued, repealed, stock + issued - repealed];
            form.documents[row].iter().zip(numbers).for_each(|(figure, number)| figures.0[*figure] = number);
        }
        for (figure, usual) in form.decisions.iter().zip(self.decisions) {
            figures.0[*figure] = vary(usual, rng);
        }
        figures.0[form.fees] = vary(self.fees, rng);
        for column in 0..TOTAL {
            let carried_in = match before {
                Some(before) => before.request(CARRIED_OUT, column),
                None if stage == Stage::Begins => 0,
                None => vary(self.carried[column], rng),
            };
            figures.set_request(CARRIED_IN, column, carried_in);
            let carried_out = if stage == Stage::Ends { 0 } else { vary(self.carried[column], rng) };
            figures.set_request(CARRIED_OUT, column, carried_out);
            for (row, usual) in self.outcomes.iter().enumerate() {
                figures.set_request(GRANTED + row, column, vary(usual[column], rng));
            }
        }
        figures.balance();
        for (row, usual) in form.disputes.iter().zip(self.disputes) {
            for (figure, usual) in row.iter().zip(usual) {
                figures.0[*figure] = vary(usual, rng);
                figures.0[row[4]] += figures.0[*figure];
            }
        }
        figures
    }
}

/// Where in an agency's life a year is: with an agency nothing begins and nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Begins,
    GoesOn,
    Ends,
}

fn vary(usual: u64, rng: &mut Rng) -> u64 {
    match usual {
        0 => 0,
        1..6 => usual - 1 + rng.below(3) as u64,
        _ => usual * (75 + rng.below(56) as u64) / 100,
    }
}
