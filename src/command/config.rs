//! `gouji config`: the effective settings as one `gouji.toml`, on request each with its origin.

use std::path::Path;
use std::sync::Arc;

use toml::Value;
use unicode_width::UnicodeWidthStr;

use super::checkers::{Checkers, Purpose};
use super::streams::print;
use super::{CommandError, setup, status};
use crate::checker::Checker;
use crate::cli::{ConfigArguments, FailOn, Lang};
use crate::config::{self, Chosen, Config, Given, Origin, Override, Together};
use crate::limits::Limit;
use crate::message::{Language, Message};
use crate::pack::{Core, Level, Pack, goes_before};

/// Origins are aligned behind values of up to this many columns.
const WIDTH: usize = 34;

pub(super) fn run(config: Config, arguments: &ConfigArguments, language: Language) -> Result<u8, CommandError> {
    let config = Arc::new(setup::with_choice(config, &arguments.choice, language)?);
    // What would end a check ends this too.
    Checkers::new(&config, Purpose::Check, language)?;
    let all = setup::checker(&config)?;
    let page = Page { config: &config, language, shows_origins: arguments.show_origin };
    print(&page.text(&parts(&config, all.core(), all.packs())))?;
    Ok(status::SUCCESS)
}

/// All that is configured, as one `gouji.toml` that says the same.
pub(super) fn text(config: &Config, all: &Checker, language: Language) -> String {
    Page { config, language, shows_origins: false }.text(&parts(config, all.core(), all.packs()))
}

/// `gouji config --schema`: what editors hold a `gouji.toml` against.
pub(super) fn schema() -> Result<u8, CommandError> {
    print(&config::schema())?;
    Ok(status::SUCCESS)
}

/// Choices that can be said in one place of one file.
struct Part<'c> {
    of: Whose<'c>,
    together: Together<'c>,
}

/// For which reports they hold.
#[derive(Clone, Copy)]
enum Whose<'c> {
    /// All; at the top of the file.
    Top,
    /// All; behind what holds for some.
    All,
    Some(&'c Override),
}

/// All that is chosen. What a later place says goes before what an earlier one says, even where that is narrower, so not all
/// of it can be said in one place.
fn parts<'c>(config: &'c Config, core: &Core, packs: &[Arc<Pack>]) -> Vec<Part<'c>> {
    let mut parts = vec![Part { of: Whose::Top, together: Together::default() }];
    let mut add = |of: Whose<'c>, chosen: &'c Chosen| {
        let last = parts.last_mut().filter(|part| !matches!((part.of, of), (Whose::Some(_), _) | (_, Whose::Some(_))));
        match last.filter(|part| part.goes_with(chosen, core, packs)) {
            Some(part) => part.together.0.push(chosen),
            None if chosen.is_empty() => {}
            None => parts.push(Part { of, together: Together(vec![chosen]) }),
        }
    };
    config.of_files().for_each(|chosen| add(Whose::All, chosen));
    config.overrides().iter().for_each(|own| add(Whose::Some(own), &own.chosen));
    add(Whose::All, config.of_command_line());
    parts
}

impl Part<'_> {
    /// Whether later words take precedence over earlier ones even within the same place.
    fn goes_with(&self, later: &Chosen, core: &Core, packs: &[Arc<Pack>]) -> bool {
        let mut words =
            self.together.severity().flat_map(|(word, _)| later.severity.iter().map(move |own| (word, &own.0)));
        !words.any(|(word, later)| goes_before(&word.value, &later.value, core, packs))
    }
}

struct Page<'c> {
    config: &'c Config,
    language: Language,
    shows_origins: bool,
}

