//! The draft as TOML, laid out as the packs that come with the program are.

use std::fmt::Write;

use super::form::{Form, Table};
use super::node::Node;
use super::title::Title;
use super::words::words;
use crate::message::{Language, Message};
use crate::pack::Core;
use crate::squeeze::Squeezed;

const TAKEN: &str = "strings take all";

pub(super) fn write(form: &Form, id: &str, core: &Core, language: Language) -> String {
    let mut writer = Writer { text: String::new(), core, language, sums: 0 };
    writer.head(form, id);
    for (index, section) in form.sections.iter().enumerate() {
        let tables = form.tables.iter().enumerate().filter(|(_, table)| table.section == Some(index));
        let tables: Vec<String> = tables.map(|(table, _)| string(&table_id(table))).collect();
        writer.line("[[section]]");
        writer.line(&format!("number   = {}", index + 1));
        writer.line(&format!("title    = {}", string(&section.title)));
        if !tables.is_empty() {
            writer.line(&format!("tables   = [{}]", tables.join(", ")));
        } else {
            let is_placeholder = |text: &String| core.placeholders.is_match(&Squeezed::new(text).text);
            let text = Some(section.text.clone()).filter(|text| !text.is_empty() && !is_placeholder(text));
            let text = text.unwrap_or_else(|| Message::new("draft.specimen").say(Language::Chinese));
            writer.line(&format!("specimen = {}", string(&text)));
        }
        writer.line("");
    }
    for (index, table) in form.tables.iter().enumerate() {
        writer.table(index, table);
    }
    writer.comment(Message::new("draft.sums"));
    for (index, table) in form.tables.iter().enumerate() {
        writer.sums(index, table);
    }
    writer.text.truncate(writer.text.trim_end().len());
    writer.text + "\n"
}

fn table_id(index: usize) -> String {
    format!("t{}", index + 1)
}

/// A basic string of TOML, which is written as one of JSON.
fn string(text: &str) -> String {
    serde_json::to_string(text).expect("texts always serialize")
}

struct Writer<'c> {
    text: String,
    core: &'c Core,
    language: Language,
    /// How many sums were guessed.
    sums: usize,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn comment(&mut self, message: Message) {
        for line in message.say(self.language).lines() {
            writeln!(self.text, "# {line}").expect(TAKEN);
        }
    }

    fn head(&mut self, form: &Form, id: &str) {
        let title = form.title.as_deref().map(Title::new);
        let name = title.as_ref().map_or(id, |title| &title.words);
        self.line("#:schema ./pack.schema.json");
        self.comment(Message::new("draft.head"));
        self.line("");
        self.line(&format!("id     = {}", string(id)));
        self.line(&format!("name   = {{ zh = {0}, en = {0} }}", string(name)));
        let whole = title.as_ref().map(|title| title.template.as_ref().unwrap_or(&title.words));
        self.line(&format!("title  = {}", string(whole.map_or("", String::as_str))));
        self.line(&format!("source = {}", string(&Message::new("draft.source").say(self.language))));
        self.line("");
        self.line("[identify]");
        self.comment(Message::new("draft.title"));
        let patterns = title.map(|title| title.patterns).unwrap_or_default();
        let patterns: Vec<String> =
            patterns.iter().map(|pattern| format!("'{}'", pattern.replace('\'', "."))).collect();
        self.line(&format!("title = [{}]", patterns.join(", ")));
        self.comment(Message::new("draft.least"));
        self.line(&format!("least = {}", least(form)));
        self.line("");
    }

    fn table(&mut self, index: usize, table: &Table) {
        let fallback = Message::new("draft.table-name").with("number", index + 1).say(Language::Chinese);
        self.line("[[table]]");
        self.line(&format!("id     = {}", string(&table_id(index))));
        self.line(&format!("name   = {}", string(table.name.as_deref().unwrap_or(&fallback))));
        if let Some(caption) = &table.caption {
            self.line(&format!("captions = [{}]", string(caption)));
        }
        self.line(&format!("corner = {}", string(&table.corner)));
        if !table.ignored.is_empty() {
            let ignored: Vec<String> = table.ignored.iter().map(|text| string(text)).collect();
            self.line(&format!("ignore = [{}]", ignored.join(", ")));
        }
        // A unit that no amount could be in is no matter for conversion.
        let unit = table.unit.as_deref().filter(|unit| words().is_amount(unit));
        if let Some(unit) = unit.filter(|unit| self.core.units.contains(*unit)) {
            self.line(&format!("unit   = {}", string(unit)));
        }
        self.line("");
        for (label, trees) in &table.blocks {
            self.line("[[table.block]]");
            if let Some(label) = label {
                self.line(&format!("label   = {}", string(label)));
            }
            if trees.side_by_side {
                self.line("side_by_side = true");
            }
            self.line("columns = [");
            self.nodes(&trees.columns, "columns", unit.is_some(), 1);
            self.line("]");
            let named = trees.named(&table.corner);
            if let Some(named) = &named {
                let several = if named.several { ", several = true" } else { "" };
                self.line(&format!("open = {{ by = \"name\"{several} }}"));
            }
            let own: Option<Vec<Node>> = named.map(|named| named.own.into_iter().cloned().collect());
            self.line("rows = [");
            self.nodes(own.as_ref().unwrap_or(&trees.rows), "rows", false, 1);
            self.line("]");
            self.line("");
        }
    }

    /// Nodes one a line, those below each other aligned.
    fn nodes(&mut self, nodes: &[Node], children: &str, are_amounts: bool, depth: usize) {
        let width = nodes.iter().map(|node| node.id.len()).max().unwrap_or(0);
        let indent = "  ".repeat(depth);
        for node in nodes {
            let id = format!("{},", string(&node.id));
            let id = if node.id.is_empty() { String::new() } else { format!("id = {id:<0$} ", width + 3) };
            let mut line = format!("{indent}{{ {id}label = {}", string(&node.label));
            if node.is_amount || are_amounts && node.children.is_empty() {
                line.push_str(", value = \"amount\"");
            }
            if let Some(unit) = node.unit.as_ref().filter(|unit| self.core.units.contains(*unit)) {
                write!(line, ", unit = {}", string(unit)).expect(TAKEN);
            }
            if node.own_figures {
                line.push_str(", own_figures = true");
            }
            if node.children.is_empty() {
                self.line(&format!("{line} }},"));
                continue;
            }
            self.line(&format!("{line}, {children} = ["));
            self.nodes(&node.children, children, are_amounts, depth + 1);
            self.line(&format!("{indent}] }},"));
        }
    }

    /// The totals that labels speak of, each as a comment: whether it is a rule is the author's to say.
    fn sums(&mut self, index: usize, table: &Table) {
        for (_, trees) in &table.blocks {
            // Rows side by side are the outer groups; each still holds the sum of its columns.
            totals(&trees.columns, "").into_iter().for_each(|holds| self.sum(index, "row", &holds));
            match trees.named(&table.corner) {
                Some(named) => {
                    named.own.iter().for_each(|own| self.sum(index, "column", &format!("{} = sum(open)", own.id)));
                }
                None => totals(&trees.rows, "").into_iter().for_each(|holds| self.sum(index, "column", &holds)),
            }
        }
    }

    fn sum(&mut self, index: usize, for_each: &str, holds: &str) {
        self.sums += 1;
        let number = self.sums;
        let says = Message::new("draft.says").say(self.language);
        for line in [
            "[[sum]]",
            &format!("code     = \"XX{number:03}\""),
            &format!("name     = \"total-{number}-is-wrong\""),
            &format!("id       = \"total-{number}\""),
            &format!("table    = {}", string(&table_id(index))),
            &format!("for_each = {}", string(for_each)),
            &format!("holds    = {}", string(holds)),
            &format!("says     = {{ zh = {0}, en = {0} }}", string(&says)),
            &format!("source   = {}", string(&Message::new("draft.source").say(self.language))),
        ] {
            writeln!(self.text, "# {line}").expect(TAKEN);
        }
        self.line("");
    }
}

