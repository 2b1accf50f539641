//! The files around the program (action.yml, ci/, .pre-commit-hooks.yaml, Dockerfile, the pages): what they name is there, and
//! what they do is what they say.

mod pages;
#[cfg(target_os = "linux")]
mod scripts;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser;
use gouji::internal::cli::Cli;
use gouji::internal::taken;
use gouji::render::Format;
use regex::Regex;

/// A file of the repository.
fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All that the pattern's first group takes from the text.
fn all<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
    let pattern = Regex::new(pattern).expect("a pattern of the test");
    pattern.captures_iter(text).map(|found| found.get(1).expect("takes part in every match").as_str()).collect()
}

/// Why a command line is not understood, the formats it names included; its words without `gouji`.
fn misunderstood(words: &[&str]) -> Option<String> {
    let line = words.join(" ");
    if let Err(error) = Cli::try_parse_from(["gouji"].iter().chain(words)) {
        return (error.exit_code() != 0).then(|| format!("gouji {line}: {error}"));
    }
    if !matches!(words, ["check" | "render", ..]) {
        return None;
    }
    let named = all(r"--(?:output|format)[ =]([a-z]+)", &line);
    let unknown = named.iter().find(|name| Format::named(name).is_none())?;
    Some(format!("gouji {line}: no format {unknown}"))
}

#[test]
fn an_action_passes_all_its_inputs_on() {
    let action = file("action.yml");
    let (_, below) = action.split_once("\ninputs:\n").expect("inputs");
    let (declared, _) = below.split_once("\noutputs:\n").expect("outputs");
    let declared: BTreeSet<&str> = all(r"(?m)^  ([a-z-]+):$", declared).into_iter().collect();
    let used: BTreeSet<&str> = all(r"\$\{\{[^}]*?\binputs\.([a-z-]+)", &action).into_iter().collect();
    assert_eq!(declared, used);

    let given: BTreeSet<&str> = all(r"(?m)^        (INPUT_[A-Z_]+): ", &action).into_iter().collect();
    let scripts = file("ci/install.sh") + &file("ci/check.sh");
    let read: BTreeSet<&str> = all(r"\$\{?(INPUT_[A-Z_]+)", &scripts).into_iter().collect();
    assert_eq!(given, read);

    // What a workflow gives comes in variables: no shell reads it.
    let runs = Regex::new(r"run: \|\n((?: {8}.*\n)+)").expect("a pattern");
    assert!(runs.captures_iter(&action).count() > 0 && runs.captures_iter(&action).all(|run| !run[1].contains("${{")));
}

