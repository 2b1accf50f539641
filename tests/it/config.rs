//! Which rules are put and how much they weigh: on the command line, and in `gouji.toml`.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::command::{gouji, run, seen, status};
use gouji::internal::pack::{Layer, Level, Rule, Selection, Severity, rules};

const WRONG: &str = "fixtures/wrong-total/wrong-total.md";
/// Its rows of codes are known only once it has been read.
const OPEN: &str = "fixtures/final-accounts-slips/final-accounts-slips.md";

/// Runs the command in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    gouji(arguments).current_dir(folder).output().unwrap()
}

/// What is said of the only report: each finding by severity and code, and the JSON as a whole.
fn checked(output: &Output) -> (Vec<String>, serde_json::Value) {
    let value: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(output)));
    let report = value["reports"][0].clone();
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    (findings.map(|finding| format!("{} {}", word(finding, "severity"), word(finding, "code"))).collect(), report)
}

fn check(file: &str, arguments: &[&str]) -> (Output, Vec<String>, serde_json::Value) {
    let output = run(&[&["check", "--isolated", "--format", "json", file], arguments].concat());
    let (findings, report) = checked(&output);
    (output, findings, report)
}

#[test]
fn what_is_chosen_and_what_comes_of_it() {
    let cases: &[(&str, &[&str], i32, &[&str])] = &[
        (WRONG, &[], 1, &["error GJ300"]),
        // A sum that is ignored takes no part in the search for the wrong figure.
        (WRONG, &["--ignore", "GJ311"], 1, &["error GJ301"]),
        (WRONG, &["--ignore", "GJ311", "--ignore", "row-total-is-wrong"], 0, &[]),
        (WRONG, &["--ignore", "GJ311,gj312"], 0, &[]),
        (WRONG, &["--ignore", "broken-sum"], 0, &[]),
        (WRONG, &["--ignore", "zfxxgk-2021"], 0, &[]),
        (WRONG, &["--ignore", "GJ410"], 1, &["error GJ300"]),
        // The core tells what is wrong with sums.
        (WRONG, &["--ignore", "wrong-figure"], 0, &[]),
        (WRONG, &["--ignore", "GJ301"], 1, &["error GJ300"]),
        (WRONG, &["--ignore", "GJ311", "--ignore", "GJ301"], 0, &[]),
        // Sums that are asked for are told, whoever tells them; who asks for wrong figures gets their sums.
        (WRONG, &["--select", "GJ312"], 1, &["error GJ301"]),
        (WRONG, &["--select", "broken-sum"], 1, &["error GJ300"]),
        (WRONG, &["--select", "GJ300"], 1, &["error GJ300"]),
        (WRONG, &["--select", "GJ410"], 0, &[]),
        (WRONG, &["--select", "core"], 0, &[]),
        (WRONG, &["--select", "zfxxgk-2021", "--ignore", "GJ312"], 1, &["error GJ301"]),
        // The lesser of the gravest sum and the core's rule.
        (WRONG, &["--severity", "GJ300=warning"], 0, &["warning GJ300"]),
        (WRONG, &["--severity", "GJ300=warning", "--fail-on", "warning"], 1, &["warning GJ300"]),
        (WRONG, &["--severity", "GJ311=warning"], 1, &["error GJ300"]),
        (WRONG, &["--severity", "GJ311=warning,GJ312=warning"], 0, &["warning GJ300"]),
        (WRONG, &["--severity", "GJ311=warning,GJ312=warning,GJ300=error"], 0, &["warning GJ300"]),
        (WRONG, &["--severity", "GJ311=off"], 1, &["error GJ301"]),
        // A sum set to advice says what is likely only.
        (WRONG, &["--severity", "GJ311=advice"], 1, &["error GJ301", "advice GJ311"]),
        (WRONG, &["--severity", "broken-sum=advice"], 0, &["advice GJ312", "advice GJ311"]),
        // The narrower word goes before the wider, whichever comes last.
        (WRONG, &["--severity", "GJ312=off,zfxxgk-2021=warning"], 0, &["warning GJ301"]),
        (WRONG, &["--severity", "broken-sum=warning,zfxxgk-2021=error"], 0, &["warning GJ300"]),
        (OPEN, &[], 1, &["error GJ301", "error GJ300", "error GJ301", "warning GJ791"]),
        (OPEN, &["--ignore", "GJ758"], 1, &["error GJ301", "error GJ301", "error GJ301", "warning GJ791"]),
        (OPEN, &["--select", "GJ758"], 1, &["error GJ300"]),
        (OPEN, &["--severity", "GJ756=warning,GJ758=warning", "--select", "GJ758"], 0, &["warning GJ300"]),
        // What cannot be checked never looks checked, unless that is what is ignored.
        ("Cargo.toml", &["--select", "GJ310"], 1, &["error GJ002"]),
        ("Cargo.toml", &["--ignore", "unknown-form"], 0, &[]),
        ("Cargo.toml", &["--severity", "unknown-form=advice"], 0, &["advice GJ002"]),
    ];
    let mut wrong = Vec::new();
    for (file, arguments, expected, told) in cases {
        let (output, findings, _) = check(file, arguments);
        if status(&output) != *expected || findings != *told {
            wrong.push(format!("{file} {arguments:?}: {} {findings:?}", status(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is ignored is neither held, broken nor left over; what is hidden is.
#[test]
fn what_is_ignored_is_not_counted() {
    let rules = |arguments: &[&str]| {
        let (_, _, report) = check(WRONG, arguments);
        let count = |key: &str| report["rules"][key].as_u64().unwrap();
        (count("held"), count("broken"), count("not_evaluated"), report["verdict"].as_str().unwrap().to_owned())
    };
    let (held, broken, left, _) = rules(&[]);
    assert_eq!((broken, left), (2, 0));
    // Seven columns, of which one is wrong.
    assert_eq!(rules(&["--ignore", "GJ311"]), (held - 6, 1, 0, "findings".to_owned()));
    assert_eq!(rules(&["--ignore", "GJ311,GJ312"]).1, 0);
    // Six sections stand where they should.
    assert_eq!(rules(&["--ignore", "GJ101"]).0, held - 6);
    assert_eq!(rules(&["--ignore", "GJ300"]), (held, 2, 0, "findings".to_owned()));
    assert_eq!(rules(&["--select", "GJ002"]), (0, 0, 0, "pass".to_owned()));
}

#[test]
fn an_unreadable_file_is_counted_however_it_weighs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("空.md"), "").unwrap();
    for (arguments, expected) in
        [(&["--select", "GJ310"][..], 1), (&["--severity", "unreadable=warning"], 0), (&["--ignore", "unreadable"], 0)]
    {
        let output =
            run_in(folder.path(), &[&["check", "--isolated", "--format", "json", "空.md"], arguments].concat());
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let seen = (status(&output), &value["summary"]["unreadable"], &value["reports"][0]["verdict"]);
        assert_eq!(seen, (expected, &1.into(), &"unverifiable".into()), "{arguments:?}");
    }
}

/// A blank cell that the sums fill in is an error, unless a level was chosen.
#[test]
fn a_chosen_level_holds_however_certain_the_finding() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(WRONG)).unwrap();
    let text = text.replacen("| （一）予以公开 |  | 12 |", "| （一）予以公开 |  |  |", 1);
    std::fs::write(folder.path().join("空格.md"), text).unwrap();
    for (arguments, expected) in [
        (&[][..], &["error GJ210"][..]),
        (&["--severity", "GJ210=warning"], &["warning GJ210"]),
        (&["--severity", "blank-cell=advice"], &["advice GJ210"]),
        (&["--ignore", "blank-cell"], &[]),
    ] {
        let output =
            run_in(folder.path(), &[&["check", "--isolated", "--format", "json", "空格.md"], arguments].concat());
        assert_eq!(checked(&output).0, expected, "{arguments:?}");
    }
}

/// That a section is missing tells of its table too; once nobody tells of the section, the table is told.
#[test]
fn what_an_ignored_rule_would_have_told_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(WRONG)).unwrap();
    let from = text.find("## 二、").or_else(|| text.find("二、")).unwrap();
    let to = from + text[from..].find("三、收到").unwrap();
    let to = text[..to].rfind('\n').unwrap() + 1;
    std::fs::write(folder.path().join("缺.md"), format!("{}{}", &text[..from], &text[to..])).unwrap();
    let told = |arguments: &[&str]| {
        let output =
            run_in(folder.path(), &[&["check", "--isolated", "--format", "json", "缺.md"], arguments].concat());
        checked(&output).0
    };
    let codes = |findings: Vec<String>| findings.iter().map(|line| line[6..].to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(told(&[])), ["GJ101", "GJ300"]);
    assert_eq!(codes(told(&["--ignore", "GJ101"])), ["GJ201", "GJ300"]);
}

