//! Whose report it is, and of which year: by its title, the period of its figures, the names of its file and of the folders
//! it lies in, in that order. Where the names say something else than the report, that is a finding.

use std::path::Path;
use std::sync::Arc;

use crate::document::Part;
use crate::facts::Facts;
use crate::finding::{Finding, Subject};
use crate::message::Message;
use crate::pack::{CollectionSettings, Fault, Levels, Pack, Severity};
use crate::squeeze::Squeezed;

/// Whose report it is, and of which year, as far as that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub organization: Option<String>,
    pub year: Option<u16>,
}

impl Identity {
    /// What the report says of itself, else what the names on its path say.
    pub fn of(path: &str, facts: &Facts<'_>, pack: &Pack) -> Self {
        let title = facts.titles.first();
        let own = title.map(|title| title.organization.clone()).filter(|name| !name.is_empty());
        let year = title.map(|title| title.year).or_else(|| facts.periods.first().map(|period| period.year));
        if own.is_some() && year.is_some() {
            return Self { organization: own, year };
        }
        let names = Names::new(path, facts.part.as_ref(), pack);
        Self { organization: own.or_else(|| names.organization()), year: year.or_else(|| names.year()) }
    }

    /// What the names on the path of a file that cannot be read say of it, in whichever form: both, or nothing.
    pub fn of_names(path: &str, packs: &[Arc<Pack>]) -> Option<Self> {
        // What is packed in it may be of many agencies.
        const ARCHIVE: &str = "zip";
        if Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ARCHIVE)) {
            return None;
        }
        let mut forms = packs.iter().map(|pack| Names::new(path, None, pack));
        let first = forms.next()?;
        let names =
            if first.title.is_some() { first } else { forms.find(|names| names.title.is_some()).unwrap_or(first) };
        Some(Self { organization: Some(names.organization()?), year: Some(names.year()?) })
    }

    /// What is not known of it, of a form that says it.
    pub fn unseen(&self, pack: &Pack) -> Vec<Message> {
        let says = &pack.identify;
        if says.title.is_empty() && says.organization.is_none() {
            return Vec::new();
        }
        let organization = self.organization.is_none().then(|| Message::new("unseen.organization"));
        let year = self.year.is_none().then(|| Message::new("unseen.year"));
        organization.into_iter().chain(year).collect()
    }
}

/// What the names on the path of a report say against it.
pub fn disagreements(path: &str, facts: &Facts<'_>, pack: &Pack, levels: &Levels) -> Vec<Finding> {
    let Some(title) = facts.titles.first() else { return Vec::new() };
    // Where a file holds several reports, only the name of its sheet is that of one.
    let names = match &facts.part {
        None => Names::new(path, None, pack),
        Some(part) => Names::new("", Some(part), pack),
    };
    let of_file = |fault, message: Message, own: &str| {
        let subject = Subject::Text("file-name".to_owned());
        let mut finding =
            Finding::new(pack.core.rule(fault), subject, Some(title.location.clone()), message.with("title", own));
        finding.found = Some(own.to_owned());
        finding
    };
    let year = names.other_year(title.year).and_then(|(year, severity)| {
        let message = Message::new("year-in-file-name").with("year", year.to_string());
        let finding = of_file(Fault::YearInFileName, message, &title.year.to_string()).weighed(levels)?;
        Some(Finding { severity: finding.severity.min(severity), ..finding })
    });
    let organization = names.other_organization(&title.organization).and_then(|name| {
        let message = Message::new("organization-in-file-name").with("name", name);
        of_file(Fault::OrganizationInFileName, message, &title.organization).weighed(levels)
    });
    year.into_iter().chain(organization).collect()
}

/// The names on a path.
struct Names<'p> {
    /// Of the sheet where a file holds several reports, of the file without its extension, then of its folders from the
    /// innermost on; without blanks.
    parts: Vec<String>,
    /// The agency and the year, where the file has the title of a report.
    title: Option<(String, u16)>,
    words: &'p CollectionSettings,
}

impl<'p> Names<'p> {
    fn new(path: &str, part: Option<&Part>, pack: &'p Pack) -> Self {
        let mut parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        if let Some(file) = parts.last_mut() {
            *file = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
        }
        let sheet = part.and_then(Part::sheet);
        parts.extend(sheet);
        let parts: Vec<String> = parts.iter().rev().map(|part| Squeezed::new(part).text.into_owned()).collect();
        let title = parts.first().and_then(|file| title(file, pack));
        Self { parts, title, words: &pack.core.collection }
    }

    /// The year of the report, where it is certainly no other year.
    fn sure_year(&self) -> Option<u16> {
        let file = self.parts.first()?;
        let by_words = || self.words.year_surely.captures(file)?.name("year")?.as_str().parse().ok();
        self.title.as_ref().map(|(_, year)| *year).or_else(by_words)
    }

    fn year(&self) -> Option<u16> {
        let sole = |part: &String| match self.words.years(part).as_slice() {
            [year] => Some(*year),
            _ => None,
        };
        self.sure_year().or_else(|| self.parts.iter().find_map(sole))
    }

    /// A year where the report's own is expected, and how much that weighs: a year later may be that in which the
    /// report was published.
    fn other_year(&self, own: u16) -> Option<(u16, Severity)> {
        if let Some(year) = self.sure_year() {
            return (year != own).then_some((year, Severity::Warning));
        }
        let (file, folders) = self.parts.split_first()?;
        match self.words.years(file).as_slice() {
            // A year beside Latin letters may be anything: `form-2019`, `scan2024`.
            _ if file.contains(|c: char| c.is_ascii_alphabetic()) => return None,
            [] => {}
            years if years.contains(&own) => return None,
            [year] if *year == own + 1 => return Some((*year, Severity::Advice)),
            [year] => return Some((*year, Severity::Warning)),
            _ => return None,
        }
        // A folder of one year; other folders may hold several.
        let year = folders.iter().find_map(|part| self.words.sole_year(part))?;
        (year != own && year != own + 1).then_some((year, Severity::Warning))
    }

    /// The agency: a name that is one, behind the place that the nearest folder names.
    fn organization(&self) -> Option<String> {
        if let Some((organization, _)) = self.title.as_ref().filter(|(organization, _)| !organization.is_empty()) {
            return Some(organization.clone());
        }
        let names: Vec<String> = self.parts.iter().map(|part| self.words.without_noise(part)).collect();
        let is_place = |name: &str| self.words.place.is_match(name);
        let at = names.iter().position(|name| self.words.agency.is_match(name))?;
        let place = names[at + 1..].iter().find(|name| is_place(name));
        Some(match place {
            Some(place) if !names[at].starts_with(place.as_str()) && !is_place(&names[at]) => {
                format!("{place}{}", names[at])
            }
            _ => names[at].clone(),
        })
    }

    /// Another agency than the report's own, where the file has a title.
    fn other_organization(&self, own: &str) -> Option<String> {
        let (name, _) = self.title.as_ref()?;
        let is_other = !name.is_empty() && !own.is_empty() && !crate::check::is_same_name(name, own);
        is_other.then(|| name.clone())
    }
}

/// The agency and the year in a name that is the title of a report.
fn title(name: &str, pack: &Pack) -> Option<(String, u16)> {
    pack.identify.title.iter().find_map(|pattern| {
        let captures = pattern.captures(name)?;
        let organization = captures.name("organization").map_or("", |name| name.as_str()).to_owned();
        Some((organization, captures.name("year")?.as_str().parse().ok()?))
    })
}
