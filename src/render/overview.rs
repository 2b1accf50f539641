//! What is counted over all reports: by agency and year, and by rule.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::options::Options;
use super::output::Part;
use crate::agencies::{Agencies, folded};
use crate::message::Language;
use crate::pack::Severity;
use crate::view::{Finding, Tally, Verdict};

/// So many agencies are counted one by one.
const AGENCIES: usize = 200_000;
/// The rule that a report is missing.
const MISSING: &str = "missing-report";

/// The counts of a run.
#[derive(Debug)]
pub struct Overview {
    /// In which language, and with which rules.
    options: Options,
    listed: Option<Agencies>,
    index: HashMap<String, usize>,
    /// Agencies by first mention; those on a list in its order.
    agencies: Vec<Agency>,
    /// All years there are; none for reports whose year is not known.
    years: BTreeSet<Option<u16>>,
    /// By code and severity: a rule may be graver for one figure than for another.
    pub rules: BTreeMap<(String, Severity), RuleCount>,
    /// Of all reports by themselves.
    pub outcomes: Tally,
    /// Reports missing.
    pub missing: usize,
    /// Reports of agencies beyond those that are counted one by one.
    pub further: usize,
}

/// An agency with its years.
#[derive(Debug, Clone, Default)]
pub struct Agency {
    /// None for reports whose agency is not known.
    pub name: Option<String>,
    pub cells: BTreeMap<Option<u16>, Cell>,
}

/// Counts of an agency and year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    pub reports: usize,
    pub passed: usize,
    pub with_findings: usize,
    pub unverifiable: usize,
    pub missing: usize,
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
}

/// The state of an agency in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Pass,
    Findings,
    Unverifiable,
    Missing,
}

/// How often a rule was broken, with one severity.
#[derive(Debug, Clone)]
pub struct RuleCount {
    pub name: String,
    pub says: String,
    pub severity: Severity,
    pub findings: usize,
    pub reports: usize,
}

impl Overview {
    /// Nothing counted yet.
    pub fn new(options: &Options, listed: Option<Agencies>) -> Self {
        Self {
            options: options.clone(),
            listed,
            index: HashMap::new(),
            agencies: Vec::new(),
            years: BTreeSet::new(),
            rules: BTreeMap::new(),
            outcomes: Tally::default(),
            missing: 0,
            further: 0,
        }
    }

