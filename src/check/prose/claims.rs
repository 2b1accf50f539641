//! Sentences that match a pattern of the pack: each is compared with the figures, or with the title.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use regex::Captures;
use rust_decimal::Decimal;

use super::super::structure::official_title;
use super::context::{self, Context};
use super::judged::{Judged, With};
use super::number::number;
use super::readings::{Readings, Valued};
use super::{agencies, shares};
use crate::facts::{Prose as Stretch, Title};
use crate::finding::{Finding, Label, Subject, clipped};
use crate::message::{Argument, Message};
use crate::pack::{Check, Claim, Levels, Pack, Prose, Reading, Rule, Sought, Test};
use crate::prose::Paragraph;

/// The words of a claim without the marks around them.
fn phrase(words: &str) -> String {
    clipped(words.trim_matches(|c: char| "，。；：！？、（）,;:()".contains(c)))
}

/// Longer than any paragraph: each claim looks at the text before it, which must not grow without end.
const LONGEST: usize = 6_000;
/// More than a paragraph makes of one kind.
const MOST: usize = 16;

/// A stretch of text that is checked.
pub(super) struct Claims<'a, 'd> {
    pack: &'a Pack,
    readings: &'a Readings<'a, 'd>,
    title: &'a Title,
    /// None before the first section.
    section: Option<usize>,
    stretch: &'a Stretch<'d>,
    /// Looked at only where there is a claim.
    context: OnceCell<Context>,
}

impl<'a, 'd> Claims<'a, 'd> {
    pub fn new(pack: &'a Pack, readings: &'a Readings<'a, 'd>, title: &'a Title, own: &Paragraph<'a, 'd>) -> Self {
        Self { pack, readings, title, section: own.section, stretch: own.stretch, context: OnceCell::new() }
    }

    fn text(&self) -> &str {
        &self.stretch.text.text
    }

    pub fn judge(&self, levels: &Levels) -> Vec<Judged> {
        let mut all = Vec::new();
        let text = self.text();
        if text.len() > LONGEST {
            return all;
        }
        // Most text is about other things, and looking for words is much cheaper than for patterns.
        let words = self.stretch.words(self.pack).iter();
        let about = words.filter_map(|(_, sought)| if let Sought::Rule(rule) = sought { Some(*rule) } else { None });
        let mut rules: Vec<usize> = about.collect();
        rules.sort_unstable();
        rules.dedup();
        let rules = rules.into_iter().map(|rule| &self.pack.rules()[rule]);
        for rule in rules.filter(|rule| !levels.is_off(rule)) {
            let Check::Prose(prose) = &rule.check else { continue };
            for claim in &prose.claims {
                let is_here =
                    claim.sections.is_empty() || self.section.is_some_and(|own| claim.sections.contains(&own));
                if is_here && claim.pattern.is_match(text) {
                    self.judge_claim(rule, prose, claim, &mut all);
                }
            }
        }
        all
    }

    fn judge_claim(&self, rule: &Arc<Rule>, prose: &Prose, claim: &Claim, all: &mut Vec<Judged>) {
        let text = self.text();
        for said in claim.pattern.captures_iter(text).take(MOST) {
            let Some(whole) = said.get(0).map(|whole| context::in_one_sentence(text, whole.range())) else { continue };
            if !context::meets(&prose.conditions, text, &whole) || !context::meets(&claim.conditions, text, &whole) {
                continue;
            }
            match &claim.test {
                Test::Figure { states, readings, shares } => {
                    let context = self.context.get_or_init(|| Context::new(self.pack.text(), self.title, text));
                    if !context.is_certain(self.pack.text(), text, &whole) {
                        continue;
                    }
                    all.extend(self.judge_figure(rule, &said, *states, readings));
                    all.extend(self.judge_share(rule, &said, readings, shares));
                }
                Test::Year => all.extend(self.judge_year(rule, &said)),
                Test::Organization => all.extend(self.judge_organization(rule, &said)),
                Test::Never => {
                    let message = Message::new("missing-number").with("found", clipped(&said[0]));
                    let finding = self.finding(rule, &said, &whole, message);
                    all.push(Judged::broken(whole, finding));
                }
            }
        }
    }

