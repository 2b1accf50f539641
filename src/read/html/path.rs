//! The elements that the one being read is within, as far as selectors ask for them or text looks otherwise within them.

use super::look::Look;
use super::selector::Reached;

/// The open elements, outermost first. Kept only where a rule looks at them, and from the first on in which text looks
/// otherwise.
#[derive(Debug, Default)]
pub(super) struct Path {
    open: Vec<Step>,
}

/// One element: how far each rule applies to it, and how text looks in it.
#[derive(Debug)]
struct Step {
    name: Vec<u8>,
    reached: Vec<Reached>,
    look: Look,
}

impl Path {
    /// More elements within each other are no page.
    const DEEPEST: usize = 256;

    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// How far each rule applies to the innermost element.
    pub(super) fn reached(&self) -> &[Reached] {
        self.open.last().map_or(&[], |step| &step.reached)
    }

    /// How text looks in the innermost element.
    pub(super) fn look(&self) -> Look {
        self.open.last().map_or_else(Look::default, |step| step.look)
    }

    /// Closes what a start tag ends without saying so.
    pub(super) fn begin(&mut self, tag: &[u8]) {
        if self.open.is_empty() {
            return;
        }
        let (ended, within): (&[&[u8]], &[&[u8]]) = match tag {
            b"td" | b"th" => (&[b"td", b"th"], &[b"table", b"tr"]),
            b"tr" => (&[b"tr"], &[b"table"]),
            b"tbody" | b"thead" | b"tfoot" => (&[b"tbody", b"thead", b"tfoot"], &[b"table"]),
            b"li" => (&[b"li"], &[b"ul", b"ol", b"menu", b"table"]),
            b"dt" | b"dd" => (&[b"dt", b"dd"], &[b"dl", b"table"]),
            b"option" => (&[b"option"], &[b"select"]),
            b"p" | b"div" | b"table" | b"ul" | b"ol" | b"dl" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"
            | b"section" | b"article" | b"pre" | b"hr" | b"form" | b"blockquote" => {
                (&[b"p"], &[b"table", b"td", b"th", b"div", b"li", b"section", b"article", b"body"])
            }
            _ => return,
        };
        let is = |names: &[&[u8]], name: &[u8]| names.contains(&name);
        let scope = self.open.iter().rposition(|step| is(within, &step.name)).map_or(0, |at| at + 1);
        if let Some(at) = self.open[scope..].iter().position(|step| is(ended, &step.name)) {
            self.open.truncate(scope + at);
        }
    }

    /// Goes into an element, to which the rules apply so far.
    pub(super) fn enter(&mut self, tag: &[u8], reached: Vec<Reached>, look: Look) {
        if self.open.len() < Self::DEEPEST {
            self.open.push(Step { name: tag.to_vec(), reached, look });
        }
    }

    /// Leaves the element of that name, and all within it. No tag but its own ends a table.
    pub(super) fn leave(&mut self, tag: &[u8]) {
        let table = self.open.iter().rposition(|step| step.name == b"table").unwrap_or(0);
        if let Some(at) = self.open[table..].iter().rposition(|step| step.name == tag) {
            self.open.truncate(table + at);
        }
    }
}
