//! The command: parse, run, exit status.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    gouji::command::run(&gouji::cli::Cli::parse())
}
