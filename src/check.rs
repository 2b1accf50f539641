//! Every rule applied to the facts: it holds, is broken, or cannot be evaluated. Knows no file format.

mod outcomes;
mod titles;
mod structure;
mod unseen;
mod sums;
mod cells;
mod statements;
mod prose;

use crate::evaluate::{Figures, numbers};
use crate::facts::Facts;
use crate::localize::localize;
use crate::pack::{Check, Fault, Levels, Pack, ProseSum};
use crate::prose::{Paragraph, of_last_year, read};

pub use outcomes::{Outcome, Outcomes, Tally};
pub use prose::judged::{Judged, With};

pub use prose::rates::is_rounded;
pub use prose::readings::words_of;
pub use prose::shares::percent;
pub use titles::is_same as is_same_name;

/// Applies every rule of `pack` to `facts` that `levels` do not turn off.
pub fn check<'l>(pack: &Pack, facts: &Facts<'_>, levels: &'l Levels) -> Outcomes<'l> {
    let mut outcomes = Outcomes::new(levels);
    let numbers = numbers(pack, facts);
    let figures = Figures { pack, facts, levels, numbers: &numbers, others: None };
    let unfilled = cells::nothing_filled_in(pack, facts).filter(|_| !levels.ignores(Fault::NothingFilledIn));
    structure::check(pack, facts, unfilled.is_some(), &mut outcomes);
    titles::check(pack, facts, &mut outcomes);
    sums::check(figures, &mut outcomes);
    let text = read(pack, facts);
    let localized = localize(figures, &outcomes.sums, &text);
    match unfilled {
        // That is one fault, however many cells are blank.
        Some(finding) => outcomes.broken(finding),
        None => cells::check(pack, facts, &numbers, &localized.settled, &mut outcomes),
    }
    for rule in pack.rules().iter().filter(|rule| !levels.is_off(rule)) {
        match &rule.check {
            Check::Statement(statement) => statements::check(pack, facts, rule, statement, &mut outcomes),
            Check::ProseSum(ProseSum { list: Some(list), .. }) => prose::lists::check(facts, rule, list, &mut outcomes),
            // Sums have their instances, and sentences are read once for all rules about them.
            Check::Sum { .. } | Check::Prose(_) | Check::ProseSum(_) | Check::Core(_) => {}
        }
    }
    prose::paragraphs::check(figures, &text, &localized.causes, &mut outcomes);
    outcomes.of_last_year = of_last_year(pack, &text);
    outcomes.causes = localized.causes;
    outcomes.unseen = unseen::unseen(pack, facts, levels);
    outcomes
}

/// What the text of a report says in numbers, and how the numbers of each paragraph fared.
pub fn judge_text<'f, 'd>(
    pack: &Pack,
    facts: &'f Facts<'d>,
    levels: &Levels,
) -> (Vec<Paragraph<'f, 'd>>, Vec<Vec<Judged>>) {
    let numbers = numbers(pack, facts);
    let figures = Figures { pack, facts, levels, numbers: &numbers, others: None };
    let mut outcomes = Outcomes::new(levels);
    sums::check(figures, &mut outcomes);
    let text = read(pack, facts);
    let localized = localize(figures, &outcomes.sums, &text);
    let judged = prose::paragraphs::judge(figures, &text, &localized.causes);
    (text, judged)
}
