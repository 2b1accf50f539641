//! The program was started by a double click, or files were dragged onto its icon: its console is its own, and closes with
//! it. So it says what to do, or checks the files, and waits until somebody has read that.
//!
//! All that is special to Windows is here.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use super::status;
use super::streams::say;
use crate::message::{Language, Message};

/// What is set where something else than Windows opens a console for the program alone: a starter of a desktop.
const OWN: &str = "GOUJI_OWN_CONSOLE";
/// The checker as a page, which comes with the program.
const PAGE: &str = "gouji.html";

/// How it was started.
pub(super) struct Started {
    has_files: bool,
}

/// How the program was started, if its console is its own and it was called as icons call programs: with nothing, or with
/// files alone. Of any other call, somebody has written it into a starter or a plan, where nobody may be there to read.
pub(super) fn started() -> Option<Started> {
    let mut given = std::env::args_os().skip(1).map(PathBuf::from).peekable();
    let has_files = given.peek().is_some();
    let are_files = given.all(|path| path.is_absolute() && path.exists());
    (are_files && is_own() && io::stdin().is_terminal()).then_some(Started { has_files })
}

impl Started {
    /// Checks the files, or says how to go on; then waits for Enter.
    pub fn run(&self, language: Language, check: impl FnOnce() -> u8) -> u8 {
        let ending = if self.has_files {
            check()
        } else {
            say(&Message::new("own-console.drag"), language);
            say(&page(), language);
            status::SUCCESS
        };
        say(&Message::new("own-console.wait"), language);
        // Where nothing can be read, nobody waits.
        drop(io::stdin().lock().read_line(&mut String::new()));
        ending
    }
}

/// Where the page is that needs no console.
fn page() -> Message {
    let program = std::env::current_exe().ok();
    let beside =
        program.as_deref().and_then(Path::parent).map(|folder| folder.join(PAGE)).filter(|page| page.is_file());
    match beside {
        Some(page) => Message::new("own-console.page").with("path", page.display().to_string()),
        None => Message::new("own-console.page-elsewhere").with("name", PAGE),
    }
}

fn is_own() -> bool {
    std::env::var_os(OWN).is_some_and(|value| value == "1") || is_alone()
}

/// Whether no other program, as a shell that has started this one, is at its console.
#[cfg(windows)]
#[expect(unsafe_code, reason = "no library asks Windows this in safe code")]
fn is_alone() -> bool {
    let mut processes = [0_u32; 2];
    // SAFETY: the list is writable, and as long as is said.
    let count = unsafe { windows_sys::Win32::System::Console::GetConsoleProcessList(processes.as_mut_ptr(), 2) };
    count == 1
}

#[cfg(not(windows))]
fn is_alone() -> bool {
    false
}
