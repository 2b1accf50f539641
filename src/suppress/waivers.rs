//! Waivers: the findings that the auditor accepts, each with a reason, in a file of the auditor's own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use time::{Date, Month};
use toml::Spanned;

use super::groups::{About, Groups};
use super::used::Used;
use crate::agencies::{Agencies, folded};
use crate::finding::{Finding, Subject, Suppression, Suspect};
use crate::message::Message;
use crate::pack::{Core, Pack, PackProblem, find, means, rules};

/// All waivers, as of a day.
#[derive(Debug)]
pub struct Waivers {
    waivers: Vec<Waiver>,
    groups: Groups,
    /// The group of each waiver.
    group_of: Vec<u32>,
    /// Of an agency with several names, for each of them that on the list, folded.
    names: HashMap<String, String>,
    today: Date,
    /// The file, as it is shown.
    path: String,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Waiver {
    /// Code, name or kind.
    rule: String,
    organization: Option<String>,
    year: Option<u16>,
    figure: Option<String>,
    reason: String,
    by: Option<String>,
    until: Option<Date>,
    /// Bytes of its rule in the file, which point at the whole of it.
    span: Range<usize>,
    line: usize,
}

/// What is wrong with the file, and where.
#[derive(Debug)]
pub struct Mistake {
    pub message: Message,
    pub span: Range<usize>,
}

/// A waiver that met nothing.
#[derive(Debug)]
pub struct Unused {
    pub message: Message,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What distinguishes it from others.
    pub subject: String,
    pub organization: Option<String>,
    pub year: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    rule: Spanned<String>,
    organization: Option<Spanned<String>>,
    year: Option<u16>,
    figure: Option<Spanned<String>>,
    reason: Spanned<String>,
    until: Option<Spanned<toml::Value>>,
    by: Option<String>,
}

impl Waivers {
    /// Reads the file `path`, whose waivers hold as of `today`. `*` in the name of an agency matches any text.
    ///
    /// # Errors
    /// When a key is missing or unknown, a rule is none of those of the core and the packs, a reason is blank, or a day is none.
    pub fn read(text: &str, path: &str, today: Date, core: &Core, packs: &[Arc<Pack>]) -> Result<Self, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| Mistake {
            message: PackProblem::Toml(error.message().to_owned()).message(),
            span: error.span().unwrap_or(0..0),
        })?;
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let mut known = HashSet::new();
        let waiver = |raw: Raw| Waiver::new(raw, &lines, (core, packs), &mut known);
        let waivers: Vec<Waiver> = file.waiver.into_iter().map(waiver).collect::<Result<_, _>>()?;
        let (groups, group_of) = Groups::of(waivers.iter().map(Waiver::about));
        Ok(Self { waivers, groups, group_of, names: HashMap::new(), today, path: path.to_owned() })
    }

    /// The same, where a list says which agencies have other names.
    #[must_use]
    pub fn with_names_of(self, agencies: &Agencies) -> Self {
        let names: HashMap<_, _> = agencies.other_names().collect();
        Self { groups: self.groups.renamed(&names), names, ..self }
    }

    /// Which name is which agency's, in a text.
    pub fn names(&self) -> String {
        let names: BTreeSet<_> = self.names.iter().collect();
        names.into_iter().map(|(name, own)| format!("{name}\t{own}\n")).collect()
    }

    pub(super) fn get(&self, number: u32) -> &Waiver {
        &self.waivers[number as usize]
    }

    /// The groups of those that are about an agency's report of a year.
    pub(super) fn about(&self, organization: Option<&str>, year: Option<u16>) -> BTreeSet<u32> {
        let name = organization.map(folded);
        let listed = name.as_ref().map(|name| self.names.get(name).unwrap_or(name));
        self.groups.about(name.as_ref(), listed, year)
    }

    /// Those of these groups that speak of a finding.
    pub(super) fn met(&self, groups: &BTreeSet<u32>, finding: &Finding) -> BTreeSet<u32> {
        let likely = groups.iter().flat_map(|&group| self.groups.likely(group, finding));
        likely.filter(|&number| self.get(number).is_about(finding)).collect()
    }

    pub(super) fn has_expired(&self, waiver: &Waiver) -> bool {
        waiver.until.is_some_and(|until| until < self.today)
    }

    /// That a finding is reported again, though it was waived.
    pub(super) fn expired(&self, waiver: &Waiver) -> Message {
        Message::new("waiver.expired")
            .with("place", format!("{}:{}", self.path, waiver.line))
            .with("until", waiver.until.map_or_else(String::new, |until| until.to_string()))
            .with("reason", waiver.reason.as_str())
    }

    /// Those that met no finding. In a run over a single report only those about it: the others' reports are elsewhere.
    pub fn unused(&self, used: &Used, is_lone: bool) -> Vec<Unused> {
        let all = (0..).zip(self.waivers.iter().zip(&self.group_of));
        let unused = all.filter(|(number, _)| !used.met.contains(number)).map(|(_, unused)| unused);
        let reported = unused.filter(|(_, group)| !is_lone || used.about.contains(group));
        reported
            .map(|(waiver, group)| {
                let message = Message::new(match () {
                    () if self.has_expired(waiver) => "unused-waiver.expired",
                    () if used.about.contains(group) => "unused-waiver",
                    () => "unused-waiver.no-report",
                });
                waiver.unused(message)
            })
            .collect()
    }
}

