//! A report as programs print it.

use gouji::internal::blank::{Blank, Grid, GridCell};

use super::{Encoding, Page, Pdf, width};

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Lines drawn with a pen, one for each side of a cell.
    Pen,
    /// Lines that are thin rectangles; a running head and page numbers.
    Rectangles,
    /// Every line twice and in pieces, some of them missing; text bold by being drawn twice.
    Clumsy,
    /// Pages that are turned for reading, no line at the sides.
    Turned,
    /// Rows printed from the last to the first, header rows again on every page.
    Upwards,
    /// Text hidden in every way beside what is seen.
    Hidden,
}

pub const WAYS: [Way; 6] = [Way::Pen, Way::Rectangles, Way::Clumsy, Way::Turned, Way::Upwards, Way::Hidden];

impl Way {
    fn encoding(self) -> Encoding {
        match self {
            Self::Pen => Encoding::Ucs2,
            Self::Rectangles => Encoding::Gbk,
            Self::Clumsy => Encoding::Identity,
            Self::Turned => Encoding::Utf16,
            Self::Upwards => Encoding::Gbk2k,
            Self::Hidden => Encoding::GbkProportional,
        }
    }
}

const SIZE: f64 = 9.0;
const LEADING: f64 = 13.0;
const MARGIN: f64 = 72.0;

/// The report as the bytes of a PDF file.
pub fn write(report: &Blank<'_>, way: Way) -> Vec<u8> {
    write_all(std::slice::from_ref(report), way)
}

