//! A line a finding: `望江县商务局.md:31:34: 错误 GJ210 表三 · （一）予以公开 · 自然人：空白；按勾稽关系应为 21`.

use std::fmt::Write;

use super::options::Options;
use super::output::Output;
use super::words;
use crate::view::{Report, harmless};

/// A line a finding.
pub(super) struct Concise;

impl Output for Concise {
    fn has_summary(&self) -> bool {
        false
    }

    fn report(&self, options: &Options, report: &Report) -> String {
        let mut text = self.across(options, report);
        if let Some(why) = words::unverifiable(report, options.language) {
            writeln!(text, "{}: {why}", harmless(&report.name(options.language))).expect("strings take all");
        }
        text
    }

    fn across(&self, options: &Options, report: &Report) -> String {
        let mut text = String::new();
        for finding in &report.findings {
            let place = words::place(&report.path, finding, options.language);
            let severity = words::severity(finding.severity).say(options.language);
            let says = finding.line(options.language);
            writeln!(text, "{place}: {severity} {} {says}", finding.code).expect("strings take all");
        }
        text
    }
}
