//! A consolidated report that was made before one of the reports below was corrected: all its differences fit together, as if
//! that report still had its former figures.

use rust_decimal::Decimal;

use super::connected::{equations, own_figure};
use crate::evaluate::Numbers;
use crate::pack::{Addend, Pack, Side, Whose};

/// By how much a consolidated figure is more than the agencies below have together.
pub(super) type Difference = (usize, Decimal);

/// The one agency below, of `children`, whose former figures explain the differences of a group of sums; none where the
/// differences are no correction, or several could have made it.
pub(super) fn corrected(pack: &Pack, differences: &[Difference], children: &[Numbers]) -> Option<usize> {
    let figures: Option<Vec<Difference>> =
        differences.iter().map(|&(sum, by)| Some((own_figure(pack, sum)?, by))).collect();
    let figures = figures.filter(|figures| figures.len() > 1 && keep_the_equations(pack, figures))?;
    // Whatever the agency reported at first was no less than 0.
    let had = |numbers: &Numbers, (figure, by): Difference| {
        let former = numbers.get(figure).copied().flatten()?.checked_add(by)?;
        (!former.is_sign_negative()).then_some(former)
    };
    let is_possible = |numbers: &&Numbers| figures.iter().all(|&figure| had(numbers, figure).is_some());
    let possible: Vec<usize> = (0..children.len()).filter(|&child| is_possible(&&children[child])).collect();
    // Figures that it had not reported at all are the likeliest to be added.
    let added =
        |child: usize| figures.iter().filter(|figure| had(&children[child], **figure) == Some(Decimal::ZERO)).count();
    let most = possible.iter().map(|&child| added(child)).max()?;
    let mut likeliest = possible.into_iter().filter(|&child| added(child) == most);
    likeliest.next().filter(|_| likeliest.next().is_none())
}

/// Whether changes of figures leave every equation of a report as it was.
fn keep_the_equations(pack: &Pack, changes: &[Difference]) -> bool {
    let change =
        |figure: usize| changes.iter().find(|change| change.0 == figure).map_or(Decimal::ZERO, |change| change.1);
    let of_addend = |addend: &Addend| {
        let all = std::iter::once(addend.figure).chain(addend.parts.iter().copied()).map(change);
        addend.factor().checked_mul(all.sum())
    };
    let side = |side: &Side| side.addends.iter().map(of_addend).sum::<Option<Decimal>>();
    equations(pack)
        .filter(|sum| sum.addends().all(|addend| addend.whose == Whose::Own))
        .all(|sum| matches!((side(&sum.left), side(&sum.right)), (Some(left), Some(right)) if left == right))
}
