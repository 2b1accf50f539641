//! The cases of a pack: whether each rule finds fault with the report made wrong for it, and with nothing else.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::agencies::Agencies;
use crate::bind::known_figures;
use crate::blank::Blank;
use crate::checker::{CheckedReport, Checker, Reading};
use crate::collection::{Beside, Builder, findings};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::limits::Limits;
use crate::message::{Argument, Language, Message};
use crate::pack::raw::Change;
use crate::pack::{Case, Pack, Rule, Severity};

/// The year of the reports that cases are made of, where the form sets none. Cases speak of it and of the agency:
/// 「望江县商务局2024年」.
const YEAR: u16 = 2024;

/// What came of a case. The names are those of ast-grep's rule tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The wrong report draws the rule and nothing else, the right one nothing.
    Validated,
    /// The right report draws the rule, or a warning or error: what it draws.
    Reported(Vec<Message>),
    /// The wrong report does not draw the rule: what it draws instead.
    Missing(Vec<Message>),
    /// The wrong report draws warnings or errors of other rules too: those.
    Noisy(Vec<Message>),
    /// The case itself is unsound: why.
    Wrong(Message),
}

impl Verdict {
    /// The word for it, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Reported(_) => "reported",
            Self::Missing(_) => "missing",
            Self::Noisy(_) => "noisy",
            Self::Wrong(_) => "wrong",
        }
    }

    /// The key of the word for it, as people read it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Validated => "case.word.validated",
            Self::Reported(_) => "case.word.reported",
            Self::Missing(_) => "case.word.missing",
            Self::Noisy(_) => "case.word.noisy",
            Self::Wrong(_) => "case.word.wrong",
        }
    }

    /// What is said of a case that does not hold; none where it does.
    pub fn message(&self) -> Option<Message> {
        let (key, findings) = match self {
            Self::Validated => return None,
            Self::Wrong(why) => return Some(why.clone()),
            Self::Reported(findings) => ("case.reported", findings),
            Self::Missing(findings) if findings.is_empty() => return Some(Message::new("case.missing.silent")),
            Self::Missing(findings) => ("case.missing", findings),
            Self::Noisy(findings) => ("case.noisy", findings),
        };
        let findings = findings.iter().cloned().map(Argument::Message).collect();
        Some(Message::new(key).with("findings", Argument::Sentences(findings)))
    }
}

/// The cases of a pack, with what came of each. The pack comes before those that are `known`, which decide whether a
/// report is written in the version of its year: of two forms that fit a report alike it is taken for this one.
pub fn cases<'p>(pack: &'p Arc<Pack>, known: &[Arc<Pack>]) -> Vec<(&'p Case, Verdict)> {
    let others = known.iter().filter(|other| other.id != pack.id);
    let packs = [pack].into_iter().chain(others).cloned().collect();
    let checker = Checker::new(Arc::clone(&pack.core), packs, Limits::default());
    let forms = checker.packs().to_vec();
    let checker = checker.with_digests(&forms);
    pack.cases().iter().map(|case| (case, verdict(pack, case, &checker))).collect()
}

fn verdict(pack: &Pack, case: &Case, checker: &Checker) -> Verdict {
    let mut rules = pack.core.rules.iter().chain(pack.rules());
    let rule = rules.find(|rule| rule.code == case.rule).expect("the compiler has looked it up");
    let side = |change: &Change| Side::new(pack, &change.over(&case.base), checker);
    let (wrong, right) = match (side(&case.wrong), side(&case.right)) {
        (Ok(wrong), Ok(right)) => (wrong, right),
        (Err(why), _) | (_, Err(why)) => return Verdict::Wrong(why),
    };
    let weighs = |finding: &&Finding| finding.severity > Severity::Advice;
    let reported = messages(right.findings.iter().filter(|finding| right.draws(rule, finding) || weighs(finding)));
    if !reported.is_empty() {
        return Verdict::Reported(reported);
    }
    if !wrong.findings.iter().any(|finding| wrong.draws(rule, finding)) {
        return Verdict::Missing(messages(&wrong.findings));
    }
    let noise = messages(wrong.findings.iter().filter(|finding| weighs(finding) && !wrong.draws(rule, finding)));
    if noise.is_empty() { Verdict::Validated } else { Verdict::Noisy(noise) }
}

/// One side of a case, checked.
struct Side<'p> {
    pack: &'p Pack,
    /// The form with the rows that the report adds to it, where it does.
    with_rows: Option<Pack>,
    findings: Vec<Finding>,
}

impl<'p> Side<'p> {
    fn new(pack: &'p Pack, change: &Change, checker: &Checker) -> Result<Self, Message> {
        // To compile a large form for each of its cases takes long.
        let with_rows = Some(&change.rows).filter(|rows| !rows.is_empty());
        let with_rows = with_rows.and_then(|rows| pack.with_rows(&pack.open_rows(rows)).ok());
        let form = with_rows.as_ref().unwrap_or(pack);
        let text = written(blank(form), change)?;
        let path = change.path.as_deref().unwrap_or("case.md");
        let CheckedReport { report, digest, .. } = checker.check(path, text.as_bytes()).into_first();
        let mut findings = report.findings;
        if let Some(digest) = digest.filter(|_| !change.previous.is_empty() || !change.children.is_empty()) {
            findings.extend(across(form, change, checker, (path, &text), digest));
        }
        Ok(Self { pack, with_rows, findings })
    }

