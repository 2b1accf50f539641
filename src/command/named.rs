//! What a call names, each once: a file that is named twice is one report, and so is one in a folder that is named too.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::discover::{File, Found, discover};

/// Files and folders in the order of their names; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Named {
    names: Arc<[Name]>,
    /// What they are called on disk; nothing where there is one alone.
    known: Arc<HashSet<PathBuf>>,
}

#[derive(Debug)]
enum Name {
    File(PathBuf),
    Folder(PathBuf),
}

impl Named {
    pub fn new(paths: impl Iterator<Item = PathBuf>) -> Self {
        let mut disk = Disk::default();
        let mut known = HashSet::new();
        let mut names = Vec::new();
        for path in paths {
            let (whole, is_folder) = disk.whole(&path);
            if known.insert(whole) {
                names.push(if is_folder { Name::Folder(path) } else { Name::File(path) });
            }
        }
        if names.len() == 1 {
            known.clear();
        }
        Self { names: names.into(), known: Arc::new(known) }
    }

    /// Whether a file is named itself, by what it is called on disk.
    pub fn names(&self, file: &Path) -> bool {
        match &*self.names {
            [Name::File(only)] => on_disk(only) == file,
            _ => self.known.contains(file),
        }
    }

    /// Whether a file lies in a folder that is named.
    pub fn walks(&self, file: &Path) -> bool {
        self.names.iter().any(|name| matches!(name, Name::Folder(folder) if file.starts_with(on_disk(folder))))
    }

    /// All files, lazily: a folder may hold millions. A walk leaves out what is named itself, which has its own turn even
    /// where `.gitignore` hides it.
    pub fn iter(&self) -> impl Iterator<Item = Found> + Send + 'static + use<> {
        let Self { names, known } = self.clone();
        (0..names.len()).flat_map(move |at| -> Box<dyn Iterator<Item = Found> + Send> {
            match &names[at] {
                Name::File(path) => {
                    Box::new(std::iter::once(Ok(File { path: path.clone(), is_doubtful: false, is_copy: false })))
                }
                Name::Folder(path) => walked(path, &known),
            }
        })
    }
}

fn walked(folder: &Path, known: &Arc<HashSet<PathBuf>>) -> Box<dyn Iterator<Item = Found> + Send> {
    if known.is_empty() {
        return Box::new(discover(folder, |_| false));
    }
    // No link is followed below the folder: what lies there has its name on disk by where it lies.
    let (known, seen, whole) = (Arc::clone(known), folder.to_owned(), on_disk(folder));
    Box::new(discover(folder, move |path| {
        path.strip_prefix(&seen).is_ok_and(|below| known.contains(&whole.join(below)))
    }))
}

/// What paths are called on disk. Those of a long list lie in few folders, each of which is looked up once.
#[derive(Debug, Default)]
struct Disk {
    folders: HashMap<PathBuf, PathBuf>,
}

impl Disk {
    /// What the path is called on disk, and whether it is a folder.
    fn whole(&mut self, path: &Path) -> (PathBuf, bool) {
        let is_plain = path.symlink_metadata().is_ok_and(|about| about.is_file());
        let (true, Some(folder), Some(name)) = (is_plain, path.parent(), path.file_name()) else {
            return (on_disk(path), path.is_dir());
        };
        let whole = match self.folders.get(folder) {
            Some(whole) => whole.join(name),
            None => {
                let whole = on_disk(folder);
                let file = whole.join(name);
                self.folders.insert(folder.to_owned(), whole);
                file
            }
        };
        (whole, false)
    }
}

/// One path for a file or folder, whichever way it is named: without links, and in its folder where it is not there yet.
pub(super) fn on_disk(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    std::fs::canonicalize(path).unwrap_or_else(|_| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
        folder.zip(absolute.file_name()).map(|(folder, name)| folder.join(name)).unwrap_or(absolute)
    })
}
