//! Where the instances of a sum hold, and which figures a name means there.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::super::error::{PackError, PackProblem};
use super::super::expression::{Item, Path, Problem, Term};
use super::super::form::{Figure, Pack, Row};
use super::super::sum::{Addend, Side};
use super::look_up::{fail, unknown};

/// Where an instance of a sum holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope {
    Report,
    /// The whole of a table: its figures are named by row and column.
    Table {
        table: usize,
    },
    Row {
        table: usize,
        row: usize,
    },
    Column {
        table: usize,
        column: usize,
    },
    Figure {
        figure: usize,
    },
    /// A figure of an open row that has rows below it.
    Code {
        figure: usize,
    },
    /// The rows of an open name, by the first of them.
    Name {
        table: usize,
        row: usize,
    },
}

/// One for each row whose block has a column of these names.
pub(super) fn rows(pack: &Pack, index: usize, names: &BTreeSet<&str>) -> Vec<Scope> {
    let table = &pack.tables[index];
    let has_names = |row: &Row| {
        let columns = table.blocks[row.block].columns.clone();
        table.blocks.len() == 1 || table.columns[columns].iter().any(|column| names.contains(column.id.as_str()))
    };
    let rows = table.rows.iter().enumerate().filter(|(_, row)| row.figures.is_some() && has_names(row));
    rows.map(|(row, _)| Scope::Row { table: index, row }).collect()
}

/// One for each column of the blocks in which the names are rows.
pub(super) fn columns(pack: &Pack, index: usize, names: &BTreeSet<&str>) -> Vec<Scope> {
    let table = &pack.tables[index];
    let blocks = table.blocks.iter().filter(|block| {
        let is_here = |name: &&str| table.rows[block.rows.clone()].iter().any(|row| row.id == **name);
        names.iter().any(is_here) || table.blocks.len() == 1
    });
    blocks.flat_map(|block| block.columns.clone()).map(|column| Scope::Column { table: index, column }).collect()
}

/// One for each figure of a table that is a number.
pub(super) fn figures(pack: &Pack, table: usize) -> Vec<Scope> {
    let figures = pack.figures.iter().enumerate();
    let of_table = figures.filter(|(_, figure)| figure.table == table && figure.value.is_number());
    of_table.map(|(figure, _)| Scope::Figure { figure }).collect()
}

/// One for each figure of an open row with rows below it.
pub(super) fn codes(pack: &Pack, table: usize) -> Vec<Scope> {
    let figures = pack.figures.iter().enumerate().filter(|(_, figure)| figure.table == table);
    let parents = figures.filter(|(_, figure)| !pack.tables[table].rows[figure.row].below.is_empty());
    parents.map(|(figure, _)| Scope::Code { figure }).collect()
}

/// One for each open name.
pub(super) fn names(pack: &Pack, table: usize) -> Vec<Scope> {
    let rows = &pack.tables[table].rows;
    let mut seen = BTreeSet::new();
    let is_first =
        |row: &usize| rows[*row].name.as_ref().is_some_and(|name| rows[*row].figures.is_some() && seen.insert(name));
    let first: Vec<usize> = (0..rows.len()).filter(is_first).collect();
    first.into_iter().filter(|&row| rows[row].is_named_by_report).map(|row| Scope::Name { table, row }).collect()
}

impl Scope {
    /// The id of the instance: `requests.row-total:granted`.
    pub fn id(self, pack: &Pack, sum: &str) -> String {
        match self.name(pack) {
            None => match self {
                Self::Table { table } => format!("{}.{sum}", pack.tables[table].id),
                _ => sum.to_owned(),
            },
            Some((table, name)) => format!("{}.{sum}:{name}", pack.tables[table].id),
        }
    }

