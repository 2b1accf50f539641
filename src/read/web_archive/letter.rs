//! The parts of a letter: heads, and what is between the lines that set parts apart.

use std::ops::Range;

/// How the bytes of a part are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    QuotedPrintable,
    Base64,
}

/// A part, by its bytes in the file.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub body: Range<usize>,
    pub packing: Packing,
    pub is_page: bool,
}

/// All parts, those of parts that are letters themselves among them.
pub(super) fn parts(letter: &[u8]) -> Vec<Part> {
    /// Letters within letters; real ones are two deep.
    const DEEPEST: usize = 4;
    let mut parts = Vec::new();
    add(letter, 0..letter.len(), DEEPEST, &mut parts);
    parts
}

fn add(letter: &[u8], range: Range<usize>, depth: usize, parts: &mut Vec<Part>) {
    let (head, body) = split(letter, range);
    let kind = value(&head, "content-type").unwrap_or_default();
    let boundary = kind.to_ascii_lowercase().starts_with("multipart/").then(|| parameter(kind, "boundary")).flatten();
    let Some(boundary) = boundary.filter(|_| depth > 0) else {
        let packing = match value(&head, "content-transfer-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("quoted-printable") => Packing::QuotedPrintable,
            Some("base64") => Packing::Base64,
            _ => Packing::None,
        };
        let kind = kind.to_ascii_lowercase();
        let is_page = ["text/html", "application/xhtml+xml"].iter().any(|page| kind.starts_with(page));
        parts.push(Part { body, packing, is_page });
        return;
    };
    let line = format!("\n--{boundary}");
    // The first line may be the first of the body.
    let first = body.start.saturating_sub(1);
    let mut starts: Vec<usize> =
        memchr::memmem::find_iter(&letter[first..body.end], &line).map(|at| first + at).collect();
    starts.push(body.end);
    for pair in starts.windows(2) {
        let start = (pair[0] + line.len()).min(pair[1]);
        // The end of that line; behind the last part it has two dashes more, and what follows is no part.
        if letter[start..pair[1]].starts_with(b"--") {
            return;
        }
        let start = memchr::memchr(b'\n', &letter[start..pair[1]]).map_or(pair[1], |end| start + end + 1);
        add(letter, start..pair[1], depth - 1, parts);
    }
}

/// The head of a part, a line for each of its fields, and where its body is.
fn split(letter: &[u8], range: Range<usize>) -> (String, Range<usize>) {
    let mut head = String::new();
    let mut at = range.start;
    while at < range.end {
        let end = memchr::memchr(b'\n', &letter[at..range.end]).map_or(range.end, |end| at + end + 1);
        let line = letter[at..end].trim_ascii_end();
        at = end;
        if line.is_empty() {
            break;
        }
        // A field goes on in lines that begin with a blank.
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            head.push('\n');
        }
        head.push_str(&String::from_utf8_lossy(line));
    }
    (head, at..range.end)
}

fn value<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A parameter of a value: `multipart/related; boundary="x"`.
fn parameter<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    value.split(';').skip(1).find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}
