//! A cell of a row in plain text.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field<'s> {
    /// The byte of the line at which it begins.
    pub at: usize,
    pub text: &'s str,
    pub column: u32,
}

impl Field<'_> {
    pub fn is_figure(&self) -> bool {
        is_figure(self.text)
    }
}

pub(super) fn is_figure(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
