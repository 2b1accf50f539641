//! The data of the template: words, counts and lists.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use super::super::links::Links;
use super::super::overview::{Agency, Cell, Overview, RuleCount, State};
use super::super::words;
use super::gathered::{DRAWN, Gathered, Kept, NOT_EVALUATED, NotPut};
use crate::message::{Language, Message};
use crate::pack::Severity;
use crate::view::{self, Across, Excerpt, Finding, Location, Piece, Summary, harmless};

/// The words of the page, by the last part of their keys.
const WORDS: [&str; 35] = [
    "page.title",
    "page.skip",
    "page.overview",
    "page.by-rule",
    "page.map",
    "page.map-hint",
    "page.findings",
    "page.missing",
    "page.not-evaluated",
    "page.filter",
    "page.all",
    "page.search",
    "page.reset",
    "page.shown",
    "page.none-shown",
    "page.no-findings",
    "page.found",
    "page.expected",
    "page.help",
    "page.across",
    "page.other-file",
    "page.legend",
    "page.as-printed",
    "table.agency",
    "table.certainty",
    "table.year",
    "table.severity",
    "table.rule",
    "table.code",
    "table.findings-count",
    "table.reports",
    "table.file",
    "table.because",
    "table.total",
    "table.unknown-agency",
];
/// How many agencies the map shows: those with the most findings.
pub(super) const AGENCIES: usize = 500;
const STYLE: &str = concat!(include_str!("base.css"), include_str!("style.css"));
const SCRIPT: &str = include_str!("script.js");
/// The hashes of both, by which alone a browser lets them run; a test holds them fresh.
const STYLE_HASH: &str = "sha256-G3urIZWtT/RxYU1zEFy0Ki7+qp0kN7/2rhN7N1X/0qI=";
const SCRIPT_HASH: &str = "sha256-Z3+Bgnx212gNj0EVRBlq+UE0jb+f7In/MzMAdO+qBik=";
/// Shades of the map.
const SHADES: [usize; 4] = [1, 3, 6, 12];
/// The name of a year that is not known, in the ids of the page.
const NO_YEAR: u16 = 0;

/// All that the page shows.
pub(super) fn of(page: &mut Gathered, across: &Across, summary: &Summary) -> Value {
    let language = page.language;
    let findings = page.gravest();
    let missing = std::mem::take(&mut page.missing);
    let overview = &page.overview;
    let words = Words { language, links: &page.links };
    let listed = (findings.len(), findings.iter().filter(|kept| kept.is_drawn()).count());
    let worst = overview.worst();
    let count = summary.errors + summary.warnings + summary.advice;
    let of_missing = overview.missing;
    let further = worst.len().saturating_sub(AGENCIES);
    let (groups, listed_groups) = words.groups(findings, &worst);
    let lang = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let left_out = page.more_not_evaluated;
    // What was cut, in the map, among the findings, among what was not evaluated.
    let cut = context! {
        agencies => words.cut("page.cut-agencies", further, worst.len()),
        findings => words.cut_findings(listed, count - of_missing.min(count)),
        missing => words.cut("page.cut-missing", of_missing.saturating_sub(missing.len()), of_missing),
        not_evaluated => words.cut("page.cut-not-evaluated", left_out, left_out + NOT_EVALUATED),
    };
    context! {
        lang,
        style => STYLE,
        script => SCRIPT,
        style_hash => STYLE_HASH,
        script_hash => SCRIPT_HASH,
        w => WORDS.iter().map(|key| (word(key), words.say(key))).collect::<BTreeMap<_, _>>(),
        lead => lead(overview, across, summary, language),
        made => made(page.folder.as_deref(), page.day.as_deref(), language),
        tiles => words.tiles(summary, of_missing),
        rules => words.rules(overview),
        codes => codes(overview),
        years => list(overview.years().map(|year| words.year(year))),
        agencies => words.agencies(overview, &worst, &listed_groups),
        severities => list(Severity::ALL.iter().map(|(name, severity)| vec![(*name).to_owned(), words.level(*severity)])),
        cut,
        groups,
        missing => list(missing.into_iter().map(|kept| words.finding(kept))),
        not_evaluated => list(page.not_evaluated.iter().map(|not| words.not_put(not))),
    }
}

