//! The tables of the form: which lines of the document belong to which table, and from its rows and columns to figures.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::answer;
use super::columns::{self, Width};
use super::figure;
use super::header::{self, Header};
use super::ignored;
use super::joined;
use super::outline::{Field, Hits, Line, LineKind, Lines, Outline};
use super::pairs;
use super::rows::{self, Strip};
use super::sections::Found;
use super::unit;
use crate::document::Location;
use crate::facts::{ExtraRow, Fact, RowFacts, TableFacts, Value, Why};
use crate::pack::{Comparison, Pack, Table, Target, ValueKind};

/// For each table of the form, its lines.
#[derive(Debug)]
pub(super) struct Assigned {
    pub own: Vec<Lines>,
    /// Rows of it that stand once more elsewhere.
    pub again: Vec<Lines>,
    /// What its amounts are to be multiplied with to be in the form's unit; none where they are.
    pub factors: Vec<Option<Decimal>>,
}

/// Binds every table; the facts are one for each table and one for each figure of the form.
pub(super) fn bind<'d>(
    outline: &mut Outline<'d>,
    mut hits: Hits<'_>,
    found: &Found,
    pack: &Pack,
    assigned: &mut Assigned,
    start: &Location,
) -> (Vec<TableFacts<'d>>, Vec<Fact<'d>>) {
    for (table, lines) in assigned.own.iter_mut().enumerate() {
        join_parts(outline, &mut hits, &pack.tables[table], lines);
    }
    let mut figures: Vec<Fact<'d>> = pack.figures.iter().map(|_| Fact::absent()).collect();
    let mut tables = Vec::new();
    for (table, (lines, again)) in assigned.own.iter().zip(&assigned.again).enumerate() {
        let binder = Binder { outline, hits: &hits, pack, table };
        let section = pack.tables[table].section;
        let heading = section.and_then(|section| found.headings[section]);
        let before = heading.map(|(line, _)| outline.lines[line].fields.start).map(|field| &outline.fields[field]);
        let before = before.map_or_else(|| start.clone(), Field::location);
        let mut facts = binder.bind(lines, before, &mut figures);
        facts.factor = assigned.factors[table];
        facts.extra.extend(again.iter().filter_map(|fields| binder.row_again(fields.clone())));
        tables.push(facts);
    }
    (tables, figures)
}

/// Which lines belong to which table. A table is looked for in its own section; only where nothing of it stands there,
/// elsewhere, and then only if most of its rows are found: other tables may share a label or two. Where it stands in both
/// places, the lines of the second come second.
pub(super) fn assign(outline: &mut Outline<'_>, hits: &mut Hits<'_>, found: &Found, pack: &Pack) -> Assigned {
    let count = pack.tables.len();
    let mut own: Vec<Lines> = vec![Vec::new(); count];
    let mut elsewhere: Vec<Lines> = vec![Vec::new(); count];
    let mut section = None;
    let mut current: Option<usize> = None;
    // A table whose caption stands above it ends only with the next caption.
    let mut is_captioned = false;
    for index in 0..outline.lines.len() {
        let at = found.section_of(index);
        if at != section {
            section = at;
            current = section.and_then(|section| pack.sections[section].tables.first().copied());
            is_captioned = false;
        }
        let line = outline.lines[index].clone();
        if let Some(table) = captioned(outline, pack, &line) {
            current = Some(table);
            is_captioned = true;
        }
        let fields = match line.kind {
            LineKind::Row => line.fields,
            LineKind::Heading => continue,
            // Outside tables a label with figures behind it is a row only where the table is due.
            LineKind::Text => match current.and_then(|table| text_row(outline, hits, pack, index, table)) {
                Some(fields) => fields,
                None => continue,
            },
        };
        let own_tables = section.map_or(&[][..], |section| pack.sections[section].tables.as_slice());
        if let Some(table) = anchor(outline, hits, fields.clone(), own_tables).filter(|_| !is_captioned) {
            current = Some(table);
        }
        // A row of the section's own table, behind the header of another one.
        if current.is_some_and(|table| !own_tables.contains(&table))
            && let Some(&table) = own_tables.iter().find(|&&table| names_row(outline, hits, fields.clone(), table))
        {
            current = Some(table);
        }
        let Some(table) = current else { continue };
        let is_own = pack.tables[table].section.is_none() || own_tables.contains(&table);
        (if is_own { &mut own } else { &mut elsewhere })[table].push(fields);
    }
    let mut again = vec![Lines::new(); count];
    for table in 0..count {
        let needed = pack.tables[table].rows.iter().filter(|row| row.is_leaf).count().div_ceil(2).max(2);
        let mut stray = std::mem::take(&mut elsewhere[table]);
        if !any_found(hits, &own[table], table) {
            if rows_found(hits, &stray, table) >= needed {
                own[table] = stray;
            }
            continue;
        }
        stray.retain(|fields| names_row(outline, hits, fields.clone(), table));
        if stray.len() >= needed {
            again[table] = stray;
        }
    }
    let factors = pack.tables.iter().zip(&own).map(|(form, lines)| unit::factor(outline, &pack.core, form, lines));
    let factors = factors.collect();
    for (table, lines) in own.iter_mut().enumerate() {
        let form = &pack.tables[table];
        ignored::leave_out(outline, hits, &pack.core, form, lines);
        pairs::split(outline, hits, form, table, lines);
    }
    Assigned { own, again, factors }
}

