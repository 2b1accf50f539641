//! Reports without a subcommand.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, Command as Definition};

/// `gouji FILE` is `gouji check FILE`: a first word that is no subcommand and names a file, or looks like one, is a report.
/// Options of `check` may be before it.
pub(super) fn with_command(mut arguments: Vec<OsString>, definition: &Definition) -> Vec<OsString> {
    let words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    let at = 1 + options(definition, words);
    let Some(first) = arguments.get(at).map(|first| first.to_string_lossy()) else { return arguments };
    let is_file = || first.contains(['.', '/', '\\']) || Path::new(&arguments[at]).exists();
    if !first.starts_with('-') && definition.find_subcommand(&*first).is_none() && first != "help" && is_file() {
        arguments.insert(1, "check".into());
    }
    arguments
}

/// How many words at the beginning are options of `check`, with their values.
fn options<'w>(definition: &Definition, words: impl Iterator<Item = Cow<'w, str>>) -> usize {
    let check = definition.find_subcommand("check").into_iter().flat_map(Definition::get_arguments);
    let known: Vec<&Arg> = definition.get_arguments().chain(check).collect();
    let (mut count, mut is_value) = (0, false);
    for word in words {
        is_value = match known.iter().find(|option| is_called(option, &word)) {
            _ if is_value => false,
            Some(option) => option.get_action().takes_values() && !word.contains('='),
            None => break,
        };
        count += 1;
    }
    count
}

/// Whether a word is an option of `check`.
pub(super) fn is_of_check(definition: &Definition, word: &str) -> bool {
    let check = definition.find_subcommand("check");
    check.is_some_and(|check| check.get_arguments().any(|option| is_called(option, word)))
}

fn is_called(option: &Arg, word: &str) -> bool {
    let name = word.split('=').next().unwrap_or_default();
    let long = option.get_long().is_some_and(|long| name.strip_prefix("--") == Some(long));
    long || option.get_short().is_some_and(|short| name == format!("-{short}"))
}
