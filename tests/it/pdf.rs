//! What is read of a PDF file: what is printed, and nothing that is not sure.

mod fonts;
mod paragraphs;
mod refused;
mod seen;
mod tables;
mod torn_figures;

use gouji::Checker;
use gouji::internal::document::Block;

use crate::support::pdf::{ENCODINGS, Page, Pdf};
use crate::support::{pack, report};

/// The document as lines: a paragraph each, a row each.
fn lines(bytes: &[u8]) -> Vec<String> {
    let checker = Checker::default();
    let document = checker.read("r.pdf", bytes).unwrap_or_else(|error| panic!("{error:?}"));
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => lines.push(passage.text.to_string()),
            Block::Image(_) => lines.push("(picture)".to_owned()),
            Block::Table(table) => {
                for row in table.rows() {
                    let cells: Vec<&str> = row.cells().map(|cell| &*cell.passage.text).collect();
                    lines.push(cells.join("|").replace('\n', "/"));
                }
            }
        }
    }
    lines
}

const COLUMNS: [f64; 4] = [50.0, 200.0, 260.0, 320.0];
const ROWS: [f64; 4] = [100.0, 120.0, 140.0, 160.0];

/// A table of two rows below a header.
fn table(page: &mut Page, cells: &[&[&str]]) {
    page.table(&COLUMNS, &ROWS[..=cells.len()], cells);
}

#[test]
fn every_encoding_without_a_map_is_read() {
    for encoding in ENCODINGS {
        let bytes = Pdf::of(encoding, |page| {
            table(page, &[&["项目", "本年", "上年"], &["办结（件）", "1036", "725"], &["其他", "84", "9.5"]]);
        });
        assert_eq!(lines(&bytes), ["项目|本年|上年", "办结（件）|1036|725", "其他|84|9.5"], "{encoding:?}");
    }
}

/// A form that nobody has filled in does not pass, whether its figures are left blank or all else is, too.
#[test]
fn the_blank_form_does_not_pass() {
    let mut blank = gouji::internal::blank::Blank::new(pack(), "望江县水利局", 2024);
    blank.figures.iter_mut().for_each(String::clear);
    for way in crate::support::pdf::WAYS {
        let bytes = crate::support::pdf::write(&blank, way);
        let checked = Checker::default().check("r.pdf", &bytes);
        let report = &checked.first().report;
        assert_ne!(report.verdict(), gouji::Verdict::Pass, "{way:?}");
        let said: Vec<&str> = report.findings.iter().map(|finding| finding.rule.name.as_str()).collect();
        assert_eq!(said, ["nothing-filled-in"], "{way:?}");
    }
}

/// What JSON says of a place in a PDF.
#[test]
fn a_place_is_a_page_and_a_box() {
    let mut blank = report(3);
    let total = pack().figures.iter().position(|figure| figure.id == "requests.received.total").expect("a figure");
    blank.figures[total] = "77777".to_owned();
    let bytes = crate::support::pdf::write(&blank, crate::support::pdf::Way::Pen);
    let checked = Checker::default().check("r.pdf", &bytes);
    let input = gouji::view::Input::new(&checked, &bytes);
    let views = gouji::view::Report::all(input, gouji::Language::English);
    let view = serde_json::to_value(&views[0]).expect("JSON");
    assert_eq!(view["format"], "pdf");
    let location = &view["findings"][0]["location"];
    let sides: Vec<f64> =
        location["box"].as_array().expect("a box").iter().filter_map(serde_json::Value::as_f64).collect();
    assert!(location["page"].as_u64().is_some_and(|page| page > 0), "{location}");
    assert!(sides.len() == 4 && sides[0] < sides[2] && sides[1] < sides[3], "{location}");
    // The row is drawn with its cells.
    assert!(view["findings"][0]["excerpts"][0]["lines"][0]["text"].as_str().is_some_and(|line| line.contains("77777")));
}