impl Waiver {
    /// `lines` are the ends of the lines of the file, `known` the words that are known to mean a rule.
    fn new(
        raw: Raw,
        lines: &[usize],
        (core, packs): (&Core, &[Arc<Pack>]),
        known: &mut HashSet<String>,
    ) -> Result<Self, Mistake> {
        let rule = raw.rule.get_ref().clone();
        if known.contains(&rule) || rules(core, packs).any(|own| means(&rule, own)) {
            known.insert(rule.clone());
        } else {
            let message = match find(&rule, core, packs).err().flatten() {
                Some(nearest) => Message::new("waiver.no-rule-near").with("nearest", nearest),
                None => Message::new("waiver.no-rule"),
            };
            return Err(Mistake { message: message.with("name", rule.as_str()), span: raw.rule.span() });
        }
        for filled in [Some(&raw.reason), raw.organization.as_ref(), raw.figure.as_ref()].into_iter().flatten() {
            if filled.get_ref().trim().is_empty() {
                return Err(Mistake { message: Message::new("waiver.blank"), span: filled.span() });
            }
        }
        let until = raw.until.map(|until| day(&until)).transpose()?;
        let span = raw.rule.span();
        Ok(Self {
            line: lines.partition_point(|end| *end < span.start) + 1,
            rule,
            organization: raw.organization.map(Spanned::into_inner),
            year: raw.year,
            figure: raw.figure.map(Spanned::into_inner),
            reason: raw.reason.into_inner(),
            by: raw.by,
            until,
            span,
        })
    }

    fn about(&self) -> About<'_> {
        let (organization, figure) = (self.organization.as_deref(), self.figure.as_deref());
        About { organization, year: self.year, rule: &self.rule, figure }
    }

    /// Whether it speaks of a finding in a report that it is about.
    fn is_about(&self, finding: &Finding) -> bool {
        means(&self.rule, &finding.rule) && self.figure.as_ref().is_none_or(|figure| self.is_of(figure, finding))
    }

    /// Whether a finding is about a figure, or something within a row or a table of this id: all figures that are wrong
    /// together. Where no figure was singled out, all sums that fail must be of it, or one of the explanations.
    fn is_of(&self, figure: &str, finding: &Finding) -> bool {
        let is_within = |id: &str| {
            let rest = id.strip_prefix(figure);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
        };
        if finding.subject != Subject::Report {
            return is_within(&finding.subject.id()) && finding.others().all(is_within);
        }
        let explains = |suspects: &Vec<Suspect>| suspects.iter().all(|suspect| is_within(&suspect.cell));
        let is_of_sums = !finding.broken.is_empty() && finding.broken.iter().all(|sum| is_within(sum));
        is_of_sums || finding.suspects.iter().any(explains)
    }

    pub fn suppression(&self) -> Suppression {
        Suppression::Waiver {
            reason: self.reason.clone(),
            by: self.by.clone(),
            until: self.until.map(|until| until.to_string()),
        }
    }

    fn unused(&self, message: Message) -> Unused {
        let parts = [self.rule.clone()].into_iter().chain(self.organization.clone());
        let parts = parts.chain(self.year.map(|year| year.to_string())).chain(self.figure.clone());
        let subject = parts.collect::<Vec<_>>().join(" ");
        Unused {
            message: message.with("waiver", subject.as_str()),
            span: self.span.clone(),
            subject,
            organization: self.organization.clone(),
            year: self.year,
        }
    }
}

/// A day, as TOML writes it or as a text: `2027-12-31`.
fn day(written: &Spanned<toml::Value>) -> Result<Date, Mistake> {
    let text = match written.get_ref() {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let date = || {
        let mut parts = text.splitn(3, '-');
        let mut number = || parts.next()?.parse::<u16>().ok();
        let (year, month, day) = (number()?, number()?, number()?);
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
    };
    date().ok_or_else(|| Mistake {
        message: Message::new("waiver.no-day").with("found", text.as_str()),
        span: written.span(),
    })
}
