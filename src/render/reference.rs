//! Rules explained, out of the packs alone: one of them for the terminal, all of them as a page.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use crate::message::{Argument, Language, Message};
use crate::pack::{Case, Core, Pack, Rule, raw::Change, rules};

const TAKEN: &str = "strings take all";

/// A rule as it is explained: with the packs that have it and one of its cases.
#[derive(Debug, Clone)]
pub struct Entry<'p> {
    pub rule: &'p Rule,
    /// Ids of the packs; `core` for what every form shares.
    pub packs: Vec<&'p str>,
    /// With the pack whose form it is made from.
    pub case: Option<(&'p Pack, &'p Case)>,
}

/// Every rule once, by its code, in the order of the packs.
pub fn entries<'p>(core: &'p Core, packs: &'p [Arc<Pack>]) -> Vec<Entry<'p>> {
    let mut entries: Vec<Entry<'p>> = Vec::new();
    for rule in rules(core, packs) {
        match entries.iter_mut().find(|entry| entry.rule.code == rule.code) {
            Some(known) => known.packs.push(&rule.pack),
            None => {
                let of_pack = |pack: &'p Arc<Pack>| {
                    let case = pack.cases().iter().find(|case| case.rule == rule.code)?;
                    Some((pack.as_ref(), case))
                };
                let case = packs.iter().find_map(of_pack);
                entries.push(Entry { rule, packs: vec![&rule.pack], case });
            }
        }
    }
    entries
}

/// The rules of each form together: rules of several are with the first of them.
pub fn of_forms<'e, 'p>(entries: &'e [Entry<'p>]) -> impl Iterator<Item = &'e [Entry<'p>]> {
    entries.chunk_by(|one, next| one.packs.first() == next.packs.first())
}

/// One rule, for the terminal.
pub fn explanation(entry: &Entry<'_>, language: Language) -> String {
    let rule = entry.rule;
    let mut text = format!("{} {}\n{}\n", rule.code, rule.name, language.pick(&rule.says));
    let why = language.pick(&rule.why);
    if !why.is_empty() {
        writeln!(text, "{why}").expect(TAKEN);
    }
    text.push('\n');
    for line in origin(rule) {
        writeln!(text, "{}", line.say(language)).expect(TAKEN);
    }
    writeln!(text, "{}", weight(entry).say(language)).expect(TAKEN);
    for (heading, lines) in sides(entry) {
        writeln!(text, "\n{}", heading.say(language)).expect(TAKEN);
        for line in lines {
            writeln!(text, "  {}", line.say(language)).expect(TAKEN);
        }
    }
    text
}

/// What a rule says, why, and where it comes from, as services show it beside a finding.
pub(super) fn help(rule: &Rule, language: Language) -> String {
    let why = language.pick(&rule.why);
    let mut lines = vec![language.pick(&rule.says).to_owned()];
    lines.extend((!why.is_empty()).then(|| why.to_owned()));
    lines.extend(origin(rule).iter().map(|line| line.say(language)));
    lines.push(Message::new("help.explain").with("code", rule.code.as_str()).say(language));
    lines.join("\n")
}

/// The same in Markdown.
pub(super) fn help_markdown(rule: &Rule, language: Language) -> String {
    let mut text = says(rule, language) + "\n";
    let origin = origin_items(rule, language);
    if !origin.is_empty() {
        text += &(origin + "\n");
    }
    text + &format!("`gouji explain {}`", rule.code)
}

/// What a rule says and why, as a paragraph.
fn says(rule: &Rule, language: Language) -> String {
    let (says, why) = (language.pick(&rule.says), language.pick(&rule.why));
    let why = if why.is_empty() { String::new() } else { format!("\\\n{}", escaped(why)) };
    format!("**{}**{why}\n", escaped(says))
}

/// The relation and the source as items of a list.
fn origin_items(rule: &Rule, language: Language) -> String {
    let mut text = String::new();
    if !rule.holds().is_empty() {
        let holds = Message::new("explain.holds").with("holds", format!("`{}`", rule.holds()));
        writeln!(text, "- {}", holds.say(language)).expect(TAKEN);
    }
    if !rule.source.is_empty() {
        let source = Message::new("explain.source").with("source", escaped(&rule.source));
        writeln!(text, "- {}", source.say(language)).expect(TAKEN);
    }
    text
}

/// Whose rules those of a pack are: 「中国 · 部门决算公开表（bmjs）」; those of every form are nobody's own.
pub fn form(entry: &Entry<'_>, packs: &[Arc<Pack>], language: Language) -> String {
    let Some(pack) = packs.iter().find(|pack| entry.packs.first() == Some(&pack.id.as_str())) else {
        return Message::new("rules.of-all").say(language);
    };
    let key = if pack.country.is_some() { "rules.of-form" } else { "rules.of-own-form" };
    let message = Message::new(key).with("name", &pack.name).with("id", pack.id.as_str());
    pack.country.iter().fold(message, |message, country| message.with("country", country)).say(language)
}

