//! Which figures are at fault, and what they should be: the sums of a report read as an error-correcting code.
//!
//! A wrong figure leaves its mark in every sum it is in. The smallest sets of figures that can be changed so that all
//! sums hold are found exactly ([`search`]), all of them, and ranked by how people err ([`likelihood`]). Nothing is known
//! here of words, of places in a file or of any form: the sums come from the pack, and so would those of another form.
//!
//! Fellegi and Holt, *A systematic approach to automatic edit and imputation*, JASA 71 (1976), is where the smallest
//! change comes from; De Waal (2003) has the branch and bound.

mod cascade;
mod evidence;
mod groups;
mod likelihood;
mod search;
mod slip;
mod system;
mod unread;

use rust_decimal::Decimal;

use crate::document::Location;
use crate::facts::Facts;
use crate::pack::Pack;
use cascade::TotalsLeft;
use evidence::Evidence;
use groups::{Group, Solved};
use search::{Change, Found, Search, Solution};
use system::{FigureIndex, Row, System, Touching};
use unread::Unread;

/// So many explanations are kept of a cause.
const MOST_EXPLANATIONS: usize = 16;

/// How the sums of a report fared.
#[derive(Debug, Default)]
pub struct Evaluated {
    /// Sums that do not hold, in the order of the pack.
    pub broken: Vec<BrokenSum>,
    /// Sums that lack a figure, indices into [`Pack::sums`], ascending.
    pub not_evaluated: Vec<usize>,
}

/// A sum that does not hold.
#[derive(Debug, Clone)]
pub struct BrokenSum {
    /// Index into [`Pack::sums`].
    pub sum: usize,
    /// The two sides, as they stand in the report.
    pub left: Decimal,
    pub right: Decimal,
}

/// What the sums say of the figures of a report.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Why sums do not hold, one entry for each cause.
    pub causes: Vec<Cause>,
    /// Figures that could not be read, with what the sums say they are.
    pub settled: Vec<(usize, Decimal)>,
}

/// A cause of broken sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The broken sums it is in, indices into [`Pack::sums`], ascending.
    pub sums: Vec<usize>,
    /// What may be wrong, the likeliest first; empty where nothing was found within the bounds of the search.
    pub explanations: Vec<Explanation>,
    /// No other change of as few figures would do.
    pub is_unique: bool,
    /// The first explanation stands out: it is the only one, or much likelier than the next.
    pub is_singled_out: bool,
}

/// Figures that, changed together, make all sums of a cause hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub events: Vec<Event>,
    /// It takes the figures as right that the smallest explanation takes as wrong: their totals were left behind.
    pub totals_left: bool,
}

/// One thing that went wrong: mostly with one figure, sometimes with two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub fixes: Vec<Fix>,
    pub reason: Reason,
}

/// A figure and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Index into [`Pack::figures`].
    pub figure: usize,
    pub found: Decimal,
    pub expected: Decimal,
    /// Another value would do as well: the sums set bounds only.
    pub is_bound: bool,
    /// Where the text of the report has the expected number.
    pub said_at: Option<Location>,
}

/// How a figure came to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Two neighbouring digits stand in each other's place; the right one is so many places from the right.
    DigitsTransposed {
        place: usize,
    },
    DigitDropped,
    DigitDoubled,
    DigitAdded,
    /// So many places from the right.
    DigitReplaced {
        place: usize,
    },
    /// Zeros too many or too few, or the decimal point in another place.
    DecimalShifted,
    OffByOne,
    /// A 0 was printed and never filled in.
    LeftAtZero,
    CopiedFromNeighbour,
    /// A total that is not what its parts add up to.
    TotalNotUpdated,
    /// Two figures: one stands in the next column.
    MovedColumn,
    /// Two figures: one stands in the next row.
    MovedRow,
    /// Two figures in each other's place.
    Swapped,
    /// The cell's formula adds up other cells than those of the sum.
    FormulaOfOtherCells,
    /// The cell's formula is right, its stored result is not what it comes to.
    FormulaNotRecalculated,
    Unexplained,
}

