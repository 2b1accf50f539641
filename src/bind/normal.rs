//! Tables made into what the form expects: one row of labels and figures for each of its rows, and nothing else. Each
//! stage takes a table and returns it, in this order.

use std::sync::Arc;

use super::outline::Outline;
use super::printed::Printed;
use super::{codes, ignored, nameless, pairs, side_by_side, spread, turned, unit, upright};
use crate::limits::{Limit, Limits};
use crate::pack::Pack;
use crate::read::Unreadable;

/// The tables, and the form with the rows that the document adds to it.
///
/// # Errors
/// Where the document adds more rows than `limits` allow.
pub(super) fn normalize<'o, 'd>(
    tables: Vec<Printed<'o, 'd>>,
    outline: &Outline<'d>,
    pack: &Arc<Pack>,
    limits: &Limits,
) -> Result<(Vec<Printed<'o, 'd>>, Arc<Pack>), Unreadable> {
    let own_rows = |printed: Printed<'o, 'd>| {
        let form = &pack.tables[printed.index];
        let printed = turned::turn(printed, form);
        let nameless = nameless::find(&printed, outline, form);
        let printed = unit::read(Printed { nameless, ..printed }, outline, pack);
        let printed = ignored::leave_out(spread::join(printed, form, pack), form, &pack.core);
        pairs::split(printed, form)
    };
    let tables: Vec<Printed<'o, 'd>> = tables.into_iter().map(own_rows).collect();
    let open_rows = codes::open_rows(&tables, pack);
    if open_rows.len() > limits.open_rows {
        return Err(Unreadable::TooLarge { what: Limit::OpenRows, limit: limits.open_rows as u64 });
    }
    let pack = if open_rows.is_empty() { Arc::clone(pack) } else { Arc::new(pack.with_rows(&open_rows)) };
    let all_rows = |printed: Printed<'o, 'd>| {
        let form = &pack.tables[printed.index];
        let printed = upright::turn(codes::name_rows(printed, form), form);
        side_by_side::by_group(side_by_side::join(printed, form), form)
    };
    let tables = tables.into_iter().map(all_rows).collect();
    Ok((tables, pack))
}
