//! The command: parse, run, exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    gouji::command::run(&gouji::cli::Cli::of_process())
}
