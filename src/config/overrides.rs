//! `[[override]]`: settings for some reports only, selected by path and agency.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use globset::{Error, GlobBuilder, GlobSet, GlobSetBuilder};

use super::chosen::Chosen;
use super::given::Given;
use crate::agencies::folded;
use crate::message::{Argument, Message};

/// What holds for reports of these paths, of these organizations; for those of both where both are given.
#[derive(Debug)]
pub struct Override {
    pub paths: Option<Patterns>,
    pub organizations: Option<Patterns>,
    pub chosen: Chosen,
}

/// Patterns one of which has to fit.
pub struct Patterns {
    /// As they are written.
    pub written: Vec<Given<String>>,
    /// The folder they are seen from; of names, nothing.
    pub folder: PathBuf,
    globs: GlobSet,
}

/// A pattern that is none, and why.
pub(super) type Wrong = (Given<String>, Argument);

impl Override {
    /// Whether it holds for a report, whose path is [`normal`]. Nobody's report is of no organization.
    pub fn holds(&self, path: &str, organization: Option<&str>) -> bool {
        let fits_path = self.paths.as_ref().is_none_or(|paths| paths.globs.is_match(path));
        let fits_name = || {
            let Some(organizations) = &self.organizations else { return true };
            organization.is_some_and(|name| organizations.globs.is_match(folded(name)))
        };
        fits_path && fits_name()
    }
}

impl Patterns {
    /// Patterns for files and folders, as in .gitignore: one without a slash may be in any folder, one that means a
    /// folder means all in it.
    pub(super) fn of_paths(written: Vec<Given<String>>, folder: &Path) -> Result<Self, Wrong> {
        let folder = normal(folder);
        let globs = Self::compile(&written, |pattern| {
            let pattern = anchored(pattern, &folder);
            vec![format!("{pattern}/**"), pattern]
        })?;
        Ok(Self { written, folder: PathBuf::from(folder), globs })
    }

    /// Patterns for names, which are folded as names are; `*` matches any characters.
    pub(super) fn of_names(written: Vec<Given<String>>) -> Result<Self, Wrong> {
        let globs = Self::compile(&written, |pattern| {
            let parts: Vec<String> = pattern.split('*').map(|part| globset::escape(&folded(part))).collect();
            vec![parts.join("*")]
        })?;
        Ok(Self { written, folder: PathBuf::new(), globs })
    }

    fn compile(written: &[Given<String>], patterns: impl Fn(&str) -> Vec<String>) -> Result<GlobSet, Wrong> {
        let mut all = GlobSetBuilder::new();
        for given in written {
            if let Some(key) = refused(&given.value) {
                return Err((given.clone(), Message::new(key).into()));
            }
            let wrong = |error: Error| (given.clone(), error.kind().to_string().into());
            for pattern in patterns(&given.value) {
                all.add(GlobBuilder::new(&pattern).literal_separator(true).build().map_err(wrong)?);
            }
        }
        let whole = all.build();
        whole.map_err(|error| {
            (written.first().expect("no pattern, no mistake in one").clone(), error.to_string().into())
        })
    }
}

impl fmt::Debug for Patterns {
    /// What is written, which says all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.written).finish()
    }
}

/// Why a pattern that the library takes means nothing here.
fn refused(pattern: &str) -> Option<&'static str> {
    match pattern.trim() {
        "" => Some("error.glob.empty"),
        pattern if pattern.starts_with('!') => Some("error.glob.negated"),
        _ => None,
    }
}

/// A pattern seen from a folder, as one for whole paths.
fn anchored(pattern: &str, folder: &str) -> String {
    let pattern = pattern.trim_end_matches('/');
    // Nothing is left of the root.
    if pattern.is_empty() || pattern == "**" || Path::new(pattern).is_absolute() {
        return pattern.to_owned();
    }
    let is_name = !pattern.contains('/');
    let (mut folder, mut rest) = (folder.trim_end_matches('/'), pattern);
    loop {
        let (first, below) = rest.split_once('/').unwrap_or((rest, ""));
        match first {
            "." => {}
            ".." => folder = folder.rsplit_once('/').map_or("", |(above, _)| above),
            _ => break,
        }
        rest = below;
    }
    if rest.is_empty() {
        return globset::escape(folder);
    }
    let between = if is_name { "/**/" } else { "/" };
    format!("{}{between}{rest}", globset::escape(folder))
}

