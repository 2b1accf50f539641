//! `gouji init`: a `gouji.toml` to begin with, every key explained.

use std::path::Path;

use super::{CommandError, status};
use crate::config;
use crate::message::{Language, Message};

pub(super) fn run(language: Language) -> Result<u8, CommandError> {
    super::write_new(Path::new(config::NAME), &Message::new("init.file").say(language))?;
    super::print(&(Message::new("init.written").with("path", config::NAME).say(language) + "\n"));
    Ok(status::SUCCESS)
}
