//! What holds of every file, whatever is in it: said once, for the tests and for the fuzz targets.

use gouji::internal::checker::{Checked, Checker};
use gouji::internal::document::{Block, Cell, Document, Location, Origin, PageArea, Passage, Table};
use gouji::internal::encoding::Encoding;
use gouji::internal::limits::Limits;
use gouji::internal::message::Language;
use gouji::internal::read::read;
use gouji::render::{Format, Links, Options, Part, Setting};
use gouji::view::{Across, Input, Report, Summary};

/// Reads a file: what comes of it is sound.
pub fn assert_read(name: &str, bytes: &[u8]) {
    let limits = Limits::default();
    if let Ok(document) = read(name, bytes, &limits) {
        assert_document(&document, &Places::new(bytes, document.encoding), &limits);
    }
}

/// Checks and renders a file twice: what comes of it is sound, and the same.
pub fn assert_check(checker: &Checker, name: &str, bytes: &[u8]) {
    let checked = checker.check(name, bytes);
    assert_checked(name, &checked, bytes);
    render_all(&checked, bytes);
    // All that is known of a finding stands in JSON.
    let json = |checked: &Checked<'_>| render(checked, bytes, Format::Json, Language::English);
    assert_eq!(json(&checked), json(&checker.check(name, bytes)), "{name} is told in two ways");
}

/// In every format and language.
pub fn render_all(checked: &Checked<'_>, bytes: &[u8]) -> Vec<String> {
    let both = |format| [Language::Chinese, Language::English].map(|language| render(checked, bytes, format, language));
    Format::ALL.iter().copied().flat_map(both).collect()
}

fn render(checked: &Checked<'_>, bytes: &[u8], format: Format, language: Language) -> String {
    let report = Report::all(Input::new(checked, bytes), language).remove(0);
    let (output, options) = (format.output(), Options::new(language));
    let setting = Setting { packs: &[], agencies: None, links: Links::default() };
    let Some(mut collector) = output.collector(&options, setting).expect("temporary files") else {
        return output.report(&options, &report);
    };
    let mut written = Vec::new();
    collector.take(Part::settled(&report, false), &mut written).expect("memory takes all");
    collector.finish(&Across::default(), &Summary::default(), &mut written).expect("memory takes all");
    String::from_utf8_lossy(&written).into_owned()
}

/// No panic, findings in order, every place in the file; what was read is sound.
pub fn assert_checked(what: &str, checked: &Checked<'_>, bytes: &[u8]) {
    let places = Places::new(bytes, checked.first().report.encoding);
    let findings = &checked.first().report.findings;
    assert!(findings.is_sorted_by(|one, next| one.order(next).is_le()), "{what}: findings out of order");
    for finding in findings {
        assert_ne!(finding.message.key, "unreadable.panicked", "{what}: {:?}", finding.message);
        let suspects = finding.suspects.iter().flatten().filter_map(|suspect| suspect.location.as_ref());
        let labels = finding.labels.iter().map(|label| &label.location);
        for place in finding.location.iter().chain(labels).chain(suspects) {
            assert!(places.has(place), "{what}: {place:?} of {} bytes is no place: {}", bytes.len(), finding.rule.name);
        }
    }
    if let Some(document) = &checked.document {
        assert_document(document, &places, &Limits::default());
    }
}

/// The bytes of a file, and between which of them a character ends.
struct Places<'b> {
    bytes: &'b [u8],
    /// For each byte, and for the end, whether it lies within a character. Empty where the file is no text.
    within: Vec<bool>,
}

impl<'b> Places<'b> {
    fn new(bytes: &'b [u8], encoding: Option<Encoding>) -> Self {
        let mut within = Vec::new();
        if let Some(encoding) = encoding {
            within.resize(bytes.len() + 1, false);
            for (_, place) in encoding.transcode(bytes, 0).characters {
                within[place.start as usize + 1..place.end as usize].fill(true);
            }
        }
        Self { bytes, within }
    }

    fn has(&self, place: &Location) -> bool {
        let Location::Text(range) = place else { return true };
        let is_within = |at: u32| self.within.get(at as usize).copied().unwrap_or(false);
        let is_in_file = range.start <= range.end && range.end as usize <= self.bytes.len();
        is_in_file && !is_within(range.start) && !is_within(range.end)
    }
}

