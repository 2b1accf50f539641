//! What the streams of a file inflate to, counted before the parser keeps any of it.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::super::unreadable::Unreadable;
use crate::limits::{Limit, Limits};

/// No stream inflates to more than so many times its own bytes.
const MOST: u64 = 1032;
/// LZW gets no further than this.
const MOST_LZW: u64 = 1366;
/// Streams that are packed several times in turn are made for harm.
const DEEPEST: usize = 3;

/// Whether the streams of a file, taken together, inflate to no more than the limits allow.
///
/// Which streams the parser reads is not ours to guess, so that all that may be packed are counted: by their bytes where
/// that is little, else by inflating them.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let streams = streams(bytes);
    let most = |stream: &Stream<'_>| if stream.is_lzw { MOST_LZW } else { MOST };
    let possible: u64 = streams.iter().map(|stream| stream.bytes.len() as u64 * most(stream)).sum();
    let is_nested = streams.iter().any(|stream| stream.filters > 1);
    if possible <= limits.inflated_bytes && !is_nested {
        return Ok(());
    }
    let mut left = limits.inflated_bytes;
    for stream in streams {
        let size =
            if stream.is_lzw { stream.bytes.len() as u64 * MOST_LZW / 8 } else { inflated(stream.bytes, left, 0) };
        left = left.checked_sub(size).ok_or_else(|| Unreadable::too_large(Limit::InflatedBytes, limits))?;
    }
    Ok(())
}

struct Stream<'b> {
    bytes: &'b [u8],
    is_lzw: bool,
    /// Filters named in what precedes it.
    filters: usize,
}

/// The packed streams of a file, pictures in formats of their own left out.
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
        let data = bytes[start..start + length].trim_ascii_start();
        let head = &bytes[keyword.saturating_sub(HEAD)..keyword];
        let head = &head[memchr::memmem::rfind(head, b"obj").unwrap_or(0)..];
        let is_lzw = memchr::memmem::find(head, b"LZW").is_some();
        let filters = memchr::memmem::find_iter(head, b"Decode").count()
            - memchr::memmem::find_iter(head, b"DecodeParms").count();
        if is_lzw || is_zlib(data) || filters > 1 {
            streams.push(Stream { bytes: data, is_lzw, filters });
        }
        at = start + length;
    }
    streams
}

fn is_zlib(bytes: &[u8]) -> bool {
    let [first, second, ..] = bytes else { return false };
    first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0
}

/// What a stream inflates to, with all that is packed in it; counted no further than `limit`.
fn inflated(bytes: &[u8], limit: u64, depth: usize) -> u64 {
    const HEAD: usize = 1 << 16;
    if depth > DEEPEST {
        return limit.saturating_add(1);
    }
    let mut decoder = ZlibDecoder::new(bytes);
    let mut head = vec![0; HEAD];
    let mut total = 0;
    let mut packed = Vec::new();
    let mut is_first = true;
    while let Ok(read @ 1..) = decoder.read(&mut head) {
        total += read as u64;
        if is_first && is_zlib(&head[..read]) || !packed.is_empty() {
            packed.extend_from_slice(&head[..read]);
        }
        is_first = false;
        if total > limit {
            return total;
        }
    }
    if packed.is_empty() { total } else { total.saturating_add(inflated(&packed, limit - total, depth + 1)) }
}
