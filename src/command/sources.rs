//! The inputs of a run: files, folders, zip archives, lists, standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CommandError;
use super::named::Named;
use crate::archive::{Archive, Bytes, Entry, Stored};
use crate::cli::Sources;
use crate::discover::{self, Lost as LostFolder};
use crate::encoding::Encoding;
use crate::limits::{Limit, Limits};
use crate::message::Message;
use crate::panics::caught;
use crate::parallel::Lost;
use crate::read::Unreadable;
use crate::taken;

/// One thing to be read; cheap to clone, and to be read again.
#[derive(Debug, Clone)]
pub(super) enum Source {
    File(discover::File),
    /// A report in a zip archive.
    Entry(Entry),
    /// What came from standard input, under a name.
    Bytes(String, Arc<[u8]>),
    /// A report that is there, and why it cannot be read.
    Unreadable(String, Unreadable),
    /// A folder or archive that gives no report, and why.
    Skipped(Message),
}

impl Source {
    /// What it is called: the path as it is shown, without the `./` of a walk that began here.
    pub fn name(&self) -> String {
        match self {
            Self::File(file) => shown(&file.path),
            Self::Entry(entry) => entry.shown(),
            Self::Bytes(name, _) | Self::Unreadable(name, _) => name.clone(),
            Self::Skipped(_) => String::new(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// When it cannot be opened; of a report in an archive also when that is broken.
    pub fn bytes(&self, limits: &Limits) -> Result<Cow<'_, [u8]>, Unreadable> {
        match self {
            Self::File(file) => read(&file.path, limits.file_bytes).map(Cow::Owned).map_err(|error| not_opened(&error)),
            Self::Entry(entry) => entry.read(limits).map(Cow::Owned),
            Self::Bytes(_, bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Unreadable(_, why) => Err(why.clone()),
            Self::Skipped(_) => Ok(Cow::Borrowed(&[])),
        }
    }

    /// Whether nothing says that it is a report, so that it is one only if it is like one.
    pub fn is_doubtful(&self) -> bool {
        match self {
            Self::File(file) => file.is_doubtful,
            Self::Entry(entry) => entry.is_doubtful(),
            Self::Bytes(..) | Self::Unreadable(..) | Self::Skipped(_) => false,
        }
    }

    /// Whether it is a marked copy of a report that is read as well.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::File(file) => file.is_copy,
            Self::Entry(entry) => entry.is_copy(),
            Self::Bytes(..) | Self::Unreadable(..) | Self::Skipped(_) => false,
        }
    }

    /// Whether it is one of these files, which are absolute.
    fn is_among(&self, files: &[PathBuf]) -> bool {
        let Self::File(discover::File { path, .. }) = self else { return false };
        let is_named = files.iter().any(|file| file.file_name() == path.file_name());
        is_named && std::path::absolute(path).is_ok_and(|path| files.contains(&path))
    }
}

/// How many threads work at once.
pub(super) fn jobs(arguments: &Sources) -> usize {
    arguments.jobs.map_or_else(processors, usize::from)
}

/// How many threads there is room for.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// All that a call names. It can be gone through several times; standard input and the list are read once.
#[derive(Debug, Clone)]
pub(super) struct Inputs {
    stdin: Option<Source>,
    named: Named,
    /// Files that are no reports, absolute.
    left_out: Arc<[PathBuf]>,
}

/// What the call names.
pub(super) fn inputs(arguments: &Sources) -> Result<Inputs, CommandError> {
    let listed = arguments.files_from.as_deref().map(files_from).transpose()?;
    let mut paths = arguments.paths.clone();
    let mut stdin = None;
    if paths.iter().any(|path| path.as_os_str() == "-") {
        paths.retain(|path| path.as_os_str() != "-");
        let Some(name) = arguments.stdin_filename.clone() else {
            return Err(CommandError::usage(Message::new("error.stdin-name")));
        };
        stdin = Some(match discover::bounded(io::stdin().lock()) {
            Ok(bytes) => Source::Bytes(name, bytes.into()),
            Err(error) => Source::Unreadable(name, not_opened(&error)),
        });
    }
    if paths.is_empty() && stdin.is_none() && listed.is_none() {
        paths.push(PathBuf::from("."));
    }
    if let Some(path) = paths.iter().find(|path| is_missing(path)) {
        let message = Message::new("error.no-path").with("path", path.display().to_string());
        return Err(CommandError::usage(message));
    }
    Ok(Inputs { stdin, ..Inputs::of_paths(paths.into_iter().chain(listed.unwrap_or_default())) })
}

impl Inputs {
    /// These files and folders, each once.
    pub fn of_paths(paths: impl Iterator<Item = PathBuf>) -> Self {
        Self { stdin: None, named: Named::new(paths), left_out: Arc::new([]) }
    }

