//! From a pack as written to a pack as used. All validation is here; every mistake is told with its span.

mod extend;
mod prose;
mod scope;
mod sums;
mod tables;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::raw::{self, Spanned};
use super::{
    ArchiveWords, Case, Columns, Core, Fault, Identify, LabelIndex, Needed, OpenRow, Pack, PackError, PackProblem,
    Pattern, Rule, Section, Severity, Statement, Target, Text, Years, YesNo,
};
use crate::label::{Label, likeness};
use crate::message::Words;
pub(super) use extend::Written;
pub(super) use prose::Kind as ProseKind;
pub(super) use sums::ForEach;

/// Compiles the rules that every form shares.
///
/// # Errors
/// When the text is no TOML of that shape, or rules and [`Fault::ALL`] do not match one to one.
pub fn core(text: &str) -> Result<Core, PackError> {
    let raw: raw::Core = toml::from_str(text).map_err(toml_error)?;
    let everywhere = 0..0;
    let mut rules = Vec::new();
    for (_, name) in Fault::ALL {
        let Some(rule) = raw.rules.iter().find(|rule| rule.name == name) else {
            return Err(fail(PackProblem::Core(name.to_owned()), &everywhere));
        };
        rules.push(Arc::new(Rule {
            code: rule.code.clone(),
            name: rule.name.clone(),
            kind: rule.kind.clone(),
            severity: severity(&rule.severity, &everywhere)?,
            says: rule.says.clone(),
            why: rule.why.clone(),
            source: String::new(),
            holds: String::new(),
            pack: "core".to_owned(),
        }));
    }
    if let Some(rule) = raw.rules.iter().find(|rule| !Fault::ALL.iter().any(|(_, name)| *name == rule.name)) {
        return Err(fail(PackProblem::Core(rule.name.clone()), &everywhere));
    }
    let yes_no =
        YesNo { yes: raw.yes_no.yes, no: raw.yes_no.no, ticked: raw.yes_no.ticked, unticked: raw.yes_no.unticked };
    let archive = archive(raw.archive);
    let (marks, units) = (raw.marks.into_iter().collect(), raw.units.into_iter().collect());
    Ok(Core {
        marks,
        units,
        money: raw.money,
        yes_no,
        unit_stated: raw.unit_stated,
        unit_between: raw.unit_between,
        specimen: raw.specimen,
        archive,
        rules,
        levels: Vec::new(),
    })
}

fn archive(raw: raw::Archive) -> ArchiveWords {
    let folded = |words: Vec<String>| words.iter().map(|word| Label::new(word).core).collect();
    let columns = raw.columns;
    ArchiveWords {
        identical_digits: raw.identical_digits,
        copied_percent: raw.copied_percent,
        sampled_percent: raw.sampled_percent,
        copied_least: raw.copied_least,
        common_agencies: raw.common_agencies,
        sentence_least: raw.sentence_least,
        due_percent: raw.due_percent,
        year_in_name: Pattern::known(&raw.year_in_name),
        year_surely: Pattern::known(&raw.year_surely),
        beside_the_name: Pattern::known(&raw.beside_the_name),
        agency: Pattern::known(&raw.agency),
        place: Pattern::known(&raw.place),
        columns: Columns {
            organization: folded(columns.organization),
            parent: folded(columns.parent),
            kind: folded(columns.kind),
            from: folded(columns.from),
            to: folded(columns.to),
            alias: folded(columns.alias),
        },
        consolidated: raw.kinds.consolidated.iter().map(|word| Label::new(word).core).collect(),
        own: raw.kinds.own.iter().map(|word| Label::new(word).core).collect(),
    }
}

/// Compiles a form; `known` are the packs it may extend.
///
/// # Errors
/// The first mistake found, with its place in `text`.
pub fn compile(text: &str, core: &Arc<Core>, known: &[Arc<Pack>]) -> Result<Pack, PackError> {
    let raw: raw::Pack = toml::from_str(text).map_err(toml_error)?;
    compile_written(Written::new(raw, known, Trust::Untested)?, core)
}

/// Compiles a form that comes with the program.
pub(super) fn builtin(text: &str, core: &Arc<Core>, known: &[Arc<Pack>]) -> Result<Pack, PackError> {
    let raw: raw::Pack = toml::from_str(text).map_err(toml_error)?;
    compile_written(Written::new(raw, known, Trust::Tested)?, core)
}

