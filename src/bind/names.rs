//! Rows that are known by a name, which only the document lists: the components of an agency, the units of a department.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::field::{Field, Meaning};
use super::printed::Printed;
use crate::facts::{Value, Why};
use crate::label::Label;
use crate::pack::{Below, Named, OpenRow, Table, Target, ValueKind, name_id};

/// The ids of names, the same in all tables of a report.
#[derive(Debug)]
pub(super) struct Ids<'p> {
    /// No name may have one of these: they are rows of the form.
    taken: HashSet<&'p str>,
    /// By what the name comes to.
    known: HashMap<String, String>,
    given: HashSet<String>,
}

impl<'p> Ids<'p> {
    /// Characters of the longest id.
    const LONGEST: usize = 48;

    pub fn new(taken: HashSet<&'p str>) -> Self {
        Self { taken, known: HashMap::new(), given: HashSet::new() }
    }

    /// Takes in a list of names: each with the text behind it, which other tables may print in its place.
    pub fn learn(&mut self, printed: &Printed<'_, '_>, form: &Table) {
        let is_list = form.blocks.iter().all(|block| block.named.is_some()) && is_of_texts(form);
        if !is_list {
            return;
        }
        for row in printed.rows.iter().filter(|row| !is_header(printed, (*row).clone())) {
            let mut texts = printed.fields[row.clone()].iter().map(Field::text).filter(|text| !text.is_empty());
            if let (Some(name), Some(whole), None) = (texts.next(), texts.next(), texts.next())
                && let (Some(id), Some(whole)) = (self.of(name), name_id(whole))
            {
                self.known.entry(whole).or_insert(id);
            }
        }
    }

    /// The id of a name; none where nothing in it could be one.
    fn of(&mut self, name: &str) -> Option<String> {
        let whole = name_id(name)?;
        if let Some(id) = self.known.get(&whole) {
            return Some(id.clone());
        }
        let start: String = whole.chars().take(Self::LONGEST).collect();
        let numbered = (2..).map(|number| format!("{start}_{number}"));
        let is_free = |id: &String| !self.taken.contains(id.as_str()) && !self.given.contains(id);
        let id = std::iter::once(start.clone()).chain(numbered).find(is_free)?;
        self.given.insert(id.clone());
        self.known.insert(whole, id.clone());
        Some(id)
    }
}

/// Whether a table holds words and no figures.
fn is_of_texts(form: &Table) -> bool {
    !form.columns.is_empty() && form.columns.iter().all(|column| column.value == ValueKind::Text)
}

/// What a printed row is.
#[derive(Debug)]
enum Kind {
    /// The row of the form with this id, whose label is in this field.
    Row(String, usize),
    /// Neither name nor figure: what a program leaves of a row that nobody filled in.
    Empty,
    /// Part of the header, a note, or a row that no name is admitted for.
    Other,
}

/// The rows of a table with open names.
#[derive(Debug)]
pub(super) struct Names {
    kinds: Vec<Kind>,
    /// The grid columns of the figures, each with the column of the form that its header names.
    columns: Vec<(u32, usize)>,
    /// What the form is to have besides its own rows.
    pub open: Vec<OpenRow>,
}

/// Reads which rows a table has; none where the form has no open names there.
pub(super) fn read(printed: &Printed<'_, '_>, form: &Table, ids: &mut Ids<'_>) -> Option<Names> {
    let named = form.blocks.first()?.named.as_ref()?;
    let columns = header(printed, form);
    let first = columns.iter().map(|(column, _)| *column).min();
    let mut reader =
        Reader { printed, form, named, ids, open: Vec::new(), at: 0, above: None, counts: BTreeMap::new() };
    let kinds = printed.rows.iter().map(|row| reader.kind(row.clone(), first)).collect();
    Some(Names { kinds, columns, open: reader.open })
}

/// The grid columns under headers that name columns of the form, in order.
fn header(printed: &Printed<'_, '_>, form: &Table) -> Vec<(u32, usize)> {
    let Some(block) = form.blocks.first() else { return Vec::new() };
    let mut fields: Vec<(u32, usize)> = Vec::new();
    for row in &printed.rows {
        if is_header(printed, row.clone()) {
            fields.extend(row.clone().map(|field| (printed.fields[field].column, field)));
        } else if !fields.is_empty() && printed.fields[row.clone()].iter().any(Field::is_figure) {
            break;
        }
    }
    fields.sort_by_key(|(column, _)| *column);
    let mut columns: Vec<(u32, usize)> = Vec::new();
    for (grid, field) in fields {
        let is_new = |column: &usize| columns.iter().all(|(at, known)| known != column && *at != grid);
        let column = printed.fields[field].columns(printed.index, &block.columns).find(is_new);
        columns.extend(column.map(|column| (grid, column)));
    }
    columns
}

