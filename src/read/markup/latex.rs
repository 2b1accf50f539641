//! LaTeX: cells between `&`, rows that `\\` ends, in `tabular` and what is like it.

use std::ops::Range;

use super::cells::Cells;
use super::text::{self, Marks};

const TABLES: [&str; 10] = [
    "tabular*",
    "tabularx",
    "tabulary",
    "tabular",
    "longtable",
    "supertabular",
    "xltabular",
    "longtblr",
    "tblr",
    "array",
];
/// Commands whose arguments are no text.
const WITHOUT_TEXT: [&str; 20] = [
    "begin",
    "end",
    "cline",
    "cmidrule",
    "vspace",
    "hspace",
    "label",
    "documentclass",
    "usepackage",
    "rowcolor",
    "cellcolor",
    "color",
    "setlength",
    "renewcommand",
    "addlinespace",
    "specialrule",
    "rule",
    "arrayrulecolor",
    "pagestyle",
    "centering",
];

/// Commands whose last argument alone is text.
const LAST_IS_TEXT: [&str; 6] = ["foreignlanguage", "textcolor", "colorbox", "href", "parbox", "raisebox"];

pub(super) fn tables(source: &str) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = source[at..].find("\\begin{") {
        let start = at + found;
        at = start + "\\begin{".len();
        let name =
            TABLES.into_iter().find(|name| source[at..].strip_prefix(name).is_some_and(|rest| rest.starts_with('}')));
        let Some(name) = name else { continue };
        let Some(end) = end(source, start, name) else { break };
        tables.push(start..end);
        at = end;
    }
    tables
}

/// Where the environment ends that begins at byte `start`.
fn end(source: &str, start: usize, name: &str) -> Option<usize> {
    let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
    let mut depth = 0_usize;
    for (at, _) in source[start..].match_indices('\\') {
        let rest = &source[start + at..];
        if rest.starts_with(&begin) {
            depth += 1;
        } else if rest.starts_with(&end) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(start + at + end.len());
            }
        }
    }
    None
}

pub(super) fn cells(source: &str, table: Range<usize>, most: usize) -> Cells {
    let own = &source[table.clone()];
    // Its name, and what it says of its columns.
    let mut start = "\\begin".len() + arguments(&own["\\begin".len()..]);
    let end = own.rfind("\\end{").unwrap_or(own.len());
    let mut cells = Cells::up_to(most);
    for border in borders(&own[..end], start, most) {
        let cell = &own[start..border.at];
        // What is behind the last row is lines.
        if border.ends_row || cells.is_in_row() || !cell.trim().is_empty() {
            let (before, spans) = spans(cell);
            cells.push(table.start + start + before..table.start + border.at, spans);
        }
        if border.ends_row {
            cells.begin_row();
        }
        start = border.at + border.length;
    }
    cells.end()
}

/// What ends a cell.
struct Border {
    at: usize,
    length: usize,
    ends_row: bool,
}

