//! What every subcommand starts from: the language, the rule packs.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use time::{Date, OffsetDateTime};

use super::CommandError;
use super::error::Place;
use crate::checker::Checker;
use crate::cli::{Choice, Color, Global, HowRead};
use crate::config::{Config, FileError, Given, Mistake, Origin};
use crate::discover;
use crate::message::{Argument, Language, Message};
use crate::pack::{self, Core, Pack, PackError, compile};
use crate::render::{Options, in_rule_file};

/// Of a narrower terminal nobody expects drawings that fit.
const NARROWEST: usize = 40;

/// What the command line and the file say.
pub(super) fn config(global: &Global) -> Result<Config, CommandError> {
    let language = language_without_file(global);
    Config::read(global).map_err(|error| match error {
        FileError::NotRead { path, detail } => {
            let message = Message::new("error.config").with("path", path.display().to_string());
            CommandError::usage(message.with("detail", detail))
        }
        FileError::Wrong(mistake) => mistaken(mistake, language),
    })
}

/// The configuration with the options that choose rules.
pub(super) fn with_choice(config: Config, choice: &Choice, language: Language) -> Result<Config, CommandError> {
    config.with_choice(choice).map_err(|mistake| mistaken(mistake, language))
}

/// The configuration with the options that say how files are read.
pub(super) fn with_how_read(config: Config, how_read: &HowRead, language: Language) -> Result<Config, CommandError> {
    config.with_how_read(how_read).map_err(|mistake| mistaken(mistake, language))
}

/// A mistake in the configuration, with the line it is in or the option it was given by.
pub(super) fn mistaken(mistake: Mistake, language: Language) -> CommandError {
    match mistake.origin {
        Origin::File(file, span) => {
            let path = file.path.display().to_string();
            let place = Some(Place::new(&path, &file.text, span.start));
            let drawing = in_rule_file(&Options::new(language), &path, &file.text, &[span]);
            CommandError { drawing: Some(drawing), place, ..CommandError::usage(mistake.message) }
        }
        Origin::Argument(name) => {
            let message = Message::new("error.argument").with("name", name);
            CommandError::usage(message.with("problem", mistake.message))
        }
        Origin::CommandLine(option) => {
            let message = Message::new("error.option").with("option", option);
            CommandError::usage(message.with("problem", mistake.message))
        }
    }
}

/// That a file cannot be used: drawn where the configuration names it; of an option the path says which is meant.
pub(super) fn unusable(path: &Given<PathBuf>, message: Message, language: Language) -> CommandError {
    match path.origin {
        Origin::File(..) => mistaken(path.wrong(message), language),
        Origin::CommandLine(_) | Origin::Argument(_) => CommandError::usage(message),
    }
}

/// The language: as configured, else the locale's, else Chinese.
pub(super) fn language(config: &Config) -> Language {
    config.values.lang.as_ref().map_or_else(of_locale, |lang| lang.value.into())
}

/// The same before there is a configuration, or where it is wrong.
pub(super) fn language_without_file(global: &Global) -> Language {
    global.lang.map_or_else(of_locale, Language::from)
}

/// The language of the environment, which is not set on Windows and in programs of macOS: there the system's.
pub(super) fn of_locale() -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let said = said.into_iter().find(|locale| !locale.is_empty());
    said.or_else(sys_locale::get_locale).map_or(Language::default(), |locale| Language::of_locale(&locale))
}

/// Whether standard output is coloured; what the environment asks for counts where the call says nothing.
pub(super) fn color(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if anstyle_query::no_color() => false,
        Color::Auto if anstyle_query::clicolor_force() => true,
        Color::Auto if anstyle_query::clicolor() == Some(false) => false,
        // The console of Windows has to be asked to take colours as bytes.
        Color::Auto => {
            let takes_colors = || anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
            std::io::stdout().is_terminal() && anstyle_query::term_supports_color() && takes_colors()
        }
    }
}

/// Where links to files start from, for a terminal that shows them; none where they would be seen as they are written.
fn links(color: bool) -> Option<&'static str> {
    static WORKING: OnceLock<Option<String>> = OnceLock::new();
    let shows_links = color && std::io::stdout().is_terminal() && supports_hyperlinks::supports_hyperlinks();
    let working = || std::path::absolute(".").ok().map(|folder| folder.display().to_string());
    WORKING.get_or_init(working).as_deref().filter(|_| shows_links)
}

