//! How much a finding weighs.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding weighs; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; nothing is said to be wrong.
    Advice,
    /// Probably wrong.
    Warning,
    /// Wrong, on evidence in the file.
    Error,
}

impl Severity {
    /// Every severity with its word, the gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("advice", Self::Advice)];
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::ALL.iter().find(|(_, severity)| severity == self);
        f.write_str(known.map_or("", |(word, _)| word))
    }
}
