//! The first stage: files in, a row for each report out. Of a row only the digest is ever sent to others.

use std::io::{self, Cursor};
use std::sync::Arc;
use std::time::Duration;

use gouji::collection::Ground;
use gouji::internal::agencies::folded;
use gouji::internal::archive::{Archive, Bytes, Contents, Entry, Stored};
use gouji::internal::parallel::{self, Lost, Work};
use gouji::internal::taken;
use gouji::render::{Format, Options, Written};
use gouji::view::{Input, Report};
use gouji::{Checked, CheckedReport, Checker, Language, Limit, Unreadable};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyDict;

use super::Kernel;

/// A file as it comes: its path as it is shown, its bytes, or why there are none.
pub(super) type Given = (String, Option<PyBackedBytes>, Option<String>);

/// A report, or a file that is none.
#[derive(Debug, Default)]
struct Row {
    /// Which of the given files.
    source: usize,
    /// By this all rows are in the order in which the command comes by the reports.
    order: String,
    /// The file, as it is shown.
    path: String,
    /// Where it lies in its archive.
    place: Option<Vec<u8>>,
    /// It is a report.
    is_report: bool,
    /// The file of which this is a marked copy, if that is there.
    copy_of: Option<String>,
    part: Option<String>,
    format: String,
    pack: Option<String>,
    family: Option<u16>,
    organization: Option<String>,
    /// The same as names are compared.
    folded: Option<String>,
    year: Option<u16>,
    verdict: &'static str,
    is_unreadable: bool,
    counts: [usize; 3],
    /// What of its digest others are compared by: its figures, whether they are telling, its sentences.
    figures: Option<Vec<u8>>,
    is_telling: bool,
    hashes: Vec<u32>,
    digest: Option<Vec<u8>>,
    line: Option<String>,
}

/// Checks files; a column each for what their reports have.
#[pyfunction]
pub(crate) fn read<'py>(py: Python<'py>, kernel: &Kernel, files: Vec<Given>) -> PyResult<Bound<'py, PyDict>> {
    let rows = py.detach(|| kernel.rows(files));
    let columns = PyDict::new(py);
    macro_rules! columns {
        ($($name:ident: $value:expr),+ $(,)?) => {
            $(columns.set_item(stringify!($name), rows.iter().map($value).collect::<Vec<_>>())?;)+
        };
    }
    columns! {
        source: |row| row.source,
        id: |row| hash(row.order.as_bytes()),
        position: |row| row.order.as_str(),
        path: |row| row.path.as_str(),
        place: |row| row.place.as_deref(),
        is_report: |row| row.is_report,
        copy_of: |row| row.copy_of.as_deref(),
        part: |row| row.part.as_deref(),
        format: |row| row.format.as_str(),
        pack: |row| row.pack.as_deref(),
        family: |row| row.family,
        organization: |row| row.organization.as_deref(),
        folded: |row| row.folded.as_deref(),
        year: |row| row.year,
        verdict: |row| row.verdict,
        is_unreadable: |row| row.is_unreadable,
        errors: |row| row.counts[0],
        warnings: |row| row.counts[1],
        advice: |row| row.counts[2],
        figures: |row| row.figures.as_deref(),
        is_telling: |row| row.is_telling,
        hashes: |row| row.hashes.as_slice(),
        digest: |row| row.digest.as_deref(),
        line: |row| row.line.as_deref(),
    }
    Ok(columns)
}

/// Equal where the bytes are, as good as certainly.
fn hash(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    short
}

impl Kernel {
    fn rows(&self, files: Vec<Given>) -> Vec<Row> {
        let reader =
            Reader { checker: Arc::clone(&self.checker), ground: Arc::clone(&self.ground), language: self.language };
        let longest = Duration::from_secs(self.checker.limits().seconds);
        let mut rows = Vec::new();
        parallel::ordered(files.into_iter().enumerate().flat_map(opened), 1, longest, reader, |done| {
            rows.extend(done);
            true
        });
        rows
    }
}