/// `r9 = sum(r1 .. r8)` for each total among siblings: of those before it; of those behind it, where it is the first.
fn totals(nodes: &[Node], above: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        found.extend(totals(&node.children, &below(above, node)));
        found.extend(of_parts(node, above));
        if !is_total(node) {
            continue;
        }
        // The parts follow a total that leads its group, else they are before it, from the last total on.
        let parts = if at == 0 {
            &nodes[1..nodes[1..].iter().position(is_total).map_or(nodes.len(), |end| end + 1)]
        } else {
            &nodes[nodes[..at].iter().rposition(is_total).map_or(0, |last| last + 1)..at]
        };
        let (Some(from), Some(to)) = (parts.first(), parts.last()) else { continue };
        let (from, to) = (edge(from, above, true), edge(to, above, false));
        let range = if from == to { from } else { format!("{from} .. {to}") };
        found.push(format!("{above}{} = sum({range})", node.id));
    }
    found
}

/// A group with figures of its own may hold the sum of those below it, unless they are said to be some of them.
fn of_parts(group: &Node, above: &str) -> Option<String> {
    let (first, last) = (group.children.first()?, group.children.last()?);
    let is_sum = group.own_figures && !words().is_among(&first.label) && group.children.len() > 1;
    let below = below(above, group);
    is_sum.then(|| format!("{above}{0} = sum({below}{1} .. {below}{2})", group.id, first.id, last.id))
}

fn is_total(node: &Node) -> bool {
    node.children.is_empty() && words().is_total(&node.label)
}

/// What the ids below a group begin with: groups of columns add nothing to them.
fn below(above: &str, group: &Node) -> String {
    if group.id.is_empty() { above.to_owned() } else { format!("{above}{}.", group.id) }
}

/// A row or column by its name in a range; a group without a name by the first or last below it.
fn edge(node: &Node, above: &str, is_first: bool) -> String {
    if !node.id.is_empty() {
        return format!("{above}{}", node.id);
    }
    let child = if is_first { node.children.first() } else { node.children.last() };
    child.map_or_else(String::new, |child| edge(child, above, is_first))
}

/// Half of the labels that are printed, but no fewer than three.
fn least(form: &Form) -> usize {
    let blocks = form.tables.iter().flat_map(|table| &table.blocks);
    let labels: usize = blocks.map(|(_, trees)| Node::count(&trees.columns) + Node::count(&trees.rows)).sum();
    ((labels + form.sections.len()) / 2).clamp(3, 20)
}
