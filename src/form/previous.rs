//! The report of the year before: whose it is, its figures, the rows that it adds to its form.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::checker::Checker;
use crate::evaluate::{Numbers, numbers};
use crate::message::Message;
use crate::pack::{Pack, Severity};

/// What a report says that the next one begins with.
#[derive(Debug)]
pub(super) struct Previous {
    /// Its form, with the rows that it adds.
    pub pack: Arc<Pack>,
    pub organization: Option<String>,
    pub year: u16,
    /// In the units of the form.
    numbers: Numbers,
    /// How many errors there are in it.
    errors: usize,
}

impl Previous {
    /// Reads it.
    ///
    /// # Errors
    /// Where there is no report, more than one, or no year in it.
    pub fn read(checker: &Checker, name: &str, bytes: &[u8]) -> Result<Self, Message> {
        let mut read = checker.read_with(name, bytes, |reading| {
            let (pack, facts) = (reading.pack, reading.facts);
            let in_unit = |(figure, number): (usize, Option<Decimal>)| {
                let of_form = &pack.figures[figure];
                let factor = of_form.unit.as_ref().and(facts.tables[of_form.table].factor);
                factor.map_or(number, |factor| number?.checked_mul(factor))
            };
            let numbers = numbers(pack, facts).into_iter().enumerate().map(in_unit).collect();
            (Arc::clone(pack), reading.identity.clone(), numbers)
        });
        if read.len() > 1 {
            return Err(Message::new("blank.several-reports").with("path", name).with("count", read.len()));
        }
        let refused = |why: Message| Message::new("blank.no-report").with("path", name).with("why", why);
        let (pack, identity, numbers) = match read.pop() {
            Some(Ok(read)) => read,
            Some(Err(report)) => return Err(refused(report.findings[0].message.clone())),
            None => return Err(refused(Message::new("unknown-form"))),
        };
        let year = identity.year.ok_or_else(|| Message::new("blank.no-year-in-previous").with("path", name))?;
        let report = checker.check(name, bytes).into_first().report;
        let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        Ok(Self { pack, organization: identity.organization, year, numbers, errors })
    }

    /// The form with the rows that the report adds to it, where both are of one version.
    pub fn with_its_rows(&self, pack: &Arc<Pack>) -> Arc<Pack> {
        Arc::clone(if self.pack.id == pack.id { &self.pack } else { pack })
    }

    /// Its figures, by those of another version of its form.
    pub fn numbers_for(&self, pack: &Pack) -> Numbers {
        let own: HashMap<&str, usize> =
            self.pack.figures.iter().enumerate().map(|(at, figure)| (figure.id.as_str(), at)).collect();
        pack.figures.iter().map(|figure| own.get(figure.id.as_str()).and_then(|&at| self.numbers[at])).collect()
    }

    /// What is to be known of it.
    pub fn remarks(&self) -> impl Iterator<Item = Message> {
        let errors = (self.errors > 0).then(|| Message::new("blank.previous-has-errors").with("count", self.errors));
        let unnamed = self.organization.is_none().then(|| Message::new("blank.previous-is-nobodys"));
        errors.into_iter().chain(unnamed)
    }
}
