//! Why a file is not marked.

use crate::message::{Argument, Message};
use crate::read::Unreadable;

/// Why there is no marked copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file is signed, and the signature would hold no more.
    Signed,
    /// The file cannot be read as it is to be written.
    Unreadable(Unreadable),
    /// It could not be packed; in the words of who packs it.
    NotPacked(String),
}

impl From<Unreadable> for Refused {
    fn from(why: Unreadable) -> Self {
        Self::Unreadable(why)
    }
}

impl Refused {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Signed => Message::new("annotate.signed"),
            Self::Unreadable(why) => why.message(),
            Self::NotPacked(detail) => {
                Message::new("annotate.not-packed").with("detail", Argument::Reason(detail.clone()))
            }
        }
    }
}
