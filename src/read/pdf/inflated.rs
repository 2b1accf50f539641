//! What the streams of a file inflate to, counted before the parser keeps any of it.

use std::borrow::Cow;
use std::cmp::Reverse;

use flate2::{Decompress, FlushDecompress, Status};

use super::super::unreadable::Unreadable;
use super::armor;
use crate::limits::{Limit, Limits};

/// No stream inflates to more than so many times its own bytes.
const MOST: u64 = 1032;
/// LZW gets no further than this.
const MOST_LZW: u64 = 1366;
/// Streams that are packed several times in turn are made for harm.
const DEEPEST: usize = 3;

/// Whether the streams of a file, taken together, inflate to no more than the limits allow.
///
/// Which streams the parser reads, and by which filters, is not ours to guess, so that all are counted: the largest ones by
/// inflating them, until the bytes of the rest say enough.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let mut streams = streams(bytes);
    streams.sort_by_key(|stream| Reverse((stream.filters > 1, stream.bytes.len())));
    let mut possible: u64 = streams.iter().map(Stream::most).sum();
    let mut left = limits.inflated_bytes;
    let mut inflater = Inflater::new();
    for stream in streams {
        if possible <= left && stream.filters <= 1 {
            return Ok(());
        }
        possible -= stream.most();
        let size = inflater.size(&stream, left);
        left = left.checked_sub(size).ok_or_else(|| Unreadable::too_large(Limit::InflatedBytes, limits))?;
    }
    Ok(())
}

struct Stream<'b> {
    bytes: Cow<'b, [u8]>,
    is_lzw: bool,
    /// Filters named in what precedes it, written as text aside.
    filters: usize,
    is_harmful: bool,
}

impl Stream<'_> {
    fn most(&self) -> u64 {
        self.bytes.len() as u64 * if self.is_lzw { MOST_LZW } else { MOST }
    }
}

/// The streams of a file.
fn streams(bytes: &[u8]) -> Vec<Stream<'_>> {
    const START: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    /// The dictionary before a stream is looked at no further back.
    const HEAD: usize = 1024;
    let mut streams = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], START) {
        let keyword = at + found;
        let start = keyword + START.len();
        at = start;
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let length = memchr::memmem::find(&bytes[start..], END).unwrap_or(bytes.len() - start);
        let head = &bytes[keyword.saturating_sub(HEAD)..keyword];
        let head = &head[memchr::memmem::rfind(head, b"obj").unwrap_or(0)..];
        let names = |name: &[u8]| memchr::memmem::find_iter(head, name).count();
        let data = bytes[start..start + length].trim_ascii_start();
        let (plain, armors) = armor::plain(data, head);
        let filters = names(b"Decode").saturating_sub(names(b"DecodeParms") + armors);
        // What is packed, written as text and packed again is made for harm.
        let is_harmful = filters > 1 && (armors > 1 || armors == 1 && plain.is_none());
        let bytes = plain.map_or(Cow::Borrowed(data), Cow::Owned);
        streams.push(Stream { bytes, is_lzw: names(b"LZW") > 0, filters, is_harmful });
        at = start + length;
    }
    streams
}

fn is_zlib(bytes: &[u8]) -> bool {
    let [first, second, ..] = bytes else { return false };
    first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0
}

/// What inflates the streams of a file, one after the other.
struct Inflater {
    decoder: Decompress,
    buffer: Box<[u8]>,
}

impl Inflater {
    fn new() -> Self {
        Self { decoder: Decompress::new(true), buffer: vec![0; 1 << 15].into() }
    }

    fn size(&mut self, stream: &Stream<'_>, limit: u64) -> u64 {
        match stream {
            Stream { is_harmful: true, .. } => limit.saturating_add(1),
            Stream { is_lzw: true, bytes, .. } => bytes.len() as u64 * MOST_LZW / 8,
            Stream { bytes, .. } => self.inflated(bytes, limit, 0),
        }
    }

    /// What a stream inflates to, with all that is packed in it; counted no further than `limit`.
    fn inflated(&mut self, bytes: &[u8], limit: u64, depth: usize) -> u64 {
        if depth > DEEPEST {
            return limit.saturating_add(1);
        }
        let (total, packed) = self.count(bytes, limit, is_zlib(bytes));
        if packed.is_empty() || total > limit {
            return total;
        }
        total.saturating_add(self.inflated(&packed, limit - total, depth + 1))
    }

    /// The bytes of a stream once inflated, and these bytes if they are packed as well. Where its head or end is broken, or
    /// there is none, the parser takes what is there.
    fn count(&mut self, bytes: &[u8], limit: u64, has_head: bool) -> (u64, Vec<u8>) {
        self.decoder.reset(has_head);
        let mut packed = Vec::new();
        let mut is_sound = true;
        loop {
            let (read, written) = (self.decoder.total_in(), self.decoder.total_out());
            let rest = bytes.get(read as usize..).unwrap_or_default();
            let status = self.decoder.decompress(rest, &mut self.buffer, FlushDecompress::None);
            let total = self.decoder.total_out();
            let new = &self.buffer[..(total - written) as usize];
            if written == 0 && is_zlib(new) || !packed.is_empty() {
                packed.extend_from_slice(new);
            }
            is_sound &= status.is_ok();
            let goes_on = matches!(status, Ok(Status::Ok)) && (total, self.decoder.total_in()) != (written, read);
            if goes_on && total <= limit {
                continue;
            }
            if is_sound || !has_head || total > limit {
                return (total, packed);
            }
            let (other, of_other) = self.count(bytes, limit, false);
            return if other > total { (other, of_other) } else { (total, packed) };
        }
    }
}
