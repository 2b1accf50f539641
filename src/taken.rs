//! Which files are taken for reports: by their names, by what they are like, and not what we have written ourselves. The same
//! for folders, archives and whatever hands in files.

use std::ffi::OsStr;
use std::path::Path;

use crate::annotate::of_original;
use crate::bind::Likeness;
use crate::checker::{Checked, Checker};
use crate::document::Document;
use crate::extract;
use crate::render;

/// What is taken for a report in a folder: what can be read, and what cannot but should not be passed over in
/// silence. A file that is named itself is always taken, whatever it is called.
pub const EXTENSIONS: [&str; 22] = [
    "md", "markdown", "txt", "text", "html", "htm", "xhtml", "xlsx", "xlsm", "xls", "xlsb", "et", "ods", "fods",
    "docx", "doc", "wps", "odt", "fodt", "pdf", "mht", "mhtml",
];

/// What is taken for a report in a folder only where it is like one: tables and texts of all kinds have these names.
pub const DOUBTFUL: [&str; 14] = [
    "csv",
    "tsv",
    "tab",
    "rst",
    "adoc",
    "asciidoc",
    "asc",
    "wiki",
    "mediawiki",
    "tex",
    "latex",
    "typ",
    "textile",
    "org",
];

/// What reports are packed in.
pub const ARCHIVE: &str = "zip";

/// Whether a file of this name, seen from the folder or archive it is found in, is looked into: one of a report, or of an
/// archive. What is hidden is passed over.
pub fn is_wanted(name: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
    !name.split('/').any(is_hidden) && (is_report(name) || is_doubtful(name) || is_archive(name))
}

/// Whether a file of this name is taken for a report.
pub fn is_report(name: &str) -> bool {
    // Office programs keep a lock file beside an open document.
    let is_lock = name.rsplit('/').next().is_some_and(|name| name.starts_with("~$"));
    !is_lock && has_extension(name, |extension| EXTENSIONS.contains(&extension))
}

/// Whether a file of this name is taken for a report if it is like one.
pub fn is_doubtful(name: &str) -> bool {
    has_extension(name, |extension| DOUBTFUL.contains(&extension))
}

/// Whether a file of this name is taken for an archive of reports.
pub fn is_archive(name: &str) -> bool {
    has_extension(name, |extension| extension == ARCHIVE)
}

fn has_extension(name: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    extension.is_some_and(|extension| is_known(&extension))
}

/// Whether a file of this name is a marked copy of a file that is there, too: the same report once more. Names are seen from
/// the folder or archive that the file is found in.
pub fn is_copy(name: &str, is_there: impl FnOnce(&str) -> bool) -> bool {
    let (folder, own) = name.rfind('/').map_or(("", name), |at| name.split_at(at + 1));
    of_original(own).is_some_and(|original| is_there(&format!("{folder}{original}")))
}

/// Whether a file was written by an earlier run: a page, a workbook, or figures.
pub fn is_own(bytes: &[u8]) -> bool {
    render::is_page(bytes) || render::is_workbook(bytes) || extract::is_csv(bytes)
}

/// How much a file must be like a report at least to be taken for one, if it follows no form: one whose name says nothing, and
/// one that was named itself.
pub fn least(is_doubtful: bool, is_named: bool) -> Likeness {
    match (is_doubtful, is_named) {
        (true, _) => Likeness::Report,
        (false, true) => Likeness::Nothing,
        (false, false) => Likeness::Word,
    }
}

/// Whether nobody would take a file for a report, which is to be like one by so much at the `least`.
pub fn is_other(checked: &Checked<'_>, checker: &Checker, least: Likeness) -> bool {
    if least == Likeness::Nothing || checked.reports.iter().any(|checked| checked.report.pack.is_some()) {
        return false;
    }
    let likeness = |document: &Document<'_>| checker.likeness(document);
    // What cannot be read may be a report where its name says so.
    checked.document.as_ref().map_or(least == Likeness::Report, |document| likeness(document) < least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_one_where_its_report_is_beside_it() {
        let there = |name: &str| ["2023/年报.xlsx", "年报.docx"].contains(&name);
        assert!(is_copy("2023/年报.批注.xlsx", there) && is_copy("年报.annotated2.docx", there));
        for name in ["2024/年报.批注.xlsx", "年报.批注.xlsx", "2023/年报.xlsx", "年报.docx"] {
            assert!(!is_copy(name, there), "{name}");
        }
    }
}
