//! Files: which are looked into, what lies in archives, each file checked by itself as the command checks it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use gouji::internal::archive::{Archive, Entry, Place};
use gouji::internal::message::Message;
use gouji::internal::{render, taken};
use gouji::view::{Input, Report};
use gouji::{Checked, Checker, Digest, Language, Limit, Severity, Unreadable, Verdict};
use serde::{Deserialize, Serialize};

/// A report that lies in an archive. Its file is the piece of the archive from its place on, as far as that reaches.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Within {
    /// Its name in the archive.
    name: String,
    place: Place,
    /// How much of the archive is to be handed in.
    #[serde(skip_deserializing)]
    reach: u64,
}

impl Within {
    /// Its name in the archive.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A file, and where it lies if that is in an archive.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    pub path: String,
    pub within: Option<Within>,
}

/// What the page has to know beforehand.
#[derive(Debug, Serialize)]
pub(crate) struct About {
    version: &'static str,
    forms: Vec<Form>,
    /// Seconds for one file.
    seconds: u64,
    /// Bytes of one file.
    file_bytes: u64,
    /// What files of reports and archives are called.
    extensions: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Form {
    id: String,
    name: String,
    from: Option<u16>,
    to: Option<u16>,
}

/// A file that is looked into.
#[derive(Debug, Serialize)]
pub(crate) struct Chosen {
    /// Its place among those that were asked about.
    index: usize,
    archive: bool,
    /// It is a marked copy of a report beside it, and is not checked.
    copy: bool,
}

/// What lies in an archive; nothing of it where the archive is a document.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Listed {
    document: bool,
    entries: Vec<ListedEntry>,
    warnings: Vec<String>,
}

/// A report in an archive: where it lies, or what is said of it as it cannot be read.
#[derive(Debug, Serialize)]
struct ListedEntry {
    path: String,
    within: Option<Within>,
    outcome: Option<Outcome>,
}

/// What came of a file.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    taken: Taken,
    reports: Vec<Said>,
}

impl Outcome {
    /// That of a file which we have written.
    fn own() -> Self {
        Self { taken: Taken::Own, reports: Vec::new() }
    }
}

/// What a file was taken for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Taken {
    Reports,
    /// Something that we have written.
    Own,
    /// Nothing that anybody would take for a report.
    Other,
}

/// A report: what a list shows of it, the whole, and what it is compared by.
#[derive(Debug, Serialize)]
pub(crate) struct Said {
    path: String,
    part: Option<String>,
    organization: Option<String>,
    year: Option<u16>,
    verdict: Verdict,
    counts: [usize; 3],
    has_form: bool,
    /// Why it cannot be verified, where no finding says so.
    unverified: Option<String>,
    /// Where each finding is, in words.
    places: Vec<Option<String>>,
    /// The view as JSON.
    view: String,
    /// As JSON.
    digest: Option<String>,
}

/// The checker with the forms that come with the program.
pub(crate) fn checker() -> &'static Checker {
    static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
        let checker = Checker::default();
        let packs = checker.packs().to_vec();
        checker.with_digests(&packs)
    });
    &CHECKER
}

pub(crate) fn about(language: Language) -> About {
    let form = |pack: &Arc<gouji::Pack>| Form {
        id: pack.id.clone(),
        name: language.pick(&pack.name).to_owned(),
        from: pack.years.from,
        to: pack.years.to,
    };
    let limits = checker().limits();
    About {
        version: env!("CARGO_PKG_VERSION"),
        forms: checker().packs().iter().map(form).collect(),
        seconds: limits.get(Limit::Seconds),
        file_bytes: limits.get(Limit::FileBytes),
        extensions: taken::EXTENSIONS.into_iter().chain(taken::DOUBTFUL).chain([taken::ARCHIVE]).collect(),
    }
}

/// Those that are looked into, in the order in which a folder is walked.
pub(crate) fn choose(paths: &[String]) -> Vec<Chosen> {
    // The folder that was chosen is never left out.
    let below = |path: &str| path.split_once('/').map_or_else(|| path.to_owned(), |(_, below)| below.to_owned());
    let mut chosen: Vec<(usize, &String)> =
        paths.iter().enumerate().filter(|(_, path)| taken::is_wanted(&below(path))).collect();
    chosen.sort_by(|(_, one), (_, other)| one.split('/').cmp(other.split('/')));
    let all: HashSet<&str> = paths.iter().map(String::as_str).collect();
    let is_copy = |path: &str| taken::is_copy(path, |original| all.contains(original));
    chosen
        .into_iter()
        .map(|(index, path)| Chosen { index, archive: taken::is_archive(path), copy: is_copy(path) })
        .collect()
}

