//! The text between tags: stitched into passages, each byte with its place in the source.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use html5gum::{Token, Tokenizer};

use crate::document::{Block, Location, Passage, PassageBuilder, Table};
use crate::read::layout_table::is_figure;

/// Something on the way through a text. Kept small: the cells of a table are held as runs until it is known whether the
/// table lays out the page or holds figures.
#[derive(Debug)]
pub(super) enum Run {
    /// Text that reads as in the source.
    Verbatim(Range<u32>),
    /// Text with entities or carriage returns in it; they are resolved when the text is wanted.
    Escaped(Range<u32>),
    /// Text that could not be matched with its source, as the tokenizer gave it.
    Whole(Box<(String, Range<u32>)>),
    /// What follows is raised or lowered; the end of the tag that says so.
    Raised(Range<u32>),
    /// What follows leads somewhere; the end of the tag that says so.
    Link(Range<u32>),
    /// What is raised, or leads somewhere, ends.
    Level,
    /// A picture, by its tag.
    Image(Range<u32>),
    /// `<br>`
    Break,
    /// Where a block begins or ends.
    Edge(Edge),
}

/// What begins where a block's text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// A block inside whatever is open, a heading perhaps.
    Block,
    Heading,
    /// Something that is no part of a heading, even if the heading was never closed.
    Outside,
}

impl Run {
    /// The text `value`, which the tokenizer found at `from`.
    pub(super) fn text(source: &str, from: Range<usize>, value: &[u8]) -> Self {
        let Some(raw) = source.get(from.clone()) else {
            let from = boundary(source, from.start)..boundary(source, from.end.max(from.start));
            return Self::Whole(Box::new((String::from_utf8_lossy(value).into_owned(), narrow(&from))));
        };
        if raw.as_bytes() == value {
            return Self::Verbatim(narrow(&from));
        }
        let mut rest = Some(value);
        unescape(source, &from, |text, _| rest = rest.and_then(|rest| rest.strip_prefix(text.as_bytes())));
        if rest.is_some_and(<[u8]>::is_empty) {
            return Self::Escaped(narrow(&from));
        }
        Self::Whole(Box::new((String::from_utf8_lossy(value).into_owned(), narrow(&from))))
    }

    /// Whether it holds nothing but digits, which are counted, and the signs and blanks between them.
    pub(super) fn is_figure(&self, source: &str, digits: &mut usize) -> bool {
        let mut look = |text: &str| is_figure(text, digits);
        match self {
            Self::Verbatim(from) => look(&source[widen(from)]),
            Self::Escaped(from) => {
                let mut is_figure = true;
                unescape(source, &widen(from), |text, _| is_figure &= look(&text));
                is_figure
            }
            Self::Whole(whole) => look(&whole.0),
            Self::Raised(_) | Self::Link(_) | Self::Level | Self::Image(_) | Self::Break | Self::Edge(_) => true,
        }
    }
}

/// Running text that becomes headings and paragraphs.
#[derive(Debug)]
pub(super) struct Flow<'s> {
    pub(super) blocks: Vec<Block<'s>>,
    stretch: Stretch<'s>,
    heading: bool,
    /// The first picture in the text of the block, by its tag.
    image: Option<Range<u32>>,
}

impl<'s> Flow<'s> {
    pub(super) fn new(source: &'s str, base: u32) -> Self {
        Self { blocks: Vec::new(), stretch: Stretch::new(source, base), heading: false, image: None }
    }

