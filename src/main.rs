//! The command: parse, run, exit status.

use std::process::ExitCode;

// Without it a run takes three times as long on two threads, and longer than on one.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gouji::internal::command::run_process()
}
