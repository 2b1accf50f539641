//! `gouji config`: what holds, as a `gouji.toml` would say it, each value with where it comes from.

use toml::Value;
use unicode_width::UnicodeWidthStr;

use super::{CommandError, setup, status};
use crate::cli::{Choice, FailOn, Lang};
use crate::config::{Config, Given, Origin};
use crate::limits::Limit;
use crate::message::{Language, Message};
use crate::pack::Level;

/// Origins stand below each other behind values of up to so many columns.
const WIDTH: usize = 34;

pub(super) fn run(config: Config, choice: &Choice, language: Language) -> Result<u8, CommandError> {
    let config = setup::with_choice(config, choice, language)?;
    // What would end a check ends this too.
    super::setup::chosen_checker(&config, language)?;
    let page = Page { config: &config, language };
    super::print(&page.text());
    Ok(status::SUCCESS)
}

struct Page<'c> {
    config: &'c Config,
    language: Language,
}

impl Page<'_> {
    fn text(&self) -> String {
        let Self { config, language } = *self;
        let mut text = self.head();
        text += &self.line("lang", quoted(name(&Lang::ALL, language.into())), config.lang(), "config.locale");
        let fail_on = config.fail_on().map_or_else(FailOn::default, |given| given.value);
        text += &self.line("fail-on", quoted(name(&FailOn::ALL, fail_on)), config.fail_on(), "config.default");
        if let Some(pack) = config.pack() {
            text += &self.line("pack", quoted(&pack.value), Some(pack), "config.default");
        }
        for (key, path) in [("cache", config.cache()), ("baseline", config.baseline()), ("waivers", config.waivers())] {
            let Some(path) = path else { continue };
            text += &self.line(key, quoted(&path.value.display().to_string()), Some(path), "config.default");
        }
        text += &self.list("rules", config.rules().map(|path| path.with(path.value.display().to_string())));
        if let Some(words) = config.select() {
            text += &self.list("select", words.iter().cloned());
        }
        text += &self.list("ignore", config.ignore().cloned());
        for (at, (word, level)) in config.severity().enumerate() {
            if at == 0 {
                text += "\n[severity]\n";
            }
            text += &self.line(&quoted(&word.value), quoted(&of_level(*level)), Some(word), "config.default");
        }
        text += "\n[limit]\n";
        let limits = config.limits();
        for (name, limit) in Limit::ALL {
            text += &self.line(name, limits.get(limit).to_string(), config.limit(limit), "config.default");
        }
        text
    }

    fn head(&self) -> String {
        let message = match &self.config.file {
            Some(file) => Message::new("config.file").with("path", file.path.display().to_string()),
            None => Message::new("config.no-file"),
        };
        format!("# {}\n", message.say(self.language))
    }

    /// `otherwise` says where a value comes from that nobody gave.
    fn line<T>(&self, key: &str, value: String, given: Option<&Given<T>>, otherwise: &'static str) -> String {
        let origin = given.map_or_else(|| Message::new(otherwise).say(self.language), |given| self.origin(given));
        remarked(&format!("{key} = {value}"), &origin)
    }

    fn list(&self, key: &str, values: impl Iterator<Item = Given<String>>) -> String {
        let mut values = values.peekable();
        if values.peek().is_none() {
            return self.line::<String>(key, "[]".to_owned(), None, "config.default");
        }
        let mut text = format!("{key} = [\n");
        for given in values {
            text += &remarked(&format!("  {},", quoted(&given.value)), &self.origin(&given));
        }
        text + "]\n"
    }

    fn origin<T>(&self, given: &Given<T>) -> String {
        match (&given.origin, &self.config.file) {
            (Origin::File(span), Some(file)) => file.line(span.start),
            (Origin::CommandLine(option), _) => {
                Message::new("config.option").with("option", *option).say(self.language)
            }
            (Origin::File(_), None) => String::new(),
        }
    }
}

/// A line with a remark behind it; Chinese takes two columns.
fn remarked(line: &str, remark: &str) -> String {
    let blanks = WIDTH.saturating_sub(line.width());
    format!("{line}{:blanks$}  # {remark}\n", "")
}

/// The word for a value.
fn name<T: PartialEq>(known: &'static [(&'static str, T)], value: T) -> &'static str {
    known.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

fn of_level(level: Level) -> String {
    match level {
        Level::Off => "off".to_owned(),
        Level::At(severity) => severity.to_string(),
    }
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
