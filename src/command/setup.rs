//! What every subcommand starts from: the language, the rule packs.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CommandError;
use crate::checker::Checker;
use crate::cli::{Color, Global};
use crate::limits::Limits;
use crate::message::{Language, Message};
use crate::pack::{self, Core, Pack, PackError, compile};
use crate::render::{Renderer, Style};

/// The language: `--lang`, else the locale's, else Chinese.
pub(super) fn language(global: &Global) -> Language {
    if let Some(lang) = global.lang {
        return lang.into();
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    locale.into_iter().find(|locale| !locale.is_empty()).map_or(Language::default(), |l| Language::of_locale(&l))
}

/// Whether standard output is coloured.
pub(super) fn color(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !unwanted && std::io::stdout().is_terminal()
        }
    }
}

/// The forms that come with the program and those of `--rules`; a form of the same id takes the place of ours.
pub(super) fn checker(global: &Global) -> Result<Checker, CommandError> {
    let (core, builtin) = pack::builtin();
    let mut packs = builtin.clone();
    for path in &global.rules {
        for file in rule_files(path)? {
            let pack = load(&file, core, &packs, language(global))?;
            packs.retain(|known| known.id != pack.id);
            packs.push(Arc::new(pack));
        }
    }
    Ok(Checker::new(Arc::clone(core), packs, Limits::default()))
}

/// The rule files of a path: itself, or those of a folder in order.
pub(super) fn rule_files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|error| not_read(path, &error.to_string()))?;
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    Ok(files)
}

fn load(path: &Path, core: &Arc<Core>, known: &[Arc<Pack>], language: Language) -> Result<Pack, CommandError> {
    let text = text(path)?;
    compile(&text, core, known).map_err(|error| unsound(path, &text, &error, language))
}

/// The text of a rule file.
pub(super) fn text(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path).map_err(|error| not_read(path, &error.to_string()))
}

fn not_read(path: &Path, detail: &str) -> CommandError {
    let message = Message::new("error.rules").with("path", path.display().to_string()).with("detail", detail);
    CommandError::usage(message)
}

/// A mistake in a pack, with the line it stands in.
fn unsound(path: &Path, text: &str, error: &PackError, language: Language) -> CommandError {
    let renderer = renderer(language, false);
    let drawing = renderer.in_rule_file(&path.display().to_string(), text, std::slice::from_ref(&error.span));
    CommandError { drawing: Some(drawing), ..CommandError::usage(error.problem.message()) }
}

/// How things are drawn on this terminal.
pub(super) fn renderer(language: Language, color: bool) -> Renderer {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).max(60);
    Renderer { style: Style::Full, language, color, width }
}