#[test]
fn unknown_words_are_told_with_the_likeliest() {
    for (name, arguments) in [
        ("ignore", &["--ignore", "mising-row"][..]),
        ("select", &["--select", "GJ310,GJ999"]),
        ("severity", &["--severity", "broken-sums=warning"]),
        ("level", &["--severity", "GJ310=fatal"]),
        ("shape", &["--severity", "GJ310"]),
    ] {
        for language in ["zh", "en"] {
            let output = run(&[&["check", "--isolated", "--lang", language, WRONG], arguments].concat());
            insta::assert_snapshot!(format!("option_{name}_{language}"), seen(&output));
        }
    }
}

#[test]
fn mistakes_in_the_file_are_shown_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("key", "# 本单位\nignor = [\"GJ410\"]\n"),
        ("far_key", "rule-packs = []\n"),
        ("rule", "ignore = [\n  \"GJ410\",\n  \"mising-row\",\n]\n"),
        ("severity", "[severity]\nGJ410 = \"warning\"\n\"broken-sums\" = \"off\"\n"),
        ("level", "[severity]\nGJ410 = \"fatal\"\n"),
        ("limit", "[limit]\nsecond = 10\n"),
        ("pack", "pack = \"zfxxgk-2012\"\n"),
        ("fail_on", "fail-on = \"errors\"\n"),
        ("lang", "lang = \"fr\"\n"),
        ("rules", "rules = [\"没有/\"]\n"),
        ("organs", "organs = \"没有.csv\"\n"),
        ("shape", "ignore = \"GJ410\"\n"),
        ("toml", "ignore = [\n"),
        ("glob_of_nothing", "[[override]]\npaths = [\"a.md\", \"\"]\n"),
        ("glob_negated", "[[override]]\npaths = [\"!a.md\"]\n"),
        ("name_of_nothing", "[[override]]\norganizations = [\" \"]\n"),
    ];
    for language in ["zh", "en"] {
        let mut all = String::new();
        for (name, text) in files {
            std::fs::write(folder.path().join("gouji.toml"), text).unwrap();
            let output = run_in(folder.path(), &["check", "--lang", language, "."]);
            all += &format!("{name}\n{}\n", seen(&output));
        }
        all += &seen(&run_in(folder.path(), &["check", "--lang", language, "--config", "no.toml"]));
        insta::assert_snapshot!(format!("file_mistakes_{language}"), all);
    }
}