fn compile_written(written: Written, core: &Arc<Core>) -> Result<Pack, PackError> {
    let written = Arc::new(written);
    let raw = &written.raw;
    let mut labels = LabelIndex::default();
    let (mut tables, figures) = tables::tables(&written, core, &mut labels)?;
    let sections = sections(&raw.sections, &mut tables, &mut labels)?;
    for (index, (table, raw)) in tables.iter().zip(&raw.tables).enumerate() {
        labels.add_table(index, table, &raw.captions);
    }
    check_codes(raw, core)?;
    let mut pack = Pack {
        id: raw.id.get_ref().clone(),
        name: raw.name.clone(),
        title: raw.title.clone().unwrap_or_default(),
        source: raw.source.clone().unwrap_or_default(),
        family: raw.family.clone(),
        years: Years { from: raw.years.from, to: raw.years.to },
        core: Arc::clone(core),
        identify: identify(&written, &figures)?,
        sections,
        tables,
        figures,
        sums: Vec::new(),
        cross_sums: Vec::new(),
        statements: Vec::new(),
        text: Text::default(),
        prose: Vec::new(),
        prose_sums: Vec::new(),
        mentions: Vec::new(),
        labels,
        rules: Vec::new(),
        cases: Vec::new(),
        written: Arc::clone(&written),
    };
    for (index, sum) in raw.sums.iter().enumerate() {
        let added = sums::add(sum, &mut pack);
        added.map_err(|error| written.at_home(error, index < written.taken.sums, &sum.name))?;
    }
    for (index, statement) in raw.statements.iter().enumerate() {
        let added = add_statement(statement, &mut pack);
        added.map_err(|error| written.at_home(error, index < written.taken.statements, &statement.name))?;
    }
    prose::add(&written, &mut pack)?;
    let mut cases = Cases { pack: &pack, specimens: &raw.specimens, with_rows: Vec::new() };
    pack.cases = raw.cases.iter().map(|case| cases.compile(case)).collect::<Result<_, _>>()?;
    Ok(pack)
}

impl Pack {
    /// The pack with rows in its open blocks, as a document lists them: no two of a block with one code.
    pub fn with_rows(&self, rows: &[OpenRow]) -> Self {
        let mut written = (*self.written).clone();
        written.raw.cases.clear();
        for row in rows {
            written.raw.tables[row.table].blocks[row.block].rows.push(raw::Node {
                id: Some(Spanned::new(0..0, row.code.clone())),
                label: row.label.clone(),
                code: Some(row.code.clone()),
                ..raw::Node::default()
            });
        }
        self.rewritten(written, &self.core)
    }

    /// The pack as it is with other rows or fewer rules.
    pub(super) fn rewritten(&self, written: Written, core: &Arc<Core>) -> Self {
        compile_written(written, core).expect("a sound pack is sound with other rows and rules")
    }

    pub(super) fn written(&self) -> &Written {
        &self.written
    }
}

fn identify(written: &Written, figures: &[super::Figure]) -> Result<Identify, PackError> {
    let (pack, trust) = (written.raw.id.span(), written.trust);
    let Some(raw) = &written.raw.identify else { return Err(fail(PackProblem::Lacking("[identify]"), &pack)) };
    let title = raw.title.iter().map(|text| pattern(text, &["year"], trust)).collect::<Result<_, _>>()?;
    let period =
        raw.period.iter().map(|period| pattern(&period.pattern, &["year"], trust)).collect::<Result<_, _>>()?;
    let foreign = raw.foreign.iter().map(|text| Label::new(text).core).collect();
    let opening = raw.opening.as_ref().map(|text| pattern(text, &["year"], trust)).transpose()?;
    let organization = raw.organization.as_ref().map(|id| figure(id, figures)).transpose()?;
    let Some(least) = raw.least else { return Err(fail(PackProblem::Lacking("least"), &pack)) };
    Ok(Identify { title, organization, least, foreign, period, opening })
}

fn sections(
    raw: &[raw::Section],
    tables: &mut [super::Table],
    labels: &mut LabelIndex,
) -> Result<Vec<Section>, PackError> {
    let mut sections = Vec::new();
    for (index, section) in raw.iter().enumerate() {
        if *section.number.get_ref() as usize != index + 1 {
            let allowed = "1, 2, 3 …".to_owned();
            let found = section.number.get_ref().to_string();
            return Err(fail(PackProblem::NotOneOf { found, allowed }, &section.number.span()));
        }
        let target = Target::Section(index);
        let titles: Vec<&str> =
            [&section.title].into_iter().chain(&section.also).map(|title| title.get_ref().as_str()).collect();
        for title in &titles {
            labels.add(title, target);
        }
        let mut of_section = Vec::new();
        for id in &section.tables {
            let Some(table) = tables.iter().position(|table| table.id == *id.get_ref()) else {
                return Err(unknown(id.get_ref(), tables.iter().map(|table| table.id.as_str()), &id.span()));
            };
            tables[table].section = Some(index);
            of_section.push(table);
        }
        sections.push(Section {
            title: section.title.get_ref().clone(),
            titles: titles.iter().map(|title| Label::new(title).core).collect(),
            tables: of_section,
            specimen: section.specimen.trim().to_owned(),
        });
    }
    Ok(sections)
}

