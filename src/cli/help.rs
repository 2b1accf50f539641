//! `--help` in the language of the messages. Every text of the definition is in both languages, Chinese first, and clap's own
//! words are in the catalogues.

use clap::{Arg, Command};

use crate::message::{Language, Message};

/// What is between the two languages of a text.
const BETWEEN: &str = " / ";
/// The heading of what all subcommands take.
pub(super) const COMMON: &str = "通用 / Common";

/// The definition with its help in one language.
pub(super) fn in_language(mut definition: Command, language: Language) -> Command {
    // From here on it has what clap adds by itself.
    definition.build();
    translated(definition, language)
}

fn translated(mut command: Command, language: Language) -> Command {
    let word = |key| Message::new(key).say(language);
    let usage = command.render_usage().to_string();
    let usage = of_usage(usage.trim_start_matches("Usage: "), language);
    let about = match command.get_name() {
        "help" => word("help.help-command"),
        _ => command.get_about().map_or_else(String::new, |about| half(&about.to_string(), language).to_owned()),
    };
    let template = format!("{{about-with-newline}}\n{}{usage}\n\n{{all-args}}", word("help.usage"));
    let command = command.about(about).help_template(template).subcommand_help_heading(word("help.commands"));
    command
        .mut_args(|argument| of_argument(argument, language))
        .mut_subcommands(|subcommand| translated(subcommand, language))
}

/// How a command is called, with clap's own words in the language.
pub(super) fn of_usage(usage: &str, language: Language) -> String {
    let word = |key| Message::new(key).say(language);
    let own = usage.replace("[OPTIONS]", &word("help.options-word")).replace("<COMMAND>", &word("help.command-word"));
    match name_of_all(usage) {
        Some(name) => Message::new("help.or-reports").with("usage", own).with("name", name).say(language),
        None => own,
    }
}

/// The name of the program, where that is how it is called as a whole, and not one of its subcommands.
pub(super) fn name_of_all(usage: &str) -> Option<&str> {
    let (name, options) = usage.strip_suffix(" <COMMAND>")?.split_once(' ')?;
    // Options that were given are named.
    options.starts_with(['[', '-']).then_some(name)
}

fn of_argument(argument: Arg, language: Language) -> Arg {
    let word = |key| Message::new(key).say(language);
    let (help, heading) = match argument.get_id().as_str() {
        "help" => (word("help.help"), half(COMMON, language).to_owned()),
        "version" => (word("help.version"), half(COMMON, language).to_owned()),
        _ => {
            let help =
                argument.get_help().map_or_else(String::new, |help| half(&help.to_string(), language).to_owned());
            let heading = match argument.get_help_heading() {
                Some(heading) => half(heading, language).to_owned(),
                None => word(if argument.is_positional() { "help.arguments" } else { "help.options" }),
            };
            (help, heading)
        }
    };
    let defaults = argument.get_default_values().iter();
    let defaults: Vec<String> = defaults.map(|value| value.to_string_lossy().into_owned()).collect();
    let values = argument.get_possible_values();
    let known: Vec<String> = values.iter().map(|value| value.get_name().to_owned()).collect();
    let takes_value = argument.get_action().takes_values();
    let help = if takes_value { with(help, "help.default", &defaults, language) } else { help };
    let help = if takes_value { with(help, "help.possible", &known, language) } else { help };
    argument.help(help).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// The help, and words that clap would put behind it in English.
fn with(help: String, key: &'static str, words: &[String], language: Language) -> String {
    if words.is_empty() {
        return help;
    }
    // Lines break at blanks.
    Message::new(key).with("help", help).with("words", words.join(", ")).say(language)
}

/// One language of a text in both.
fn half(text: &str, language: Language) -> &str {
    let Some((chinese, english)) = text.split_once(BETWEEN) else { return text };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
