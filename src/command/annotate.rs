//! `gouji annotate`: a copy of a report in which what was found is marked.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checkers::{Checkers, Purpose};
use super::extract::why;
use super::guard::Guard;
use super::named::Named;
use super::sources::{read, shown};
use super::streams::{Pipe, not_written, say};
use super::{CommandError, setup, status, whole};
use crate::annotate::{Kind, Marked, Refused, annotate, of_copy};
use crate::checker::Checked;
use crate::cli::Annotate;
use crate::config::Config;
use crate::message::{Argument, Language, Message};
use crate::taken;
use crate::view::{Input, Report};

pub(super) fn run(config: Config, arguments: &Annotate, language: Language) -> Result<u8, CommandError> {
    let config = Arc::new(setup::with_how_read(config, &arguments.how_read, language)?);
    let checkers = Checkers::new(&config, Purpose::Check, language)?;
    let path = shown(&arguments.report);
    let limits = checkers.base().limits();
    let bytes = read(&arguments.report, limits.file_bytes).map_err(|error| {
        CommandError::usage(Message::new("error.report").with("path", path.as_str()).with("detail", &error))
    })?;
    let choose = |organization: Option<&str>| checkers.of_report(&path, organization);
    let checked = choose(None).check_by(&path, &bytes, |identity| Some(choose(identity.organization.as_deref())));
    if let Some(why) = why_not(&path, &bytes, &checked) {
        return Err(why);
    }
    let input = Input::new(&checked, &bytes);
    let views = Report::all(input, language);
    let marked = annotate(input, &views, limits, language).map_err(|why| not_marked(&path, &why))?;
    let written = write(&config, arguments, &marked, language)?;
    say(&summary(&marked, &written), language);
    for remark in &marked.remarks {
        say(remark, language);
    }
    Ok(status::SUCCESS)
}

/// Why nothing can be marked in a file, if nothing can.
pub(super) fn why_not(path: &str, bytes: &[u8], checked: &Checked<'_>) -> Option<CommandError> {
    if checked.document.is_some() && checked.reports.iter().any(|one| one.report.pack.is_some()) {
        return None;
    }
    let is_archive = checked.document.is_none() && taken::is_archive(path) && bytes.starts_with(b"PK");
    Some(if is_archive { archive(path) } else { nothing_to_mark(path, checked) })
}

/// That reports are marked one by one.
fn archive(path: &str) -> CommandError {
    CommandError {
        status: status::NOTHING,
        message: Message::new("annotate.archive").with("path", path),
        hint: Some(Message::new("annotate.archive.hint")),
        drawing: None,
        place: None,
    }
}

/// That nothing could be checked, and why: the status is that of `check`.
fn nothing_to_mark(path: &str, checked: &Checked<'_>) -> CommandError {
    let why = checked.reports.iter().map(|one| why(&one.report)).collect();
    let first = &checked.first().report.findings.first();
    CommandError {
        status: status::NOTHING,
        message: Message::new("annotate.not-read").with("path", path).with("why", Argument::Sentences(why)),
        hint: first.and_then(|finding| finding.help.clone()),
        drawing: None,
        place: None,
    }
}

pub(super) fn not_marked(path: &str, why: &Refused) -> CommandError {
    let message = Message::new("annotate.not-read").with("path", path).with("why", why.message());
    let hint = (*why == Refused::Signed).then(|| Message::new("annotate.signed.hint"));
    CommandError { hint, ..CommandError::usage(message) }
}

/// Writes the copy; where to.
fn write(config: &Config, arguments: &Annotate, marked: &Marked, language: Language) -> Result<String, CommandError> {
    let place: Cow<'_, Path> = match &arguments.output {
        Some(path) => Cow::Borrowed(path),
        None => Cow::Owned(beside(&arguments.report, marked.kind, language)),
    };
    if *place == *Path::new("-") {
        if marked.kind != Kind::Page && io::stdout().is_terminal() {
            let hint = Some(Message::new("error.terminal.hint"));
            let message = Message::new("error.terminal").with("format", marked.kind.extension(""));
            return Err(CommandError { hint, ..CommandError::usage(message) });
        }
        let mut output = Pipe::standard();
        let written = output.write_all(&marked.bytes).and_then(|()| output.flush());
        written.map_err(|error| not_written("-", &error))?;
        return Ok("-".to_owned());
    }
    let shown = place.display().to_string();
    if arguments.output.is_some() {
        let name = arguments.report.to_string_lossy();
        if !marked.kind.may_be_called(&name, &shown) {
            let key = if marked.kind == Kind::Page { "annotate.ending.page" } else { "annotate.ending" };
            let message = Message::new(key).with("path", shown).with("ending", marked.kind.extension(&name));
            return Err(CommandError::usage(message));
        }
    }
    let reports = Named::new(std::iter::once(arguments.report.clone()));
    Guard::over(&reports).and(config.files()).permit(&place, &[])?;
    let written =
        if arguments.force { whole::write(&place, &marked.bytes) } else { whole::write_new(&place, &marked.bytes) };
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            let hint = Some(Message::new("error.is-there.annotate-hint"));
            CommandError { hint, ..CommandError::usage(Message::new("error.is-there").with("path", shown.as_str())) }
        }
        _ => not_written(&shown, &error),
    })?;
    Ok(shown)
}

/// A copy beside the report.
fn beside(report: &Path, kind: Kind, language: Language) -> PathBuf {
    report.with_file_name(of_copy(&report.file_name().unwrap_or_default().to_string_lossy(), kind, language))
}

fn summary(marked: &Marked, path: &str) -> Message {
    let key = match marked.kind {
        Kind::Page => "annotate.written.page",
        _ if marked.findings == 0 => "annotate.written.right",
        _ => "annotate.written",
    };
    Message::new(key).with("path", path).with("findings", marked.findings)
}