    pub(super) fn source(&self) -> &'s str {
        self.stretch.source
    }

    pub(super) fn base(&self) -> u32 {
        self.stretch.base
    }

    /// Adds a table, if there is one, between the blocks before and after.
    pub(super) fn table(&mut self, table: Option<Table<'s>>) {
        self.blocks.extend(table.map(Block::Table));
        self.end_image();
    }

    pub(super) fn play(&mut self, run: &Run) {
        match run {
            Run::Edge(edge) => self.edge(*edge),
            Run::Image(tag) => drop(self.image.get_or_insert_with(|| tag.clone())),
            _ => self.stretch.play(run),
        }
    }

    /// Ends the block so far; blank ones are dropped.
    pub(super) fn edge(&mut self, edge: Edge) {
        let empty = Stretch::new(self.stretch.source, self.stretch.base);
        let stretch = mem::replace(&mut self.stretch, empty);
        if !stretch.builder.is_blank() {
            let passage = stretch.finish(0);
            self.blocks.push(Block::text(passage, self.heading));
            // A heading has one block of text. What follows in it is most likely a page that forgot to close it.
            self.heading = false;
        }
        self.end_image();
        match edge {
            Edge::Block => {}
            Edge::Heading => self.heading = true,
            Edge::Outside => self.heading = false,
        }
    }

    /// Adds the picture behind its block.
    fn end_image(&mut self) {
        let Some(tag) = self.image.take() else { return };
        if !matches!(self.blocks.last(), Some(Block::Image(_))) {
            self.blocks.push(Block::Image(Location::text(self.base() + tag.start..self.base() + tag.end)));
        }
    }
}

/// The runs of one cell as one passage, its blocks on lines of their own; without text its place is `at`.
pub(super) fn passage<'s>(source: &'s str, base: u32, runs: &[Run], at: usize) -> Passage<'s> {
    let mut stretch = Stretch::new(source, base);
    runs.iter().for_each(|run| stretch.play(run));
    stretch.finish(at)
}

/// A passage in the making. Blanks of the source that only lay out its markup are left out: those at either end of a
/// line, where a line ends at a break or an edge, and of those on both sides of a tag all but the first. Lines are kept
/// apart by one `\n`, which replaces all the markup between them.
#[derive(Debug)]
struct Stretch<'s> {
    source: &'s str,
    base: u32,
    builder: PassageBuilder<'s>,
    /// Where the last text ended in the source.
    end: Option<usize>,
    /// A line has ended since.
    ended: bool,
    /// Blanks since, which count if more text follows on the line.
    blank: Option<(&'s str, Range<usize>)>,
    mark: Mark,
    /// The text so far ends with a digit.
    after_digit: bool,
}

/// Where a text is that may be the mark of a note.
#[derive(Debug, Clone)]
enum Mark {
    No,
    /// A link begins here.
    Link(Range<u32>),
    Within,
    /// It has ended right here.
    Behind,
}

impl<'s> Stretch<'s> {
    fn new(source: &'s str, base: u32) -> Self {
        Self {
            source,
            base,
            builder: PassageBuilder::new(source, base),
            end: None,
            ended: false,
            blank: None,
            mark: Mark::No,
            after_digit: false,
        }
    }

    fn play(&mut self, run: &Run) {
        let source = self.source;
        match run {
            Run::Verbatim(from) => {
                let from = widen(from);
                self.push(Cow::Borrowed(&source[from.clone()]), from);
            }
            Run::Escaped(from) => unescape(source, &widen(from), |text, from| self.push(text, from)),
            Run::Whole(whole) => self.push(Cow::Owned(whole.0.clone()), widen(&whole.1)),
            Run::Raised(tag) => {
                // Only behind other text does it matter.
                if self.end.is_some() {
                    self.append("^", widen(tag));
                }
                self.mark = Mark::Within;
            }
            Run::Link(tag) => self.mark = Mark::Link(tag.clone()),
            Run::Level => self.mark = if matches!(self.mark, Mark::Within) { Mark::Behind } else { Mark::No },
            Run::Image(_) => {}
            Run::Break | Run::Edge(_) => {
                self.ended = true;
                self.blank = None;
            }
        }
    }

    /// Appends text. Borrowed text reads as in the source, or is one whole character: only its blanks are
    /// layout, those written as an entity are meant.
    fn push(&mut self, text: Cow<'s, str>, from: Range<usize>) {
        match text {
            Cow::Borrowed(text) => self.push_layout(text, from),
            Cow::Owned(text) => self.append(&text, from),
        }
    }