#[test]
fn a_release_has_what_the_action_asks_for() {
    let workflow = file(".github/workflows/release.yml");
    let install = file("ci/install.sh");
    let made: BTreeSet<&str> = all(r"target: ([a-z0-9_-]+),", &workflow).into_iter().collect();
    let wanted: BTreeSet<&str> = all(r"\) echo ([a-z0-9_-]+) ;;", &install).into_iter().collect();
    assert_eq!(made, wanted);
    let shells = file("ci/package.sh");
    let shells = all(r"for shell in ([a-z ]+); do", &shells);
    let lines = shells[0].split(' ').map(|shell| vec!["completions", shell]).chain([vec!["man"]]);
    let wrong: Vec<String> = lines.filter_map(|line| misunderstood(&line)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hooks_take_the_names_that_a_folder_is_searched_for() {
    let hooks = file(".pre-commit-hooks.yaml");
    let patterns = all(r"(?m)^  files: '(.*)'$", &hooks);
    assert_eq!(patterns.len(), 2);
    for pattern in patterns {
        let pattern = Regex::new(pattern).expect("a pattern");
        for extension in taken::EXTENSIONS.iter().chain([&taken::ARCHIVE]) {
            assert!(pattern.is_match(&format!("归档/商务局.{}", extension.to_uppercase())), "{extension}");
        }
        assert!(!pattern.is_match("归档/名单.csv") && !pattern.is_match("豁免.toml") && !pattern.is_match("基线.json"));
    }
    let exclude = Regex::new(all(r"(?m)^  exclude: '(.*)'$", &hooks)[0]).expect("a pattern");
    assert!(exclude.is_match("归档/~$商务局.docx") && !exclude.is_match("归档/商务局~$.docx"));
    let entries = all(r"(?m)^  entry: gouji (.*)$", &hooks);
    assert_eq!(entries.iter().find_map(|entry| misunderstood(&[entry, "a.md"])), None);
}

#[test]
fn a_gitlab_job_says_what_gouji_understands() {
    let job = file("ci/gitlab-ci.yml");
    let (_, script) = job.split_once("      gouji check").expect("the call");
    let (script, rest) = script.split_once("\n  artifacts:\n").expect("artifacts");
    let words = script.split_whitespace().filter(|word| !word.starts_with('$'));
    let words: Vec<&str> = ["check"].into_iter().chain(words).collect();
    assert_eq!(misunderstood(&words), None);
    let written = all(r"=(\S+\.\w+)", script);
    let kept = all(r": (\S+\.\w+)", rest);
    assert_eq!(written, kept);
}

#[test]
fn versions_are_this_one() {
    for page in ["docs/ci.md", "docs/stability.md", "ci/gitlab-ci.yml"] {
        for version in all(r"\bv?(\d+\.\d+\.\d+)\b", &file(page)) {
            assert_eq!(version, env!("CARGO_PKG_VERSION"), "{page}");
        }
    }
    let heading = format!("\n## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(file("CHANGELOG.md").contains(&heading), "CHANGELOG.md has no{heading}");
    assert_eq!(all(r"(?m)^ARG RUST=(.*)$", &file("Dockerfile")), [env!("CARGO_PKG_RUST_VERSION")]);
}

/// The image and the crate are built of `src`, `rules`, `build.rs` and its manifest: nothing else may go into the program.
#[test]
fn the_program_is_made_of_what_is_shipped() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut outside = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source file");
            let taken = all(r#"include_(?:str|bytes)!\("((?:\.\./)+[^"]*)"\)"#, &text);
            let taken =
                taken.into_iter().map(|name| path.with_file_name("").join(name).canonicalize().expect("a file"));
            outside.extend(taken);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().expect("the root");
    // What is read when the crate is built.
    let script = file("build.rs");
    let (_, folders) = script.split_once("const FOLDERS").and_then(|(_, rest)| rest.split_once('=')).expect("a list");
    let folders = all(r#""([^"]+)""#, folders.split(';').next().unwrap_or_default());
    assert!(folders.len() > 1, "{folders:?}");
    outside.extend(folders.iter().map(|folder| root.join(folder)));
    outside.retain(|path| !path.starts_with(root.join("src")) && !path.starts_with(root.join("rules")));
    for list in ["Dockerfile", ".dockerignore"] {
        assert!(file(list).contains("build.rs"), "{list} leaves the build script out");
    }
    assert!(outside.is_empty(), "Dockerfile and .dockerignore leave these out: {outside:?}");
}

/// A value without quotes ends at a colon with a blank behind it: what is read of the file is not what was meant, if anything.
#[test]
fn values_of_yaml_have_no_colon_within() {
    let value = Regex::new(r"(?m)^ *(?:- )?[\w-]+: +([^'\x22>|\[{&*!#\s].*)$").expect("a pattern of the test");
    for path in [
        "action.yml",
        ".pre-commit-hooks.yaml",
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
        "ci/gitlab-ci.yml",
    ] {
        let text = file(path);
        let broken = value.captures_iter(&text).find(|found| found[1].contains(": ") || found[1].ends_with(':'));
        assert!(broken.is_none(), "{path}: {}", &broken.expect("there is one")[0]);
    }
}