/// Whether a row names columns, or groups of them, and holds no figure.
fn is_header(printed: &Printed<'_, '_>, row: Range<usize>) -> bool {
    let fields = &printed.fields[row];
    let names_column = |field: &Field<'_>| {
        let mut targets = field.targets().iter();
        targets.any(|target| match *target {
            Target::Column { table, .. } | Target::Header { table } => table == printed.index,
            Target::Section(_) | Target::Row { .. } => false,
        })
    };
    fields.iter().any(names_column) && !fields.iter().any(Field::is_figure)
}

/// The name of the row above, which a merged or blank cell leaves to the rows below it.
#[derive(Debug, Clone)]
enum Above {
    /// A group of rows of the form, by its index.
    Form(usize),
    Open(String, String),
}

struct Reader<'a, 'o, 'd, 'p> {
    printed: &'a Printed<'o, 'd>,
    form: &'a Table,
    named: &'a Named,
    ids: &'a mut Ids<'p>,
    open: Vec<OpenRow>,
    /// How many of the form's own rows are above.
    at: usize,
    above: Option<Above>,
    /// How many rows each name has so far.
    counts: BTreeMap<String, usize>,
}

impl Reader<'_, '_, '_, '_> {
    fn kind(&mut self, row: Range<usize>, first: Option<u32>) -> Kind {
        if is_header(self.printed, row.clone()) {
            return Kind::Other;
        }
        let fields = &self.printed.fields;
        let start = first.or_else(|| {
            let figure = row.clone().find(|&field| fields[field].is_figure())?;
            Some(fields[figure].column)
        });
        let Some(start) = start else { return Kind::Other };
        let is_text = |field: &usize| !fields[*field].text().is_empty();
        let (labels, figures): (Vec<usize>, Vec<usize>) =
            row.clone().filter(is_text).partition(|&field| fields[field].column < start);
        if figures.is_empty() {
            return Kind::Other;
        }
        if labels.is_empty() && self.named.below == Below::Nothing {
            let is_nothing = |field: &usize| {
                matches!(fields[*field].value, Value::Mark) || fields[*field].value == Value::Number(Decimal::ZERO)
            };
            return if figures.iter().all(is_nothing) { Kind::Empty } else { Kind::Other };
        }
        self.row(row, &labels).unwrap_or(Kind::Other)
    }

    /// The row with these labels: the name, and behind it what the row is of several.
    fn row(&mut self, row: Range<usize>, labels: &[usize]) -> Option<Kind> {
        let fields = &self.printed.fields;
        let lowest = row.clone().map(|field| fields[field].column).min()?;
        // The name is in the first column; where that cell is blank, it is that of the row above.
        let name = labels
            .first()
            .copied()
            .filter(|&field| fields[field].column == lowest || self.named.below == Below::Nothing);
        let own = labels.last().copied().filter(|own| Some(*own) != name);
        let above = match name {
            Some(name) => self.named_by(name)?,
            None => self.above.clone()?,
        };
        self.above = Some(above.clone());
        let label = own.or(name).unwrap_or(row.start);
        match above {
            Above::Form(index) => {
                let of_form = &self.form.rows[index];
                if of_form.is_leaf {
                    return Some(Kind::Row(of_form.id.clone(), label));
                }
                let below = index + 1..of_form.end;
                let rows = self.printed.fields[own?].rows(self.printed.index).find(|row| below.contains(row))?;
                Some(Kind::Row(self.form.rows[rows].id.clone(), label))
            }
            Above::Open(id, name) => self.open_row(&id, &name, own, label),
        }
    }

    /// Whose row it is by the name in this field.
    fn named_by(&mut self, name: usize) -> Option<Above> {
        let field = &self.printed.fields[name];
        if let Some(index) = field.rows(self.printed.index).find(|&row| self.form.rows[row].parent.is_none()) {
            let before = self.form.rows[..=index].iter().filter(|row| row.parent.is_none()).count();
            self.at = self.at.max(before);
            return Some(Above::Form(index));
        }
        let text = field.text();
        if !self.named.admits(text) {
            return None;
        }
        Some(Above::Open(self.ids.of(text)?, text.to_owned()))
    }