/// The forms that come with the program and those that are configured; a form of the same id takes the place of ours.
pub(super) fn checker(config: &Config) -> Result<Checker, CommandError> {
    checker_besides(config, &[])
}

/// The same beside rule files that are looked at themselves: what is wrong in these is reported there.
pub(super) fn checker_besides(config: &Config, files: &[PathBuf]) -> Result<Checker, CommandError> {
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let looked_at: Vec<PathBuf> = files.iter().map(|path| whole(path)).collect();
    let (core, builtin) = pack::builtin();
    let mut packs = builtin.clone();
    for path in &config.values.rules {
        if !path.value.exists() {
            let message = Message::new("error.no-path").with("path", path.value.display().to_string());
            return Err(mistaken(path.wrong(message), language(config)));
        }
        for file in rule_files(&path.value)? {
            let pack = match load(&file, core, &packs, language(config)) {
                Ok(pack) => pack,
                Err(_) if looked_at.contains(&whole(&file)) => continue,
                Err(error) => return Err(error),
            };
            packs.retain(|known| known.id != pack.id);
            packs.push(Arc::new(pack));
        }
    }
    Ok(Checker::new(Arc::clone(core), packs, config.values.limits()))
}

/// The rule files of a path: itself, or those of a folder in order.
pub(super) fn rule_files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|error| not_read(path, &error))?;
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    Ok(bases_first(files))
}

/// A pack comes after the one it starts from, whatever their files are called.
fn bases_first(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    // What cannot be read is reported where it is loaded.
    let raw = |path: &PathBuf| toml::from_str::<pack::raw::Pack>(&discover::whole_text(path).ok()?).ok();
    let mut left: Vec<(PathBuf, Option<pack::raw::Pack>)> =
        files.drain(..).map(|path| (path.clone(), raw(&path))).collect();
    while !left.is_empty() {
        let waits = |(_, own): &(PathBuf, Option<pack::raw::Pack>)| {
            let Some(base) = own.as_ref().and_then(|own| own.extends.as_ref()) else { return false };
            let is_base = |other: &pack::raw::Pack| other.id.get_ref() == base.get_ref();
            let others = left.iter().filter_map(|(_, other)| other.as_ref());
            others.filter(|other| other.id.get_ref() != own.as_ref().map_or("", |own| own.id.get_ref())).any(is_base)
        };
        // Packs that start from each other wait for ever: the first of them is loaded, and refused.
        let next = left.iter().position(|own| !waits(own)).unwrap_or(0);
        files.push(left.remove(next).0);
    }
    files
}

fn load(path: &Path, core: &Arc<Core>, known: &[Arc<Pack>], language: Language) -> Result<Pack, CommandError> {
    let text = text(path)?;
    compile(&text, core, known).map_err(|error| unsound(path, &text, &error, language))
}

/// The text of a rule file.
pub(super) fn text(path: &Path) -> Result<String, CommandError> {
    discover::whole_text(path).map_err(|error| not_read(path, &error))
}

fn not_read(path: &Path, detail: impl Into<Argument>) -> CommandError {
    let message = Message::new("error.rules").with("path", path.display().to_string()).with("detail", detail);
    CommandError::usage(message)
}

/// A mistake in a pack, with its line.
fn unsound(path: &Path, text: &str, error: &PackError, language: Language) -> CommandError {
    let path = path.display().to_string();
    let drawing = in_rule_file(&Options::new(language), &path, text, std::slice::from_ref(&error.span));
    let place = Some(Place::new(&path, text, error.span.start));
    CommandError { drawing: Some(drawing), place, ..CommandError::usage(error.problem.message()) }
}

/// How things are drawn on standard output: to the width of the terminal, if it is one.
pub(super) fn options_of_output(language: Language, color: bool) -> Options {
    let whole = Options { color, links: links(color), ..Options::new(language) };
    let Some((width, _)) = terminal_size::terminal_size_of(std::io::stdout()) else { return whole };
    Options { width: usize::from(width.0).max(NARROWEST), breaks_lines: true, ..whole }
}

/// The day: that of the machine in universal time, or what builds that can be repeated set in its place.
pub(super) fn today() -> Date {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let set = set.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    set.unwrap_or_else(OffsetDateTime::now_utc).date()
}
