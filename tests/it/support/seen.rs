//! What is read of a document, as lines to compare.

use gouji::Checker;
use gouji::internal::document::{Block, Location};

/// Everything in a document, a line a block or cell: its place, the rows and columns it covers, its text.
pub fn seen(name: &str, bytes: &[u8]) -> String {
    let document = Checker::default().read(name, bytes).expect("a document");
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(passage) => lines.push(format!("# {} {:?}", place(&passage.place()), passage.text)),
            Block::Paragraph(passage) => lines.push(format!("{} {:?}", place(&passage.place()), passage.text)),
            Block::Image(at) => lines.push(format!("image {}", place(at))),
            Block::Table(table) => lines.extend(table.cells().iter().map(|cell| {
                let covers = format!("{}×{}", cell.rows.len(), cell.columns.len());
                format!("{} {covers} {:?}", place(&cell.passage.place()), cell.passage.text)
            })),
        }
    }
    lines.join("\n")
}

fn place(location: &Location) -> String {
    match location {
        Location::Paragraph { number } => format!("¶{number}"),
        Location::TableCell { table, cell } => format!("{table}.{}.{}", cell.row + 1, cell.column + 1),
        other => format!("{other:?}"),
    }
}
