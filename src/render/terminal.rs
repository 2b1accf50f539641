//! Findings drawn in their source, by miette: this file alone names it.

use std::fmt::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::excerpt::{self, Excerpt, Room};
use super::{Across, Input, Renderer, Summary, concise, told};
use crate::document::{Document, Location};
use crate::finding::{Finding, Label};
use crate::message::{Argument, Message};
use crate::pack::Severity;
use crate::position::Lines;
use unicode_width::UnicodeWidthStr;

/// Columns of a drawing for the number of a line, and for the line that leads to a word.
const BESIDE: usize = 7;
const LEAD: usize = 5;
/// Words below a place have so many columns at least.
const NARROWEST: usize = 30;
/// So many of the sums that fail are named.
const SUMS: usize = 12;

/// The findings, without a word on the report.
pub(super) fn across(renderer: &Renderer, told: &told::Report, file: Option<Input<'_>>) -> String {
    let mut text = String::new();
    if told.findings.is_empty() {
        return text;
    }
    let lines = file.map(|input| input.lines());
    for (index, finding) in told.findings.iter().enumerate() {
        let drawings = file.zip(lines.as_ref()).and_then(|(input, lines)| {
            let found = input.checked.report.findings.get(index)?;
            Some(drawings(renderer, input, found, lines))
        });
        let [own, beside] = drawings.unwrap_or_default();
        draw(renderer, &told.path, finding, [&own, &beside], &mut text).expect("strings take all");
    }
    text
}

pub(super) fn report(renderer: &Renderer, told: &told::Report, file: Option<Input<'_>>) -> String {
    let mut text = across(renderer, told, file);
    let summary = super::harmless(&summary(told).say(renderer.language));
    text.push_str(&broken(renderer, &summary, ("", "")));
    text
}

/// How the run ended: what could not be laid side by side, and the counts.
pub(super) fn tail(renderer: &Renderer, across: &Across, summary: &Summary) -> String {
    let lines = across.lines(renderer.language).chain([summary.message().say(renderer.language)]);
    lines.map(|line| broken(renderer, &line, ("", ""))).collect()
}

/// What a finding points at, in its own file and in others; empty where nothing can be drawn.
fn drawings(renderer: &Renderer, input: Input<'_>, finding: &Finding, lines: &Lines<'_>) -> [String; 2] {
    let drawn = |drawing: Option<Drawing>| drawing.map_or_else(String::new, |drawing| drawing.draw(renderer));
    let own = drawn(drawing(renderer, input, finding, lines));
    let beside = input.beside.iter().map(|other| drawn(drawing_beside(renderer, *other, finding)));
    [own, beside.collect()]
}

fn draw(
    renderer: &Renderer,
    path: &str,
    finding: &told::Finding,
    [own, beside]: [&str; 2],
    text: &mut String,
) -> fmt::Result {
    let language = renderer.language;
    let severity = concise::severity(finding.severity).say(language);
    let sentence = finding.line(language);
    let head = format!("{severity} {} {}", finding.code, finding.name);
    let line = broken(renderer, &format!("{head}  {sentence}"), ("", "  "));
    if renderer.color {
        let color = match finding.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Advice => "36",
        };
        text.push_str(&line.replacen(&head, &format!("\u{1b}[1;{color}m{head}\u{1b}[0m"), 1));
    } else {
        text.push_str(&line);
    }
    if own.is_empty() {
        writeln!(text, "    {}", concise::place(path, finding, language))?;
    }
    text.push_str(own);
    text.push_str(beside);
    if renderer.names_sums && !finding.broken.is_empty() {
        let is_long = finding.broken.len() > SUMS;
        let sums = Argument::List(finding.broken.iter().take(SUMS).map(|id| id.as_str().into()).collect());
        let message = Message::new(if is_long { "help.broken-many" } else { "help.broken" }).with("sums", sums);
        let message = if is_long { message.with("count", finding.broken.len()) } else { message };
        text.push_str(&broken(renderer, &message.say(language), ("  ", "  ")));
    }
    for note in &finding.notes {
        text.push_str(&broken(renderer, note, ("  ", "  ")));
    }
    if let Some(help) = &finding.help {
        let help = Message::new("help.prefix").with("help", help.as_str());
        text.push_str(&broken(renderer, &super::harmless(&help.say(language)), ("  ", "  ")));
    }
    let explain = Message::new("help.explain").with("code", finding.code.as_str());
    writeln!(text, "  {}\n", explain.say(language))
}

