//! What the template is given: words, counts and lists, ready to be put in their places.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::collected::{Agency, Cell, Drawing, Links, Overview, RuleCount, State};
use super::super::told::Finding;
use super::super::{Across, Summary, concise};
use super::{Kept, NOT_EVALUATED, ORGANS, Page, SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH};
use crate::message::{Language, Message};
use crate::pack::Severity;

/// The words of the page, by the last part of their keys.
const WORDS: [&str; 34] = [
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
    "table.organ",
    "table.year",
    "table.severity",
    "table.rule",
    "table.code",
    "table.findings-count",
    "table.reports",
    "table.file",
    "table.because",
    "table.total",
    "table.unknown-organ",
];
/// Shades of the map.
const SHADES: [usize; 4] = [1, 3, 6, 12];
/// The name of a year that is not known, in the ids of the page.
const NO_YEAR: u16 = 0;

#[derive(Serialize)]
pub(super) struct View {
    lang: &'static str,
    style: &'static str,
    script: &'static str,
    style_hash: &'static str,
    script_hash: &'static str,
    w: BTreeMap<String, String>,
    lead: Vec<String>,
    tiles: Vec<Tile>,
    rules: Vec<RuleView>,
    years: Vec<String>,
    agencies: Vec<AgencyView>,
    groups: Vec<Group>,
    severities: Vec<(&'static str, String)>,
    missing: Vec<FindingView>,
    not_evaluated: Vec<NotPutView>,
    /// What was cut, in the map, among the findings, among what was not evaluated.
    cut: Cut,
}

#[derive(Serialize)]
struct Cut {
    agencies: Option<String>,
    findings: Option<String>,
    missing: Option<String>,
    not_evaluated: Option<String>,
}

#[derive(Serialize)]
struct Tile {
    name: String,
    count: usize,
    class: &'static str,
}

#[derive(Serialize)]
struct RuleView {
    code: String,
    says: String,
    severity: &'static str,
    level: String,
    findings: usize,
    reports: usize,
    /// Of the longest bar, in thousandths.
    width: usize,
}

#[derive(Serialize)]
struct AgencyView {
    number: usize,
    name: String,
    cells: Vec<CellView>,
    total: usize,
}

#[derive(Serialize)]
struct CellView {
    class: String,
    text: String,
    title: String,
    year: String,
    /// The group of its findings, where they are listed.
    to: Option<String>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    agency: String,
    year: String,
    findings: Vec<FindingView>,
}

#[derive(Serialize)]
struct FindingView {
    level: String,
    is_across: bool,
    agency: String,
    year: String,
    path: String,
    address: String,
    severity: &'static str,
    code: String,
    name: String,
    place: String,
    message: String,
    notes: Vec<String>,
    help: Option<String>,
    found: Option<String>,
    expected: Option<String>,
    /// Where in the file.
    at: Option<String>,
    drawn: Vec<DrawingView>,
}

#[derive(Serialize)]
struct DrawingView {
    address: Option<String>,
    #[serde(flatten)]
    drawing: Drawing,
}

#[derive(Serialize)]
struct NotPutView {
    agency: String,
    year: String,
    path: String,
    address: String,
    because: String,
}

/// All that the page shows.
pub(super) fn of(page: &mut Page, across: &Across, summary: &Summary) -> View {
    let language = page.language;
    let findings = page.gravest();
    let missing = std::mem::take(&mut page.missing);
    let overview = &page.overview;
    let words = Words { language, links: &page.links };
    let listed = (findings.len(), findings.iter().filter(|kept| !kept.drawings.is_empty()).count());
    let worst = overview.worst();
    let count = summary.errors + summary.warnings + summary.advice;
    let of_missing = overview.missing;
    let further = worst.len().saturating_sub(ORGANS);
    let groups = words.groups(findings, &worst);
    let listed_groups: BTreeSet<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    View {
        lang: match language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        },
        style: STYLE,
        script: SCRIPT,
        style_hash: STYLE_HASH,
        script_hash: SCRIPT_HASH,
        w: WORDS.iter().map(|key| (word(key), words.say(key))).collect(),
        lead: lead(overview, across, summary, language),
        tiles: words.tiles(summary, of_missing),
        rules: words.rules(overview),
        years: overview.years.iter().map(|year| words.year(*year)).collect(),
        agencies: words.agencies(overview, &worst, &listed_groups),
        severities: Severity::ALL.iter().map(|(name, severity)| (*name, words.level(*severity))).collect(),
        cut: Cut {
            agencies: words.cut("page.cut-organs", further, worst.len()),
            findings: words.cut_findings(listed, count - of_missing.min(count)),
            missing: words.cut("page.cut-missing", of_missing.saturating_sub(missing.len()), of_missing),
            not_evaluated: words.cut(
                "page.cut-not-evaluated",
                page.more_not_evaluated,
                page.more_not_evaluated + NOT_EVALUATED,
            ),
        },
        groups,
        missing: missing.into_iter().map(|kept| words.finding(kept)).collect(),
        not_evaluated: page.not_evaluated.iter().map(|not| words.not_put(not)).collect(),
    }
}

