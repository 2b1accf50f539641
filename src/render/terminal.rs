//! Findings drawn in their source, by miette: this file alone names it.

use std::fmt::{self, Write};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use unicode_width::UnicodeWidthStr;

use super::links::file_address;
use super::options::Options;
use super::output::Output;
use super::words;
use crate::document;
use crate::message::{Argument, Message};
use crate::pack::Severity;
use crate::view::{
    Across, Excerpt, Finding, Line, Lines, Location, Mark, Report, Summary, back, forward, harmless, marked_lines,
};

/// Columns of a drawing for the number of a line, and for the line that leads to a word.
const BESIDE: usize = 7;
const LEAD: usize = 5;
/// Words below a place have so many columns at least.
const NARROWEST: usize = 30;
/// So many of the sums that fail are named.
const SUMS: usize = 12;
/// Where a line was cut.
const CUT: char = '…';

/// Findings drawn in their source.
pub(super) struct Full;

impl Output for Full {
    fn report(&self, options: &Options, report: &Report) -> String {
        let mut text = self.across(options, report);
        let summary = harmless(&words::summary(report, options.language).say(options.language));
        text.push_str(&broken(options, &summary, ("", "")));
        text
    }

    /// The findings, without a word on the report.
    fn across(&self, options: &Options, report: &Report) -> String {
        let mut text = String::new();
        for finding in &report.findings {
            draw(options, &report.path, finding, &mut text).expect("strings take all");
        }
        text
    }

    /// How the run ended: what could not be compared, and the counts.
    fn tail(&self, options: &Options, across: &Across, summary: &Summary) -> String {
        if summary.reports < 2 {
            return String::new();
        }
        let lines = across.lines(options.language).chain([summary.message().say(options.language)]);
        lines.map(|line| broken(options, &line, ("", ""))).collect()
    }
}

fn draw(options: &Options, path: &str, finding: &Finding, text: &mut String) -> fmt::Result {
    let language = options.language;
    let severity = words::severity(finding.severity).say(language);
    let sentence = finding.line(language);
    let head = format!("{severity} {} {}", finding.code, finding.name);
    let line = broken(options, &format!("{head}  {sentence}"), ("", "  "));
    if options.color {
        let color = match finding.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Advice => "36",
        };
        text.push_str(&line.replacen(&head, &format!("\u{1b}[1;{color}m{head}\u{1b}[0m"), 1));
    } else {
        text.push_str(&line);
    }
    // What is in its own file goes first.
    if finding.excerpts.first().is_none_or(|own| own.path.is_some() || own.lines.is_empty()) {
        writeln!(text, "    {}", words::place(path, finding, language))?;
    }
    for excerpt in finding.excerpts.iter().filter(|excerpt| !excerpt.lines.is_empty()) {
        text.push_str(&Drawing::new(options, path, finding, excerpt).draw(options));
    }
    if let Some(place) = &finding.in_words {
        let place = Message::new("help.in-words").with("place", place.as_str());
        text.push_str(&broken(options, &place.say(language), ("  ", "  ")));
    }
    if options.names_sums && !finding.broken.is_empty() {
        let is_long = finding.broken.len() > SUMS;
        let sums = Argument::List(finding.broken.iter().take(SUMS).map(|id| id.as_str().into()).collect());
        let message = Message::new(if is_long { "help.broken-many" } else { "help.broken" }).with("sums", sums);
        let message = if is_long { message.with("count", finding.broken.len()) } else { message };
        text.push_str(&broken(options, &message.say(language), ("  ", "  ")));
    }
    for note in &finding.notes {
        text.push_str(&broken(options, note, ("  ", "  ")));
    }
    if let Some(help) = &finding.help {
        let help = Message::new("help.prefix").with("help", help.as_str());
        text.push_str(&broken(options, &harmless(&help.say(language)), ("  ", "  ")));
    }
    let explain = Message::new("help.explain").with("code", finding.code.as_str());
    writeln!(text, "  {}\n", explain.say(language))
}