    /// Line ends of the source are blanks.
    fn push_layout(&mut self, text: &'s str, from: Range<usize>) {
        let mut start = 0;
        for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
            self.push_line(&text[start..end], from.start + start..from.start + end);
            // Of a carriage return and a newline, there is one character in the text.
            let rest = if end + 1 == text.len() { from.end } else { from.start + end + 1 };
            self.push_line(" ", from.start + end..rest);
            start = end + 1;
        }
        self.push_line(&text[start..], from.end.min(from.start + start)..from.end);
    }

    fn push_line(&mut self, text: &'s str, from: Range<usize>) {
        let line_begins = self.ended || self.end.is_none();
        let trimmed = text.trim_ascii();
        if trimmed.is_empty() {
            if !line_begins && !text.is_empty() {
                self.blank.get_or_insert((text, from));
            }
            return;
        }
        let lead = if line_begins || self.blank.is_some() { text.len() - text.trim_ascii_start().len() } else { 0 };
        let tail = text.len() - text.trim_ascii_end().len();
        let (body, blank) = text[lead..].split_at(text.len() - lead - tail);
        let end = from.end - tail;
        self.append(body, from.start + lead..end);
        self.blank = (!blank.is_empty()).then_some((blank, end..from.end));
    }

    fn append(&mut self, text: &str, from: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let blank = self.blank.take();
        let goes_on =
            self.after_digit && !self.ended && blank.is_none() && text.starts_with(|c: char| c.is_ascii_digit());
        match std::mem::replace(&mut self.mark, Mark::No) {
            // A digit that leads somewhere, right behind a figure, is the mark of a note.
            Mark::Link(tag) if goes_on => {
                self.builder.push("^", widen(&tag));
                self.mark = Mark::Within;
            }
            // Nobody can say what a figure is that goes on behind a mark.
            Mark::Behind if goes_on => self.builder.push("\u{fffd}", from.start..from.start),
            Mark::Within => self.mark = Mark::Within,
            Mark::No | Mark::Link(_) | Mark::Behind => {}
        }
        self.after_digit = text.ends_with(|c: char| c.is_ascii_digit());
        if let Some(end) = self.end {
            if self.ended {
                // The text of a table within a cell comes after all that is around it, and may go back.
                self.builder.push("\n", end.min(from.start)..from.start);
            } else if let Some((blank, place)) = blank {
                self.builder.push(blank, place);
            }
        }
        self.ended = false;
        self.end = Some(from.end);
        self.builder.push(text, from);
    }

    fn finish(self, at: usize) -> Passage<'s> {
        self.builder.finish(at)
    }
}

/// Cuts the source into text that reads as it is written (borrowed) and into what reads otherwise: each entity and each
/// carriage return is a piece of its own.
fn unescape<'s>(source: &'s str, from: &Range<usize>, mut each: impl FnMut(Cow<'s, str>, Range<usize>)) {
    let mut verbatim = from.start;
    let mut at = from.start;
    while at < from.end {
        let escape = match source.as_bytes()[at] {
            b'\r' => Some((Cow::Borrowed("\n"), if source[at..from.end].starts_with("\r\n") { 2 } else { 1 })),
            // An end tag without a name is nothing, and does not interrupt the text.
            b'<' if source[at..from.end].starts_with("</>") => Some((Cow::Borrowed(""), "</>".len())),
            b'&' => entity(&source[at..from.end]),
            _ => None,
        };
        let Some((text, length)) = escape else {
            at += 1;
            continue;
        };
        if verbatim < at {
            each(Cow::Borrowed(&source[verbatim..at]), verbatim..at);
        }
        each(text, at..at + length);
        at += length;
        verbatim = at;
    }
    if verbatim < at {
        each(Cow::Borrowed(&source[verbatim..at]), verbatim..at);
    }
}