/// What is said first: how many reports of how many agencies, and how the rules fared.
fn lead(overview: &Overview, across: &Across, summary: &Summary, language: Language) -> Vec<String> {
    let years: Vec<u16> = overview.years.iter().copied().flatten().collect();
    let mut lead = Vec::new();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        let message = if first == last { Message::new("page.one-year") } else { Message::new("page.span") };
        let message = message.with("organs", overview.agencies().len());
        let message = message.with("first", first.to_string()).with("last", last.to_string());
        lead.push(message.say(language));
    }
    lead.push(summary.message().say(language));
    if across.is_put() {
        lead.push(across.message().say(language));
    }
    lead
}

/// What is said, in one language, and where links lead.
struct Words<'a> {
    language: Language,
    links: &'a Links,
}

impl Words<'_> {
    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }

    fn level(&self, severity: Severity) -> String {
        concise::severity(severity).say(self.language)
    }

    fn agency(&self, name: Option<&str>) -> String {
        name.map_or_else(|| self.say("table.unknown-organ"), str::to_owned)
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
        (listed > super::DRAWN).then(|| Message::new("page.cut-drawings").with("drawn", drawn).say(self.language))
    }

    fn tiles(&self, summary: &Summary, missing: usize) -> Vec<Tile> {
        let tile = |key, count, class| Tile { name: self.say(key), count, class };
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

    fn rules(&self, overview: &Overview) -> Vec<RuleView> {
        let rules = overview.rules_by_number();
        let most = rules.first().map_or(1, |(_, rule)| rule.findings.max(1));
        let view = |(code, rule): &(&str, &RuleCount)| RuleView {
            code: (*code).to_owned(),
            says: rule.says.clone(),
            severity: name(rule.severity),
            level: self.level(rule.severity),
            findings: rule.findings,
            reports: rule.reports,
            width: (rule.findings * 1000 / most).max(8),
        };
        rules.iter().map(view).collect()
    }

    fn agencies(&self, overview: &Overview, worst: &[&Agency], groups: &BTreeSet<&str>) -> Vec<AgencyView> {
        let view = |(number, agency): (usize, &&Agency)| AgencyView {
            number,
            name: self.agency(agency.name.as_deref()),
            cells: overview.years.iter().map(|year| self.cell(number, agency, *year, groups)).collect(),
            total: agency.total().findings(),
        };
        worst.iter().take(ORGANS).enumerate().map(view).collect()
    }

    fn cell(&self, number: usize, agency: &Agency, year: Option<u16>, groups: &BTreeSet<&str>) -> CellView {
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
        CellView {
            class,
            text,
            title: if word.is_empty() { whose } else { format!("{whose}: {word}") },
            year: self.year(year),
            to: Some(group_id(number, year)).filter(|id| groups.contains(id.as_str())),
        }
    }

    fn counts(&self, cell: &Cell) -> String {
        let counts =
            [(Severity::Error, cell.errors), (Severity::Warning, cell.warnings), (Severity::Advice, cell.advice)];
        let told = counts.iter().filter(|(_, count)| *count > 0);
        told.map(|(severity, count)| format!("{} {count}", self.level(*severity))).collect::<Vec<_>>().join(" · ")
    }

    /// The findings by agency and year, in the order of the map.
    fn groups(&self, findings: Vec<Kept>, worst: &[&Agency]) -> Vec<Group> {
        let numbers: BTreeMap<Option<&str>, usize> =
            worst.iter().enumerate().map(|(number, agency)| (agency.name.as_deref(), number)).collect();
        let mut groups: BTreeMap<(usize, std::cmp::Reverse<Option<u16>>), Vec<Kept>> = BTreeMap::new();
        for kept in findings {
            let number = numbers.get(&kept.agency.as_deref()).copied().unwrap_or(worst.len());
            groups.entry((number, std::cmp::Reverse(kept.year))).or_default().push(kept);
        }
        let group = |((number, std::cmp::Reverse(year)), kept): ((usize, _), Vec<Kept>)| Group {
            id: group_id(number, year),
            agency: self.agency(kept.first().and_then(|kept| kept.agency.as_deref())),
            year: self.year(year),
            findings: kept.into_iter().map(|kept| self.finding(kept)).collect(),
        };
        groups.into_iter().map(group).collect()
    }

    fn finding(&self, kept: Kept) -> FindingView {
        let Kept { agency, year, path, told, drawings, is_across } = kept;
        let drawn = drawings.into_iter().map(|drawing| DrawingView {
            address: drawing.path.as_deref().map(|path| self.links.address(path)),
            drawing,
        });
        let Finding { severity, code, name, place, sentence, notes, help, found, expected, location, .. } = told;
        FindingView {
            level: self.level(severity),
            is_across,
            agency: self.agency(agency.as_deref()),
            year: self.year(year),
            address: self.links.address(&path),
            path,
            severity: self::name(severity),
            code,
            name,
            place,
            message: sentence,
            notes,
            help,
            found,
            expected,
            at: location.map(|location| location.inside(self.language)),
            drawn: drawn.collect(),
        }
    }

    fn not_put(&self, not: &super::NotPut) -> NotPutView {
        NotPutView {
            agency: self.agency(not.agency.as_deref()),
            year: self.year(not.year),
            path: not.path.clone(),
            address: self.links.address(&not.path),
            because: not.because.clone(),
        }
    }
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