    /// All years there are, last the reports whose year is not known.
    pub fn years(&self) -> impl Iterator<Item = Option<u16>> + Clone + '_ {
        let known = self.years.iter().copied().filter(Option::is_some);
        known.chain(self.years.contains(&None).then_some(None))
    }

    /// The language of what is said.
    pub fn language(&self) -> Language {
        self.options.language
    }

    /// Whether a finding says that a report is missing.
    pub fn is_missing(finding: &Finding) -> bool {
        finding.name == MISSING
    }

    /// Counts a part.
    pub fn add(&mut self, part: Part<'_>) {
        let report = part.report;
        self.years.insert(report.year);
        let mut seen = BTreeSet::new();
        for finding in &report.findings {
            let count = self.rules.entry((finding.code.clone(), finding.severity)).or_insert_with(|| {
                let says = self.options.rules.says(&finding.code, self.options.language);
                RuleCount {
                    name: finding.name.clone(),
                    says: says.unwrap_or(&finding.name).to_owned(),
                    severity: finding.severity,
                    findings: 0,
                    reports: 0,
                }
            });
            count.findings += 1;
            count.reports += usize::from(seen.insert((finding.code.as_str(), finding.severity)));
        }
        let cell = Cell::of(part);
        self.missing += cell.missing;
        if !part.is_across {
            self.outcomes.held += report.rules.held;
            self.outcomes.broken += report.rules.broken;
            self.outcomes.not_evaluated += report.rules.not_evaluated;
        }
        match self.agency(report.organization.as_deref()) {
            Some(agency) => {
                let counted = self.agencies[agency].cells.entry(report.year).or_default();
                counted.merge(&cell);
                part.before.into_iter().for_each(|before| counted.settle(before, report.verdict));
            }
            None => self.further += cell.reports,
        }
    }

    /// The number of an agency, one and the same for all its names; none where there are too many agencies.
    fn agency(&mut self, name: Option<&str>) -> Option<usize> {
        let listed = name.and_then(|name| self.listed.as_ref()?.find(name));
        let known = listed.map(|agency| self.listed.as_ref().map(|list| list.agencies[agency as usize].name.clone()));
        let name = known.flatten().or_else(|| name.map(str::to_owned));
        let key = name.as_deref().map_or_else(String::new, folded);
        if let Some(agency) = self.index.get(&key) {
            return Some(*agency);
        }
        if self.agencies.len() >= AGENCIES {
            return None;
        }
        self.index.insert(key, self.agencies.len());
        self.agencies.push(Agency { name, cells: BTreeMap::new() });
        Some(self.agencies.len() - 1)
    }

    /// The name under which an agency is counted.
    pub fn name_of<'a>(&'a self, name: Option<&'a str>) -> Option<&'a str> {
        let listed = self.listed.as_ref();
        name.map(|name| {
            listed.and_then(|list| Some(list.agencies[list.find(name)? as usize].name.as_str())).unwrap_or(name)
        })
    }

    /// All agencies in the order of the list, those that are not on it behind, by first mention.
    pub fn agencies(&self) -> Vec<&Agency> {
        let mut agencies: Vec<&Agency> = self.agencies.iter().collect();
        let place = |agency: &&Agency| {
            let listed = agency.name.as_deref().and_then(|name| self.listed.as_ref()?.find(name));
            (agency.name.is_none(), listed.is_none(), listed)
        };
        agencies.sort_by_key(place);
        agencies
    }

    /// All agencies, the worst first.
    pub fn worst(&self) -> Vec<&Agency> {
        let mut agencies = self.agencies();
        agencies.sort_by_key(|agency| {
            let total = agency.total();
            std::cmp::Reverse((total.errors, total.warnings, total.missing, total.unverifiable, total.advice))
        });
        agencies
    }

    /// The rules that were broken most first.
    pub fn rules_by_number(&self) -> Vec<(&str, &RuleCount)> {
        let mut rules: Vec<(&str, &RuleCount)> =
            self.rules.iter().map(|((code, _), rule)| (code.as_str(), rule)).collect();
        rules.sort_by_key(|(_, rule)| std::cmp::Reverse((rule.findings, rule.severity)));
        rules
    }

    /// All reports of a year.
    pub fn of_year(&self, year: Option<u16>) -> Cell {
        let mut total = Cell::default();
        self.agencies.iter().filter_map(|agency| agency.cells.get(&year)).for_each(|cell| total.merge(cell));
        total
    }
}

impl Agency {
    /// All its years together.
    pub fn total(&self) -> Cell {
        let mut total = Cell::default();
        self.cells.values().for_each(|cell| total.merge(cell));
        total
    }
}

impl Cell {
    fn of(part: Part<'_>) -> Self {
        let report = part.report;
        let mut cell = Self {
            reports: usize::from(!part.is_across),
            missing: report.findings.iter().filter(|finding| Overview::is_missing(finding)).count(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            advice: report.count(Severity::Advice),
            ..Self::default()
        };
        *cell.of_verdict(report.verdict) += usize::from(!part.is_across);
        cell
    }

    /// A report that is counted with the verdict `before` has another one in the end.
    fn settle(&mut self, before: Verdict, verdict: Verdict) {
        *self.of_verdict(before) -= 1;
        *self.of_verdict(verdict) += 1;
    }

    /// The reports with this verdict.
    fn of_verdict(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Pass => &mut self.passed,
            Verdict::Findings => &mut self.with_findings,
            Verdict::Unverifiable => &mut self.unverifiable,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.reports += other.reports;
        self.passed += other.passed;
        self.with_findings += other.with_findings;
        self.unverifiable += other.unverifiable;
        self.missing += other.missing;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
    }

    /// All findings.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// The state of the agency; none where there is neither a report nor a word on it.
    pub fn state(&self) -> Option<State> {
        if self.reports == 0 && self.missing > 0 {
            return Some(State::Missing);
        }
        if self.with_findings > 0 || self.errors + self.warnings > 0 {
            return Some(State::Findings);
        }
        if self.unverifiable > 0 {
            return Some(State::Unverifiable);
        }
        (self.reports > 0).then_some(State::Pass)
    }
}