#[test]
fn a_file_in_another_encoding_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let of_windows = [b"# ", &b"\xb1\xbe\xb5\xa5\xce\xbb"[..], b"\n"].concat();
    std::fs::write(folder.path().join("gouji.toml"), &of_windows).unwrap();
    for (language, expected) in [("zh", "请另存为 UTF-8 编码"), ("en", "save it as UTF-8")] {
        let output = run_in(folder.path(), &["check", "--lang", language, "."]);
        assert!(seen(&output).contains(expected) && status(&output) == 2, "{}", seen(&output));
    }
    std::fs::rename(folder.path().join("gouji.toml"), folder.path().join("base.toml")).unwrap();
    std::fs::write(folder.path().join("gouji.toml"), "extend = \"base.toml\"\n").unwrap();
    let output = run_in(folder.path(), &["check", "."]);
    assert!(seen(&output).contains("请另存为 UTF-8 编码"), "{}", seen(&output));
}

/// A folder with a configuration, a pack of its own, a report and folders below.
fn project(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir_all(folder.path().join("规则")).unwrap();
    std::fs::create_dir_all(folder.path().join("上报/2023")).unwrap();
    std::fs::copy(root.join("tests/packs/small.toml"), folder.path().join("规则/small.toml")).unwrap();
    std::fs::copy(root.join(WRONG), folder.path().join("上报/2023/年报.md")).unwrap();
    std::fs::write(folder.path().join("gouji.toml"), config).unwrap();
    folder
}

