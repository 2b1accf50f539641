//! The title of a form: what reports print, and the pattern by which it is recognised.

use super::words::words;
use crate::squeeze::Squeezed;

/// A title read off a sample.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// What follows the agency and, unless it is behind that, the year.
    pub words: String,
    pub patterns: Vec<String>,
    /// The whole title, with what stands for agency and year, where these are not before the words.
    pub template: Option<String>,
}

impl Title {
    /// From the sample's own title, which may name an agency and a year or neither.
    pub fn new(line: &str) -> Self {
        if let Some(title) = Self::english(line) {
            return title;
        }
        let text = Squeezed::new(line).text;
        let text = words().without_ending(&text);
        let words = match year(text) {
            Some((before, after)) if !after.contains(char::is_alphabetic) => return Self::before_year(before),
            Some((_, after)) => after,
            None => text,
        };
        let words = words.trim_start_matches('年').trim_start_matches('度').to_owned();
        Self { patterns: vec![year_first(&words)], words, template: None }
    }

    /// Of an English title: the agency, what the report is called, the year.
    fn english(line: &str) -> Option<Self> {
        const YEAR: usize = 4;
        let called = words().report_in(line).filter(|called| line.is_ascii() && called.start > 0)?;
        let behind = &line[called.end..];
        let is_year = |at: &usize| {
            let digits = behind.get(*at..*at + YEAR);
            digits.is_some_and(|year| year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let year = (0..behind.len()).find(is_year)?;
        let (before, after) = (&behind[..year], &behind[year + YEAR..]);
        if !words().leads_to_year(before) || after.contains(char::is_alphabetic) {
            return None;
        }
        let (words, before) = (line[called].to_owned(), before.to_owned());
        let plain = |text: &str| regex::escape(&Squeezed::new(text).text);
        let pattern = format!(r"^(?i)(?<organization>.+?){}(?<year>20\d\d)$", plain(&format!("{words}{before}")));
        let template = Some(format!("{{organization}} {words}{before}{{year}}"));
        Some(Self { words, patterns: vec![pattern], template })
    }

    /// Of a title with its year at the end, in brackets or without: 望江县水利工程年度报告（2024年度）.
    fn before_year(text: &str) -> Self {
        let text = text.trim_end_matches(['（', '(', '〔', '[']);
        let behind_blank = text.rfind(BLANKS).map_or(text, |at| text[at..].trim_start_matches(BLANKS));
        let is_blank = behind_blank.len() < text.len();
        let words = if is_blank { words().without_level(behind_blank) } else { behind_blank }.to_owned();
        let year = r"[（(〔\[]?(?<year>20\d\d)年?度?[）)〕\]]?";
        let year_last = format!(r"^(?<organization>\D*?){}{year}$", regex::escape(&words));
        Self { patterns: vec![year_first(&words), year_last], words, template: None }
    }
}

/// As most titles are: agency, year, words.
fn year_first(words: &str) -> String {
    format!(r"^(?<organization>\D*?)(?<year>20\d\d)年?度?{}$", regex::escape(words))
}

/// What stands for a name or a number in a blank form.
const BLANKS: [char; 8] = ['×', 'X', 'x', '*', '_', '＿', '○', '□'];

/// What is before and after the year, or the blank for it: 20××年.
fn year(text: &str) -> Option<(&str, &str)> {
    const YEAR: &str = "年";
    let is_digit = |c: char| c.is_ascii_digit() || BLANKS.contains(&c);
    text.match_indices(YEAR).find_map(|(end, _)| {
        let before = text[..end].trim_end_matches(is_digit);
        let number = &text[before.len()..end];
        let after = text[end + YEAR.len()..].trim_start_matches('度');
        let is_year = number.starts_with("20") || number.starts_with(BLANKS);
        is_year.then_some((before, after))
    })
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
            let pattern = regex::Regex::new(title.patterns.last().expect("one")).expect("a pattern");
            let found = pattern.captures("临泉县水利局2023年度政府信息公开工作年度报告").expect("a title");
            assert_eq!((&found["organization"], &found["year"]), ("临泉县水利局", "2023"));
        }
    }

    #[test]
    fn an_english_title_names_the_agency_first() {
        let title = Title::new("Hill County Reading Rooms Annual Report FY 2023");
        assert_eq!(title.words, "Annual Report");
        assert_eq!(title.template.as_deref(), Some("{organization} Annual Report FY {year}"));
        let pattern = regex::Regex::new(&title.patterns[0]).expect("a pattern");
        assert_eq!(&pattern.captures("MillCountyANNUALREPORTFY2021").expect("a title")["year"], "2021");
        assert_eq!(Title::new("Annual Report on Mills").template, None);
    }

    #[test]
    fn the_year_may_be_at_the_end_of_a_title() {
        for (line, words) in [
            ("××县水利工程管理情况年度报告（2024年度）", "水利工程管理情况年度报告"),
            ("水利工程管理情况年度报告（20××年）", "水利工程管理情况年度报告"),
            ("____市水利局水利工程管理情况年度报告 2024年", "水利局水利工程管理情况年度报告"),
        ] {
            let title = Title::new(line);
            assert_eq!(title.words, words, "{line}");
            let pattern = regex::Regex::new(title.patterns.last().expect("one")).expect("a pattern");
            let found = format!("临泉县{words}(2023年度)");
            let found = pattern.captures(&found).expect("a title");
            assert_eq!((&found["organization"], &found["year"]), ("临泉县", "2023"));
        }
    }
}
