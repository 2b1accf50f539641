//! `gouji.toml`: found, read, and every value kept with its place.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::{Given, Mistake, Origin, Values, level, limit, one_of};
use crate::cli::{FailOn, Global, Lang};
use crate::pack::PackProblem;

/// What it is called where it is not named.
const NAME: &str = "gouji.toml";

/// A configuration as it lies on disk.
#[derive(Debug)]
pub struct File {
    /// As it was given or found, seen from the working directory.
    pub path: PathBuf,
    pub text: String,
}

/// Why a file says nothing.
#[derive(Debug)]
pub enum FileError {
    NotRead {
        path: PathBuf,
        detail: String,
    },
    /// With the file, to be shown.
    Wrong(File, Mistake),
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    /// Rule packs or folders of them, seen from the folder of the file.
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    pack: Option<Spanned<String>>,
    select: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    lang: Option<Spanned<String>>,
    /// Where what was found is kept, seen from the folder of the file.
    cache: Option<Spanned<String>>,
    /// What is accepted of the findings, seen from the folder of the file.
    baseline: Option<Spanned<String>>,
    waivers: Option<Spanned<String>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    limit: BTreeMap<Spanned<String>, u64>,
}

/// The file that is named, else the nearest one upward from the working directory.
pub(super) fn find(global: &Global) -> Result<Option<(File, Values)>, FileError> {
    if global.isolated {
        return Ok(None);
    }
    if let Some(path) = &global.config {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| FileError::NotRead { path: path.clone(), detail: error.to_string() })?;
        return values(File { path: path.clone(), text }).map(Some);
    }
    let above = std::env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let mut folder = PathBuf::new();
    for _ in 0..above {
        let path = folder.join(NAME);
        match std::fs::read_to_string(&path) {
            Ok(text) => return values(File { path, text }).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => folder.push(".."),
            Err(error) => return Err(FileError::NotRead { path, detail: error.to_string() }),
        }
    }
    Ok(None)
}

fn values(file: File) -> Result<(File, Values), FileError> {
    match read(&file) {
        Ok(values) => Ok((file, values)),
        Err(mistake) => Err(FileError::Wrong(file, mistake)),
    }
}

fn read(file: &File) -> Result<Values, Mistake> {
    let raw: Raw = toml::from_str(&file.text).map_err(|error| Mistake {
        message: PackProblem::Toml(error.message().to_owned()).message(),
        origin: Origin::File(error.span().unwrap_or(0..0)),
    })?;
    let folder = file.path.parent().unwrap_or(Path::new(""));
    let mut values = Values {
        rules: raw.rules.into_iter().map(|path| relative(path, folder)).collect(),
        pack: raw.pack.map(given),
        select: raw.select.map(|words| words.into_iter().map(given).collect()),
        ignore: raw.ignore.into_iter().map(given).collect(),
        fail_on: raw.fail_on.map(|word| one_of(&given(word), &FailOn::ALL, FailOn::WORDS)).transpose()?,
        lang: raw.lang.map(|word| one_of(&given(word), &Lang::ALL, Lang::WORDS)).transpose()?,
        cache: raw.cache.map(|path| relative(path, folder)),
        baseline: raw.baseline.map(|path| relative(path, folder)),
        waivers: raw.waivers.map(|path| relative(path, folder)),
        ..Values::default()
    };
    for (rule, word) in raw.severity {
        values.severity.push((given(rule), level(&given(word))?));
    }
    for (name, allowed) in raw.limit {
        let name = given(name);
        values.limits.push(name.with((limit(&name)?, allowed)));
    }
    // As they stand in the file, not by the alphabet.
    values.severity.sort_by_key(|(rule, _)| place(rule));
    values.limits.sort_by_key(place);
    Ok(values)
}

fn given<T>(value: Spanned<T>) -> Given<T> {
    let origin = Origin::File(value.span());
    Given { value: value.into_inner(), origin }
}

/// A path as it is seen from the working directory.
fn relative(path: Spanned<String>, folder: &Path) -> Given<PathBuf> {
    let path = given(path);
    path.with(folder.join(&path.value))
}

fn place<T>(given: &Given<T>) -> usize {
    match &given.origin {
        Origin::File(span) => span.start,
        Origin::CommandLine(_) => 0,
    }
}

impl File {
    /// `gouji.toml:3`, for the place of a value.
    pub fn line(&self, start: usize) -> String {
        let line = self.text[..start].matches('\n').count() + 1;
        format!("{}:{line}", self.path.display())
    }
}
