//! `gouji.toml`: found, read with all it extends, and every value kept with its place.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::chosen::Chosen;
use super::given::{File, Given, Mistake, Origin, level, limit, one_of};
use super::overrides::{Override, Patterns, Wrong};
use super::raw::{OneOrMore, Raw, RawOverride};
use super::values::Values;
use crate::cli::{FailOn, Global, Lang};
use crate::discover;
use crate::message::{Argument, Message};
use crate::pack::raw::Spanned;
use crate::pack::{Level, PackProblem};

/// What it is called where it is not named.
pub const NAME: &str = "gouji.toml";

/// A file with all it extends.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub file: Option<Arc<File>>,
    /// What they say outside of rules.
    pub values: Values,
    /// What each says of rules, the extended ones first.
    pub chosen: Vec<Chosen>,
    /// In the same order.
    pub overrides: Vec<Override>,
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub enum FileError {
    NotRead { path: PathBuf, detail: Argument },
    Wrong(Mistake),
}

/// What is said by the file that is named, else by the nearest one upward from the working directory.
pub(super) fn find(global: &Global) -> Result<Files, FileError> {
    let Some((path, text)) = holding(global)? else { return Ok(Files::default()) };
    let file = Arc::new(File { path, text });
    let mut reader = Reader::default();
    reader.files.file = Some(Arc::clone(&file));
    reader.read(file).map_err(FileError::Wrong)?;
    Ok(reader.files)
}

fn holding(global: &Global) -> Result<Option<(PathBuf, String)>, FileError> {
    if global.isolated {
        return Ok(None);
    }
    let not_read =
        |path: &Path, error: std::io::Error| FileError::NotRead { path: path.to_owned(), detail: (&error).into() };
    if let Some(path) = &global.config {
        let text = discover::whole_text(path).map_err(|error| not_read(path, error))?;
        return Ok(Some((path.clone(), text)));
    }
    let above = std::env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let mut folder = PathBuf::new();
    for _ in 0..above {
        let path = folder.join(NAME);
        match discover::whole_text(&path) {
            Ok(text) => return Ok(Some((path, text))),
            Err(error) if error.kind() == ErrorKind::NotFound => folder.push(".."),
            Err(error) => return Err(not_read(&path, error)),
        }
    }
    Ok(None)
}

/// Reads a file after those it extends.
#[derive(Default)]
struct Reader {
    files: Files,
    /// Files that wait for what they extend, as they are called on disk.
    open: Vec<PathBuf>,
    /// Files that were read: what two others extend counts once, before both.
    read: Vec<PathBuf>,
}

impl Reader {
    fn read(&mut self, file: Arc<File>) -> Result<(), Mistake> {
        let raw: Raw = toml::from_str(&file.text).map_err(|error| Mistake {
            message: PackProblem::Toml(error.message().to_owned()).message(),
            origin: Origin::File(Arc::clone(&file), error.span().unwrap_or(0..0)),
        })?;
        let whole = whole(&file.path);
        self.open.push(whole.clone());
        for path in extended(&raw, &file) {
            self.extend(&path)?;
        }
        self.open.pop();
        self.read.push(whole);
        for own in &raw.overrides {
            self.files.overrides.push(overriding(own, &file)?);
        }
        self.files.chosen.push(chosen(
            (raw.pack.clone(), raw.select.clone(), raw.ignore.clone()),
            &raw.severity,
            &file,
        )?);
        let earlier = std::mem::take(&mut self.files.values);
        self.files.values = earlier.and(values(raw, &file)?);
        Ok(())
    }

    fn extend(&mut self, path: &Given<PathBuf>) -> Result<(), Mistake> {
        let whole = whole(&path.value);
        let shown = path.value.display().to_string();
        if self.open.contains(&whole) {
            return Err(path.wrong(Message::new("error.extend-circle").with("path", shown)));
        }
        if self.read.contains(&whole) {
            return Ok(());
        }
        let text = discover::whole_text(&path.value)
            .map_err(|error| path.wrong(Message::new("error.config").with("path", shown).with("detail", &error)))?;
        self.read(Arc::new(File { path: path.value.clone(), text }))
    }
}

