//! A report with something against it, in its file, beside those that it is compared with.

use std::sync::Arc;

use crate::bind::Bound;
use crate::checker::{Checked, CheckedReport};
use crate::collection::{self, Beside, Collection, Entry, Judgement};
use crate::document::Document;
use crate::message::{Language, Message};
use crate::pack::Levels;
use crate::report::Report;
use crate::view::{Input, NotEvaluated};

/// A file that was read again.
#[derive(Debug)]
pub struct File<'a> {
    pub path: &'a Arc<str>,
    pub bytes: &'a [u8],
    pub document: &'a Document<'a>,
    /// Those of its reports that are asked for.
    pub reports: Vec<(Entry, &'a Bound<'a>)>,
}

impl File<'_> {
    fn report(&self, entry: Entry) -> Option<Beside<'_>> {
        let (_, bound) = self.reports.iter().find(|(known, _)| *known == entry)?;
        Some(Beside { entry, path: self.path, bound })
    }

    /// A report of the file, with nothing said of it.
    fn blank(&self) -> Report {
        Report { encoding: self.document.encoding, ..Report::new(self.path, self.document.format) }
    }

    fn input<'s>(&'s self, reports: &'s [CheckedReport]) -> Input<'s> {
        Input { reports, document: Some(self.document), bytes: self.bytes, beside: &[], lines: None }
    }
}

/// A report with something against it.
#[derive(Debug)]
pub struct Accused<'a> {
    pub collection: &'a Collection,
    pub entry: Entry,
    pub judgement: &'a Judgement,
    /// The file it is in.
    pub own: &'a File<'a>,
    /// The files of the others that [`Judgement::beside`] asks for.
    pub others: &'a [File<'a>],
}

impl Accused<'_> {
    /// What the other reports say of it, each rule weighing what `levels` say; none where its file does not hold it any more.
    pub fn report(&self, levels: &Levels) -> Option<Report> {
        let own = self.own.report(self.entry)?;
        let every = || std::iter::once(self.own).chain(self.others);
        let beside = self.judgement.beside().into_iter();
        let beside: Vec<Beside<'_>> = beside.filter_map(|other| every().find_map(|file| file.report(other))).collect();
        let (organization, year) = self.collection.identity(self.entry);
        Some(Report {
            part: own.bound.facts.part.as_ref().map(ToString::to_string),
            organization: Some(organization.to_owned()),
            year: Some(year),
            pack: Some(own.bound.pack.id.clone()),
            findings: collection::findings(self.collection, levels, self.judgement, own, &beside),
            ..self.own.blank()
        })
    }

    /// Shows `report`, which is what is said of it, with all files that are drawn.
    pub fn show<R>(&self, report: Report, show: impl FnOnce(Input<'_>) -> R) -> R {
        let checked = Checked::of(report).reports;
        let blanks: Vec<Vec<CheckedReport>> =
            self.others.iter().map(|file| Checked::of(file.blank()).reports).collect();
        let beside: Vec<Input<'_>> = self.others.iter().zip(&blanks).map(|(file, blank)| file.input(blank)).collect();
        show(Input { beside: &beside, ..self.own.input(&checked) })
    }
}

/// The report of a file that is called `part`, or has no name because it is the only one.
pub fn report_of<'a>(reports: &'a [Bound<'a>], part: Option<&str>) -> Option<&'a Bound<'a>> {
    reports.iter().find(|bound| bound.facts.part.as_ref().map(ToString::to_string).as_deref() == part)
}

/// Why rules across reports were not evaluated for the report `entry`, which is in the file `path`.
pub fn not_evaluated(
    collection: &Collection,
    entry: Entry,
    judgement: &Judgement,
    (path, part): (&str, Option<&str>),
    language: Language,
) -> Vec<NotEvaluated> {
    let (organization, year) = collection.identity(entry);
    let reason = |because: &Message| NotEvaluated {
        path: path.to_owned(),
        part: part.map(str::to_owned),
        organization: organization.to_owned(),
        year,
        because: because.say(language),
    };
    judgement.not_evaluated.iter().map(reason).collect()
}