const CONFIG: &str = "# 本单位\nrules   = [\"规则/\"]\nignore  = [\"GJ410\", \"MZ001\"]\nfail-on = \"warning\"\n\n\
                      [severity]\n\"broken-sum\" = \"warning\"\n\"GJ421\" = \"off\"\n\n[limit]\nseconds = 20\n";

#[test]
fn what_holds_is_printed_with_where_it_comes_from() {
    let folder = project(CONFIG);
    insta::assert_snapshot!("config_zh", seen(&run_in(folder.path(), &["config", "--show-origin"])));
    let below = folder.path().join("上报/2023");
    let arguments = [
        "config",
        "--show-origin",
        "--lang",
        "en",
        "--ignore",
        "GJ411",
        "--severity",
        "GJ421=advice",
        "--fail-on",
        "never",
    ];
    insta::assert_snapshot!("config_below_en", seen(&run_in(&below, &arguments)));
    insta::assert_snapshot!(
        "config_select_zh",
        seen(&run_in(&below, &["config", "--show-origin", "--select", "MZ001,GJ421"]))
    );
    insta::assert_snapshot!("config_isolated_zh", seen(&run_in(&below, &["config", "--show-origin", "--isolated"])));
    assert_eq!(status(&run_in(&below, &["config", "--ignore", "GJ999"])), 2);
}

/// What it prints says the same when it is read again.
#[test]
fn what_is_printed_is_a_configuration() {
    let folder = project(CONFIG);
    let first = run_in(folder.path(), &["config"]).stdout;
    std::fs::write(folder.path().join("again.toml"), &first).unwrap();
    let again = run_in(folder.path(), &["config", "--config", "again.toml"]).stdout;
    let values = |text: &[u8]| {
        text.split(|byte| *byte == b'\n')
            .map(|line| String::from_utf8_lossy(line).split('#').next().unwrap_or_default().trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&first), values(&again));
}

/// The nearest file upward holds, and its paths are its own; the command line goes before it.
#[test]
fn the_nearest_file_holds_from_any_folder_below() {
    let folder = project(CONFIG);
    let below = folder.path().join("上报/2023");
    let told = |folder: &Path, arguments: &[&str]| {
        let output = run_in(folder, &[&["check", "--format", "json", "年报.md"], arguments].concat());
        (status(&output), checked(&output).0.join(", "))
    };
    let expect = |expected: (i32, &str), arguments: &[&str]| {
        assert_eq!(told(&below, arguments), (expected.0, expected.1.to_owned()), "{arguments:?}");
    };
    expect((1, "warning GJ300"), &[]);
    expect((0, "warning GJ300"), &["--fail-on", "error"]);
    expect((1, "error GJ300"), &["--severity", "broken-sum=error"]);
    expect((1, "error GJ300"), &["--isolated"]);
    expect((1, "warning GJ301"), &["--ignore", "GJ311"]);
    expect((1, "warning GJ301"), &["--select", "GJ312"]);
    assert_eq!(status(&run_in(&below, &["explain", "MZ001"])), 0);
    assert_eq!(status(&run_in(&below, &["explain", "--isolated", "MZ001"])), 2);
    std::fs::write(below.join("gouji.toml"), "lang = \"en\"\n").unwrap();
    expect((1, "error GJ300"), &[]);
    assert!(seen(&run_in(&below, &["check", "年报.md"])).contains("error GJ300"));
}

