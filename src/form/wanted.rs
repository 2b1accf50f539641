//! Which form is wanted: for whom, for which year, after which report.

use std::sync::Arc;

use super::blank_form::BlankForm;
use super::plan::carried;
use super::previous::Previous;
use super::text;
use crate::checker::Checker;
use crate::message::{Argument, Message, Words};
use crate::pack::{Pack, Years, by_country};

/// Which form is wanted. What the report of the year before says need not be said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'w> {
    /// The id of the form, or that of its family: then the version of the year.
    pub pack: Option<&'w str>,
    pub organization: Option<&'w str>,
    pub year: Option<u16>,
    /// The name and the bytes of the report of the year before.
    pub previous: Option<(&'w str, &'w [u8])>,
}

/// A form that was wanted.
#[derive(Debug)]
pub struct Made {
    pub form: BlankForm,
    /// How many figures come from the report of the year before.
    pub carried: usize,
    /// What is to be looked at before it is filled in.
    pub remarks: Vec<Message>,
}

impl Made {
    /// The form that is wanted.
    ///
    /// # Errors
    /// Where it is not clear which one that is, where it is not the one of its year, or where the report of the year before is
    /// another agency's, another year's, or none.
    pub fn new(checker: &Checker, wanted: &Wanted<'_>) -> Result<Self, Message> {
        let previous = wanted.previous.map(|(name, bytes)| Previous::read(checker, name, bytes)).transpose()?;
        if wanted.pack.is_none() && previous.is_none() {
            return Err(Message::new("blank.no-pack").with("known", known(checker.packs())));
        }
        let year = year(wanted, previous.as_ref())?;
        let pack = pack(checker.packs(), wanted, previous.as_ref(), year)?;
        let organization = organization(wanted, previous.as_ref())?;
        let mut form = BlankForm {
            figures: vec![String::new(); pack.figures.len()],
            texts: vec![String::new(); pack.sections.len()],
            organization,
            year,
            previous: None,
            carried: Vec::new(),
            pack,
        };
        let mut remarks = Vec::new();
        if let Some(previous) = previous {
            form.pack = previous.with_its_rows(&form.pack);
            form.figures = vec![String::new(); form.pack.figures.len()];
            remarks.extend(previous.remarks());
            form.previous = Some(previous.numbers_for(&form.pack));
            for (figure, number) in carried(&form) {
                form.figures[figure] = number.normalize().to_string();
                form.carried.push(figure);
            }
            if form.carried.is_empty() {
                remarks.push(Message::new("blank.nothing-carried"));
            }
        }
        if let Some(named_in) = form.pack.identify.organization {
            form.figures[named_in].clone_from(&form.organization);
        }
        reads_back(checker, &form)?;
        Ok(Self { carried: form.carried.len(), form, remarks })
    }
}

/// Whether the form will be read as whose and when it is: a name that holds a year, say, is read otherwise.
fn reads_back(checker: &Checker, form: &BlankForm) -> Result<(), Message> {
    let text = text::write(form);
    let known = checker.packs().iter().find(|pack| pack.id == form.pack.id);
    let checker = known.map_or_else(|| checker.clone(), |pack| checker.clone().with_form(pack));
    let identities = checker.read_with("", text.as_bytes(), |reading| reading.identity.clone());
    let [Ok(identity)] = &identities[..] else { return Ok(()) };
    let is_own = |name: &String| crate::check::is_same_name(name, &form.organization);
    let (is_other, is_of_other) = (
        identity.organization.as_ref().is_some_and(|name| !is_own(name)),
        identity.year.is_some_and(|year| year != form.year),
    );
    if !is_other && !is_of_other {
        return Ok(());
    }
    let message = Message::new("blank.read-otherwise").with("title", form.title());
    let year = identity.year.map_or_else(String::new, |year| year.to_string());
    Err(message.with("organization", identity.organization.clone().unwrap_or_default()).with("year", year))
}

