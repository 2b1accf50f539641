//! Self-contained pages for a browser: no network, no second file. Templates, styles and scripts are in `page/`.

mod excerpt;
mod gathered;
mod marked;
mod shown;
mod template;

use std::io::{self, Write};

use super::options::Options;
use super::output::{Collector, Output, Part, Setting};
use crate::view::{Across, NotEvaluated, Summary};
pub use excerpt::excerpt;
use gathered::{Gathered, NotPut};
pub use marked::{MARKED_SCRIPT, MARKED_STYLE, marked_article, marked_page};

const TEMPLATE: &str = concat!(include_str!("page/drawing.jinja"), include_str!("page/page.jinja"));

/// Whether a file is a page of ours, by what it says at its beginning.
pub fn is_page(bytes: &[u8]) -> bool {
    const HEAD: usize = 1024;
    const MARK: &[u8] = b"<meta name=\"generator\" content=\"gouji\">";
    memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], MARK).is_some()
}

/// A page for a browser.
pub(super) struct Html;

/// What writes a page for a browser.
pub const HTML: &dyn Output = &Html;

impl Output for Html {
    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn collector(&self, options: &Options, setting: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(Some(Box::new(Gathered::new(options, setting))))
    }
}

impl Collector for Gathered {
    fn take(&mut self, part: Part<'_>, _: &mut (dyn Write + Send)) -> io::Result<()> {
        self.keep(part);
        Ok(())
    }

    fn finish(
        mut self: Box<Self>,
        across: &Across,
        summary: &Summary,
        writer: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        for NotEvaluated { path, part, organization, year, because } in &across.not_evaluated {
            self.not_put(NotPut {
                agency: Some(organization.clone()),
                year: Some(*year),
                path: path.clone(),
                part: part.clone(),
                because: because.clone(),
            });
        }
        self.more_not_evaluated += across.more_not_evaluated;
        let shown = shown::of(&mut self, across, summary);
        template::write(TEMPLATE, shown, writer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::links::Links;
    use super::gathered::{DRAWN, LISTED};
    use super::*;
    use crate::message::Language;
    use crate::view::Report;

    fn report(number: usize) -> Report {
        let json = format!(
            r#"{{"path":"{number}.md","format":"markdown","organization":"O{number}","year":2023,
                "verdict":"findings","rules":{{"held":1,"broken":1,"not_evaluated":0}},
                "findings":[{{"severity":"{}","kind":"wrong-figure","code":"GJ300","name":"wrong-figure",
                "fingerprint":"","message":"m","sentence":"m","location":{{"sheet":"S","cell":"A1"}},
                "excerpts":[{{"pieces":[{{"marks":[0],"text":[{{"text":"1","mark":0}}]}}]}}]}}]}}"#,
            if number.is_multiple_of(2) { "advice" } else { "error" }
        );
        serde_json::from_str(&json).expect("a report")
    }

    #[test]
    fn of_very_many_findings_the_gravest_are_shown_and_the_rest_is_counted() {
        const REPORTS: usize = 6_400;
        let setting = Setting { packs: &[], agencies: None, links: Links::default() };
        let mut page = Box::new(Gathered::new(&Options::new(Language::English), setting));
        for number in 0..REPORTS {
            page.take(Part::settled(&report(number), false), &mut io::sink()).expect("a part");
        }
        let summary = Summary { reports: REPORTS, errors: REPORTS / 2, advice: REPORTS / 2, ..Summary::default() };
        let mut bytes = Vec::new();
        page.finish(&Across::default(), &summary, &mut bytes).expect("a page");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let count = |part: &str| text.matches(part).count();
        assert_eq!((count("<article"), count("<figure")), (LISTED, DRAWN));
        assert_eq!(count("<article class=\"finding error"), REPORTS / 2, "errors go before advice");
        assert!(text.contains("Of 6400 findings, the 5000 most severe are listed here, 1000 of them with tables"));
        assert!(text.contains("Of 6400 agencies, those with the most findings are shown; 5900 are not."));
        for id in text.split("href=\"#g").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(text.contains(&format!("id=\"g{id}\"")), "a cell of the map leads nowhere: {id}");
        }
    }
}