    /// The bytes of a file under its name.
    pub fn of_bytes(name: String, bytes: Arc<[u8]>) -> Self {
        Self { stdin: Some(Source::Bytes(name, bytes)), ..Self::of_paths(std::iter::empty()) }
    }

    /// Without the files that the run itself writes: what the last run left in a folder is no report.
    pub fn without(self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        let files = files.into_iter().filter_map(|path| std::path::absolute(path).ok());
        Self { left_out: files.collect(), ..self }
    }

    /// The files and folders that are named.
    pub fn named(&self) -> &Named {
        &self.named
    }

    /// All there is to be read, lazily: a folder may hold millions.
    pub fn iter(&self) -> impl Iterator<Item = Source> + Send + 'static + use<> {
        let Self { stdin, named, left_out } = self.clone();
        let named = named.iter().map(|found| match found {
            Ok(file) => Source::File(file),
            Err(LostFolder { path, error }) => {
                Source::Unreadable(shown(&path), Unreadable::FolderNotOpened { detail: (&error).into() })
            }
        });
        let all = stdin.into_iter().chain(named);
        all.filter(move |source| !source.is_among(&left_out)).flat_map(opened)
    }
}

/// The reports of an archive; anything else as it is.
fn opened(source: Source) -> Box<dyn Iterator<Item = Source> + Send> {
    let stored: Box<dyn Stored> = match &source {
        Source::File(discover::File { path, .. }) if taken::is_archive(&path.to_string_lossy()) => {
            Box::new(OnDisk(path.clone()))
        }
        Source::Bytes(name, bytes) if taken::is_archive(name) => Box::new(Arc::clone(bytes)),
        _ => return Box::new(std::iter::once(source)),
    };
    let name = source.name();
    let archive = Archive { name: name.clone(), stored };
    // Whoever hands out what is to be read must go on, whatever is in an archive.
    let contents = caught(|| archive.contents()).unwrap_or_else(|panic| Err(Unreadable::panicked(&*panic)));
    let contents = match contents {
        Ok(Some(contents)) => contents,
        Ok(None) => return Box::new(std::iter::once(source)),
        Err(why) => return Box::new(std::iter::once(Source::Unreadable(name, why))),
    };
    let warning = |key| Source::Skipped(Message::new(key).with("path", name.as_str()));
    let has_none = contents.reports.is_empty().then(|| warning("warning.no-reports"));
    let has_same_names = contents.has_same_names.then(|| warning("warning.same-names"));
    let reports = contents.reports.into_iter().map(|report| match report {
        Ok(entry) => Source::Entry(entry),
        Err((name, why)) => Source::Unreadable(name, why),
    });
    Box::new(has_none.into_iter().chain(has_same_names).chain(reports))
}

/// An archive that is a file.
#[derive(Debug)]
struct OnDisk(PathBuf);

impl Stored for OnDisk {
    fn open(&self) -> io::Result<Box<dyn Bytes>> {
        Ok(Box::new(BufReader::new(File::open(&self.0)?)))
    }
}

/// Whether there is no such path; one that cannot be looked at is there, and a finding.
pub(super) fn is_missing(path: &Path) -> bool {
    path.try_exists().map_or_else(|error| error.kind() == ErrorKind::NotADirectory, |is_there| !is_there)
}

fn not_opened(error: &io::Error) -> Unreadable {
    Unreadable::NotOpened { detail: error.into() }
}

fn files_from(list: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let bytes = if list.as_os_str() == "-" { discover::bounded(io::stdin().lock()) } else { discover::whole(list) };
    let bytes = bytes.map_err(|error| {
        let message = Message::new("error.list").with("path", list.display().to_string());
        CommandError::usage(message.with("detail", &error))
    })?;
    // What `dir /b > list` leaves on Windows is GBK or, from PowerShell, UTF-16.
    let (encoding, start) = Encoding::of_windows(&bytes);
    let text = encoding.text(&bytes[start..]);
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// The path as it is shown: without the `./` of a walk that began here.
pub(super) fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(".").ok().filter(|inside| !inside.as_os_str().is_empty());
    inside.unwrap_or(path).display().to_string()
}

/// Why a file came to nothing on its thread.
pub(super) fn why_lost(why: &Lost, limits: &Limits) -> Unreadable {
    match why {
        Lost::Late => Unreadable::TooLarge { what: Limit::Seconds, limit: limits.seconds },
        Lost::Panicked(panic) => Unreadable::panicked(&**panic),
    }
}

/// The bytes of a file, one more than the limit at most: what is too large is known by its size, not read.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