fn add_statement(raw: &raw::Statement, pack: &mut Pack) -> Result<(), PackError> {
    let level = severity(raw.severity.get_ref(), &raw.severity.span())?;
    let rule = Arc::new(Rule {
        code: raw.code.get_ref().clone(),
        name: raw.name.get_ref().clone(),
        says: raw.says.clone(),
        source: raw.source.clone(),
        ..pack.rule("missing-statement", level)
    });
    let needed = match (&raw.section, &raw.table) {
        (Some(number), None) => Needed::InSection(section(number, pack)?),
        (None, Some(id)) => Needed::ForEmptyTable(table(id, pack)?),
        _ => return Err(fail(PackProblem::Lacking("section / table"), &raw.code.span())),
    };
    let needs =
        raw.needs.iter().map(|need| Ok((pattern(&need.pattern, &[], pack.written().trust)?, need.words.clone())));
    let patterns = needs.collect::<Result<_, _>>()?;
    pack.statements.push(Statement { rule: Arc::clone(&rule), needed, patterns });
    pack.rules.push(rule);
    Ok(())
}

/// The section of this official number.
fn section(number: &Spanned<u32>, pack: &Pack) -> Result<usize, PackError> {
    let index = (*number.get_ref() as usize).wrapping_sub(1);
    if index < pack.sections.len() {
        return Ok(index);
    }
    let numbers: Vec<_> = (1..=pack.sections.len()).map(|number| number.to_string()).collect();
    Err(unknown(&number.get_ref().to_string(), numbers.iter().map(String::as_str), &number.span()))
}

/// The table of this id.
fn table(id: &Spanned<String>, pack: &Pack) -> Result<usize, PackError> {
    let known = || pack.tables.iter().map(|table| table.id.as_str());
    known().position(|known| known == id.get_ref()).ok_or_else(|| unknown(id.get_ref(), known(), &id.span()))
}

impl Pack {
    /// A rule of this form, without its names and words.
    fn rule(&self, kind: &str, severity: Severity) -> Rule {
        Rule {
            code: String::new(),
            name: String::new(),
            kind: kind.to_owned(),
            severity,
            says: Words::default(),
            why: Words::default(),
            source: String::new(),
            holds: String::new(),
            pack: self.id.clone(),
        }
    }
}

/// Codes and names are how people speak of rules: each means one.
fn check_codes(raw: &raw::Pack, core: &Core) -> Result<(), PackError> {
    let mut seen: HashSet<&str> = core.rules.iter().flat_map(|rule| [rule.code.as_str(), &rule.name]).collect();
    let sums = raw.sums.iter().map(|sum| [&sum.code, &sum.name]);
    let statements = raw.statements.iter().map(|statement| [&statement.code, &statement.name]);
    let prose_sums = raw.prose_sums.iter().map(|prose| [&prose.code, &prose.name]);
    let prose = raw.prose.iter().map(|prose| [&prose.code, &prose.name]);
    for word in sums.chain(statements).chain(prose_sums).chain(prose).flatten() {
        if !seen.insert(word.get_ref()) {
            return Err(fail(PackProblem::Doubled(word.get_ref().clone()), &word.span()));
        }
    }
    Ok(())
}

struct Cases<'p> {
    pack: &'p Pack,
    specimens: &'p BTreeMap<String, raw::Change>,
    /// The ids of the figures that the form has with rows added: many cases add the same.
    with_rows: Vec<(BTreeMap<String, String>, Vec<String>)>,
}

