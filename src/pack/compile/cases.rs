//! Cases, whose rules and figures must be the pack's.

use std::collections::BTreeMap;

use super::super::case::Case;
use super::super::error::PackError;
use super::super::form::Pack;
use super::super::raw;
use super::look_up::unknown;

impl Pack {
    /// A wrong and a right report for each of its rules.
    pub fn cases(&self) -> &[Case] {
        self.cases.get_or_init(|| compile(self).expect("a test compiles the cases of every pack"))
    }
}

/// The cases of a pack.
pub(super) fn compile(pack: &Pack) -> Result<Vec<Case>, PackError> {
    let raw: &raw::Trials = &pack.written.trials;
    let mut cases = Cases { pack, specimens: &raw.specimens, with_rows: Vec::new() };
    raw.cases.iter().map(|case| cases.compile(case)).collect()
}

struct Cases<'p> {
    pack: &'p Pack,
    specimens: &'p BTreeMap<String, raw::Change>,
    /// The ids of the figures that the form has with rows added: many cases add the same.
    with_rows: Vec<(BTreeMap<String, String>, Vec<String>)>,
}

impl Cases<'_> {
    fn compile(&mut self, raw: &raw::Case) -> Result<Case, PackError> {
        let (name, pack) = (raw.rule.get_ref(), self.pack);
        let rules = || pack.core.rules.iter().chain(pack.rules());
        let Some(rule) = rules().find(|rule| rule.code == *name || rule.name == *name) else {
            return Err(unknown(name, rules().map(|rule| rule.name.as_str()), &raw.rule.span()));
        };
        let base = match &raw.from {
            None => raw::Change::default(),
            Some(name) => self
                .specimens
                .get(name.get_ref())
                .cloned()
                .ok_or_else(|| unknown(name.get_ref(), self.specimens.keys().map(String::as_str), &name.span()))?,
        };
        for change in [raw.wrong.over(&base), raw.right.over(&base)] {
            let of_others = [&change.previous].into_iter().chain(&change.children);
            for id in [&change.figures].into_iter().chain(of_others).flat_map(|figures| figures.keys()) {
                if !self.figures(&change.rows).contains(id) {
                    let known = self.figures(&change.rows).iter().map(String::as_str);
                    return Err(unknown(id, known, &raw.rule.span()));
                }
            }
        }
        Ok(Case { rule: rule.code.clone(), base, wrong: raw.wrong.clone(), right: raw.right.clone() })
    }

    /// The ids of all figures of the form with these rows.
    fn figures(&mut self, rows: &BTreeMap<String, String>) -> &[String] {
        let known = self.with_rows.iter().position(|(known, _)| known == rows);
        let at = known.unwrap_or_else(|| {
            let opened = Some(rows).filter(|rows| !rows.is_empty());
            let opened = opened.and_then(|rows| self.pack.with_rows(&self.pack.open_rows(rows)).ok());
            let figures = &opened.as_ref().unwrap_or(self.pack).figures;
            self.with_rows.push((rows.clone(), figures.iter().map(|figure| figure.id.clone()).collect()));
            self.with_rows.len() - 1
        });
        &self.with_rows[at].1
    }
}
