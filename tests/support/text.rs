//! Plain text as it is copied out of a document: tabs between cells.

use std::fmt::Write;

use gouji::blank::Blank;

use super::markdown::{Way, rows};

/// The report as text; with `merges_lost` each row holds its labels and figures and nothing for merged cells.
pub fn write(report: &Blank<'_>, merges_lost: bool) -> String {
    let way = if merges_lost { Way::MergesLost } else { Way::Padded };
    let mut text = format!("\n{}\n", report.title());
    for (index, section) in report.pack.sections.iter().enumerate() {
        write!(text, "\n{}\n", report.heading(index)).expect("strings take all");
        if !report.texts[index].is_empty() {
            write!(text, "\n{}\n", report.texts[index]).expect("strings take all");
        }
        for &table in &section.tables {
            text.push('\n');
            for row in rows(&report.grid(table), way) {
                text.push_str(&row.join("\t"));
                text.push('\n');
            }
        }
    }
    text
}