/// What the path is called on disk, so that a file is known whatever leads to it.
fn whole(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn extended(raw: &Raw, file: &Arc<File>) -> Vec<Given<PathBuf>> {
    let seen =
        |text: &str, span| Given { value: file.folder().join(text), origin: Origin::File(Arc::clone(file), span) };
    match raw.extend.as_ref().map(|extend| (extend.get_ref(), extend.span())) {
        None => Vec::new(),
        Some((OneOrMore::One(text), span)) => vec![seen(text, span)],
        Some((OneOrMore::More(more), _)) => more.iter().map(|text| seen(text.get_ref(), text.span())).collect(),
    }
}

fn values(raw: Raw, file: &Arc<File>) -> Result<Values, Mistake> {
    let word = |word: Spanned<String>| given(&word, file);
    let path = |path: Spanned<String>| given(&path, file).with(file.folder().join(path.get_ref()));
    let mut limits = Vec::new();
    for (name, allowed) in raw.limit {
        let name = word(name);
        limits.push(name.with((limit(&name)?, allowed)));
    }
    // In the order of the file, not of the alphabet.
    limits.sort_by_key(place);
    Ok(Values {
        rules: raw.rules.into_iter().map(path).collect(),
        agencies: raw.organs.map(path),
        limits,
        fail_on: raw.fail_on.map(|own| one_of(&word(own), &FailOn::ALL, FailOn::WORDS)).transpose()?,
        lang: raw.lang.map(|own| one_of(&word(own), &Lang::ALL, Lang::WORDS)).transpose()?,
        cache: raw.cache.map(path),
        baseline: raw.baseline.map(path),
        waivers: raw.waivers.map(path),
    })
}

type Words = (Option<Spanned<String>>, Option<Vec<Spanned<String>>>, Vec<Spanned<String>>);

fn chosen(
    (pack, select, ignore): Words,
    severity: &BTreeMap<Spanned<String>, Spanned<String>>,
    file: &Arc<File>,
) -> Result<Chosen, Mistake> {
    let words = |words: Vec<Spanned<String>>| words.iter().map(|word| given(word, file)).collect();
    let weighed =
        |(rule, word): (&Spanned<String>, &Spanned<String>)| Ok((given(rule, file), level(&given(word, file))?));
    let mut severity = severity.iter().map(weighed).collect::<Result<Vec<(Given<String>, Level)>, Mistake>>()?;
    severity.sort_by_key(|(rule, _)| place(rule));
    Ok(Chosen { pack: pack.map(|id| given(&id, file)), select: select.map(words), ignore: words(ignore), severity })
}

fn overriding(own: &Spanned<RawOverride>, file: &Arc<File>) -> Result<Override, Mistake> {
    let raw = own.get_ref();
    let patterns = |words: &Option<Vec<Spanned<String>>>| {
        let given = words.iter().flatten().map(|word| given(word, file)).collect::<Vec<_>>();
        (!given.is_empty()).then_some(given)
    };
    let (paths, organizations) = (patterns(&raw.paths), patterns(&raw.organizations));
    if paths.is_none() && organizations.is_none() {
        let origin = Origin::File(Arc::clone(file), own.span());
        return Err(Mistake { message: Message::new("error.override-of-nothing"), origin });
    }
    let wrong = |(pattern, detail): Wrong| {
        let message = Message::new("error.glob").with("pattern", pattern.value.as_str()).with("detail", detail);
        pattern.wrong(message)
    };
    let folder = std::path::absolute(file.folder().join(".")).unwrap_or_else(|_| file.folder().to_owned());
    let words = (raw.pack.clone(), raw.select.clone(), raw.ignore.clone());
    Ok(Override {
        paths: paths.map(|paths| Patterns::of_paths(paths, &folder)).transpose().map_err(wrong)?,
        organizations: organizations.map(Patterns::of_names).transpose().map_err(wrong)?,
        chosen: chosen(words, &raw.severity, file)?,
    })
}

fn given(word: &Spanned<String>, file: &Arc<File>) -> Given<String> {
    Given { value: word.get_ref().clone(), origin: Origin::File(Arc::clone(file), word.span()) }
}

fn place<T>(given: &Given<T>) -> usize {
    match &given.origin {
        Origin::File(_, span) => span.start,
        Origin::CommandLine(_) | Origin::Argument(_) => 0,
    }
}