fn year(wanted: &Wanted<'_>, previous: Option<&Previous>) -> Result<u16, Message> {
    let after = previous.map(|previous| previous.year + 1);
    let year = wanted.year.or(after).ok_or_else(|| Message::new("blank.no-year"))?;
    match previous {
        Some(previous) if Some(year) != after => Err(Message::new("blank.other-year")
            .with("previous", previous.year.to_string())
            .with("wanted", (u32::from(year).saturating_sub(1)).to_string())),
        _ => Ok(year),
    }
}

fn organization(wanted: &Wanted<'_>, previous: Option<&Previous>) -> Result<String, Message> {
    let said = wanted.organization.map(str::trim).filter(|name| !name.is_empty());
    if said.is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(Message::new("blank.strange-organization"));
    }
    match (said, previous.and_then(|previous| previous.organization.as_deref())) {
        (None, None) if previous.is_some() => Err(Message::new("blank.no-organization-in-previous")),
        (None, None) => Err(Message::new("blank.no-organization")),
        (None, Some(name)) | (Some(name), None) => Ok(name.to_owned()),
        (Some(said), Some(name)) if crate::check::is_same_name(said, name) => Ok(said.to_owned()),
        (Some(said), Some(name)) => {
            Err(Message::new("blank.other-organization").with("previous", name).with("wanted", said))
        }
    }
}

/// The form: by its id, by its family and the year, or that of the report of the year before.
fn pack(
    packs: &[Arc<Pack>],
    wanted: &Wanted<'_>,
    previous: Option<&Previous>,
    year: u16,
) -> Result<Arc<Pack>, Message> {
    let said = match (wanted.pack, previous) {
        (Some(id), _) => id,
        (None, Some(previous)) => previous.pack.family.as_deref().unwrap_or(&previous.pack.id),
        (None, None) => return Err(Message::new("blank.no-pack").with("known", known(packs))),
    };
    let of_family = |pack: &&Arc<Pack>| pack.family.as_deref() == Some(said);
    let due =
        |family: &str| packs.iter().find(|pack| pack.family.as_deref() == Some(family) && pack.years.contains(year));
    let pack = match packs.iter().find(|pack| pack.id == said) {
        Some(pack) => pack,
        None if packs.iter().any(|pack| of_family(&pack)) => {
            due(said).ok_or_else(|| Message::new("blank.no-version").with("year", year.to_string()))?
        }
        None => return Err(Message::new("blank.unknown-pack").with("name", said).with("known", known(packs))),
    };
    if !pack.years.contains(year) {
        let due = pack.family.as_deref().and_then(due);
        let message = match due {
            Some(due) => Message::new("blank.other-version").with("due", &due.name).with("id", due.id.as_str()),
            None => Message::new("blank.not-of-year").with("years", years(pack.years)),
        };
        return Err(message.with("name", &pack.name).with("year", year.to_string()));
    }
    if let Some(previous) = previous {
        let is_same = previous.pack.id == pack.id || pack.family.is_some() && previous.pack.family == pack.family;
        if !is_same {
            return Err(Message::new("blank.other-form")
                .with("previous", &previous.pack.name)
                .with("wanted", &pack.name));
        }
    }
    Ok(Arc::clone(pack))
}

/// The forms by their ids, country by country.
fn known(packs: &[Arc<Pack>]) -> Argument {
    let one =
        |pack: &&Arc<Pack>| Message::new("blank.known").with("id", pack.id.as_str()).with("name", &pack.name).into();
    let of_country = |(country, packs): (Option<&Words>, Vec<&Arc<Pack>>)| {
        let forms = Argument::List(packs.iter().map(one).collect());
        country.map_or_else(
            || Message::new("blank.known-of-none").with("forms", forms.clone()).into(),
            |country| Message::new("blank.known-of").with("country", country).with("forms", forms.clone()).into(),
        )
    };
    Argument::Sentences(by_country(packs).into_iter().map(of_country).collect())
}

fn years(years: Years) -> Message {
    let bound = |year: Option<u16>| year.map_or_else(String::new, |year| year.to_string());
    let key = match (years.from, years.to) {
        (Some(_), Some(_)) => "blank.years",
        (Some(_), None) => "blank.years-from",
        _ => "blank.years-to",
    };
    Message::new(key).with("from", bound(years.from)).with("to", bound(years.to))
}