/// A line of words; broken where it is wider than the terminal, and only there.
fn broken(renderer: &Renderer, line: &str, (indent, further): (&str, &str)) -> String {
    if !renderer.breaks_lines {
        return format!("{indent}{line}\n");
    }
    let options = textwrap::Options::new(renderer.width).initial_indent(indent).subsequent_indent(further);
    textwrap::fill(line, options) + "\n"
}

/// 望江县商务局 2023：有问题。错误 1，……
fn summary(told: &told::Report) -> Message {
    let name: Argument = match (&told.organization, told.year) {
        (Some(organization), Some(year)) => Message::new("report.name")
            .with("organization", organization.as_str())
            .with("year", year.to_string())
            .with("path", told.path.as_str())
            .into(),
        _ => told.path.as_str().into(),
    };
    Message::new("report.summary")
        .with("name", name)
        .with("verdict", concise::verdict(told.verdict))
        .with("errors", told.count(Severity::Error))
        .with("warnings", told.count(Severity::Warning))
        .with("advice", told.count(Severity::Advice))
        .with("held", told.rules.held)
        .with("broken", told.rules.broken)
        .with("not_evaluated", told.rules.not_evaluated)
        .with("accepted", accepted(told))
}

/// What is not told of a report.
fn accepted(told: &told::Report) -> Argument {
    let mut summary = Summary::default();
    summary.add_across(told);
    summary.accepted()
}

fn drawing(renderer: &Renderer, input: Input<'_>, finding: &Finding, lines: &Lines<'_>) -> Option<Drawing> {
    let document = input.checked.document.as_ref()?;
    let primary = finding.location.as_ref()?;
    let labels = || finding.labels.iter().filter(|label| label.path.is_none());
    let own = labels().find(|label| label.location == *primary);
    // The sentence above says it all; without words of its own the place is only underlined.
    let say = |label: &Label| super::harmless(&label.message.say(renderer.language));
    let words = own.map(say);
    let others = labels().filter(|label| label.location != *primary);
    let mut places: Vec<(&Location, Option<String>)> = vec![(primary, words)];
    places.extend(others.map(|label| (&label.location, Some(say(label)))));
    drawn(renderer, &input.checked.report.path, document, lines, &places)
}

/// What a finding points at in another file.
fn drawing_beside(renderer: &Renderer, other: Input<'_>, finding: &Finding) -> Option<Drawing> {
    let path = &other.checked.report.path;
    let labels = finding.labels.iter().filter(|label| label.path.as_deref() == Some(path.as_str()));
    let say = |label: &Label| super::harmless(&label.message.say(renderer.language));
    let places: Vec<_> = labels.map(|label| (&label.location, Some(say(label)))).collect();
    drawn(renderer, path, other.checked.document.as_ref()?, &other.lines(), &places)
}

/// Places of a file with the words at them, the first of which it is about.
fn drawn(
    renderer: &Renderer,
    path: &str,
    document: &Document<'_>,
    lines: &Lines<'_>,
    places: &[(&Location, Option<String>)],
) -> Option<Drawing> {
    let locations: Vec<&Location> = places.iter().map(|(location, _)| *location).collect();
    let words = places.iter().map(|(_, words)| words.as_ref().map(|words| in_lines(renderer, words)));
    let words: Vec<Option<String>> = words.collect();
    let width = |words: &String| LEAD + words.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let labels: Vec<usize> = words.iter().map(|words| words.as_ref().map_or(0, width)).collect();
    let room = Room { line: renderer.width.saturating_sub(BESIDE), labels: &labels };
    let excerpt = excerpt::of(document, lines, &locations, renderer.breaks_lines.then_some(room))?;
    let marks = locations.iter().zip(words).zip(&excerpt.spans).enumerate();
    let marks = marks.filter_map(|(index, ((location, words), span))| {
        let span = span.clone()?;
        let name = told::Location::new(location, lines).with_path(path, renderer.language);
        Some(Mark { span, words, name, is_primary: index == 0 })
    });
    Some(Drawing { path: path.to_owned(), marks: marks.collect(), excerpt })
}

