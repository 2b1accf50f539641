//! The subcommands, one a file. Each gives an exit status, or an error with a hint.

mod zipped;
mod check;
mod checkers;
mod config;
mod explain;
mod extract;
mod init;
mod interrupt;
mod organs;
mod outputs;
mod pack;
mod progress;
mod render;
mod rules;
mod setup;
mod shell;
mod sources;

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::{Cli, Command, Pack};
use crate::config::Config;
use crate::message::{Language, Message};

/// Exit statuses, as documented.
pub(crate) mod status {
    /// Nothing at or above `--fail-on`.
    pub const SUCCESS: u8 = 0;
    pub const FINDINGS: u8 = 1;
    /// The call or the configuration is wrong.
    pub const USAGE: u8 = 2;
    /// Nothing was checked.
    pub const NOTHING: u8 = 3;
    /// The user has ended the run, and its result is partial.
    pub const INTERRUPTED: u8 = 130;
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct CommandError {
    pub status: u8,
    pub message: Message,
    pub hint: Option<Message>,
    /// More to be shown below it, a drawing of the place in a rule file.
    pub drawing: Option<String>,
}

impl CommandError {
    fn usage(message: Message) -> Self {
        Self { status: status::USAGE, message, hint: None, drawing: None }
    }

    fn nothing_checked() -> Self {
        let hint = Some(Message::new("error.nothing-checked.hint"));
        Self { status: status::NOTHING, message: Message::new("error.nothing-checked"), hint, drawing: None }
    }
}

/// Runs the command.
pub fn run(cli: &Cli) -> ExitCode {
    let language = setup::language_without_file(&cli.global);
    if let Some(result) = without_config(&cli.command, language) {
        return ended(result, language);
    }
    let config = match setup::config(&cli.global) {
        Ok(config) => config,
        Err(error) => return ended(Err(error), language),
    };
    let language = setup::language(&config);
    ended(with_config(cli, config, language), language)
}

/// What is done whatever a configuration says, even a wrong one; none where it counts.
fn without_config(command: &Command, language: Language) -> Option<Result<u8, CommandError>> {
    match command {
        Command::Init => Some(init::run(language)),
        Command::Completions { shell } => Some(shell::completions(*shell)),
        Command::Man { output } => Some(shell::man(output.as_deref())),
        Command::Config(arguments) if arguments.schema => Some(config::schema()),
        Command::Pack(Pack::Schema) => Some(pack::schema()),
        _ => None,
    }
}

fn with_config(cli: &Cli, config: Config, language: Language) -> Result<u8, CommandError> {
    match &cli.command {
        Command::Check(arguments) => check::run(&cli.global, config, arguments, language),
        Command::Extract(arguments) => extract::run(config, arguments, language),
        Command::Render(arguments) => render::run(&cli.global, &config, arguments, language),
        Command::Explain { rule } => explain::run(&config, rule, language),
        Command::Rules { format } => rules::run(&config, *format, language),
        Command::Config(choice) => config::run(config, choice, language),
        Command::Pack(Pack::Check { paths, format }) => pack::check(&cli.global, &config, paths, *format, language),
        Command::Pack(Pack::New { sample, output, id }) => pack::new(sample, output, id.as_deref(), language),
        // These ask for no configuration.
        Command::Init | Command::Completions { .. } | Command::Man { .. } | Command::Pack(Pack::Schema) => {
            Ok(status::SUCCESS)
        }
    }
}

fn ended(result: Result<u8, CommandError>, language: Language) -> ExitCode {
    let status = result.unwrap_or_else(|error| {
        eprint!("{}", error.say(language));
        error.status
    });
    ExitCode::from(status)
}

/// Prints to standard output; a reader that has gone away is no error.
fn print(text: &str) {
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}

/// Writes a file that is for its user to go on with: never over one that is there, there may be work in it.
fn write_new(path: &Path, text: &str) -> Result<(), CommandError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        let path = path.display().to_string();
        CommandError::usage(match error.kind() {
            ErrorKind::AlreadyExists => Message::new("error.is-there").with("path", path),
            _ => Message::new("error.output").with("path", path).with("detail", error.to_string()),
        })
    })
}

impl CommandError {
    fn say(&self, language: Language) -> String {
        let mut text = Message::new("error.label").with("text", self.message.clone()).say(language) + "\n";
        text.push_str(self.drawing.as_deref().unwrap_or_default());
        if let Some(hint) = &self.hint {
            text.push_str(&Message::new("error.hint").with("text", hint.clone()).say(language));
            text.push('\n');
        }
        text
    }
}
