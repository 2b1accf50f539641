//! The unit that a report prints above a table: 「单位：元」 where the form has 万元.

use rust_decimal::Decimal;

use super::outline::{LineKind, Lines, Outline};
use crate::pack::{Core, Table};
use crate::squeeze::Squeezed;

/// So many lines above a table may bear its unit.
const LINES_ABOVE: usize = 4;
/// Longer lines are text (bytes).
const LONGEST: usize = 60 * 3;

/// What the amounts of the table are to be multiplied with to be in the unit of the form; none where they are.
pub(super) fn factor(outline: &Outline<'_>, core: &Core, form: &Table, lines: &Lines) -> Option<Decimal> {
    let own = form.unit.as_ref()?;
    let printed = printed(outline, core, lines)?;
    converted(core, printed, own).filter(|factor| *factor != Decimal::ONE)
}

/// What an amount in the unit `from` is multiplied with to be one in `to`; none where these are no units of money.
pub(super) fn converted(core: &Core, from: &str, to: &str) -> Option<Decimal> {
    Decimal::from(*core.money.get(from)?).checked_div(Decimal::from(*core.money.get(to)?))
}

/// The unit named nearest above the first row with figures.
fn printed<'c>(outline: &Outline<'_>, core: &'c Core, lines: &Lines) -> Option<&'c str> {
    let has_figures = |fields: &&std::ops::Range<usize>| {
        (*fields).clone().any(|field| outline.fields[field].is_figure() && !outline.fields[field].is_blank())
    };
    let first = lines.first()?.start;
    let data = lines.iter().find(has_figures)?.start;
    let at = outline.lines.partition_point(|line| line.fields.start < first);
    let above = outline.lines[at.saturating_sub(LINES_ABOVE)..].iter().take_while(|line| line.fields.start < data);
    let is_near = |line: &&super::outline::Line| line.kind != LineKind::Row || line.fields.start >= first;
    let fields = above.filter(is_near).flat_map(|line| outline.fields(line));
    fields.filter_map(|field| unit_in(core, field.text())).last()
}

/// 「单位：万元」, 「金额单位:元」, 「（单位：元）」
fn unit_in<'c>(core: &'c Core, text: &str) -> Option<&'c str> {
    if text.len() > LONGEST {
        return None;
    }
    let text = Squeezed::new(text).text;
    let (_, mut behind) = text.rsplit_once(core.unit_stated.as_str())?;
    while let Some(rest) = core.unit_between.iter().find_map(|between| behind.strip_prefix(between.as_str())) {
        behind = rest;
    }
    let fitting = core.money.keys().filter(|unit| behind.starts_with(unit.as_str()));
    fitting.max_by_key(|unit| unit.len()).map(String::as_str)
}
