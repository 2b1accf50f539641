//! From the tables as printed to the figures of the form: its rows matched, its columns found, each cell in its place.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::broken;
use super::by_place;
use super::cell;
use super::columns::{Layout, Place};
use super::field::Field;
use super::groups::{self, Order};
use super::header::{self, Header};
use super::merged::{self, Shared};
use super::pieces::{Pattern, Pieces};
use super::printed::Printed;
use super::readings::Readings;
use super::rest::{self, End, Rest};
use super::rows::{self, Aligned};
use super::stretch::{self, Stretch};
use super::table_line::TableLine;
use super::wrapped;
use crate::document::Location;
use crate::facts::{ExtraRow, Fact, RowFacts, SectionFacts, TableFacts, Unplaced, Value, Why};
use crate::label::Label;
use crate::pack::{Block, Pack, Table};

/// The facts of each table, and each figure of the form.
pub(super) fn find<'d>(
    tables: &[Printed<'_, 'd>],
    sections: &[SectionFacts<'d>],
    start: &Location,
    pack: &Pack,
) -> (Vec<TableFacts<'d>>, Vec<Fact<'d>>) {
    let mut figures: Vec<Fact<'d>> = pack.figures.iter().map(|_| Fact::absent()).collect();
    let facts = tables.iter().map(|table| {
        let form = &pack.tables[table.index];
        let heading = form.section.and_then(|section| sections[section].heading.as_ref());
        let before = heading.map_or(start, |heading| &heading.location).clone();
        Binder { table, form, pack }.bind(before, &mut figures)
    });
    let facts = facts.collect();
    broken::join(&mut figures, pack);
    (facts, figures)
}

/// Binds one table.
struct Binder<'a, 'o, 'd> {
    table: &'a Printed<'o, 'd>,
    form: &'a Table,
    pack: &'a Pack,
}

impl<'d> Binder<'_, '_, 'd> {
    fn bind(&self, before: Location, figures: &mut [Fact<'d>]) -> TableFacts<'d> {
        let mut facts = TableFacts {
            rows: vec![RowFacts::default(); self.form.rows.len()],
            before: Some(before),
            factor: self.table.factor,
            of_others: self.table.of_others.clone(),
            nameless_columns: self.table.nameless.columns.clone(),
            nameless_groups: self.table.nameless.groups.clone(),
            ..TableFacts::default()
        };
        let lines = self.table.rows.iter().map(|fields| self.line(fields.clone())).collect();
        let lines = merged::join(self.table, wrapped::join(self.table, lines, self.pack), self.pack);
        if !Aligned::is_nothing(&lines) {
            let aligned = rows::align(self.table, self.form, &lines);
            facts.location = lines.first().map(|line| self.first_text(line));
            let rests = self.place_rows(&lines, &aligned, &mut facts, figures);
            let extra = aligned.extra.iter().filter(|extra| !rests.contains(&extra.line));
            facts.extra = extra.map(|extra| self.extra(&lines[extra.line], extra.repeats)).collect();
            self.prove(&lines, &aligned, &mut facts, figures);
        }
        facts.extra.extend(self.table.again.iter().filter_map(|fields| self.row_again(fields.clone())));
        facts
    }

    /// Takes back the rows that are known by their place alone and by no sum, and neighbours of which no sum says which is which.
    fn prove(&self, lines: &[TableLine], aligned: &Aligned, facts: &mut TableFacts<'d>, figures: &mut [Fact<'d>]) {
        let by_place = aligned.rows.iter().enumerate().filter_map(|(row, matched)| {
            let first = self.form.rows[row].figures?;
            let line = &lines[matched.filter(|matched| matched.by_place)?.line];
            Some((row, line, first..first + self.form.width(self.form.block_of(row))))
        });
        let (proven, mut unproven): (Vec<_>, Vec<_>) =
            by_place.partition(|(_, _, own)| by_place::is_proven(own, figures, self.pack));
        let is_known = |row: usize| aligned.rows[row].is_some_and(|matched| !matched.by_place);
        for neighbours in proven.chunk_by(|(above, ..), (below, ..)| !(*above..*below).any(is_known)) {
            let mut pairs = neighbours.windows(2);
            let is_unclear =
                pairs.any(|pair| by_place::are_interchangeable(&pair[0].2, &pair[1].2, figures, self.pack));
            if is_unclear && !self.are_named_beside(neighbours.iter().map(|(row, ..)| *row)) {
                neighbours.iter().for_each(|(row, ..)| facts.rows[*row].uncertain = true);
                unproven.extend_from_slice(neighbours);
                continue;
            }
            let label = |(row, line, own): &(usize, &TableLine, Range<usize>)| {
                Some((*row, self.label_by_place(*row, line, own.len())?))
            };
            facts.by_place.extend(neighbours.iter().filter_map(label));
        }
        for (row, line, own) in unproven {
            let before = facts.rows[..row].iter().rev().find_map(|above| above.location.clone());
            facts.rows[row] = RowFacts { before, uncertain: facts.rows[row].uncertain, ..RowFacts::default() };
            figures[own].fill_with(Fact::absent);
            facts.extra.push(self.extra(line, None));
        }
    }

    /// Whether the labels of some rows are in the text between the rows, in this order, as the end of a page may take them out of
    /// their table.
    fn are_named_beside(&self, rows: impl Iterator<Item = usize>) -> bool {
        /// A label may be broken behind so many characters.
        const BEGIN: usize = 4;
        let mut rest = self.table.loose.as_str();
        let mut labels = rows.map(|row| Label::new(&self.form.rows[row].label).core);
        !rest.is_empty()
            && labels.all(|label| {
                let end = label.char_indices().nth(BEGIN).map_or(label.len(), |(end, _)| end);
                let found = rest.find(&label[..end]);
                rest = found.map_or("", |at| &rest[at + end..]);
                found.is_some()
            })
    }

    /// The label of a row of `width` figures that is known by its place: empty where its cell is blank, none where there is no
    /// such cell, as where a table lost its labels on its way, or where it is the row's own under another number.
    fn label_by_place(&self, row: usize, line: &TableLine, width: usize) -> Option<&'d str> {
        if let Some(label) = line.label.filter(|_| !line.is_group(self.table, self.form)) {
            let is_own = self.table.fields[label].rows(self.table.index).any(|own| own == row);
            return (!is_own).then(|| self.label(line));
        }
        let fields = &self.table.fields[line.fields.clone()];
        let mut before = fields.iter().take_while(|field| !field.is_figure());
        (fields.len() > width && before.any(Field::is_blank)).then_some("")
    }

