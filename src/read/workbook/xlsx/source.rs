//! What a workbook may cost, checked before anything in it is parsed.
//!
//! The parser inflates what it is given and believes the numbers it reads there. An allocation that cannot be met ends
//! the process and nothing catches it, so every claim that turns into memory is checked here.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::limits::{Limit, Limits};
use crate::read::unreadable::Unreadable;
use crate::read::zip_file::{Part, ZipFile};

/// How often one place of the file may be gone to. In an honest file each part is opened two or three times; a file with
/// many sheets that are all one part would have it inflated for each of them.
const VISITS: u32 = 6;

/// A file that has been checked, for the parser to read.
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
            return Err(io::Error::other("one part is used for many sheets"));
        }
        Ok(at)
    }
}

/// Checks the parts that cost more than their size, and opens the file for the parser.
pub(super) fn open<'b>(mut file: ZipFile<'b>, limits: &Limits) -> Result<Source<'b>, Unreadable> {
    check_shared_texts(&mut file, limits)?;
    check_sheets(&mut file, limits)?;
    // Number formats, fonts and colours are nothing to us, a number being a number in any of them. The parser would
    // copy fonts and formats for each style, so that a small file can ask for any amount of memory.
    let is_style = |name: &str| name.ends_with("styles.xml") || name.ends_with("theme1.xml");
    let hidden = file.parts.iter().filter(|part| is_style(&part.name)).map(|part| part.name_start).collect();
    Ok(Source { bytes: Cursor::new(file.bytes), hidden, visits: HashMap::new() })
}

/// The part whose relations the one of this name states, if it states any.
fn owner(name: &str) -> Option<String> {
    let path = name.strip_suffix(".rels")?;
    let (folder, file) = path.rsplit_once('/')?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{file}"))
}

/// The number of shared texts that the file claims; the parser sets memory aside for as many.
fn check_shared_texts(file: &mut ZipFile<'_>, limits: &Limits) -> Result<(), Unreadable> {
    const HEAD: u64 = 2048;
    for index in 0..file.parts.len() {
        if !file.parts[index].name.ends_with("sharedstrings.xml") {
            continue;
        }
        let head = file.head(index, HEAD);
        let Some(claimed) = claimed_texts(&head) else {
            let name = &file.parts[index].name;
            return Err(Unreadable::damaged(format!("{name} does not begin with a table of texts")));
        };
        if claimed > limits.cells as u64 {
            return Err(Unreadable::too_large(Limit::Cells, limits));
        }
    }
    Ok(())
}

/// How many texts the table claims that begins here; none if the part begins otherwise than writers have it begin.
fn claimed_texts(head: &[u8]) -> Option<u64> {
    let head = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let mut reader = Reader::from_str(&head);
    let table = loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => break tag,
            Event::Decl(_) | Event::Comment(_) => {}
            Event::Text(text) if text.trim_ascii().is_empty() => {}
            _ => return None,
        }
    };
    if table.local_name().into_inner() != "sst" {
        return None;
    }
    let mut attributes = table.attributes();
    let counts = attributes.with_checks(false).flatten().filter(|attribute| attribute.key.as_ref() == "uniqueCount");
    // What is no number, the parser passes over too.
    Some(counts.filter_map(|count| count.value.parse().ok()).max().unwrap_or(0))
}

/// The number of sheets, each of which costs the parser a copy of a path out of the relations, and a search for it.
fn check_sheets(file: &mut ZipFile<'_>, limits: &Limits) -> Result<(), Unreadable> {
    const SHORTEST_TAG: u64 = "<sheet/>".len() as u64;
    let check = |sheets: u64, relations: &Part| {
        if sheets > limits.archive_parts as u64 {
            return Err(Unreadable::too_large(Limit::ArchiveParts, limits));
        }
        // No path is longer than the part it is in.
        if relations.size.saturating_mul(sheets) > limits.inflated_bytes {
            return Err(Unreadable::too_large(Limit::InflatedBytes, limits));
        }
        Ok(())
    };
    let by_name: HashMap<&str, usize> = file.parts.iter().map(|part| part.name.as_str()).zip(0..).collect();
    let mut large = Vec::new();
    for (index, relations) in file.parts.iter().enumerate() {
        let Some(&owner) = owner(&relations.name).and_then(|owner| by_name.get(owner.as_str())) else { continue };
        if check(file.parts[owner].size / SHORTEST_TAG, relations).is_err() {
            large.push((index, owner));
        }
    }
    // Few parts are so large that their tags need to be counted, and of these only a workbook.
    let Some(&package) = by_name.get("_rels/.rels").filter(|_| !large.is_empty()) else { return Ok(()) };
    let package = file.head(package, file.parts[package].size).to_ascii_lowercase();
    for (relations, owner) in large {
        if may_be_workbook(&file.parts[owner], &package) {
            let tags = sheet_tags(&file.head(owner, file.parts[owner].size));
            check(tags, &file.parts[relations])?;
        }
    }
    Ok(())
}

/// The workbook is the part that the package names, or that of the usual name if it names a folder. Where the name may
/// be written with entities, any part may be it.
fn may_be_workbook(part: &Part, package: &[u8]) -> bool {
    let file = part.name.rsplit('/').next().unwrap_or(&part.name);
    file == "workbook.xml" || package.contains(&b'&') || memchr::memmem::find(package, file.as_bytes()).is_some()
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
