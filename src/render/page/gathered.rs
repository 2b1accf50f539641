//! What is kept of all reports until the page is written.

use super::super::address::slashed;
use super::super::links::Links;
use super::super::options::Options;
use super::super::output::{Part, Setting};
use super::super::overview::Overview;
use super::super::words;
use crate::message::Language;
use crate::pack::Severity;
use crate::view::Finding;

/// So many findings are listed, the gravest; of these so many are drawn.
pub(super) const LISTED: usize = 5_000;
pub(super) const DRAWN: usize = 1_000;
/// So many of what was not evaluated are listed.
pub(super) const NOT_EVALUATED: usize = 1_000;

/// Gathers what the page shows.
#[derive(Debug)]
pub(super) struct Gathered {
    pub language: Language,
    /// The day of the run.
    pub day: Option<String>,
    /// The folder that all reports so far lie in, as they were named.
    pub folder: Option<String>,
    pub links: Links,
    pub overview: Overview,
    /// By severity, the lightest first.
    findings: [Vec<Kept>; 3],
    pub missing: Vec<Kept>,
    pub not_evaluated: Vec<NotPut>,
    pub more_not_evaluated: usize,
}

/// A finding with whose it is.
#[derive(Debug)]
pub(super) struct Kept {
    pub agency: Option<String>,
    pub year: Option<u16>,
    pub path: String,
    pub part: Option<String>,
    pub finding: Finding,
    pub is_across: bool,
}

/// What was not evaluated, and why.
#[derive(Debug)]
pub(super) struct NotPut {
    pub agency: Option<String>,
    pub year: Option<u16>,
    pub path: String,
    pub part: Option<String>,
    pub because: String,
}

impl Kept {
    /// Whether something is drawn of it.
    pub fn is_drawn(&self) -> bool {
        self.finding.excerpts.iter().any(|excerpt| !excerpt.pieces.is_empty())
    }
}

/// The folder that two folders lie in, or are.
fn common(one: &str, other: &str) -> String {
    let parts = one.split('/').zip(other.split('/')).take_while(|(own, other)| own == other);
    parts.map(|(part, _)| part).collect::<Vec<_>>().join("/")
}

impl Gathered {
    pub fn new(options: &Options, setting: Setting<'_>) -> Self {
        Self {
            language: options.language,
            day: options.day.clone(),
            folder: None,
            links: setting.links,
            overview: Overview::new(options, setting.agencies),
            findings: Default::default(),
            missing: Vec::new(),
            not_evaluated: Vec::new(),
            more_not_evaluated: 0,
        }
    }

    /// Keeps what the page shows of a report.
    pub fn keep(&mut self, part: Part<'_>) {
        self.overview.add(part);
        let Part { report, is_across, .. } = part;
        if !is_across {
            let path = slashed(&report.path);
            let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.folder = Some(self.folder.take().map_or_else(|| own.to_owned(), |folder| common(&folder, own)));
        }
        let agency = self.overview.name_of(report.organization.as_deref()).map(str::to_owned);
        if let Some(because) = words::why_unverifiable(report).filter(|_| !is_across) {
            let because = because.say(self.language);
            self.not_put(NotPut {
                agency: agency.clone(),
                year: report.year,
                path: report.path.clone(),
                part: report.part.clone(),
                because,
            });
        }
        for finding in &report.findings {
            let is_missing = Overview::is_missing(finding);
            let list = match finding.severity {
                _ if is_missing => &mut self.missing,
                Severity::Advice => &mut self.findings[0],
                Severity::Warning => &mut self.findings[1],
                Severity::Error => &mut self.findings[2],
            };
            if list.len() >= LISTED {
                continue;
            }
            let mut finding = finding.clone();
            if list.len() >= DRAWN || is_missing {
                finding.excerpts = Vec::new();
            }
            // What the page does not show is not kept; labels are said at their marks.
            finding.suspects.truncate(1);
            if finding.excerpts.is_empty() {
                finding.labels = Vec::new();
            }
            let (agency, path, part) = (agency.clone(), report.path.clone(), report.part.clone());
            list.push(Kept { agency, year: report.year, path, part, finding, is_across });
        }
    }

    pub fn not_put(&mut self, not: NotPut) {
        if self.not_evaluated.len() < NOT_EVALUATED {
            self.not_evaluated.push(not);
        } else {
            self.more_not_evaluated += 1;
        }
    }

    /// The gravest findings, those beyond [`DRAWN`] without drawings.
    pub fn gravest(&mut self) -> Vec<Kept> {
        let all = std::mem::take(&mut self.findings).into_iter().rev().flatten();
        let mut findings: Vec<Kept> = all.take(LISTED).collect();
        findings.iter_mut().skip(DRAWN).for_each(|kept| kept.finding.excerpts.clear());
        findings
    }
}