impl Reason {
    /// The word in JSON; none where there is nothing to say.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::DigitsTransposed { .. } => "digits-transposed",
            Self::DigitDropped => "digit-dropped",
            Self::DigitDoubled => "digit-doubled",
            Self::DigitAdded => "digit-added",
            Self::DigitReplaced { .. } => "digit-replaced",
            Self::DecimalShifted => "decimal-shifted",
            Self::OffByOne => "off-by-one",
            Self::LeftAtZero => "left-at-zero",
            Self::CopiedFromNeighbour => "copied-from-neighbour",
            Self::TotalNotUpdated => "total-not-updated",
            Self::MovedColumn => "moved-to-next-column",
            Self::MovedRow => "moved-to-next-row",
            Self::Swapped => "swapped",
            Self::FormulaOfOtherCells => "formula-of-other-cells",
            Self::FormulaNotRecalculated => "formula-not-recalculated",
            Self::Unexplained => return None,
        })
    }
}

impl Explanation {
    /// All figures it changes.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        self.events.iter().flat_map(|event| &event.fixes)
    }
}

/// What the sums of `pack` say of a report whose figures, as far as sums may use them, are `numbers`.
pub fn decode(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], evaluated: &Evaluated) -> Decoded {
    if evaluated.broken.is_empty() && evaluated.not_evaluated.is_empty() {
        return Decoded::default();
    }
    let system = System::new(pack, facts, numbers, evaluated);
    let unread = Unread::new(&system);
    let touching = Touching::new(&unread.rows, system.figures());
    let search = Search::new(&system, &unread, &touching);
    let groups = groups::of_broken_rows(search.rows(), &unread.is_own);
    if groups.is_empty() {
        return Decoded { causes: Vec::new(), settled: settled(&system, &unread, &search, &[], &[]) };
    }
    let evidence = Evidence::new(pack, facts, numbers);
    let (system, unread, touching) = (&system, &unread, &touching);
    Decoder { pack, facts, numbers, system, unread, touching, evidence }.run(groups, search)
}

struct Decoder<'a, 'd> {
    pack: &'a Pack,
    facts: &'a Facts<'d>,
    numbers: &'a [Option<Decimal>],
    system: &'a System<'a>,
    unread: &'a Unread,
    touching: &'a Touching,
    evidence: Evidence,
}

/// Events that explain a cause, with what they weigh together.
type Weighed = (Vec<Event>, i32);

impl Decoder<'_, '_> {
    fn run(&self, groups: Vec<Group>, mut search: Search<'_>) -> Decoded {
        let (solved, unsolved) = groups::solve(&mut search, groups);
        let mut causes = Vec::new();
        let mut certain: Solution = Vec::new();
        let mut mended: Group = Vec::new();
        for Solved { rows, found } in solved {
            if found.is_certain() {
                certain.extend(&found.solutions[0]);
                mended.extend(&rows);
            }
            self.split(&rows, &found, &mut causes);
        }
        causes.extend(unsolved.into_iter().map(|rows| Cause {
            sums: self.sums(&rows),
            explanations: Vec::new(),
            is_unique: false,
            is_singled_out: false,
        }));
        causes.sort_by(|a, b| a.sums.cmp(&b.sums));
        Decoded { causes, settled: settled(self.system, self.unread, &search, &certain, &mended) }
    }

    /// The sums among rows that are broken as they stand.
    fn sums(&self, rows: &[u32]) -> Vec<usize> {
        let rows = rows.iter().filter(|&&row| self.unread.is_own[row as usize]);
        let mut sums: Vec<usize> = rows.map(|&row| self.system.sums[row as usize]).collect();
        sums.sort_unstable();
        sums
    }

