//! A remark on a pack.

use std::ops::Range;

use crate::message::Message;
use crate::pack::Severity;

/// Something suspicious in a pack, but no mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A warning, or advice.
    pub severity: Severity,
    pub message: Message,
    /// Its place in the TOML, then others that show why. None for what another pack says.
    pub spans: Vec<Range<usize>>,
}

impl Remark {
    /// At one place.
    pub(super) fn new(severity: Severity, message: Message, span: Range<usize>) -> Self {
        Self { severity, message, spans: vec![span] }
    }
}
