//! `gouji completions` and `gouji man`: made of the definitions of the command line, so that they say what it takes.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use clap_mangen::Man;

use super::streams::{not_written, print, say_text};
use super::{CommandError, status};
use crate::cli::{Definition, Error, Shell, definition, refused};
use crate::message::Language;

/// Prints help, the version, or what is wrong with the call; the exit status.
pub(super) fn answer(answer: &Error, language: Language) -> u8 {
    if let Some((message, hint)) = refused(answer) {
        say_text(&CommandError { hint, ..CommandError::usage(message) }.say(language));
        return status::USAGE;
    }
    let printed = answer.print().and_then(|()| io::stdout().flush());
    match printed {
        Ok(()) => u8::try_from(answer.exit_code()).unwrap_or(status::USAGE),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => status::CLOSED,
        Err(error) => {
            say_text(&not_written("-", &error).say(language));
            status::USAGE
        }
    }
}

/// `gouji completions SHELL`.
pub(super) fn completions(shell: Shell) -> Result<u8, CommandError> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut definition(), "gouji", &mut text);
    print(&String::from_utf8_lossy(&text))?;
    Ok(status::SUCCESS)
}

/// `gouji man`: one page of the command with its subcommands, or a page each in a folder.
pub(super) fn man(folder: Option<&Path>) -> Result<u8, CommandError> {
    let Some(folder) = folder else {
        print(&page())?;
        return Ok(status::SUCCESS);
    };
    pages(folder).map_err(|error| not_written(&folder.display().to_string(), &error))?;
    Ok(status::SUCCESS)
}

/// A page each, made beside their places.
fn pages(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let beside = tempfile::tempdir_in(folder)?;
    clap_mangen::generate_to(definition(), beside.path())?;
    for page in std::fs::read_dir(beside.path())? {
        let page = page?;
        std::fs::rename(page.path(), folder.join(page.file_name()))?;
    }
    Ok(())
}

fn page() -> String {
    let mut whole = definition();
    whole.build();
    // It has no page.
    let whole = whole.mut_subcommand("help", |help| help.hide(true));
    let mut page = rendered(&whole, |man, page| man.render(page));
    for command in whole.get_subcommands() {
        add("gouji", command, &mut page);
    }
    page
}

/// A subcommand and those below it. What all of them take is at the head of the page.
fn add(above: &str, command: &Definition, page: &mut String) {
    if command.get_name() == "help" {
        return;
    }
    let name = format!("{above} {}", command.get_name());
    let own = command.clone().mut_args(|option| {
        let is_global = option.is_global_set();
        option.hide(is_global)
    });
    page.push_str(&format!(".SH \"{name}\"\n"));
    let text = rendered(&own, |man, page| {
        man.render_synopsis_section(page)?;
        man.render_description_section(page)?;
        man.render_options_section(page)
    });
    page.push_str(&text.replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", usize::from(text.starts_with(".SH "))));
    for below in command.get_subcommands() {
        add(&name, below, page);
    }
}

fn rendered(command: &Definition, render: impl Fn(&Man, &mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut page = Vec::new();
    render(&Man::new(command.clone()), &mut page).expect("memory takes all");
    String::from_utf8_lossy(&page).into_owned()
}
