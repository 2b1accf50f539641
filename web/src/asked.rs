//! What the page may ask.

use gouji::Language;
use gouji::form::Wanted;
use serde::Deserialize;

use crate::across;
use crate::files::{self, Within};
use crate::made;
use crate::packet::{Packet, Reply};

/// A request. Files come with it in the order in which they are named.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub(crate) enum Asked {
    /// Which forms there are, what files may cost, which version this is.
    About { language: Said },
    /// Which of the files of a folder are looked into, and in which order.
    Choose { paths: Vec<String> },
    /// The reports in an archive.
    List { path: String, language: Said },
    /// A file, checked.
    Check {
        path: String,
        within: Option<Within>,
        /// It was chosen itself, and not found in a folder or archive.
        named: bool,
        language: Said,
    },
    /// A file that ended the instance which checked it.
    Panicked { path: String, detail: String, language: Said },
    /// A file that took too long.
    Late { path: String, language: Said },
    /// A file that the browser cannot read.
    NotOpened { path: String, detail: String, language: Said },
    /// All reports, to be compared with each other.
    Judge { members: Vec<across::Member>, language: Said },
    /// Files of reports with something against them, read again: the report's own first.
    Again { entry: usize, files: Vec<across::File>, language: Said },
    /// All that was said, in an output format; reports as JSON.
    Render {
        format: String,
        reports: Vec<String>,
        across: Box<across::Gathered>,
        left_out: usize,
        day: Option<String>,
        language: Said,
    },
    /// The reports of a file, as printed, with what is wrong marked.
    Marked { path: String, within: Option<Within>, language: Said },
    /// A copy of a file with what was found marked in it.
    Annotated { path: String, within: Option<Within>, language: Said },
    /// A blank form; the report of the year before comes with it where it has a name.
    Blank {
        pack: String,
        organization: Option<String>,
        year: Option<u16>,
        format: String,
        previous: Option<String>,
        language: Said,
    },
    /// The figures of files.
    Figures { files: Vec<files::Named>, language: Said },
}

/// A language, as the page names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Said {
    Zh,
    En,
}

impl From<Said> for Language {
    fn from(said: Said) -> Self {
        match said {
            Said::Zh => Self::Chinese,
            Said::En => Self::English,
        }
    }
}

/// Answers it.
///
/// # Errors
/// When it is nothing that can be asked, or comes without its files.
pub(crate) fn answer(packet: &Packet<'_>) -> Result<Reply, String> {
    let lost = |path: &str, why, language: Said| files::lost(path, &why, language.into());
    Ok(match packet.head()? {
        Asked::About { language } => Reply::new(&files::about(language.into())),
        Asked::Choose { paths } => Reply::new(&files::choose(&paths)),
        Asked::List { path, language } => Reply::new(&files::list(&path, packet.file()?, language.into())),
        Asked::Check { path, within, named, language } => {
            Reply::new(&files::check(&path, packet.file()?, within.as_ref(), named, language.into()))
        }
        Asked::Panicked { path, detail, language } => {
            Reply::new(&files::panicked(&path, packet.file().unwrap_or_default(), &detail, language.into()))
        }
        Asked::Late { path, language } => Reply::new(&lost(&path, files::late(), language)),
        Asked::NotOpened { path, detail, language } => Reply::new(&lost(&path, files::not_opened(detail), language)),
        Asked::Judge { members, language } => Reply::new(&across::judge(members, language.into())?),
        Asked::Again { entry, files, language } => {
            Reply::new(&across::again(entry, &files, &packet.files, language.into())?)
        }
        Asked::Render { format, reports, across, left_out, day, language } => {
            made::rendered(&format, reports, *across, left_out, day, language.into())?
        }
        Asked::Marked { path, within, language } => {
            Reply::new(&made::marked(&path, packet.file()?, within.as_ref(), language.into()))
        }
        Asked::Annotated { path, within, language } => {
            made::annotated(&path, packet.file()?, within.as_ref(), language.into())?
        }
        Asked::Blank { pack, organization, year, format, previous, language } => {
            let previous = previous.as_deref().map(|name| Ok::<_, String>((name, packet.file()?))).transpose()?;
            let wanted = Wanted { pack: Some(&pack), organization: organization.as_deref(), year, previous };
            made::blank(&wanted, &format, language.into())?
        }
        Asked::Figures { files, language } => made::figures(&files, &packet.files, language.into())?,
    })
}