/// Reports behind each other in one file, each on a new page.
pub fn write_all(reports: &[Blank<'_>], way: Way) -> Vec<u8> {
    print(reports, way, way.encoding())
}

/// The report in an encoding of choice.
pub fn write_in(report: &Blank<'_>, way: Way, encoding: Encoding) -> Vec<u8> {
    print(std::slice::from_ref(report), way, encoding)
}

fn print(reports: &[Blank<'_>], way: Way, encoding: Encoding) -> Vec<u8> {
    let mut press = Press::new(way, encoding);
    for report in reports {
        press.report(report);
        press.feed();
    }
    press.finish()
}

/// What prints: a file, the page that is in it, and how far down that is printed.
struct Press {
    way: Way,
    file: Pdf,
    page: Page,
    y: f64,
    /// What is drawn on the page last, and what it is drawn in before that.
    later: Vec<(f64, f64, String)>,
    number: usize,
}

impl Press {
    fn new(way: Way, encoding: Encoding) -> Self {
        let mut file = Pdf::new(encoding);
        if way == Way::Turned {
            // Text goes up the page, which is turned by the viewer.
            file.page_entries = "/Rotate 90".to_owned();
        }
        if way == Way::Hidden {
            file.resources = "/ExtGState<</Clear<</ca 0>>>>".to_owned();
        }
        let page = Self::blank(&file, way);
        Self { way, file, page, y: MARGIN, later: Vec::new(), number: 1 }
    }

    fn blank(file: &Pdf, way: Way) -> Page {
        let mut page = file.page();
        if way == Way::Turned {
            page = page.across();
        }
        page
    }

    fn right(&self) -> f64 {
        self.page.width() - 40.0
    }

    fn report(&mut self, report: &Blank<'_>) {
        self.centered(&report.title());
        for (index, section) in report.pack.sections.iter().enumerate() {
            self.paragraph(&report.heading(index));
            for line in report.texts[index].lines().filter(|line| !line.is_empty()) {
                self.paragraph(line);
            }
            for &table in &section.tables {
                self.table(&report.grid(table));
            }
        }
    }

    fn centered(&mut self, text: &str) {
        let x = (self.page.width() - width(text, SIZE * 1.6)) / 2.0;
        self.text(x, self.y + SIZE, SIZE * 1.6, text);
        self.y += LEADING * 2.5;
    }

    /// A paragraph, its first line two characters in, its lines as long as the page is wide.
    fn paragraph(&mut self, text: &str) {
        let mut x = 40.0 + 2.0 * SIZE;
        let mut line = String::new();
        let mut left = self.right() - x;
        let print = |press: &mut Self, x: f64, line: &mut String| {
            press.need(LEADING);
            press.text(x, press.y + SIZE, SIZE, line);
            press.y += LEADING;
            line.clear();
        };
        // Numbers are not broken.
        for word in words(text) {
            if width(word, SIZE) > left {
                print(self, x, &mut line);
                x = 40.0;
                left = self.right() - x;
            }
            line.push_str(word);
            left -= width(word, SIZE);
        }
        print(self, x, &mut line);
    }

    fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.way {
            Way::Upwards => self.later.push((x, y, text.to_owned())),
            Way::Clumsy => {
                self.page.text(x, y, size, text);
                self.page.text(x + 0.3, y, size, text);
            }
            _ => self.page.text(x, y, size, text),
        }
    }

    /// Goes to the next page if there is no room for so much.
    fn need(&mut self, height: f64) {
        if self.y + height > self.page.height() - MARGIN {
            self.feed();
        }
    }

    /// Ends the page.
    fn feed(&mut self) {
        for (x, y, text) in std::mem::take(&mut self.later).into_iter().rev() {
            self.page.text(x, y, if y < MARGIN + SIZE * 1.2 && self.number == 1 { SIZE * 1.6 } else { SIZE }, &text);
        }
        if self.way == Way::Rectangles {
            self.page.text(60.0, 40.0, 8.0, "内部资料 注意保存");
            let (y, number) = (self.page.height() - 40.0, format!("- {} -", self.number));
            self.page.text(280.0, y, 8.0, &number);
        }
        let next = Self::blank(&self.file, self.way);
        let page = std::mem::replace(&mut self.page, next);
        self.file.add(if self.way == Way::Turned { turned(page) } else { page });
        self.y = MARGIN;
        self.number += 1;
    }

    fn finish(self) -> Vec<u8> {
        self.file.finish()
    }

    fn table(&mut self, grid: &Grid) {
        let borders = borders(grid, 40.0, self.right());
        let heights = heights(grid, &borders);
        let header = grid.iter().take_while(|row| row.iter().all(|(_, cell)| cell.figure.is_none())).count();
        let mut row = 0;
        while row < grid.len() {
            self.need(heights[row]);
            let repeats = self.way == Way::Upwards && row > header && is_same(self.y, MARGIN) && header < 4;
            let first = if repeats { self.rows(grid, 0..header, &borders, &heights) } else { self.y };
            self.y = first;
            let mut end = row;
            let mut height = 0.0;
            while end < grid.len() && self.y + height + heights[end] <= self.page.height() - MARGIN {
                height += heights[end];
                end += 1;
            }
            let end = end.max(row + 1);
            self.y = self.rows(grid, row..end, &borders, &heights);
            row = end;
        }
        self.y += LEADING;
    }

    /// Prints rows, and of cells that are merged what is in them; returns where they end.
    fn rows(&mut self, grid: &Grid, rows: std::ops::Range<usize>, borders: &[f64], heights: &[f64]) -> f64 {
        let start = self.y;
        let top = |row: usize| start + heights[rows.start..row].iter().sum::<f64>();
        for (first, cells) in grid.iter().enumerate().take(rows.end) {
            for (column, cell) in cells {
                let (from, to) = (first.max(rows.start), (first + cell.rows).min(rows.end));
                if from >= to {
                    continue;
                }
                let area = [borders[*column], top(from), borders[column + cell.columns], top(to)];
                self.cell(area, cell, first >= rows.start, (borders[0], borders[borders.len() - 1]));
            }
        }
        top(rows.end)
    }

    fn cell(&mut self, [left, top, right, bottom]: [f64; 4], cell: &GridCell, is_first: bool, ends: (f64, f64)) {
        let sides = [
            [left, top, right, top],
            [left, bottom, right, bottom],
            [left, top, left, bottom],
            [right, top, right, bottom],
        ];
        for side @ [x, y, to_x, to_y] in sides {
            let is_outer = is_same(x, to_x) && (is_same(x, ends.0) || is_same(x, ends.1));
            match self.way {
                Way::Rectangles => self.page.fill([x, y, to_x.max(x + 0.6), to_y.max(y + 0.6)]),
                Way::Turned if is_outer => {}
                Way::Clumsy => {
                    // In two pieces with a gap, and once more beside.
                    let (half_x, half_y) = (f64::midpoint(x, to_x), f64::midpoint(y, to_y));
                    let is_upright = is_same(x, to_x);
                    let (gap_x, gap_y) = if is_upright { (0.0, 1.0) } else { (1.0, 0.0) };
                    self.page.line([x, y, half_x - gap_x, half_y - gap_y]);
                    self.page.line([half_x + gap_x, half_y + gap_y, to_x, to_y]);
                    let (beside_x, beside_y) = if is_upright { (1.5, 0.0) } else { (0.0, 1.5) };
                    self.page.line([x + beside_x, y + beside_y, to_x + beside_x, to_y + beside_y]);
                }
                _ => self.page.line(side),
            }
        }
        if !is_first {
            return;
        }
        let lines = wrapped(&cell.text, right - left - 4.0);
        let mut y = top + (bottom - top - lines.len() as f64 * LEADING) / 2.0 + SIZE + 1.0;
        for line in lines {
            let x = if cell.figure.is_some() { right - 2.5 - width(line, SIZE) } else { left + 2.5 };
            if self.way == Way::Hidden && cell.figure.is_some() {
                self.hide(x, y);
            }
            self.text(x, y, SIZE, line);
            y += LEADING;
        }
    }

    /// Figures that nobody sees.
    fn hide(&mut self, x: f64, y: f64) {
        for (before, behind) in
            [("3 Tr", "0 Tr"), ("1 g", "0 g"), ("q /Clear gs", "Q"), ("q 0 0 5 5 re W n", "Q"), ("q", "Q")]
        {
            self.page.raw(before);
            self.page.text(x - 2.0, y, SIZE, "77");
            self.page.raw(behind);
        }
        // What is drawn over it hides the last one.
        self.page.raw("1 g");
        self.page.fill([x - 2.5, y - SIZE + 1.0, x + SIZE - 2.0, y + 1.5]);
        self.page.raw("0 g");
    }
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.01
}

/// The page as it lies in the file if a viewer turns it by a quarter.
fn turned(mut page: Page) -> Page {
    let operations = std::mem::take(&mut page.operations);
    let height = page.height;
    let mut turned = Page { width: page.height, height: page.width, ..page };
    // What was (x, y) is at (height - y, x).
    turned.raw(&format!("q 0 1 -1 0 {height} 0 cm\n{operations}\nQ"));
    turned
}

/// Characters, numbers as a whole.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let digits = rest.len() - rest.trim_start_matches(is_number).len();
        let length = if digits > 0 { digits } else { rest.chars().next()?.len_utf8() };
        let (word, behind) = rest.split_at(length);
        rest = behind;
        Some(word)
    })
}

