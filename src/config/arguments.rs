//! Settings from the command line.

use super::chosen::Chosen;
use super::given::{Given, Mistake, Origin, level, limit};
use super::values::Values;
use crate::cli::{Accepted, Choice, Global, HowRead};
use crate::limits::Limit;
use crate::message::Message;

/// The options of every subcommand.
pub(super) fn of_all(global: &Global) -> Values {
    Values {
        rules: global.rules.iter().map(|path| given("--rules", path)).collect(),
        lang: global.lang.map(|lang| given("--lang", &lang)),
        ..Values::default()
    }
}

/// The options of a check that choose no rules.
pub(super) fn of_choice(choice: &Choice) -> Values {
    Values {
        cache: choice.cache.as_ref().map(|path| given("--cache", path)),
        fail_on: choice.fail_on.map(|severity| given("--fail-on", &severity)),
        ..Values::default()
    }
}

/// The options that say what is accepted of the findings.
pub(super) fn of_accepted(accepted: &Accepted) -> Values {
    Values {
        baseline: accepted.baseline.as_ref().map(|path| given("--baseline", path)),
        waivers: accepted.waivers.as_ref().map(|path| given("--waivers", path)),
        ..Values::default()
    }
}

/// The options that choose rules.
pub(super) fn chosen(choice: &Choice) -> Result<Chosen, Mistake> {
    let selected = all("--select", &choice.select);
    let severity = all("--severity", &choice.severity).into_iter().map(|text| {
        let Some((rule, word)) = text.value.split_once('=') else {
            return Err(text.wrong(Message::new("error.severity-value").with("text", text.value.as_str())));
        };
        Ok((text.with(rule.to_owned()), level(&text.with(word.to_owned()))?))
    });
    Ok(Chosen {
        pack: None,
        select: (!selected.is_empty()).then_some(selected),
        ignore: all("--ignore", &choice.ignore),
        severity: severity.collect::<Result<_, _>>()?,
    })
}

/// The form that need not be guessed.
pub(super) fn pack(how_read: &HowRead) -> Option<Given<String>> {
    how_read.pack.as_ref().map(|id| given("--pack", id))
}

/// What a file may cost.
pub(super) fn limits(how_read: &HowRead) -> Result<Vec<Given<(Limit, u64)>>, Mistake> {
    let limits = all("--limit", &how_read.limit).into_iter().map(|text| {
        let number = text.value.split_once('=').and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let Some((name, allowed)) = number else {
            return Err(text.wrong(Message::new("error.limit-value").with("text", text.value.as_str())));
        };
        Ok(text.with((limit(&text.with(name.to_owned()))?, allowed)))
    });
    limits.collect()
}

fn all(option: &'static str, words: &[String]) -> Vec<Given<String>> {
    words.iter().map(|word| given(option, word)).collect()
}

fn given<T: Clone>(option: &'static str, value: &T) -> Given<T> {
    Given { value: value.clone(), origin: Origin::CommandLine(option) }
}
