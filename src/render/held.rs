//! Parts of an output that wait until every verdict is known: in memory while they are few, then in a file without a name.

use std::collections::HashSet;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use super::output::Part;
use crate::view::{Report, Verdict};

/// What a record begins with.
const TEXT: u8 = 0;
const OPEN: u8 = 1;
const BEGIN_ACROSS: u8 = 2;

/// What is written of a report.
#[derive(Debug, Clone)]
pub struct Made {
    pub text: String,
    /// The same in case the other reports are found to speak against it, where that would be another text.
    pub if_accused: Option<String>,
}

impl From<String> for Made {
    fn from(text: String) -> Self {
        Self { text, if_accused: None }
    }
}

/// Where it waits: so many bytes in memory, then in a file.
#[cfg(feature = "cli")]
type Store = tempfile::SpooledTempFile;

#[cfg(feature = "cli")]
fn store() -> Store {
    const IN_MEMORY: usize = 4 << 20;
    tempfile::SpooledTempFile::new(IN_MEMORY)
}

/// Where it waits: the library alone touches no file.
#[cfg(not(feature = "cli"))]
type Store = io::Cursor<Vec<u8>>;

#[cfg(not(feature = "cli"))]
fn store() -> Store {
    Store::default()
}

/// What waits.
#[derive(Debug)]
pub(super) struct Held {
    records: BufWriter<Store>,
    /// The reports that the others speak against.
    accused: HashSet<String>,
}

/// What waited.
pub(super) enum Aside<'h> {
    Part(&'h str),
    BeginAcross,
}

impl Held {
    pub fn new() -> Self {
        Self { records: BufWriter::new(store()), accused: HashSet::new() }
    }

    /// Puts a part aside.
    pub fn take(&mut self, part: Part<'_>, made: &Made) -> io::Result<()> {
        if part.before.is_some_and(|before| before != part.report.verdict && part.report.verdict == Verdict::Findings) {
            self.accused.insert(name(part.report));
        }
        let Some(if_accused) = &made.if_accused else {
            self.records.write_all(&[TEXT])?;
            return self.write(&made.text);
        };
        self.records.write_all(&[OPEN])?;
        [&name(part.report), &made.text, if_accused].into_iter().try_for_each(|text| self.write(text))
    }

    /// What follows is said across reports.
    pub fn begin_across(&mut self) -> io::Result<()> {
        self.records.write_all(&[BEGIN_ACROSS])
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.records.write_all(&(text.len() as u64).to_le_bytes())?;
        self.records.write_all(text.as_bytes())
    }

    /// Hands on what waited, in its order, each part as its report fared in the end.
    pub fn read(self, mut take: impl FnMut(Aside<'_>) -> io::Result<()>) -> io::Result<()> {
        let mut file = self.records.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let mut records = BufReader::new(file);
        let mut kind = [0];
        while records.read(&mut kind)? > 0 {
            match kind[0] {
                BEGIN_ACROSS => take(Aside::BeginAcross)?,
                OPEN => {
                    let (name, text, if_accused) = (next(&mut records)?, next(&mut records)?, next(&mut records)?);
                    take(Aside::Part(if self.accused.contains(&name) { &if_accused } else { &text }))?;
                }
                _ => take(Aside::Part(&next(&mut records)?))?,
            }
        }
        Ok(())
    }
}

/// The next text of the records.
fn next(records: &mut impl Read) -> io::Result<String> {
    let mut length = [0; 8];
    records.read_exact(&mut length)?;
    let mut text = String::new();
    records.take(u64::from_le_bytes(length)).read_to_string(&mut text)?;
    Ok(text)
}

/// A name that no other report of a run has.
fn name(report: &Report) -> String {
    format!("{}\0{}", report.path, report.part.as_deref().unwrap_or_default())
}
