//! Ctrl-C, or another signal to end: what is under way ends and the outputs are closed; asked for a second time, the
//! process ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::status;

/// Whether the user has asked the run to end.
#[derive(Debug, Clone)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on. To be called once, and not before all input that is waited for is there.
    pub fn listen() -> Self {
        let asked = Arc::new(AtomicBool::new(false));
        listen(&asked);
        Self(asked)
    }

    /// Whether no new file is to be started, and no further rule evaluated.
    pub fn is_interrupted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Sets `asked` when the user asks; where that is set already, ends the process.
#[cfg(unix)]
fn listen(asked: &Arc<AtomicBool>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;

    let ignored = ignored_signals();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // What a script leaves in the background goes on where others are interrupted.
        if ignored >> (signal - 1) & 1 == 1 {
            continue;
        }
        // In this order: the first time it is only set. None of them can be refused to a program.
        drop(flag::register_conditional_shutdown(signal, status::INTERRUPTED.into(), Arc::clone(asked)));
        drop(flag::register(signal, Arc::clone(asked)));
    }
}

/// The signals that this process is to ignore, a bit each, as Linux tells them; elsewhere that of a terminal that is closed,
/// which is what `nohup` is for.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = told.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(1 << (signal_hook::consts::SIGHUP - 1))
}

/// Sets `asked` when the user asks; where that is set already, ends the process.
#[cfg(not(unix))]
fn listen(asked: &Arc<AtomicBool>) {
    let own = Arc::clone(asked);
    let heard = move || {
        if own.swap(true, Ordering::Relaxed) {
            std::process::exit(status::INTERRUPTED.into());
        }
    };
    // There is no other handler that it could be in the way of.
    drop(ctrlc::try_set_handler(heard));
}