/// Words below a place, in lines of half the terminal where they are wider than that.
fn in_lines(renderer: &Renderer, words: &str) -> String {
    let width = (renderer.width / 2).max(NARROWEST);
    if renderer.breaks_lines { textwrap::fill(words, width) } else { words.to_owned() }
}

/// Stretches of a text that is no report, a rule file, drawn in their lines; the words belong to the first.
pub(super) fn in_text(renderer: &Renderer, path: &str, text: &str, spans: &[std::ops::Range<usize>]) -> String {
    /// Of longer stretches the beginning is marked: a pattern may be wider than the terminal.
    const MARKED: usize = 40;
    let lines = Lines::new(text.as_bytes(), None);
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let place = |span: &std::ops::Range<usize>| {
        let own = text.get(span.clone()).unwrap_or_default();
        let end = own.char_indices().nth(MARKED).map_or(span.end, |(at, _)| span.start + at);
        Location::text(byte(span.start)..byte(end))
    };
    let locations: Vec<Location> = spans.iter().map(place).collect();
    let excerpt = excerpt::of_text(&lines, &locations.iter().collect::<Vec<_>>(), None);
    let marks = locations.iter().zip(&excerpt.spans).enumerate().filter_map(|(index, (location, span))| {
        let name = told::Location::new(location, &lines).with_path(path, renderer.language);
        Some(Mark { span: span.clone()?, words: None, name, is_primary: index == 0 })
    });
    Drawing { path: path.to_owned(), marks: marks.collect(), excerpt }.draw(renderer)
}

/// Where a terminal finds the file; none of one in an archive, which no program opens.
fn address(working: &str, path: &str) -> Option<String> {
    let is_within = path.split(['/', '\\']).rev().skip(1).any(|part| part.to_ascii_lowercase().ends_with(".zip"));
    (!is_within).then(|| super::collected::file_address(working, path))
}

/// An excerpt with its marks, as miette wants it.
#[derive(Debug)]
struct Drawing {
    path: String,
    excerpt: Excerpt,
    marks: Vec<Mark>,
}

#[derive(Debug)]
struct Mark {
    span: std::ops::Range<usize>,
    words: Option<String>,
    /// The path with the place in it.
    name: String,
    is_primary: bool,
}

impl Drawing {
    /// The drawing alone: what miette prints around it is in one language.
    fn draw(&self, renderer: &Renderer) -> String {
        let theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles: if renderer.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(renderer.width)
            .with_context_lines(0)
            .with_links(false)
            .without_primary_span_start();
        let mut text = String::new();
        if handler.render_report(&mut text, self).is_err() {
            return String::new();
        }
        // The first line is the message, which has been printed.
        let lines = text.split_inclusive('\n').skip_while(|line| !line.contains('╭'));
        let Some(address) = renderer.links.and_then(|working| address(working, &self.path)) else {
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
            if mark.is_primary {
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
        let text = &self.excerpt.text;
        let (from, to) = (span.offset(), span.offset() + span.len());
        if to > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
        let line = self.excerpt.first_line as usize - 1 + text[..start].matches('\n').count();
        let count = text[start..end].matches('\n').count() + 1;
        let mark = self.marks.iter().find(|mark| mark.span.start == from && mark.span.len() == span.len());
        let name = mark.map_or_else(String::new, |mark| mark.name.clone());
        let data = &text.as_bytes()[start..end];
        let span = SourceSpan::new(start.into(), end - start);
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line, 0, count)))
    }
}
