//! What is found in one report, as an element for the pages of others: a notebook shows a report so.

use minijinja::context;

use super::super::links::Links;
use super::super::words;
use super::gathered::Kept;
use super::marked::class;
use super::shown::Words;
use super::template;
use crate::message::{Language, Message};
use crate::view::{Report, harmless};

const TEMPLATE: &str = concat!(include_str!("drawing.jinja"), include_str!("excerpt.jinja"));
const STYLE: &str = include_str!("excerpt.css");
/// So many findings are shown.
const SHOWN: usize = 50;

/// What is found in a report, drawn: `<div class="gouji-report">…</div>`, with its style, without a script. All text in it is
/// escaped.
pub fn excerpt(report: &Report, language: Language) -> String {
    let words = Words { language, links: &Links::default() };
    let kept = |finding: &crate::view::Finding| Kept {
        agency: report.organization.clone(),
        year: report.year,
        path: report.path.clone(),
        part: report.part.clone(),
        finding: finding.clone(),
        is_across: false,
    };
    let findings = report.findings.iter().take(SHOWN).map(|finding| words.finding(kept(finding)));
    let say = |key: &'static str| Message::new(key).say(language);
    let further = report.findings.len().saturating_sub(SHOWN);
    let all = report.findings.len();
    let cut = Message::new("excerpt.cut").with("further", further).with("all", all).say(language);
    let shown = context! {
        lang => match language { Language::Chinese => "zh-CN", Language::English => "en" },
        style => STYLE,
        w => context! {
            help => say("page.help"),
            found => say("page.found"),
            expected => say("page.expected"),
            other_file => say("page.other-file"),
            as_printed => say("page.as-printed"),
        },
        class => class(report.verdict),
        verdict => words::verdict(report.verdict).say(language),
        summary => harmless(&words::summary(report, language).say(language)),
        unverifiable => words::unverifiable(report, language),
        findings => findings.collect::<Vec<_>>(),
        cut => (further > 0).then_some(cut),
    };
    let mut element = Vec::new();
    template::write(TEMPLATE, shown, &mut element).expect("the template is ours, and memory takes all");
    String::from_utf8(element).expect("templates write UTF-8")
}
