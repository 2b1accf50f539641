//! `gouji completions` and `gouji man`: made of the definitions of the command line, so that they say what it takes.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use clap_mangen::Man;

use super::streams::{not_written, print, say_text};
use super::{CommandError, status};
use crate::cli::{Definition, Error, Shell, definition, definition_in, refused};
use crate::message::{Language, Message};

/// Prints help, the version, or what is wrong with the call; the exit status.
pub(super) fn answer(answer: &Error, language: Language) -> u8 {
    if let Some((message, hint)) = refused(answer, &definition(), language) {
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

/// Headings that pages have in English.
const HEADINGS: [(&str, &str); 4] = [
    ("NAME", "man.name"),
    ("SYNOPSIS", "man.synopsis"),
    ("DESCRIPTION", "man.description"),
    ("VERSION", "man.version"),
];

/// `gouji man`: one page of the command with its subcommands, or a page each in a folder.
pub(super) fn man(folder: Option<&Path>, language: Language) -> Result<u8, CommandError> {
    let mut whole = definition_in(language);
    whole.build();
    let whole = without_help(whole);
    let Some(folder) = folder else {
        print(&in_language(&page(&whole), language))?;
        return Ok(status::SUCCESS);
    };
    pages(&whole, folder, language).map_err(|error| not_written(&folder.display().to_string(), &error))?;
    Ok(status::SUCCESS)
}

/// The subcommand that only prints help has no page.
fn without_help(command: Definition) -> Definition {
    let command = command.mut_subcommands(without_help);
    let is_help = command.get_name() == "help";
    command.hide(is_help)
}

/// A page each, made beside their places.
fn pages(whole: &Definition, folder: &Path, language: Language) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let beside = tempfile::tempdir_in(folder)?;
    write_pages(whole, beside.path(), language)?;
    for page in std::fs::read_dir(beside.path())? {
        let page = page?;
        std::fs::rename(page.path(), folder.join(page.file_name()))?;
    }
    Ok(())
}

fn write_pages(command: &Definition, folder: &Path, language: Language) -> io::Result<()> {
    let page = rendered(command, |man, page| man.render(page));
    std::fs::write(folder.join(Man::new(command.clone()).get_filename()), in_language(&page, language))?;
    shown(command).try_for_each(|below| write_pages(below, folder, language))
}

/// The subcommands that have pages.
fn shown(command: &Definition) -> impl Iterator<Item = &Definition> {
    command.get_subcommands().filter(|below| !below.is_hide_set())
}

fn page(whole: &Definition) -> String {
    let mut page = rendered(whole, |man, page| man.render(page));
    for command in shown(whole) {
        add("gouji", command, &mut page);
    }
    page
}

/// A subcommand and those below it. What all of them take is at the head of the page.
fn add(above: &str, command: &Definition, page: &mut String) {
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
    for below in shown(command) {
        add(&name, below, page);
    }
}

/// A page with its headings in a language.
fn in_language(page: &str, language: Language) -> String {
    HEADINGS.into_iter().fold(page.to_owned(), |page, (heading, key)| {
        let own = Message::new(key).say(language);
        let page = page.replace(&format!(".SH {heading}\n"), &format!(".SH {own}\n"));
        page.replace(&format!(".SS {heading}\n"), &format!(".SS {own}\n"))
    })
}

fn rendered(command: &Definition, render: impl Fn(&Man, &mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut page = Vec::new();
    render(&Man::new(command.clone()), &mut page).expect("memory takes all");
    String::from_utf8_lossy(&page).into_owned()
}