/// The table whose caption this line is: the longest that stands in it.
fn captioned(outline: &Outline<'_>, pack: &Pack, line: &Line) -> Option<usize> {
    /// So much may stand around it: its number, the agency, the year (bytes).
    const AROUND: usize = 24 * 3;
    if pack.tables.iter().all(|table| table.captions.is_empty()) {
        return None;
    }
    let field = outline.single(line).filter(|field| field.has_key())?;
    let key = outline.key(field);
    let captions =
        pack.tables.iter().enumerate().flat_map(|(at, table)| table.captions.iter().map(move |text| (at, text)));
    let standing =
        captions.filter(|(_, caption)| key.len() <= caption.len() + AROUND && key.contains(caption.as_str()));
    standing.max_by_key(|(_, caption)| caption.len()).map(|(table, _)| table)
}

/// Where groups stand side by side over one row of figures, the row may be broken over several lines, or the groups set as
/// tables of their own: neighbouring lines of figures that are together as many as the row has are one.
fn join_parts(outline: &mut Outline<'_>, hits: &mut Hits<'_>, form: &Table, lines: &mut Lines) {
    let Some(width) = form.blocks.iter().find(|block| block.side_by_side).map(|block| form.width(block)) else {
        return;
    };
    let all_figures = |fields: &Range<usize>| {
        let mut filled = outline.fields[fields.clone()].iter().filter(|field| !field.is_blank()).peekable();
        filled.peek().is_some() && filled.all(Field::is_figure)
    };
    let figures = |fields: &Range<usize>| fields.clone().filter(|&field| !outline.fields[field].is_blank());
    let bare: Vec<usize> = (0..lines.len()).filter(|&line| all_figures(&lines[line])).collect();
    let count: usize = bare.iter().map(|&line| figures(&lines[line]).count()).sum();
    if bare.len() < 2 || count != width {
        return;
    }
    let parts: Vec<Field<'_>> =
        bare.iter().flat_map(|&line| figures(&lines[line])).map(|field| outline.fields[field].clone()).collect();
    let first = outline.fields.len();
    for (column, mut field) in parts.into_iter().enumerate() {
        field.column = column as u32;
        outline.fields.push(field);
        hits.push(&[]);
    }
    let whole = first..outline.fields.len();
    lines[bare[0]] = whole;
    for &line in bare[1..].iter().rev() {
        lines.remove(line);
    }
}

/// The one table that prints what stands in this row, if its texts agree on one and are more than a word: 其他 stands in
/// any table. Of the tables that are due a word is enough.
fn anchor(outline: &Outline<'_>, hits: &Hits<'_>, fields: Range<usize>, due: &[usize]) -> Option<usize> {
    const BYTES: usize = 4 * 3;
    const BYTES_WHERE_DUE: usize = 2 * 3;
    let mut table = None;
    let mut bytes = 0;
    for (field, targets) in fields.clone().zip(&hits[fields]) {
        let mut tables = targets.iter().filter_map(|target| target.table());
        let Some(first) = tables.next() else { continue };
        if tables.any(|other| other != first) {
            continue;
        }
        if table.is_some_and(|known| known != first) {
            return None;
        }
        table = Some(first);
        bytes = bytes.max(outline.key(&outline.fields[field]).len());
    }
    table.filter(|table| bytes >= if due.contains(table) { BYTES_WHERE_DUE } else { BYTES })
}

