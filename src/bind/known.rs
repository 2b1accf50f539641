//! A report in the form as it is without the rows that only the report lists: what other reports have, too.

use std::collections::HashMap;
use std::sync::Arc;

use super::Bound;
use crate::facts::{Fact, Facts, RowFacts};
use crate::pack::{Figure, Pack, Table};

impl<'d> Bound<'d> {
    /// The report in the form `known`, whose rows it adds names to; none where it adds none.
    pub fn in_form(&self, known: &Arc<Pack>) -> Option<Self> {
        if Arc::ptr_eq(&self.pack, known) || !known.has_names() {
            return None;
        }
        let mut facts: Facts<'d> = self.facts.clone();
        facts.figures = figures(&self.pack, known, &self.facts.figures);
        for ((facts, own), known) in facts.tables.iter_mut().zip(&self.pack.tables).zip(&known.tables) {
            facts.rows = rows(own, known, &facts.rows);
            facts.missing_columns.clear();
            facts.by_place.clear();
        }
        Some(Self { pack: Arc::clone(known), facts })
    }
}

/// The figures of a report in the form `own` that are those of the form `known`, by their ids.
pub fn figures<'d>(own: &Pack, known: &Pack, figures: &[Fact<'d>]) -> Vec<Fact<'d>> {
    let at: HashMap<&str, usize> =
        own.figures.iter().enumerate().map(|(at, figure)| (figure.id.as_str(), at)).collect();
    let fact = |figure: &Figure| at.get(figure.id.as_str()).map_or_else(Fact::absent, |&at| figures[at].clone());
    known.figures.iter().map(fact).collect()
}

fn rows(own: &Table, known: &Table, rows: &[RowFacts]) -> Vec<RowFacts> {
    let fact = |id: &str| own.rows.iter().position(|row| row.id == id).map(|at| rows[at].clone());
    known.rows.iter().map(|row| fact(&row.id).unwrap_or_default()).collect()
}
