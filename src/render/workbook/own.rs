//! What the workbooks that we write have in common: how they are written, and what says that each is an output of ours and
//! no report, should it be in a folder that is checked.

use std::io::{self, Cursor, ErrorKind, Read, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use zip::ZipArchive;

/// The category in the properties of the file.
const CATEGORY: &str = "gouji output";

/// The properties of a workbook of ours. The same input gives the same bytes: no time of writing, but the first that a zip
/// archive knows.
pub(crate) fn properties() -> DocProperties {
    let day = ExcelDateTime::from_ymd(1980, 1, 1).expect("the first day of the calendar of archives");
    DocProperties::new().set_category(CATEGORY).set_creation_datetime(&day)
}

/// Writes a workbook.
///
/// # Errors
/// When it cannot be written; what the system said, which the libraries for workbooks and archives do not hand on.
pub(crate) fn save(book: &mut Workbook, into: impl Write + Send) -> io::Result<()> {
    let mut writer = Remembering { into, failed: None };
    let saved = book.save_to_writer(&mut writer);
    writer.failed.map_or_else(|| saved.map_err(io::Error::other), Err)
}

/// Keeps the first failure to itself. The archive would try to end itself behind it, and print that this fails, too.
struct Remembering<W> {
    into: W,
    failed: Option<io::Error>,
}

impl<W: Write> Write for Remembering<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Ok(bytes.len());
        }
        match self.into.write(bytes) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                self.failed = Some(error);
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed.is_none() {
            self.failed = self.into.flush().err();
        }
        Ok(())
    }
}

/// Whether these bytes are a workbook that an earlier run has written.
pub fn is_workbook(bytes: &[u8]) -> bool {
    /// Properties of ours are no longer.
    const LONGEST: u64 = 4096;
    if !bytes.starts_with(b"PK") {
        return false;
    }
    let Ok(mut file) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(part) = file.by_name("docProps/core.xml") else { return false };
    let mut properties = String::new();
    let is_read = part.take(LONGEST).read_to_string(&mut properties).is_ok();
    is_read && properties.contains(&format!("<cp:category>{CATEGORY}</cp:category>"))
}
