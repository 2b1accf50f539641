//! From paths to files: folders are walked, `.gitignore` honoured, in one fixed order.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::{Error, WalkBuilder};

use crate::taken;

/// So many bytes are read of a file besides the reports, a list, a configuration or rules: larger ones are none, and some
/// files never end.
const LARGEST: u64 = 256 << 20;

/// The bytes of a file besides the reports.
///
/// # Errors
/// When it cannot be read, or is larger than any.
pub fn whole(path: &Path) -> io::Result<Vec<u8>> {
    bounded(fs::File::open(path)?)
}

/// The same as text.
///
/// # Errors
/// When it is none in UTF-8, too.
pub fn whole_text(path: &Path) -> io::Result<String> {
    String::from_utf8(whole(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// All that is there to be read.
///
/// # Errors
/// When it cannot be read, or is larger than any file besides the reports.
pub fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A file to be checked, or a folder that could not be walked.
pub type Found = Result<File, Lost>;

/// A file to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: PathBuf,
    /// Nothing says that it is a report: it lies in a folder, under a name that many have.
    pub is_doubtful: bool,
    /// A marked copy beside its report: the same report once more.
    pub is_copy: bool,
}

/// A folder or file that could not be looked at, and why.
#[derive(Debug)]
pub struct Lost {
    pub path: PathBuf,
    pub error: io::Error,
}

impl Lost {
    /// What the library says of it; below `folder` where it does not say where.
    fn new(error: Error, folder: &Path) -> Self {
        let path = path_of(&error).unwrap_or(folder).to_owned();
        let detail = error.to_string();
        Self { path, error: error.into_io_error().unwrap_or_else(|| io::Error::other(detail)) }
    }
}

fn path_of(error: &Error) -> Option<&Path> {
    match error {
        Error::WithPath { path, .. } => Some(path),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => path_of(err),
        Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// The files below `folder` without the files and folders that are left out; by name, so that every run has the same order.
pub fn discover(
    folder: &Path,
    leaves_out: impl Fn(&Path) -> bool + Send + Sync + 'static,
) -> impl Iterator<Item = Found> + Send + 'static {
    let mut walk = WalkBuilder::new(folder);
    walk.sort_by_file_name(OsStr::cmp).require_git(false);
    // The folder itself is never left out.
    walk.filter_entry(move |entry| entry.depth() == 0 || !leaves_out(entry.path()));
    let folder = folder.to_owned();
    walk.build().filter_map(move |entry| match entry {
        Ok(entry)
            if entry.file_type().is_some_and(|kind| kind.is_file())
                && taken::is_wanted(&entry.file_name().to_string_lossy()) =>
        {
            let name = entry.file_name().to_string_lossy();
            let is_copy = taken::is_copy(&name, |original| entry.path().with_file_name(original).is_file());
            let is_doubtful = taken::is_doubtful(&name);
            Some(Ok(File { is_doubtful, is_copy, path: entry.into_path() }))
        }
        Ok(_) => None,
        Err(error) => Some(Err(Lost::new(error, &folder))),
    })
}
