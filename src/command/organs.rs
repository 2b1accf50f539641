//! The list of organs, as it is given.

use std::path::Path;

use super::{CommandError, setup};
use crate::checker::Checker;
use crate::config::{Config, Given, Origin};
use crate::message::{Language, Message};
use crate::organs::Organs;

/// A file that is told of besides the reports, as it lies: the list of organs, a baseline, waivers.
pub(super) struct List {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Reads the list that the option names, or else the configuration; what is odd in it is said at once.
pub(super) fn read(
    option: Option<&Path>,
    config: &Config,
    checker: &Checker,
    language: Language,
) -> Result<Option<(Organs, List)>, CommandError> {
    let option = option.map(|path| Given { value: path.to_owned(), origin: Origin::CommandLine("--organs") });
    let Some(path) = option.as_ref().or(config.organs()) else { return Ok(None) };
    let shown = path.value.display().to_string();
    let wrong = |detail: Message| {
        let message = Message::new("error.organs").with("path", shown.as_str()).with("detail", detail);
        setup::unusable(path, message, language)
    };
    let bytes = std::fs::read(&path.value)
        .map_err(|error| wrong(Message::new("organs.not-opened").with("detail", error.to_string())))?;
    let organs = Organs::read(&bytes, &checker.core().archive).map_err(wrong)?;
    for remark in &organs.remarks {
        let message = Message::new("warning.organs").with("path", shown.as_str()).with("detail", remark.clone());
        eprintln!("{}", message.say(language));
    }
    Ok(Some((organs, List { path: shown, bytes })))
}