    fn line(&self, fields: Range<usize>) -> TableLine {
        TableLine::new(self.table, self.form, fields)
    }

    /// Places the figures of all rows. The lines that are the rest of a row above are no rows of their own.
    fn place_rows(
        &self,
        lines: &[TableLine],
        aligned: &Aligned,
        facts: &mut TableFacts<'d>,
        figures: &mut [Fact<'d>],
    ) -> BTreeSet<usize> {
        let form = self.form;
        let extra = aligned.extra.iter().filter(|extra| extra.repeats.is_none()).map(|extra| extra.line).collect();
        let shared = Shared::of(self.table, lines);
        let mut rests = BTreeSet::new();
        let mut places = Vec::new();
        let mut last = facts.location.clone();
        let mut first_line = 0;
        for block in &form.blocks {
            let printed: Vec<usize> = form.printed(block).collect();
            let of_block = printed.iter().filter_map(|&row| aligned.rows[row].map(|matched| matched.line));
            let data = of_block.clone().min().unwrap_or(first_line).max(first_line);
            let above = &lines[first_line..data];
            let width = form.width(block);
            let runs: Vec<&TableLine> = of_block.clone().map(|line| &lines[line]).collect();
            let header = if header::is_regular(self.table, block, above, &runs, width) {
                Header::default()
            } else {
                self.header(block, above, &runs)
            };
            if facts.header.is_none() {
                facts.header.clone_from(&header.location);
            }
            let order = match block.side_by_side {
                true if self.table.is_unclear => Order::Unclear,
                true => groups::order(self.table, form, block, above),
                false => Order::OfForm,
            };
            let layout = Layout::new(&self.table.fields, &runs, form, block, &header).in_order_of(&order);
            let first_figure = printed.first().and_then(|&row| form.rows[row].figures).unwrap_or_default();
            facts.lacking += aligned.lacking;
            facts.missing_columns.extend(layout.missing.iter().map(|column| first_figure + column));
            let with_figures = |&row: &usize| {
                let first = form.rows[row].figures?;
                Some((aligned.rows[row]?.line, first..first + width))
            };
            let by_line: Vec<_> = printed.iter().filter_map(with_figures).collect();
            let rows: Vec<_> = by_line.iter().map(|(line, row)| (&lines[*line], row.clone())).collect();
            let layout = self.in_the_order_that_holds(layout, &header, &rows);
            let is_shuffled = order == Order::Unclear
                || !block.side_by_side && !layout.has_order(&header)
                || self.has_shuffled_columns(&layout, block, &rows);
            let stretches = self.stretches(Stretch { start: data, layout, is_shuffled }, block, lines, &by_line);
            let confirmed = self.confirmed(&rows, &stretches[0].layout);
            first_line = of_block.max().map_or(first_line, |line| line + 1);
            for row in printed {
                let Some(matched) = aligned.rows[row] else {
                    facts.rows[row].before.clone_from(&last);
                    facts.rows[row].uncertain = aligned.uncertain[row];
                    continue;
                };
                let line = &lines[matched.line];
                let Stretch { layout, is_shuffled, .. } = stretch::of_line(&stretches, matched.line);
                let location = self.first_text(line);
                last = Some(location.clone());
                facts.rows[row].misplaced = matched.misplaced;
                let first = form.rows[row].figures.expect("printed rows have figures");
                let below = self.below(lines, matched.line, &extra);
                let readings = Readings::new(&self.table.fields, self.pack, first..first + width).above(below);
                let above = self.begun_above(lines, matched.line);
                rests.extend(above.map(|_| matched.line - 1));
                let placed = match above {
                    Some(above) => Err(above.filled + line.filled),
                    None => self.place(line, layout, &readings, &confirmed, &mut places),
                };
                let placed = placed.and_then(|()| {
                    let completed = readings.complete(&mut places);
                    if completed != Ok(false) {
                        rests.extend(readings.line_below());
                    }
                    completed.map(drop)
                });
                let unplaced = match placed {
                    _ if *is_shuffled => Some(Unplaced::Shuffled),
                    Ok(()) => aligned.again[row].map(|again| Unplaced::Twice(self.first_text(&lines[again]))),
                    Err(count) => Some(Unplaced::Count(count)),
                };
                let may_be_moved = unplaced.is_none() && may_be_moved(layout, &readings, &places);
                if unplaced.is_none() {
                    self.fill(first, &places, &location, &readings, figures);
                    shared.unread(&self.table.fields, &places, &mut figures[first..first + width]);
                }
                if unplaced.is_some() || may_be_moved {
                    let in_row = figures[first..first + width].iter_mut();
                    for fact in in_row.filter(|fact| !(may_be_moved && fact.value == Value::Blank)) {
                        fact.value = Value::Unreadable(Why::Unplaced);
                        fact.location = Some(location.clone());
                    }
                }
                let of_row = &mut facts.rows[row];
                (of_row.unplaced, of_row.may_be_moved) = (unplaced, may_be_moved);
                of_row.location = Some(location);
            }
        }
        rests
    }

    /// The line above where the label of a line begins, with figures behind it that may go on below as the label does.
    fn begun_above<'l>(&self, lines: &'l [TableLine], at: usize) -> Option<&'l TableLine> {
        let above = lines.get(at.checked_sub(1)?).filter(|above| !above.is_known && above.has_figures)?;
        let rest = self.table.fields[lines[at].label?].text();
        let is_begun = |label: usize| rest::completes(&self.table.fields[label], rest, self.table.labels);
        above.label.is_some_and(is_begun).then_some(above)
    }

    /// What is below a line and may be the rest of its figures: a line of text, or the next line, if it is one of the `extra`.
    fn below(&self, lines: &[TableLine], at: usize, extra: &BTreeSet<usize>) -> Option<Rest<'d>> {
        let of_line = &self.table.fields[lines[at].fields.clone()];
        if let Some(rest) = of_line.iter().rev().find_map(|field| self.table.below.get(&End::of(field))) {
            return Some(rest.clone());
        }
        let next = lines.get(at + 1).filter(|next| !next.is_known)?;
        let is_rest = |label: usize| {
            let rest = self.table.fields[label].text();
            lines[at].label.is_some_and(|own| rest::completes(&self.table.fields[own], rest, self.table.labels))
        };
        // Below the last row, most of what has figures is no row and not said.
        if !extra.contains(&(at + 1)) && !next.label.is_some_and(is_rest) {
            return None;
        }
        let filled = self.table.fields[next.run.clone()].iter().filter(|field| !field.is_blank());
        let figures: Vec<Field<'d>> = filled.copied().collect();
        let all_plain = figures.iter().all(|field| field.is_plain);
        let is_text = matches!(figures.first()?.location(), Location::Text(_) | Location::Page { .. });
        let is_sure = is_text && next.label.is_none_or(is_rest);
        all_plain.then_some(Rest { figures, is_sure, line: Some(at + 1) })
    }

    fn header(&self, block: &Block, above: &[TableLine], rows: &[&TableLine]) -> Header {
        let figures = header::Figures::of(&self.table.fields, rows, self.form.width(block));
        header::header(self.table, self.form, block, above, &figures)
    }

    /// The rows of a block, below the first header and below those that are printed again.
    fn stretches<'p>(
        &self,
        first: Stretch<'p, 'd>,
        block: &Block,
        lines: &[TableLine],
        rows: &[(usize, Range<usize>)],
    ) -> Vec<Stretch<'p, 'd>> {
        let of_rows: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
        let last = of_rows.iter().copied().max().unwrap_or(first.start);
        let mut stretches = vec![first];
        if block.side_by_side {
            return stretches;
        }
        let headers = stretch::headers(lines, stretches[0].start..last, &of_rows);
        for (at, above) in headers.iter().enumerate() {
            let end = headers.get(at + 1).map_or(last + 1, |next| next.start);
            let below = rows.iter().filter(|(line, _)| (above.end..end).contains(line));
            let below: Vec<_> = below.map(|(line, row)| (&lines[*line], row.clone())).collect();
            let runs: Vec<&TableLine> = below.iter().map(|(line, _)| *line).collect();
            let header = self.header(block, &lines[above.clone()], &runs);
            let before = stretches.last().expect("there is the first");
            if before.is_shuffled || !before.layout.has_order(&header) {
                let layout = self.in_the_order_that_holds(before.layout.below(&header), &header, &below);
                let is_shuffled = !layout.has_order(&header);
                stretches.push(Stretch { start: above.end, layout, is_shuffled });
            }
        }
        stretches
    }

    /// Puts the figures of a row in their places, which are absent so far; `None` is a column that the table lacks.
    fn fill(
        &self,
        first: usize,
        places: &[Place],
        row: &Location,
        readings: &Readings<'_, 'd>,
        figures: &mut [Fact<'d>],
    ) {
        for (offset, place) in places.iter().enumerate() {
            let fact = &mut figures[first + offset];
            match *place {
                Place::Missing => {}
                Place::BlankRow => {
                    fact.value = Value::Blank;
                    fact.location = Some(row.clone());
                }
                Place::Field(index) => {
                    let field = &self.table.fields[index];
                    if field.is_plain && self.pack.figures[first + offset].value.is_number() {
                        fact.value = field.value;
                        fact.found = Cow::Borrowed(field.text());
                        fact.location = Some(field.location());
                    } else {
                        let of_form = &self.pack.figures[first + offset];
                        *fact = cell::read(field, of_form, self.pack, self.table.factor);
                    }
                }
                Place::Split(_) | Place::Piece(..) | Place::Broken(..) => {
                    *fact = readings.fact(*place).unwrap_or_else(Fact::absent);
                }
            }
        }
    }

    /// Finds the places of a row's figures.
    ///
    /// # Errors
    /// With the number of figures found, where they cannot be distinguished.
    fn place(
        &self,
        line: &TableLine,
        layout: &Layout<'_, 'd>,
        readings: &Readings<'_, 'd>,
        confirmed: &[Pattern],
        places: &mut Vec<Place>,
    ) -> Result<(), usize> {
        let fields = &self.table.fields;
        if let Some(pieces) = Pieces::of(fields, line, layout) {
            return pieces.place(fields, line, layout, readings, confirmed, places);
        }
        if let Err(found) = layout.place(line, places) {
            let whole = readings.only(layout.splits(line)).or_else(|| readings.first_only(layout.cut_short(line)));
            *places = whole.ok_or(found)?;
            return Ok(());
        }
        // Deleted cells move what is behind them.
        let moved = layout.moved_up(places);
        let may_be_moved = |(lost, places): &(usize, Vec<Place>)| readings.may_hold(places, *lost);
        if !readings.has_no_sums() && !moved.is_empty() && !readings.holds(places) && moved.iter().any(may_be_moved) {
            return Err(line.filled);
        }
        Ok(())
    }

    /// The layout with the order of the header, if the sums of most rows hold in it, and of fewer in the form's order.
    fn in_the_order_that_holds<'p>(
        &self,
        layout: Layout<'p, 'd>,
        header: &Header,
        rows: &[(&TableLine, Range<usize>)],
    ) -> Layout<'p, 'd> {
        let Some(headed) = layout.as_headed(header) else { return layout };
        let mut places = Vec::new();
        let mut holding = |layout: &Layout<'_, 'd>| {
            let holds = |(line, row): &&(&TableLine, Range<usize>)| {
                layout.place(line, &mut places).is_ok()
                    && Readings::new(&self.table.fields, self.pack, row.clone()).holds(&places)
            };
            rows.iter().filter(holds).count()
        };
        let by_header = holding(&headed);
        if by_header * 2 > rows.len() && by_header > holding(&layout) { headed } else { layout }
    }

    /// Whether the columns within a group are in another order than the form's, without sums that say so.
    fn has_shuffled_columns(
        &self,
        layout: &Layout<'_, 'd>,
        block: &Block,
        rows: &[(&TableLine, Range<usize>)],
    ) -> bool {
        let mut places = Vec::new();
        let holds = |(line, row): &(&TableLine, Range<usize>)| {
            layout.place(line, &mut places).is_ok()
                && Readings::new(&self.table.fields, self.pack, row.clone()).holds(&places)
        };
        block.side_by_side && !layout.is_in_turn(block.columns.len()) && !rows.iter().all(holds)
    }

    /// How cells that hold several figures are divided in the rows whose sums say so.
    fn confirmed(&self, rows: &[(&TableLine, Range<usize>)], layout: &Layout<'_, 'd>) -> Vec<Pattern> {
        let fields = &self.table.fields;
        let pieces = rows.iter().filter_map(|(line, row)| Some((Pieces::of(fields, line, layout)?, row)));
        let confirmed = pieces.filter_map(|(pieces, row)| {
            pieces.confirmed(fields, layout, &Readings::new(fields, self.pack, row.clone()))
        });
        confirmed.collect()
    }

    fn first_text(&self, line: &TableLine) -> Location {
        let fields = &self.table.fields[line.fields.clone()];
        let label = line.label.map(|label| &self.table.fields[label]);
        let field = label.or_else(|| fields.iter().find(|field| !field.is_blank())).unwrap_or(&fields[0]);
        field.location()
    }

    /// A row of the table that is printed once more elsewhere.
    fn row_again(&self, fields: Range<usize>) -> Option<ExtraRow<'d>> {
        let line = self.line(fields);
        let rows = line.label.into_iter().flat_map(|label| self.table.fields[label].rows(self.table.index));
        let repeats = rows.into_iter().next();
        repeats.map(|row| self.extra(&line, Some(row)))
    }

    fn label(&self, line: &TableLine) -> &'d str {
        line.label.map_or("", |label| self.table.fields[label].text())
    }

    fn extra(&self, line: &TableLine, repeats: Option<usize>) -> ExtraRow<'d> {
        // Behind the label of a group its own is lost.
        let is_nameless = repeats.is_none() && line.is_group(self.table, self.form);
        let label = if is_nameless { "" } else { self.label(line) };
        ExtraRow { label, location: self.first_text(line), repeats }
    }
}

/// Whether a cell of a row may have been deleted, which moves those behind it and leaves the last one blank, and no sum
/// says that it was not.
fn may_be_moved(layout: &Layout<'_, '_>, readings: &Readings<'_, '_>, places: &[Place]) -> bool {
    if !readings.has_no_sums() || layout.is_left_blank() || !readings.is_any_number(places) {
        return false;
    }
    let moved = layout.moved_up(places);
    !moved.is_empty() && !readings.is_confirmed(places, &moved)
}
