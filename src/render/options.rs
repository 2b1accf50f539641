//! How to render, whatever the format.

use std::sync::Arc;

use super::rules::Rules;
use crate::message::Language;
use crate::pack::Severity;

/// How to render, whatever the format.
#[derive(Debug, Clone)]
pub struct Options {
    pub language: Language,
    /// ANSI colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The lightest severity that fails the run; none where nothing does.
    pub fails: Option<Severity>,
    /// The rules in use, for formats that say what they are.
    pub rules: Arc<Rules>,
    /// Lines longer than `width` are broken or cut, where somebody looks at them; what a program reads stays whole.
    pub breaks_lines: bool,
    /// For a terminal that shows links: the folder, absolute, from which paths are seen.
    pub links: Option<&'static str>,
    /// The day of the run, `2026-11-30`, for formats that say when it was.
    pub day: Option<String>,
    /// Drawings name the sums that fail by their ids, for those who write rules.
    pub names_sums: bool,
}

impl Options {
    /// No colours, no line broken; errors fail, and nothing is known of the rules.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            color: false,
            width: 100,
            fails: Some(Severity::Error),
            rules: Arc::default(),
            breaks_lines: false,
            links: None,
            day: None,
            names_sums: false,
        }
    }
}
