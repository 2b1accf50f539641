//! What a workbook's archive may cost, settled before anything in it is parsed.
//!
//! The parser inflates what it is given and believes the numbers it reads there. An allocation that cannot be met ends
//! the process and nothing catches it, so every claim that turns into memory is looked at here.

use std::collections::{HashMap, HashSet};
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::limits::Limits;
use crate::read::Unreadable;

/// How often one place of the file may be gone to. In an honest file each part is opened two or three times; a file with
/// many sheets that are all one part would have it inflated for each of them.
const VISITS: u32 = 6;

/// Bytes from the start of an entry in the central directory to the name in it.
const ENTRY_NAME: u64 = 46;

/// A file whose archive has been looked over, for the parser to read.
#[derive(Debug)]
pub(super) struct Source<'b> {
    bytes: Cursor<&'b [u8]>,
    /// Where the names of parts begin that the parser must not find.
    hidden: Vec<u64>,
    visits: HashMap<u64, u32>,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = self.bytes.position();
        let count = self.bytes.read(buffer)?;
        for at in &self.hidden {
            if (start..start + count as u64).contains(at) {
                buffer[(at - start) as usize] = b'?';
            }
        }
        Ok(count)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.bytes.seek(to)?;
        let visits = self.visits.entry(at).or_default();
        *visits += 1;
        if *visits > VISITS {
            return Err(io::Error::other("one part stands for many sheets"));
        }
        Ok(at)
    }
}

/// One part of the archive, as the central directory has it.
struct Part {
    index: usize,
    /// As the parser looks it up: without regard to case and to the kind of slash.
    name: String,
    name_start: u64,
    /// Bytes once inflated, as declared.
    size: u64,
}

/// Looks the archive over and opens the file for the parser.
pub(super) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Source<'b>, Unreadable> {
    if zip64_entries(bytes) > limits.archive_parts as u64 {
        return Err(too_many_parts(limits));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits.archive_parts {
        return Err(too_many_parts(limits));
    }
    let parts = parts(&archive)?;
    if let Some(format) = other_format(&mut archive, &parts) {
        return Err(Unreadable::Unsupported { format });
    }
    check_sizes(&parts, limits)?;
    check_shared_texts(&mut archive, &parts, limits)?;
    check_sheets(&mut archive, &parts, limits)?;
    // Number formats, fonts and colours are nothing to us, a number being a number in any of them. The parser would
    // copy fonts and formats for each style, so that a small file can ask for any amount of memory.
    let hidden = parts.iter().filter(|part| part.name.ends_with("styles.xml") || part.name.ends_with("theme1.xml"));
    let hidden = hidden.map(|part| part.name_start).collect();
    Ok(Source { bytes: Cursor::new(bytes), hidden, visits: HashMap::new() })
}

/// The largest number of entries that a ZIP64 directory in the file claims. Memory is set aside for that many before
/// the first is read; without ZIP64 there are 65,535 at most, which does no harm.
fn zip64_entries(bytes: &[u8]) -> u64 {
    const LOCATOR: &[u8] = b"PK\x06\x07";
    const DIRECTORY_END: &[u8] = b"PK\x06\x06";
    // The locator stands before the end of the directory, which stands before a comment of 64 KiB at most.
    const TAIL: usize = (1 << 16) + 64;
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if !tail.windows(LOCATOR.len()).any(|window| window == LOCATOR) {
        return 0;
    }
    let ends = bytes.windows(40).filter(|window| window.starts_with(DIRECTORY_END));
    let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    ends.map(|end| number(&end[24..32]).max(number(&end[32..40]))).max().unwrap_or(0)
}

fn parts(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Part>, Unreadable> {
    let mut parts = Vec::with_capacity(archive.len());
    let mut names = HashSet::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|error| damaged(&error))?;
        if entry.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let name = entry.name().map_err(|error| damaged(&error))?.replace('\\', "/").to_ascii_lowercase();
        // Which of them the parser takes is not ours to guess.
        if !names.insert(name.clone()) {
            return Err(Unreadable::Damaged { detail: format!("two parts named {name}") });
        }
        parts.push(Part { index, name, name_start: entry.central_header_start() + ENTRY_NAME, size: entry.size() });
    }
    Ok(parts)
}

/// What the archive is, if it is known and no workbook of ours.
fn other_format(archive: &mut ZipArchive<Cursor<&[u8]>>, parts: &[Part]) -> Option<&'static str> {
    const SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let find = |name| parts.iter().find(|part| part.name == name);
    if find("xl/workbook.xml").is_some() {
        return None;
    }
    if find("word/document.xml").is_some() {
        return Some("docx");
    }
    if find("xl/workbook.bin").is_some() {
        return Some("xlsb");
    }
    let kind = inflate(archive, find("mimetype")?, SPREADSHEET.len() as u64);
    (kind == SPREADSHEET).then_some("ods")
}

/// Holds the parts to the limit by the sizes they declare. No part inflates to more than that: the archive's reader
/// breaks off with an error. Parts that share their bytes count as often as they are listed.
fn check_sizes(parts: &[Part], limits: &Limits) -> Result<(), Unreadable> {
    let limit = limits.inflated_bytes;
    if parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.size)) > limit {
        return Err(Unreadable::TooLarge { what: "inflated_bytes", limit });
    }
    Ok(())
}

