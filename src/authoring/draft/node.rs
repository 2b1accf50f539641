//! A row or column of the draft.

/// A row or column of the draft, or a group of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Until the author renames it; groups of columns have none, for they have no part in the ids of figures.
    pub id: String,
    pub label: String,
    pub children: Vec<Node>,
    /// A group with figures of its own.
    pub own_figures: bool,
    /// Its figures need not be whole numbers.
    pub is_amount: bool,
    pub unit: Option<String>,
}

impl Node {
    /// Gives ids: the letter and a number, from `next` on; to groups only if they are to have any.
    pub fn number(nodes: &mut [Self], letter: char, with_groups: bool, next: &mut usize) {
        for node in nodes {
            if with_groups || node.children.is_empty() {
                *next += 1;
                node.id = format!("{letter}{next}");
            }
            Self::number(&mut node.children, letter, with_groups, next);
        }
    }

    /// How many there are, those below counted.
    pub fn count(nodes: &[Self]) -> usize {
        nodes.iter().map(|node| 1 + Self::count(&node.children)).sum()
    }
}
