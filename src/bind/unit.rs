//! The unit that a report prints above a table: 「单位：元」 where the form has 万元.

use std::ops::Range;

use rust_decimal::Decimal;

use super::field::Field;
use super::outline::{LineKind, Outline};
use super::printed::Printed;
use crate::pack::{Core, Pack};
use crate::squeeze::Squeezed;

/// So many lines above a table may name its unit.
const LINES_ABOVE: usize = 4;
/// Longer lines are text (bytes).
const LONGEST: usize = 60 * 3;

/// The table with the factor that brings its amounts into the unit of the form. Rows stay as they are.
pub(super) fn read<'o, 'd>(table: Printed<'o, 'd>, outline: &Outline<'d>, pack: &Pack) -> Printed<'o, 'd> {
    let form = &pack.tables[table.index];
    let of_columns =
        || pack.figures.iter().filter(|figure| figure.table == table.index).find_map(|of| of.unit.as_ref());
    let own = form.unit.as_ref().or_else(of_columns);
    let factor = own.and_then(|own| converted(&pack.core, stated(&table, outline, pack)?, own));
    Printed { factor: factor.filter(|factor| *factor != Decimal::ONE), ..table }
}

/// What an amount in the unit `from` is multiplied with to be one in `to`; none where these are no units of money.
pub(super) fn converted(core: &Core, from: &str, to: &str) -> Option<Decimal> {
    Decimal::from(*core.money.get(from)?).checked_div(Decimal::from(*core.money.get(to)?))
}

/// The unit named nearest above the first row with figures. Where only some columns of the form have one, it may be named
/// in any row of the header above them.
fn stated<'p>(table: &Printed<'_, '_>, outline: &Outline<'_>, pack: &'p Pack) -> Option<&'p str> {
    let core = &pack.core;
    let header = table.header.clone()?;
    if pack.tables[table.index].unit.is_none() {
        let is_header = |row: &&Range<usize>| !table.fields[(*row).clone()].iter().any(Field::is_figure);
        let headers = table.rows.iter().filter(is_header).flat_map(|row| &table.fields[row.clone()]);
        let stated = headers.filter_map(|field| unit_in(core, field.text())).next_back();
        if stated.is_some() {
            return stated;
        }
    }
    let above = &outline.lines[header.start.saturating_sub(LINES_ABOVE)..header.start];
    let text = above.iter().filter(|line| line.kind != LineKind::Row);
    let fields = text.chain(&outline.lines[header]).flat_map(|line| outline.fields(line));
    fields.filter_map(|field| unit_in(core, field.text())).next_back()
}

/// 「单位：万元」, 「金额单位:元」, 「（单位：元）」, 「金额（万元）」
fn unit_in<'c>(core: &'c Core, text: &str) -> Option<&'c str> {
    if text.len() > LONGEST {
        return None;
    }
    let text = Squeezed::new(text).text;
    let Some((_, mut behind)) = text.rsplit_once(core.unit_stated.as_str()) else {
        let (_, bracketed) = text.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
        return core.money.get_key_value(bracketed).map(|(unit, _)| unit.as_str());
    };
    while let Some(rest) = core.unit_between.iter().find_map(|between| behind.strip_prefix(between.as_str())) {
        behind = rest;
    }
    let fitting = core.money.keys().filter(|unit| behind.starts_with(unit.as_str()));
    fitting.max_by_key(|unit| unit.len()).map(String::as_str)
}
