//! What is printed in a file, with its marks, as a page.

use std::io;

use crate::message::Language;
use crate::render::{Format, Options, Setting, Written};
use crate::view::{Across, Document, Input, Report};

pub(super) fn page(_: Input<'_>, reports: &[Report], language: Language) -> io::Result<Vec<u8>> {
    let page = Written { format: Format::Html, options: Options::new(language) };
    page.run(Setting::new(&[]), &Document::new(reports.to_vec(), Across::default()))
}
