//! Text with the place of each of its bytes in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::location::{Location, PageArea};

/// A stretch of text as a reader sees it, which knows where it came from.
///
/// Most passages are a slice of the source. Where markup, escapes or entities are between, the text is stitched from
/// several [`Piece`]s, so that a figure in it can still be shown at its own bytes.
#[derive(Debug, Clone)]
pub struct Passage<'s> {
    pub text: Cow<'s, str>,
    pub origin: Origin,
}

/// Where the text of a [`Passage`] came from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// The text is the source from this byte on, byte for byte.
    Slice { start: u32 },
    /// The text is stitched; the pieces are in order and cover it.
    Pieces(Vec<Piece>),
    /// The text is all that is at this place, and has no finer places in it: a cell of a workbook, say.
    Whole(Location),
    /// The text is drawn on pages; the spots are in order, and what is between two of them is blank.
    Drawn(Vec<Spot>),
}

/// A character of a text that is drawn: where it begins in the text, and where it is on which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub at: u32,
    pub page: u32,
    pub area: PageArea,
}

/// From byte `at` of the text on (up to the next piece), the text came from the bytes `source` of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub at: u32,
    pub source: Range<u32>,
    /// Both agree byte for byte. Otherwise (an entity, a character in another encoding) the piece is one whole.
    pub verbatim: bool,
}

impl<'s> Passage<'s> {
    /// A slice of the source that starts at byte `start` of the file.
    pub fn slice(text: &'s str, start: u32) -> Self {
        Self { text: Cow::Borrowed(text), origin: Origin::Slice { start } }
    }

    /// A text at one place, without finer places in it.
    pub fn whole(text: String, place: Location) -> Self {
        Self { text: Cow::Owned(text), origin: Origin::Whole(place) }
    }

    /// A text whose characters are drawn at these places, of which there is one at least.
    pub fn drawn(text: String, spots: Vec<Spot>) -> Self {
        Self { text: Cow::Owned(text), origin: Origin::Drawn(spots) }
    }

    /// The place of the bytes `range` of this text.
    pub fn locate(&self, range: Range<usize>) -> Location {
        match &self.origin {
            Origin::Slice { start } => {
                let at = |offset: usize| start + u32::try_from(offset).expect("files are bounded below 4 GiB");
                Location::text(at(range.start)..at(range.end))
            }
            Origin::Whole(place) => place.clone(),
            Origin::Drawn(spots) => Self::area(spots, range),
            Origin::Pieces(pieces) => {
                let start = Self::source_range(pieces, range.start).start;
                let end = if range.is_empty() { start } else { Self::source_range(pieces, range.end - 1).end };
                Location::text(start..end.max(start))
            }
        }
    }

    /// The bytes of this text that begin in the bytes `wanted` of the file, whole characters, and the first of them if those
    /// are none; none where its text is at no such places.
    pub fn range_of(&self, wanted: Range<u32>) -> Option<Range<usize>> {
        let wanted = wanted.start..wanted.end.max(wanted.start + 1);
        let next_character =
            |at: usize| (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len());
        // What is wanted of the text from `at` to `end`, which came from byte `start` of the file on.
        let part = |at: usize, end: usize, start: u32| {
            let from = |byte: u32| next_character(end.min(at + byte.saturating_sub(start) as usize));
            from(wanted.start)..from(wanted.end)
        };
        let pieces = match &self.origin {
            Origin::Slice { start } => return Some(part(0, self.text.len(), *start)),
            Origin::Pieces(pieces) => pieces,
            Origin::Whole(_) | Origin::Drawn(_) => return None,
        };
        let ends = pieces.iter().skip(1).map(|piece| piece.at as usize).chain([self.text.len()]);
        let parts = pieces.iter().zip(ends).filter_map(|(piece, end)| {
            let at = piece.at as usize;
            match piece.verbatim {
                true => Some(part(at, end, piece.source.start)).filter(|part| !part.is_empty()),
                false => wanted.contains(&piece.source.start).then_some(at..end),
            }
        });
        Some(parts.reduce(|range, part| range.start..part.end).unwrap_or(0..0))
    }

