//! The command as a user runs it, with nothing of this machine around it.

use std::process::{Command, Output, Stdio};

/// The command, in the root of the repository.
pub fn gouji(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.env_clear().env("LANG", "zh_CN.UTF-8").current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs it.
pub fn run(arguments: &[&str]) -> Output {
    gouji(arguments).output().expect("the command runs")
}

/// What a user sees, and the exit status below it.
pub fn seen(output: &Output) -> String {
    let text = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).expect("UTF-8").replace(env!("CARGO_PKG_VERSION"), "[version]")
    };
    let mut seen = text(&output.stdout);
    if !output.stderr.is_empty() {
        seen.push_str("--- stderr\n");
        seen.push_str(&text(&output.stderr));
    }
    seen + &format!("--- status {}\n", status(output))
}

/// The exit status.
pub fn status(output: &Output) -> i32 {
    output.status.code().expect("not ended by a signal")
}
