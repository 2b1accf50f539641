//! `gouji blank`: an empty form, written to a file.

use std::path::Path;

use super::streams::{not_written, say};
use super::{CommandError, setup, status, whole};
use crate::cli::Blank;
use crate::config::Config;
use crate::discover;
use crate::form::{Format, Made, Wanted};
use crate::message::{Language, Message};

pub(super) fn run(config: &Config, arguments: &Blank, language: Language) -> Result<u8, CommandError> {
    let output = &arguments.output;
    let path = output.display().to_string();
    let extension = output.extension().unwrap_or_default().to_string_lossy();
    let format = Format::of_extension(&extension)
        .ok_or_else(|| CommandError::usage(Message::new("blank.format").with("path", path.as_str())))?;
    if !arguments.force && output.symlink_metadata().is_ok() {
        return Err(is_there(&path));
    }
    let checker = setup::checker(config)?;
    let previous = arguments.previous.as_deref().map(read).transpose()?;
    let wanted = Wanted {
        pack: arguments.pack.as_deref(),
        organization: arguments.organization.as_deref(),
        year: arguments.year,
        previous: previous.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    };
    let made = Made::new(&checker, &wanted).map_err(CommandError::usage)?;
    let bytes = made.form.write(format, language).map_err(|error| not_written(&path, &error))?;
    let written = if arguments.force { whole::write(output, &bytes) } else { whole::write_new(output, &bytes) };
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => is_there(&path),
        _ => not_written(&path, &error),
    })?;
    for remark in &made.remarks {
        say(&Message::new("error.hint").with("text", remark.clone()), language);
    }
    let key = if made.carried > 0 { "blank.written-carried" } else { "blank.written" };
    let message = Message::new(key).with("path", path).with("title", made.form.title());
    say(&message.with("count", made.carried), language);
    Ok(status::SUCCESS)
}

/// The name and the bytes of the report of the year before.
fn read(path: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let name = path.display().to_string();
    let bytes = discover::whole(path).map_err(|error| {
        CommandError::usage(Message::new("error.report").with("path", name.as_str()).with("detail", &error))
    })?;
    Ok((name, bytes))
}

fn is_there(path: &str) -> CommandError {
    let hint = Some(Message::new("blank.is-there.hint"));
    CommandError { hint, ..CommandError::usage(Message::new("error.is-there").with("path", path)) }
}
