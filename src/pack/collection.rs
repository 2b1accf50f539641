//! What archives are looked through with: when two reports are too much alike, how names of files and lists are read.

use std::collections::HashSet;

use super::Pattern;

/// The words and bounds for all archives, of whatever form; see `rules/core.toml`.
#[derive(Debug, Clone)]
pub struct ArchiveWords {
    /// How many digits figures must have together before it is no chance that two reports share them all.
    pub identical_digits: usize,
    /// How many in a hundred of a report's own sentences stand in the other one, where it is too much alike.
    pub copied_percent: usize,
    /// The same of a sample of them, for texts that are looked at once more.
    pub sampled_percent: usize,
    /// How many they must be at least.
    pub copied_least: usize,
    /// A sentence that more agencies use is nobody's own.
    pub common_agencies: usize,
    /// Characters a sentence must have to be compared.
    pub sentence_least: usize,
    /// How many in a hundred of the agencies on a list must have reported before a year is due of all.
    pub due_percent: usize,
    /// A year in the name of a file or folder, the group `year`.
    pub year_in_name: Pattern,
    /// One that is certainly the report's and not that of its publication.
    pub year_surely: Pattern,
    /// What stands in such names besides an agency.
    pub beside_the_name: Pattern,
    /// What is taken for the name of an agency.
    pub agency: Pattern,
    /// What is taken for the name of a place, which a folder may put before that of an agency.
    pub place: Pattern,
    pub columns: Columns,
    /// Kinds of agencies that report for all below them as well.
    pub consolidated: HashSet<String>,
    /// Kinds of agencies that report for themselves, whatever is below them.
    pub own: HashSet<String>,
}

/// The headers of a list of agencies.
#[derive(Debug, Clone)]
pub struct Columns {
    pub organization: Vec<String>,
    pub parent: Vec<String>,
    pub kind: Vec<String>,
    pub from: Vec<String>,
    pub to: Vec<String>,
    pub alias: Vec<String>,
}
