//! What the library shows: every public item with its fields, variants and functions, so that a change of it is seen in
//! review.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::architecture::source::Source;

/// Modules that are shown themselves; of all others, the root shows single items.
const SHOWN: [&str; 7] = ["collection", "view", "reread", "render", "extract", "annotate", "form"];

#[test]
fn public_items_are_these() {
    let sources = Source::all();
    let text = |name: &str| {
        let path = format!("{name}.rs");
        &sources.iter().find(|source| source.path.to_str() == Some(&path)).expect("a file of the source").text
    };
    let mut shown = String::new();
    let root = text("lib").split("pub mod internal").next().unwrap_or_default();
    for module in root.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(SHOWN.contains(&module), "{module} is public");
    }
    for Export { path, name } in exports(root) {
        let home = path.first().expect("a module");
        writeln!(shown, "{}", item(&sources, home, path.last().expect("a name"), &name)).expect("strings take all");
    }
    for module in SHOWN {
        for Export { path, name } in exports(text(module)) {
            // What one module takes from another is an item of that.
            let home = if path[0] == "crate" { path[1].as_str() } else { module };
            let line = item(&sources, home, path.last().expect("a name"), &name);
            writeln!(shown, "{module}::{line}").expect("strings take all");
        }
    }
    insta::assert_snapshot!(shown);
}

struct Export {
    path: Vec<String>,
    name: String,
}

/// The items that the `pub use` of a file name.
fn exports(text: &str) -> Vec<Export> {
    let mut exports = Vec::new();
    for written in text.split("\npub use ").skip(1) {
        let written: String =
            written.split(';').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let (stem, leaves) = match written.split_once("::{") {
            Some((stem, leaves)) => (stem, leaves.trim_end_matches('}')),
            None => written.rsplit_once("::").expect("a path"),
        };
        for leaf in leaves.split(',').map(str::trim).filter(|leaf| !leaf.is_empty()) {
            let (own, name) = leaf.split_once(" as ").unwrap_or((leaf, leaf));
            let path = stem.split("::").chain([own]).map(str::to_owned).collect();
            exports.push(Export { path, name: name.to_owned() });
        }
    }
    exports
}

/// An item as one line: what it is, its name, what of it is public.
fn item(sources: &[Source], module: &str, own: &str, shown: &str) -> String {
    const KINDS: [&str; 6] = ["struct", "enum", "trait", "fn", "const", "type"];
    let word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    let kind = |line: &str| {
        let line = line.trim_start().strip_prefix("pub ")?;
        KINDS.into_iter().find(|kind| line.strip_prefix(kind).is_some_and(|rest| word(rest.trim_start()) == own))
    };
    // Another file of the module may define something of the same name for itself.
    let is_home = |source: &&Source| source.code().any(|line| kind(line).is_some());
    let of_module = sources.iter().filter(|source| source.module().first().is_some_and(|first| first == module));
    let (homes, others): (Vec<&Source>, Vec<&Source>) = of_module.partition(is_home);
    let root = others.iter().find(|source| source.module().len() == 1);
    let export = root.and_then(|root| exports(&root.text).into_iter().find(|export| export.name == own));
    let is_named =
        |source: &&&Source| export.as_ref().is_none_or(|export| source.module().get(1) == export.path.first());
    let home = homes.iter().find(is_named).or(homes.first()).unwrap_or_else(|| panic!("{module} has no {own}"));
    let lines: Vec<&str> = std::iter::once(home).chain(&others).flat_map(|source| source.code()).collect();
    let found = lines.iter().enumerate().find_map(|(place, line)| Some((place, kind(line)?)));
    let (place, kind) = found.expect("it is in its home");
    let mut members = BTreeSet::new();
    for line in body(&lines, place) {
        let line = line.trim_start();
        match kind {
            "struct" => members.extend(line.strip_prefix("pub ").map(word)),
            "enum" if line.starts_with(char::is_uppercase) => drop(members.insert(word(line))),
            "trait" => members.extend(line.strip_prefix("fn ").map(|function| format!("{}()", word(function)))),
            _ => {}
        }
    }
    for (place, line) in
        lines.iter().enumerate().filter(|(_, line)| line.starts_with("impl") && !line.contains(" for "))
    {
        // `impl<'a> Name<'a> {`
        let of = line.trim_end_matches('{').trim_end().rsplit(' ').find(|part| word(part) == own);
        if of.is_none() {
            continue;
        }
        for line in body(&lines, place).iter().filter_map(|line| line.trim_start().strip_prefix("pub ")) {
            let line = line.strip_prefix("const fn ").or(line.strip_prefix("fn "));
            members.extend(line.map(|function| format!("{}()", word(function))));
        }
    }
    let members: Vec<String> = members.into_iter().collect();
    format!("{kind} {shown}: {}", members.join(" ")).trim_end_matches([':', ' ']).to_owned()
}

/// The lines one level below the one at `place`, up to where that ends.
fn body<'l>(lines: &[&'l str], place: usize) -> Vec<&'l str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(lines[place]);
    if !lines[place].ends_with('{') {
        return Vec::new();
    }
    let inner = lines[place + 1..].iter().take_while(|line| line.is_empty() || indent(line) > own);
    inner.filter(|line| indent(line) == own + 4).copied().collect()
}