impl Cases<'_> {
    fn compile(&mut self, raw: &raw::Case) -> Result<Case, PackError> {
        let (name, pack) = (raw.rule.get_ref(), self.pack);
        let rules = || pack.core.rules.iter().chain(&pack.rules);
        let Some(rule) = rules().find(|rule| rule.code == *name || rule.name == *name) else {
            return Err(unknown(name, rules().map(|rule| rule.name.as_str()), &raw.rule.span()));
        };
        let base = match &raw.from {
            None => raw::Change::default(),
            Some(name) => self
                .specimens
                .get(name.get_ref())
                .cloned()
                .ok_or_else(|| unknown(name.get_ref(), self.specimens.keys().map(String::as_str), &name.span()))?,
        };
        for change in [raw.wrong.over(&base), raw.right.over(&base)] {
            let of_others = [&change.previous].into_iter().chain(&change.children);
            for id in [&change.figures].into_iter().chain(of_others).flat_map(|figures| figures.keys()) {
                if !self.figures(&change.rows).contains(id) {
                    let known = self.figures(&change.rows).iter().map(String::as_str);
                    return Err(unknown(id, known, &raw.rule.span()));
                }
            }
        }
        Ok(Case { rule: rule.code.clone(), base, wrong: raw.wrong.clone(), right: raw.right.clone() })
    }

    /// The ids of all figures of the form with these rows.
    fn figures(&mut self, rows: &BTreeMap<String, String>) -> &[String] {
        let known = self.with_rows.iter().position(|(known, _)| known == rows);
        let at = known.unwrap_or_else(|| {
            let opened = (!rows.is_empty()).then(|| self.pack.with_rows(&self.pack.open_rows(rows)));
            let figures = &opened.as_ref().unwrap_or(self.pack).figures;
            self.with_rows.push((rows.clone(), figures.iter().map(|figure| figure.id.clone()).collect()));
            self.with_rows.len() - 1
        });
        &self.with_rows[at].1
    }
}

impl Pack {
    /// Rows by code, in every open block that takes such a code.
    pub fn open_rows(&self, rows: &BTreeMap<String, String>) -> Vec<OpenRow> {
        let mut found = Vec::new();
        for (table, of_form) in self.tables.iter().enumerate() {
            for (block, open) in
                of_form.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.open.as_ref()?)))
            {
                let fitting = rows.iter().filter(|(code, _)| open.level(code).is_some());
                found.extend(fitting.map(|(code, label)| OpenRow {
                    table,
                    block,
                    code: code.clone(),
                    label: label.clone(),
                }));
            }
        }
        found
    }
}

/// The figure of this id.
fn figure(id: &Spanned<String>, figures: &[super::Figure]) -> Result<usize, PackError> {
    let known = || figures.iter().map(|figure| figure.id.as_str());
    known().position(|known| known == id.get_ref()).ok_or_else(|| unknown(id.get_ref(), known(), &id.span()))
}

fn severity(text: &str, span: &Range<usize>) -> Result<Severity, PackError> {
    one_of(text, &Severity::ALL, span)
}

/// What a word means, of those that may stand at this place.
fn one_of<T: Copy>(word: &str, all: &[(&'static str, T)], span: &Range<usize>) -> Result<T, PackError> {
    let known = all.iter().find(|(known, _)| *known == word);
    let problem = || PackProblem::NotOneOf { found: word.to_owned(), allowed: words(all) };
    known.map(|(_, meaning)| *meaning).ok_or_else(|| fail(problem(), span))
}

fn words<T>(all: &[(&'static str, T)]) -> String {
    all.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

/// Whether the patterns of a pack have been compiled before: those that come with the program are by a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Tested,
    Untested,
}

fn pattern(text: &Spanned<String>, groups: &[&'static str], trust: Trust) -> Result<Pattern, PackError> {
    let pattern = shared(text.get_ref(), trust)
        .map_err(|error| fail(PackProblem::Pattern(error.to_string().replace('\n', " ")), &text.span()))?;
    if trust == Trust::Tested {
        return Ok(pattern);
    }
    for group in groups {
        if !pattern.capture_names().flatten().any(|name| name == *group) {
            return Err(fail(PackProblem::MissingGroup(group), &text.span()));
        }
    }
    Ok(pattern)
}

/// Patterns are shared: a pack with open rows is compiled anew for each report.
fn shared(text: &str, trust: Trust) -> Result<Pattern, regex::Error> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Pattern>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pattern) = known.get(text) {
        return Ok(pattern.clone());
    }
    let pattern = if trust == Trust::Tested { Pattern::known(text) } else { Pattern::new(text)? };
    known.insert(text.to_owned(), pattern.clone());
    Ok(pattern)
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>, span: &Range<usize>) -> PackError {
    let nearest = known.map(|known| (likeness(name, known), known)).max().filter(|(score, _)| *score >= 50);
    let nearest = nearest.map(|(_, known)| known.to_owned());
    fail(PackProblem::UnknownName { name: name.to_owned(), nearest }, span)
}

fn fail(problem: PackProblem, span: &Range<usize>) -> PackError {
    PackError { problem, span: span.clone() }
}

fn toml_error(error: toml::de::Error) -> PackError {
    let span = error.span().unwrap_or(0..0);
    PackError { problem: PackProblem::Toml(error.message().to_owned()), span }
}
