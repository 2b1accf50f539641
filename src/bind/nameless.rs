//! Columns that nothing in the document names. Their figures are taken in the form's order, and that two of them are exchanged
//! cannot be seen.

use std::ops::Range;

use super::field::Field;
use super::outline::{Line, Outline};
use super::printed::{Nameless, Printed};
use crate::label::{Label, likeness};
use crate::pack::{Block, Table, Target};

/// One column without a name is the one that is left over.
const LEAST: usize = 2;
/// The names may be in text so many lines above a table.
const ABOVE: usize = 40;
/// Longer lines are running text (bytes).
const LONGEST: usize = 80 * 3;
/// Text so like the name of a column (in hundredths) is that name, misprinted.
const MISPRINT: u32 = 55;
/// So many unknown texts of a table are compared letter by letter.
const COMPARED: usize = 200;

/// What a table does not name, as it is printed, before rows of its header are taken out or joined.
pub(super) fn find(table: &Printed<'_, '_>, outline: &Outline<'_>, form: &Table) -> Nameless {
    let mut found = Nameless::default();
    let Some(header) = table.header.clone() else { return found };
    let named = times_named(table, outline, form);
    let mut texts = None;
    let mut nameless = |unnamed: Vec<(usize, &str)>| {
        if unnamed.len() < LEAST {
            return Vec::new();
        }
        let texts = texts.get_or_insert_with(|| Texts::around(table, outline, header.clone()));
        let unnamed = unnamed.into_iter().map(|(index, label)| (index, Label::new(label).core));
        let nameless: Vec<(usize, String)> = unnamed.filter(|(_, name)| !texts.have(name)).collect();
        if nameless.len() < LEAST || texts.remnants_of(&nameless) >= nameless.len() {
            return Vec::new();
        }
        nameless.into_iter().map(|(index, _)| index).collect()
    };
    for block in &form.blocks {
        if block.side_by_side {
            let groups = block.rows.clone().filter(|&row| form.rows[row].figures.is_some());
            let groups: Vec<(usize, &str)> = groups.map(|row| (row, form.rows[row].label.as_str())).collect();
            let mut times: Vec<usize> = groups.iter().map(|(_, label)| times_printed(label, table, outline)).collect();
            // Other labels of groups do not say which group they name, and name all of them in order.
            if times.iter().all(|times| *times == 0) && other_names(table, form, block) >= groups.len() {
                times.fill(1);
            }
            if names_some_groups(table, &named[block.columns.clone()], &times) {
                found.columns.extend(block.columns.clone());
            }
            let unnamed = groups.into_iter().zip(times).filter(|(_, times)| *times == 0).map(|(group, _)| group);
            found.groups.extend(nameless(unnamed.collect()));
        }
        let own_label = |column: usize| form.columns[column].labels.last().map_or("", String::as_str);
        let unnamed = block.columns.clone().filter(|&column| named[column] == 0);
        found.columns.extend(nameless(unnamed.map(|column| (column, own_label(column))).collect()));
    }
    found
}

/// The fields of a table that may name columns: what is before figures names their row, if it is the label of one.
fn names<'p, 'd>(table: &'p Printed<'_, 'd>) -> impl Iterator<Item = &'p Field<'d>> {
    let rows = table.rows.iter().map(move |row| &table.fields[row.clone()]);
    rows.flat_map(move |row| {
        let has_figures = row.iter().any(Field::is_figure);
        row.iter().filter(move |field| !has_figures || field.rows(table.index).next().is_none())
    })
}

/// How often a table names each column of the form.
fn times_named(table: &Printed<'_, '_>, outline: &Outline<'_>, form: &Table) -> Vec<usize> {
    let mut named = vec![0; form.columns.len()];
    for target in names(table).chain(&outline.names).flat_map(Field::targets) {
        if let Target::Column { table: of, column } = *target
            && of == table.index
        {
            named[column] += 1;
        }
    }
    named
}

/// How often a table prints the label of a group.
fn times_printed(label: &str, table: &Printed<'_, '_>, outline: &Outline<'_>) -> usize {
    let label = Label::new(label).core;
    table.fields.iter().chain(&outline.names).filter(|field| table.labels.key(field) == label).count()
}

/// How many names are in the header that the form prints, and that name neither a column nor several of them.
fn other_names(table: &Printed<'_, '_>, form: &Table, block: &Block) -> usize {
    let columns = form.columns[block.columns.clone()].iter().flat_map(|column| &column.labels);
    let columns: Vec<String> = columns.map(|label| Label::new(label).core).collect();
    let is_header = |field: &&Field<'_>| {
        field.targets().iter().any(|target| matches!(target, Target::Header { table: of } if *of == table.index))
    };
    names(table).filter(is_header).filter(|field| !columns.iter().any(|label| label == table.labels.key(field))).count()
}

/// Whether a row has the figures of all groups side by side, and the columns of only some of these are named. Groups may also be
/// named below each column.
fn names_some_groups(table: &Printed<'_, '_>, columns: &[usize], groups: &[usize]) -> bool {
    let is_in_one_row = |row: &Range<usize>| {
        let figures = table.fields[row.clone()].iter().filter(|field| field.is_figure());
        figures.count() == groups.len() * columns.len()
    };
    groups.iter().all(|times| *times <= 1)
        && columns.iter().all(|times| *times == columns[0] && (1..groups.len()).contains(times))
        && table.rows.iter().any(is_in_one_row)
}

/// What is printed in and around a table besides figures, folded.
struct Texts {
    /// All of it in order: a name may be broken over cells and lines.
    joined: String,
    /// What is no label of the form: a name may be misprinted.
    unknown: Vec<String>,
}

impl Texts {
    /// Of a table whose lines up to the first figure are `header`.
    fn around(table: &Printed<'_, '_>, outline: &Outline<'_>, header: Range<usize>) -> Self {
        let above = outline.lines[header.start.saturating_sub(ABOVE)..header.start].iter().rev();
        let is_of_table = |line: &&Line| !outline.fields(line).iter().any(Field::is_figure);
        let start = header.start - above.take_while(is_of_table).count();
        let before = outline.lines[start..header.end].iter().flat_map(|line| outline.fields(line));
        let fields = before.chain(names(table)).chain(&outline.names);
        let folded = |field: &Field<'_>| match field.label {
            Some(_) => outline.key(field).to_owned(),
            None => Label::new(field.text()).core,
        };
        let mut texts: Vec<String> = fields.map(folded).filter(|text| (1..=LONGEST).contains(&text.len())).collect();
        texts.push(Label::new(&table.loose).core);
        let joined = texts.concat();
        texts.truncate(COMPARED);
        Self { joined, unknown: texts }
    }

    /// How many texts are the beginning or the end of one of these names: a print cuts names off that are too long for their cells.
    fn remnants_of(&self, names: &[(usize, String)]) -> usize {
        let is_of = |text: &str, name: &str| name != text && (name.starts_with(text) || name.ends_with(text));
        let texts = self.unknown.iter().map(|text| text.trim_end_matches('…')).filter(|text| !text.is_empty());
        texts.filter(|text| names.iter().any(|(_, name)| is_of(text, name))).count()
    }

    /// Whether a name is there: as a whole, with others between its parts, or misprinted.
    fn have(&self, name: &str) -> bool {
        let mut rest = self.joined.chars();
        name.chars().all(|letter| rest.any(|other| other == letter))
            || self.unknown.iter().any(|text| likeness(text, name) >= MISPRINT)
    }
}