/// All rules as a Markdown page: what they say in both languages, the rest in `language`.
pub fn page(entries: &[Entry<'_>], packs: &[Arc<Pack>], language: Language) -> String {
    let mut text = format!("# {}\n\n", Message::new("reference.title").say(language));
    writeln!(text, "{}\n", Message::new("reference.lead").say(language)).expect(TAKEN);
    for of_form in of_forms(entries) {
        writeln!(text, "{}\n", form(&of_form[0], packs, language)).expect(TAKEN);
        for Entry { rule, .. } in of_form {
            writeln!(text, "- [{} {}](#{})", rule.code, rule.name, anchor(rule)).expect(TAKEN);
        }
        text.push('\n');
    }
    text.pop();
    for entry in entries {
        text.push('\n');
        text.push_str(&section(entry, language));
    }
    text
}

/// The anchor that GitHub gives to the heading `GJ310 requests-do-not-balance`.
fn anchor(rule: &Rule) -> String {
    format!("{}-{}", rule.code.to_lowercase(), rule.name)
}

fn section(entry: &Entry<'_>, language: Language) -> String {
    let rule = entry.rule;
    let mut text = format!("## {} {}\n", rule.code, rule.name);
    for language in [Language::Chinese, Language::English] {
        write!(text, "\n{}", says(rule, language)).expect(TAKEN);
    }
    text.push('\n');
    writeln!(text, "- {}", escaped(&weight(entry).say(language))).expect(TAKEN);
    text.push_str(&origin_items(rule, language));
    for (heading, lines) in sides(entry) {
        let lines = lines.iter().map(|line| line.say(language)).collect::<Vec<_>>().join("\n");
        let fence = if lines.contains("```") { "````" } else { "```" };
        write!(text, "\n{}\n\n{fence}text\n{lines}\n{fence}\n", heading.say(language)).expect(TAKEN);
    }
    text
}

/// Text in which Markdown sees no marks of its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The relation and the source, where the rule has them.
fn origin(rule: &Rule) -> Vec<Message> {
    let mut lines = Vec::new();
    if !rule.holds().is_empty() {
        lines.push(Message::new("explain.holds").with("holds", rule.holds()));
    }
    if !rule.source.is_empty() {
        lines.push(Message::new("explain.source").with("source", rule.source.as_str()));
    }
    lines
}

fn weight(entry: &Entry<'_>) -> Message {
    let packs = entry.packs.iter().map(|id| (*id).into()).collect();
    Message::new("explain.severity")
        .with("severity", super::words::severity(entry.rule.severity))
        .with("kind", entry.rule.kind.as_str())
        .with("pack", Argument::List(packs))
}

/// The wrong and the right report of the case, each as changes to the blank form.
fn sides(entry: &Entry<'_>) -> Vec<(Message, Vec<Message>)> {
    let Some((pack, case)) = entry.case else { return Vec::new() };
    vec![
        (Message::new("explain.wrong"), lines(pack, case, &case.wrong)),
        (Message::new("explain.right"), lines(pack, case, &case.right)),
    ]
}

/// What is not of the specimen, and what the other side of the case changes in it.
fn lines(pack: &Pack, case: &Case, change: &Change) -> Vec<Message> {
    if let Some(file) = &change.file {
        let message = if file.trim().is_empty() {
            Message::new("explain.case.empty")
        } else {
            Message::new("explain.case.file").with("text", file.trim())
        };
        return vec![message];
    }
    let mut lines = Vec::new();
    let whole = change.over(&case.base);
    let is_listed = |id: &String| case.wrong.figures.contains_key(id) || case.right.figures.contains_key(id);
    let opened = Some(&whole.rows).filter(|rows| !rows.is_empty());
    let opened = opened.and_then(|rows| pack.with_rows(&pack.open_rows(rows)).ok());
    // In the order of the form.
    for figure in &opened.as_ref().unwrap_or(pack).figures {
        if let Some(text) = whole.figures.get(&figure.id).filter(|_| is_listed(&figure.id)) {
            let message = Message::new("explain.case.figure").with("place", figure.place.as_str());
            lines.push(message.with("text", text.as_str()));
        }
    }
    lines.extend(of_others(pack, "explain.case.previous", &whole.previous));
    lines.extend(whole.children.iter().flat_map(|child| of_others(pack, "explain.case.child", child)));
    if let Some(path) = &change.path {
        lines.push(Message::new("explain.case.path").with("path", path.as_str()));
    }
    for (from, to) in &change.replace {
        let message = if to.trim().is_empty() {
            Message::new("explain.case.remove")
        } else {
            Message::new("explain.case.replace").with("to", to.trim())
        };
        lines.push(message.with("from", from.trim()));
    }
    let others = if case.base.figures.is_empty() { "explain.case.zeros" } else { "explain.case.others" };
    lines.push(Message::new(others));
    lines
}

/// Figures of another report.
fn of_others(pack: &Pack, key: &'static str, figures: &BTreeMap<String, String>) -> Option<Message> {
    let listed = pack.figures.iter().filter_map(|figure| {
        let text = figures.get(&figure.id)?;
        Some(
            Message::new("explain.case.figure").with("place", figure.place.as_str()).with("text", text.as_str()).into(),
        )
    });
    let listed: Vec<Argument> = listed.collect();
    (!listed.is_empty()).then(|| Message::new(key).with("figures", Argument::List(listed)))
}
