//! What a workbook's archive may cost, settled before anything in it is parsed.
//!
//! The parser inflates what it is given and believes the numbers it reads there. An allocation that cannot be met ends
//! the process and nothing catches it, so every claim that turns into memory is looked at here.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use crate::limits::{Limit, Limits};
use crate::read::Unreadable;
use crate::read::archive::{Archive, Part, too_many_parts};

/// How often one place of the file may be gone to. In an honest file each part is opened two or three times; a file with
/// many sheets that are all one part would have it inflated for each of them.
const VISITS: u32 = 6;

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

/// Looks the parts over that cost more than their size, and opens the file for the parser.
pub(super) fn open<'b>(mut archive: Archive<'b>, limits: &Limits) -> Result<Source<'b>, Unreadable> {
    check_shared_texts(&mut archive, limits)?;
    check_sheets(&mut archive, limits)?;
    // Number formats, fonts and colours are nothing to us, a number being a number in any of them. The parser would
    // copy fonts and formats for each style, so that a small file can ask for any amount of memory.
    let is_style = |name: &str| name.ends_with("styles.xml") || name.ends_with("theme1.xml");
    let hidden = archive.parts.iter().filter(|part| is_style(&part.name)).map(|part| part.name_start).collect();
    Ok(Source { bytes: Cursor::new(archive.bytes), hidden, visits: HashMap::new() })
}

/// The part whose relations the one of this name states, if it states any.
fn owner(name: &str) -> Option<String> {
    let path = name.strip_suffix(".rels")?;
    let (folder, file) = path.rsplit_once('/')?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{file}"))
}

/// The number of shared texts that the file claims; the parser sets memory aside for as many.
fn check_shared_texts(archive: &mut Archive<'_>, limits: &Limits) -> Result<(), Unreadable> {
    const HEAD: u64 = 2048;
    for index in 0..archive.parts.len() {
        if !archive.parts[index].name.ends_with("sharedstrings.xml") {
            continue;
        }
        let head = archive.head(index, HEAD);
        let Some(tag) = first_tag(&head) else {
            let detail = format!("{} does not begin with a table of texts", archive.parts[index].name);
            return Err(Unreadable::Damaged { detail });
        };
        if claimed_texts(tag) > limits.cells as u64 {
            return Err(Unreadable::TooLarge { what: Limit::Cells, limit: limits.cells as u64 });
        }
    }
    Ok(())
}

/// The first tag of an XML part, if the part begins as writers have it begin: with a declaration or none, and comments
/// in which no tag can be hidden.
fn first_tag(head: &[u8]) -> Option<&[u8]> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let declaration = if head.starts_with(b"<?") { find(head, b"?>")? + 2 } else { 0 };
    let mut head = head[declaration..].trim_ascii_start();
    while let Some(comment) = head.strip_prefix(b"<!--") {
        let end = find(comment, b"-->")?;
        if comment[..end].iter().any(|byte| matches!(byte, b'<' | b'>')) {
            return None;
        }
        head = comment[end + 3..].trim_ascii_start();
    }
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
fn check_sheets(archive: &mut Archive<'_>, limits: &Limits) -> Result<(), Unreadable> {
    const SHORTEST_TAG: u64 = "<sheet/>".len() as u64;
    let check = |sheets: u64, relations: &Part| {
        if sheets > limits.archive_parts as u64 {
            return Err(too_many_parts(limits));
        }
        // No path is longer than the part it stands in.
        if relations.size.saturating_mul(sheets) > limits.inflated_bytes {
            return Err(Unreadable::TooLarge { what: Limit::InflatedBytes, limit: limits.inflated_bytes });
        }
        Ok(())
    };
    let by_name: HashMap<&str, usize> = archive.parts.iter().map(|part| part.name.as_str()).zip(0..).collect();
    let mut large = Vec::new();
    for (index, relations) in archive.parts.iter().enumerate() {
        let Some(&owner) = owner(&relations.name).and_then(|owner| by_name.get(owner.as_str())) else { continue };
        if check(archive.parts[owner].size / SHORTEST_TAG, relations).is_err() {
            large.push((index, owner));
        }
    }
    // Few parts are so large that their tags need to be counted, and of these only a workbook.
    let Some(&package) = by_name.get("_rels/.rels").filter(|_| !large.is_empty()) else { return Ok(()) };
    let package = archive.head(package, archive.parts[package].size).to_ascii_lowercase();
    for (relations, owner) in large {
        if may_be_workbook(&archive.parts[owner], &package) {
            let tags = sheet_tags(&archive.head(owner, archive.parts[owner].size));
            check(tags, &archive.parts[relations])?;
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

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len().max(1)).position(|window| window == wanted)
}
