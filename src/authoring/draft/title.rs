//! The title of a form: what reports print, and the pattern by which it is recognised.

use super::words::words;
use crate::squeeze::Squeezed;

/// A title read off a sample.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// What follows the agency and the year.
    pub words: String,
    pub pattern: String,
}

impl Title {
    /// From the sample's own title, which may name an agency and a year or neither.
    pub fn new(line: &str) -> Self {
        let text = Squeezed::new(line).text;
        let text = words().without_ending(&text);
        let words = match year(text) {
            Some((_, after)) if !after.is_empty() => after,
            _ => text,
        };
        let words = words.trim_start_matches('年').trim_start_matches('度').to_owned();
        let pattern = format!(r"^(?<organization>\D*?)(?<year>20\d\d)年?度?{}$", regex::escape(&words));
        Self { words, pattern }
    }
}

/// What is before and after the year, or the blank for it: 20××年.
fn year(text: &str) -> Option<(&str, &str)> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '×' | 'X' | 'x' | '*' | '_' | '＿' | '○' | '□');
    let at = text.find("20").or_else(|| text.find(['×', 'X', '_', '＿', '○', '□']))?;
    let after = text[at..].trim_start_matches(is_digit);
    after.starts_with('年').then_some((&text[..at], after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agency_and_year_are_taken_out_of_a_title() {
        for line in [
            "望江县商务局2024年政府信息公开工作年度报告",
            "望江县商务局 2024年度 政府信息公开工作年度报告",
            "××县××局20××年政府信息公开工作年度报告",
            "政府信息公开工作年度报告格式模板",
        ] {
            let title = Title::new(line);
            assert_eq!(title.words, "政府信息公开工作年度报告", "{line}");
            let pattern = regex::Regex::new(&title.pattern).expect("a pattern");
            let found = pattern.captures("临泉县水利局2023年度政府信息公开工作年度报告").expect("a title");
            assert_eq!((&found["organization"], &found["year"]), ("临泉县水利局", "2023"));
        }
    }
}