    /// The table it is in, and the id of its row, column or figure in it.
    fn name(self, pack: &Pack) -> Option<(usize, String)> {
        Some(match self {
            Self::Report | Self::Table { .. } => return None,
            Self::Row { table, row } => (table, pack.tables[table].rows[row].id.clone()),
            Self::Name { table, row } => (table, pack.tables[table].rows[row].name.clone().unwrap_or_default()),
            Self::Column { table, column } => (table, pack.tables[table].columns[column].id.clone()),
            Self::Figure { figure } | Self::Code { figure } => {
                let figure = &pack.figures[figure];
                let table = &pack.tables[figure.table];
                (figure.table, format!("{}.{}", table.rows[figure.row].id, table.columns[figure.column].id))
            }
        })
    }

    /// The table it is in.
    pub fn table(self, pack: &Pack) -> Option<usize> {
        match self {
            Self::Report => None,
            Self::Table { table } => Some(table),
            _ => self.name(pack).map(|(table, _)| table),
        }
    }

    /// Whether one of these ids means it: those of its row, of its column, or of both with a dot between.
    pub fn is_named(self, pack: &Pack, id: &str) -> bool {
        let Some((table, name)) = self.name(pack) else { return false };
        let of_figure = |figure: usize| {
            let (figure, table) = (&pack.figures[figure], &pack.tables[table]);
            table.rows[figure.row].id == id || table.columns[figure.column].id == id
        };
        // Below open names, a row is what the pack calls it.
        let is_below_name = |row: usize| {
            let row = &pack.tables[table].rows[row];
            let below = row.name.as_ref().and_then(|name| row.id.strip_prefix(name.as_str())?.strip_prefix('.'));
            below == Some(id)
        };
        name == id
            || matches!(self, Self::Row { row, .. } if is_below_name(row))
            || matches!(self, Self::Figure { figure } | Self::Code { figure } if of_figure(figure))
    }

    /// The row or column in the form's words: 「表三 · 自然人」.
    pub fn place(self, pack: &Pack) -> String {
        let named = |table: usize, words: &str| match words {
            "" => pack.tables[table].name.clone(),
            words => format!("{} · {words}", pack.tables[table].name),
        };
        match self {
            Self::Report => String::new(),
            Self::Table { table } => pack.tables[table].name.clone(),
            Self::Row { table, row } => named(table, &pack.tables[table].rows[row].place),
            Self::Column { table, column } => named(table, &pack.tables[table].columns[column].place),
            Self::Name { table, row } => {
                let rows = &pack.tables[table].rows;
                let first = rows[row].parent.map_or(row, |group| group);
                named(table, &rows[first].place)
            }
            Self::Figure { figure } | Self::Code { figure } => pack.figures[figure].place.clone(),
        }
    }

    /// Rows of a group that may be one row hold their sums only while they are printed, and so does that one row.
    pub fn only_if_one_row(self, pack: &Pack) -> Option<(usize, bool)> {
        let (table, row) = match self {
            Self::Row { table, row } => (table, row),
            Self::Figure { figure } => (pack.figures[figure].table, pack.figures[figure].row),
            Self::Report | Self::Table { .. } | Self::Column { .. } | Self::Code { .. } | Self::Name { .. } => {
                return None;
            }
        };
        let rows = &pack.tables[table].rows;
        if !rows[row].is_leaf {
            return rows[row].figures.map(|figure| (figure, true));
        }
        let mut above = rows[row].parent;
        while let Some(group) = above {
            if let Some(figure) = rows[group].figures {
                return Some((figure, false));
            }
            above = rows[group].parent;
        }
        None
    }
}

/// Finds the figures that the terms of a sum mean.
pub(super) struct Resolver<'p, F> {
    pub pack: &'p Pack,
    pub scope: Scope,
    /// A table that a name speaks of has no row of this name: the sum says nothing here.
    pub is_nowhere: &'p Cell<bool>,
    /// How many figures the rule may still take in, in all places where it holds: a form has no more, and each costs time.
    pub room: &'p Cell<usize>,
    /// From a place in the expression to one in the pack.
    pub at: F,
}

/// What a name means, by scope: indices of rows, of columns or of figures.
enum Named {
    Rows(Range<usize>),
    Columns(Range<usize>),
    Figures(Range<usize>),
    /// Those of all rows of a name.
    OfName(Vec<usize>),
}

