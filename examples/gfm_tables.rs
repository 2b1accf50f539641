//! Compares the tables of Markdown files with those of the HTML that their examples expect:
//! `cargo run --release --example gfm_tables FILE…`, for the files of examples that come with GFM (`spec.txt`,
//! `extensions.txt`) and with markdown-it (`tables.txt`).
//!
//! Where gouji reads more than the standard does, on purpose, the example is counted: a table that the standard takes for
//! text, cells beyond the width of the header.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use gouji::internal::document::{Block, Document};
use gouji::internal::limits::Limits;
use gouji::internal::read::read;

/// A piece of Markdown and the HTML it becomes.
struct Example {
    markdown: String,
    html: String,
}

fn main() {
    let (mut equal, mut other) = (0, 0);
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for example in examples(&text) {
            let (found, expected) = (tables("r.md", &example.markdown), tables("r.html", &example.html));
            if found == expected {
                equal += usize::from(!expected.is_empty());
                continue;
            }
            other += 1;
            println!("{path}:\n{}\n  expected {expected:?}\n  found    {found:?}\n", example.markdown);
        }
    }
    println!("{equal} examples with equal tables, {other} read otherwise");
}

/// The examples of a file, in either of the two ways in which they are written.
fn examples(text: &str) -> Vec<Example> {
    const FENCE: &str = "````````````````````````````````";
    let text = text.replace('→', "\t");
    if text.contains(FENCE) {
        let fenced = text.split(FENCE).skip(1).step_by(2);
        return fenced
            .filter_map(|example| {
                let (_, body) = example.split_once('\n')?;
                let (markdown, html) = body.split_once("\n.\n").or_else(|| body.split_once(".\n"))?;
                Some(Example { markdown: markdown.to_owned(), html: html.to_owned() })
            })
            .collect();
    }
    let parts: Vec<&str> = text.split("\n.\n").collect();
    parts
        .chunks(3)
        .filter_map(|parts| match parts {
            [_, markdown, html] => Some(Example { markdown: (*markdown).to_owned(), html: (*html).to_owned() }),
            _ => None,
        })
        .collect()
}

/// The texts of a row. HTML has blank cells where a row is shorter than the header, and we have none.
fn texts<'t>(cells: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut texts: Vec<_> = cells.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
    texts
}

/// The texts of all cells, row by row.
fn tables(name: &str, text: &str) -> Vec<Vec<Vec<String>>> {
    let Ok(document) = read(name, text.as_bytes(), &Limits::default()) else { return Vec::new() };
    let Document { blocks, .. } = &document;
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_) | Block::Paragraph(_) | Block::Image(_) => None,
        })
        .map(|table| table.rows().map(|row| texts(row.cells().map(|cell| &*cell.passage.text))).collect())
        .collect()
}
