//! Why a command ended, and with which exit status.

use crate::message::{Language, Message};
use crate::view::{Lines, Position};

/// Exit statuses, as documented.
pub(in crate::command) mod status {
    /// Nothing at or above `--fail-on`.
    pub const SUCCESS: u8 = 0;
    pub const FINDINGS: u8 = 1;
    /// The call or the configuration is wrong.
    pub const USAGE: u8 = 2;
    /// Nothing was checked.
    pub const NOTHING: u8 = 3;
    /// Whoever read standard output or standard error has gone away: what shells show for the signal that says so.
    pub const CLOSED: u8 = 141;
    /// The user has ended the run, and its result is partial.
    pub const INTERRUPTED: u8 = 130;
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(in crate::command) struct CommandError {
    pub status: u8,
    pub message: Message,
    pub hint: Option<Message>,
    /// More to be shown below it, a drawing of the place in a rule file.
    pub drawing: Option<String>,
    /// That place, for programs.
    pub place: Option<Box<Place>>,
}

/// A place in a rule file or a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    /// Counted from 1, as the characters in it.
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// Behind so many bytes of the text of a file.
    pub fn new(path: &str, text: &str, at: usize) -> Box<Self> {
        let Position { line, column, .. } = Lines::new(text.as_bytes(), None).position(at as u32);
        Box::new(Self { path: path.to_owned(), line, column })
    }
}

impl CommandError {
    pub fn usage(message: Message) -> Self {
        Self { status: status::USAGE, message, hint: None, drawing: None, place: None }
    }

    pub fn nothing_checked() -> Self {
        let hint = Some(Message::new("error.nothing-checked.hint"));
        Self {
            status: status::NOTHING,
            message: Message::new("error.nothing-checked"),
            hint,
            drawing: None,
            place: None,
        }
    }

    /// In some lines, for standard error.
    pub fn say(&self, language: Language) -> String {
        let mut text = Message::new("error.label").with("text", self.message.clone()).say(language) + "\n";
        text.push_str(self.drawing.as_deref().unwrap_or_default());
        if let Some(hint) = &self.hint {
            text.push_str(&Message::new("error.hint").with("text", hint.clone()).say(language));
            text.push('\n');
        }
        text
    }
}