/// Whether these are figures behind the label of a row of the table.
fn names_row(outline: &Outline<'_>, hits: &Hits<'_>, fields: Range<usize>, table: usize) -> bool {
    let is_row = |target: &Target| matches!(target, Target::Row { table: of, .. } if *of == table);
    let labels = fields.clone().take_while(|&field| !outline.fields[field].is_figure()).count();
    labels < fields.len() && hits[fields.start..fields.start + labels].iter().any(|targets| targets.iter().any(is_row))
}

fn any_found(hits: &Hits<'_>, lines: &Lines, table: usize) -> bool {
    let of_table = |target: &Target| target.table() == Some(table);
    lines.iter().any(|fields| hits[fields.clone()].iter().any(|targets| targets.iter().any(of_table)))
}

/// How many texts stand for a row or column of the table.
fn rows_found(hits: &Hits<'_>, lines: &Lines, table: usize) -> usize {
    let of_table = |target: &Target| target.table() == Some(table);
    let fields = lines.iter().flat_map(|fields| &hits[fields.clone()]);
    fields.filter(|targets| targets.iter().any(of_table)).count()
}

fn text_row(
    outline: &mut Outline<'_>,
    hits: &mut Hits<'_>,
    pack: &Pack,
    index: usize,
    table: usize,
) -> Option<Range<usize>> {
    let fields = outline.split_line(index, &pack.core)?;
    while hits.len() < outline.fields.len() {
        hits.push(&[]);
    }
    let key = outline.key(&outline.fields[fields.start]);
    let is_row = |target: &Target| matches!(target, Target::Row { table: t, .. } if *t == table);
    let row = pack.tables[table].rows.iter().enumerate().find(|(row, _)| {
        pack.labels.get(key).iter().any(|target| is_row(target) && *target == Target::Row { table, row: *row })
    });
    row.map(|_| fields)
}

/// Binds one table.
struct Binder<'o, 'd, 'p> {
    outline: &'o Outline<'d>,
    hits: &'o Hits<'p>,
    pack: &'p Pack,
    table: usize,
}

