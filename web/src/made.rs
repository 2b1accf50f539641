//! What can be saved: all that was said in an output format, the figures, the marked report.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use gouji::Language;
use gouji::annotate::annotate;
use gouji::extract::{FORMATS, Frame, Settings, Source};
use gouji::form::{self, Made, Wanted};
use gouji::internal::message::Message;
use gouji::render::{self, Format, HTML, JSON, Options, Setting, Written};
use gouji::view::{Document, Input, Lines, Printed, Report as View};
use serde::Serialize;

use crate::across::Gathered;
use crate::files::{self, Within, checker, unpacked};
use crate::packet::Reply;

/// A run as a file.
///
/// # Errors
/// When there is no such format, or a report is none.
pub(crate) fn rendered(
    format: &str,
    reports: Vec<String>,
    across: Gathered,
    left_out: usize,
    day: Option<String>,
    language: Language,
) -> Result<Reply, String> {
    // Every other format would be in the module, too.
    let (format, output) = match format {
        "html" => (Format::Html, HTML),
        "json" => (Format::Json, JSON),
        _ => return Err("no such format".to_owned()),
    };
    let reports: Result<Vec<View>, _> = reports.iter().map(|report| serde_json::from_str(report)).collect();
    let mut run = Document::new(reports.map_err(|error| error.to_string())?, across.across());
    run.summary.left_out = left_out;
    let written = Written { format, options: Options { day, ..Options::new(language) } };
    let bytes = written.run_by(output, Setting::new(checker().packs()), &run).map_err(|error| error.to_string())?;
    Ok(Reply::with_file(&(), bytes))
}

/// The reports of a file as they are printed.
#[derive(Debug, Serialize)]
pub(crate) struct Marked {
    /// One element; all text in it is escaped.
    html: String,
}

/// The reports of a file, as printed, with what is wrong marked. Of a file that cannot be read, what is said of it.
pub(crate) fn marked(path: &str, bytes: &[u8], within: Option<&Within>, language: Language) -> Marked {
    let bytes = unpacked(bytes, within);
    let (checked, bytes) = match &bytes {
        Ok(bytes) => (checker().check(path, bytes), bytes.as_ref()),
        Err(why) => (checker().lost(path, why), &[][..]),
    };
    let input = Input::new(&checked, bytes);
    let html = render::marked_article(&View::all(input, language), &Printed::of(input), language);
    Marked { html }
}

/// A copy of a file with what was found marked in it.
///
/// # Errors
/// When it cannot be marked.
pub(crate) fn annotated(
    path: &str,
    bytes: &[u8],
    within: Option<&Within>,
    language: Language,
) -> Result<Reply, String> {
    let bytes = unpacked(bytes, within).map_err(|why| why.message().say(language))?;
    let checked = checker().check(path, &bytes);
    let input = Input::new(&checked, &bytes);
    let views = View::all(input, language);
    let marked = annotate(input, &views, checker().limits(), language).map_err(|why| why.message().say(language))?;
    let remarks = marked.remarks.iter().map(|remark| remark.say(language)).collect();
    let extension = marked.kind.extension(within.map_or(path, Within::name));
    Ok(Reply::with_file(&Copy { extension, remarks }, marked.bytes))
}

/// What is said of a marked copy.
#[derive(Debug, Serialize)]
struct Copy {
    extension: String,
    remarks: Vec<String>,
}

/// What is said of a blank form.
#[derive(Debug, Serialize)]
struct Named {
    title: String,
    remarks: Vec<String>,
}

/// A blank form.
///
/// # Errors
/// Where it is not clear which form is wanted, or the report of the year before is another one.
pub(crate) fn blank(wanted: &Wanted<'_>, format: &str, language: Language) -> Result<Reply, String> {
    let format = form::Format::of_extension(format).ok_or("no such format")?;
    let made = Made::new(checker(), wanted).map_err(|why| why.say(language))?;
    let bytes = made.form.write(format, language).map_err(|error| error.to_string())?;
    let remarks = made.remarks.iter().map(|remark| remark.say(language)).collect();
    Ok(Reply::with_file(&Named { title: made.form.title(), remarks }, bytes))
}

/// The figures of the reports in these files as a workbook.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn figures(files: &[files::Named], bytes: &[&[u8]], language: Language) -> Result<Reply, String> {
    let frame = Frame::long();
    let format = FORMATS.iter().find(|format| format.name == "xlsx").ok_or("no workbooks of figures")?;
    let sheet = Message::new("extract.sheet").say(language);
    let settings = Settings { columns: frame.columns(), sheet: &sheet, byte_order_mark: false };
    let sink = Shared::default();
    let failed = |error: io::Error| error.to_string();
    let mut output = (format.begin)(settings, Box::new(sink.clone())).map_err(failed)?;
    for (files::Named { path, within }, bytes) in files.iter().zip(bytes) {
        let Ok(bytes) = unpacked(bytes, within.as_ref()) else { continue };
        let parts = checker().read_with(path, &bytes, |reading| {
            let lines = Lines::new(&bytes, reading.document.encoding);
            let rows = frame.rows(Source { reading, path, lines: &lines, language });
            (format.part)(frame.columns(), rows, &lines)
        });
        for part in parts.into_iter().flatten() {
            output.write(part).map_err(failed)?;
        }
    }
    output.finish().map_err(failed)?;
    Ok(Reply::with_file(&(), sink.taken()))
}

/// Bytes that an output writes and somebody else takes.
#[derive(Debug, Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn taken(self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
