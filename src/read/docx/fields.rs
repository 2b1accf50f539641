//! Fields: what they compute with, which may be the result of other fields, and what they come to.

/// The fields that are open, each in the one before. A field is what it computes with, then what it comes to, if that has been
/// computed.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Of each, whether we are before its result.
    open: Vec<bool>,
    /// So many of them are before their result.
    before_result: usize,
    /// How many were open where each open cell began: no field goes on beyond the cell in which it begins.
    cells: Vec<(usize, usize)>,
}

impl Fields {
    /// Takes the mark where a field begins, where its result begins, or where it ends.
    pub(super) fn mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.open.push(true);
                self.before_result += 1;
            }
            Some("separate") => {
                if let Some(is_before @ true) = self.open.last_mut() {
                    *is_before = false;
                    self.before_result -= 1;
                }
            }
            _ => self.end(),
        }
    }

    fn end(&mut self) {
        self.before_result -= usize::from(self.open.pop() == Some(true));
    }

    /// Whether text here is something that a field computes with.
    pub(super) fn hide(&self) -> bool {
        self.before_result > 0
    }

    /// A cell begins in so many tables.
    pub(super) fn enter(&mut self, depth: usize) {
        self.cells.push((depth, self.open.len()));
    }

    /// The cell in so many tables ends, and with it the fields that began in it.
    pub(super) fn leave(&mut self, depth: usize) {
        let Some((_, open)) = self.cells.pop_if(|(entered, _)| *entered == depth) else { return };
        while self.open.len() > open {
            self.end();
        }
    }
}
