//! Tools for those who write packs: cases that run, remarks on a pack, a first draft from a blank form.
//!
//! They are above the checker, which they run, and so not under `pack`, which the checker uses.

pub mod draft;
pub mod inspect;
pub mod verify;
