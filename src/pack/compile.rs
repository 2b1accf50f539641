//! From a pack as written to a pack as used. All validation is here; every mistake is told with its span.

mod prose;
mod sums;
mod tables;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use regex::Regex;
use toml::Spanned;

use super::raw;
use super::{
    Case, Core, Fault, Identify, LabelIndex, Pack, PackError, PackProblem, Rule, Section, Severity, Statement, Target,
    Text,
};
use crate::label::{Label, likeness};
use crate::message::Words;

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
    Ok(Core { marks: raw.marks.into_iter().collect(), units: raw.units.into_iter().collect(), rules })
}

/// Compiles a form.
///
/// # Errors
/// The first mistake found, with its place in `text`.
pub fn compile(text: &str, core: &Arc<Core>) -> Result<Pack, PackError> {
    let raw: raw::Pack = toml::from_str(text).map_err(toml_error)?;
    let mut labels = LabelIndex::default();
    let (mut tables, figures) = tables::tables(&raw.tables, &mut labels)?;
    let sections = sections(&raw.sections, &mut tables, &mut labels)?;
    for (index, table) in tables.iter().enumerate() {
        labels.add_table(index, table);
    }
    check_codes(&raw, core)?;
    let mut pack = Pack {
        name: raw.name,
        title: raw.title,
        source: raw.source,
        core: Arc::clone(core),
        identify: identify(raw.identify)?,
        sections,
        tables,
        figures,
        sums: Vec::new(),
        statements: Vec::new(),
        text: Text::default(),
        prose: Vec::new(),
        prose_sums: Vec::new(),
        mentions: Vec::new(),
        labels,
        rules: Vec::new(),
        cases: Vec::new(),
        id: raw.id.into_inner(),
    };
    for sum in &raw.sums {
        sums::add(sum, &mut pack)?;
    }
    for statement in raw.statements {
        add_statement(statement, &mut pack)?;
    }
    prose::add(raw.text, raw.prose, raw.prose_sums, &mut pack)?;
    for case in raw.cases {
        let compiled = compile_case(case, &pack)?;
        pack.cases.push(compiled);
    }
    Ok(pack)
}

fn identify(raw: raw::Identify) -> Result<Identify, PackError> {
    let title = raw.title.iter().map(|text| pattern(text, &["organization", "year"])).collect::<Result<_, _>>()?;
    let period = raw.period.iter().map(|period| pattern(&period.pattern, &["year"])).collect::<Result<_, _>>()?;
    let foreign = raw.foreign.iter().map(|text| Label::new(text).core).collect();
    let opening = raw.opening.as_ref().map(|text| pattern(text, &["year"])).transpose()?;
    Ok(Identify { title, least: raw.least, foreign, period, opening })
}

fn sections(
    raw: &[raw::Section],
    tables: &mut [super::Table],
    labels: &mut LabelIndex,
) -> Result<Vec<Section>, PackError> {
    let mut sections = Vec::new();
    for (index, section) in raw.iter().enumerate() {
        if *section.number.get_ref() as usize != index + 1 {
            let allowed = "1, 2, 3 …";
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

fn add_statement(raw: raw::Statement, pack: &mut Pack) -> Result<(), PackError> {
    let level = severity(raw.severity.get_ref(), &raw.severity.span())?;
    let rule = Arc::new(Rule {
        code: raw.code.into_inner(),
        name: raw.name.into_inner(),
        says: raw.says,
        source: raw.source,
        ..pack.rule("missing-statement", level)
    });
    let section = section(&raw.section, pack)?;
    let needs = raw.needs.into_iter().map(|need| Ok((pattern(&need.pattern, &[])?, need.words)));
    let patterns = needs.collect::<Result<_, _>>()?;
    pack.statements.push(Statement { rule: Arc::clone(&rule), section, patterns });
    pack.rules.push(rule);
    Ok(())
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

fn compile_case(raw: raw::Case, pack: &Pack) -> Result<Case, PackError> {
    let name = raw.rule.get_ref();
    let mut rules = pack.core.rules.iter().chain(&pack.rules);
    let Some(rule) = rules.find(|rule| rule.code == *name || rule.name == *name) else {
        let names = pack.core.rules.iter().chain(&pack.rules).map(|rule| rule.name.as_str());
        return Err(unknown(name, names, &raw.rule.span()));
    };
    for figure in raw.wrong.figures.keys().chain(raw.right.figures.keys()) {
        if !pack.figures.iter().any(|known| known.id == *figure) {
            return Err(unknown(figure, pack.figures.iter().map(|figure| figure.id.as_str()), &raw.rule.span()));
        }
    }
    Ok(Case { rule: rule.code.clone(), wrong: raw.wrong, right: raw.right })
}

/// The section of this official number.
fn section(number: &Spanned<u32>, pack: &Pack) -> Result<usize, PackError> {
    let section = *number.get_ref() as usize;
    if section == 0 || section > pack.sections.len() {
        let numbers: Vec<_> = (1..=pack.sections.len()).map(|number| number.to_string()).collect();
        return Err(unknown(&section.to_string(), numbers.iter().map(String::as_str), &number.span()));
    }
    Ok(section - 1)
}

fn severity(text: &str, span: &Range<usize>) -> Result<Severity, PackError> {
    let problem = || PackProblem::NotOneOf { found: text.to_owned(), allowed: "error, warning, advice" };
    text.parse().map_err(|()| fail(problem(), span))
}

fn pattern(text: &Spanned<String>, groups: &[&'static str]) -> Result<Regex, PackError> {
    let regex = Regex::new(text.get_ref())
        .map_err(|error| fail(PackProblem::Pattern(error.to_string().replace('\n', " ")), &text.span()))?;
    for group in groups {
        if !regex.capture_names().flatten().any(|name| name == *group) {
            return Err(fail(PackProblem::MissingGroup(group), &text.span()));
        }
    }
    Ok(regex)
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
