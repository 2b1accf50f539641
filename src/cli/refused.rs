//! What is wrong with a call, in the words of our messages.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::{door, help};
use crate::message::{Argument, Language, Message};

/// What says in which formats to write, and where: one or the other.
const OUTPUT: [&str; 2] = ["--format", "--output"];

/// What is wrong, and how the command is called; none for what is asked for, as help is.
pub fn refused(error: &Error, definition: &Command, language: Language) -> Option<(Message, Option<Message>)> {
    let text = |kind| error.get(kind).map(words).filter(|words| words.iter().any(|word| !word.is_empty()));
    let with = |key, names: &[(&'static str, ContextKind)]| {
        names.iter().try_fold(Message::new(key), |message, &(name, kind)| {
            Some(message.with(name, Argument::List(text(kind)?.into_iter().map(Argument::from).collect())))
        })
    };
    let argument = ("argument", ContextKind::InvalidArg);
    let value = ("value", ContextKind::InvalidValue);
    let is_output = |kind| {
        text(kind).is_some_and(|words| words.iter().all(|word| OUTPUT.iter().any(|option| word.starts_with(option))))
    };
    let usage = text(ContextKind::Usage).map(|usage| usage.join(" "));
    let usage = usage.as_deref().and_then(|usage| usage.split_once("Usage: ")).map(|(_, usage)| usage.trim());
    // Options of `check` are understood without it where there is a report.
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(name) = usage.and_then(help::name_of_all)
        && let Some([option]) = text(argument.1).as_deref()
        && door::is_of_check(definition, option)
    {
        let message = |key| Message::new(key).with("option", option.as_str()).with("name", name);
        return Some((message("call.no-report"), Some(message("call.no-report.hint"))));
    }
    let message = match error.kind() {
        ErrorKind::InvalidValue => with("call.value", &[argument, value, ("known", ContextKind::ValidValue)])
            .or_else(|| with("call.no-value", &[argument])),
        // Of numbers alone more is asked than that they are words.
        ErrorKind::ValueValidation => with("call.no-count", &[argument, value]),
        ErrorKind::UnknownArgument => {
            let is_option = text(argument.1).is_some_and(|words| words.iter().any(|word| word.starts_with('-')));
            with("call.unknown-option-near", &[argument, ("nearest", ContextKind::SuggestedArg)])
                .or_else(|| with(if is_option { "call.unknown-option" } else { "call.unknown-argument" }, &[argument]))
        }
        ErrorKind::InvalidSubcommand => {
            let command = ("command", ContextKind::InvalidSubcommand);
            // The likeliest is the last.
            let nearest = text(ContextKind::SuggestedSubcommand).and_then(|mut words| words.pop());
            match nearest {
                Some(nearest) => {
                    with("call.unknown-command-near", &[command]).map(|message| message.with("nearest", nearest))
                }
                None => with("call.unknown-command", &[command]),
            }
        }
        ErrorKind::MissingSubcommand => with("call.no-command", &[("known", ContextKind::ValidSubcommand)]),
        ErrorKind::ArgumentConflict if error.get(ContextKind::InvalidArg) == error.get(ContextKind::PriorArg) => {
            with("call.repeated", &[argument])
        }
        ErrorKind::ArgumentConflict => with("call.conflict", &[argument, ("other", ContextKind::PriorArg)]),
        ErrorKind::MissingRequiredArgument => with("call.missing", &[argument]),
        ErrorKind::TooManyValues => with("call.too-many", &[argument, value]),
        _ => None,
    }?;
    // The usage that clap gives of these two is one that it refuses.
    if error.kind() == ErrorKind::ArgumentConflict && [argument.1, ContextKind::PriorArg].into_iter().all(is_output) {
        return Some((message, Some(Message::new("call.standard-output"))));
    }
    let usage = usage.map(|usage| Message::new("call.usage").with("usage", help::of_usage(usage, language)));
    Some((message, usage))
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(word) => vec![word.clone()],
        ContextValue::Strings(words) => words.clone(),
        ContextValue::StyledStr(text) => vec![text.to_string()],
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
