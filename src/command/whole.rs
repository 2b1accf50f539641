//! Files that are written whole or not at all: beside their place, and renamed once nothing is left to be written. A full
//! disk, a kill or a mistake leaves the file that was there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile, TempPath};

/// How files that are being written are called, before and behind what is random.
const NAME: (&str, &str) = (".gouji-", ".new");

/// What is younger may be another run's that has not locked it yet, or is about to rename it.
const OLD: Duration = Duration::from_secs(60);

/// What new files may be read and written by, as far as the user's mask lets it.
#[cfg(unix)]
const MODE: u32 = 0o666;

/// A file that is being written, until it takes its place. If it is dropped before, nothing is left of it.
#[derive(Debug)]
pub(super) struct Unfinished(Option<(TempPath, PathBuf)>);

impl Unfinished {
    /// It takes its place; its writer must be closed.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn finish(self) -> io::Result<()> {
        let Some((beside, place)) = self.0 else { return Ok(()) };
        beside.persist(place).map_err(|error| error.error)
    }
}

/// Opens a file for all that is to be in it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn create(path: &Path) -> io::Result<(File, Unfinished)> {
    // Where a link leads, not in its place.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let directly = || Ok((File::create(path)?, Unfinished(None)));
    let old = match fs::metadata(&place) {
        Ok(old) => Some(old),
        // A link that leads to no file yet.
        Err(_) if place.is_symlink() => return directly(),
        Err(_) => None,
    };
    // A device or a pipe keeps nothing that could be lost.
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return directly();
    }
    if old.is_some() {
        // Who may not write a file may not replace it.
        OpenOptions::new().write(true).open(&place)?;
    }
    match beside(&place) {
        Ok(file) => {
            if let Some(old) = old {
                file.as_file().set_permissions(old.permissions())?;
            }
            let (file, beside) = file.into_parts();
            Ok((file, Unfinished(Some((beside, place)))))
        }
        // A file that may be written in a folder that may not.
        Err(error) if old.is_some() && error.kind() == ErrorKind::PermissionDenied => directly(),
        Err(error) => Err(error),
    }
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When it is there, or cannot be written.
pub(super) fn write_new(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut file = beside(path)?;
    file.write_all(content.as_ref())?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Writes a file.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let (mut file, unfinished) = create(path)?;
    file.write_all(content.as_ref())?;
    drop(file);
    unfinished.finish()
}

/// A new file beside a place, hidden: a walk of the folder passes it by.
fn beside(place: &Path) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    remove_left(folder);
    let mut builder = Builder::new();
    builder.prefix(NAME.0).suffix(NAME.1);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(MODE));
    let file = builder.tempfile_in(folder).map_err(|error| {
        // What the library says of it names the file that nobody has asked for.
        error.raw_os_error().map_or(error, io::Error::from_raw_os_error)
    })?;
    // Where files cannot be locked, none is ever removed.
    drop(file.as_file().try_lock());
    Ok(file)
}

/// Removes what runs left that were killed: their locks went with them.
fn remove_left(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_ours = |name: &str| name.starts_with(NAME.0) && name.ends_with(NAME.1);
    for entry in entries.flatten().filter(|entry| is_ours(&entry.file_name().to_string_lossy())) {
        let path = entry.path();
        let is_old = |file: &fs::Metadata| {
            file.is_file() && file.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD))
        };
        if path.symlink_metadata().is_ok_and(|file| is_old(&file)) && is_nobodys(&path) {
            // One that cannot be removed does no harm.
            drop(fs::remove_file(path));
        }
    }
}

/// Whether no run holds a file.
fn is_nobodys(path: &Path) -> bool {
    OpenOptions::new().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
}
