//! A report of a collection.

use crate::digest::Digest;

/// A report of a collection, by its place in the order in which reports came.
pub type Entry = usize;

/// A digest, its agency by number.
#[derive(Debug)]
pub(super) struct Member {
    pub agency: u32,
    pub digest: Digest,
}

/// Which form, whose, and of which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub family: u16,
    pub agency: u32,
    pub year: u16,
}

/// The report of a form, agency and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    None,
    One(Entry),
    /// Several whose figures differ: nobody knows which counts.
    Several,
}
