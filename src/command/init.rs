//! `gouji init`: a `gouji.toml` to begin with, every key explained.

use std::io::ErrorKind;
use std::path::Path;

use super::streams::{not_written, print};
use super::{CommandError, status, whole};
use crate::config;
use crate::message::{Language, Message};

pub(super) fn run(language: Language) -> Result<u8, CommandError> {
    write_new(Path::new(config::NAME), &Message::new("init.file").say(language))?;
    print(&(Message::new("init.written").with("path", config::NAME).say(language) + "\n"))?;
    Ok(status::SUCCESS)
}

/// Writes a file that is for its user to go on with: never over one that is there, there may be work in it.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), CommandError> {
    whole::write_new(path, text).map_err(|error| {
        let path = path.display().to_string();
        match error.kind() {
            ErrorKind::AlreadyExists => CommandError::usage(Message::new("error.is-there").with("path", path)),
            _ => not_written(&path, &error),
        }
    })
}