/// What is said first: how many reports of how many agencies, and how the rules fared.
fn lead(overview: &Overview, across: &Across, summary: &Summary, language: Language) -> Vec<String> {
    let years: Vec<u16> = overview.years().flatten().collect();
    let mut lead = Vec::new();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        let message = if first == last { Message::new("page.one-year") } else { Message::new("page.span") };
        let message = message.with("agencies", overview.agencies().len());
        let message = message.with("first", first.to_string()).with("last", last.to_string());
        lead.push(message.say(language));
    }
    lead.push(summary.message().say(language));
    if across.is_evaluated() {
        lead.push(across.message().say(language));
    }
    lead
}

/// Of what the page was made, when, and by which version.
fn made(folder: Option<&str>, day: Option<&str>, language: Language) -> String {
    let named = |key, name, value: &str| Message::new(key).with(name, harmless(value)).say(language);
    let folder = folder.filter(|folder| !folder.is_empty()).map(|folder| named("page.folder", "folder", folder));
    let day = day.map(|day| named("page.day", "day", day));
    let version = named("page.version", "version", env!("CARGO_PKG_VERSION"));
    folder.into_iter().chain(day).chain([version]).collect::<Vec<_>>().join(" · ")
}

/// What is said, in one language, and where links lead.
pub(super) struct Words<'a> {
    pub language: Language,
    pub links: &'a Links,
}