impl Page<'_> {
    fn text(&self, parts: &[Part<'_>]) -> String {
        let Self { config, language, .. } = *self;
        let mut text = self.head();
        text +=
            &self.line("lang", quoted(name(&Lang::ALL, language.into())), config.values.lang.as_ref(), "config.locale");
        let fail_on = config.values.fail_on.as_ref().map_or_else(FailOn::default, |given| given.value);
        text += &self.line(
            "fail-on",
            quoted(name(&FailOn::ALL, fail_on)),
            config.values.fail_on.as_ref(),
            "config.default",
        );
        let paths = [
            ("cache", config.values.cache.as_ref()),
            ("organs", config.values.agencies.as_ref()),
            ("baseline", config.values.baseline.as_ref()),
            ("waivers", config.values.waivers.as_ref()),
        ];
        for (key, path) in paths {
            if let Some(path) = path {
                text += &self.line(key, path_quoted(&path.value), Some(path), "config.default");
            }
        }
        text += &self.list(
            "rules",
            config.values.rules.iter().map(|path| path.with(path.value.display().to_string())),
            true,
        );
        for part in parts {
            text += &self.part(part);
            if matches!(part.of, Whose::Top) {
                text += "\n[limit]\n";
                let limits = config.values.limits();
                for (name, limit) in Limit::ALL {
                    text +=
                        &self.line(name, limits.get(limit).to_string(), config.values.limit(limit), "config.default");
                }
            }
        }
        text
    }

    fn part(&self, part: &Part<'_>) -> String {
        let is_top = matches!(part.of, Whose::Top);
        let mut text = if is_top { String::new() } else { "\n[[override]]\n".to_owned() };
        match part.of {
            Whose::Top => {}
            Whose::All => {
                let everywhere = || Message::new("config.everywhere").say(self.language);
                text += &format!("paths = [\n{}]\n", self.remarked("  \"**\",", everywhere));
            }
            Whose::Some(own) => {
                if let Some(paths) = &own.paths {
                    let seen = |given: &Given<String>| given.with(seen_from_here(given));
                    text += &self.list("paths", paths.written.iter().map(seen), false);
                }
                if let Some(names) = &own.organizations {
                    text += &self.list("organizations", names.written.iter().cloned(), false);
                }
            }
        }
        if let Some(pack) = part.together.pack() {
            text += &self.line("pack", quoted(&pack.value), Some(pack), "config.default");
        }
        if let Some(words) = part.together.select() {
            text += &self.list("select", words.iter().cloned(), true);
        }
        text += &self.list("ignore", part.together.ignore().cloned(), is_top);
        let table = if is_top { "severity" } else { "override.severity" };
        for (at, (word, level)) in part.together.severity().enumerate() {
            if at == 0 {
                text += &format!("\n[{table}]\n");
            }
            text += &self.line(&quoted(&word.value), quoted(name(&Level::ALL, *level)), Some(word), "config.default");
        }
        text
    }

    fn head(&self) -> String {
        if !self.shows_origins {
            return String::new();
        }
        let message = match &self.config.file {
            Some(file) => Message::new("config.file").with("path", file.path.display().to_string()),
            None => Message::new("config.no-file"),
        };
        format!("# {}\n", message.say(self.language))
    }

    /// `otherwise` says where a value comes from that nobody gave.
    fn line<T>(&self, key: &str, value: String, given: Option<&Given<T>>, otherwise: &'static str) -> String {
        self.remarked(&format!("{key} = {value}"), || {
            given.map_or_else(|| Message::new(otherwise).say(self.language), |given| self.origin(given))
        })
    }

    /// `says_nothing` where an empty list is shown, too.
    fn list(&self, key: &str, values: impl Iterator<Item = Given<String>>, says_nothing: bool) -> String {
        let mut values = values.peekable();
        if values.peek().is_none() {
            let nothing = || self.line::<String>(key, "[]".to_owned(), None, "config.default");
            return if says_nothing { nothing() } else { String::new() };
        }
        let mut text = format!("{key} = [\n");
        for given in values {
            text += &self.remarked(&format!("  {},", quoted(&given.value)), || self.origin(&given));
        }
        text + "]\n"
    }

    fn origin<T>(&self, given: &Given<T>) -> String {
        match &given.origin {
            Origin::File(file, span) => file.line(span.start),
            Origin::CommandLine(option) | Origin::Argument(option) => {
                Message::new("config.option").with("option", *option).say(self.language)
            }
        }
    }

    /// A line with a remark behind it, if remarks are wanted; Chinese takes two columns.
    fn remarked(&self, line: &str, remark: impl Fn() -> String) -> String {
        if !self.shows_origins {
            return format!("{line}\n");
        }
        let blanks = WIDTH.saturating_sub(line.width());
        format!("{line}{:blanks$}  # {}\n", "", remark())
    }
}

/// A pattern for paths as a file in the working directory has to write it.
fn seen_from_here(given: &Given<String>) -> String {
    let Origin::File(file, _) = &given.origin else { return given.value.clone() };
    let folder = file.path.parent().unwrap_or(Path::new("")).display().to_string().replace('\\', "/");
    config::seen_from_above(&given.value, &folder)
}

/// The word for a value.
fn name<T: PartialEq>(known: &'static [(&'static str, T)], value: T) -> &'static str {
    known.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

fn path_quoted(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
