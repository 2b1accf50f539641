//! Sections, tables, rows and columns: what is missing, extra, doubled or out of order.

use super::outcomes::{Outcome, Outcomes};
use crate::document::Location;
use crate::facts::{ExtraRow, Fact, Facts, TableFacts, Value};
use crate::finding::{Finding, Label, Subject, clipped};
use crate::label::Numbering;
use crate::message::{Argument, Message};
use crate::pack::{Fault, Figure, Pack};

/// More missing or extra rows than this in one table are one finding.
const ROWS_TOLD_ONE_BY_ONE: usize = 5;

/// Of a form that is not filled in, rows are not looked for: many formats keep nothing of a row without figures.
pub(super) fn check(pack: &Pack, facts: &Facts<'_>, is_unfilled: bool, outcomes: &mut Outcomes<'_>) {
    let without_sections = has_no_sections(facts);
    if without_sections {
        no_sections(pack, facts, outcomes);
    }
    for section in 0..pack.sections.len() {
        check_section(pack, facts, section, without_sections, outcomes);
    }
    for table in 0..pack.tables.len() {
        match facts.tables[table].location {
            None => missing_table(pack, facts, table, without_sections, outcomes),
            Some(_) if is_unfilled => outcomes.count_of(Fault::MissingTable, Outcome::Holds),
            Some(_) => check_table(pack, facts, table, outcomes),
        }
    }
}

/// Whether what is missing of the sections has one cause: there are tables only, or no title was recognised.
fn has_no_sections(facts: &Facts<'_>) -> bool {
    let mut missing = facts.sections.iter().filter(|section| section.heading.is_none());
    missing.next().is_some() && (facts.tables_only || missing.count() + 1 == facts.sections.len())
}

/// One finding for all sections that a file without text lacks: nobody looked into them, so it must not pass.
fn no_sections(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes<'_>) {
    let missing = (0..pack.sections.len()).filter(|&section| facts.sections[section].heading.is_none());
    let titles = missing.map(|section| official_title(pack, section).into()).collect();
    let key = if facts.tables_only { "missing-sections.tables-only" } else { "missing-sections" };
    let message = Message { key, arguments: vec![("titles", Argument::Sentences(titles))] };
    let rule = pack.core.rule(Fault::MissingSection);
    let mut finding = Finding::new(rule, Subject::Report, Some(facts.start.clone()), message);
    finding.help = Some(Message::new("missing-sections.hint"));
    outcomes.broken(finding);
}

fn check_section(pack: &Pack, facts: &Facts<'_>, section: usize, without_sections: bool, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.sections[section];
    let found = &facts.sections[section];
    let subject = Subject::Section(section as u32 + 1);
    let Some(heading) = &found.heading else {
        if !without_sections {
            let message = Message::new("missing-section").with("title", official_title(pack, section));
            let rule = pack.core.rule(Fault::MissingSection);
            outcomes.broken(Finding::new(rule, subject, found.before.clone(), message).after_location());
        }
        return;
    };
    outcomes.count_of(Fault::MissingSection, Outcome::Holds);
    let location = Some(heading.location.clone());
    let ordinal = heading.ordinal.filter(|ordinal| ordinal.numbering == Numbering::Chinese);
    let wrong_number = ordinal.filter(|ordinal| ordinal.value as usize != section + 1);
    if heading.misplaced {
        let message = Message::new("misplaced-section").with("title", official_title(pack, section));
        let rule = pack.core.rule(Fault::MisplacedSection);
        outcomes.broken(Finding::new(rule, subject.clone(), location.clone(), message));
    } else if wrong_number.is_some() {
        let message = Message::new("misnumbered-section").with("title", official_title(pack, section));
        let rule = pack.core.rule(Fault::MisnumberedSection);
        let mut finding = Finding::new(rule, subject.clone(), location.clone(), message);
        finding.found = Some(clipped(heading.text));
        outcomes.broken(finding);
    } else {
        outcomes.count_of(Fault::MisplacedSection, Outcome::Holds);
    }
    // What a section with tables holds is said by its tables.
    if !of_form.tables.is_empty() {
        return;
    }
    if found.has_content {
        outcomes.count_of(Fault::EmptySection, Outcome::Holds);
        return;
    }
    let rule = pack.core.rule(Fault::EmptySection);
    let said = |key| Message::new(key).with("title", official_title(pack, section));
    let finding = match (image_in_section(facts, section), found.text.first()) {
        (Some(image), _) => Finding {
            help: Some(Message::new("empty-section.image.hint")),
            ..Finding::new(rule, subject, Some(image.clone()), said("empty-section.image"))
        },
        (None, Some(text)) => {
            let place = text.locate(0..text.text.text.len());
            let text = clipped(&text.text.text);
            Finding::new(rule, subject, Some(place), said("empty-section.placeholder").with("text", text))
        }
        (None, None) => Finding::new(rule, subject, location, said("empty-section")),
    };
    outcomes.broken(finding);
}

