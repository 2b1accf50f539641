//! Sums: one instance of a rule for each row or column it holds in, its names resolved to figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::expression::{self, Path, Relation, Term};
use super::super::raw;
use super::super::{Addend, Pack, PackError, PackProblem, Row, Rule, Severity, Sum};
use super::{fail, severity, unknown};

/// Adds all instances of a sum to the pack.
pub(super) fn add(raw: &raw::Sum, pack: &mut Pack) -> Result<(), PackError> {
    // The span of a TOML string covers its quotation marks.
    let text = raw.holds.span().start + 1;
    let at = |span: &Range<usize>| text + span.start..text + span.end;
    let relation = expression::parse(raw.holds.get_ref())
        .map_err(|error| fail(PackProblem::Expression(error.problem), &at(&error.span)))?;
    let tolerance = match &raw.tolerance {
        None => Decimal::ZERO,
        Some(text) => Decimal::from_str(text.get_ref()).map_err(|_| {
            fail(PackProblem::NotOneOf { found: text.get_ref().clone(), allowed: "0.01, 0.5 …" }, &text.span())
        })?,
    };
    let level = match &raw.severity {
        None => Severity::Error,
        Some(word) => severity(word.get_ref(), &word.span())?,
    };
    let rule = Arc::new(Rule {
        code: raw.code.get_ref().clone(),
        name: raw.name.get_ref().clone(),
        says: raw.says.clone(),
        source: raw.source.clone(),
        holds: raw.holds.get_ref().clone(),
        ..pack.rule("broken-sum", level)
    });
    let table = match &raw.table {
        None => None,
        Some(id) => match pack.tables.iter().position(|table| table.id == *id.get_ref()) {
            Some(table) => Some(table),
            None => return Err(unknown(id.get_ref(), pack.tables.iter().map(|t| t.id.as_str()), &id.span())),
        },
    };
    let for_each = raw.for_each.as_ref().map(|word| word.get_ref().as_str());
    let scopes = match (table, for_each) {
        (None, None) => vec![Scope::Report],
        (Some(table), Some("row")) => rows(pack, table),
        (Some(table), Some("column")) => columns(pack, table, &relation),
        (_, found) => {
            let span = raw.for_each.as_ref().map_or(raw.holds.span(), toml::Spanned::span);
            let found = found.unwrap_or_default().to_owned();
            return Err(fail(PackProblem::NotOneOf { found, allowed: "row, column (with table = …)" }, &span));
        }
    };
    for scope in scopes {
        let mut resolver = Resolver { pack, scope, at: &at, unknown: None };
        let left = resolver.side(&relation.left)?;
        let right = resolver.side(&relation.right)?;
        if let Some(error) = resolver.unknown {
            return Err(error);
        }
        let terms = terms(&left, &right);
        let sum = Sum {
            rule: Arc::clone(&rule),
            id: scope.id(pack, &raw.id),
            place: scope.place(pack),
            left,
            comparison: relation.comparison,
            right,
            tolerance,
            terms,
            only_if_one_row: scope.only_if_one_row(pack),
        };
        for addend in sum.left.iter().chain(&sum.right) {
            for &figure in [&addend.figure].into_iter().chain(&addend.parts) {
                pack.figures[figure].in_sums = true;
            }
        }
        pack.sums.push(sum);
    }
    pack.rules.push(rule);
    Ok(())
}

/// See [`Sum::terms`].
fn terms(left: &[Addend], right: &[Addend]) -> Option<Arc<[(u32, i64)]>> {
    let mut terms: BTreeMap<u32, i64> = BTreeMap::new();
    for (side, sign) in [(left, 1), (right, -1)] {
        for addend in side {
            let factor = Some(addend.factor()).filter(|factor| factor.is_integer() && addend.parts.is_empty())?;
            let factor = i32::try_from(factor.normalize().mantissa()).ok()?;
            *terms.entry(u32::try_from(addend.figure).ok()?).or_default() += sign * i64::from(factor);
        }
    }
    Some(terms.into_iter().filter(|term| term.1 != 0).collect())
}

/// Where an instance of a sum holds.
#[derive(Clone, Copy)]
enum Scope {
    Report,
    Row { table: usize, row: usize },
    Column { table: usize, column: usize },
}

fn rows(pack: &Pack, table: usize) -> Vec<Scope> {
    let rows = pack.tables[table].rows.iter().enumerate();
    rows.filter(|(_, row)| row.figures.is_some()).map(|(row, _)| Scope::Row { table, row }).collect()
}