/// Whoever hands in a report hands in no rules.
#[test]
fn nothing_beside_a_report_switches_a_rule_off() {
    let folder = project("");
    for place in ["上报/gouji.toml", "上报/2023/gouji.toml"] {
        std::fs::write(folder.path().join(place), "ignore = [\"core\", \"zfxxgk-2021\"]\n").unwrap();
    }
    for arguments in [&["check", "上报"][..], &["check", "上报/2023/年报.md"]] {
        assert_eq!(status(&run_in(folder.path(), arguments)), 1, "{arguments:?}");
    }
}

#[test]
fn the_same_bytes_whatever_the_folder() {
    let folder = project(CONFIG);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (config, report) = (path("gouji.toml"), path("上报/2023/年报.md"));
    let folders: [PathBuf; 3] = [folder.path().to_owned(), folder.path().join("上报"), std::env::temp_dir()];
    for format in ["full", "concise", "json", "jsonl"] {
        let arguments = ["check", "--config", &config, "--format", format, &report];
        let outputs = folders.each_ref().map(|folder| run_in(folder, &arguments));
        assert!(outputs.iter().all(|output| output.stdout == outputs[0].stdout && output.stderr == outputs[0].stderr));
        assert!(!outputs[0].stdout.is_empty());
    }
}

/// A pack that is wrong is looked at as a whole, though the configuration names it.
#[test]
fn a_configured_pack_can_be_checked() {
    let folder = project(CONFIG);
    let path = folder.path().join("规则/small.toml");
    let text = std::fs::read_to_string(&path).unwrap().replace("sum(urban .. rural)", "sum(urban .. rurl)");
    std::fs::write(&path, text).unwrap();
    assert_eq!(status(&run_in(folder.path(), &["check", "上报"])), 2);
    assert_eq!(status(&run_in(folder.path(), &["pack", "check", "规则"])), 1);
}

/// Packs that extend each other have rules of one code; all of them are meant.
#[test]
fn a_code_means_the_rule_of_every_pack() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/form-2019-slips/form-2019-slips.html"),
        folder.path().join("2019.html"),
    )
    .unwrap();
    let broken = |arguments: &[&str]| {
        let output =
            run_in(folder.path(), &[&["check", "--isolated", "--format", "json", "2019.html"], arguments].concat());
        checked(&output).1["findings"].to_string()
    };
    assert!(broken(&[]).contains("requests.outcomes:"));
    assert!(!broken(&["--ignore", "GJ311"]).contains("requests.outcomes:"));
    assert!(broken(&["--ignore", "zfxxgk-2021"]).contains("requests.outcomes:"));
    assert!(!broken(&["--ignore", "zfxxgk-2019"]).contains("requests.outcomes:"));
}

/// A level chosen for a kind or a pack holds for each of its rules and for each of their sums, and for no other.
#[test]
fn a_level_holds_for_the_rules_that_are_meant() {
    let (core, packs) = gouji::internal::pack::builtin();
    let words: BTreeSet<&String> = rules(core, packs).flat_map(|rule| [&rule.kind, &rule.pack]).collect();
    for word in words {
        for level in [Level::Off, Level::At(Severity::Advice), Level::At(Severity::Error)] {
            let layer = Layer { severity: vec![(word.clone(), level)], ..Layer::default() };
            let selection = Selection { layers: vec![layer] };
            let chosen = |rule: &Rule, own: Severity| match level {
                _ if ![&rule.kind, &rule.pack].contains(&word) => Some(own),
                Level::Off => None,
                Level::At(severity) => Some(severity),
            };
            for pack in packs {
                let levels = selection.levels(core, Some(pack));
                for rule in core.rules.iter().chain(pack.rules()) {
                    assert_eq!(
                        levels.severity(rule, rule.severity),
                        chosen(rule, rule.severity),
                        "{word} {}",
                        rule.code
                    );
                }
                for sum in pack.sums().iter().chain(pack.sums_across()) {
                    assert_eq!(levels.of_sum(sum), chosen(pack.rule_of(sum), sum.severity), "{word} {}", sum.id);
                }
            }
        }
    }
}