/// 五、存在的主要问题及改进情况
pub(super) fn official_title(pack: &Pack, section: usize) -> String {
    pack.sections[section].heading(section)
}

fn missing_table(pack: &Pack, facts: &Facts<'_>, table: usize, without_sections: bool, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.tables[table];
    // With its section gone too, that is one fault, which has been reported.
    let section_is_gone = of_form.section.is_some_and(|section| facts.sections[section].heading.is_none());
    if section_is_gone && !without_sections && !outcomes.levels.ignores(Fault::MissingSection) {
        outcomes.count_of(Fault::MissingTable, Outcome::NotEvaluated);
        return;
    }
    if of_form.is_optional {
        return;
    }
    let said = |key| Message { key, arguments: vec![("table", of_form.name.as_str().into())] };
    let subject = Subject::Table(of_form.id.clone());
    let rule = pack.core.rule(Fault::MissingTable);
    let of_others = facts.tables[table].of_others.clone();
    let image = of_form.section.and_then(|section| image_in_section(facts, section));
    let finding = match image {
        _ if of_others.is_some() => Finding::new(rule, subject, of_others, said("missing-table.of-others")),
        Some(image) => Finding {
            help: Some(Message::new("missing-table.image.hint")),
            ..Finding::new(rule, subject, Some(image.clone()), said("missing-table.image"))
        },
        None => Finding::new(rule, subject, facts.tables[table].before.clone(), said("missing-table")).after_location(),
    };
    outcomes.broken(finding.at(&of_form.name));
}

/// The first picture in a section: its text, or its table, may be printed there.
fn image_in_section<'f>(facts: &'f Facts<'_>, section: usize) -> Option<&'f Location> {
    let headings = || facts.sections.iter().filter_map(|section| Some(&section.heading.as_ref()?.location));
    let own = &facts.sections[section].heading.as_ref()?.location;
    let next = headings().filter(|heading| *heading > own).min();
    facts.images.iter().find(|image| *image > own && next.is_none_or(|next| *image < next))
}

fn check_table(pack: &Pack, facts: &Facts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let found = &facts.tables[table];
    outcomes.count_of(Fault::MissingTable, Outcome::Holds);
    missing_rows(pack, facts, table, outcomes);
    misplaced_rows(pack, found, table, outcomes);
    one_row_groups(pack, facts, table, outcomes);
    missing_columns(pack, found, table, outcomes);
    nameless_columns(pack, facts, table, outcomes);
    renamed_rows(pack, found, table, outcomes);
    extra_rows(pack, found, table, outcomes);
}

fn row_id(pack: &Pack, table: usize, row: usize) -> String {
    format!("{}.{}", pack.tables[table].id, pack.tables[table].rows[row].id)
}

/// The row in the form's words; rows side by side are one, and that is the table's.
fn row_place(pack: &Pack, table: usize, row: usize) -> String {
    if pack.tables[table].block_of(row).side_by_side {
        return pack.tables[table].name.clone();
    }
    format!("{} · {}", pack.tables[table].name, pack.tables[table].rows[row].place)
}

