//! Findings drawn in their source, by miette: this file alone names it.

use std::fmt::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::excerpt::{self, Excerpt};
use super::{Input, Renderer, Summary, concise, told};
use crate::document::{Document, Location};
use crate::finding::{Finding, Label};
use crate::message::{Argument, Language, Message};
use crate::pack::Severity;
use crate::position::Lines;

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
    text.push_str(&super::harmless(&summary(told).say(renderer.language)));
    text.push('\n');
    text
}

/// What a finding points at, in its own file and in others; empty where nothing can be drawn.
fn drawings(renderer: &Renderer, input: Input<'_>, finding: &Finding, lines: &Lines<'_>) -> [String; 2] {
    let drawn = |drawing: Option<Drawing>| drawing.map_or_else(String::new, |drawing| drawing.draw(renderer));
    let own = drawn(drawing(input, finding, lines, renderer.language));
    let beside = input.beside.iter().map(|other| drawn(drawing_beside(*other, finding, renderer.language)));
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
    if renderer.color {
        let color = match finding.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Advice => "36",
        };
        writeln!(text, "\u{1b}[1;{color}m{head}\u{1b}[0m  {sentence}")?;
    } else {
        writeln!(text, "{head}  {sentence}")?;
    }
    if own.is_empty() {
        writeln!(text, "    {}", concise::place(path, finding, language))?;
    }
    text.push_str(own);
    text.push_str(beside);
    if !finding.broken.is_empty() {
        let is_long = finding.broken.len() > SUMS;
        let sums = Argument::List(finding.broken.iter().take(SUMS).map(|id| id.as_str().into()).collect());
        let message = Message::new(if is_long { "help.broken-many" } else { "help.broken" }).with("sums", sums);
        let message = if is_long { message.with("count", finding.broken.len()) } else { message };
        writeln!(text, "  {}", message.say(language))?;
    }
    for note in &finding.notes {
        writeln!(text, "  {note}")?;
    }
    if let Some(help) = &finding.help {
        let help = Message::new("help.prefix").with("help", help.as_str());
        writeln!(text, "  {}", super::harmless(&help.say(language)))?;
    }
    let explain = Message::new("help.explain").with("code", finding.code.as_str());
    writeln!(text, "  {}\n", explain.say(language))
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

fn drawing(input: Input<'_>, finding: &Finding, lines: &Lines<'_>, language: Language) -> Option<Drawing> {
    let document = input.checked.document.as_ref()?;
    let primary = finding.location.as_ref()?;
    let labels = || finding.labels.iter().filter(|label| label.path.is_none());
    let own = labels().find(|label| label.location == *primary);
    // The sentence above says it all; without words of its own the place is only underlined.
    let say = |label: &Label| super::harmless(&label.message.say(language));
    let words = own.map(say);
    let others = labels().filter(|label| label.location != *primary);
    let mut places: Vec<(&Location, Option<String>)> = vec![(primary, words)];
    places.extend(others.map(|label| (&label.location, Some(say(label)))));
    drawn(&input.checked.report.path, document, lines, &places, language)
}

/// What a finding points at in another file.
fn drawing_beside(other: Input<'_>, finding: &Finding, language: Language) -> Option<Drawing> {
    let path = &other.checked.report.path;
    let labels = finding.labels.iter().filter(|label| label.path.as_deref() == Some(path.as_str()));
    let say = |label: &Label| super::harmless(&label.message.say(language));
    let places: Vec<_> = labels.map(|label| (&label.location, Some(say(label)))).collect();
    drawn(path, other.checked.document.as_ref()?, &other.lines(), &places, language)
}

/// Places of a file with the words at them, the first of which it is about.
fn drawn(
    path: &str,
    document: &Document<'_>,
    lines: &Lines<'_>,
    places: &[(&Location, Option<String>)],
    language: Language,
) -> Option<Drawing> {
    let locations: Vec<&Location> = places.iter().map(|(location, _)| *location).collect();
    let excerpt = excerpt::of(document, lines, &locations)?;
    let marks = places.iter().zip(&excerpt.spans).enumerate().filter_map(|(index, ((location, words), span))| {
        let span = span.clone()?;
        let name = told::Location::new(location, lines).with_path(path, language);
        Some(Mark { span, words: words.clone(), name, is_primary: index == 0 })
    });
    Some(Drawing { marks: marks.collect(), excerpt })
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
    let excerpt = excerpt::of_text(&lines, &locations.iter().collect::<Vec<_>>());
    let marks = locations.iter().zip(&excerpt.spans).enumerate().filter_map(|(index, (location, span))| {
        let name = told::Location::new(location, &lines).with_path(path, renderer.language);
        Some(Mark { span: span.clone()?, words: None, name, is_primary: index == 0 })
    });
    Drawing { marks: marks.collect(), excerpt }.draw(renderer)
}

/// An excerpt with its marks, as miette wants it.
#[derive(Debug)]
struct Drawing {
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
        text.split_inclusive('\n').skip_while(|line| !line.contains('╭')).collect()
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