/// The reports in an archive.
pub(crate) fn list(path: &str, bytes: &[u8], language: Language) -> Listed {
    let archive = Archive { name: path.to_owned(), stored: Box::new(Arc::<[u8]>::from(bytes)) };
    let refused =
        |path: String, why: &Unreadable| ListedEntry { outcome: Some(lost(&path, why, language)), path, within: None };
    let contents = match archive.contents() {
        Ok(Some(contents)) => contents,
        Ok(None) => return Listed { document: true, ..Listed::default() },
        Err(why) => return Listed { entries: vec![refused(path.to_owned(), &why)], ..Listed::default() },
    };
    let within =
        |entry: &Entry| Within { name: entry.name().to_owned(), place: entry.place(), reach: entry.place().reach() };
    let entry = |report: Result<Entry, (String, Unreadable)>| match report {
        Ok(entry) => {
            let outcome = entry.is_copy().then(Outcome::own);
            ListedEntry { path: entry.shown(), within: Some(within(&entry)), outcome }
        }
        Err((path, why)) => refused(path, &why),
    };
    let warning = |key| Message::new(key).with("path", path).say(language);
    let has_none = contents.reports.is_empty().then(|| warning("warning.no-reports"));
    let has_same_names = contents.has_same_names.then(|| warning("warning.same-names"));
    let warnings = has_none.into_iter().chain(has_same_names).collect();
    Listed { document: false, entries: contents.reports.into_iter().map(entry).collect(), warnings }
}

/// The bytes of a file, unpacked where it lies in an archive.
///
/// # Errors
/// When it cannot be.
pub(crate) fn unpacked<'b>(bytes: &'b [u8], within: Option<&Within>) -> Result<Cow<'b, [u8]>, Unreadable> {
    let Some(Within { name, place, .. }) = within else { return Ok(Cow::Borrowed(bytes)) };
    // The piece begins where the entry does.
    let place = Place { start: 0, ..*place };
    let piece: Arc<[u8]> = bytes.into();
    place.read(name, checker().limits(), || Ok(Box::new(Cursor::new(piece)))).map(Cow::Owned)
}

/// Checks a file.
pub(crate) fn check(path: &str, bytes: &[u8], within: Option<&Within>, is_named: bool, language: Language) -> Outcome {
    let bytes = match unpacked(bytes, within) {
        Ok(bytes) if taken::is_own(&bytes) => return Outcome::own(),
        Ok(bytes) => bytes,
        Err(why) => return lost(path, &why, language),
    };
    let name = within.map_or(path, |within| &within.name);
    // A folder or archive is named as well as a file is: all that is in it counts, but for names that say nothing.
    let is_doubtful = (within.is_some() || !is_named) && taken::is_doubtful(name);
    let checked = checker().check(path, &bytes);
    if taken::is_other(&checked, checker(), taken::least(is_doubtful, true)) {
        return Outcome { taken: Taken::Other, reports: Vec::new() };
    }
    outcome(&checked, &bytes, language)
}

/// What is said of a file that cannot be read.
pub(crate) fn lost(path: &str, why: &Unreadable, language: Language) -> Outcome {
    outcome(&checker().lost(path, why), &[], language)
}

/// What is said of a file that made a reader panic.
pub(crate) fn panicked(path: &str, bytes: &[u8], detail: &str, language: Language) -> Outcome {
    outcome(&checker().panicked(path, bytes, detail), &[], language)
}

pub(crate) fn late() -> Unreadable {
    Unreadable::TooLarge { what: Limit::Seconds, limit: checker().limits().get(Limit::Seconds) }
}

pub(crate) fn not_opened(detail: String) -> Unreadable {
    Unreadable::NotOpened { detail: (&std::io::Error::other(detail)).into() }
}

fn outcome(checked: &Checked<'_>, bytes: &[u8], language: Language) -> Outcome {
    let views = Report::all(Input::new(checked, bytes), language);
    let digests = checked.reports.iter().map(|report| report.digest.as_ref());
    let reports = views.iter().zip(digests).map(|(view, digest)| said(view, digest, language)).collect();
    Outcome { taken: Taken::Reports, reports }
}

fn said(view: &Report, digest: Option<&Digest>, language: Language) -> Said {
    let json = |value| serde_json::to_string(value).expect("plain data always serializes");
    Said {
        path: view.path.clone(),
        part: view.part.clone(),
        organization: view.organization.clone(),
        year: view.year,
        verdict: view.verdict,
        counts: [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| view.count(severity)),
        has_form: view.pack.is_some(),
        unverified: unverified(view, language),
        places: view.findings.iter().map(|finding| finding.whereabouts(language)).collect(),
        view: serde_json::to_string(view).expect("plain data always serializes"),
        digest: digest.map(json),
    }
}

/// Why a report cannot be verified, where no finding says so.
fn unverified(view: &Report, language: Language) -> Option<String> {
    let is_said = view.verdict != Verdict::Unverifiable || view.pack.is_none();
    if is_said { None } else { render::why_unverifiable(view).map(|why| why.say(language)) }
}
