//! What marked copies are called.

use std::path::Path;

use super::copy::Kind;
use crate::message::{Language, Message};

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

/// The name of a copy of the file `name`. A copy that is marked again is numbered: it may be one that was worked in.
pub fn of_copy(name: &str, kind: Kind, language: Language) -> String {
    let (stem, number) = parts(name, &[language]).map_or((stem(name), 0), |(stem, number)| (stem, number));
    let number = if number == 0 { String::new() } else { (number.saturating_add(1)).to_string() };
    format!("{stem}.{}{number}.{}", word(language), kind.extension(name))
}

/// The name of the file that a copy was made of, by what the copy is called; none where that is no name of a copy.
pub fn of_original(name: &str) -> Option<String> {
    let (stem, _) = parts(name, &LANGUAGES)?;
    let extension = Path::new(name).extension()?.to_str()?;
    Some(format!("{stem}.{extension}"))
}

/// What the file was called without its extension, and which copy it is, counted from 1.
fn parts<'n>(name: &'n str, languages: &[Language]) -> Option<(&'n str, u32)> {
    let (stem, last) = stem(name).rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
    let number = |tail: &str| if tail.is_empty() { Some(1) } else { tail.parse().ok() };
    let of = |language: &Language| number(last.strip_prefix(&word(*language))?);
    Some((stem, languages.iter().find_map(of)?))
}

fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

fn word(language: Language) -> String {
    Message::new("annotate.file").say(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_after_its_report() {
        let copy = |name: &str| of_copy(name, Kind::Workbook, Language::Chinese);
        assert_eq!(copy("年报.xlsx"), "年报.批注.xlsx");
        assert_eq!(copy("年报.批注.xlsx"), "年报.批注2.xlsx");
        assert_eq!(copy("年报.批注2.xlsx"), "年报.批注3.xlsx");
        assert_eq!(copy("批注.xlsx"), "批注.批注.xlsx");
        assert_eq!(of_copy("r.v2.xlsm", Kind::Workbook, Language::English), "r.v2.annotated.xlsm");
    }

    #[test]
    fn a_report_is_known_by_its_copy() {
        assert_eq!(of_original("年报.批注2.xlsx").as_deref(), Some("年报.xlsx"));
        assert_eq!(of_original("r.annotated.docx").as_deref(), Some("r.docx"));
        for name in ["年报.xlsx", "批注.xlsx", ".批注.xlsx", "年报.批注稿.xlsx"] {
            assert_eq!(of_original(name), None, "{name}");
        }
    }
}