/// The lines of a text in a cell of this width.
fn wrapped(text: &str, room: f64) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut at, mut used) = (0, 0, 0.0);
    for word in words(text) {
        if used > 0.0 && used + width(word, SIZE) > room {
            lines.push(&text[start..at]);
            (start, used) = (at, 0.0);
        }
        at += word.len();
        used += width(word, SIZE);
    }
    lines.push(&text[start..]);
    lines
}

/// Where the borders of the columns are: those of figures are narrow, labels share the rest.
fn borders(grid: &Grid, left: f64, right: f64) -> Vec<f64> {
    let count = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(1);
    let has_figures = |column: usize| {
        grid.iter().flatten().any(|(start, cell)| *start == column && cell.columns == 1 && cell.figure.is_some())
    };
    let narrow: Vec<bool> = (0..count).map(has_figures).collect();
    let figures = narrow.iter().filter(|narrow| **narrow).count();
    let labels = count - figures;
    let narrow_width = if labels == 0 { (right - left) / figures as f64 } else { 36.0 };
    let wide = (right - left - narrow_width * figures as f64) / labels.max(1) as f64;
    let mut borders = vec![left];
    for is_narrow in narrow {
        borders.push(borders[borders.len() - 1] + if is_narrow { narrow_width } else { wide });
    }
    borders
}

/// The height of each row; the last one of a merged cell is as high as that needs.
fn heights(grid: &Grid, borders: &[f64]) -> Vec<f64> {
    let mut heights = vec![LEADING + 5.0; grid.len()];
    for (row, cells) in grid.iter().enumerate() {
        for (column, cell) in cells {
            let room = borders[column + cell.columns] - borders[*column] - 4.0;
            let needed = wrapped(&cell.text, room).len() as f64 * LEADING + 5.0;
            let rows = row..(row + cell.rows).min(grid.len());
            let known: f64 = heights[rows.clone()].iter().sum();
            if needed > known {
                heights[rows.end - 1] += needed - known;
            }
        }
    }
    heights
}
