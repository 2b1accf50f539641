//! Figures that no rule looks at: one of them may be anything and nobody would notice. Listed by table, row or column,
//! never one by one where many are together.

use std::collections::{HashMap, HashSet};

use super::equation::{is_required, terms};
use crate::message::{Argument, Message};
use crate::pack::{Block, Check, Figure, Operand, Pack, Table, Test, ValueKind};

/// What is unwatched, in the order of the form: how many figures, and where.
pub fn unwatched(pack: &Pack) -> Vec<Message> {
    let mut watched: HashSet<usize> = pack.mentions().iter().map(|mention| mention.figure).collect();
    for sum in pack.sums().iter().chain(pack.sums_across()).filter(|sum| is_required(sum)) {
        watched.extend(terms(&sum.left, &sum.right).into_keys());
        if let Some(condition) = &sum.condition {
            // All are visited: none stops the walk.
            condition.any(&mut |compared| {
                watched.extend(terms(&compared.left, &compared.right).into_keys());
                false
            });
        }
    }
    watched.extend(in_text(pack));
    // Names and addresses are no figures.
    let texts = pack.figures.iter().enumerate().filter(|(_, figure)| figure.value == ValueKind::Text);
    watched.extend(texts.map(|(index, _)| index));
    (0..pack.tables.len()).filter_map(|table| of_table(pack, table, &watched)).collect()
}

/// Figures that a number in the text is compared with.
fn in_text(pack: &Pack) -> impl Iterator<Item = usize> + '_ {
    let claims = pack.rules().iter().flat_map(|rule| match &rule.check {
        Check::Prose(prose) => prose.claims.as_slice(),
        _ => &[],
    });
    let readings = claims.flat_map(|claim| match &claim.test {
        Test::Figure { readings, .. } => readings.as_slice(),
        Test::Year | Test::Organization | Test::Never => &[],
    });
    let addends = readings.flat_map(|reading| &reading.terms).flat_map(|term| match &term.operand {
        Operand::Figures { addends, .. } => addends.as_slice(),
        Operand::Said(_) | Operand::Unknown => &[],
    });
    addends.flat_map(|addend| [addend.figure].into_iter().chain(addend.parts.iter().copied()))
}

fn of_table(pack: &Pack, index: usize, watched: &HashSet<usize>) -> Option<Message> {
    let table = &pack.tables[index];
    let is_printed = |figure: &Figure| figure.table == index && table.rows[figure.row].is_leaf;
    let printed = || pack.figures.iter().enumerate().filter(|(_, figure)| is_printed(figure));
    let bare = printed().filter(|(number, _)| !watched.contains(number));
    let bare: Bare<'_> = bare.map(|(_, figure)| ((figure.row, figure.column), figure.place.as_str())).collect();
    let message = match bare.len() {
        0 => return None,
        all if all == printed().count() => Message::new("inspect.unwatched.table"),
        _ => {
            let places = table.blocks.iter().flat_map(|block| grouped(table, block, &bare)).collect();
            Message::new("inspect.unwatched.places").with("places", Argument::List(places))
        }
    };
    Some(message.with("table", table.name.as_str()).with("count", bare.len()))
}

/// The unwatched figures of a table, by row and column, with their places in words.
type Bare<'p> = HashMap<(usize, usize), &'p str>;

/// Whole blocks, whole rows and whole columns by their names, the rest figure by figure.
fn grouped(table: &Table, block: &Block, bare: &Bare<'_>) -> Vec<Argument> {
    let rows: Vec<usize> = block.rows.clone().filter(|row| table.rows[*row].is_leaf).collect();
    let columns = || block.columns.clone();
    let is_bare_row = |row: usize| columns().all(|column| bare.contains_key(&(row, column)));
    let is_bare_column = |column: usize| rows.iter().all(|row| bare.contains_key(&(*row, column)));
    if rows.len() > 1 && rows.iter().all(|row| is_bare_row(*row)) {
        return vec![block_name(table, block, &rows)];
    }
    let whole_rows = rows.iter().filter(|row| is_bare_row(**row)).map(|row| table.rows[*row].place.as_str());
    let whole_columns = columns().filter(|column| is_bare_column(*column)).map(|column| &*table.columns[column].place);
    let of_table = format!("{} · ", table.name);
    let single = rows.iter().filter(|row| !is_bare_row(**row)).flat_map(|row| {
        let left = columns().filter(|column| !is_bare_column(*column));
        left.filter_map(|column| bare.get(&(*row, column)).map(|place| place.strip_prefix(&of_table).unwrap_or(place)))
    });
    whole_rows.chain(whole_columns).chain(single).map(Argument::from).collect()
}

/// A block by its caption, or by its first and last row.
fn block_name(table: &Table, block: &Block, rows: &[usize]) -> Argument {
    if let Some(label) = &block.label {
        return label.as_str().into();
    }
    let [first, .., last] = rows else { return String::new().into() };
    Message::new("inspect.rows")
        .with("first", table.rows[*first].place.as_str())
        .with("last", table.rows[*last].place.as_str())
        .into()
}
