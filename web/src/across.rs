//! Reports compared with each other: all of them by their digests, those with something against them read again. What
//! `gouji check` does in the second phase of a run.

use std::borrow::Cow;
use std::cell::RefCell;

use gouji::collection::{Builder, Collection, Entry, Judgement};
use gouji::reread::{self, Source};
use gouji::view::{Across, Report as View};
use gouji::{Digest, Language};
use serde::{Deserialize, Serialize};

use crate::files::{Within, checker, unpacked};

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
    #[serde(flatten)]
    across: Across,
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
    #[serde(flatten)]
    across: Across,
    reports: Vec<View>,
}

impl Gathered {
    /// As outputs have it.
    pub fn across(self) -> Across {
        let Self { mut across, reports } = self;
        reports.iter().for_each(|report| across.count_broken(report));
        across.findings = reports.iter().flat_map(View::across).collect();
        across
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
        let place = (&**path, part.as_deref());
        let reasons = reread::not_evaluated(&collection, entry, judgement, place, language);
        verdicts.across.add(judgement.tally, reasons);
        if !judgement.accusations.is_empty() {
            verdicts.accused.push(Accused { entry, beside: judgement.beside() });
        }
    }
    JUDGED.set(Some(Judged { collection, judgements }));
    Ok(verdicts)
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
    let unpacked =
        files.iter().zip(bytes).map(|(file, bytes)| unpacked(bytes, file.within.as_ref()).unwrap_or_default());
    let unpacked: Vec<Cow<'_, [u8]>> = unpacked.collect();
    let sources = files.iter().zip(&unpacked);
    let sources = sources.map(|(file, bytes)| Source { path: &file.path, bytes, reports: &file.reports });
    let sources: Vec<Source<'_>> = sources.collect();
    let Judged { collection, judgements } = judged;
    let view = reread::view(checker(), collection, (entry, &judgements[entry]), &sources, language)?;
    Some(serde_json::to_string(&view).expect("plain data always serializes"))
}