/// What one report is read from.
pub(super) enum Item {
    File { source: usize, path: String, bytes: Held },
    Entry { source: usize, entry: Entry, twin: usize },
    Unreadable { source: usize, path: String, why: Unreadable },
}

/// Bytes that Python holds.
#[derive(Debug, Clone)]
pub(super) struct Held(pub Arc<PyBackedBytes>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Stored for Held {
    fn open(&self) -> io::Result<Box<dyn Bytes>> {
        Ok(Box::new(Cursor::new(self.clone())))
    }
}

/// The reports of a file that is an archive; any other as it is. What nobody would look into comes to nothing.
pub(super) fn opened((source, (path, bytes, why)): (usize, Given)) -> Vec<Item> {
    let Some(bytes) = bytes else {
        let detail = why.unwrap_or_else(|| "no content".to_owned());
        let why = Unreadable::NotOpened { detail: (&io::Error::other(detail)).into() };
        return vec![Item::Unreadable { source, path, why }];
    };
    if !taken::is_wanted(&path) {
        return Vec::new();
    }
    let bytes = Held(Arc::new(bytes));
    if !taken::is_archive(&path) {
        return vec![Item::File { source, path, bytes }];
    }
    let contents = || Archive { name: path.clone(), stored: Box::new(bytes.clone()) }.contents();
    let contents = std::panic::catch_unwind(std::panic::AssertUnwindSafe(contents));
    match contents.unwrap_or_else(|panic| Err(Unreadable::panicked(&*panic))) {
        Ok(Some(Contents { reports, .. })) => entries(source, reports),
        Ok(None) => vec![Item::File { source, path, bytes }],
        Err(why) => vec![Item::Unreadable { source, path, why }],
    }
}

fn entries(source: usize, reports: Vec<Result<Entry, (String, Unreadable)>>) -> Vec<Item> {
    let (mut last, mut twin) = (String::new(), 0);
    let item = |report| match report {
        Ok(entry) => {
            let entry: Entry = entry;
            // Two names may be shown alike.
            twin = if entry.shown() == last { twin + 1 } else { 0 };
            last = entry.shown();
            Item::Entry { source, entry, twin }
        }
        Err((path, why)) => Item::Unreadable { source, path, why },
    };
    reports.into_iter().map(item).collect()
}

struct Reader {
    checker: Arc<Checker>,
    ground: Arc<Ground>,
    language: Language,
}

impl Work for Reader {
    type Item = Item;
    type Done = Vec<Row>;

    fn work(&self, item: Item) -> Vec<Row> {
        match item {
            Item::Unreadable { source, path, why } => self.unreadable(source, &path, &why),
            Item::File { source, path, bytes } => {
                let mut copy_of = None;
                taken::is_copy(&path, |original| {
                    copy_of = Some(original.to_owned());
                    false
                });
                let least = taken::least(taken::is_doubtful(&path), false);
                let rows = self.rows(&path, bytes.as_ref(), least);
                rows.into_iter().map(|row| Row { source, copy_of: copy_of.clone(), ..row }).collect()
            }
            Item::Entry { source, entry, twin } => {
                let path = entry.shown();
                let place = serde_json::to_vec(&(entry.name(), entry.place())).ok();
                let rows = match entry.read(self.checker.limits()) {
                    _ if entry.is_copy() => vec![Row::none(&path)],
                    Ok(bytes) => self.rows(&path, &bytes, taken::least(entry.is_doubtful(), false)),
                    Err(why) => self.unreadable(source, &path, &why),
                };
                let of_twin = |row: Row| Row { order: numbered(&path, twin, number_of(&row.order)), ..row };
                rows.into_iter().map(|row| Row { source, place: place.clone(), ..of_twin(row) }).collect()
            }
        }
    }

    fn name(&self, item: &Item) -> String {
        let (source, path) = match item {
            Item::File { source, path, .. } | Item::Unreadable { source, path, .. } => (source, path.clone()),
            Item::Entry { source, entry, .. } => (source, entry.shown()),
        };
        format!("{source} {path}")
    }

    fn lost(&self, name: &str, why: Lost) -> Vec<Row> {
        let why = match why {
            Lost::Late => Unreadable::TooLarge { what: Limit::Seconds, limit: self.checker.limits().seconds },
            Lost::Panicked(panic) => Unreadable::panicked(&*panic),
        };
        let (source, path) = name.split_once(' ').unwrap_or(("0", name));
        self.unreadable(source.parse().unwrap_or(0), path, &why)
    }
}

impl Reader {
    /// The reports of a file; what says that it is none, where nobody would take it for one.
    fn rows(&self, path: &str, bytes: &[u8], least: gouji::Likeness) -> Vec<Row> {
        if taken::is_own(bytes) {
            return vec![Row::none(path)];
        }
        let checked = self.checker.check(path, bytes);
        if taken::is_other(&checked, &self.checker, least) {
            return vec![Row::none(path)];
        }
        self.reports(path, &checked, bytes)
    }

    fn unreadable(&self, source: usize, path: &str, why: &Unreadable) -> Vec<Row> {
        let rows = self.reports(path, &self.checker.lost(path, why), &[]);
        rows.into_iter().map(|row| Row { source, ..row }).collect()
    }

    fn reports(&self, path: &str, checked: &Checked<'_>, bytes: &[u8]) -> Vec<Row> {
        let views = Report::all(Input::new(checked, bytes), self.language);
        let is_unreadable = checked.document.is_none();
        let rows = views.into_iter().zip(&checked.reports).enumerate();
        rows.map(|(number, (view, checked))| self.row(numbered(path, 0, number), view, checked, is_unreadable))
            .collect()
    }

    fn row(&self, order: String, view: Report, checked: &CheckedReport, is_unreadable: bool) -> Row {
        let written = Written { format: Format::Jsonl, options: Options::new(self.language) };
        let line = written.report(&view);
        let digest = checked.digest.as_ref();
        let severities = [gouji::Severity::Error, gouji::Severity::Warning, gouji::Severity::Advice];
        Row {
            order,
            is_report: true,
            family: digest.map(|digest| self.ground.family(digest.pack)),
            folded: view.organization.as_deref().map(folded),
            verdict: verdict(view.verdict),
            is_unreadable,
            counts: severities.map(|severity| view.count(severity)),
            figures: digest.map(|digest| {
                let (form, figures) = digest.figures_key();
                hash(&[&form.to_le_bytes(), figures].concat()).to_vec()
            }),
            is_telling: digest.is_some_and(|digest| {
                let pack = &self.checker.packs()[usize::from(digest.pack)];
                digest.digits(pack) >= self.checker.core().collection.identical_digits
            }),
            hashes: digest.map(|digest| digest.text.hashes().to_vec()).unwrap_or_default(),
            digest: digest.and_then(|digest| postcard::to_stdvec(digest).ok()),
            line: Some(line.trim_end_matches('\n').to_owned()),
            path: view.path,
            part: view.part,
            format: view.format.into_owned(),
            pack: view.pack,
            organization: view.organization,
            year: view.year,
            ..Row::default()
        }
    }
}

impl Row {
    /// A file that is no report.
    fn none(path: &str) -> Self {
        Self { path: path.to_owned(), order: numbered(path, 0, 0), verdict: "", ..Self::default() }
    }
}

/// How a verdict is called in JSON.
pub(super) fn verdict(verdict: gouji::Verdict) -> &'static str {
    match verdict {
        gouji::Verdict::Pass => "pass",
        gouji::Verdict::Findings => "findings",
        gouji::Verdict::Unverifiable => "unverifiable",
    }
}

/// A path in the order of a walk through folders, name by name: as bytes, what separates names is less than all that is in one.
fn in_order(path: &str) -> String {
    path.replace('/', "\0")
}

/// The same of a report, by its number in the file.
fn numbered(path: &str, twin: usize, number: usize) -> String {
    format!("{}\0\0{twin:03}{number:06}", in_order(path))
}

fn number_of(order: &str) -> usize {
    order.get(order.len() - 6..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