    /// The bytes `range` of this text, which keep their places.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let (start, end) = (range.start as u32, range.end as u32);
        let origin = match self.origin {
            Origin::Slice { start: first } => Origin::Slice { start: first + start },
            whole @ Origin::Whole(_) => whole,
            Origin::Drawn(spots) => {
                let inside = |spot: &Spot| (start..end).contains(&spot.at);
                let cut: Vec<Spot> = spots.iter().filter(|spot| inside(spot)).copied().collect();
                if cut.is_empty() {
                    Origin::Whole(Self::area(&spots, range.clone()))
                } else {
                    Origin::Drawn(cut.into_iter().map(|spot| Spot { at: spot.at - start, ..spot }).collect())
                }
            }
            Origin::Pieces(pieces) => {
                let ends = pieces.iter().skip(1).map(|piece| piece.at).chain([self.text.len() as u32]);
                let ends: Vec<u32> = ends.collect();
                let inside = pieces.into_iter().zip(ends).filter(|(piece, last)| piece.at < end && *last > start);
                let cut = inside.map(|(piece, last)| {
                    let (before, behind) = (start.saturating_sub(piece.at), last.saturating_sub(end));
                    let source = if piece.verbatim {
                        piece.source.start + before..piece.source.end - behind
                    } else {
                        piece.source
                    };
                    Piece { at: piece.at.saturating_sub(start), source, verbatim: piece.verbatim }
                });
                Origin::Pieces(cut.collect())
            }
        };
        let text = match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
            Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
        };
        Self { text, origin }
    }

    /// The place of the whole text, without the blanks at its ends.
    pub fn place(&self) -> Location {
        let text: &str = &self.text;
        let start = text.len() - text.trim_start().len();
        self.locate(start..start + text.trim().len())
    }

    /// The area of the characters that begin in `range`, on the page of the first one; of a range between two characters,
    /// that of the one before it.
    fn area(spots: &[Spot], range: Range<usize>) -> Location {
        let next = spots.partition_point(|spot| (spot.at as usize) < range.start);
        let end = spots.partition_point(|spot| (spot.at as usize) < range.end).max(next);
        let inside = if next == end { &spots[next.saturating_sub(1)..next.max(1)] } else { &spots[next..end] };
        let page = inside[0].page;
        let areas = inside.iter().filter(|spot| spot.page == page).map(|spot| spot.area);
        Location::Page { page, area: areas.reduce(PageArea::union).unwrap_or(inside[0].area) }
    }

    /// The place of the whole text; of one that is drawn, that on each page.
    pub fn places(&self) -> impl Iterator<Item = Location> {
        let spots: &[Spot] = if let Origin::Drawn(spots) = &self.origin { spots } else { &[] };
        let further = spots.chunk_by(|one, other| one.page == other.page).skip(1);
        let further = further.map(|spots| Self::area(spots, 0..self.text.len()));
        std::iter::once(self.place()).chain(further)
    }

    /// The source of the one byte `offset`: one byte in a piece that agrees byte for byte, else the whole piece.
    fn source_range(pieces: &[Piece], offset: usize) -> Range<u32> {
        let offset = u32::try_from(offset).expect("files are bounded below 4 GiB");
        let next = pieces.partition_point(|piece| piece.at <= offset);
        let Some(piece) = next.checked_sub(1).and_then(|index| pieces.get(index)) else { return 0..0 };
        if !piece.verbatim {
            return piece.source.clone();
        }
        let start = piece.source.start + (offset - piece.at);
        start..start + 1
    }
}

/// Stitches a passage from pieces; stays a borrowed slice as long as the pieces follow each other in the source.
#[derive(Debug)]
pub struct PassageBuilder<'s> {
    source: &'s str,
    base: u32,
    slice: Option<Range<usize>>,
    stitched: Option<(String, Vec<Piece>)>,
}

impl<'s> PassageBuilder<'s> {
    /// For text out of `source`, whose first byte is byte `base` of the file.
    pub fn new(source: &'s str, base: u32) -> Self {
        Self { source, base, slice: None, stitched: None }
    }

    /// Appends `text`, which came from the bytes `from` of the source.
    pub fn push(&mut self, text: &str, from: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let verbatim = self.source.get(from.clone()) == Some(text);
        if let Some((whole, pieces)) = &mut self.stitched {
            pieces.push(Self::piece(self.base, whole.len(), &from, verbatim));
            whole.push_str(text);
            return;
        }
        match &mut self.slice {
            None if verbatim => self.slice = Some(from),
            Some(slice) if verbatim && slice.end == from.start => slice.end = from.end,
            _ => {
                let mut whole = String::new();
                let mut pieces = Vec::new();
                if let Some(slice) = self.slice.take() {
                    pieces.push(Self::piece(self.base, 0, &slice, true));
                    whole.push_str(&self.source[slice]);
                }
                pieces.push(Self::piece(self.base, whole.len(), &from, verbatim));
                whole.push_str(text);
                self.stitched = Some((whole, pieces));
            }
        }
    }