fn missing_rows(pack: &Pack, facts: &Facts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.tables[table];
    let found = &facts.tables[table];
    let is_absent = |row: usize| {
        let is_expected = of_form.rows[row].is_leaf && !of_form.rows[row].is_optional;
        is_expected && found.rows[row].location.is_none()
    };
    let in_one_row = |row: usize| {
        let mut above = of_form.rows[row].parent;
        while let Some(group) = above {
            if found.rows[group].location.is_some() && of_form.rows[group].figures.is_some() {
                return true;
            }
            above = of_form.rows[group].parent;
        }
        false
    };
    let absent = (0..of_form.rows.len())
        .filter(|&row| is_absent(row) && !in_one_row(row))
        .filter(|&row| of_form.printed(of_form.block_of(row)).any(|printed| printed == row));
    let (unsure, missing): (Vec<usize>, Vec<usize>) = absent.partition(|&row| found.rows[row].uncertain);
    let missing = groups_told_as_one(pack, table, missing);
    let rule = pack.core.rule(Fault::MissingRow);
    if let Some(&first) = unsure.first().filter(|_| found.lacking > 0) {
        let labels = unsure.iter().map(|&row| of_form.rows[row].place.as_str().into()).collect();
        let message = Message::new("missing-rows.among");
        let message = message.with("count", found.lacking).with("rows", Argument::List(labels));
        let before = found.rows[first].before.clone().or_else(|| found.location.clone());
        let subject = Subject::Table(of_form.id.clone());
        outcomes.broken(Finding::new(rule, subject, before, message).at(&of_form.name).after_location());
    } else if missing.is_empty() {
        outcomes.count_of(Fault::MissingRow, Outcome::Holds);
        return;
    }
    if missing.len() > ROWS_TOLD_ONE_BY_ONE {
        let labels = missing.iter().map(|&row| of_form.rows[row].place.as_str().into()).collect();
        let message = Message::new("missing-rows").with("count", missing.len()).with("rows", Argument::List(labels));
        let subject = Subject::Table(of_form.id.clone());
        let before = found.rows[missing[0]].before.clone().or_else(|| found.location.clone());
        outcomes.broken(Finding::new(rule, subject, before, message).at(&of_form.name).after_location());
        return;
    }
    for row in missing {
        let message = Message::new("missing-row");
        let before = found.rows[row].before.clone().or_else(|| found.location.clone());
        let subject = Subject::Row(row_id(pack, table, row));
        outcomes.broken(Finding::new(rule, subject, before, message).at(row_place(pack, table, row)).after_location());
    }
}

/// Of a group that may be one row there is nothing: that is one row missing, whichever way it was printed.
fn groups_told_as_one(pack: &Pack, table: usize, mut missing: Vec<usize>) -> Vec<usize> {
    let rows = &pack.tables[table].rows;
    for (group, of_form) in rows.iter().enumerate() {
        let mut leaves = (group + 1..of_form.end).filter(|&row| rows[row].is_leaf);
        if of_form.is_leaf || of_form.figures.is_none() || !leaves.all(|row| missing.contains(&row)) {
            continue;
        }
        missing.retain(|row| !(group..of_form.end).contains(row));
        let at = missing.partition_point(|&row| row < group);
        missing.insert(at, group);
    }
    missing
}

fn misplaced_rows(pack: &Pack, found: &TableFacts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let misplaced: Vec<usize> = (0..found.rows.len()).filter(|&row| found.rows[row].misplaced).collect();
    // Pairs may be anywhere in their table, and totals before the rows that only a report lists or behind them.
    let form = &pack.tables[table];
    let is_free = form.has_pairs || form.blocks.iter().any(|block| block.open.is_some() || block.named.is_some());
    let Some(&first) = misplaced.first().filter(|_| !is_free) else {
        outcomes.count_of(Fault::MisplacedRow, Outcome::Holds);
        return;
    };
    let of_form = &pack.tables[table];
    let labels = misplaced.iter().map(|&row| of_form.rows[row].place.as_str().into()).collect();
    let message = Message::new("misplaced-row").with("rows", Argument::List(labels));
    let subject = Subject::Row(row_id(pack, table, first));
    let rule = pack.core.rule(Fault::MisplacedRow);
    let location = found.rows[first].location.clone();
    outcomes.broken(Finding::new(rule, subject, location, message).at(&of_form.name));
}

fn one_row_groups(pack: &Pack, facts: &Facts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let found = &facts.tables[table];
    for (row, of_form) in pack.tables[table].rows.iter().enumerate() {
        let Some(first) = of_form.figures.filter(|_| !of_form.is_leaf) else { continue };
        if facts.figures[first].value == Value::Absent {
            outcomes.count_of(Fault::OneRowGroup, Outcome::Holds);
            continue;
        }
        let message = Message::new("one-row-group").with("rows", of_form.end - row - 1);
        let subject = Subject::Row(row_id(pack, table, row));
        let rule = pack.core.rule(Fault::OneRowGroup);
        let location = found.rows[row].location.clone();
        outcomes.broken(Finding::new(rule, subject, location, message).at(row_place(pack, table, row)));
    }
}

fn renamed_rows(pack: &Pack, found: &TableFacts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let Some(&(first, _)) = found.by_place.first() else { return };
    let rule = pack.core.rule(Fault::UnexpectedRow);
    let said = |row: usize, message| {
        Finding::new(rule, Subject::Row(row_id(pack, table, row)), found.rows[row].location.clone(), message)
    };
    if found.by_place.len() > ROWS_TOLD_ONE_BY_ONE {
        let of_form = &pack.tables[table];
        let rows = found.by_place.iter().map(|&(row, _)| of_form.rows[row].place.as_str().into()).collect();
        let message = Message::new("renamed-rows").with("rows", Argument::List(rows));
        outcomes.broken(said(first, message).at(&of_form.name));
        return;
    }
    for &(row, label) in &found.by_place {
        let message = match label {
            "" => Message::new("renamed-row.nameless"),
            _ => Message::new("renamed-row").with("label", clipped(label)),
        };
        outcomes.broken(said(row, message).at(row_place(pack, table, row)));
    }
}

