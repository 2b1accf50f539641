//! The figures of a row in a column, as a part of a reading.

use super::expression::Whose;
use super::form::Table;
use super::prose::Operand;
use super::sum::Addend;

/// The figure of a row in a column, or those of the rows below it; none where the row has no such column.
pub fn operand(table: &Table, row: usize, column: &str) -> Option<Operand> {
    let columns = table.block_of(row).columns.clone();
    let column = columns.clone().find(|&known| table.columns[known].id == column)?;
    let figure = |row: usize| table.rows[row].figures.map(|first| first + column - columns.start);
    let below = (row + 1..table.rows[row].end).filter(|&row| table.rows[row].is_leaf).filter_map(figure);
    let addends = match figure(row) {
        Some(own) => vec![Addend { factor: None, figure: own, parts: below.collect(), whose: Whose::Own, of: None }],
        None => below.map(addend).collect(),
    };
    let words = format!("{} · {}", table.rows[row].place, table.columns[column].place);
    Some(Operand::Figures { addends, table: table.name.clone(), words })
}

/// One figure, once.
pub(super) fn addend(figure: usize) -> Addend {
    Addend { factor: None, figure, parts: Vec::new(), whose: Whose::Own, of: None }
}
