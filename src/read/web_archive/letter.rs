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
    /// What others name it by.
    pub id: String,
    pub packing: Packing,
    pub is_page: bool,
}

/// All parts, those of parts that are letters themselves among them.
pub(super) fn parts(letter: &[u8]) -> Vec<Part> {
    /// Letters within letters; real ones are two deep.
    const DEEPEST: usize = 4;
    let mut parts = Vec::new();
    add(letter, start(letter)..letter.len(), DEEPEST, &mut parts);
    parts
}

fn add(letter: &[u8], range: Range<usize>, depth: usize, parts: &mut Vec<Part>) {
    let (head, body) = split(letter, range);
    let kind = value(&head, "content-type").unwrap_or_default();
    let boundary = kind.to_ascii_lowercase().starts_with("multipart/").then(|| parameter(kind, "boundary")).flatten();
    let Some(boundary) = boundary.filter(|_| depth > 0) else {
        let packing = value(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let packing = match packing.split(|c: char| c.is_whitespace() || matches!(c, ';' | '(')).next() {
            Some("quoted-printable") => Packing::QuotedPrintable,
            Some("base64") => Packing::Base64,
            _ => Packing::None,
        };
        let kind = kind.to_ascii_lowercase();
        let is_page = ["text/html", "application/xhtml+xml"].iter().any(|page| kind.starts_with(page));
        let id = value(&head, "content-id").unwrap_or_default().to_owned();
        parts.push(Part { body, id, packing, is_page });
        return;
    };
    let own = parts.len();
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
            break;
        }
        let start = memchr::memchr(b'\n', &letter[start..pair[1]]).map_or(pair[1], |end| start + end + 1);
        add(letter, start..pair[1], depth - 1, parts);
    }
    // The first counts, unless another is named.
    let root = parameter(kind, "start").filter(|root| !root.is_empty());
    if let Some(at) = root.and_then(|root| parts[own..].iter().position(|part| part.id == root)) {
        parts[own..=own + at].rotate_right(1);
    }
}

/// Whether a file begins with the head of a letter of a kind that may hold pages. One of parts that belong together is
/// of that kind whatever is in it.
pub(super) fn begins(letter: &[u8]) -> Option<Kind> {
    /// Longer heads are none.
    const HEAD: usize = 1 << 14;
    let start = start(letter);
    let is_field = |line: &[u8]| {
        let name = memchr::memchr(b':', line).map(|colon| line[..colon].trim_ascii_end());
        name.is_some_and(|name| {
            !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    let first = letter[start..].split(|&byte| byte == b'\n').next().unwrap_or_default();
    if !is_field(first) && !first.starts_with(b"From ") {
        return None;
    }
    let (head, _) = split(letter, start..letter.len().min(start + HEAD));
    let kind = value(&head, "content-type")?.to_ascii_lowercase();
    let has = |name: &str| value(&head, name).is_some();
    match kind.split([';', ' ']).next() {
        Some("multipart/related") => Some(Kind::Page),
        Some(kind) if kind.starts_with("multipart/") => Some(Kind::Letter),
        Some("text/html") if has("mime-version") || has("content-transfer-encoding") => Some(Kind::Letter),
        _ => None,
    }
}

/// Where the head begins: blank lines before it are none of it.
fn start(letter: &[u8]) -> usize {
    letter.len() - letter.strip_prefix(b"\xef\xbb\xbf").unwrap_or(letter).trim_ascii_start().len()
}

/// What a letter is by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page with what belongs to it.
    Page,
    /// Any other, in which there may be a page.
    Letter,
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
    let mut is_quoted = false;
    let parts = value.split(|c: char| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    parts.skip(1).find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}
