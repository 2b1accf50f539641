//! A stored run, read again: a document of `json`, or the lines of `jsonl`. Which it is shows at its beginning.

use std::io::{self, BufRead};

use serde::Deserialize;

use super::run::{Document, SCHEMA, Said};
use crate::message::{Argument, Message};

/// Why what is stored cannot be read.
#[derive(Debug)]
pub enum Refused {
    /// It cannot be read at all.
    Lost(io::Error),
    Empty,
    /// It is no JSON, or not what we write.
    Wrong {
        line: usize,
        detail: String,
    },
    /// It ends in the middle.
    CutShort {
        line: usize,
    },
    /// It is of a version that has another shape.
    OtherSchema(u64),
    /// There is something after the end.
    Behind {
        line: usize,
    },
}

/// The number of the shape, whatever else there is.
#[derive(Deserialize)]
struct Numbered {
    schema: u64,
}

/// Hands on what is stored, in its order, until `take` wants no more; of lines, one at a time is held.
///
/// # Errors
/// When it is not what `json` or `jsonl` write, or not all of it.
///
/// ```
/// use gouji::view::{Across, Document, Said, read};
///
/// let stored = serde_json::to_string(&Document::new(Vec::new(), Across::default()))?;
/// let mut reports = 0;
/// read(stored.as_bytes(), |said| {
///     reports += usize::from(matches!(said, Said::Report(_)));
///     true
/// })?;
/// assert_eq!(reports, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(mut reader: impl BufRead, mut take: impl FnMut(Said) -> bool) -> Result<(), Refused> {
    let mut first = Vec::new();
    // What does not begin as either does may have no line and no end.
    let begin = reader.fill_buf().map_err(Refused::Lost)?;
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
    if begin.first().is_some_and(|byte| *byte != b'{') {
        return Err(Refused::Wrong { line: 1, detail: "{ expected".to_owned() });
    }
    reader.read_until(b'\n', &mut first).map_err(Refused::Lost)?;
    let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first);
    // A document has the number of its shape, wherever that is.
    if is_line(text) && serde_json::from_slice::<Numbered>(text).is_err() {
        return lines(text, reader, &mut take);
    }
    let mut whole = text.to_vec();
    reader.read_to_end(&mut whole).map_err(Refused::Lost)?;
    if whole.trim_ascii().is_empty() {
        return Err(Refused::Empty);
    }
    let Document { reports, archive, summary, .. } = document(&whole)?;
    let reports = reports.into_iter().map(|report| Said::Report(Box::new(report)));
    let mut all = reports.chain([Said::Archive(archive), Said::Summary(summary)]);
    // Whoever takes no more has said all there is to say.
    all.all(&mut take);
    Ok(())
}

/// Whether a text begins as a line of `jsonl` does.
fn is_line(text: &[u8]) -> bool {
    let text: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(16).collect();
    [&b"{\"report\":"[..], b"{\"archive\":", b"{\"summary\":"].iter().any(|begin| text.starts_with(begin))
}

fn lines(first: &[u8], mut reader: impl BufRead, take: &mut impl FnMut(Said) -> bool) -> Result<(), Refused> {
    let mut line = first.to_vec();
    let mut is_over = false;
    for number in 1.. {
        if line.is_empty() {
            break;
        }
        if !line.trim_ascii().is_empty() {
            if is_over {
                return Err(Refused::Behind { line: number });
            }
            let known: Said = serde_json::from_slice(&line).map_err(|error| refused(&error, number))?;
            is_over = matches!(known, Said::Summary(_));
            if !take(known) {
                break;
            }
        }
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(Refused::Lost)?;
    }
    Ok(())
}

fn document(text: &[u8]) -> Result<Document, Refused> {
    let known = serde_json::from_slice::<Document>(text);
    if let Ok(document) = known.as_ref().map(|document| document.schema)
        && u64::from(document) != u64::from(SCHEMA)
    {
        return Err(Refused::OtherSchema(document.into()));
    }
    known.map_err(|error| match serde_json::from_slice::<Numbered>(text) {
        Ok(Numbered { schema }) if schema != u64::from(SCHEMA) => Refused::OtherSchema(schema),
        _ => refused(&error, error.line()),
    })
}

fn refused(error: &serde_json::Error, line: usize) -> Refused {
    if error.is_eof() {
        return Refused::CutShort { line };
    }
    // Where in the text it is, is said in our own words.
    let detail = error.to_string();
    let detail = detail.rsplit_once(" at line ").map_or(detail.as_str(), |(detail, _)| detail).to_owned();
    Refused::Wrong { line, detail }
}

impl Refused {
    /// In a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Lost(error) => Message::new("stored.lost").with("detail", error),
            Self::Empty => Message::new("stored.empty"),
            Self::Wrong { line, detail } => {
                Message::new("stored.wrong").with("line", *line).with("detail", Argument::Reason(detail.clone()))
            }
            Self::CutShort { line } => Message::new("stored.cut-short").with("line", *line),
            Self::OtherSchema(number) => {
                Message::new("stored.other-schema").with("number", number.to_string()).with("known", SCHEMA.to_string())
            }
            Self::Behind { line } => Message::new("stored.behind").with("line", *line),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Message {
        Message::new(match self {
            Self::OtherSchema(_) => "stored.other-schema.hint",
            Self::CutShort { .. } => "stored.cut-short.hint",
            Self::Behind { .. } => "stored.behind.hint",
            Self::Lost(_) | Self::Empty | Self::Wrong { .. } => "stored.hint",
        })
    }
}
