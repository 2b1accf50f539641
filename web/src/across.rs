//! Reports compared with each other: all of them by their digests, those with something against them read again. What
//! `gouji check` does in the second phase of a run.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use gouji::collection::{self, Beside, Builder, Collection, Entry, Judgement};
use gouji::view::{Across, Input, NotEvaluated, Report as View};
use gouji::{Bound, Checked, CheckedReport, Digest, Document, Language, Report, Tally};
use serde::{Deserialize, Serialize};

use crate::files::{Within, checker, unpacked};

/// So many reasons why a rule was not evaluated are kept.
const REASONS: usize = 10_000;

thread_local! {
    /// The reports that are being compared.
    static JUDGED: RefCell<Option<Judged>> = const { RefCell::new(None) };
}

struct Judged {
    collection: Collection,
    judgements: Vec<Judgement>,
}

/// A report, in the order of the run.
#[derive(Debug, Deserialize)]
pub(crate) struct Member {
    path: String,
    part: Option<String>,
    /// Of a file that follows no form or cannot be read, whose it is by its name.
    unread: Option<(String, u16)>,
    /// As JSON.
    digest: Option<String>,
}

/// How the comparison fared, before anybody has looked where anything is.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Verdicts {
    rules: Tally,
    not_evaluated: Vec<NotEvaluated>,
    more_not_evaluated: usize,
    /// The reports with something against them.
    accused: Vec<Accused>,
}

#[derive(Debug, Serialize)]
struct Accused {
    /// Its place among the members that have a digest.
    entry: Entry,
    /// The others that it is compared with.
    beside: Vec<Entry>,
}

/// A file whose reports are looked at again.
#[derive(Debug, Deserialize)]
pub(crate) struct File {
    path: String,
    within: Option<Within>,
    /// The reports in it that are meant, and which of the file's reports they are.
    reports: Vec<(Entry, Option<String>)>,
}

/// What is said across reports of one of them.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    /// As JSON; none where nothing is left to be said.
    view: Option<String>,
}

/// All that is said across reports.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Gathered {
    rules: Tally,
    not_evaluated: Vec<NotEvaluated>,
    more_not_evaluated: usize,
    reports: Vec<View>,
}

impl Gathered {
    /// As outputs have it.
    pub fn across(self) -> Across {
        let mut rules = self.rules;
        // Sums were counted when they were evaluated.
        let all = self.reports.iter().flat_map(|report| &report.findings).filter(|finding| finding.broken.is_empty());
        rules.broken += all.filter(|finding| finding.severity > gouji::Severity::Advice).count();
        Across {
            findings: self.reports.iter().flat_map(View::across).collect(),
            rules,
            not_evaluated: self.not_evaluated,
            more_not_evaluated: self.more_not_evaluated,
            suppressed: Vec::new(),
        }
    }
}

/// Compares all reports by their digests.
///
/// # Errors
/// When a digest is none.
pub(crate) fn judge(members: Vec<Member>, language: Language) -> Result<Verdicts, String> {
    let mut builder = Builder::new(checker().core(), checker().packs(), None);
    let mut reports = Vec::new();
    for Member { path, part, unread, digest } in members {
        if let Some((organization, year)) = unread {
            builder.add_unread(&organization, year);
        }
        if let Some(digest) = digest {
            builder.add(serde_json::from_str::<Digest>(&digest).map_err(|error| error.to_string())?);
            reports.push((path, part));
        }
    }
    if builder.is_lone() {
        return Ok(Verdicts::default());
    }
    let collection = builder.finish();
    let levels = |entry| checker().levels(Some(collection.pack(entry)));
    let judgements: Vec<Judgement> = (0..reports.len()).map(|entry| collection.judge(entry, levels(entry))).collect();
    let mut verdicts = Verdicts::default();
    for (entry, (judgement, (path, part))) in judgements.iter().zip(&reports).enumerate() {
        verdicts.rules.add(judgement.tally);
        let (organization, year) = collection.identity(entry);
        for because in &judgement.not_evaluated {
            if verdicts.not_evaluated.len() == REASONS {
                verdicts.more_not_evaluated += 1;
                continue;
            }
            verdicts.not_evaluated.push(NotEvaluated {
                path: path.clone(),
                part: part.clone(),
                organization: organization.to_owned(),
                year,
                because: because.say(language),
            });
        }
        if !judgement.accusations.is_empty() {
            verdicts.accused.push(Accused { entry, beside: judgement.beside() });
        }
    }
    JUDGED.set(Some(Judged { collection, judgements }));
    Ok(verdicts)
}