/// A pattern as it has to be written in the folder from which its own folder is `folder`; `gouji.toml` in `../..` has its
/// `历史/` as `../../**/历史/` here.
pub fn seen_from_above(pattern: &str, folder: &str) -> String {
    let trimmed = pattern.trim_end_matches('/');
    if folder.is_empty() || trimmed == "**" || Path::new(trimmed).is_absolute() {
        return pattern.to_owned();
    }
    let is_place = trimmed.contains('/') || matches!(trimmed, "." | "..");
    let between = if is_place { "/" } else { "/**/" };
    format!("{}{between}{pattern}", globset::escape(folder))
}

/// A path from the root, without `.` and `..`, its parts separated by `/` everywhere. Nothing is looked up: what is in an
/// archive has a path as well.
pub fn normal(path: &Path) -> String {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    let text = whole.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Origin;

    fn given(pattern: &str) -> Vec<Given<String>> {
        vec![Given { value: pattern.to_owned(), origin: Origin::CommandLine("") }]
    }

    #[test]
    fn paths_are_seen_from_the_folder_as_in_gitignore() {
        let fits = |pattern: &str, path: &str| {
            let paths = Patterns::of_paths(given(pattern), Path::new("/项目/[甲]/./x/..")).expect("a pattern");
            paths.globs.is_match(path)
        };
        for (pattern, path, expected) in [
            ("*.md", "/项目/[甲]/2023/a.md", true),
            ("*.md", "/项目/乙/a.md", false),
            ("历史", "/项目/[甲]/x/历史/2014/a.md", true),
            ("历史/", "/项目/[甲]/历史/a.md", true),
            ("历史/", "/项目/[甲]/历史记录/a.md", false),
            ("历史/*.md", "/项目/[甲]/历史/a.md", true),
            ("历史/*.md", "/项目/[甲]/x/历史/a.md", false),
            ("历史/*.md", "/项目/[甲]/历史/x/a.md", false),
            ("./历史", "/项目/[甲]/x/历史/a.md", false),
            ("../乙/**", "/项目/乙/a.md", true),
            ("../../../../a.md", "/a.md", true),
            ("a.zip/2023", "/项目/[甲]/a.zip/2023/a.md", true),
            ("/项目/乙", "/项目/乙/a.md", true),
            ("20{22,23}/*", "/项目/[甲]/2022/a.md", true),
            ("**", "/别处/a.md", true),
            (".", "/项目/[甲]/2023/a.md", true),
            (".", "/项目/乙/a.md", false),
            ("./", "/项目/[甲]/a.md", true),
            ("..", "/项目/乙/a.md", true),
            ("..", "/别处/a.md", false),
            ("../", "/项目/[甲]/a.md", true),
            ("../.", "/项目/乙/a.md", true),
            ("../../..", "/别处/a.md", true),
            ("/", "/别处/a.md", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_folder_is_the_same_from_above() {
        assert_eq!(seen_from_above(".", "../.."), "../../.");
        assert_eq!(seen_from_above("历史", "../.."), "../../**/历史");
    }

    #[test]
    fn names_are_folded() {
        let fits = |pattern: &str, name: &str| {
            let names = Patterns::of_names(given(pattern)).expect("a pattern");
            Override { paths: None, organizations: Some(names), chosen: Chosen::default() }.holds("", Some(name))
        };
        assert!(fits("青岚县商务局", "青岚县 商务局"));
        assert!(!fits("商务局", "青岚县商务局"));
        assert!(fits("*商务局", "青岚县商务局"));
        assert!(fits("青岚县*", "青岚县教育局（本级）"));
        assert!(!fits("青岚县?务局", "青岚县商务局"));
        assert!(fits("*", "青岚县商务局"));
    }
}
