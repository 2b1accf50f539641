//! What the command line says.

use super::{Given, Mistake, Origin, Values, level, limit};
use crate::cli::{Accepted, Choice, Global, HowRead};
use crate::message::Message;

/// The options of every subcommand.
pub(super) fn of_all(global: &Global) -> Values {
    Values {
        rules: global.rules.iter().map(|path| given(path.clone(), "--rules")).collect(),
        lang: global.lang.map(|lang| given(lang, "--lang")),
        ..Values::default()
    }
}

/// The options that choose rules, and how files are read.
pub(super) fn add_choice(choice: &Choice, values: &mut Values) -> Result<(), Mistake> {
    let selected = words(&choice.select, "--select");
    values.chosen.select = (!selected.is_empty()).then_some(selected);
    values.chosen.ignore = words(&choice.ignore, "--ignore");
    values.cache = choice.cache.clone().map(|path| given(path, "--cache"));
    values.no_cache = choice.no_cache;
    values.fail_on = choice.fail_on.map(|severity| given(severity, "--fail-on"));
    for text in words(&choice.severity, "--severity") {
        let Some((rule, word)) = text.value.split_once('=') else {
            return Err(text.wrong(Message::new("error.severity-value").with("text", text.value.as_str())));
        };
        values.chosen.severity.push((text.with(rule.to_owned()), level(&text.with(word.to_owned()))?));
    }
    add_how_read(&choice.how_read, values)
}

/// The options that say what is accepted of the findings.
pub(super) fn add_accepted(accepted: &Accepted, values: &mut Values) {
    values.baseline = accepted.baseline.clone().map(|path| given(path, "--baseline"));
    values.waivers = accepted.waivers.clone().map(|path| given(path, "--waivers"));
}

/// The options that say how files are read.
pub(super) fn add_how_read(how_read: &HowRead, values: &mut Values) -> Result<(), Mistake> {
    values.chosen.pack = how_read.pack.clone().map(|id| given(id, "--pack"));
    for text in words(&how_read.limit, "--limit") {
        let number = text.value.split_once('=').and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let Some((name, allowed)) = number else {
            return Err(text.wrong(Message::new("error.limit-value").with("text", text.value.as_str())));
        };
        values.limits.push(text.with((limit(&text.with(name.to_owned()))?, allowed)));
    }
    Ok(())
}

fn words(all: &[String], option: &'static str) -> Vec<Given<String>> {
    all.iter().map(|word| given(word.clone(), option)).collect()
}

fn given<T>(value: T, option: &'static str) -> Given<T> {
    Given { value, origin: Origin::CommandLine(option) }
}
