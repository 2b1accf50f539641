//! The form as Markdown: merged cells are written once.

use super::blank_form::BlankForm;
use super::sheets::{Part, sheets};
use crate::blank::{Grid, pipe_table};

pub(super) fn write(form: &BlankForm) -> String {
    let parts = sheets(form).into_iter().flat_map(|sheet| sheet.parts);
    let blocks: Vec<String> = parts.map(|part| block(&part)).filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n") + "\n"
}

fn block(part: &Part) -> String {
    match part {
        Part::Title(title) => format!("# {title}"),
        Part::Heading(heading) => format!("## {heading}"),
        Part::Text { paragraphs, .. } => paragraphs.join("\n\n"),
        Part::Caption(line) | Part::Unit(line) => line.clone(),
        Part::Table(laid) => pipe_table(&one_line(&laid.grid)).trim_end().to_owned(),
    }
}

/// The cells with texts that a pipe table takes: on one line, their own pipes escaped.
fn one_line(grid: &Grid) -> Grid {
    let mut grid = grid.clone();
    for (_, cell) in grid.iter_mut().flatten() {
        cell.text = cell.text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
    }
    grid
}