    fn open_row(&mut self, id: &str, name: &str, own: Option<usize>, label: usize) -> Option<Kind> {
        let count = self.counts.entry(id.to_owned()).or_default();
        let is_first = *count == 0;
        let row = OpenRow {
            table: self.printed.index,
            code: id.to_owned(),
            label: name.to_owned(),
            at: self.at,
            ..OpenRow::default()
        };
        match &self.named.below {
            Below::Nothing => {
                *count += 1;
                self.open.extend(is_first.then_some(row));
                Some(Kind::Row(id.to_owned(), label))
            }
            Below::Rows(rows) => {
                let text = Label::new(self.printed.fields[own?].text()).core;
                let (below, _) = rows.iter().find(|(_, labels)| labels.contains(&text))?;
                *count += 1;
                self.open.extend(is_first.then_some(row));
                Some(Kind::Row(format!("{id}.{below}"), label))
            }
            Below::Several => {
                *count += 1;
                let below = (count.to_string(), own.map_or("", |own| self.printed.fields[own].text()).to_owned());
                let row_id = format!("{id}.{count}");
                match self.open.last_mut().filter(|last| last.code == id && last.at == self.at) {
                    Some(last) => last.below.push(below),
                    None => self.open.push(OpenRow { below: vec![below], ..row }),
                }
                Some(Kind::Row(row_id, label))
            }
        }
    }
}

/// The table with each row that is known as a label and the figures behind it, one for each column that the header names.
/// `form` has all rows that the document adds.
pub(super) fn lay<'o, 'd>(mut printed: Printed<'o, 'd>, names: &Names, form: &Table) -> Printed<'o, 'd> {
    let rows: HashMap<&str, usize> = form.rows.iter().enumerate().map(|(row, of)| (of.id.as_str(), row)).collect();
    let Some(block) = form.blocks.first() else { return printed };
    let is_whole = names.columns.len() == block.columns.len();
    // Of each name, what its first row has in columns that all its rows share.
    let mut shared: HashMap<(&str, u32), Field<'d>> = HashMap::new();
    let mut fields: Vec<Field<'d>> = Vec::with_capacity(printed.fields.len());
    let mut ranges = Vec::with_capacity(printed.rows.len());
    for (row, kind) in printed.rows.iter().zip(&names.kinds) {
        let start = fields.len();
        let own = &printed.fields[row.clone()];
        match kind {
            Kind::Empty => continue,
            Kind::Other => fields.extend_from_slice(own),
            Kind::Row(id, label) => {
                let Some(&index) = rows.get(id.as_str()) else { continue };
                let of_form = &form.rows[index];
                let target = Target::Row { table: printed.index, row: index };
                let mut label = printed.fields[*label];
                (label.value, label.meaning) = (Value::Unreadable(Why::NotANumber), Meaning::Code(target));
                label.is_merged_down = false;
                fields.push(label);
                figures(own, &names.columns, is_whole, &mut fields);
                let name = of_form.name.as_deref().unwrap_or_default();
                for field in &mut fields[start + 1..] {
                    field.is_merged_down = false;
                    let column = names.columns.iter().find(|(grid, _)| *grid == field.column);
                    if column.is_some_and(|(_, column)| form.columns[block.columns.start + column].is_shared) {
                        let first = shared.entry((name, field.column)).or_insert(*field);
                        if field.text().is_empty() {
                            *field = *first;
                        }
                    }
                }
            }
        }
        ranges.push(start..fields.len());
    }
    (printed.fields, printed.rows) = (fields, ranges);
    // Each row is whole: what is below the table is none of its figures.
    printed.below.clear();
    printed
}

/// The fields of a row in which its figures are. Where the header names every column of the form, one for each of them.
fn figures<'d>(own: &[Field<'d>], columns: &[(u32, usize)], is_whole: bool, into: &mut Vec<Field<'d>>) {
    let first = columns.first().map_or(0, |(grid, _)| *grid);
    let first = if columns.is_empty() {
        own.iter().find(|field| field.is_figure()).map_or(0, |field| field.column)
    } else {
        first
    };
    let behind = own.iter().filter(|field| field.column >= first);
    let is_known = |field: &&Field<'d>| columns.iter().any(|(grid, _)| *grid == field.column);
    if !is_whole || behind.clone().any(|field| !field.text().is_empty() && !is_known(&field)) {
        into.extend(behind);
        return;
    }
    let Some(last) = own.last() else { return };
    for (grid, _) in columns {
        let field = own.iter().find(|field| field.column == *grid).copied();
        into.push(field.unwrap_or_else(|| {
            let end = last.range().end;
            Field::new(last.passage, end..end, *grid)
        }));
    }
}
