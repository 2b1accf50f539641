//! The invariants of ARCHITECTURE.md that can be read off the source.

use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                files.push((path.strip_prefix(&root).expect("below the root").to_owned(), text));
            }
        }
    }
    files.sort();
    files
}

/// The module a file belongs to: the first part of its path.
fn module(path: &Path) -> String {
    let first = path.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Code without comments and without the tests at the end of a file.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn arrows_go_one_way() {
    let files = sources();
    let (_, lib) = files.iter().find(|(path, _)| path == Path::new("lib.rs")).expect("lib.rs");
    let order: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(order.len() > 15, "the list of modules was not read: {order:?}");
    let mut wrong = Vec::new();
    for (path, text) in &files {
        let own = module(path);
        let Some(own_place) = order.iter().position(|name| *name == own) else { continue };
        for line in code(text) {
            for part in line.split("crate::").skip(1) {
                let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let place = order.iter().position(|name| *name == used);
                if place.is_some_and(|place| place > own_place) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these use what stands below them in lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn each_parser_is_named_in_one_place() {
    for (library, homes) in [
        ("pulldown_cmark", &["read/markdown"][..]),
        ("calamine", &["read/workbook"]),
        ("html5gum", &["read/html"]),
        ("miette", &["render/terminal"]),
        ("minijinja", &["render/page"]),
        // Two kinds of workbooks are written: one to be read, and one of figures.
        ("rust_xlsxwriter", &["render/workbook", "extract/workbook"]),
        ("clap", &["cli"]),
    ] {
        let users: Vec<String> = sources()
            .iter()
            .filter(|(_, text)| code(text).any(|line| line.contains(&format!("{library}::"))))
            .map(|(path, _)| path.display().to_string())
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
    for (path, text) in sources() {
        for line in code(&text) {
            let line = line.split(" // ").next().unwrap_or_default();
            let longest = line.split(|c| !is_han(c)).map(|run| run.chars().count()).max();
            if longest >= Some(3) {
                found.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "titles and labels belong in packs, messages in the catalogues:\n{}", found.join("\n"));
}

#[test]
fn only_the_command_touches_the_world() {
    let allowed = ["discover.rs", "parallel.rs", "config", "command", "main.rs"];
    for (path, text) in sources() {
        if allowed.iter().any(|home| path.starts_with(home)) {
            continue;
        }
        for word in ["std::fs", "std::env::var", "SystemTime", "Instant::now", "File::open", "println!", "eprintln!"] {
            assert!(!code(&text).any(|line| line.contains(word)), "{} uses {word}", path.display());
        }
    }
}
