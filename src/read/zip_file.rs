//! Workbooks and documents that are zip files: how many parts there are and what they inflate to, checked before
//! anything is parsed.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::unreadable::Unreadable;
use crate::limits::{Limit, Limits};

/// A zip file within the limits.
pub(crate) struct ZipFile<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    parts: Vec<Part>,
}

/// One part of the file, as the central directory has it.
pub(crate) struct Part {
    index: usize,
    /// In lower case with forward slashes: parsers look parts up without regard to either.
    name: String,
    /// Bytes once inflated, as declared. No part inflates to more: reading it breaks off with an error.
    size: u64,
}

impl<'b> ZipFile<'b> {
    /// Opens a zip file.
    ///
    /// # Errors
    /// When it is broken or under a password, or has more parts, or larger ones taken together, than the limits allow.
    pub fn new(bytes: &'b [u8], limits: &Limits) -> Result<Self, Unreadable> {
        if zip64_entries(bytes) > limits.archive_parts as u64 {
            return Err(Unreadable::too_large(Limit::ArchiveParts, limits));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
        if zip.len() > limits.archive_parts {
            return Err(Unreadable::too_large(Limit::ArchiveParts, limits));
        }
        let parts = parts(&zip)?;
        // Parts that share their bytes count as often as they are listed.
        if parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.size)) > limits.inflated_bytes {
            return Err(Unreadable::too_large(Limit::InflatedBytes, limits));
        }
        Ok(Self { zip, parts })
    }

    /// Whether there is a part such that.
    pub fn has(&self, is_such: impl Fn(&str) -> bool) -> bool {
        self.parts.iter().any(|part| is_such(&part.name))
    }

    /// The part of that name, given in lower case.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The whole of a part; none if there is no such part.
    ///
    /// # Errors
    /// When it breaks off.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(part) = self.part(name) else { return Ok(None) };
        let (index, size) = (part.index, part.size);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(1 << 20));
        let reader = self.zip.by_index(index).map_err(Unreadable::damaged)?;
        reader.take(size).read_to_end(&mut bytes).map_err(Unreadable::damaged)?;
        Ok(Some(bytes))
    }

    /// The whole of a part that such a file must have.
    ///
    /// # Errors
    /// When there is no such part, or it breaks off.
    pub fn require(&mut self, name: &str) -> Result<Vec<u8>, Unreadable> {
        self.read(name)?.ok_or_else(|| Unreadable::damaged(format!("no part named {name}")))
    }

    /// The first `most` bytes of a part; fewer if it breaks off, which is for its reader to find.
    pub fn head_of(&mut self, name: &str, most: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Some(index) = self.part(name).map(|part| part.index) else { return bytes };
        let Ok(reader) = self.zip.by_index(index) else { return bytes };
        // What was read before an error is in the buffer.
        let _ = reader.take(most).read_to_end(&mut bytes);
        bytes
    }
}

/// The largest number of entries that a ZIP64 directory in the file claims. Memory is set aside for that many before
/// the first is read; without ZIP64 there are 65,535 at most, which does no harm.
fn zip64_entries(bytes: &[u8]) -> u64 {
    const LOCATOR: &[u8] = b"PK\x06\x07";
    const DIRECTORY_END: &[u8] = b"PK\x06\x06";
    // The locator is before the end of the directory, which is before a comment of 64 KiB at most.
    const TAIL: usize = (1 << 16) + 64;
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if !tail.windows(LOCATOR.len()).any(|window| window == LOCATOR) {
        return 0;
    }
    let ends = bytes.windows(40).filter(|window| window.starts_with(DIRECTORY_END));
    let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    ends.map(|end| number(&end[24..32]).max(number(&end[32..40]))).max().unwrap_or(0)
}

fn parts(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Part>, Unreadable> {
    let mut parts = Vec::with_capacity(zip.len());
    let mut names = HashSet::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(Unreadable::damaged)?;
        if entry.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let name = entry.name().map_err(Unreadable::damaged)?.replace('\\', "/").to_ascii_lowercase();
        // Which of them the parser takes is not ours to guess.
        if !names.insert(name.clone()) {
            return Err(Unreadable::damaged(format!("two parts named {name}")));
        }
        parts.push(Part { index, name, size: entry.size() });
    }
    Ok(parts)
}
