//! Tools for pack authors: running cases, remarks on a pack, a first draft from a blank form.
//!
//! They run the checker, which uses `pack`, so they cannot be part of `pack`.

pub mod draft;
pub mod inspect;
pub mod verify;