    /// Splits what was found into its causes: an event that is in every explanation is a cause of its own.
    fn split(&self, rows: &[u32], found: &Found, causes: &mut Vec<Cause>) {
        let mut explained: Vec<(Weighed, &Solution)> =
            found.solutions.iter().map(|solution| (self.explain(solution), solution)).collect();
        explained.sort_by_key(|((_, weight), _)| *weight);
        let Some(((best, _), solution)) = explained.first() else { return };
        let whole = cascade::totals_left(self, rows, solution, &[]);
        if whole.as_ref().is_some_and(|reading| reading.is_complete) {
            let explanations = explained.iter().map(|(weighed, _)| weighed.clone()).collect();
            causes.push(self.cause(rows, explanations, found.is_certain(), whole));
            return;
        }
        let (common, rest): (Vec<Event>, Vec<Event>) =
            best.iter().cloned().partition(|event| explained.iter().all(|((events, _), _)| events.contains(event)));
        let is_of = |events: &[Event], change: &Change| {
            events.iter().flat_map(|event| &event.fixes).any(|fix| fix.figure == change.figure as usize)
        };
        for event in &common {
            let own = |change: &&Change| is_of(std::slice::from_ref(event), change);
            let (kept, others): (Solution, Solution) = solution.iter().partition(|change| own(change));
            let reading = cascade::totals_left(self, rows, &kept, &others);
            causes.push(self.cause(rows, vec![(vec![event.clone()], 0)], found.is_complete, reading));
        }
        if rest.is_empty() {
            return;
        }
        let explanations = explained.iter().map(|((events, weight), _)| {
            (events.iter().filter(|event| !common.contains(event)).cloned().collect(), *weight)
        });
        let (others, kept): (Solution, Solution) = solution.iter().partition(|change| is_of(&common, change));
        let reading = cascade::totals_left(self, rows, &kept, &others);
        causes.push(self.cause(rows, explanations.collect(), found.is_certain(), reading));
    }

    /// A cause with its explanations; the broken sums it is in are those of `rows` that any of them touches.
    fn cause(&self, rows: &[u32], smallest: Vec<Weighed>, is_certain: bool, left: Option<TotalsLeft>) -> Cause {
        let figures: Vec<FigureIndex> =
            smallest.iter().flat_map(|(events, _)| events).flat_map(|e| &e.fixes).map(|f| f.figure as u32).collect();
        let is_touched = |row: &u32| {
            let own = &self.system.rows[*row as usize];
            figures.iter().any(|&figure| own.factor(figure) != 0)
        };
        let touched: Vec<u32> = rows.iter().copied().filter(is_touched).collect();
        let is_stand_out = smallest.get(1).is_none_or(|next| next.1 >= smallest[0].1 + likelihood::MARGIN);
        let is_bound = smallest.iter().flat_map(|(events, _)| events).flat_map(|e| &e.fixes).any(|fix| fix.is_bound);
        let best = smallest[0].1;
        let mut explanations: Vec<Explanation> = smallest
            .into_iter()
            .take(MOST_EXPLANATIONS)
            .map(|(events, _)| Explanation { events, totals_left: false })
            .collect();
        let mut is_unique = is_certain && !is_bound;
        if let Some(left) = left {
            let is_likelier = left.is_complete && left.weight + likelihood::MARGIN <= best;
            is_unique &= !is_likelier;
            let at = if is_likelier { 0 } else { explanations.len() };
            explanations.splice(at..at, left.explanations);
        }
        Cause { sums: self.sums(&touched), explanations, is_unique, is_singled_out: is_stand_out && !is_bound }
    }

    fn explain(&self, solution: &[Change]) -> Weighed {
        let fixes: Vec<Fix> = solution.iter().filter_map(|change| self.fix(change)).collect();
        likelihood::explain(self.pack, self.facts, &self.evidence, &fixes)
    }

    fn fix(&self, change: &Change) -> Option<Fix> {
        let figure = change.figure as usize;
        let found = self.numbers[figure]?;
        let expected = self.system.number(change.figure, change.by)?;
        let said_at = self.evidence.says(figure, expected).cloned();
        Some(Fix { figure, found, expected, is_bound: !change.is_exact, said_at })
    }
}

/// Unread figures and what they are, once the changes that are certain are made; `mended` are the rows these mend.
fn settled(
    system: &System<'_>,
    unread: &Unread,
    search: &Search<'_>,
    certain: &[Change],
    mended: &[u32],
) -> Vec<(usize, Decimal)> {
    let rows = search.rows().iter().enumerate();
    let is_left = |(row, own): &(usize, &Row)| !own.holds() && !mended.contains(&(*row as u32));
    let broken: Vec<usize> = rows.filter(is_left).map(|(row, _)| row).collect();
    let settled = unread.settle(system, certain, &broken).into_iter();
    settled.filter_map(|(figure, value)| Some((figure as usize, system.number(figure, value)?))).collect()
}
