//! Pages one behind the other: lines joined to paragraphs, over the end of a page too.

use super::continued::Continued;
use super::furniture;
use super::layout::{Content, Item, Page, PageLine};
use super::matrix::Area;
use super::table::PageTable;
use super::text::Written;
use super::torn;
use super::typeface::CUT;
use crate::document::{Block, Location};

/// A paragraph that may go on.
struct Open {
    text: Written,
    size: f64,
    /// Those of its first and its last line.
    first: Area,
    area: Area,
    /// Where the lines of its page or column end, and whether several do.
    margin: f64,
    has_margin: bool,
}

/// What is joined while pages are gone through.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block<'static>>,
    paragraph: Option<Open>,
    /// Whether the first lines of paragraphs are set in.
    indents: bool,
    /// Whether several lines of this page end at its margin.
    has_margin: bool,
    /// A table that nothing comes after so far, and whether it is of the page before.
    table: Option<(Continued, bool)>,
}

/// The blocks of all pages.
pub(super) fn blocks(mut pages: Vec<Page>) -> Vec<Block<'static>> {
    furniture::remove(&mut pages);
    torn::join(&mut pages);
    let mut flow = Flow { indents: pages.iter().any(indents), ..Flow::default() };
    for page in pages {
        let right;
        (right, flow.has_margin) = right_margin(&page);
        for (index, Item { area, content }) in page.items.into_iter().enumerate() {
            match content {
                Content::Line(line) => flow.line(line, area, right, index == 0),
                Content::Table(table) => flow.table(table),
                Content::Picture(place) => {
                    flow.close();
                    flow.blocks.push(Block::Image(place));
                }
            }
        }
        if let Some((_, is_before)) = &mut flow.table {
            *is_before = true;
        }
    }
    flow.close();
    flow.blocks
}

impl Flow {
    fn line(&mut self, line: PageLine, area: Area, right: f64, is_first: bool) {
        let PageLine { text, size, start, margin } = line;
        let margin = margin.unwrap_or(right);
        let indents = self.indents;
        let goes_on = |open: &&mut Open| open.goes_on((area, size, start), indents, is_first);
        if let Some(open) = self.paragraph.as_mut().filter(goes_on) {
            open.text.separate(between(open.text.text(), text.text()));
            open.text.append(text);
            (open.area, open.margin, open.has_margin) = (area, margin, self.has_margin);
            return;
        }
        self.close();
        self.paragraph = Some(Open { text, size, first: area, area, margin, has_margin: self.has_margin });
    }

    fn table(&mut self, table: PageTable) {
        let next = match self.table.take() {
            Some((before, is_before)) if is_before || before.table.is_torn[1] && table.is_torn[0] => {
                let (before, next) = before.next(table);
                self.blocks.extend(finished(before));
                next
            }
            Some((before, _)) => {
                self.blocks.extend(finished(before.table));
                Continued::begin(table)
            }
            None => {
                self.close();
                Continued::begin(table)
            }
        };
        self.table = Some((next, false));
    }

    /// Ends what may go on.
    fn close(&mut self) {
        let table = self.table.take().and_then(|(table, _)| finished(table.table));
        self.blocks.extend(table);
        self.blocks.extend(self.paragraph.take().map(paragraph));
    }
}

/// A table; none if all its rows were the rest of rows on the page before.
fn finished(table: PageTable) -> Option<Block<'static>> {
    (!table.cells.is_empty()).then(|| Block::Table(table.finish()))
}

/// Lines set in by so much of their size begin a paragraph.
const INDENT: f64 = 1.2;

/// The lines of text on a page, with their sizes.
fn lines(page: &Page) -> impl Iterator<Item = (Area, f64)> {
    page.items.iter().filter_map(|item| match item.content {
        Content::Line(PageLine { size, .. }) => Some((item.area, size)),
        Content::Table(_) | Content::Picture(_) => None,
    })
}