/// A line of words; broken where it is wider than the terminal, and only there.
fn broken(options: &Options, line: &str, (indent, further): (&str, &str)) -> String {
    if !options.breaks_lines {
        return format!("{indent}{line}\n");
    }
    let wrapped = textwrap::Options::new(options.width).initial_indent(indent).subsequent_indent(further);
    textwrap::fill(line, wrapped) + "\n"
}

/// Where a terminal finds the file; none of one in an archive, which no program opens.
fn address(working: &str, path: &str) -> Option<String> {
    let is_within = path.split(['/', '\\']).rev().skip(1).any(|part| part.to_ascii_lowercase().ends_with(".zip"));
    (!is_within).then(|| file_address(working, path))
}

/// Words below a place, in lines of half the terminal where they are wider than that.
fn in_lines(options: &Options, words: &str) -> String {
    let width = (options.width / 2).max(NARROWEST);
    if options.breaks_lines { textwrap::fill(words, width) } else { words.to_owned() }
}

/// What of a line fits a terminal, the words below its last mark included; the first mark is shown in any case.
fn fitted(options: &Options, line: &Line, marks: &[(Range<usize>, Option<String>)]) -> Range<usize> {
    let text = line.text.as_str();
    let start = if text.starts_with(CUT) { CUT.len_utf8() } else { 0 };
    let end = if text.len() > start && text.ends_with(CUT) { text.len() - CUT.len_utf8() } else { text.len() };
    if !options.breaks_lines {
        return 0..text.len();
    }
    let room = options.width.saturating_sub(BESIDE);
    let of_words = |words: &String| LEAD + words.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let first = marks.iter().map(|(range, _)| range.start).min().unwrap_or(0).clamp(start, end);
    let fits = |from: usize| {
        let widths = marks.iter().map(|(range, words)| {
            let (start, end) = (range.start.clamp(from, end), range.end.clamp(from, end));
            // Words hang from the middle of their mark.
            text[from..start].width() + text[start..end].width() / 2 + words.as_ref().map_or(0, of_words)
        });
        // The sign that something is left out takes a column.
        widths.max().is_none_or(|width| width < room)
    };
    let mut from = start;
    while from < first && !fits(from) {
        from = forward(text, from, 1);
    }
    let mut to = end;
    while text[from..to].width() + 2 > room && to > from {
        to = back(text, to, 1);
    }
    // Where nothing more is cut, the sign is there already.
    (if from == start { 0 } else { from })..(if to == end { text.len() } else { to })
}

/// Stretches of a text that is no report, a rule file, drawn in their lines.
pub fn in_rule_file(options: &Options, path: &str, text: &str, spans: &[Range<usize>]) -> String {
    let lines = Lines::new(text.as_bytes(), None);
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let places: Vec<document::Location> =
        spans.iter().map(|span| document::Location::text(byte(span.start)..byte(span.end))).collect();
    let mut drawing = Drawing::blank(path);
    let name = |mark: &Mark| Location::new(&places[mark.mark], &lines).with_path(path, options.language);
    for line in marked_lines(&lines, &places) {
        drawing.add(options, &line, |mark| Some((name(mark), None)));
    }
    drawing.draw(options)
}

/// Lines with their marks, as miette wants them.
#[derive(Debug)]
struct Drawing {
    path: String,
    /// The lines, each with its end.
    text: String,
    /// The number of each line.
    numbers: Vec<u32>,
    marks: Vec<Shown>,
}

/// A mark with what is said at it.
#[derive(Debug)]
struct Shown {
    /// The number of the mark: the first one is the place that the drawing is about.
    number: usize,
    /// Bytes of the drawing's text.
    span: Range<usize>,
    words: Option<String>,
    /// The path with the place in it.
    name: String,
}

impl Drawing {
    fn blank(path: &str) -> Self {
        Self { path: path.to_owned(), text: String::new(), numbers: Vec::new(), marks: Vec::new() }
    }

