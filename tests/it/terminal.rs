//! What a person sees on a terminal: lines that fit, colours and links where they are wanted, and nothing else in a pipe.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use crate::command::{gouji, run, seen};
use gouji::Checker;
use gouji::internal::message::Language;
use gouji::render::{Format, Options};
use gouji::view::{Across, Input, NotEvaluated, Report, Summary};
use unicode_width::UnicodeWidthStr;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const SLIPS: &str = include_str!("../../fixtures/website-slips/website-slips.md");
fn plain() -> Options {
    Options::new(Language::Chinese)
}

fn drawn(options: &Options, path: &str, text: &str) -> String {
    let checked = Checker::default().check(path, text.as_bytes());
    let input = Input::new(&checked, text.as_bytes());
    Format::Full.output().report(options, &Report::all(input, options.language)[0])
}

/// Without links, each of which must end where it began.
fn unlinked(text: &str) -> String {
    let mut parts = text.split("\u{1b}]8;;");
    let mut whole = parts.next().unwrap().to_owned();
    while let Some(opened) = parts.next() {
        let (address, shown) = opened.split_once("\u{1b}\\").expect("an address ends");
        assert!(address.starts_with("file:///"), "{address}");
        let after = parts.next().and_then(|closed| closed.strip_prefix("\u{1b}\\")).expect("a link ends");
        whole += &format!("{shown}{after}");
    }
    whole
}

#[test]
fn lines_fit_the_terminal() {
    for language in [Language::Chinese, Language::English] {
        for (width, text) in [(80, WRONG), (80, SLIPS), (100, WRONG), (120, WRONG)] {
            let options = Options { language, width, breaks_lines: true, ..plain() };
            let drawn = drawn(&options, "报告/年报.md", text);
            for line in drawn.lines() {
                assert!(line.width() <= width, "{} > {width}: {line}\n{drawn}", line.width());
            }
        }
    }
    let narrow = |language| Options { language, width: 60, breaks_lines: true, ..plain() };
    insta::assert_snapshot!("narrow_zh", drawn(&narrow(Language::Chinese), "报告/年报.md", WRONG));
    insta::assert_snapshot!("narrow_en", drawn(&narrow(Language::English), "报告/年报.md", WRONG));
}

#[test]
fn the_last_lines_fit_as_well() {
    let missing = NotEvaluated {
        path: "年报.md".to_owned(),
        part: None,
        organization: "青岚县政务服务和大数据管理局".to_owned(),
        year: 2023,
        because: "没有 2022 年的报告，本年结转结果与上年结转申请无从比较".to_owned(),
    };
    let across = Across { not_evaluated: vec![missing], ..Across::default() };
    let summary = Summary { reports: 12_000, passed: 11_000, in_baseline: 120, waived: 3, ..Summary::default() };
    for language in [Language::Chinese, Language::English] {
        let options = Options { language, width: 60, breaks_lines: true, ..plain() };
        let whole = Options { breaks_lines: false, ..options.clone() };
        let tail = |options: &Options| Format::Full.output().tail(options, &across, &summary);
        let (whole, shown) = (tail(&whole), tail(&options));
        assert!(shown.lines().all(|line| line.width() <= 60), "{shown}");
        let bare = |text: &str| text.replace(char::is_whitespace, "");
        assert_eq!(bare(&shown), bare(&whole));
    }
}

#[test]
fn links_change_nothing_that_is_seen() {
    for color in [false, true] {
        let without = Options { color, ..plain() };
        let with = |links| Options { links: Some(links), ..without.clone() };
        let linked = drawn(&with("/甲 乙"), "报告/年报.md", WRONG);
        assert_ne!(linked, drawn(&without, "报告/年报.md", WRONG));
        assert_eq!(unlinked(&linked), drawn(&without, "报告/年报.md", WRONG));
        assert!(linked.contains(
            "file:///%E7%94%B2%20%E4%B9%99/%E6%8A%A5%E5%91%8A/%E5%B9%B4%E6%8A%A5.md\u{1b}\\报告/年报.md:45:28\u{1b}]8;;"
        ));
        // Nothing opens what lies in an archive.
        let within = drawn(&with("/"), "归档.zip/年报.md", WRONG);
        assert_eq!(within, drawn(&without, "归档.zip/年报.md", WRONG));
    }
}

#[test]
fn what_turns_the_direction_of_writing_is_blanked() {
    let name = "年报\u{202e}dm.exe\u{2066}.md";
    let shown = drawn(&plain(), name, "不是报告");
    assert!(!shown.contains(['\u{202e}', '\u{2066}']) && shown.contains("年报   dm.exe   .md"), "{shown}");
}

#[test]
fn colours_in_a_pipe_are_asked_for() {
    let is_colored = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = gouji(&["check", "--isolated", "--format", "full", "fixtures/wrong-total/wrong-total.md"]);
        let output = command.envs(environment.iter().copied()).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains('\u{1b}')
    };
    let links = ("FORCE_HYPERLINK", "1");
    for (environment, arguments, expected) in [
        (&[][..], &[][..], false),
        (&[links], &[], false),
        (&[("CLICOLOR", "1")], &[], false),
        (&[("CLICOLOR_FORCE", "1")], &[], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &[], true),
        (&[("CLICOLOR_FORCE", "1")], &["--color", "never"], false),
        (&[("NO_COLOR", "1"), ("CLICOLOR", "0")], &["--color", "always"], true),
    ] {
        assert_eq!(is_colored(environment, arguments), expected, "{environment:?} {arguments:?}");
    }
    let output =
        run(&["check", "--isolated", "--format", "full", "--color", "always", "fixtures/wrong-total/wrong-total.md"]);
    assert!(!seen(&output).contains("\u{1b}]8"));
}

#[test]
fn help_fits_a_terminal() {
    for subcommand in ["check", "extract", "render", "explain", "rules", "config", "man"] {
        let output = gouji(&[subcommand, "--help"]).env("COLUMNS", "80").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let wide: Vec<&str> = help.lines().filter(|line| line.width() > 80).collect();
        assert!(!help.is_empty() && wide.is_empty(), "{subcommand}: {wide:#?}");
    }
}

#[test]
fn help_is_in_one_language() {
    let commands =
        ["", "check", "extract", "render", "explain", "rules", "config", "init", "completions", "man", "pack"];
    for command in commands {
        let help = |lang: &str| {
            let arguments: Vec<&str> =
                [command, "--help", "--lang", lang].into_iter().filter(|a| !a.is_empty()).collect();
            seen(&run(&arguments))
        };
        let english = help("en");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!english.contains(is_chinese) && english.contains("Usage: "), "{english}");
        let chinese = help("zh");
        for word in ["Usage", "OPTIONS]", "Options", "Commands", "default:", "possible", "Print", " / "] {
            assert!(!chinese.contains(word), "{word} in {chinese}");
        }
        assert!(chinese.contains("用法："), "{chinese}");
    }
    for call in [&["--lang", "zh"][..], &["pack", "--lang", "zh"]] {
        assert!(seen(&run(call)).contains("错误：缺少命令；可用："));
    }
}

#[test]
fn help_obeys_the_same_option() {
    let help = |arguments: &[&str]| seen(&run(arguments));
    assert!(help(&["--color", "always", "check", "--help"]).contains('\u{1b}'));
    assert!(help(&["--color=always", "--help"]).contains('\u{1b}'));
    assert!(!help(&["check", "--help"]).contains('\u{1b}'));
    assert!(!help(&["--color", "never", "check", "--help"]).contains('\u{1b}'));
}
