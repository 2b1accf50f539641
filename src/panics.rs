//! Panics that become findings. The hook of the process prints what a thread panics with; it is silent only inside
//! [`caught`], and only while the command runs.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Arc;
use std::thread;

thread_local! {
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs work that may panic. The error is the payload of the panic.
///
/// # Errors
/// When the work panics.
pub fn caught<T>(work: impl FnOnce() -> T) -> thread::Result<T> {
    let was_caught = IS_CAUGHT.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(was_caught);
    done
}

/// While it lives, nothing is printed of panics inside [`caught`]. Then the hook is again the one that was there before.
#[must_use]
pub struct Silence {
    before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>,
}

impl Silence {
    /// Begins to be silent.
    pub fn begin() -> Self {
        let before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = take_hook().into();
        let of_others = Arc::clone(&before);
        set_hook(Box::new(move |panic| {
            if !IS_CAUGHT.get() {
                of_others(panic);
            }
        }));
        Self { before }
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // A thread that panics may not change the hook.
        if !thread::panicking() {
            let before = Arc::clone(&self.before);
            set_hook(Box::new(move |panic| before(panic)));
        }
    }
}

impl fmt::Debug for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Silence").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What this test panics with; other tests of the process panic with something else.
    struct Ours;

    #[test]
    fn only_caught_panics_are_silent_and_the_hook_comes_back() {
        let seen = Arc::new(AtomicUsize::new(0));
        let (own, before) = (Arc::clone(&seen), take_hook());
        set_hook(Box::new(move |panic| {
            if panic.payload().is::<Ours>() {
                own.fetch_add(1, Ordering::Relaxed);
            } else {
                before(panic);
            }
        }));
        let panics = || panic_any(Ours);
        let silence = Silence::begin();
        assert!(caught(panics).is_err());
        assert_eq!(seen.load(Ordering::Relaxed), 0);
        assert!(catch_unwind(panics).is_err());
        assert_eq!(seen.load(Ordering::Relaxed), 1);
        drop(silence);
        assert!(caught(panics).is_err());
        assert_eq!(seen.load(Ordering::Relaxed), 2);
    }
}