/// Where the lines of a page end, and whether several do: one may be there by chance. Of a page with nothing but short lines
/// that is not known, unless many of them end at the same place.
fn right_margin(page: &Page) -> (f64, bool) {
    const LEAST: f64 = 0.7;
    const MANY: usize = 4;
    let has_wide = has_wide(page);
    // A short line further right is one of a table, or in the margin.
    let counted = || lines(page).filter(|(line, _)| !has_wide || is_wide(*line, page));
    let mut ends: Vec<f64> = counted().map(|(line, _)| line.right).collect();
    ends.sort_by(|one, other| other.total_cmp(one));
    let there =
        |margin: f64| counted().filter(|(line, size)| is_full(*line, *size, margin) && line.right <= margin).count();
    let common = ends.iter().copied().take(MOST_ENDS).find(|end| there(*end) >= MANY);
    let margin = common.unwrap_or_else(|| ends.first().copied().unwrap_or(0.0).max(page.width * LEAST));
    (margin, there(margin) > 1)
}

/// Of more lines than this, the margin of a page is not looked for.
const MOST_ENDS: usize = 64;

fn has_wide(page: &Page) -> bool {
    lines(page).any(|(line, _)| is_wide(line, page))
}

/// Whether a line is as long as those of running text are.
fn is_wide(line: Area, page: &Page) -> bool {
    const WIDE: f64 = 0.5;
    line.width() > page.width * WIDE
}

fn is_full(line: Area, size: f64, right: f64) -> bool {
    line.right > right - 1.6 * size
}

/// Whether a line of the page is set in before others of its paragraph.
fn indents(page: &Page) -> bool {
    let (right, _) = right_margin(page);
    let lines: Vec<(Area, f64)> = lines(page).collect();
    let has_wide = has_wide(page);
    lines.windows(2).any(|pair| {
        let ((line, size), (next, of_next)) = (pair[0], pair[1]);
        // Words over columns are no paragraph.
        let is_text = is_wide(line, page) || !has_wide;
        is_text
            && follows((line, size), (next, of_next))
            && is_full(line, size, right)
            && line.left - next.left > INDENT * size
    })
}

/// Whether a line may be the next one of a paragraph: right below, of the same size.
fn follows((above, of_above): (Area, f64), (line, size): (Area, f64)) -> bool {
    const LEADING: f64 = 2.6;
    line.top - above.bottom < LEADING * size && line.top > above.top && is_same(of_above, size)
}

fn is_same(one: f64, size: f64) -> bool {
    (one - size).abs() < 0.15 * size
}

impl Open {
    /// Whether a line belongs to the paragraph.
    fn goes_on(&self, (area, size, start): (Area, f64, f64), indents: bool, is_first: bool) -> bool {
        /// Lines may end a little before their margin.
        const SHORT: f64 = 0.6;
        let is_full = self.area.right + start > self.margin - SHORT * size;
        let is_next = follows((self.area, self.size), (area, size)) || is_first && is_same(self.size, size);
        let is_set_in = self.area == self.first && self.first.left - area.left > INDENT * size;
        let is_below = area.left - self.area.left < INDENT * size;
        // A sentence may end a paragraph wherever it ends a line; a title that is taken for its next line is lost.
        let is_within = !self.text.text().ends_with(['。', CUT]);
        let is_at_margin = match (self.area == self.first, indents) {
            (true, true) => is_set_in,
            // Where first lines are not set in, what announces something may be a title.
            (true, false) => {
                is_set_in || is_below && self.has_margin && is_within && !self.text.text().ends_with(['：', '；'])
            }
            (false, _) => is_below && is_within,
        };
        is_full && is_next && is_at_margin
    }
}

/// What is between two lines of a paragraph.
fn between(before: &str, text: &str) -> &'static str {
    let (Some(last), Some(first)) = (before.chars().next_back(), text.chars().next()) else { return "" };
    // A number is hardly ever broken; two of them may well meet.
    if last.is_ascii_digit() && first.is_ascii_digit() {
        return "\n";
    }
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() { " " } else { "" }
}

fn paragraph(open: Open) -> Block<'static> {
    let nowhere = Location::text(0..0);
    Block::Paragraph(open.text.finish(nowhere))
}
