//! The pages: their commands are understood, their links lead somewhere, their examples work.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{all, file, misunderstood};
use crate::command::{gouji, seen, status};

const PAGES: [&str; 15] = [
    "README.md",
    "README.zh.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/analyst.md",
    "docs/ci.md",
    "docs/clerk.md",
    "docs/configuration.md",
    "docs/packs.md",
    "docs/performance.md",
    "docs/python.md",
    "docs/rules.md",
    "docs/stability.md",
    "docs/supervisor.md",
];

/// The fenced blocks of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = file(page);
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(told) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if told == language {
            blocks.push(block.join("\n") + "\n");
        }
    }
    blocks
}

/// The text of a page without its fenced blocks and without code in its lines.
fn prose(page: &str) -> String {
    let text = file(page);
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_fence && !is_code
    });
    lines.map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join("`") + "\n").collect()
}

/// The words of a shell line that runs gouji, up to where its output goes; none for another line.
fn words(line: &str) -> Option<Vec<&str>> {
    let line = line.trim().strip_prefix("gouji ")?;
    let end = [" #", " > ", " | "].iter().filter_map(|sign| line.find(sign)).min().unwrap_or(line.len());
    Some(line[..end].split_whitespace().collect())
}

#[test]
fn commands_are_understood() {
    let mut lines = Vec::new();
    for page in PAGES {
        lines.extend(blocks(page, "sh").iter().flat_map(|block| block.lines()).map(str::to_owned));
        lines.extend(blocks(page, "groovy").iter().flat_map(|block| all(r"sh '(.*)'", block)).map(str::to_owned));
        // Within a line, where there is more than the name of a subcommand.
        lines.extend(all(r"`(gouji [^`]*--[^`]*)`", &file(page)).into_iter().map(str::to_owned));
    }
    let commands: Vec<Vec<&str>> = lines.iter().filter_map(|line| words(line)).collect();
    assert!(commands.len() > 20, "{commands:?}");
    let wrong: Vec<String> = commands.iter().filter_map(|words| misunderstood(words)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hooks_in_the_page_are_those_of_the_repository() {
    let hooks = file(".pre-commit-hooks.yaml");
    let page = blocks("docs/ci.md", "yaml").join("\n");
    let used = all(r"- id: ([a-z-]+)", &page);
    assert!(!used.is_empty() && used.iter().all(|id| hooks.contains(&format!("- id: {id}\n"))));
    let arguments = all(r"args: \[(.*)\]", &page);
    assert!(!arguments.is_empty());
    for arguments in arguments {
        let words: Vec<&str> = ["check"].into_iter().chain(arguments.split(", ")).collect();
        assert_eq!(misunderstood(&words), None);
    }
    let inputs = all(r"with:\n((?: {10}\S.*\n)+)", &page).concat();
    for input in all(r"(?m)^ {10}([a-z-]+):", &inputs) {
        let known = file("action.yml").contains(&format!("\n  {input}:\n")) || input == "persist-credentials";
        assert!(known, "action.yml has no input {input}");
    }
    for input in blocks("docs/ci.md", "yaml").iter().flat_map(|block| all(r"(GOUJI_[A-Z]+):", block)) {
        assert!(file("ci/gitlab-ci.yml").contains(&format!("    {input}:")), "the GitLab job has no {input}");
    }
}

/// What a heading is called in links, as the forges do it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
        plain
    })
}

#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for page in PAGES {
        for link in all(r"\]\(([^)\s]+)\)", &prose(page)) {
            if link.contains("://") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let folder = Path::new(page).parent().unwrap_or(Path::new(""));
            let target = if path.is_empty() { PathBuf::from(page) } else { plain(&folder.join(path)) };
            if !root.join(&target).exists() {
                wrong.push(format!("{page}: {link}"));
                continue;
            }
            let is_there = || {
                let text = fs::read_to_string(root.join(&target)).unwrap_or_default();
                text.lines().any(|line| line.starts_with('#') && anchor(line.trim_start_matches('#')) == heading)
            };
            if !heading.is_empty() && !is_there() {
                wrong.push(format!("{page}: {link}, no such heading"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An old archive, dealt with as the page says: its configuration, its waivers, its commands in their order.
#[test]
fn the_page_can_be_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("归档")).expect("a folder");
    fs::write(at("归档/商务局.md"), file("fixtures/wrong-total/wrong-total.md")).expect("a report");
    fs::write(at("机关.csv"), "organization,parent\n青岚县人民政府,\n青岚县商务局,青岚县人民政府\n").expect("a list");
    let (waivers, configuration): (Vec<String>, Vec<String>) =
        blocks("docs/ci.md", "toml").into_iter().partition(|block| block.contains("[[waiver]]"));
    let ([waivers], [configuration]) = (waivers.as_slice(), configuration.as_slice()) else {
        panic!("the two examples")
    };
    // A waiver of the page may end any day.
    fs::write(at("豁免.toml"), waivers.replace("until ", "# until ")).expect("waivers");
    fs::write(at("gouji.toml"), configuration).expect("a configuration");

    let told = |arguments: &[&str]| {
        let output = gouji(arguments).current_dir(folder.path()).output().expect("the command runs");
        (status(&output), seen(&output))
    };
    let lines = blocks("docs/ci.md", "sh").concat();
    let begin =
        lines.lines().find(|line| line.contains("--write-baseline")).and_then(words).expect("how a baseline is begun");
    let (code, text) = told(&begin);
    assert_eq!(code, 0, "{text}");
    let (code, text) = told(&["check", "归档/", "--organs", "机关.csv", "--strict-baseline"]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("GJ620"), "the waiver of the page meets the wrong figure: {text}");

    // Another figure goes wrong.
    let report = file("fixtures/wrong-total/wrong-total.md").replacen("| 1 | 0 | 10 |", "| 1 | 0 | 13 |", 1);
    assert_ne!(report, file("fixtures/wrong-total/wrong-total.md"));
    fs::write(at("归档/商务局.md"), report).expect("a report");
    let (code, text) = told(&["check", "归档/", "--organs", "机关.csv"]);
    assert_eq!(code, 1, "{text}");
}
