//! The invariants of ARCHITECTURE.md that can be read off the source.

pub mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{Modules, Source};

/// The modules of `lib.rs`, in the order in which it lists them.
fn reading_order(sources: &[Source]) -> Vec<String> {
    let lib = sources.iter().find(|source| source.path == Path::new("lib.rs")).expect("lib.rs");
    let module = |line: &str| Some(line.strip_suffix(';')?.split_once("mod ")?.1.to_owned());
    let order: Vec<String> = lib.code().filter_map(module).collect();
    assert!(order.len() > 15, "the list of modules was not read: {order:?}");
    order
}

#[test]
fn arrows_go_one_way() {
    let sources = Source::all();
    let order = reading_order(&sources);
    let place = |module: &[String]| order.iter().position(|name| Some(name) == module.first());
    let modules = Modules::of(&sources);
    let mut wrong = Vec::new();
    for (own, used) in modules.used_by() {
        let below = |used: &&[String]| place(used) > place(own) && place(own).is_some();
        wrong.extend(used.into_iter().filter(below).map(|used| format!("{} uses {}", own.join("::"), used.join("::"))));
    }
    assert!(wrong.is_empty(), "these use what is below them in lib.rs:\n{}", wrong.join("\n"));
}

/// No two files use each other, be it by way of others: whoever reads one can begin with those that it uses.
#[test]
fn no_files_go_in_circles() {
    let modules = Modules::of(&Source::all());
    let used_by = modules.used_by();
    let arrows: usize = used_by.values().map(BTreeSet::len).sum();
    assert!(arrows > 300, "what files use of each other was not read: {arrows} arrows");
    let reached: BTreeMap<_, _> = used_by.keys().map(|&module| (module, reached(&used_by, module))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, own) in &reached {
        let circle: Vec<&[String]> = own.iter().copied().filter(|other| reached[other].contains(module)).collect();
        if !circle.is_empty() {
            circles.insert(circle.iter().map(|module| module.join("::")).collect());
        }
    }
    let tied = |circle: &Vec<String>| {
        let arrows = used_by.iter().filter(|(module, _)| circle.contains(&module.join("::")));
        let arrows =
            arrows.flat_map(|(module, used)| used.iter().map(move |used| (module.join("::"), used.join("::"))));
        let arrows = arrows.filter(|(_, used)| circle.contains(used));
        arrows.map(|(module, used)| format!("  {module} uses {used}\n")).collect::<String>()
    };
    let found: Vec<String> = circles.iter().map(tied).collect();
    assert!(found.is_empty(), "{} circles of files:\n{}", found.len(), found.join("\n"));
}

/// All that a module uses, by way of others too.
fn reached<'m>(used_by: &BTreeMap<&'m [String], BTreeSet<&'m [String]>>, from: &'m [String]) -> BTreeSet<&'m [String]> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        open.extend(used_by[module].iter().filter(|&&used| reached.insert(used)));
    }
    reached
}

#[test]
fn files_are_short() {
    const LONGEST: usize = 500;
    // Every key of a pack, with what editors say of it.
    let is_long = |source: &Source| source.text.lines().count() > LONGEST && source.path != Path::new("pack/raw.rs");
    let long = Source::all().into_iter().filter(is_long);
    let long: Vec<_> = long.map(|source| source.path).collect();
    assert!(long.is_empty(), "more than {LONGEST} lines, so more than one thing? {long:?}");
}

#[test]
fn each_parser_is_named_in_one_place() {
    for (library, homes) in [
        ("pulldown_cmark", &["read/markdown"][..]),
        ("html5gum", &["read/html"]),
        ("miette", &["render/terminal"]),
        ("minijinja", &["render/page"]),
        // Three kinds of workbooks are written: one to be read, one of figures, and one to be filled in.
        ("rust_xlsxwriter", &["render/workbook", "extract/workbook", "form/workbook"]),
        ("clap", &["cli"]),
    ] {
        let users: Vec<String> = Source::all()
            .iter()
            .filter(|source| source.code().any(|line| line.contains(&format!("{library}::"))))
            .map(|source| source.path.display().to_string())
            .collect();
        assert!(!users.is_empty(), "{library} is used nowhere");
        // main.rs hands the arguments to clap.
        let strays: Vec<_> = users
            .iter()
            .filter(|path| !homes.iter().any(|home| path.starts_with(home)) && *path != "main.rs")
            .collect();
        assert!(strays.is_empty(), "{library} belongs in {homes:?}, and is named in {strays:?}");
    }
}

#[test]
fn no_words_of_a_form_stand_in_code() {
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let mut found = Vec::new();
    for source in Source::all() {
        for line in source.code() {
            let line = line.split(" // ").next().unwrap_or_default();
            let longest = line.split(|c| !is_han(c)).map(|run| run.chars().count()).max();
            if longest >= Some(3) {
                found.push(format!("{}: {}", source.path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "titles and labels belong in packs, messages in the catalogues:\n{}", found.join("\n"));
}

#[test]
fn only_the_command_touches_the_world() {
    let allowed = ["discover.rs", "parallel.rs", "config", "command", "main.rs"];
    for source in Source::all() {
        if allowed.iter().any(|home| source.path.starts_with(home)) {
            continue;
        }
        for word in ["std::fs", "std::env::var", "SystemTime", "Instant::now", "File::open", "println!", "eprintln!"] {
            assert!(!source.code().any(|line| line.contains(word)), "{} uses {word}", source.path.display());
        }
    }
}

/// What Windows is asked in unsafe code is asked in one file.
#[test]
fn unsafe_code_is_in_one_file() {
    let is_unsafe =
        |source: &Source| source.code().any(|line| line.contains("unsafe {") || line.contains("unsafe_code"));
    let found: Vec<_> = Source::all().into_iter().filter(is_unsafe).map(|source| source.path).collect();
    assert_eq!(found, [Path::new("command/own_console.rs")]);
}