impl Part {
    /// The part whose relations this one states, if it states any.
    fn owner(&self) -> Option<String> {
        let path = self.name.strip_suffix(".rels")?;
        let (folder, file) = path.rsplit_once('/')?;
        let folder = folder.strip_suffix("_rels")?;
        Some(format!("{folder}{file}"))
    }
}

/// The number of shared texts that the file claims; the parser sets memory aside for as many.
fn check_shared_texts(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    parts: &[Part],
    limits: &Limits,
) -> Result<(), Unreadable> {
    const HEAD: u64 = 2048;
    for part in parts.iter().filter(|part| part.name.ends_with("sharedstrings.xml")) {
        let head = inflate(archive, part, HEAD);
        let Some(tag) = first_tag(&head) else {
            return Err(Unreadable::Damaged { detail: format!("{} does not begin with a table of texts", part.name) });
        };
        if claimed_texts(tag) > limits.cells as u64 {
            return Err(Unreadable::TooLarge { what: "cells", limit: limits.cells as u64 });
        }
    }
    Ok(())
}

/// The first tag of an XML part, if the part begins as all writers have it begin: with a declaration or none, and no
/// comment in which another tag might be hidden.
fn first_tag(head: &[u8]) -> Option<&[u8]> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let declaration = if head.starts_with(b"<?") { find(head, b"?>")? + 2 } else { 0 };
    let head = head[declaration..].trim_ascii_start();
    let name = head.strip_prefix(b"<")?;
    let length = name.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    let local = name[..length].rsplit(|&byte| byte == b':').next()?;
    if local != b"sst" {
        return None;
    }
    let mut quote = None;
    let end = name.iter().position(|&byte| {
        match quote {
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })?;
    Some(&name[..end])
}

/// The largest `uniqueCount` of the tag, or 0.
fn claimed_texts(tag: &[u8]) -> u64 {
    const COUNT: &[u8] = b"uniqueCount";
    let mut claimed = 0;
    let mut rest = tag;
    while let Some(at) = find(rest, COUNT) {
        rest = &rest[at + COUNT.len()..];
        let is_digit = |byte: &&u8| byte.is_ascii_digit();
        let digits = rest.iter().skip_while(|byte| !is_digit(byte)).take_while(is_digit);
        let number =
            digits.fold(0u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        claimed = claimed.max(number);
    }
    claimed
}

/// The number of sheets, each of which costs the parser a copy of a path out of the relations, and a search for it.
fn check_sheets(archive: &mut ZipArchive<Cursor<&[u8]>>, parts: &[Part], limits: &Limits) -> Result<(), Unreadable> {
    const SHORTEST_TAG: u64 = "<sheet/>".len() as u64;
    let check = |sheets: u64, relations: &Part| {
        if sheets > limits.archive_parts as u64 {
            return Err(too_many_parts(limits));
        }
        // No path is longer than the part it stands in.
        if relations.size.saturating_mul(sheets) > limits.inflated_bytes {
            return Err(Unreadable::TooLarge { what: "inflated_bytes", limit: limits.inflated_bytes });
        }
        Ok(())
    };
    let by_name: HashMap<&str, &Part> = parts.iter().map(|part| (part.name.as_str(), part)).collect();
    let mut large = Vec::new();
    for relations in parts {
        let Some(&owner) = relations.owner().and_then(|owner| by_name.get(owner.as_str())) else { continue };
        if check(owner.size / SHORTEST_TAG, relations).is_err() {
            large.push((relations, owner));
        }
    }
    // Few parts are so large that their tags need to be counted, and of these only a workbook.
    let Some(package) = by_name.get("_rels/.rels").filter(|_| !large.is_empty()) else { return Ok(()) };
    let package = inflate(archive, package, package.size).to_ascii_lowercase();
    for (relations, owner) in large {
        if may_be_workbook(owner, &package) {
            check(sheet_tags(&inflate(archive, owner, owner.size)), relations)?;
        }
    }
    Ok(())
}

/// The workbook is the part that the package names, or that of the usual name if it names a folder. Where the name may
/// be written with entities, any part may be it.
fn may_be_workbook(part: &Part, package: &[u8]) -> bool {
    let file = part.name.rsplit('/').next().unwrap_or(&part.name);
    file == "workbook.xml" || package.contains(&b'&') || find(package, file.as_bytes()).is_some()
}

/// How many tags `sheet`, under whatever prefix, open in the text.
fn sheet_tags(xml: &[u8]) -> u64 {
    let is_sheet = |window: &&[u8]| {
        matches!(window[0], b'<' | b':')
            && &window[1..6] == b"sheet"
            && (window[6].is_ascii_whitespace() || matches!(window[6], b'/' | b'>'))
    };
    xml.windows(7).filter(is_sheet).count() as u64
}

/// The first `most` bytes of a part; fewer if it breaks off, which is for the parser to find.
fn inflate(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &Part, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Ok(reader) = archive.by_index(part.index) else { return bytes };
    // What was read before an error is in the buffer.
    let _ = reader.take(most).read_to_end(&mut bytes);
    bytes
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len().max(1)).position(|window| window == wanted)
}

fn too_many_parts(limits: &Limits) -> Unreadable {
    Unreadable::TooLarge { what: "archive_parts", limit: limits.archive_parts as u64 }
}

fn damaged(error: &zip::result::ZipError) -> Unreadable {
    Unreadable::Damaged { detail: error.to_string() }
}
