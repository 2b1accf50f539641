//! The list of organs, as it is given.

use std::path::Path;

use super::CommandError;
use crate::checker::Checker;
use crate::message::{Language, Message};
use crate::organs::Organs;

/// The list as it lies.
pub(super) struct List {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Reads the list; what is odd in it is said at once.
pub(super) fn read(path: &Path, checker: &Checker, language: Language) -> Result<(Organs, List), CommandError> {
    let wrong = |detail: Message| {
        let message = Message::new("error.organs").with("path", path.display().to_string());
        CommandError::usage(message.with("detail", detail))
    };
    let shown = path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| wrong(Message::new("organs.not-opened").with("detail", error.to_string())))?;
    let organs = Organs::read(&bytes, &checker.core().archive).map_err(wrong)?;
    for remark in &organs.remarks {
        let message = Message::new("warning.organs").with("path", shown.as_str()).with("detail", remark.clone());
        eprintln!("{}", message.say(language));
    }
    Ok((organs, List { path: shown, bytes }))
}
