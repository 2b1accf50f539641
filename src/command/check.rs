//! `gouji check`: files in, findings out, in the order of the files, as they come.

mod accepting;
mod cache;
mod overrides;
mod reporter;
mod run;
mod reports;
mod across;

use super::CommandError;
use crate::cli::{Check, Global};
use crate::config::Config;
use crate::message::Language;
use run::Run;

/// Checks each report by itself, then the reports against each other.
pub(super) fn run(global: &Global, config: Config, arguments: &Check, language: Language) -> Result<u8, CommandError> {
    let mut run = Run::new(global, config, arguments, language)?;
    let gathered = run.each_report();
    run.across(gathered);
    run.finish()
}
