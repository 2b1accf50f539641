//! What the command line says.

use super::{Given, Mistake, Origin, Values, level, limit};
use crate::cli::{Choice, Global};
use crate::message::Message;

/// The options of every subcommand.
pub(super) fn of_all(global: &Global) -> Values {
    Values {
        rules: global.rules.iter().map(|path| given(path.clone(), "--rules")).collect(),
        lang: global.lang.map(|lang| given(lang, "--lang")),
        ..Values::default()
    }
}

/// The options that choose rules and bounds.
pub(super) fn add_choice(choice: &Choice, values: &mut Values) -> Result<(), Mistake> {
    let words = |all: &[String], option| all.iter().map(|word| given(word.clone(), option)).collect::<Vec<_>>();
    let selected = words(&choice.select, "--select");
    values.select = (!selected.is_empty()).then_some(selected);
    values.ignore = words(&choice.ignore, "--ignore");
    values.pack = choice.pack.clone().map(|id| given(id, "--pack"));
    values.cache = choice.cache.clone().map(|path| given(path, "--cache"));
    values.no_cache = choice.no_cache;
    values.fail_on = choice.fail_on.map(|severity| given(severity, "--fail-on"));
    for text in words(&choice.severity, "--severity") {
        let Some((rule, word)) = text.value.split_once('=') else {
            return Err(text.wrong(Message::new("error.severity-value").with("text", text.value.as_str())));
        };
        values.severity.push((text.with(rule.to_owned()), level(&text.with(word.to_owned()))?));
    }
    for text in words(&choice.limit, "--limit") {
        let number = text.value.split_once('=').and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let Some((name, allowed)) = number else {
            return Err(text.wrong(Message::new("error.limit-value").with("text", text.value.as_str())));
        };
        values.limits.push(text.with((limit(&text.with(name.to_owned()))?, allowed)));
    }
    Ok(())
}

fn given<T>(value: T, option: &'static str) -> Given<T> {
    Given { value, origin: Origin::CommandLine(option) }
}
