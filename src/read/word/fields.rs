//! Fields: what they compute with, which may be the result of other fields, and what they come to.

/// A mark in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum FieldMark {
    Begin,
    /// Where the result begins.
    Separate,
    End,
}

/// The fields that are open, each in the one before. A field is what it computes with, then what it comes to, if that has been
/// computed.
#[derive(Debug, Default)]
pub(in crate::read) struct Fields {
    /// Of each, whether we are before its result.
    open: Vec<bool>,
    /// So many of them are before their result.
    before_result: usize,
    /// How many were open where each open cell began: no field goes on beyond the cell in which it begins.
    cells: Vec<(usize, usize)>,
}

impl Fields {
    pub fn mark(&mut self, mark: FieldMark) {
        match mark {
            FieldMark::Begin => {
                self.open.push(true);
                self.before_result += 1;
            }
            FieldMark::Separate => {
                if let Some(is_before @ true) = self.open.last_mut() {
                    *is_before = false;
                    self.before_result -= 1;
                }
            }
            FieldMark::End => self.end(),
        }
    }

    fn end(&mut self) {
        self.before_result -= usize::from(self.open.pop() == Some(true));
    }

    /// Whether text here is something that a field computes with.
    pub fn hide(&self) -> bool {
        self.before_result > 0
    }

    /// A cell begins in so many tables.
    pub fn enter(&mut self, depth: usize) {
        self.cells.push((depth, self.open.len()));
    }

    /// The cell in so many tables ends, and with it the fields that began in it.
    pub fn leave(&mut self, depth: usize) {
        let Some((_, open)) = self.cells.pop_if(|(entered, _)| *entered == depth) else { return };
        while self.open.len() > open {
            self.end();
        }
    }
}