    fn form(&self) -> &Pack {
        self.with_rows.as_ref().unwrap_or(self.pack)
    }

    /// Whether a finding is the rule's. Broken sums are reported by their cause, under a rule of the core, and name the sums.
    fn draws(&self, rule: &Rule, finding: &Finding) -> bool {
        let is_of_rule = |id: &String| {
            self.form().sums().iter().any(|sum| sum.id == *id && self.form().rule_of(sum).code == rule.code)
        };
        let is_sum = matches!(finding.rule.kind.as_str(), "broken-sum" | "wrong-figure");
        finding.rule.code == rule.code || is_sum && finding.broken.iter().any(is_of_rule)
    }
}

fn messages<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Message> {
    findings.into_iter().map(said).collect()
}

/// A finding on one line: the rule, the place, what is said.
pub fn said(finding: &Finding) -> Message {
    let key = if finding.place.is_empty() { "case.finding" } else { "case.finding-at" };
    Message::new(key)
        .with("code", finding.rule.code.as_str())
        .with("name", finding.rule.name.as_str())
        .with("place", finding.place.as_str())
        .with("says", finding.message.clone())
}

/// The report of one side of a case, made of the form `blank`. All texts to be replaced are looked for in the form as it
/// was, so that none is found in what another one put there.
fn written(mut blank: Blank<'_>, change: &Change) -> Result<String, Message> {
    if let Some(file) = &change.file {
        return Ok(file.clone());
    }
    fill(&mut blank, &change.figures);
    let mut report = blank.markdown();
    let mut edits: Vec<(Range<usize>, &String)> = Vec::new();
    for (from, to) in &change.replace {
        let Some(at) = report.find(from) else {
            return Err(Message::new("case.not-in-form").with("text", from.as_str()));
        };
        edits.push((at..at + from.len(), to));
    }
    edits.sort_by_key(|(range, _)| range.start);
    if let Some(pair) = edits.windows(2).find(|pair| pair[0].0.end > pair[1].0.start) {
        let [first, second] = [0, 1].map(|at| report[pair[at].0.clone()].to_owned());
        return Err(Message::new("case.overlap").with("first", first).with("second", second));
    }
    for (range, to) in edits.into_iter().rev() {
        report.replace_range(range, to);
    }
    Ok(report)
}

fn fill(blank: &mut Blank<'_>, figures: &BTreeMap<String, String>) {
    for (id, text) in figures {
        let mut of_form = blank.pack.figures.iter();
        let figure = of_form.position(|figure| figure.id == *id).expect("the compiler has looked it up");
        blank.figures[figure].clone_from(text);
    }
}

/// The findings about the report of a case beside the others that the case gives: what a collection of these reports
/// says of it. `digest` is that of the report itself.
fn across(form: &Pack, change: &Change, checker: &Checker, (path, text): (&str, &str), digest: Digest) -> Vec<Finding> {
    let (own, year) = (digest.organization.to_string(), digest.year);
    let below: Vec<String> = (1..=change.children.len()).map(|number| format!("{own}-{number}")).collect();
    let mut list = format!("organization,parent\n{own},\n");
    list.extend(below.iter().map(|name| format!("{name},{own}\n")));
    let agencies = Agencies::read(list.as_bytes(), &checker.core().collection).ok();
    let agencies = agencies.filter(|_| !below.is_empty());
    let mut reports = Builder::new(checker.core(), checker.packs(), agencies);
    let entry = reports.add(digest);
    if !change.previous.is_empty() {
        other(form, &change.previous, checker, (&own, year - 1)).map(|digest| reports.add(digest));
    }
    for (name, figures) in below.iter().zip(&change.children) {
        other(form, figures, checker, (name, year)).map(|digest| reports.add(digest));
    }
    let reports = reports.finish();
    let Ok(document) = checker.read(path, text.as_bytes()) else { return Vec::new() };
    let Ok(all) = checker.bind(&document) else { return Vec::new() };
    let Some(bound) = all.first() else { return Vec::new() };
    let levels = checker.levels(Some(form));
    let own = Beside { entry, path: &Arc::from(path), bound };
    findings(&reports, levels, &reports.judge(entry, levels), own, &[])
}

/// The digest of another report, which holds these figures and no text. What its own sums say of them does not count: a case
/// gives only the figures that matter.
fn other(
    form: &Pack,
    figures: &BTreeMap<String, String>,
    checker: &Checker,
    (organization, year): (&str, u16),
) -> Option<Digest> {
    let mut blank = Blank::new(form, organization, year);
    blank.texts.fill(String::new());
    fill(&mut blank, figures);
    let digest = |reading: &Reading<'_, '_>| {
        let place = checker.packs().iter().position(|pack| pack.id == reading.pack.id)?;
        let (known, facts) = (&checker.packs()[place], reading.facts);
        let figures = known_figures(reading.pack, known, &facts.figures);
        Digest::new((place, known), (facts, &figures), (organization, year), &[], &[])
    };
    checker.read_with("case.md", blank.markdown().as_bytes(), digest).pop()?.ok().flatten()
}

/// The form that cases start from: every figure 0, in the last year of the form, or else in a year that cases speak of.
pub fn blank(pack: &Pack) -> Blank<'_> {
    let year = pack.years.to.unwrap_or(YEAR);
    // Reports are in Chinese, whatever the language of the messages.
    Blank::new(pack, &Message::new("case.organization").say(Language::Chinese), year)
}
