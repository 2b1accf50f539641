//! One page for a browser that holds all that is told: no network, no second file. What it looks like is in `page/`.

mod view;

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

use super::collected::{Collector, Drawing, Links, Overview, Part, Setting, parse};
use super::told::{Finding, NotEvaluated};
use super::{Across, Renderer, Summary};
use crate::message::{Language, Message};
use crate::pack::Severity;

/// So many findings are listed, the gravest; of these so many are drawn.
const LISTED: usize = 5_000;
const DRAWN: usize = 1_000;
/// So many agencies stand in the map, the worst ones.
const ORGANS: usize = 500;
/// So many of what was not evaluated are listed.
const NOT_EVALUATED: usize = 1_000;

const TEMPLATE: &str = include_str!("page/page.jinja");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");
/// The hashes of both, by which alone a browser lets them run; a test holds them fresh.
const STYLE_HASH: &str = "sha256-ty6Yh4vnokriRHRzCgcWEGBd3wI8SNIjWTA/scf0KuQ=";
const SCRIPT_HASH: &str = "sha256-Z3+Bgnx212gNj0EVRBlq+UE0jb+f7In/MzMAdO+qBik=";

/// Gathers what the page shows.
#[derive(Debug)]
pub(super) struct Page {
    language: Language,
    links: Links,
    overview: Overview,
    /// By severity, the lightest first.
    findings: [Vec<Kept>; 3],
    missing: Vec<Kept>,
    not_evaluated: Vec<NotPut>,
    more_not_evaluated: usize,
}

/// A finding with whose it is.
#[derive(Debug)]
struct Kept {
    agency: Option<String>,
    year: Option<u16>,
    path: String,
    told: Finding,
    drawings: Vec<Drawing>,
    is_across: bool,
}

/// What was not evaluated, and why.
#[derive(Debug)]
struct NotPut {
    agency: Option<String>,
    year: Option<u16>,
    path: String,
    because: String,
}

impl Page {
    pub fn new(renderer: &Renderer, setting: Setting<'_>) -> Self {
        Self {
            language: renderer.language,
            links: setting.links,
            overview: Overview::new(renderer, setting.agencies),
            findings: Default::default(),
            missing: Vec::new(),
            not_evaluated: Vec::new(),
            more_not_evaluated: 0,
        }
    }

    fn keep(&mut self, part: Part<'_>) {
        let Part { is_across, told, drawings, .. } = part;
        let told = told.into_owned();
        let agency = self.overview.name_of(told.organization.as_deref()).map(str::to_owned);
        if !is_across && !told.not_evaluated.is_empty() {
            let places = told.not_evaluated.iter().map(|place| place.as_str().into()).collect();
            let because = Message::new("page.not-read").with("places", crate::message::Argument::List(places));
            let because = because.say(self.language);
            self.not_put(NotPut { agency: agency.clone(), year: told.year, path: told.path.clone(), because });
        }
        let mut drawings = drawings.into_iter();
        for mut finding in told.findings {
            let is_missing = Overview::is_missing(&finding);
            let mut drawings = drawings.next().unwrap_or_default();
            let list = match finding.severity {
                _ if is_missing => &mut self.missing,
                Severity::Advice => &mut self.findings[0],
                Severity::Warning => &mut self.findings[1],
                Severity::Error => &mut self.findings[2],
            };
            if list.len() >= LISTED {
                continue;
            }
            if list.len() >= DRAWN || is_missing {
                drawings = Vec::new();
            }
            // What the page does not show is not kept.
            (finding.labels, finding.suspects) = (Vec::new(), Vec::new());
            let (agency, path) = (agency.clone(), told.path.clone());
            list.push(Kept { agency, year: told.year, path, told: finding, drawings, is_across });
        }
    }

    fn not_put(&mut self, not: NotPut) {
        if self.not_evaluated.len() < NOT_EVALUATED {
            self.not_evaluated.push(not);
        } else {
            self.more_not_evaluated += 1;
        }
    }

    /// The gravest findings, those beyond [`DRAWN`] without drawings.
    fn gravest(&mut self) -> Vec<Kept> {
        let all = std::mem::take(&mut self.findings).into_iter().rev().flatten();
        let mut findings: Vec<Kept> = all.take(LISTED).collect();
        findings.iter_mut().skip(DRAWN).for_each(|kept| kept.drawings.clear());
        findings
    }
}

impl Collector for Page {
    fn take(&mut self, part: &str, _: &mut (dyn Write + Send)) -> io::Result<()> {
        if let Some(part) = parse(part)? {
            self.overview.add(&part);
            self.keep(part);
        }
        Ok(())
    }

    fn finish(
        mut self: Box<Self>,
        across: &Across,
        summary: &Summary,
        writer: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        for NotEvaluated { path, organization, year, because } in &across.not_evaluated {
            self.not_put(NotPut {
                agency: Some(organization.clone()),
                year: Some(*year),
                path: path.clone(),
                because: because.clone(),
            });
        }
        self.more_not_evaluated += across.more;
        let view = view::of(&mut self, across, summary);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(io::Error::other)?);
        let template = environment.template_from_named_str("page.html", TEMPLATE).map_err(io::Error::other)?;
        template.render_captured_to(Serde(&view), writer).map(drop).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    fn part(number: usize) -> String {
        let drawing = r#"{"path":null,"at":"A1","body":{"text":[{"text":"1","mark":0}]},"notes":[]}"#;
        format!(
            r#"{{"is_across":false,"told":{{"path":"{number}.md","format":"markdown","organization":"O{number}","year":2023,
                "verdict":"findings","rules":{{"held":1,"broken":1,"not_evaluated":0}},
                "findings":[{{"severity":"{}","kind":"wrong-figure","code":"GJ300","name":"wrong-figure",
                "fingerprint":"","message":"m","sentence":"m"}}]}},"drawings":[[{drawing}]],"figures":null}}"#,
            if number.is_multiple_of(2) { "advice" } else { "error" }
        )
    }

    #[test]
    fn of_very_many_findings_the_gravest_are_shown_and_the_rest_is_counted() {
        const REPORTS: usize = 6_400;
        let setting = Setting { packs: &[], agencies: None, links: Links::default() };
        let mut page = Box::new(Page::new(&Renderer::new(Style::Html, Language::English), setting));
        for number in 0..REPORTS {
            page.take(&part(number), &mut io::sink()).expect("a part");
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
