//! Two names of agencies: whether they certainly mean two.

use super::super::titles::is_same;
use crate::pack::Pattern;

/// Whether `found` is certainly another agency than `own`: one in another place of the same level. Nothing follows from what
/// else differs: names are shortened in many ways, and an agency may have two.
pub(super) fn is_other(places: &[Pattern], found: &str, own: &str) -> bool {
    let place = |name, pattern: &Pattern| Some(pattern.captures(name)?.get(1)?.as_str());
    let is_elsewhere = |pattern: &Pattern| {
        let both = place(found, pattern).zip(place(own, pattern));
        both.is_some_and(|(found, own)| !is_same(found, own))
    };
    !is_same(found, own) && places.iter().any(is_elsewhere)
}
