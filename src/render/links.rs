//! Links from an output to the files it speaks of, relative, so that both may be moved together.

use std::path::{Component, Path, PathBuf};

use super::address::{percent_encoded, uri};

/// The folder of a run, and that of its output.
#[derive(Debug, Clone, Default)]
pub struct Links {
    working: PathBuf,
    folder: PathBuf,
}

impl Links {
    /// Links out of a file in `folder`, to paths as seen from `working`, both absolute.
    pub fn new(working: PathBuf, folder: PathBuf) -> Self {
        Self { working, folder }
    }

    /// The way from the folder of the output to a file, set apart by `/`.
    pub fn way(&self, path: &str) -> String {
        let target = plain(&self.working.join(path));
        let folder = plain(&self.folder);
        let shared = folder.iter().zip(&target).take_while(|(one, other)| one == other).count();
        let up = std::iter::repeat_n("..", folder.len() - shared).map(str::to_owned);
        up.chain(target[shared..].iter().cloned()).collect::<Vec<_>>().join("/")
    }

    /// The same for a page, where only letters, digits and a few signs are kept.
    pub fn address(&self, path: &str) -> String {
        marked(&percent_encoded(&self.way(path)))
    }

    /// The same for a program that encodes it itself.
    pub fn plain_address(&self, path: &str) -> String {
        marked(&self.way(path))
    }
}

/// A way that is surely one: a name such as `javascript:x` must not be read as a scheme.
fn marked(way: &str) -> String {
    let before = if way.starts_with("..") { "" } else { "./" };
    format!("{before}{way}")
}

/// The address of a file on this machine, its path as seen from `working`.
pub fn file_address(working: &str, path: &str) -> String {
    let whole = plain(&Path::new(working).join(path)).join("/");
    let root = if cfg!(windows) { "" } else { "/" };
    uri(&format!("{root}{whole}"))
}

/// The parts of a path, `.` and `..` worked out.
fn plain(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir | Component::RootDir => {}
            Component::Prefix(_) | Component::Normal(_) => {
                parts.push(part.as_os_str().to_string_lossy().into_owned());
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Links, file_address};

    #[test]
    fn ways_lead_from_the_output_to_the_file() {
        let links = |folder: &str| Links::new("/work".into(), folder.into());
        assert_eq!(links("/work").way("a/b.md"), "a/b.md");
        assert_eq!(links("/work/out").way("./a/b.md"), "../a/b.md");
        assert_eq!(links("/tmp").way("/work/a.md"), "../work/a.md");
        assert_eq!(links("/work").address("javascript:x #1.md"), "./javascript%3Ax%20%231.md");
        assert_eq!(file_address("/work", "../甲/a b.md"), "file:///%E7%94%B2/a%20b.md");
    }
}
