//! `gouji init`, `gouji completions`, `gouji man`, and reports from standard input.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::command::{gouji, run, seen, status};

#[test]
fn a_configuration_to_begin_with() {
    for language in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let init = || gouji(&["init", "--lang", language]).current_dir(folder.path()).output().unwrap();
        let path = folder.path().join("gouji.toml");
        insta::assert_snapshot!(format!("init_{language}"), seen(&init()));
        let text = fs::read_to_string(&path).unwrap();
        insta::assert_snapshot!(format!("init_file_{language}"), text);
        // It says what holds without it.
        let config = |arguments: &[&str]| {
            let call = [&["config", "--lang", language], arguments].concat();
            gouji(&call).current_dir(folder.path()).output().unwrap()
        };
        assert_eq!(seen(&config(&[])), seen(&config(&["--isolated"])));
        // Every key that it explains is one.
        fs::create_dir(folder.path().join("rules")).unwrap();
        fs::create_dir(folder.path().join("规则")).unwrap();
        fs::write(folder.path().join("base.toml"), "").unwrap();
        let is_code = |line: &str| {
            line.starts_with('[')
                || line.split_once(" = ").is_some_and(|(key, _)| key.trim().is_ascii() && !key.contains(": "))
        };
        let lines = text.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_code(rest)).unwrap_or(line));
        let all = lines
            .collect::<Vec<_>>()
            .join("\n")
            .replace("../公用/gouji.toml", "base.toml")
            .replace("../shared/gouji.toml", "base.toml");
        fs::write(&path, &all).unwrap();
        let output = config(&["--show-origin"]);
        assert_eq!(status(&output), 0, "{}\n{all}", seen(&output));
        for key in ["pack", "cache", "organs", "select", "ignore", "paths", "organizations"] {
            assert!(seen(&output).contains(&format!("\n{key} = ")), "{key}\n{}", seen(&output));
        }
        let again = init();
        assert_eq!(status(&again), 2);
        assert_eq!(fs::read_to_string(&path).unwrap(), all);
    }
}

#[test]
fn shells_complete_what_the_command_line_takes() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        assert_eq!(status(&output), 0);
        let script = String::from_utf8(output.stdout).unwrap();
        for word in ["show-origin", "fail-on", "stdin-filename", "completions"] {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
    }
    let script = run(&["completions", "bash"]).stdout;
    let bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut bash) = bash else {
        println!("not run: there is no bash here");
        return;
    };
    bash.stdin.take().unwrap().write_all(&script).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_manual_has_every_subcommand_and_option() {
    let output = run(&["man"]);
    assert_eq!(status(&output), 0);
    let page = String::from_utf8(output.stdout).unwrap().replace('\\', "");
    for heading in [
        "check",
        "extract",
        "explain",
        "rules",
        "config",
        "init",
        "completions",
        "man",
        "pack check",
        "pack new",
        "pack schema",
    ] {
        assert_eq!(page.matches(&format!("\n.SH \"gouji {heading}\"\n")).count(), 1, "{heading}");
    }
    for english in ["Print", "Possible", "default:", "H NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", " / "] {
        assert!(!page.contains(english), "{english} is in a page in Chinese");
    }
    let english = String::from_utf8(run(&["man", "--lang", "en"]).stdout).unwrap();
    let chinese = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
    assert!(english.contains(".SH SYNOPSIS") && !english.contains(chinese), "Chinese is in a page in English");
    for (option, count) in [("fB--show-originfR", 1), ("fB--langfR", 1), ("fB--jobsfR", 2)] {
        assert_eq!(page.matches(&format!("\n{option}")).count(), count, "{option}");
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man/man1");
    assert_eq!(status(&run(&["man", "-o", pages.to_str().unwrap()])), 0);
    for name in ["gouji.1", "gouji-check.1", "gouji-pack-new.1"] {
        assert!(pages.join(name).is_file(), "{name}");
    }
}

/// What comes from standard input is told by its bytes first, then by its name.
#[test]
fn standard_input_is_what_its_bytes_and_its_name_say() {
    let root = env!("CARGO_MANIFEST_DIR");
    let markdown = fs::read(format!("{root}/fixtures/wrong-total/wrong-total.md")).unwrap();
    let html = fs::read(format!("{root}/fixtures/website/website.html")).unwrap();
    for (name, bytes, format) in
        [("甲.md", &markdown, "markdown"), ("甲.html", &html, "html"), ("甲.md", &html, "html"), ("甲", &html, "html")]
    {
        let mut child = gouji(&["check", "--isolated", "--format", "json", "-", "--stdin-filename", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["reports"][0]["path"], name);
        assert_eq!(value["reports"][0]["format"], format, "{name}");
        assert!(value["reports"][0]["pack"].is_string(), "{name}");
    }
}
