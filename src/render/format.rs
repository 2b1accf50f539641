//! The output formats by their names.

use super::output::Output;

/// Each format once: what it is, its name on the command line, and what writes it.
macro_rules! formats {
    ($($(#[doc = $says:literal])+ $format:ident = $name:literal: $output:path;)+) => {
        /// An output format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {
            $($(#[doc = $says])+ $format,)+
        }

        impl Format {
            /// All of them, as they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$format),+];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$format => $name,)+
                }
            }

            /// What writes it.
            pub fn output(self) -> &'static dyn Output {
                match self {
                    $(Self::$format => &$output,)+
                }
            }
        }
    };
}

formats! {
    /// Findings drawn in their source.
    Full = "full": super::terminal::Full;
    /// A line a finding.
    Concise = "concise": super::concise::Concise;
    /// One JSON document.
    Json = "json": super::json::Json;
    /// A JSON value a line.
    Jsonl = "jsonl": super::json::Jsonl;
    /// SARIF 2.1.0.
    Sarif = "sarif": super::sarif::Sarif;
    /// Workflow commands of GitHub.
    Github = "github": super::github::Github;
    /// Code quality of GitLab.
    Gitlab = "gitlab": super::gitlab::Gitlab;
    /// JUnit's XML.
    Junit = "junit": super::junit::Junit;
    /// A page for a browser.
    Html = "html": super::page::Html;
    /// A workbook.
    Xlsx = "xlsx": super::workbook::Xlsx;
    /// Counts by verdict, rule and agency.
    Statistics = "statistics": super::statistics::Counts;
}

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}