    /// Appends the source up to and including `to`, if the text so far is a slice; a line break kept as it is.
    /// Otherwise a `\n` whose place is `gap`.
    pub fn push_break(&mut self, gap: Range<usize>) {
        match &mut self.slice {
            Some(slice) if slice.end <= gap.start && self.source[slice.end..gap.end].trim().is_empty() => {
                slice.end = gap.end;
            }
            _ => self.push("\n", gap),
        }
    }

    /// Nothing but blanks so far.
    pub fn is_blank(&self) -> bool {
        match (&self.slice, &self.stitched) {
            (Some(slice), _) => self.source[slice.clone()].trim().is_empty(),
            (None, Some((whole, _))) => whole.trim().is_empty(),
            (None, None) => true,
        }
    }

    /// The passage; the place of one without text is `at`.
    pub fn finish(self, at: usize) -> Passage<'s> {
        if let Some((whole, pieces)) = self.stitched {
            return Passage { text: Cow::Owned(whole), origin: Origin::Pieces(pieces) };
        }
        let slice = self.slice.unwrap_or(at..at);
        Passage::slice(&self.source[slice.clone()], self.base + offset(slice.start))
    }

    fn piece(base: u32, at: usize, from: &Range<usize>, verbatim: bool) -> Piece {
        Piece { at: offset(at), source: base + offset(from.start)..base + offset(from.end), verbatim }
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("files are bounded below 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as asking each character where it is.
    #[test]
    fn what_is_at_some_bytes_of_the_file_is_found() {
        let source = "甲 12&nbsp;总计&#x2003;345";
        let mut stitched = PassageBuilder::new(source, 7);
        for (text, from) in
            [("甲 12", 0..6), ("\u{a0}", 6..12), ("总计", 12..18), ("\u{2003}", 18..26), ("345", 26..29)]
        {
            stitched.push(text, from);
        }
        let whole = source.len();
        for passage in [stitched.finish(whole), Passage::slice(source, 7)] {
            for start in 0..40_u32 {
                for end in start..40 {
                    let is_wanted = |c: &Range<usize>| {
                        let Location::Text(own) = passage.locate(c.clone()) else { return false };
                        own.start >= start && own.start < end.max(start + 1)
                    };
                    let each = passage.text.char_indices().map(|(at, c)| at..at + c.len_utf8());
                    let expected = each.filter(is_wanted).reduce(|range, c| range.start..c.end);
                    let range = passage.range_of(start..end).filter(|range| !range.is_empty());
                    assert_eq!(range, expected, "{start}..{end} of {:?}", passage.text);
                }
            }
        }
    }

    fn text_at(source: &str, passage: &Passage<'_>, part: &str) -> String {
        let start = passage.text.find(part).expect("the part is in the text");
        let Location::Text(range) = passage.locate(start..start + part.len()) else { panic!("a text place") };
        source[range.start as usize..range.end as usize].to_owned()
    }

    #[test]
    fn neighbours_stay_a_slice() {
        let source = "收到 12 件";
        let mut builder = PassageBuilder::new(source, 0);
        builder.push("收到 ", 0..7);
        builder.push("12 件", 7..13);
        let passage = builder.finish(0);
        assert!(matches!(passage.text, Cow::Borrowed(_)));
        assert_eq!(text_at(source, &passage, "12"), "12");
    }

    #[test]
    fn a_figure_between_markup_keeps_its_own_bytes() {
        let source = "共&nbsp;**12**&nbsp;件";
        let mut builder = PassageBuilder::new(source, 0);
        builder.push("共", 0..3);
        builder.push("\u{a0}", 3..9);
        builder.push("12", 11..13);
        builder.push("\u{a0}", 15..21);
        builder.push("件", 21..24);
        let passage = builder.finish(0);
        assert_eq!(passage.text, "共\u{a0}12\u{a0}件");
        assert_eq!(text_at(source, &passage, "12"), "12");
        assert_eq!(text_at(source, &passage, "\u{a0}12"), "&nbsp;**12");
    }
}