    /// What a finding points at in one file.
    fn new(options: &Options, path: &str, finding: &Finding, excerpt: &Excerpt) -> Self {
        let mut drawing = Self::blank(excerpt.path.as_deref().unwrap_or(path));
        let path = drawing.path.clone();
        for line in &excerpt.lines {
            drawing.add(options, line, |mark| {
                let (location, words) = finding.at(mark.mark)?;
                // The sentence above says it all; without words of its own the place is only underlined.
                let words = words.map(|words| in_lines(options, &harmless(words)));
                // What else is said of the place of the finding is in its sentence.
                let is_again = mark.mark > 0 && excerpt.path.is_none() && finding.location.as_ref() == Some(location);
                (!is_again).then(|| (location.with_path(&path, options.language), words))
            });
        }
        drawing.marks.sort_by_key(|mark| mark.number);
        drawing
    }

    /// Adds a line. `shown` gives the name of a mark's place and the words at it, where the mark is drawn.
    fn add(&mut self, options: &Options, line: &Line, shown: impl Fn(&Mark) -> Option<(String, Option<String>)>) {
        let (mut marks, mut rest) = (Vec::new(), Vec::new());
        for mark in &line.marks {
            // What is stored may have been changed.
            let is_sound = line.text.get(mark.start..mark.end).is_some();
            if let Some((name, words)) = shown(mark).filter(|_| is_sound) {
                marks.push((mark.start..mark.end, words));
                rest.push((mark.mark, name));
            }
        }
        let kept = fitted(options, line, &marks);
        if kept.start > 0 {
            self.text.push(CUT);
        }
        let shift = self.text.len();
        self.text.push_str(&harmless(&line.text[kept.clone()]));
        if kept.end < line.text.len() {
            self.text.push(CUT);
        }
        self.text.push('\n');
        self.numbers.push(line.number);
        let clip = |at: usize| at.clamp(kept.start, kept.end) - kept.start + shift;
        for ((range, words), (number, name)) in marks.into_iter().zip(rest) {
            if range.start < kept.end || range.is_empty() && range.start <= kept.end {
                self.marks.push(Shown { number, span: clip(range.start)..clip(range.end), words, name });
            }
        }
    }

    /// The drawing alone: what miette prints around it is in one language.
    fn draw(&self, options: &Options) -> String {
        let theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles: if options.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(options.width)
            .with_context_lines(0)
            .with_links(false)
            .without_primary_span_start();
        let mut text = String::new();
        if handler.render_report(&mut text, self).is_err() {
            return String::new();
        }
        // The first line is the message, which has been printed.
        let lines = text.split_inclusive('\n').skip_while(|line| !line.contains('╭'));
        let Some(address) = options.links.and_then(|working| address(working, &self.path)) else {
            return lines.collect();
        };
        lines.map(|line| self.linked(line, &address)).collect()
    }

    /// A head with its place as a link, any other line as it is. What is seen stays the same.
    fn linked(&self, line: &str, address: &str) -> String {
        let name = || self.marks.iter().map(|mark| mark.name.as_str()).find(|name| line.contains(*name));
        match line.contains("╭─[").then(name).flatten() {
            Some(name) => {
                let link = format!("\u{1b}]8;;{address}\u{1b}\\{name}\u{1b}]8;;\u{1b}\\");
                line.replacen(name, &link, 1)
            }
            None => line.to_owned(),
        }
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("-")
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.marks.iter().map(|mark| {
            let span = (mark.span.start, mark.span.len());
            let words = mark.words.clone();
            if self.marks.first().is_some_and(|first| first.number == mark.number) {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            }
        })))
    }
}

impl SourceCode for Drawing {
    /// Whole lines around `span`, numbered as in the file.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.text;
        let (from, to) = (span.offset(), span.offset() + span.len());
        if to > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
        let line = self.numbers.get(text[..start].matches('\n').count()).map_or(0, |number| number.saturating_sub(1));
        let count = text[start..end].matches('\n').count() + 1;
        let mark = self.marks.iter().find(|mark| mark.span.start == from && mark.span.len() == span.len());
        let name = mark.map_or_else(String::new, |mark| mark.name.clone());
        let data = &text.as_bytes()[start..end];
        let span = SourceSpan::new(start.into(), end - start);
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line as usize, 0, count)))
    }
}
