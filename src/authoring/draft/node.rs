//! A row or column of the draft.

/// A row or column of the draft, or a group of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub label: String,
    pub children: Vec<Node>,
    /// A group with figures of its own.
    pub own_figures: bool,
    /// Its figures need not be whole numbers.
    pub is_amount: bool,
    pub unit: Option<String>,
}
