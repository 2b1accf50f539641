//! What says that a workbook is an output of ours and no report, should it be in a folder that is checked.

use std::io::{Cursor, Read};

use rust_xlsxwriter::{DocProperties, ExcelDateTime};
use zip::ZipArchive;

/// The category in the properties of the file.
const CATEGORY: &str = "gouji output";

/// The properties of a workbook of ours. The same input gives the same bytes: no time of writing, but the first that a zip
/// archive knows.
pub(crate) fn properties() -> DocProperties {
    let day = ExcelDateTime::from_ymd(1980, 1, 1).expect("the first day of the calendar of archives");
    DocProperties::new().set_category(CATEGORY).set_creation_datetime(&day)
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
