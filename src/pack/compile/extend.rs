//! A pack that starts from another one.

use std::ops::Range;
use std::sync::Arc;

use super::super::raw::Spanned;
use super::super::{Pack, PackError, PackProblem, raw};
use super::{Trust, fail, unknown};

/// A pack as written, together with what it takes over.
#[derive(Debug, Clone)]
pub(in super::super) struct Written {
    pub raw: raw::Pack,
    pub taken: Taken,
    pub trust: Trust,
    /// The pack it extends, and where that is said.
    base: Option<(String, Range<usize>)>,
}

/// How many of each were taken over; they come first.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Taken {
    pub sums: usize,
    pub statements: usize,
    pub prose_sums: usize,
    pub prose: usize,
}

impl Written {
    /// The pack `own` laid over the one of `known` that it extends.
    pub(super) fn new(own: raw::Pack, known: &[Arc<Pack>], trust: Trust) -> Result<Self, PackError> {
        let Some(base) = own.extends.clone() else {
            if own.source.is_none() {
                return Err(fail(PackProblem::Lacking("source"), &own.id.span()));
            }
            return Ok(Self { raw: own, taken: Taken::default(), trust, base: None });
        };
        let Some(pack) = known.iter().find(|pack| pack.id == *base.get_ref()) else {
            return Err(fail(PackProblem::UnknownBase(base.get_ref().clone()), &base.span()));
        };
        let mut raw = pack.written().raw.clone();
        check_without(&own, pack)?;
        let is_left_out = |code: &Spanned<String>, name: &Spanned<String>| {
            own.without.iter().any(|word| [code.get_ref(), name.get_ref()].contains(&word.get_ref()))
        };
        let is_new = |code: &Spanned<String>| {
            let sums = own.sums.iter().map(|sum| &sum.code);
            let statements = own.statements.iter().map(|statement| &statement.code);
            let prose_sums = own.prose_sums.iter().map(|prose| &prose.code);
            let prose = own.prose.iter().map(|prose| &prose.code);
            sums.chain(statements).chain(prose_sums).chain(prose).any(|own| own.get_ref() == code.get_ref())
        };
        raw.sums.retain(|sum| !is_left_out(&sum.code, &sum.name) && !is_new(&sum.code));
        raw.statements.retain(|statement| !is_left_out(&statement.code, &statement.name) && !is_new(&statement.code));
        raw.prose_sums.retain(|prose| !is_left_out(&prose.code, &prose.name) && !is_new(&prose.code));
        raw.prose.retain(|prose| !is_left_out(&prose.code, &prose.name) && !is_new(&prose.code));
        let taken = Taken {
            sums: raw.sums.len(),
            statements: raw.statements.len(),
            prose_sums: raw.prose_sums.len(),
            prose: raw.prose.len(),
        };
        lay_over(&mut raw, own);
        Ok(Self { raw, taken, trust, base: Some((base.get_ref().clone(), base.span())) })
    }

    /// A mistake in something that was taken over has no place in this pack but where it says so.
    pub(super) fn at_home(&self, error: PackError, is_taken: bool, name: &Spanned<String>) -> PackError {
        match &self.base {
            Some((from, span)) if is_taken => {
                let (name, from) = (name.get_ref().clone(), from.clone());
                fail(PackProblem::TakenOver { name, from, problem: Box::new(error.problem) }, span)
            }
            _ => error,
        }
    }
}

/// Every rule that is left out must be one of the pack's.
fn check_without(own: &raw::Pack, base: &Pack) -> Result<(), PackError> {
    for word in &own.without {
        let known = || base.rules.iter().flat_map(|rule| [rule.code.as_str(), rule.name.as_str()]);
        if !known().any(|known| known == word.get_ref()) {
            return Err(unknown(word.get_ref(), known(), &word.span()));
        }
    }
    Ok(())
}

fn lay_over(raw: &mut raw::Pack, own: raw::Pack) {
    for table in own.tables {
        match raw.tables.iter_mut().find(|known| known.id.get_ref() == table.id.get_ref()) {
            Some(known) => *known = table,
            None => raw.tables.push(table),
        }
    }
    for section in own.sections {
        match raw.sections.iter_mut().find(|known| known.number.get_ref() == section.number.get_ref()) {
            Some(known) => *known = section,
            None => raw.sections.push(section),
        }
    }
    raw.sums.extend(own.sums);
    raw.statements.extend(own.statements);
    raw.prose_sums.extend(own.prose_sums);
    raw.prose.extend(own.prose);
    // Cases say what the rules of the other form do; they have been tried there.
    raw.cases = own.cases;
    raw.specimens = own.specimens;
    raw.id = own.id;
    raw.name = own.name;
    raw.years = own.years;
    raw.extends = own.extends;
    raw.without = own.without;
    raw.family = own.family.or(raw.family.take());
    raw.text = own.text.or(raw.text.take());
    raw.title = own.title.or(raw.title.take());
    raw.source = own.source.or(raw.source.take());
    raw.identify = match (own.identify, raw.identify.take()) {
        (Some(own), Some(base)) => Some(identify(own, base)),
        (own, base) => own.or(base),
    };
}

fn identify(own: raw::Identify, base: raw::Identify) -> raw::Identify {
    raw::Identify {
        title: if own.title.is_empty() { base.title } else { own.title },
        organization: own.organization.or(base.organization),
        least: own.least.or(base.least),
        foreign: own.foreign,
        period: if own.period.is_empty() { base.period } else { own.period },
        opening: own.opening.or(base.opening),
    }
}