fn missing_columns(pack: &Pack, found: &TableFacts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.tables[table];
    if found.missing_columns.is_empty() {
        outcomes.count_of(Fault::MissingColumn, Outcome::Holds);
    }
    for &figure in &found.missing_columns {
        let figure = &pack.figures[figure];
        let column = &of_form.columns[figure.column];
        if column.is_optional {
            continue;
        }
        let is_one_of_several = of_form.block_of(figure.row).side_by_side;
        let (id, place) = if is_one_of_several {
            (figure.id.clone(), figure.place.clone())
        } else {
            (format!("{}.{}", of_form.id, column.id), format!("{} · {}", of_form.name, column.place))
        };
        let location = found.header.clone().or_else(|| found.location.clone());
        let rule = pack.core.rule(Fault::MissingColumn);
        let message = Message::new("missing-column");
        outcomes.broken(Finding::new(rule, Subject::Column(id), location, message).at(place));
    }
}

fn nameless_columns(pack: &Pack, facts: &Facts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.tables[table];
    let found = &facts.tables[table];
    let in_table = |(figure, fact): &(&Figure, &Fact<'_>)| figure.table == table && fact.number().is_some();
    let has_number = |is_of: &dyn Fn(&Figure) -> bool| {
        pack.figures.iter().zip(&facts.figures).filter(in_table).any(|(figure, _)| is_of(figure))
    };
    let columns = found.nameless_columns.iter().filter(|&&column| has_number(&|figure| figure.column == column));
    let groups = found.nameless_groups.iter().filter(|&&row| has_number(&|figure| figure.row == row));
    let columns = columns.map(|&column| of_form.columns[column].place.as_str().into());
    let groups = groups.map(|&row| of_form.rows[row].place.as_str().into());
    let names: Vec<Argument> = groups.chain(columns).collect();
    if names.is_empty() {
        return;
    }
    let message = Message::new("nameless-columns").with("columns", Argument::List(names));
    let subject = Subject::Table(of_form.id.clone());
    let rule = pack.core.rule(Fault::NamelessColumns);
    outcomes.broken(Finding::new(rule, subject, found.location.clone(), message).at(&of_form.name));
}

fn extra_rows(pack: &Pack, found: &TableFacts<'_>, table: usize, outcomes: &mut Outcomes<'_>) {
    let of_form = &pack.tables[table];
    let rule = pack.core.rule(Fault::UnexpectedRow);
    if found.extra.is_empty() && found.by_place.is_empty() {
        outcomes.count_of(Fault::UnexpectedRow, Outcome::Holds);
    }
    let mut nameless: Vec<&ExtraRow<'_>> = Vec::new();
    let is_flood = found.extra.len() > ROWS_TOLD_ONE_BY_ONE;
    for extra in &found.extra {
        if is_flood {
            nameless.push(extra);
            continue;
        }
        let (key, place) = match extra.repeats {
            Some(row) => ("unexpected-row.doubled", row_place(pack, table, row)),
            None if extra.label.is_empty() => {
                nameless.push(extra);
                continue;
            }
            None => ("unexpected-row", of_form.name.clone()),
        };
        let message = Message { key, arguments: vec![("label", clipped(extra.label).into())] };
        let subject = match extra.repeats {
            Some(row) => Subject::Row(row_id(pack, table, row)),
            None => Subject::Row(format!("{}.{}", of_form.id, clipped(extra.label))),
        };
        let mut finding = Finding::new(rule, subject, Some(extra.location.clone()), message).at(place);
        if let Some(first) = extra.repeats.and_then(|row| found.rows[row].location.clone()) {
            finding.labels.push(Label::new(first, Message::new("label.first")));
        }
        outcomes.broken(finding);
    }
    let Some(first) = nameless.first() else { return };
    let message = if is_flood { Message::new("unexpected-rows") } else { Message::new("unexpected-row.nameless") };
    let message = message.with("count", nameless.len());
    let subject = Subject::Table(of_form.id.clone());
    let mut finding = Finding::new(rule, subject, Some(first.location.clone()), message).at(&of_form.name);
    let label = |extra: &&ExtraRow<'_>| Label::new(extra.location.clone(), Message::new("label.nameless"));
    finding.labels = nameless.iter().skip(1).take(ROWS_TOLD_ONE_BY_ONE).map(label).collect();
    outcomes.broken(finding);
}
