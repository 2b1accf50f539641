//! What a run reads: files, folders of them, lists, standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::CommandError;
use crate::cli::Sources;
use crate::discover::discover;
use crate::message::Message;

/// One thing to be read.
pub(super) enum Source {
    File(PathBuf),
    /// What came from standard input, under a name.
    Bytes(String, Vec<u8>),
    /// A folder or file that could not be looked into.
    Skipped(String),
}

impl Source {
    /// What it is called: the path as it is shown, without the `./` of a walk that began here.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => shown(path),
            Self::Bytes(name, _) | Self::Skipped(name) => name.clone(),
        }
    }

    /// Whether it is one of these files, which are absolute.
    pub fn is_among(&self, files: &[PathBuf]) -> bool {
        let Self::File(path) = self else { return false };
        let is_named = files.iter().any(|file| file.file_name() == path.file_name());
        is_named && std::path::absolute(path).is_ok_and(|path| files.contains(&path))
    }
}

/// How many threads work at once.
pub(super) fn jobs(arguments: &Sources) -> usize {
    arguments.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from)
}

/// All files of the call, lazily: a folder may hold millions.
pub(super) fn all(arguments: &Sources) -> Result<impl Iterator<Item = Source> + Send + 'static + use<>, CommandError> {
    let mut listed = Vec::new();
    if let Some(list) = &arguments.files_from {
        listed = files_from(list)?;
    }
    let mut paths = arguments.paths.clone();
    let mut stdin = None;
    if paths.iter().any(|path| path.as_os_str() == "-") {
        paths.retain(|path| path.as_os_str() != "-");
        let Some(name) = arguments.stdin_filename.clone() else {
            return Err(CommandError::usage(Message::new("error.stdin-name")));
        };
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        stdin = Some(match read {
            Ok(_) => Source::Bytes(name, bytes),
            Err(error) => Source::Skipped(error.to_string()),
        });
    }
    if paths.is_empty() && stdin.is_none() && arguments.files_from.is_none() {
        paths.push(PathBuf::from("."));
    }
    if let Some(path) = paths.iter().find(|path| !path.exists()) {
        let message = Message::new("error.no-path").with("path", path.display().to_string());
        return Err(CommandError::usage(message));
    }
    let walked = paths.into_iter().flat_map(|path| discover(&path)).map(|found| match found {
        Ok(path) => Source::File(path),
        Err(error) => Source::Skipped(error.to_string()),
    });
    Ok(stdin.into_iter().chain(walked).chain(listed.into_iter().map(Source::File)))
}

fn files_from(list: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let text = if list.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(list)
    };
    let text = text.map_err(|error| {
        let message = Message::new("error.list").with("path", list.display().to_string());
        CommandError::usage(message.with("detail", error.to_string()))
    })?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// The path as it is shown: without the `./` of a walk that began here.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The bytes of a source, of a file one more than the limit at most: what is too large is told by its size, not read.
pub(super) fn read(source: &Source, limit: u64) -> std::io::Result<Cow<'_, [u8]>> {
    let path = match source {
        Source::File(path) => path,
        Source::Bytes(_, bytes) => return Ok(Cow::Borrowed(bytes)),
        Source::Skipped(detail) => return Err(std::io::Error::other(detail.as_str())),
    };
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Cow::Owned(bytes))
}