/// The borders behind byte `at`, one more than `most` where there are more, outside braces and environments within cells.
fn borders(text: &str, mut at: usize, most: usize) -> Vec<Border> {
    const ROW_ENDS: [&str; 2] = ["\\\\", "\\tabularnewline"];
    let mut borders = Vec::new();
    let mut depth = 0_usize;
    while at < text.len() && borders.len() <= most {
        let rest = &text[at..];
        let mut length = rest.chars().next().map_or(1, char::len_utf8);
        if rest.starts_with('{') {
            depth += 1;
        } else if rest.starts_with('}') {
            depth = depth.saturating_sub(1);
        } else if rest.starts_with('%') {
            length = rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("\\begin{") {
            depth += 1;
            length = "\\begin".len();
        } else if rest.starts_with("\\end{") {
            depth = depth.saturating_sub(1);
            length = "\\end".len();
        } else if let Some(end) = ROW_ENDS.into_iter().find(|end| rest.starts_with(end)) {
            length = end.len();
            if depth == 0 {
                length += optional(&rest[length..]);
                borders.push(Border { at, length, ends_row: true });
            }
        } else if let Some(meant) = rest.strip_prefix('\\') {
            length += meant.chars().next().map_or(0, char::len_utf8);
        } else if rest.starts_with('&') && depth == 0 {
            borders.push(Border { at, length, ends_row: false });
        }
        at += length;
    }
    borders
}

/// The length of `[…]` and `*` behind a command.
fn optional(rest: &str) -> usize {
    let star = usize::from(rest.starts_with('*'));
    let behind = rest[star..].strip_prefix('[').and_then(|argument| text::near(argument, "]"));
    star + behind.map_or(0, |end| "[".len() + end + "]".len())
}

/// The length of an argument in braces.
fn argument(rest: &str) -> Option<usize> {
    const LONGEST: usize = 2000;
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().take(LONGEST).enumerate() {
        match byte {
            b'{' => depth += 1,
            _ if depth == 0 => return None,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The length of all arguments behind a command.
fn arguments(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let length = optional(&rest[at..]);
        let length = if length > 0 { length } else { argument(&rest[at..]).unwrap_or(0) };
        if length == 0 {
            return at;
        }
        at += length;
    }
}

/// What a cell says that it covers, and where its text begins: `\multicolumn{2}{c}{…}`, `\multirow{3}{*}{…}`.
fn spans(cell: &str) -> (usize, [u32; 2]) {
    let mut at = 0;
    let mut spans = [1, 1];
    loop {
        let rest = &cell[at..];
        // Lines above the row.
        let blanks = rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t', '{']).len();
        let rest = &rest[blanks..];
        let found = ["\\multicolumn", "\\multirow"].into_iter().position(|name| rest.starts_with(name));
        let Some(found) = found else {
            let name = rest.strip_prefix('\\').map_or(0, name_length);
            let is_line = name > 0 && WITHOUT_TEXT.contains(&&rest[1..=name]) || is_line(rest, name);
            if !is_line {
                return (at, spans);
            }
            at += blanks + 1 + name + arguments(&rest[1 + name..]);
            continue;
        };
        let behind = ["\\multicolumn", "\\multirow"][found].len();
        let start = behind + optional(&rest[behind..]);
        let Some(count) = argument(&rest[start..]) else { return (at, spans) };
        spans[found] = rest[start + 1..start + count - 1].trim().parse().unwrap_or(1);
        // How it is laid out.
        let layout = start + count + optional(&rest[start + count..]);
        let layout = layout + argument(&rest[layout..]).unwrap_or(0);
        at += blanks + layout + optional(&rest[layout..]);
    }
}

/// Whether a command draws a line.
fn is_line(rest: &str, name: usize) -> bool {
    name > 0 && (rest[1..=name].ends_with("rule") || rest[1..=name].ends_with("line"))
}

fn name_length(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_alphabetic).count()
}

pub(super) fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('\\')?;
    let name = &rest[..name_length(rest)];
    if !["title", "chapter", "section", "subsection", "subsubsection", "part"].contains(&name) {
        return None;
    }
    let rest = &rest[name.len()..];
    let rest = &rest[optional(rest)..];
    let length = argument(rest)?;
    Some(rest[1..length - 1].trim()).filter(|title| !title.is_empty())
}

pub(super) fn mark(rest: &str) -> Marks {
    let Some(command) = rest.strip_prefix('\\') else {
        return match rest.as_bytes()[0] {
            b'{' | b'}' | b'$' => Marks::Sign(1),
            b'~' => Marks::Meant(1, " "),
            b'%' => Marks::Sign(rest.find('\n').map_or(rest.len(), |end| end + 1)),
            _ => Marks::Text,
        };
    };
    if let Some(behind) = command.strip_prefix('\\') {
        return Marks::Meant("\\\\".len() + optional(behind), "\n");
    }
    let name = &command[..name_length(command)];
    if name.is_empty() {
        // `\&` is a sign that is meant; `\,` is a narrow blank.
        let is_blank = command.starts_with([',', ';', ':', '!', ' ']);
        return Marks::Sign(if is_blank { "\\,".len() } else { 1 });
    }
    let length = 1 + name.len();
    if name == "textsuperscript" || name == "textsubscript" {
        return Marks::Meant(length, "^");
    }
    let behind = &command[name.len()..];
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let arguments = match name {
        _ if WITHOUT_TEXT.contains(&name) => arguments(behind),
        _ if LAST_IS_TEXT.contains(&name) => optional(behind) + argument(&behind[optional(behind)..]).unwrap_or(0),
        _ if blanks > 0 => blanks,
        _ => optional(behind),
    };
    Marks::Sign(length + arguments)
}
