//! Tables made into what the form expects: one row of labels and figures for each of its rows, and nothing else. Each
//! stage takes a table and returns it, in this order.

use std::sync::Arc;

use super::names::{self, Ids, Names};
use super::outline::Outline;
use super::printed::Printed;
use super::{codes, ignored, marks, nameless, pairs, side_by_side, spread, turned, unit, upright};
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
        let printed = marks::read(printed, pack);
        let nameless = nameless::find(&printed, outline, form);
        let printed = unit::read(Printed { nameless, ..printed }, outline, pack);
        let printed = ignored::leave_out(spread::join(printed, form, pack), form, &pack.core);
        pairs::split(printed, form)
    };
    let tables: Vec<Printed<'o, 'd>> = tables.into_iter().map(own_rows).collect();
    let mut ids = Ids::new(pack.own_names());
    tables.iter().for_each(|printed| ids.learn(printed, &pack.tables[printed.index]));
    let names: Vec<_> =
        tables.iter().map(|printed| names::read(printed, &pack.tables[printed.index], &mut ids)).collect();
    let mut open_rows = codes::open_rows(&tables, pack);
    open_rows.extend(names.iter().flatten().flat_map(|names| names.open.iter().cloned()));
    let too_many = || Unreadable::TooLarge { what: Limit::OpenRows, limit: limits.open_rows as u64 };
    if open_rows.iter().map(|row| row.below.len().max(1)).sum::<usize>() > limits.open_rows {
        return Err(too_many());
    }
    let pack = match open_rows.as_slice() {
        [] => Arc::clone(pack),
        // A sound pack is sound with other rows, if these are not too many for its sums.
        rows => Arc::new(pack.with_rows(rows).map_err(|_| too_many())?),
    };
    let all_rows = |(printed, names): (Printed<'o, 'd>, Option<Names>)| {
        let form = &pack.tables[printed.index];
        if let Some(names) = names {
            return names::lay(printed, &names, form);
        }
        let printed = upright::turn(codes::name_rows(printed, form), form);
        side_by_side::by_group(side_by_side::join(printed, form), form)
    };
    let tables = tables.into_iter().zip(names).map(all_rows).collect();
    Ok((tables, pack))
}
