//! The strongest test: one report written in every way gives equal facts, and every figure's place, cut out of the
//! file, is that figure's text.

use crate::support::shape::shapes;
use crate::support::{figures, pack, report};
use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::document::{Block, Document, Location, Origin, PageArea, Passage};

/// So many reports in each shape: some seventy files.
const SEEDS: u64 = 10;

/// The text at a place of the file.
fn cut_out(document: &Document<'_>, bytes: &[u8], location: &Location) -> String {
    match location {
        Location::Text(range) => {
            let encoding = document.encoding.expect("a text");
            encoding.text(&bytes[range.start as usize..range.end as usize]).into_owned()
        }
        Location::Page { page, area } => drawn_at(document, *page, *area),
        _ => {
            let cells = document.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table.cells()),
                _ => None,
            });
            let cell = cells.flatten().find(|cell| cell.passage.place() == *location).expect("a cell of the sheet");
            cell.passage.text.to_string()
        }
    }
}

/// The characters that are drawn within an area of a page.
fn drawn_at(document: &Document<'_>, page: u32, area: PageArea) -> String {
    let mut text = String::new();
    let mut add = |passage: &Passage<'_>| {
        let Origin::Drawn(spots) = &passage.origin else { return };
        for spot in spots.iter().filter(|spot| spot.page == page && spot.area.union(area) == area) {
            text.extend(passage.text[spot.at as usize..].chars().next());
        }
    };
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => add(passage),
            Block::Table(table) => table.cells().iter().for_each(|cell| add(&cell.passage)),
            Block::Image(_) => {}
        }
    }
    text
}

fn assert_facts(report: &Blank<'_>, shape: &str, name: &str, bytes: &[u8]) {
    let checker = Checker::default();
    let document = checker.read(name, bytes).unwrap_or_else(|error| panic!("{shape}: {error:?}"));
    let bound = checker.bind(&document).expect("within the limits").pop();
    let bound = bound.unwrap_or_else(|| panic!("{shape}: not recognised"));
    for (index, figure) in pack().figures.iter().enumerate() {
        let fact = &bound.facts.figures[index];
        let is_one_row = figure.id.starts_with("requests.other_outcome");
        if is_one_row && (report.one_row == (figure.id.matches('.').count() == 3)) {
            assert_eq!(fact.location, None, "{shape}: {} is not printed", figure.id);
            continue;
        }
        assert_eq!(fact.found, report.figures[index], "{shape}: {}", figure.id);
        let location = fact.location.as_ref().unwrap_or_else(|| panic!("{shape}: {} stands nowhere", figure.id));
        assert_eq!(cut_out(&document, bytes, location), report.figures[index], "{shape}: place of {}", figure.id);
    }
}

#[test]
fn every_shape_gives_the_same_facts() {
    for seed in 0..SEEDS {
        let mut report = report(seed);
        if seed % 4 == 3 {
            report.one_row = true;
            figures::in_one_row(&mut report.figures);
        }
        for shape in shapes() {
            let (name, bytes) = shape.write(&report);
            assert_facts(&report, &format!("{shape:?}, seed {seed}"), name, &bytes);
        }
    }
}

/// Encodings of Chinese fonts without a map, each printed in three ways.
#[test]
fn every_encoding_of_a_pdf_gives_the_same_facts() {
    use crate::support::pdf::report::write_in;
    use crate::support::pdf::{ENCODINGS, Way};
    for (encoding, seed) in ENCODINGS.into_iter().zip(40..) {
        let report = report(seed);
        for way in [Way::Pen, Way::Rectangles, Way::Upwards] {
            assert_facts(&report, &format!("{encoding:?}, {way:?}"), "r.pdf", &write_in(&report, way, encoding));
        }
    }
}

#[test]
fn right_reports_are_silent_in_every_shape() {
    let checker = Checker::default();
    // Others than those whose facts are compared.
    for seed in SEEDS..2 * SEEDS {
        let report = report(seed);
        for shape in shapes() {
            let (name, bytes) = shape.write(&report);
            let checked = checker.check(name, &bytes);
            let said: Vec<_> =
                checked.first().report.findings.iter().map(|f| (&f.rule.name, &f.place, &f.message)).collect();
            assert!(said.is_empty(), "{shape:?}, seed {seed}: {said:?}");
        }
    }
}