impl Words<'_> {
    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }

    fn level(&self, severity: Severity) -> String {
        words::severity(severity).say(self.language)
    }

    fn agency(&self, name: Option<&str>) -> String {
        name.map_or_else(|| self.say("table.unknown-agency"), harmless)
    }

    fn year(&self, year: Option<u16>) -> String {
        year.map_or_else(|| self.say("table.unknown-year"), |year| year.to_string())
    }

    /// That so many of so many are not shown; none where all are.
    fn cut(&self, key: &'static str, left: usize, all: usize) -> Option<String> {
        (left > 0).then(|| Message::new(key).with("left", left).with("all", all).say(self.language))
    }

    fn cut_findings(&self, (listed, drawn): (usize, usize), all: usize) -> Option<String> {
        if listed < all {
            let message = Message::new("page.cut-findings").with("listed", listed).with("drawn", drawn);
            return Some(message.with("all", all).say(self.language));
        }
        (listed > DRAWN).then(|| Message::new("page.cut-drawings").with("drawn", drawn).say(self.language))
    }

    fn tiles(&self, summary: &Summary, missing: usize) -> Vec<Value> {
        let tile = |key, count: usize, class: &str| context! { name => self.say(key), count, class };
        vec![
            tile("table.reports", summary.reports, "all"),
            tile("verdict.pass", summary.passed, "pass"),
            tile("verdict.findings", summary.with_findings, "findings"),
            tile("verdict.unverifiable", summary.unverifiable, "unverifiable"),
            tile("state.missing", missing, "missing"),
            tile("severity.error", summary.errors, "error"),
            tile("severity.warning", summary.warnings, "warning"),
            tile("severity.advice", summary.advice, "advice"),
        ]
    }

    fn rules(&self, overview: &Overview) -> Vec<Value> {
        let rules = overview.rules_by_number();
        let most = rules.first().map_or(1, |(_, rule)| rule.findings.max(1));
        let shown = |(code, rule): &(&str, &RuleCount)| {
            context! {
                code => *code,
                says => rule.says.as_str(),
                severity => name(rule.severity),
                level => self.level(rule.severity),
                findings => rule.findings,
                reports => rule.reports,
                // Of the longest bar, in thousandths.
                width => (rule.findings * 1000 / most).max(8),
            }
        };
        rules.iter().map(shown).collect()
    }

    fn agencies(&self, overview: &Overview, worst: &[&Agency], groups: &BTreeSet<String>) -> Vec<Value> {
        let shown = |(number, agency): (usize, &&Agency)| {
            context! {
                name => self.agency(agency.name.as_deref()),
                cells => list(overview.years().map(|year| self.cell(number, agency, year, groups))),
                total => agency.total().findings(),
            }
        };
        worst.iter().take(AGENCIES).enumerate().map(shown).collect()
    }

    fn cell(&self, number: usize, agency: &Agency, year: Option<u16>, groups: &BTreeSet<String>) -> Value {
        let cell = agency.cells.get(&year).copied().unwrap_or_default();
        let shown = cell.findings() - cell.missing.min(cell.findings());
        let (class, text, word) = match cell.state() {
            None => ("none".to_owned(), String::new(), String::new()),
            Some(State::Missing) => ("missing".to_owned(), self.say("state.missing"), self.say("state.missing")),
            Some(State::Unverifiable) if shown == 0 => {
                ("unverifiable".to_owned(), "?".to_owned(), self.say("verdict.unverifiable"))
            }
            Some(State::Pass) if shown == 0 => ("pass".to_owned(), "✓".to_owned(), self.say("verdict.pass")),
            Some(_) => (format!("heat{}", shade(&cell)), shown.to_string(), self.counts(&cell)),
        };
        let whose = format!("{} {}", self.agency(agency.name.as_deref()), self.year(year));
        context! {
            class,
            text,
            title => if word.is_empty() { whose } else { format!("{whose}: {word}") },
            year => self.year(year),
            // The group of its findings, where they are listed.
            to => Some(group_id(number, year)).filter(|id| groups.contains(id)),
        }
    }

    fn counts(&self, cell: &Cell) -> String {
        let counts =
            [(Severity::Error, cell.errors), (Severity::Warning, cell.warnings), (Severity::Advice, cell.advice)];
        let shown = counts.iter().filter(|(_, count)| *count > 0);
        shown.map(|(severity, count)| format!("{} {count}", self.level(*severity))).collect::<Vec<_>>().join(" · ")
    }

    /// The findings by agency and year, in the order of the map, and the ids of these groups.
    fn groups(&self, findings: Vec<Kept>, worst: &[&Agency]) -> (Vec<Value>, BTreeSet<String>) {
        let numbers: BTreeMap<Option<&str>, usize> =
            worst.iter().enumerate().map(|(number, agency)| (agency.name.as_deref(), number)).collect();
        let mut groups: BTreeMap<(usize, std::cmp::Reverse<Option<u16>>), Vec<Kept>> = BTreeMap::new();
        for kept in findings {
            let number = numbers.get(&kept.agency.as_deref()).copied().unwrap_or(worst.len());
            groups.entry((number, std::cmp::Reverse(kept.year))).or_default().push(kept);
        }
        let group = |((number, std::cmp::Reverse(year)), kept): ((usize, _), Vec<Kept>)| {
            let id = group_id(number, year);
            let shown = context! {
                id => id.as_str(),
                agency => self.agency(kept.first().and_then(|kept| kept.agency.as_deref())),
                year => self.year(year),
                findings => list(kept.into_iter().map(|kept| self.finding(kept))),
            };
            (shown, id)
        };
        groups.into_iter().map(group).unzip()
    }

    /// A finding with all that is drawn of it.
    pub fn finding(&self, kept: Kept) -> Value {
        let Kept { agency, year, path, part, finding, is_across } = kept;
        let drawn = self.drawings(&finding);
        let certainty = words::confidence(&finding).map(|word| word.say(self.language));
        let at = finding.whereabouts(self.language);
        let Finding { severity, code, name, place, sentence, notes, help, found, expected, location, .. } = finding;
        context! {
            level => self.level(severity),
            certainty,
            is_across,
            agency => self.agency(agency.as_deref()),
            year => self.year(year),
            address => self.address(&path, location.as_ref()),
            path => harmless(&view::name(&path, part.as_deref(), self.language)),
            severity => self::name(severity),
            code,
            name,
            place,
            message => sentence,
            notes,
            help,
            found => found.as_deref().map(harmless),
            expected,
            // Where in the file.
            at,
            drawn,
        }
    }

    /// What a finding points at, piece by piece. Marks are numbered as they are read; 0 is the place of the finding.
    fn drawings(&self, finding: &Finding) -> Vec<Value> {
        let mut further = Vec::new();
        for excerpt in &finding.excerpts {
            let mut marks: Vec<usize> = excerpt.pieces.iter().flat_map(|piece| &piece.marks).copied().collect();
            marks.sort_unstable();
            further.extend(marks.into_iter().filter(|mark| *mark > 0));
        }
        let number = |mark: usize| further.iter().position(|known| *known == mark).map_or(0, |place| place + 1);
        let drawings =
            finding.excerpts.iter().flat_map(|excerpt| excerpt.pieces.iter().map(move |piece| (excerpt, piece)));
        drawings.map(|(excerpt, piece)| self.drawing(finding, excerpt, piece, number)).collect()
    }

    fn drawing(
        &self,
        finding: &Finding,
        excerpt: &Excerpt,
        piece: &Piece,
        number: impl Fn(usize) -> usize + Copy,
    ) -> Value {
        let first = piece.marks.first().and_then(|mark| finding.at(*mark));
        let note = |mark: &usize| {
            let (_, words) = finding.at(*mark)?;
            Some(context! { number => number(*mark), words => words? })
        };
        let cell = |cell: &view::Cell| {
            let (mark, is_number) = (cell.mark.map(number), cell.is_number());
            let expected = cell.mark.and_then(|mark| finding.expected_at(mark));
            context! { expected, text => harmless(&cell.text), rows => cell.rows, columns => cell.columns, mark, is_number, is_label => cell.is_label }
        };
        let row = |row: &view::Row| {
            let cells = list(row.cells.iter().map(cell));
            context! { cells, is_header => row.is_header, is_after_gap => row.is_after_gap }
        };
        let stretch =
            |stretch: &view::Stretch| context! { text => harmless(&stretch.text), mark => stretch.mark.map(number) };
        context! {
            // The file, where it is another one than the finding's.
            path => excerpt.path.as_deref().map(harmless),
            address => excerpt.path.as_deref().map(|path| self.address(path, first.map(|(location, _)| location))),
            at => first.map(|(location, _)| location.inside(self.language)),
            table => list(piece.table.iter().map(row)),
            text => list(piece.text.iter().map(stretch)),
            notes => list(piece.marks.iter().filter_map(note)),
        }
    }

    /// The address of a file, of one with pages the page of a place in it.
    fn address(&self, path: &str, location: Option<&Location>) -> String {
        let address = self.links.address(path);
        match location {
            Some(Location::Page { page, .. }) => format!("{address}#page={page}"),
            _ => address,
        }
    }

    fn not_put(&self, not: &NotPut) -> Value {
        context! {
            agency => self.agency(not.agency.as_deref()),
            year => self.year(not.year),
            path => harmless(&view::name(&not.path, not.part.as_deref(), self.language)),
            address => self.links.address(&not.path),
            because => not.because.as_str(),
        }
    }
}

/// The rules that were broken, each once, with what it says.
fn codes(overview: &Overview) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let rules = overview.rules_by_number().into_iter().filter(|(code, _)| seen.insert(*code));
    list(rules.map(|(code, rule)| vec![code.to_owned(), rule.says.clone()]))
}

/// A list for the template.
fn list<T: Into<Value>>(items: impl Iterator<Item = T>) -> Vec<Value> {
    items.map(Into::into).collect()
}

/// What the template calls the words of a key.
fn word(key: &str) -> String {
    key.split_once('.').map_or(key, |(_, name)| name).replace('-', "_")
}

fn name(severity: Severity) -> &'static str {
    Severity::ALL.iter().find(|(_, known)| *known == severity).map_or("", |(name, _)| name)
}

fn group_id(number: usize, year: Option<u16>) -> String {
    format!("g{number}-{}", year.unwrap_or(NO_YEAR))
}

/// How dark a cell of the map is: errors weigh most, advice alone is the lightest.
fn shade(cell: &Cell) -> usize {
    let grave = cell.errors * 3 + cell.warnings;
    if grave == 0 { 0 } else { SHADES.iter().filter(|bound| grave >= **bound).count() }
}
