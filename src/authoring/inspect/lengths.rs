//! Which codes a pattern of open rows admits that are of no level: rows with them are in no sum.

use std::collections::BTreeSet;

use regex_syntax::hir::{Hir, HirKind};
use regex_syntax::parse;

use super::remark::Remark;
use crate::message::{Argument, Message};
use crate::pack::Severity;
use crate::pack::raw;

/// Longer codes are not distinguished.
const LONGEST: usize = 40;

pub(super) fn look(raw: &raw::Pack, remarks: &mut Vec<Remark>) {
    let open = raw.tables.iter().flat_map(|table| &table.blocks).filter_map(|block| block.open.as_ref());
    for open in open.filter(|open| !open.levels.is_empty()) {
        let Some((pattern, hir)) = open.pattern.as_ref().and_then(|text| Some((text, parse(text.get_ref()).ok()?)))
        else {
            continue;
        };
        let strange = lengths(&hir).into_iter().filter(|length| *length > 0 && !open.levels.contains(length));
        let strange: Vec<Argument> = strange.map(|length| Argument::from(length.to_string().as_str())).collect();
        if !strange.is_empty() {
            let message = Message::new("inspect.open-lengths").with("lengths", Argument::List(strange));
            remarks.push(Remark::new(Severity::Warning, message, pattern.span()));
        }
    }
}

/// How many characters a text may have that matches.
fn lengths(hir: &Hir) -> BTreeSet<usize> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => BTreeSet::from([0]),
        HirKind::Literal(literal) => BTreeSet::from([String::from_utf8_lossy(&literal.0).chars().count()]),
        HirKind::Class(_) => BTreeSet::from([1]),
        HirKind::Capture(capture) => lengths(&capture.sub),
        HirKind::Alternation(either) => either.iter().flat_map(lengths).collect(),
        HirKind::Concat(parts) => parts.iter().fold(BTreeSet::from([0]), |sum, part| added(&sum, &lengths(part))),
        HirKind::Repetition(repeated) => {
            let one = lengths(&repeated.sub);
            let most = repeated.max.map_or(LONGEST, |most| most as usize).min(LONGEST);
            let mut times = BTreeSet::from([0]);
            let mut all = BTreeSet::new();
            for count in 0..=most {
                if count >= repeated.min as usize {
                    all.extend(times.iter().copied());
                }
                times = added(&times, &one);
            }
            all
        }
    }
}

fn added(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> BTreeSet<usize> {
    one.iter().flat_map(|one| other.iter().map(move |other| one + other)).filter(|sum| *sum <= LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_admits_codes_of_these_lengths() {
        let of = |text: &str| lengths(&parse(text).expect("a pattern")).into_iter().collect::<Vec<_>>();
        assert_eq!(of(r"2[0-9]{2}(?:[0-9]{2}){0,2}"), [3, 5, 7]);
        assert_eq!(of(r"\d{3,6}"), [3, 4, 5, 6]);
        assert_eq!(of("^(?:类|款式)$"), [1, 2]);
        assert_eq!(of(r"\d+").len(), LONGEST);
    }
}
