//! Figures that no rule looks at: one of them may be anything and nobody would notice. Told by table, row or column,
//! never one by one where many stand together.

use std::collections::HashSet;

use super::equation::{stands, terms};
use crate::message::{Argument, Message};
use crate::pack::{Block, Operand, Pack, Table, Test, ValueKind};

/// What is unwatched, in the order of the form: how many figures, and where.
pub fn unwatched(pack: &Pack) -> Vec<Message> {
    let mut watched: HashSet<usize> = pack.mentions.iter().map(|mention| mention.figure).collect();
    for sum in pack.sums.iter().chain(&pack.cross_sums).filter(|sum| stands(sum)) {
        watched.extend(terms(&sum.left, &sum.right).into_keys());
        if let Some(condition) = &sum.condition {
            // None of them is such a one: all are looked at.
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
    pack.tables.iter().filter_map(|table| of_table(pack, table, &watched)).collect()
}

/// Figures that a number in the text is compared with.
fn in_text(pack: &Pack) -> impl Iterator<Item = usize> + '_ {
    let readings = pack.prose.iter().flat_map(|prose| &prose.claims).flat_map(|claim| match &claim.test {
        Test::Figure { readings, .. } => readings.as_slice(),
        Test::Year | Test::Organization | Test::Never => &[],
    });
    let addends = readings.flat_map(|reading| &reading.terms).flat_map(|term| match &term.operand {
        Operand::Figures { addends, .. } => addends.as_slice(),
        Operand::Said(_) | Operand::Unknown => &[],
    });
    addends.flat_map(|addend| [addend.figure].into_iter().chain(addend.parts.iter().copied()))
}

fn of_table(pack: &Pack, table: &Table, watched: &HashSet<usize>) -> Option<Message> {
    let mut places: Vec<Argument> = Vec::new();
    let (mut count, mut all) = (0, 0);
    for block in &table.blocks {
        let bare = bare(table, block, watched);
        count += bare.len();
        all += rows(table, block).len() * block.columns.len();
        places.extend(grouped(pack, table, block, &bare));
    }
    let message = match count {
        0 => return None,
        _ if count == all => Message::new("inspect.unwatched.table"),
        _ => Message::new("inspect.unwatched.places").with("places", Argument::List(places)),
    };
    Some(message.with("table", table.name.as_str()).with("count", count))
}

/// Rows of the block that are printed with figures.
fn rows(table: &Table, block: &Block) -> Vec<usize> {
    block.rows.clone().filter(|row| table.rows[*row].is_leaf).collect()
}

/// The unwatched figures of a block, by row and column.
fn bare(table: &Table, block: &Block, watched: &HashSet<usize>) -> HashSet<(usize, usize)> {
    let rows = rows(table, block);
    let slots = rows.iter().flat_map(|row| block.columns.clone().map(move |column| (*row, column)));
    slots.filter(|(row, column)| figure(table, block, *row, *column).is_some_and(|f| !watched.contains(&f))).collect()
}

fn figure(table: &Table, block: &Block, row: usize, column: usize) -> Option<usize> {
    table.rows[row].figures.map(|first| first + column - block.columns.start)
}

/// Whole blocks, whole rows and whole columns by their names, the rest figure by figure.
fn grouped(pack: &Pack, table: &Table, block: &Block, bare: &HashSet<(usize, usize)>) -> Vec<Argument> {
    let rows = rows(table, block);
    let whole_rows: Vec<usize> =
        rows.iter().copied().filter(|row| block.columns.clone().all(|column| bare.contains(&(*row, column)))).collect();
    if whole_rows.len() == rows.len() && rows.len() > 1 {
        return vec![block_name(table, block, &rows)];
    }
    let whole_columns: Vec<usize> =
        block.columns.clone().filter(|column| rows.iter().all(|row| bare.contains(&(*row, *column)))).collect();
    let mut places: Vec<Argument> = Vec::new();
    places.extend(whole_rows.iter().map(|row| table.rows[*row].place.as_str().into()));
    places.extend(whole_columns.iter().map(|column| table.columns[*column].place.as_str().into()));
    for row in &rows {
        for column in block.columns.clone() {
            let is_told = whole_rows.contains(row) || whole_columns.contains(&column);
            if let (false, true, Some(figure)) =
                (is_told, bare.contains(&(*row, column)), figure(table, block, *row, column))
            {
                let place = pack.figures[figure].place.as_str();
                places.push(place.strip_prefix(&format!("{} · ", table.name)).unwrap_or(place).into());
            }
        }
    }
    places
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