/// What every reader promises.
fn assert_document(document: &Document<'_>, places: &Places<'_>, limits: &Limits) {
    let mut rows = 0;
    let mut cells = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => assert_passage(passage, places),
            Block::Image(place) => assert!(places.has(place), "{place:?} is no place"),
            Block::Table(table) => {
                assert_table(table);
                table.cells().iter().for_each(|cell| assert_passage(&cell.passage, places));
                rows += table.rows().len();
                cells += table.cells().len();
            }
        }
    }
    assert!(rows <= limits.rows && cells <= limits.cells, "{rows} rows and {cells} cells are too many");
    let bad = &document.undecodable;
    assert!(bad.iter().all(|place| !place.is_empty() && place.end as usize <= places.bytes.len()), "{bad:?}");
    assert!(bad.is_sorted_by(|one, next| one.end <= next.start), "{bad:?} are out of order");
    assert!(places.has(&document.start()), "the start is no place");
}

fn assert_table(table: &Table<'_>) {
    let cells = table.cells();
    assert!(cells.iter().all(|cell| !cell.rows.is_empty() && !cell.columns.is_empty()), "a cell that covers nothing");
    let begin = |cell: &Cell<'_>| (cell.rows.start, cell.columns.start);
    assert!(cells.is_sorted_by_key(begin), "cells out of order");
    let count = table.rows().len() as u32;
    let last = cells.iter().map(|cell| cell.rows.start + 1).max();
    assert_eq!(last, Some(count), "as many rows as there are rows in which a cell begins");
    let mut slots = 0;
    for row in table.rows() {
        let of_row: Vec<&Cell<'_>> = row.cells().collect();
        assert!(of_row.iter().all(|cell| cell.rows.contains(&row.index)), "row {} has a cell of another", row.index);
        assert!(of_row.is_sorted_by_key(|cell| cell.columns.start), "row {} is out of order", row.index);
        slots += of_row.len();
    }
    let covered: usize = cells.iter().map(|cell| (cell.rows.start..cell.rows.end.min(count)).len()).sum();
    assert_eq!(slots, covered, "every cell stands in each row it covers");
}

fn assert_passage(passage: &Passage<'_>, places: &Places<'_>) {
    let text = passage.text.as_bytes();
    match &passage.origin {
        Origin::Slice { start } => {
            let start = *start as usize;
            assert_eq!(places.bytes.get(start..start + text.len()), Some(text), "no slice from byte {start} on");
        }
        Origin::Pieces(pieces) => {
            assert_eq!(pieces.first().map(|piece| piece.at), Some(0), "no piece at the start: {passage:?}");
            assert!(pieces.is_sorted_by(|one, next| one.at < next.at), "pieces out of order: {passage:?}");
            let ends = pieces.iter().skip(1).map(|piece| piece.at as usize).chain([text.len()]);
            for (piece, end) in pieces.iter().zip(ends) {
                let source = piece.source.start as usize..piece.source.end as usize;
                let (own, source) = (text.get(piece.at as usize..end), places.bytes.get(source));
                let (Some(own), Some(source)) = (own, source) else { panic!("{piece:?} out of bounds: {passage:?}") };
                assert!(!piece.verbatim || own == source, "{piece:?} is another text: {passage:?}");
            }
        }
        Origin::Whole(place) => assert!(!matches!(place, Location::Text(_)), "a text as a whole: {passage:?}"),
        Origin::Drawn(spots) => {
            assert!(
                !spots.is_empty() && spots.is_sorted_by(|one, next| one.at < next.at),
                "spots out of order: {passage:?}"
            );
            for spot in spots {
                assert!(passage.text.is_char_boundary(spot.at as usize), "{spot:?} is in a character: {passage:?}");
                let PageArea { top, left, bottom, right } = spot.area;
                assert!(spot.page > 0 && top <= bottom && left <= right, "{spot:?} is no place: {passage:?}");
            }
        }
    }
    assert!(places.has(&passage.place()), "no place: {passage:?}");
    for (at, c) in passage.text.char_indices() {
        let place = passage.locate(at..at + c.len_utf8());
        assert!(places.has(&place), "{place:?} of {c:?} at {at} is no place: {passage:?}");
    }
}