impl<'d> Binder<'_, 'd, '_> {
    fn bind(&self, lines: &Lines, before: Location, figures: &mut [Fact<'d>]) -> TableFacts<'d> {
        let form = &self.pack.tables[self.table];
        let mut facts = TableFacts { rows: vec![RowFacts::default(); form.rows.len()], ..TableFacts::default() };
        facts.before = Some(before);
        let mut strips: Vec<Strip> = lines.iter().map(|fields| self.strip(fields.clone())).collect();
        joined::join(self.outline, self.hits, self.pack, self.table, &mut strips);
        let aligned = rows::align(self.outline, self.hits, self.pack, self.table, &strips);
        if rows::Aligned::is_nothing(&strips) {
            return facts;
        }
        facts.location = strips.first().map(|strip| self.first_text(strip));
        self.place_rows(&strips, &aligned, &mut facts, figures);
        facts.extra = aligned.extra.iter().map(|extra| self.extra(&strips[extra.strip], extra.repeats)).collect();
        facts
    }

    fn strip(&self, fields: Range<usize>) -> Strip {
        Strip::new(self.outline, self.hits, self.pack, self.table, fields)
    }

    fn place_rows(
        &self,
        strips: &[Strip],
        aligned: &rows::Aligned,
        facts: &mut TableFacts<'d>,
        figures: &mut [Fact<'d>],
    ) {
        let form = &self.pack.tables[self.table];
        let mut places = Vec::new();
        let mut last = facts.location.clone();
        let mut first_strip = 0;
        for block in &form.blocks {
            let printed: Vec<usize> = form.printed(block).collect();
            let of_block = printed.iter().filter_map(|&row| aligned.rows[row].map(|matched| matched.strip));
            let data = of_block.clone().min().unwrap_or(first_strip).max(first_strip);
            let above = &strips[first_strip..data];
            let width = form.width(block);
            let runs: Vec<&Strip> = of_block.clone().map(|strip| &strips[strip]).collect();
            let first_columns = runs.iter().filter_map(|strip| self.outline.fields.get(strip.run.start));
            let first_column = first_columns.map(|field| field.column).min();
            let header = if header::is_regular(self.hits, block, self.table, above, &runs, width) {
                Header::default()
            } else {
                header::header(self.outline, self.hits, self.pack, self.table, block, above, first_column)
            };
            if facts.header.is_none() {
                facts.header.clone_from(&header.location);
            }
            let layout = Width::new(self.outline, &runs, form, block, &header);
            let first_figure = printed.first().and_then(|&row| form.rows[row].figures).unwrap_or_default();
            facts.missing_columns.extend(layout.missing.iter().map(|column| first_figure + column));
            first_strip = of_block.max().map_or(first_strip, |strip| strip + 1);
            for row in printed {
                let Some(matched) = aligned.rows[row] else {
                    facts.rows[row].before.clone_from(&last);
                    facts.rows[row].uncertain = aligned.uncertain[row];
                    continue;
                };
                let strip = &strips[matched.strip];
                let location = self.first_text(strip);
                last = Some(location.clone());
                facts.rows[row].misplaced = matched.misplaced;
                let first = form.rows[row].figures.expect("printed rows have figures");
                match layout.place(self.outline, strip, &mut places) {
                    Ok(()) => self.fill(first, &places, &location, figures),
                    Err(_) if self.fill_split(first, &layout, strip, &location, figures) => {}
                    Err(count) => {
                        facts.rows[row].figures_found = Some(count);
                        for fact in &mut figures[first..first + width] {
                            fact.value = Value::Unreadable(Why::Unplaced);
                            fact.location = Some(location.clone());
                        }
                    }
                }
                facts.rows[row].location = Some(location);
            }
        }
    }

    /// Puts the figures of a row in their places, which are absent so far; `None` is a column that the table lacks.
    fn fill(&self, first: usize, places: &[columns::Place], row: &Location, figures: &mut [Fact<'d>]) {
        for (offset, place) in places.iter().enumerate() {
            let fact = &mut figures[first + offset];
            match *place {
                columns::Place::Missing => {}
                columns::Place::BlankRow => {
                    fact.value = Value::Blank;
                    fact.location = Some(row.clone());
                }
                columns::Place::Field(index) => {
                    let field = &self.outline.fields[index];
                    if field.is_plain && self.pack.figures[first + offset].value.is_number() {
                        fact.value.clone_from(&field.value);
                        fact.found = Cow::Borrowed(field.text());
                        fact.location = Some(field.location());
                    } else {
                        *fact = self.fact(first + offset, field);
                    }
                }
                columns::Place::Split(index) => *fact = self.split_fact(index),
            }
        }
    }

    /// Fills a row one of whose figures stands in two cells, if the sums of the row hold for one such reading and no other.
    fn fill_split(
        &self,
        first: usize,
        layout: &Width,
        strip: &Strip,
        row: &Location,
        figures: &mut [Fact<'d>],
    ) -> bool {
        let splits = layout.splits(self.outline, strip);
        let figures_of_row = first..first + splits.first().map_or(0, Vec::len);
        let is_of_row =
            |terms: &[(u32, i64)]| terms.iter().all(|&(figure, _)| figures_of_row.contains(&(figure as usize)));
        let sums = self.pack.sums.iter().filter(|sum| sum.comparison == Comparison::Equal && sum.tolerance.is_zero());
        let sums: Vec<&[(u32, i64)]> =
            sums.filter_map(|sum| sum.terms.as_deref()).filter(|terms| is_of_row(terms)).collect();
        let value = |places: &[columns::Place], figure: u32| match places[figure as usize - first] {
            columns::Place::Field(index) => figure::plain_digits(self.outline.fields[index].text()),
            columns::Place::Split(index) => self.split_fact(index).number(),
            _ => None,
        };
        let holds = |places: &Vec<columns::Place>| {
            sums.iter().all(|terms| {
                let sum = terms.iter().try_fold(Decimal::ZERO, |sum, &(figure, factor)| {
                    value(places, figure)?.checked_mul(factor.into()).and_then(|term| sum.checked_add(term))
                });
                sum.is_some_and(|sum| sum.is_zero())
            })
        };
        let mut readings = splits.iter().filter(|places| !sums.is_empty() && holds(places));
        let (Some(places), None) = (readings.next(), readings.next()) else { return false };
        self.fill(first, places, row, figures);
        true
    }

    /// A figure in two cells.
    fn split_fact(&self, index: usize) -> Fact<'d> {
        let [one, two] = [&self.outline.fields[index], &self.outline.fields[index + 1]];
        let found = format!("{}{}", one.text(), two.text());
        let value = figure::plain_digits(&found).map_or(Value::Unreadable(Why::NotANumber), Value::Number);
        let location = one.location().through(&two.location());
        Fact { value, found: Cow::Owned(found), location: Some(location), untidy: true, foreign_unit: None }
    }

    fn fact(&self, figure: usize, field: &Field<'d>) -> Fact<'d> {
        let of_form = &self.pack.figures[figure];
        let text = field.text();
        if !of_form.value.is_number() {
            let value = self.words(of_form.value, field);
            let location = Some(field.location());
            return Fact { value, found: Cow::Borrowed(text), location, ..Fact::absent() };
        }
        if let Some(negative) =
            figure::in_brackets(text, &self.pack.core).filter(|_| of_form.value == ValueKind::Decimal)
        {
            let (value, location) = (Value::Number(negative), Some(field.location()));
            return Fact { value, found: Cow::Borrowed(text), location, ..Fact::absent() };
        }
        let reading = figure::read(text, &self.pack.core);
        let unit = &text[reading.unit.clone()];
        let foreign = of_form.unit.as_deref().filter(|own| is_money(of_form.value) && !unit.is_empty() && *own != unit);
        let (value, foreign_unit) = match (&field.value, foreign) {
            (Value::Number(number), Some(own)) => {
                let converted = unit::converted(&self.pack.core, unit, own).and_then(|by| number.checked_mul(by));
                (converted.map_or(Value::Unreadable(Why::ForeignUnit), Value::Number), converted.map(|_| unit))
            }
            (value, _) => (value.clone(), None),
        };
        let end = if matches!(value, Value::Number(_)) { reading.number_end } else { text.len() };
        let start = field.range().start;
        Fact {
            value,
            found: Cow::Borrowed(&text[..end]),
            location: Some(field.passage.locate(start..start + end)),
            // Amounts are printed with thousands separators.
            untidy: (reading.untidy || reading.grouped && !is_money(of_form.value)) && foreign_unit.is_none(),
            foreign_unit,
        }
    }

    /// What stands in a cell that is to hold words.
    fn words(&self, kind: ValueKind, field: &Field<'d>) -> Value {
        let is_nothing = field.is_blank() || field.value == Value::Mark;
        if kind == ValueKind::Text {
            return if is_nothing { field.value.clone() } else { Value::Text };
        }
        match answer::read(field.text(), &self.pack.core.yes_no) {
            Some(is_yes) => Value::Number(Decimal::from(u8::from(is_yes))),
            None if is_nothing => field.value.clone(),
            None => Value::Unreadable(Why::NotANumber),
        }
    }

    fn first_text(&self, strip: &Strip) -> Location {
        let fields = &self.outline.fields[strip.fields.clone()];
        let label = strip.label.map(|label| &self.outline.fields[label]);
        let field = label.or_else(|| fields.iter().find(|field| !field.is_blank())).unwrap_or(&fields[0]);
        field.location()
    }

    /// A row of the table that stands in it and once more elsewhere.
    fn row_again(&self, fields: Range<usize>) -> Option<ExtraRow<'d>> {
        let strip = self.strip(fields);
        let repeats = strip.label.into_iter().flat_map(|label| self.hits[label]).find_map(|target| match *target {
            Target::Row { table, row } if table == self.table => Some(row),
            _ => None,
        });
        repeats.map(|row| self.extra(&strip, Some(row)))
    }

    fn extra(&self, strip: &Strip, repeats: Option<usize>) -> ExtraRow<'d> {
        let label = strip.label.map_or("", |label| self.outline.fields[label].text());
        ExtraRow { label, location: self.first_text(strip), repeats }
    }
}

fn is_money(kind: ValueKind) -> bool {
    matches!(kind, ValueKind::Amount | ValueKind::Decimal)
}
