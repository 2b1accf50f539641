//! Files read again by one checker.

use std::sync::Arc;

use super::accused::{Accused, File, report_of};
use crate::checker::Checker;
use crate::collection::{Collection, Entry, Judgement};
use crate::message::Language;
use crate::view::Report;

/// A file that is to be read again.
#[derive(Debug)]
pub struct Source<'a> {
    pub path: &'a str,
    pub bytes: &'a [u8],
    /// The reports in it that are meant, and which of the file's reports they are.
    pub reports: &'a [(Entry, Option<String>)],
}

/// What the others say of the report `entry`, where one checker is that of all reports: `sources` are its own file and those of
/// the others that [`Judgement::beside`] asks for. None where nothing is left to be said, or a file is not what it was.
pub fn view(
    checker: &Checker,
    collection: &Collection,
    (entry, judgement): (Entry, &Judgement),
    sources: &[Source<'_>],
    language: Language,
) -> Option<Report> {
    let paths: Vec<Arc<str>> = sources.iter().map(|source| Arc::from(source.path)).collect();
    let mut documents = Vec::with_capacity(sources.len());
    for (source, path) in sources.iter().zip(&paths) {
        documents.push(checker.read(path, source.bytes).ok());
    }
    let mut bound = Vec::with_capacity(sources.len());
    for document in &documents {
        bound.push(document.as_ref().and_then(|document| checker.bind(document).ok()).unwrap_or_default());
    }
    let file = |at: usize| {
        let Source { bytes, reports, .. } = sources[at];
        let report = |(entry, part): &(Entry, Option<String>)| Some((*entry, report_of(&bound[at], part.as_deref())?));
        let reports = reports.iter().filter_map(report).collect();
        Some(File { path: &paths[at], bytes, document: documents[at].as_ref()?, reports })
    };
    let own = file(0)?;
    let others: Vec<File<'_>> = (1..sources.len()).filter_map(file).collect();
    let accused = Accused { collection, entry, judgement, own: &own, others: &others };
    let report = accused.report(checker.levels(Some(collection.pack(entry))))?;
    let view = accused.show(report, |input| Report::all(input, language).swap_remove(0));
    (!view.findings.is_empty()).then_some(view)
}
