//! What a comment is tied to: the very figure, the text of a paragraph, or the end of a blank one.

use std::ops::Range;

use super::controls::Controlled;
use super::fields::Field;
use super::names::Names;
use crate::annotate::xml::{Edits, Node, Walk, with_attribute};
use crate::read::{Piece, Traced, Unreadable};

/// What a comment is tied to.
#[derive(Debug)]
pub(super) enum Anchor {
    /// From one place in the text to another, each in a run: the run, and the byte in it; none where the whole run is meant.
    Text { first: (Range<usize>, Option<usize>), last: (Range<usize>, Option<usize>), inner: Vec<Range<usize>> },
    /// The end of a paragraph without text.
    Blank(Range<usize>),
}

/// What a comment at these paragraphs, which share a place, is tied to; whether that is the text that was found.
pub(super) fn anchor(paragraphs: &[&Traced], found: &[String]) -> Option<(Anchor, bool)> {
    for found in found.iter().map(|found| found.trim()).filter(|found| !found.is_empty()) {
        let ranges: Vec<(&Traced, Range<usize>)> = paragraphs
            .iter()
            .flat_map(|paragraph| occurrences(paragraph, found).into_iter().map(|range| (*paragraph, range)))
            .collect();
        if let [(paragraph, range)] = &ranges[..]
            && let Some(anchor) = of_text(&paragraph.pieces, range.clone())
        {
            return Some((anchor, true));
        }
    }
    let with_text =
        paragraphs.iter().filter(|paragraph| paragraph.pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    for paragraph in with_text {
        let length = paragraph.pieces.iter().map(|piece| piece.text.len()).sum();
        if let Some(anchor) = of_text(&paragraph.pieces, 0..length) {
            return Some((anchor, false));
        }
    }
    let blank = paragraphs.iter().find(|paragraph| !paragraph.is_boxed)?;
    Some((Anchor::Blank(blank.element.clone()), false))
}

/// Where a text is in a paragraph. A figure is not looked for within a longer one.
fn occurrences(paragraph: &Traced, found: &str) -> Vec<Range<usize>> {
    let text: String = paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_cut = |at: usize, range: &Range<usize>| {
        let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
        let own = &text[range.clone()];
        at == 0 && own.starts_with(is_digit) && before.is_some_and(|c| is_digit(c) || c == '.')
            || at == 1 && own.ends_with(is_digit) && after.is_some_and(is_digit)
    };
    let all = text.match_indices(found).map(|(at, own)| at..at + own.len());
    all.filter(|range| !is_cut(0, range) && !is_cut(1, range)).collect()
}

/// The anchor of the bytes `range` of the text of these pieces.
fn of_text(pieces: &[Piece], range: Range<usize>) -> Option<Anchor> {
    let mut at = 0;
    let mut touched: Vec<(&Piece, Range<usize>)> = Vec::new();
    for piece in pieces {
        let own = at..at + piece.text.len();
        at = own.end;
        if own.start < range.end && own.end > range.start {
            touched.push((piece, range.start.max(own.start) - own.start..range.end.min(own.end) - own.start));
        }
    }
    touched.retain(|(piece, _)| piece.run.is_some());
    let ((first, from), (last, to)) = (touched.first()?, touched.last()?);
    // Inside a piece that is not written as it is read, nothing can be inserted.
    let first_byte = first.is_plain.then_some(first.bytes.start + from.start);
    let last_byte = last.is_plain.then_some(last.bytes.start + to.end);
    let mut runs: Vec<Range<usize>> = touched.iter().filter_map(|(piece, _)| piece.run.clone()).collect();
    runs.dedup();
    Some(Anchor::Text { first: (first.run.clone()?, first_byte), last: (last.run.clone()?, last_byte), inner: runs })
}

impl Anchor {
    pub fn start(&self) -> usize {
        self.range().0
    }

    /// The bytes from its first to its last one.
    pub fn range(&self) -> (usize, usize) {
        match self {
            Self::Text { first, last, .. } => (first.1.unwrap_or(first.0.start), last.1.unwrap_or(last.0.end)),
            Self::Blank(element) => (element.end, element.end),
        }
    }

    /// With the fields as a whole in which it begins or ends.
    pub fn around(mut self, fields: &[Field]) -> Self {
        if let Self::Text { first, last, .. } = &mut self {
            if let Some(field) = fields.iter().find(|field| field.holds(&first.0)) {
                *first = (field.first.clone(), None);
            }
            if let Some(field) = fields.iter().find(|field| field.holds(&last.0)) {
                *last = (field.last.clone(), None);
            }
        }
        self
    }

    /// Ties the comment of this number to it, and lays the ground below it.
    pub fn mark(
        &self,
        text: &str,
        id: u32,
        names: &Names,
        ground: Option<&str>,
        controlled: &[Controlled],
        edits: &mut Edits,
    ) -> Result<(), Unreadable> {
        let Names { element: e, attribute: a, declared, .. } = names;
        let mut begin = format!("<{e}commentRangeStart{declared} {a}id=\"{id}\"/>");
        let mut end = format!("<{e}commentRangeEnd{declared} {a}id=\"{id}\"/>");
        let reference = format!("<{e}r><{e}commentReference{declared} {a}id=\"{id}\"/></{e}r>");
        let (first, last, inner) = match self {
            Self::Text { first, last, inner } => (first, last, inner),
            Self::Blank(element) => {
                insert_at_end(text, element, &format!("{begin}{end}{reference}"), edits);
                return Ok(());
            }
        };
        let first_run = Run::read(text, first.0.clone())?;
        let last_run = Run::read(text, last.0.clone())?;
        let starts = first.1.and_then(|byte| first_run.split(text, byte, true));
        let ends = last.1.and_then(|byte| last_run.split(text, byte, false));
        let held = controlled.iter().find(|one| one.paragraph.contains(&first.0.start));
        match held.map(|held| held.begin) {
            None => end += &reference,
            Some(at) if starts.is_none() && at == first.0.start => begin += &reference,
            Some(at) => edits.insert(at, reference),
        }
        match &starts {
            None => edits.insert(first.0.start, begin),
            Some(split) => {
                split.keep_blanks(text, edits);
                let properties = first_run.properties(text, names, ground);
                edits.insert(split.byte, split.text(&begin, &properties));
            }
        }
        match &ends {
            None => edits.insert(last.0.end, end),
            Some(split) => {
                if starts.as_ref().is_none_or(|starts| starts.tag != split.tag) {
                    split.keep_blanks(text, edits);
                }
                edits.insert(split.byte, split.text(&end, &last_run.properties(text, names, None)));
            }
        }
        if let Some(ground) = ground {
            for (place, run) in inner.iter().enumerate() {
                // What begins inside the first run has been written with its ground.
                if place > 0 || starts.is_none() {
                    Run::read(text, run.clone())?.shade(text, names, ground, edits);
                }
            }
        }
        Ok(())
    }
}

/// Puts something at the end of a paragraph.
fn insert_at_end(text: &str, element: &Range<usize>, what: &str, edits: &mut Edits) {
    let own = &text[element.clone()];
    match own.rfind("</") {
        Some(close) => edits.insert(element.start + close, what),
        None => {
            let open = own.trim_end_matches('>').trim_end_matches('/').trim_end();
            let name = open.trim_start_matches('<').split_ascii_whitespace().next().unwrap_or_default();
            edits.replace(element.clone(), format!("{open}>{what}</{name}>"));
        }
    }
}

/// A run as it is written.
struct Run {
    /// Its first tag.
    open: Range<usize>,
    name: String,
    /// Its properties, if it has some.
    properties: Option<Range<usize>>,
    /// What it holds besides: the tag and the end of each element, and the name of the tag.
    children: Vec<(Range<usize>, Range<usize>, String)>,
}

/// Where a run is cut in two, and what is said there.
struct Split {
    byte: usize,
    /// The tag of the element of text that is cut.
    tag: Range<usize>,
    /// The ends of that element and of the run, and how the next run begins and its element of text.
    ends: String,
    begin: String,
    begin_text: String,
}

impl Split {
    /// What is inserted: `between` comes between the two runs, of which the second one has these properties.
    fn text(&self, between: &str, properties: &str) -> String {
        format!("{}{between}{}{properties}{}", self.ends, self.begin, self.begin_text)
    }

    /// Has the first half keep blanks at its end, which it would lose.
    fn keep_blanks(&self, text: &str, edits: &mut Edits) {
        let tag = &text[self.tag.clone()];
        if !tag.contains("xml:space") {
            edits.replace(self.tag.clone(), with_attribute(tag, "xml:space", "preserve"));
        }
    }
}

impl Run {
    fn read(text: &str, range: Range<usize>) -> Result<Self, Unreadable> {
        let own = &text[range.clone()];
        let shifted = |span: Range<usize>| range.start + span.start..range.start + span.end;
        let mut walk = Walk::of(own);
        let Some(Node::Start(tag)) = walk.next()? else { return Err(Unreadable::damaged("a run that is none")) };
        let name = format!("{}{}", tag.prefix(), tag.name());
        let mut run = Self { open: shifted(tag.span), name, properties: None, children: Vec::new() };
        while let Some(node) = walk.next()? {
            let (tag, end) = match node {
                Node::Start(tag) => {
                    let end = walk.skip()?;
                    (tag, end)
                }
                Node::Empty(tag) => {
                    let end = tag.span.end..tag.span.end;
                    (tag, end)
                }
                _ => continue,
            };
            if tag.name() == "rPr" {
                run.properties = Some(shifted(tag.span.start..end.end));
            } else {
                let name = format!("{}{}", tag.prefix(), tag.name());
                run.children.push((shifted(tag.span.clone()), shifted(end), name));
            }
        }
        Ok(run)
    }

    /// How the run is cut at a byte of its text; not at all where that is its beginning, or its end where one is looked for.
    fn split(&self, text: &str, byte: usize, is_start: bool) -> Option<Split> {
        let within = |(tag, end, _): &&(Range<usize>, Range<usize>, String)| (tag.end..=end.start).contains(&byte);
        let place = self.children.iter().position(|child| within(&child))?;
        let (tag, end, name) = &self.children[place];
        if is_start && place == 0 && byte == tag.end
            || !is_start && place + 1 == self.children.len() && byte == end.start
        {
            return None;
        }
        Some(Split {
            byte,
            tag: tag.clone(),
            ends: format!("</{name}></{}>", self.name),
            begin: text[self.open.clone()].to_owned(),
            begin_text: format!("<{name} xml:space=\"preserve\">"),
        })
    }

    /// Its properties, with a ground if there is to be one.
    fn properties(&self, text: &str, names: &Names, ground: Option<&str>) -> String {
        let own = self.properties.clone().map_or("", |range| &text[range]);
        match ground {
            None => own.to_owned(),
            Some(ground) => shaded(own, names, ground),
        }
    }

    fn shade(&self, text: &str, names: &Names, ground: &str, edits: &mut Edits) {
        let range = self.properties.clone().unwrap_or(self.open.end..self.open.end);
        let shaded = self.properties(text, names, Some(ground));
        if shaded != text[range.clone()] {
            edits.replace(range, shaded);
        }
    }
}

/// Properties that come behind the ground of a run, as the schema has it; those of other namespaces come last.
const BEHIND: [&str; 10] =
    ["fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"];

/// The properties of a run with a ground, unless they have one or text in its colour would not be seen on it.
fn shaded(own: &str, names: &Names, ground: &str) -> String {
    let Names { element: e, attribute: a, declared, .. } = names;
    let shading = format!("<{e}shd{declared} {a}val=\"clear\" {a}color=\"auto\" {a}fill=\"{ground}\"/>");
    if own.is_empty() {
        return format!("<{e}rPr>{shading}</{e}rPr>");
    }
    let mut walk = Walk::of(own);
    let Ok(Some(Node::Start(root))) = walk.next() else {
        // Properties without any.
        return format!("<{e}rPr>{shading}</{e}rPr>");
    };
    let (prefix, mut at) = (root.prefix(), None);
    while let Ok(Some(node)) = walk.next() {
        let tag = match node {
            Node::Start(tag) => {
                if walk.skip().is_err() {
                    return own.to_owned();
                }
                tag
            }
            Node::Empty(tag) => tag,
            Node::End(span) => {
                at = at.or(Some(span.start));
                break;
            }
            Node::Text(_) => continue,
        };
        match tag.name() {
            "shd" | "highlight" => return own.to_owned(),
            "color" if tag.attribute("val").is_some_and(|colour| is_light(&colour)) => return own.to_owned(),
            name if tag.prefix() != prefix || BEHIND.contains(&name) => at = at.or(Some(tag.span.start)),
            _ => {}
        }
    }
    match at {
        Some(at) => format!("{}{shading}{}", &own[..at], &own[at..]),
        None => own.to_owned(),
    }
}

/// Whether a colour is hard to see on a light ground.
fn is_light(colour: &str) -> bool {
    let Ok(value) = u32::from_str_radix(colour, 16) else { return false };
    let [_, red, green, blue] = value.to_be_bytes().map(u32::from);
    299 * red + 587 * green + 114 * blue > 150_000
}
