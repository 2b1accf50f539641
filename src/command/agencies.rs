//! The list of agencies, as it is given.

use std::path::Path;

use super::streams::say;
use super::{CommandError, setup};
use crate::agencies::Agencies;
use crate::checker::Checker;
use crate::config::{Config, Given, Origin};
use crate::discover;
use crate::message::{Language, Message};

/// A file besides the reports that findings may be about: the list of agencies, a baseline, waivers.
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
) -> Result<Option<(Agencies, List)>, CommandError> {
    let option = option.map(|path| Given { value: path.to_owned(), origin: Origin::CommandLine("--organs") });
    let Some(path) = option.as_ref().or(config.values.agencies.as_ref()) else { return Ok(None) };
    let shown = path.value.display().to_string();
    let wrong = |detail: Message| {
        let message = Message::new("error.agencies").with("path", shown.as_str()).with("detail", detail);
        setup::unusable(path, message, language)
    };
    let bytes = discover::whole(&path.value)
        .map_err(|error| wrong(Message::new("agencies.not-opened").with("detail", &error)))?;
    let agencies = Agencies::read(&bytes, &checker.core().collection).map_err(wrong)?;
    for remark in &agencies.remarks {
        let message = Message::new("warning.agencies").with("path", shown.as_str()).with("detail", remark.clone());
        say(&message, language);
    }
    Ok(Some((agencies, List { path: shown, bytes })))
}