impl<F: Fn(&Range<usize>) -> Range<usize>> Resolver<'_, F> {
    /// The figures of one side.
    pub fn side(&self, terms: &[Term]) -> Result<Side, PackError> {
        let mut side = Side::default();
        for term in terms {
            let before = side.addends.len();
            self.add(term, &mut side)?;
            let taken = side.addends.len() - before + 1;
            let room = self.room.get().checked_sub(taken);
            let too_long = || fail(PackProblem::Expression(Problem::TooLong), &(self.at)(&(0..0)));
            self.room.set(room.ok_or_else(too_long)?);
        }
        Ok(side)
    }

    fn add(&self, term: &Term, side: &mut Side) -> Result<(), PackError> {
        let named = match &term.item {
            Item::One => {
                side.constant += term.factor;
                return Ok(());
            }
            Item::Level { number, span } => return self.level(*number, span, term, side),
            Item::Name(path) if path.name == "below" && matches!(self.scope, Scope::Code { .. }) => {
                self.below(term, side);
                return Ok(());
            }
            Item::Name(path) if path.name == "open" && self.has_open_names() => {
                self.open(term, side);
                return Ok(());
            }
            Item::Name(path) => self.named(path)?,
            Item::Range(from, to) => self.between(from, to)?,
            Item::Percent(part, whole) => return self.percent(part, whole, term, side),
        };
        match named {
            Named::Figures(figures) => figures.for_each(|figure| side.push(term, figure, Vec::new())),
            Named::Columns(columns) => {
                let Scope::Row { table, row } = self.scope else { return Ok(()) };
                let table = &self.pack.tables[table];
                let first = table.blocks[table.rows[row].block].columns.start;
                let figures = table.rows[row].figures.expect("only rows with figures are scopes");
                columns.for_each(|column| side.push(term, figures + column - first, Vec::new()));
            }
            Named::Rows(rows) => self.column(rows, term, side),
            Named::OfName(figures) => figures.into_iter().for_each(|figure| side.push(term, figure, Vec::new())),
        }
        Ok(())
    }

    /// The percentage that one figure is of another one.
    fn percent(&self, part: &Path, whole: &Path, term: &Term, side: &mut Side) -> Result<(), PackError> {
        let one = |path: &Path| -> Result<Option<usize>, PackError> {
            let mut own = Side::default();
            self.add(&Term { factor: Decimal::ONE, whose: term.whose, item: Item::Name(path.clone()) }, &mut own)?;
            match own.addends.as_slice() {
                [only] => Ok(Some(only.figure)),
                // Another table has no such name.
                [] if self.is_nowhere.get() => Ok(None),
                // One has several rows there.
                _ if path.name.contains(".*.") => {
                    self.is_nowhere.set(true);
                    Ok(None)
                }
                _ => Err(unknown(&path.name, std::iter::empty(), &(self.at)(&path.span))),
            }
        };
        if let (Some(part), Some(whole)) = (one(part)?, one(whole)?) {
            side.push(term, part, Vec::new());
            side.addends.last_mut().expect("it was added").of = Some(whole);
        }
        Ok(())
    }

    /// From the first to the last of two names.
    fn between(&self, from: &Path, to: &Path) -> Result<Named, PackError> {
        let joined = match (self.named(from)?, self.named(to)?) {
            (Named::Rows(from), Named::Rows(to)) if to.end >= from.end => Some(Named::Rows(from.start..to.end)),
            (Named::Columns(from), Named::Columns(to)) if to.end >= from.end => {
                Some(Named::Columns(from.start..to.end))
            }
            (Named::Figures(from), Named::Figures(to)) if to.end >= from.end => {
                Some(Named::Figures(from.start..to.end))
            }
            _ => None,
        };
        joined.ok_or_else(|| fail(PackProblem::BackwardRange, &(self.at)(&to.span)))
    }

    fn named(&self, path: &Path) -> Result<Named, PackError> {
        if let Some((table, column)) = path.name.split_once(".*.") {
            return self.of_same_name(table, column, path);
        }
        let (found, mut known) = self.in_scope(path);
        if let Some(found) = found {
            return Ok(found);
        }
        // Whole figure ids mean the same everywhere.
        let ids = || self.pack.figures.iter().map(|figure| figure.id.as_str());
        if let Some(at) = ids().position(|id| id == path.name) {
            return Ok(Named::Figures(at..at + 1));
        }
        if matches!(self.scope, Scope::Report) || path.name.contains('.') {
            known.extend(ids());
        }
        Err(unknown(&path.name, known.into_iter(), &(self.at)(&path.span)))
    }

    /// The figures in a column of another table's rows of the same name.
    fn of_same_name(&self, table: &str, column: &str, path: &Path) -> Result<Named, PackError> {
        let (Scope::Row { table: own, row } | Scope::Name { table: own, row }) = self.scope else {
            let allowed = "for_each = \"row\", \"name\"".to_owned();
            let problem = PackProblem::NotOneOf { found: path.name.clone(), allowed };
            return Err(fail(problem, &(self.at)(&path.span)));
        };
        let Some(at) = self.pack.tables.iter().position(|known| known.id == table) else {
            let known = self.pack.tables.iter().map(|table| table.id.as_str());
            return Err(unknown(table, known, &(self.at)(&path.span)));
        };
        let form = &self.pack.tables[at];
        let Some(column) = form.columns.iter().position(|known| known.id == column) else {
            let known = form.columns.iter().map(|column| column.id.as_str());
            return Err(unknown(column, known, &(self.at)(&path.span)));
        };
        let own = &self.pack.tables[own].rows[row];
        let name = own.name.as_deref().unwrap_or(&own.id);
        let figures = self.of_name(at, name, column);
        if figures.is_empty() {
            self.is_nowhere.set(true);
        }
        Ok(Named::OfName(figures))
    }

    /// The figures of a name in a column of a table: that of its first row, where all rows share it.
    fn of_name(&self, table: usize, name: &str, column: usize) -> Vec<usize> {
        let form = &self.pack.tables[table];
        let is_of_name = |row: &&Row| row.name.as_deref().unwrap_or(&row.id) == name;
        let figures = form.rows.iter().filter(is_of_name).filter_map(|row| {
            let columns = &form.blocks[row.block].columns;
            row.figures.filter(|_| columns.contains(&column)).map(|first| first + column - columns.start)
        });
        figures.take(if form.columns[column].is_shared { 1 } else { usize::MAX }).collect()
    }

    /// Whether the scope is a column of a block with open names.
    fn has_open_names(&self) -> bool {
        let Scope::Column { table, column } = self.scope else { return false };
        let blocks = &self.pack.tables[table].blocks;
        blocks.iter().any(|block| block.named.is_some() && block.columns.contains(&column))
    }

    /// The figures of all open names in the column of the scope.
    fn open(&self, term: &Term, side: &mut Side) {
        let Scope::Column { table, column } = self.scope else { return };
        let rows = &self.pack.tables[table].rows;
        let names = rows.iter().filter(|row| row.is_named_by_report && row.figures.is_some());
        let mut seen = BTreeSet::new();
        let names = names.filter_map(|row| row.name.as_deref()).filter(|name| seen.insert(*name));
        for name in names {
            self.of_name(table, name, column).into_iter().for_each(|figure| side.push(term, figure, Vec::new()));
        }
    }

    /// What a name means where the sum holds, and all names there.
    fn in_scope(&self, path: &Path) -> (Option<Named>, Vec<&str>) {
        match self.scope {
            Scope::Report => (None, Vec::new()),
            Scope::Table { table } => {
                let prefix = self.pack.tables[table].id.len() + 1;
                let figures = self.pack.figures.iter().enumerate().filter(move |(_, figure)| figure.table == table);
                let named = |(_, figure): &(usize, &Figure)| figure.id[prefix..] == path.name;
                let found = figures.clone().find(named).map(|(at, _)| Named::Figures(at..at + 1));
                (found, figures.map(|(_, figure)| &figure.id[prefix..]).collect())
            }
            Scope::Figure { figure } | Scope::Code { figure } => {
                let found = (path.name == "this").then(|| Named::Figures(figure..figure + 1));
                (found, vec!["this", "below"])
            }
            Scope::Name { table: at, row } => {
                let table = &self.pack.tables[at];
                let column = table.columns.iter().position(|column| column.id == path.name);
                let name = table.rows[row].name.as_deref().unwrap_or_default();
                let found = column.map(|column| Named::OfName(self.of_name(at, name, column)));
                (found, table.columns.iter().map(|column| column.id.as_str()).collect())
            }
            Scope::Row { table, row } => {
                let table = &self.pack.tables[table];
                let columns = table.blocks[table.rows[row].block].columns.clone();
                let found = columns.clone().find(|&column| table.columns[column].id == path.name);
                let known = table.columns[columns].iter().map(|column| column.id.as_str()).collect();
                (found.map(|at| Named::Columns(at..at + 1)), known)
            }
            Scope::Column { table, column } => {
                let table = &self.pack.tables[table];
                let rows = &table.rows;
                let is_here = |row: &Row| table.blocks[row.block].columns.contains(&column);
                let found = rows.iter().position(|row| row.id == path.name && is_here(row));
                let known = rows.iter().filter(|row| is_here(row)).map(|row| row.id.as_str()).collect();
                (found.map(|at| Named::Rows(at..rows[at].end)), known)
            }
        }
    }

    /// The figures of rows in the column of the scope.
    fn column(&self, range: Range<usize>, term: &Term, side: &mut Side) {
        let Scope::Column { table, column } = self.scope else { return };
        let table = &self.pack.tables[table];
        let figure = |row: usize| {
            let row = &table.rows[row];
            row.figures.map(|first| first + column - table.blocks[row.block].columns.start)
        };
        let mut at = range.start;
        while at < range.end {
            let row = &table.rows[at];
            let Some(own) = figure(at) else {
                at += 1;
                continue;
            };
            let leaves = (at + 1..row.end).filter(|&below| table.rows[below].is_leaf);
            side.push(term, own, leaves.filter_map(figure).collect());
            at = row.end;
        }
    }

    /// The open rows of a level.
    fn level(&self, number: usize, span: &Range<usize>, term: &Term, side: &mut Side) -> Result<(), PackError> {
        let Scope::Column { table, column } = self.scope else {
            let allowed = "for_each = \"column\"".to_owned();
            let problem = PackProblem::NotOneOf { found: "level".to_owned(), allowed };
            return Err(fail(problem, &(self.at)(span)));
        };
        let of_form = &self.pack.tables[table];
        let block = of_form.blocks.iter().find(|block| block.columns.contains(&column));
        let Some(open) = block.and_then(|block| block.open.as_ref()) else {
            return Err(fail(PackProblem::Lacking("open = { … }"), &(self.at)(span)));
        };
        if number == 0 || number > open.levels.len() {
            let problem = PackProblem::NotOneOf { found: number.to_string(), allowed: "1, 2, 3 …".to_owned() };
            return Err(fail(problem, &(self.at)(span)));
        }
        for row in (0..of_form.rows.len()).filter(|&row| of_form.rows[row].level == Some(number)) {
            self.column(row..row + 1, term, side);
        }
        Ok(())
    }

    /// The figures right below that of the scope.
    fn below(&self, term: &Term, side: &mut Side) {
        let Scope::Code { figure } = self.scope else { return };
        let of_form = &self.pack.figures[figure];
        let table = &self.pack.tables[of_form.table];
        let first = table.blocks[table.rows[of_form.row].block].columns.start;
        for &row in &table.rows[of_form.row].below {
            let figures = table.rows[row].figures.expect("open rows have figures");
            side.push(term, figures + of_form.column - first, Vec::new());
        }
    }
}

impl Side {
    fn push(&mut self, term: &Term, figure: usize, parts: Vec<usize>) {
        let factor = Some(term.factor).filter(|factor| *factor != Decimal::ONE);
        self.addends.push(Addend { factor, figure, parts, whose: term.whose, of: None });
    }
}
