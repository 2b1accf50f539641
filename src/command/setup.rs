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
use crate::position::Lines;

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
            let pack = load(&file, core, &packs)?;
            packs.retain(|known| known.id != pack.id);
            packs.push(Arc::new(pack));
        }
    }
    Ok(Checker::new(Arc::clone(core), packs, Limits::default()))
}

fn rule_files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|error| not_read(path, &error.to_string()))?;
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    Ok(files)
}

fn load(path: &Path, core: &Arc<Core>, known: &[Arc<Pack>]) -> Result<Pack, CommandError> {
    let text = std::fs::read_to_string(path).map_err(|error| not_read(path, &error.to_string()))?;
    compile(&text, core, known).map_err(|error| unsound(path, &text, &error))
}

fn not_read(path: &Path, detail: &str) -> CommandError {
    let message = Message::new("error.rules").with("path", path.display().to_string()).with("detail", detail);
    CommandError::usage(message)
}

/// A mistake in a pack, with the line it stands in.
fn unsound(path: &Path, text: &str, error: &PackError) -> CommandError {
    let lines = Lines::new(text.as_bytes(), None);
    let start = lines.position(error.span.start as u32);
    let (line_start, line) = lines.line(start.line);
    let shown = error.span.end.min(line_start as usize + line.len()).saturating_sub(error.span.start).max(1);
    let before = unicode_width::UnicodeWidthStr::width(&line[..error.span.start - line_start as usize]);
    let number = start.line.to_string();
    let gutter = " ".repeat(number.len());
    let drawing = format!(
        "{gutter} ╭─[{}:{}:{}]\n{number} │ {line}\n{gutter} · {}{}\n{gutter} ╰────\n",
        path.display(),
        start.line,
        start.column,
        " ".repeat(before),
        "─".repeat(shown)
    );
    CommandError { drawing: Some(drawing), ..CommandError::usage(error.problem.message()) }
}
