//! The second phase of a run: the reports against each other.

mod again;

use std::sync::Arc;

use super::super::agencies::List;
use super::super::streams::say;
use super::accepting::Remark;
use super::overrides::Unused;
use super::reporter::Rendered;
use super::run::{Gathered, Run};
use crate::checker::Checked;
use crate::collection::Collection;
use crate::document::{Document, Format};
use crate::message::Message;
use crate::parallel;
use crate::report::Report;
use crate::suppress::{Compared, Scope, Used};
use crate::view::{Input, Lines};
use again::{Done, Files, LookAgain};

impl Run {
    /// Compares the reports with each other and writes the findings.
    pub fn across(&mut self, gathered: Gathered) {
        self.outputs.begin_across();
        // Reports that are still to come may be those that seem to be missing.
        self.summary.interrupted |= self.interrupt.is_interrupted();
        if self.summary.interrupted {
            return;
        }
        self.compared = match (gathered.builder.is_lone(), &gathered.list) {
            (true, _) => Compared::Nothing,
            (false, None) => Compared::Reports,
            (false, Some(_)) => Compared::ReportsAndList,
        };
        if self.compared != Compared::Nothing {
            self.compare(gathered);
        }
        self.write_remarks();
    }

    fn compare(&mut self, gathered: Gathered) {
        let collection = Arc::new(gathered.builder.finish());
        let files = Files::new(gathered.files);
        let entries = files.entries();
        let work = LookAgain { collection: Arc::clone(&collection), files, reporter: self.reporter.clone() };
        parallel::ordered(entries.into_iter(), self.jobs, self.longest(), work, |done| {
            done.into_iter().all(|done| self.take(done))
        });
        if let Some(list) = &gathered.list {
            self.write_missing(&collection, list);
        }
    }

    fn take(&mut self, done: Done) -> bool {
        self.across.add(done.tally, done.not_evaluated);
        if let Some(path) = done.gone {
            say(&Message::new("warning.gone").with("path", path), self.reporter.language);
        }
        done.rendered.is_none_or(|rendered| {
            self.across.count_broken(&rendered.view);
            self.write_across(rendered)
        })
    }

    fn write_across(&mut self, rendered: Rendered) -> bool {
        self.across.suppressed.extend(rendered.view.suppressed_across());
        self.write(rendered)
    }

    /// Writes which reports the list of agencies asks for and nobody has handed in.
    fn write_missing(&mut self, collection: &Collection, list: &List) {
        let Some(agencies) = collection.agencies() else { return };
        let (missing, thin) = collection.missing();
        for thin in thin {
            let message = Message::new("warning.agencies").with("path", list.path.as_str());
            say(&message.with("detail", thin.message()), self.reporter.language);
        }
        let lines = Lines::new(&list.bytes, agencies.encoding);
        for missing in missing {
            let agency = &agencies.agencies[missing.agency].name;
            let checker = self.reporter.checkers.of_report(&list.path, Some(agency));
            let Some(finding) = collection.missing_report(missing, checker.levels(None)) else { continue };
            let mut report = Report {
                encoding: agencies.encoding,
                organization: Some(agency.clone()),
                year: Some(missing.year),
                findings: vec![finding],
                ..Report::new(&list.path, Format::Text)
            };
            let scope = Scope::Across { others: &[], has_list: true };
            let used = self.reporter.acceptor.apply(&mut report, scope, None, checker.levels(None));
            let rendered = self.of_list(list, &lines, report, used);
            self.across.count_broken(&rendered.view);
            if !self.write_across(rendered) {
                return;
            }
        }
    }

    /// Writes what is wrong with the files that say what is accepted.
    fn write_remarks(&mut self) {
        let is_lone = self.summary.reports < 2;
        let remarks = self.accepting.remarks(self.reporter.checkers.base(), is_lone, self.compared);
        let of_overrides = self.unused_overrides();
        let mut remarks = remarks.into_iter().chain(of_overrides.into_iter().map(Unused::remark)).peekable();
        // The lines of a list are counted once, however many remarks there are on it.
        while let Some(list) = remarks.peek().map(|remark| Arc::clone(&remark.list)) {
            let lines = Lines::new(&list.bytes, None);
            while let Some(remark) = remarks.next_if(|remark| Arc::ptr_eq(&remark.list, &list)) {
                let Remark { finding, organization, year, .. } = remark;
                let report =
                    Report { organization, year, findings: vec![finding], ..Report::new(&list.path, Format::Text) };
                let rendered = self.of_list(&list, &lines, report, Used::default());
                if !self.write_across(rendered) {
                    return;
                }
            }
        }
    }

    /// Findings in a list, drawn in its lines as in those of any text.
    fn of_list(&self, list: &List, lines: &Lines<'_>, report: Report, used: Used) -> Rendered {
        let document = Document::blank(Format::Text, report.encoding);
        let checked = Checked { document: Some(document), ..Checked::of(report) };
        self.reporter.across(Input { lines: Some(lines), ..Input::new(&checked, &list.bytes) }, None, used)
    }
}
