//! Which figures are at fault, and what they should be: the sums of a report read as an error-correcting code.
//!
//! A wrong figure leaves its mark in every sum it is in. The smallest sets of figures that can be changed so that all
//! sums hold are found exactly ([`search`]), all of them, and ranked by how people err ([`likelihood`]). Nothing is known
//! here of words or of any form: the sums come from the pack, and so would those of another form.
//!
//! Fellegi and Holt, *A systematic approach to automatic edit and imputation*, JASA 71 (1976), is where the smallest
//! change comes from; De Waal (2003) has the branch and bound.

mod bounds;
mod causes;
mod evidence;
mod explanation;
mod groups;
mod interval;
mod likelihood;
mod localizer;
mod row;
mod search;
mod shifted;
mod slip;
mod system;
mod totals_left;
mod unread;

use crate::evaluate::{Evaluated, Figures};
use crate::prose::Paragraph;
use evidence::Evidence;
pub use explanation::{Cause, Event, Explanation, Fix, Localized, Reason};
use localizer::Localizer;
use row::Touching;
use search::Search;
use system::System;
use unread::Unread;

/// What the sums say of a report: why those that are broken do not hold, and what unread figures are. `figures` are the
/// report's, `evaluated` is what its sums came to, `text` is what its text says.
pub fn localize(figures: Figures<'_, '_>, evaluated: &Evaluated, text: &[Paragraph<'_, '_>]) -> Localized {
    if evaluated.broken.is_empty() && evaluated.not_evaluated.is_empty() {
        return Localized::default();
    }
    let system = System::new(figures, evaluated);
    let unread = Unread::new(&system);
    let touching = Touching::new(&unread.rows, figures.numbers.len());
    let search = Search::new(&system, &unread, &touching);
    let groups = groups::of_broken_rows(search.rows(), &unread.is_own);
    if groups.is_empty() {
        return Localized { causes: Vec::new(), settled: unread.settle(&system, search.rows(), &[], &[]) };
    }
    let evidence = Evidence::new(figures, evaluated, text);
    Localizer { system: &system, unread: &unread, touching: &touching, evidence }.run(groups, search)
}
