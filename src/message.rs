//! Makes sentences from keys and arguments. The words of all messages are in `message/zh.toml` and `message/en.toml`; those
//! of rules are in the packs.

mod reasons;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::ErrorKind;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::built::{Built, built};

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

/// A language of the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// The language of a locale such as `zh_CN.UTF-8`; Chinese where it is unknown.
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Chinese }
    }

    /// The words in this language.
    pub fn pick(self, words: &Words) -> &str {
        match self {
            Self::Chinese => &words.zh,
            Self::English => &words.en,
        }
    }
}

/// Something to be said: a key of the catalogues and what fills its places.
///
/// ```
/// use gouji::{Checker, Language};
///
/// let checked = Checker::default().check("notice.md", "# 会议通知\n".as_bytes());
/// let message = &checked.first().report.findings[0].message;
/// assert_eq!(message.key, "unknown-form");
/// assert!(message.say(Language::English).starts_with("not a report of a known form"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: &'static str,
    pub arguments: Vec<(&'static str, Argument)>,
}

/// What fills a place of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// The same in every language: a figure, a label of the form, a name.
    Text(String),
    /// Words of a pack.
    Words(Words),
    /// Another message.
    Message(Message),
    /// Why something failed, in the English of a library or of the system.
    Reason(String),
    /// Several texts; each language separates them in its own way.
    List(Vec<Argument>),
    /// Several sentences, in which there may be lists.
    Sentences(Vec<Argument>),
    /// Several texts, one of which is meant.
    Either(Vec<Argument>),
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<&std::io::Error> for Argument {
    /// The commonest reasons in our own words; any other as the system gives it.
    fn from(error: &std::io::Error) -> Self {
        let key = match error.kind() {
            ErrorKind::NotFound => "io.not-found",
            ErrorKind::PermissionDenied => "io.permission-denied",
            ErrorKind::IsADirectory => "io.is-a-directory",
            ErrorKind::StorageFull => "io.storage-full",
            // What reading text gives.
            ErrorKind::InvalidData => "io.not-utf-8",
            ErrorKind::NotADirectory => "io.not-a-directory",
            ErrorKind::ReadOnlyFilesystem => "io.read-only",
            ErrorKind::InvalidFilename => "io.path-too-long",
            ErrorKind::QuotaExceeded => "io.quota",
            ErrorKind::FileTooLarge => "io.too-large",
            _ => return Message::new("io.other").with("detail", Self::Reason(error.to_string())).into(),
        };
        Message::new(key).into()
    }
}

impl From<&Words> for Argument {
    fn from(words: &Words) -> Self {
        Self::Words(words.clone())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// With one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: impl Into<Argument>) -> Self {
        self.arguments.push((name, argument.into()));
        self
    }

    /// The words in `language`.
    pub fn say(&self, language: Language) -> String {
        let mut text = String::new();
        let mut rest = template(self.key, language);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            match self.arguments.iter().find(|(known, _)| *known == name) {
                Some((_, argument)) => argument.say(language, &mut text),
                // A test holds that templates and arguments agree; a reader should see more than nothing.
                None => drop(write!(text, "{{{name}}}")),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

impl Argument {
    fn say(&self, language: Language, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::Words(words) => text.push_str(language.pick(words)),
            Self::Message(message) => text.push_str(&message.say(language)),
            Self::Reason(reason) => text.push_str(&of_reason(reason, language)),
            Self::List(parts) => join(parts, "list.separator", language, text),
            Self::Sentences(parts) => join(parts, "list.sentences", language, text),
            Self::Either(parts) => join(parts, "list.either", language, text),
        }
    }
}

fn of_reason(reason: &str, language: Language) -> String {
    if language == Language::English {
        return reason.to_owned();
    }
    reasons::chinese(reason).unwrap_or_else(|| template("reasons.unknown", language).to_owned())
}

fn join(parts: &[Argument], separator: &'static str, language: Language, text: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(template(separator, language));
        }
        part.say(language, text);
    }
}

type Catalogue = BTreeMap<&'static str, &'static str>;

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| catalogue(built!("src/message/zh")));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| catalogue(built!("src/message/en")));

fn catalogue(file: Built) -> Catalogue {
    file.read().expect("the catalogues are sound: a test reads them")
}

fn template(key: &'static str, language: Language) -> &'static str {
    let catalogue = match language {
        Language::Chinese => &*CHINESE,
        Language::English => &*ENGLISH,
    };
    catalogue.get(key).copied().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_catalogues_say_the_same_things() {
        let keys: (Vec<_>, Vec<_>) = (CHINESE.keys().collect(), ENGLISH.keys().collect());
        assert_eq!(keys.0, keys.1);
        for (key, template) in &*CHINESE {
            assert_eq!(places(template), places(ENGLISH[key]), "{key}");
        }
    }

    #[test]
    fn every_key_in_the_code_is_in_the_catalogues() {
        let mut sources = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut seen = BTreeSet::new();
        while let Some(path) = sources.pop() {
            if path.is_dir() {
                sources
                    .extend(std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                for part in text.split('"').skip(1).step_by(1) {
                    if CHINESE.contains_key(part) {
                        seen.insert(part.to_owned());
                    }
                }
                for part in text.split("Message::new(\"").skip(1) {
                    let key = part.split('"').next().unwrap_or_default();
                    assert!(CHINESE.contains_key(key), "{key} in {}", path.display());
                }
            }
        }
        let unused: Vec<_> = CHINESE.keys().filter(|key| !seen.contains(**key)).collect();
        assert!(unused.is_empty(), "said nowhere: {unused:?}");
    }
}
