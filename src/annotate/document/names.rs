//! How the elements of a document are called, and which colours are ours in it.

use crate::annotate::xml::{Tag, prefix_of};
use crate::pack::Severity;

/// The namespace of documents where one declares none.
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The grounds of marked figures: colours that nobody else takes, so that they are known again.
pub(super) const GROUNDS: [(Severity, &str); 3] =
    [(Severity::Error, "FFC8CF"), (Severity::Warning, "FFE9A1"), (Severity::Advice, "DDEBF8")];

/// How the elements of a part are called.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// The prefix of elements, and that of attributes, which need one.
    pub element: String,
    pub attribute: String,
    /// What a first element must declare for them.
    pub declared: String,
    pub namespace: String,
}

impl Names {
    pub fn of(root: &Tag<'_>) -> Self {
        let element = root.prefix();
        let own =
            if element.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", element.trim_end_matches(':')) };
        let namespace = root.attributes().find(|(name, _)| *name == own).map(|(_, value)| value);
        let namespace = namespace.unwrap_or_else(|| NAMESPACE.to_owned());
        let known = prefix_of(root, |known| known == namespace);
        let declared = if known.is_some() { String::new() } else { format!(" xmlns:w=\"{namespace}\"") };
        Self { element, attribute: known.unwrap_or_else(|| "w:".to_owned()), declared, namespace }
    }
}
