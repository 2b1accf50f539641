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
        let own = Arc::clone(&asked);
        let heard = move || {
            if own.swap(true, Ordering::Relaxed) {
                std::process::exit(status::INTERRUPTED.into());
            }
        };
        // Where signals are ignored, as for what a script leaves in the background, they stay so.
        drop(ctrlc::try_set_handler(heard));
        Self(asked)
    }

    /// Whether no new file is to be started, and no further rule evaluated.
    pub fn is_interrupted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
