//! Every error of the library is a [`std::error::Error`], and displayed as one English sentence. Its `message` says the same
//! in the language of a user.

use std::error::Error;
use std::fmt;

use crate::message::{Language, Message};
use crate::pack::PackError;
use crate::read::Unreadable;
use crate::suppress::Mistake;
use crate::view::Refused;

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English))
    }
}

/// What is wrong with a list of agencies or a baseline is a message and nothing else.
impl Error for Message {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl Error for Unreadable {}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.message().fmt(f)
    }
}

impl Error for PackError {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl Error for Refused {}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl Error for Mistake {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agencies::Agencies;
    use crate::pack::{self, compile};
    use crate::suppress::Baseline;

    fn sentence(error: &(dyn Error + Send + Sync)) -> String {
        error.to_string()
    }

    #[test]
    fn errors_are_english_sentences() {
        let (core, packs) = pack::builtin();
        let pack = compile("id = 1", core, packs).expect_err("no pack");
        let agencies = Agencies::read(b"\n", &core.collection).expect_err("no list");
        let baseline = Baseline::read("{").expect_err("no baseline");
        let said = [sentence(&Unreadable::Encrypted), sentence(&pack), sentence(&agencies), sentence(&baseline)];
        assert_eq!(said[0], "the file is protected by a password");
        // They may quote what the file or the form says, in any language.
        assert!(
            said.iter().all(|error| error.starts_with(|c: char| c.is_ascii_lowercase()) && error.contains(' ')),
            "{said:?}"
        );
    }
}