/// A file that is open.
struct Opened<'b> {
    path: Arc<str>,
    bytes: Cow<'b, [u8]>,
    reports: &'b [(Entry, Option<String>)],
}

impl<'b> Opened<'b> {
    fn new(file: &'b File, bytes: &'b [u8]) -> Option<Self> {
        let bytes = unpacked(bytes, file.within.as_ref()).ok()?;
        Some(Self { path: Arc::from(&*file.path), bytes, reports: &file.reports })
    }

    fn read(&self) -> Option<Document<'_>> {
        checker().read(&self.path, &self.bytes).ok()
    }
}

/// A file with its reports.
struct BoundFile<'a> {
    file: &'a Opened<'a>,
    document: &'a Document<'a>,
    bound: Vec<Bound<'a>>,
}

impl BoundFile<'_> {
    fn report(&self, entry: Entry) -> Option<Beside<'_>> {
        let (_, part) = self.file.reports.iter().find(|(known, _)| *known == entry)?;
        let part_of = |bound: &&Bound<'_>| bound.facts.part.as_ref().map(ToString::to_string) == *part;
        Some(Beside { entry, path: &self.file.path, bound: self.bound.iter().find(part_of)? })
    }

    /// A report of the file, with nothing said of it.
    fn blank(&self) -> Report {
        Report { encoding: self.document.encoding, ..Report::new(&self.file.path, self.document.format) }
    }

    fn input<'s>(&'s self, reports: &'s [CheckedReport]) -> Input<'s> {
        Input { reports, document: Some(self.document), bytes: &self.file.bytes, beside: &[], lines: None }
    }
}

/// Says where what is said against a report is; `files` has its own file first, then those that it is compared with.
///
/// # Errors
/// When nothing is being compared.
pub(crate) fn again(entry: Entry, files: &[File], bytes: &[&[u8]], language: Language) -> Result<Found, String> {
    JUDGED.with_borrow(|judged| {
        let judged = judged.as_ref().filter(|judged| entry < judged.judgements.len());
        let judged = judged.ok_or("no reports are being compared")?;
        Ok(Found { view: looked(judged, entry, files, bytes, language) })
    })
}

fn looked(judged: &Judged, entry: Entry, files: &[File], bytes: &[&[u8]], language: Language) -> Option<String> {
    let opened: Vec<Option<Opened<'_>>> =
        files.iter().zip(bytes).map(|(file, bytes)| Opened::new(file, bytes)).collect();
    let documents: Vec<Option<Document<'_>>> =
        opened.iter().map(|opened| opened.as_ref().and_then(Opened::read)).collect();
    let mut bound = opened.iter().zip(&documents).map(|(file, document)| {
        let (file, document) = (file.as_ref()?, document.as_ref()?);
        Some(BoundFile { file, document, bound: checker().bind(document).ok()? })
    });
    let own = bound.next()??;
    let others: Vec<BoundFile<'_>> = bound.flatten().collect();

    let judgement = &judged.judgements[entry];
    let own_report = own.report(entry)?;
    let every = || std::iter::once(&own).chain(&others);
    let beside = judgement.beside().into_iter().filter_map(|other| every().find_map(|file| file.report(other)));
    let beside: Vec<Beside<'_>> = beside.collect();
    let levels = checker().levels(Some(&own_report.bound.pack));
    let (organization, year) = judged.collection.identity(entry);
    let part = own_report.bound.facts.part.as_ref().map(ToString::to_string);
    let report = Report {
        part,
        organization: Some(organization.to_owned()),
        year: Some(year),
        pack: Some(own_report.bound.pack.id.clone()),
        findings: collection::findings(&judged.collection, levels, judgement, own_report, &beside),
        ..own.blank()
    };
    let checked = Checked::of(report).reports;
    let blanks: Vec<Vec<CheckedReport>> = others.iter().map(|file| Checked::of(file.blank()).reports).collect();
    let inputs: Vec<Input<'_>> = others.iter().zip(&blanks).map(|(file, reports)| file.input(reports)).collect();
    let view = View::all(Input { beside: &inputs, ..own.input(&checked) }, language).swap_remove(0);
    (!view.findings.is_empty()).then(|| serde_json::to_string(&view).expect("plain data always serializes"))
}