    /// A number, or words that state one, against the readings.
    fn judge_figure(
        &self,
        rule: &Arc<Rule>,
        said: &Captures<'_>,
        states: Option<Decimal>,
        readings: &[Reading],
    ) -> Option<Judged> {
        let written = if states.is_some() { said.get(0)? } else { said.name("number")? };
        let stated = states.or_else(|| number(written.as_str()))?;
        let valued = self.readings.valued(readings, Some(said));
        let at = written.range();
        if valued.iter().any(|reading| reading.value == Some(stated)) {
            return Some(Judged::holds(at, With::Nothing));
        }
        if !valued.iter().all(|reading| reading.rules_out(stated)) {
            return Some(Judged::unknown(at));
        }
        let key = if states.is_some() { "prose-table.states" } else { "prose-table" };
        // Readings that come to the same are named once: the first is the plainest.
        let is_new = |at: usize| {
            let own = valued[at].value;
            own.is_none() || valued[..at].iter().all(|before| before.value != own)
        };
        let tried =
            (0..valued.len()).filter(|&at| is_new(at)).map(|at| valued[at].message(Some(said)).into()).collect();
        let found = clipped(written.as_str());
        let mut arguments = vec![("found", found.into()), ("readings", Argument::Either(tried))];
        if states.is_none() {
            arguments.push(("phrase", phrase(&said[0]).into()));
        }
        let mut finding = self.finding(rule, said, &at, Message { key, arguments });
        finding.labels = self.readings.labels(&valued);
        if let ([only], None) = (valued.as_slice(), states) {
            finding.expected = only.value.map(|value| value.normalize().to_string());
        }
        Some(Judged::broken(at, finding))
    }

    /// A share against the number it is printed with, and against what that is in the table.
    fn judge_share(
        &self,
        rule: &Arc<Rule>,
        said: &Captures<'_>,
        readings: &[Reading],
        shares: &[Reading],
    ) -> Option<Judged> {
        let written = said.name("share")?;
        let (printed, own) = (number(written.as_str())?, number(&said["number"])?);
        let wholes = self.readings.valued(shares, Some(said));
        let mut parts = vec![own];
        parts.extend(self.readings.valued(readings, Some(said)).iter().filter_map(|reading| reading.value));
        parts.dedup();
        let at = written.range();
        let named = || wholes.iter().filter_map(|whole| whole.value).chain(shares::numbers(self.text()));
        if parts.iter().any(|&part| named().any(|whole| shares::is_share(printed, part, whole))) {
            return Some(Judged::holds(at, With::Nothing));
        }
        if wholes.iter().any(|whole| whole.value.is_none() || !whole.is_sure) {
            return Some(Judged::unknown(at));
        }
        let ratio = |part: Decimal, whole: &Valued<'_>| {
            let percent = shares::percent(part, whole.value?)?.round_dp(printed.scale().max(2)).normalize();
            let ratio =
                Message::new("prose-share.ratio").with("part", part.to_string()).with("words", whole.words(Some(said)));
            Some(Argument::from(ratio.with("percent", percent.to_string())))
        };
        let ratios = parts.iter().flat_map(|&part| wholes.iter().filter_map(move |whole| ratio(part, whole)));
        let message = Message::new("prose-share")
            .with("found", written.as_str())
            .with("ratios", Argument::Either(ratios.collect()));
        let mut finding = self.finding(rule, said, &at, message);
        finding.labels = self.readings.labels(&wholes);
        Some(Judged::broken(at, finding))
    }

    fn judge_year(&self, rule: &Arc<Rule>, said: &Captures<'_>) -> Option<Judged> {
        let year = said.name("year")?;
        let at = year.range();
        let own = self.title.year.to_string();
        // A later year is that of plans; beside the report's own, an earlier one is there to be compared.
        let is_earlier = year.as_str().parse().is_ok_and(|year: u16| year < self.title.year);
        if !is_earlier || self.text().contains(&own) {
            return Some(Judged::holds(at, With::Nothing));
        }
        let message = Message::new("wrong-year").with("year", year.as_str()).with("title", own.as_str());
        let mut finding = self.finding(rule, said, &at, message);
        finding.expected = Some(own);
        finding.labels = vec![self.title_label()];
        Some(Judged::broken(at, finding))
    }

    fn judge_organization(&self, rule: &Arc<Rule>, said: &Captures<'_>) -> Option<Judged> {
        let organization = said.name("organization")?;
        let at = organization.range();
        let own = self.title.organization.as_str();
        if !agencies::is_other(&self.pack.text().places, organization.as_str(), own) {
            return Some(Judged::holds(at, With::Nothing));
        }
        let message = Message::new("wrong-organization").with("found", organization.as_str()).with("title", own);
        let mut finding = self.finding(rule, said, &at, message);
        finding.labels = vec![self.title_label()];
        Some(Judged::broken(at, finding))
    }

    fn title_label(&self) -> Label {
        Label::new(self.title.location.clone(), Message::new("label.title"))
    }

    /// A finding at some bytes of the paragraph, named by the words of the claim.
    fn finding(&self, rule: &Arc<Rule>, said: &Captures<'_>, at: &Range<usize>, message: Message) -> Finding {
        let subject = Subject::Text(clipped(&said[0]));
        let location = Some(self.stretch.locate(at.clone()));
        let mut finding = Finding::new(rule, subject, location, message);
        finding.place = self.section.map(|section| official_title(self.pack, section)).unwrap_or_default();
        finding.found = Some(clipped(&self.text()[at.clone()]));
        finding
    }
}