/// The entity at the start of `rest`, which begins with `&`: what it reads as, and its length. None for a bare `&`.
fn entity(rest: &str) -> Option<(Cow<'static, str>, usize)> {
    /// No name is longer; what follows does not matter to it.
    const LONGEST_NAME: usize = 32;

    // What blank cells are made of.
    if rest.starts_with("&nbsp;") {
        return Some((Cow::Borrowed("\u{a0}"), "&nbsp;".len()));
    }
    let bytes = rest.as_bytes();
    let count = |from: usize, allowed: fn(&u8) -> bool| bytes[from..].iter().take_while(|&byte| allowed(byte)).count();
    let mut end = match bytes {
        [_, b'#', b'x' | b'X', ..] => 3 + count(3, u8::is_ascii_hexdigit),
        [_, b'#', ..] => 2 + count(2, u8::is_ascii_digit),
        _ => 1 + bytes[1..].iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric()).count(),
    };
    if bytes.get(end) == Some(&b';') {
        end += 1;
    }
    let raw = &rest[..end];
    // The table of names is the tokenizer's: let it read this one alone.
    let mut text = String::new();
    for token in Tokenizer::new(raw) {
        if let Ok(Token::String(value)) = token {
            text.push_str(&String::from_utf8_lossy(&value));
        }
    }
    if text == raw {
        return None;
    }
    // Some old names need no semicolon: `&ltb` reads `<b`, and the `b` is text of the source.
    let first = text.chars().next()?.len_utf8();
    let common = |(a, b): &(u8, u8)| a == b;
    let after = text.as_bytes()[first..].iter().copied().rev().zip(raw.bytes().rev()).take_while(common).count();
    text.truncate(text.len() - after);
    Some((Cow::Owned(text), end - after))
}

/// The nearest character boundary at or before `at`.
pub(super) fn boundary(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Sources are known to be below 4 GiB when the first run is made.
fn narrow(range: &Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

fn widen(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<(String, &str)> {
        let mut pieces = Vec::new();
        unescape(source, &(0..source.len()), |text, from| pieces.push((text.into_owned(), &source[from])));
        pieces
    }

    #[test]
    fn each_entity_is_a_piece_of_its_own() {
        let expect = |source: &str, expected: &[(&str, &str)]| {
            let expected: Vec<_> = expected.iter().map(|&(text, raw)| (text.to_owned(), raw.to_owned())).collect();
            let found: Vec<_> = pieces(source).into_iter().map(|(text, raw)| (text, raw.to_owned())).collect();
            assert_eq!(found, expected, "{source}");
        };
        expect("12&nbsp;34", &[("12", "12"), ("\u{a0}", "&nbsp;"), ("34", "34")]);
        expect("&#50;&#x30;0", &[("2", "&#50;"), ("0", "&#x30;"), ("0", "0")]);
        expect("&#50x", &[("2", "&#50"), ("x", "x")]);
        expect("&amp;amp;", &[("&", "&amp;"), ("amp;", "amp;")]);
        expect("&ltb &notit;", &[("<", "&lt"), ("b ", "b "), ("¬", "&not"), ("it;", "it;")]);
        expect("&semi;;", &[(";", "&semi;"), (";", ";")]);
        expect("&fjlig;", &[("fj", "&fjlig;")]);
        expect("&CounterClockwiseContourIntegral;1", &[("∳", "&CounterClockwiseContourIntegral;"), ("1", "1")]);
        expect("a & b && &# &#x &无; &x12;", &[("a & b && &# &#x &无; &x12;", "a & b && &# &#x &无; &x12;")]);
        expect(
            "1\r\n2\r3</>4",
            &[("1", "1"), ("\n", "\r\n"), ("2", "2"), ("\n", "\r"), ("3", "3"), ("", "</>"), ("4", "4")],
        );
        expect("&#0;&#x110000;&#128;", &[("\u{fffd}", "&#0;"), ("\u{fffd}", "&#x110000;"), ("€", "&#128;")]);
    }
}
