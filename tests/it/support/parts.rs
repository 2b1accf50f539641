//! Archives written as text, so that a part can be read and changed by people and by fuzzers: a line `=== NAME` before
//! each part. Archives of what such a text says hold their parts uncompressed, with checksums that are right.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const MARK: &[u8] = b"=== ";

/// The file that `input` stands for: an archive of its parts, or the bytes themselves where it does not begin with one.
pub fn file(input: &[u8]) -> Vec<u8> {
    if !input.starts_with(MARK) {
        return input.to_vec();
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(input) {
        let name = String::from_utf8_lossy(name);
        // A name twice, or one that is too long, is no part: the writer has its own rules.
        if writer.start_file(name, options).is_ok() {
            writer.write_all(content).expect("room");
        }
    }
    writer.finish().expect("an archive").into_inner()
}

/// An archive as such a text, without the parts whose names end with one of `without`.
pub fn text(archive: &[u8], without: &[&str]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut text = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if without.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        text.extend_from_slice(MARK);
        text.extend_from_slice(name.as_bytes());
        text.push(b'\n');
        part.read_to_end(&mut text).expect("a whole part");
        text.push(b'\n');
    }
    text
}

/// Name and content of each part.
fn parts(input: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = input;
    std::iter::from_fn(move || {
        let part = rest.strip_prefix(MARK)?;
        let name_end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let content = &part[name_end..];
        let end = content.windows(MARK.len() + 1).position(|window| window[0] == b'\n' && window[1..] == *MARK);
        // The first mark may follow the name at once.
        let (content, next) = match end {
            Some(end) => (content.get(1..end).unwrap_or_default(), &content[end + 1..]),
            None => (content.get(1..).unwrap_or_default(), &[][..]),
        };
        rest = next;
        Some((&part[..name_end], content))
    })
}
