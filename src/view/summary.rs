//! Counts over all reports of a run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::{Report, Suppressed};
use crate::finding::Suppression;
use crate::message::{Argument, Message};
use crate::pack::Severity;
use crate::report::Verdict;

/// Counts over all reports of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub reports: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
    /// Reports by their verdicts.
    #[serde(default)]
    pub passed: usize,
    #[serde(default)]
    pub with_findings: usize,
    #[serde(default)]
    pub unverifiable: usize,
    /// Findings that were accepted: those of the baseline, and those that are waived.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub in_baseline: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub waived: usize,
    /// Files that were found in folders and are no reports.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// The run was interrupted: there may be more reports, and they were not compared.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
}

pub(super) fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Summary {
    /// Counts one report.
    pub fn add(&mut self, report: &Report, is_unreadable: bool) {
        self.reports += 1;
        *self.of(report.verdict) += 1;
        self.unreadable += usize::from(is_unreadable);
        self.add_across(report);
    }

    /// A report that counts with the verdict `before` has another one, now that the others are known.
    pub fn settle(&mut self, before: Verdict, verdict: Verdict) {
        *self.of(before) -= 1;
        *self.of(verdict) += 1;
    }

    /// The reports with this verdict.
    fn of(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Pass => &mut self.passed,
            Verdict::Findings => &mut self.with_findings,
            Verdict::Unverifiable => &mut self.unverifiable,
        }
    }

    /// Counts findings across reports, which belong to none of them alone.
    pub fn add_across(&mut self, report: &Report) {
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.advice += report.count(Severity::Advice);
        let of_baseline = |own: &&Suppressed| own.suppression == Suppression::Baseline;
        let in_baseline = report.suppressed.iter().filter(of_baseline).count();
        self.in_baseline += in_baseline;
        self.waived += report.suppressed.len() - in_baseline;
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        self.reports += other.reports;
        self.passed += other.passed;
        self.with_findings += other.with_findings;
        self.unverifiable += other.unverifiable;
        self.unreadable += other.unreadable;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
        self.in_baseline += other.in_baseline;
        self.waived += other.waived;
        self.left_out += other.left_out;
        self.interrupted |= other.interrupted;
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// In a sentence.
    pub fn message(&self) -> Message {
        Message::new("run.summary")
            .with("reports", self.reports)
            .with("passed", self.passed)
            .with("with_findings", self.with_findings)
            .with("unverifiable", self.unverifiable)
            .with("errors", self.errors)
            .with("warnings", self.warnings)
            .with("advice", self.advice)
            .with("accepted", self.accepted())
            .with("left_out", self.others())
    }

    /// What was left out, in a sentence; nothing where nothing was.
    fn others(&self) -> Argument {
        match self.left_out {
            0 => "".into(),
            count => Message::new("run.left-out").with("count", count).into(),
        }
    }

    /// What was accepted, in a sentence; nothing where nothing was.
    pub fn accepted(&self) -> Argument {
        let in_baseline = |key| Message::new(key).with("in_baseline", self.in_baseline);
        match (self.in_baseline, self.waived) {
            (0, 0) => "".into(),
            (_, 0) => in_baseline("run.accepted.baseline").into(),
            (0, waived) => Message::new("run.accepted.waived").with("waived", waived).into(),
            (_, waived) => in_baseline("run.accepted").with("waived", waived).into(),
        }
    }
}
