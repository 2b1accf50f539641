//! What workbooks and texts of OpenDocument have in common.

use super::unreadable::Unreadable;
use super::xml::{self, Tag};
use super::zip_file::ZipFile;

/// The texts of the parts.
pub(super) struct Parts {
    pub content: String,
    pub styles: Option<String>,
}

/// # Errors
/// When the file is under a password, or the content is not there or cannot be read.
pub(super) fn parts(file: &mut ZipFile<'_>) -> Result<Parts, Unreadable> {
    const CONTENT: &str = "content.xml";
    const STYLES: &str = "styles.xml";
    const MANIFEST: &str = "meta-inf/manifest.xml";
    let manifest = file.read(MANIFEST)?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Unreadable::Encrypted);
    }
    let content = xml::text(file.require(CONTENT)?)?;
    Ok(Parts { content, styles: file.read(STYLES)?.map(xml::text).transpose()? })
}

/// How often something is repeated, at least once.
pub(super) fn repeated(tag: &Tag<'_>, name: &str) -> u32 {
    tag.full_attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// Blanks count as one, and those at the start of a paragraph not at all: the file has further ones as elements.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Blanks {
    after_blank: bool,
}

impl Blanks {
    /// As a paragraph begins.
    pub fn at_start() -> Self {
        Self { after_blank: true }
    }

    /// The text with one blank for several.
    pub fn fold(&mut self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\r' | '\n');
            match (is_blank, self.after_blank) {
                (true, true) => {}
                (true, false) => folded.push(' '),
                (false, _) => folded.push(c),
            }
            self.after_blank = is_blank;
        }
        folded
    }
}
