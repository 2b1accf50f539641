//! A pack that starts from another one.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::error::{PackError, PackProblem};
use super::super::form::Pack;
use super::super::raw;
use super::super::written::{Later, Trust, Written, WrittenRule};
use super::look_up::{fail, unknown};

/// The pack `own`, with its cases, laid over the one of `known` that it extends. Cases say what the rules of the other form do;
/// they have been tried there.
pub fn over(
    mut own: raw::Pack,
    trials: Arc<Later<raw::Trials>>,
    known: &[Arc<Pack>],
    trust: Trust,
) -> Result<Written, PackError> {
    let own_rules = own.take_rules();
    let is_own = |rule| WrittenRule { rule, is_taken: false };
    let Some(base) = own.extends.clone() else {
        if own.source.is_none() {
            return Err(fail(PackProblem::Lacking("source"), &own.id.span()));
        }
        let rules = own_rules.into_iter().map(is_own).collect();
        return Ok(Written { raw: own, rules, trials, trust, base: None });
    };
    let Some(pack) = known.iter().find(|pack| pack.id == *base.get_ref()) else {
        return Err(fail(PackProblem::UnknownBase(base.get_ref().clone()), &base.span()));
    };
    check_without(&own, pack)?;
    let is_left_out = |rule: &raw::Rule| own.without.iter().any(|word| rule.is_named(word.get_ref()));
    let is_replaced =
        |rule: &raw::Rule| own_rules.iter().any(|own| own.header().code.get_ref() == rule.header().code.get_ref());
    let taken = pack.written.rules.iter().map(|written| &written.rule);
    let taken = taken.filter(|rule| !is_left_out(rule) && !is_replaced(rule)).cloned();
    let mut rules: Vec<WrittenRule> = taken.map(|rule| WrittenRule { rule, is_taken: true }).collect();
    rules.extend(own_rules.into_iter().map(is_own));
    let raw = lay_over(pack.written.raw.clone(), own);
    Ok(Written { raw, rules, trials, trust, base: Some((base.get_ref().clone(), base.span())) })
}

/// A code means one rule: none of a form that comes with the program, but where that rule is replaced.
pub fn check_codes(written: &Written, known: &[Arc<Pack>]) -> Result<(), PackError> {
    let codes = |pack: &Pack, with_taken: bool| -> HashSet<String> {
        let rules = pack.written.rules.iter().filter(|own| with_taken || !own.is_taken);
        rules.map(|own| own.rule.header().code.get_ref().clone()).collect()
    };
    let base = written.base.as_ref().and_then(|(base, _)| known.iter().find(|pack| pack.id == *base));
    let replaced = base.map(|pack| codes(pack, true)).unwrap_or_default();
    let own = || written.rules.iter().filter(|own| !own.is_taken).map(|own| own.rule.header().code);
    // A form that extends this one replaces its rules.
    let own_id = written.raw.id.get_ref();
    let is_above = |pack: &Pack| pack.written.base.as_ref().is_some_and(|(base, _)| base == own_id);
    let others = known.iter().filter(|pack| pack.id != *own_id && !is_above(pack));
    for pack in others.filter(|pack| pack.written.trust == Trust::Tested) {
        let taken = codes(pack, false);
        if let Some(code) = own().find(|code| taken.contains(code.get_ref()) && !replaced.contains(code.get_ref())) {
            let problem = PackProblem::CodeTaken { code: code.get_ref().clone(), pack: pack.id.clone() };
            return Err(fail(problem, &code.span()));
        }
    }
    Ok(())
}

/// Every rule that is left out must be one of the pack's.
fn check_without(own: &raw::Pack, base: &Pack) -> Result<(), PackError> {
    for word in &own.without {
        let known = || {
            base.written
                .rules
                .iter()
                .map(|own| own.rule.header())
                .flat_map(|header| [header.code.get_ref().as_str(), header.name.get_ref()])
        };
        if !known().any(|known| known == word.get_ref()) {
            return Err(unknown(word.get_ref(), known(), &word.span()));
        }
    }
    Ok(())
}

/// What `own` leaves out is that of `base`.
pub fn lay_over(base: raw::Pack, own: raw::Pack) -> raw::Pack {
    raw::Pack {
        tables: merged(base.tables, own.tables, |table| table.id.get_ref().clone()),
        sections: merged(base.sections, own.sections, |section| *section.number.get_ref()),
        lists: own.lists.into_iter().fold(base.lists, |mut lists, (name, rows)| {
            lists.insert(name, rows);
            lists
        }),
        at_most: own.at_most.or(base.at_most),
        country: own.country.or(base.country),
        family: own.family.or(base.family),
        text: own.text.or(base.text),
        title: own.title.or(base.title),
        source: own.source.or(base.source),
        thousands: own.thousands || base.thousands,
        marks: if own.marks.is_empty() { base.marks } else { own.marks },
        identify: match (own.identify, base.identify) {
            (Some(own), Some(base)) => Some(identify(own, base)),
            (own, base) => own.or(base),
        },
        ..own
    }
}

/// Those of `base`, each replaced by the one of `own` with the same key; then the others of `own`.
fn merged<T, K: PartialEq>(mut base: Vec<T>, own: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    for item in own {
        match base.iter_mut().find(|known| key(known) == key(&item)) {
            Some(known) => *known = item,
            None => base.push(item),
        }
    }
    base
}

fn identify(own: raw::Identify, base: raw::Identify) -> raw::Identify {
    raw::Identify {
        title: if own.title.is_empty() { base.title } else { own.title },
        head: if own.head.is_empty() { base.head } else { own.head },
        organization: own.organization.or(base.organization),
        least: own.least.or(base.least),
        foreign: own.foreign,
        period: if own.period.is_empty() { base.period } else { own.period },
        opening: own.opening.or(base.opening),
    }
}
