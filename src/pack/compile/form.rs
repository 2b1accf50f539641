//! How a form is recognised, and its sections.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::super::error::{PackError, PackProblem};
use super::super::form::{Figure, Identify, Mark, Section, Table};
use super::super::labels::{LabelIndex, Target};
use super::super::raw::{self, Spanned};
use super::super::written::Written;
use super::look_up::{fail, figure, pattern, unknown};
use crate::label::Label;
use crate::squeeze::Squeezed;

pub fn identify(written: &Written, figures: &[Figure]) -> Result<Identify, PackError> {
    let (pack, trust) = (written.raw.id.span(), written.trust);
    let Some(raw) = &written.raw.identify else { return Err(fail(PackProblem::Lacking("[identify]"), &pack)) };
    // What the title does not name is in the lines beside it.
    let named: &[&str] = if raw.head.is_empty() { &["year"] } else { &[] };
    let title = raw.title.iter().map(|text| pattern(text, named, trust)).collect::<Result<_, _>>()?;
    let head = raw.head.iter().map(|text| pattern(text, &[], trust)).collect::<Result<_, _>>()?;
    let period =
        raw.period.iter().map(|period| pattern(&period.pattern, &["year"], trust)).collect::<Result<_, _>>()?;
    let of_others = raw.foreign.iter().map(|text| Label::new(text).core).collect();
    let opening = raw.opening.as_ref().map(|text| pattern(text, &["year"], trust)).transpose()?;
    let organization = raw.organization.as_ref().map(|id| figure(id, figures)).transpose()?;
    let Some(least) = raw.least else { return Err(fail(PackProblem::Lacking("least"), &pack)) };
    Ok(Identify { title, head, organization, least, of_others, period, opening })
}

/// A sign with a meaning of its own.
pub fn mark(raw: &raw::Mark) -> Result<Mark, PackError> {
    let number = |text: &Spanned<String>| {
        let problem = || PackProblem::NotOneOf { found: text.get_ref().clone(), allowed: "0, 0.5 …".to_owned() };
        Decimal::from_str(text.get_ref()).map_err(|_| fail(problem(), &text.span()))
    };
    let between = match (&raw.least, &raw.most) {
        (None, None) => None,
        (Some(least), Some(most)) => Some((number(least)?, number(most)?)),
        (Some(least), None) => return Err(fail(PackProblem::Lacking("most"), &least.span())),
        (None, Some(most)) => return Err(fail(PackProblem::Lacking("least"), &most.span())),
    };
    Ok(Mark { texts: raw.text.iter().map(|text| Squeezed::new(text).text.into_owned()).collect(), between })
}

pub fn sections(
    raw: &[raw::Section],
    tables: &mut [Table],
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
