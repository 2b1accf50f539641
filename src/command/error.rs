//! Why a command ended, and with which exit status.

use crate::message::{Language, Message};

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
}

impl CommandError {
    pub fn usage(message: Message) -> Self {
        Self { status: status::USAGE, message, hint: None, drawing: None }
    }

    pub fn nothing_checked() -> Self {
        let hint = Some(Message::new("error.nothing-checked.hint"));
        Self { status: status::NOTHING, message: Message::new("error.nothing-checked"), hint, drawing: None }
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
