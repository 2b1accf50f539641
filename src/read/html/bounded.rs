//! The tokenizer, kept from tags without end: it calls itself anew for each attribute of a tag, and 50,000 of them overflow
//! the stack.

use std::cell::Cell;
use std::convert::Infallible;
use std::fmt;

use html5gum::{Emitter, ForwardingEmitter, Readable, Reader, StringReader, Tokenizer};

/// So many attributes of one tag are read.
const MOST: usize = 256;

/// A tag has too many attributes.
#[derive(Debug)]
pub(super) struct TooMany;

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tag with more than {MOST} attributes")
    }
}

impl std::error::Error for TooMany {}

/// The first token of a source.
pub(super) fn first<E: Emitter>(source: &str, emitter: E) -> Option<Result<E::Token, TooMany>> {
    let attributes = Cell::new(0);
    let reader = Bounded { inner: source.to_reader(), attributes: &attributes };
    Tokenizer::new_with_emitter(reader, Counting { inner: emitter, attributes: &attributes }).next()
}

/// Reads on while the tag that is open has few attributes.
struct Bounded<'s> {
    inner: StringReader<'s>,
    attributes: &'s Cell<usize>,
}

impl Bounded<'_> {
    #[inline]
    fn has_room(&self) -> Result<(), TooMany> {
        if self.attributes.get() > MOST { Err(TooMany) } else { Ok(()) }
    }
}

impl Reader for Bounded<'_> {
    type Error = TooMany;

    #[inline]
    fn read_byte(&mut self) -> Result<Option<u8>, TooMany> {
        self.has_room()?;
        self.inner.read_byte().map_err(never)
    }

    #[inline]
    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, TooMany> {
        self.has_room()?;
        self.inner.read_until(needle, buffer).map_err(never)
    }

    #[inline]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, TooMany> {
        self.has_room()?;
        self.inner.try_read_string(text, case_sensitive).map_err(never)
    }
}

fn never(infallible: Infallible) -> TooMany {
    match infallible {}
}

/// Counts the attributes of the tag that is open, and spares the tokenizer the search for mistakes in the markup.
struct Counting<'c, E> {
    inner: E,
    attributes: &'c Cell<usize>,
}

impl<E: Emitter> ForwardingEmitter for Counting<'_, E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.inner
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn init_start_tag(&mut self) {
        self.attributes.set(0);
        self.inner.init_start_tag();
    }

    fn init_end_tag(&mut self) {
        self.attributes.set(0);
        self.inner.init_end_tag();
    }

    fn init_attribute(&mut self) {
        self.attributes.set(self.attributes.get() + 1);
        self.inner.init_attribute();
    }
}
