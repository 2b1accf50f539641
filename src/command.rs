//! The subcommands, one a file. Each gives an exit status, or an error with a hint.

mod annotate;
mod blank;
mod browser;
mod check;
mod checkers;
mod config;
mod error;
mod explain;
mod explain_text;
mod extract;
mod guard;
mod init;
mod interrupt;
mod left_out;
mod named;
mod agencies;
mod outputs;
mod own_console;
mod pack;
mod progress;
mod render;
mod rules;
pub mod service;
mod setup;
mod shell;
mod sources;
mod streams;
mod whole;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::{self, Cli, Command, Pack};
use crate::message::Language;
use crate::panics::Silence;
use error::{CommandError, status};

/// Runs what the process was called with.
pub fn run_process() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(match own_console::started() {
        Some(started) => {
            let language = language_of(&arguments);
            started.run(language, || answered(Cli::of_files(arguments, language), language))
        }
        None => run_arguments(&arguments),
    })
}

/// Runs what is said by these arguments, the first of which is the program, in whatever process this is; its exit status.
pub fn run_arguments(arguments: &[OsString]) -> u8 {
    let language = language_of(arguments);
    answered(Cli::of(arguments, language), language)
}

/// The language of what is said before the configuration is known.
fn language_of(arguments: &[OsString]) -> Language {
    cli::language(cli::said(arguments)).unwrap_or_else(setup::of_locale)
}

fn answered(called: Result<Cli, cli::Error>, language: Language) -> u8 {
    match called {
        Ok(cli) => run(&cli),
        Err(answer) => ending(shell::answer(&answer, language)),
    }
}

/// How the process ends: quietly where nobody has read on.
fn ending(status: u8) -> u8 {
    if streams::has_closed() { status::CLOSED } else { status }
}

/// Runs the command.
fn run(cli: &Cli) -> u8 {
    // The finding of a file says what its reader panicked with.
    let _silence = Silence::begin();
    let config = setup::config(&cli.global);
    let language = config.as_ref().map_or_else(|_| setup::language_without_file(&cli.global), setup::language);
    let result = match (&cli.command, config) {
        // These ask for no configuration, and are there for those whose configuration is wrong.
        (Command::Init, _) => init::run(language),
        (Command::Completions { shell }, _) => shell::completions(*shell),
        (Command::Man { output }, _) => shell::man(output.as_deref(), language),
        (Command::Config(arguments), _) if arguments.schema => config::schema(),
        (Command::Pack(Pack::Schema), _) => pack::schema(),
        (Command::Render(arguments), _) if arguments.schema => render::schema(),
        (_, Err(error)) => Err(error),
        (Command::Check(arguments), Ok(config)) => check::run(&cli.global, config, arguments, language),
        (Command::Extract(arguments), Ok(config)) => extract::run(config, arguments, language),
        (Command::Annotate(arguments), Ok(config)) => annotate::run(config, arguments, language),
        (Command::Render(arguments), Ok(config)) => render::run(&cli.global, &config, arguments, language),
        (Command::Explain { rule: Some(rule), .. }, Ok(config)) => explain::run(&config, rule, language),
        (Command::Explain { text: Some(text), .. }, Ok(config)) => explain_text::run(&config, text, language),
        (Command::Explain { .. }, Ok(_)) => Ok(status::SUCCESS),
        (Command::Blank(arguments), Ok(config)) => blank::run(&config, arguments, language),
        (Command::Rules { format }, Ok(config)) => rules::run(&config, *format, language),
        (Command::Config(arguments), Ok(config)) => config::run(config, arguments, language),
        (Command::Pack(Pack::Check { paths, format }), Ok(config)) => {
            pack::check(&cli.global, &config, paths, *format, language)
        }
        (Command::Pack(Pack::New { sample, output, id }), Ok(_)) => pack::new(sample, output, id.as_deref(), language),
    };
    let status = result.unwrap_or_else(|error| {
        streams::say_text(&error.say(language));
        error.status
    });
    ending(status)
}