/// The columns of the blocks in which the names of the relation are rows.
fn columns(pack: &Pack, index: usize, relation: &Relation) -> Vec<Scope> {
    let table = &pack.tables[index];
    let names: BTreeSet<&str> = relation.left.iter().chain(&relation.right).map(|t| t.from.name.as_str()).collect();
    let blocks = table.blocks.iter().filter(|block| {
        let stands = |name: &&str| table.rows[block.rows.clone()].iter().any(|row| row.id == **name);
        names.iter().any(stands) || table.blocks.len() == 1
    });
    blocks.flat_map(|block| block.columns.clone()).map(|column| Scope::Column { table: index, column }).collect()
}

impl Scope {
    fn id(self, pack: &Pack, sum: &str) -> String {
        match self {
            Self::Report => sum.to_owned(),
            Self::Row { table, row } => {
                format!("{}.{sum}:{}", pack.tables[table].id, pack.tables[table].rows[row].id)
            }
            Self::Column { table, column } => {
                format!("{}.{sum}:{}", pack.tables[table].id, pack.tables[table].columns[column].id)
            }
        }
    }

    fn place(self, pack: &Pack) -> String {
        let named = |table: usize, words: &str| format!("{} · {words}", pack.tables[table].name);
        match self {
            Self::Report => String::new(),
            Self::Row { table, row } => named(table, &pack.tables[table].rows[row].place),
            Self::Column { table, column } => named(table, &pack.tables[table].columns[column].place),
        }
    }

    /// Rows of a group that may be one row hold their sums only while they are printed, and so does that one row.
    fn only_if_one_row(self, pack: &Pack) -> Option<(usize, bool)> {
        let Self::Row { table, row } = self else { return None };
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

struct Resolver<'p, F> {
    pack: &'p Pack,
    scope: Scope,
    at: F,
    unknown: Option<PackError>,
}

impl<F: Fn(&Range<usize>) -> Range<usize>> Resolver<'_, F> {
    fn side(&mut self, terms: &[Term]) -> Result<Vec<Addend>, PackError> {
        let mut addends = Vec::new();
        for term in terms {
            let Some(from) = self.range(&term.from) else { continue };
            let range = match &term.to {
                None => from,
                Some(to) => {
                    let Some(to_range) = self.range(to) else { continue };
                    if to_range.end < from.end {
                        return Err(fail(PackProblem::BackwardRange, &(self.at)(&to.span)));
                    }
                    from.start..to_range.end
                }
            };
            self.expand(range, term.factor, &mut addends);
        }
        Ok(addends)
    }

    /// The figures a name stands for: indices of rows, of columns or of figures, by scope.
    fn range(&mut self, path: &Path) -> Option<Range<usize>> {
        let (found, known): (_, Vec<&str>) = match self.scope {
            Scope::Report => {
                let figures = &self.pack.figures;
                let found = figures.iter().position(|figure| figure.id == path.name).map(|at| at..at + 1);
                (found, figures.iter().map(|figure| figure.id.as_str()).collect())
            }
            Scope::Row { table, row } => {
                let table = &self.pack.tables[table];
                let columns = table.blocks[table.rows[row].block].columns.clone();
                let found = columns.clone().find(|&column| table.columns[column].id == path.name).map(|at| at..at + 1);
                (found, table.columns[columns].iter().map(|column| column.id.as_str()).collect())
            }
            Scope::Column { table, column } => {
                let table = &self.pack.tables[table];
                let rows = &table.rows;
                let stands = |row: &Row| table.blocks[row.block].columns.contains(&column);
                let named = |row: &Row| row.id == path.name && stands(row);
                let found = rows.iter().position(named).map(|at| at..rows[at].end);
                (found, rows.iter().filter(|row| stands(row)).map(|row| row.id.as_str()).collect())
            }
        };
        if found.is_none() && self.unknown.is_none() {
            self.unknown = Some(unknown(&path.name, known.into_iter(), &(self.at)(&path.span)));
        }
        found
    }

    fn expand(&self, range: Range<usize>, factor: Decimal, addends: &mut Vec<Addend>) {
        let factor = Some(factor).filter(|factor| *factor != Decimal::ONE);
        let mut push = |figure, parts| addends.push(Addend { factor, figure, parts });
        match self.scope {
            Scope::Report => range.for_each(|figure| push(figure, Vec::new())),
            Scope::Row { table, row } => {
                let table = &self.pack.tables[table];
                let first = table.blocks[table.rows[row].block].columns.start;
                let figures = table.rows[row].figures.expect("only rows with figures are scopes");
                range.for_each(|column| push(figures + column - first, Vec::new()));
            }
            Scope::Column { table, column } => {
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
                    push(own, leaves.filter_map(figure).collect());
                    at = row.end;
                }
            }
        }
    }
}
