//! Cases: a wrong and a right report for each rule.

use super::raw;

/// A wrong and a right report for a rule, as changes to a report in which all sums hold.
#[derive(Debug, Clone)]
pub struct Case {
    /// Code of the rule.
    pub rule: String,
    /// That report, as changes to the form filled with zeros.
    pub base: raw::Change,
    pub wrong: raw::Change,
    pub right: raw::Change,
}
