//! `gouji pack check` as the author of a rule pack sees it.

use std::path::Path;

use crate::command::{gouji, run, seen, status};
use gouji::internal::authoring::inspect::{Distance, strengths};
use gouji::internal::pack::builtin;

const FORM: &str = include_str!("../../rules/zfxxgk-2021.toml");
const SMALL: &str = include_str!("../packs/small.toml");

/// The pack `text` under a name of its own, checked.
fn checked(text: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("pack.toml"), text).expect("room");
    let arguments = [&["pack", "check", "pack.toml"], arguments].concat();
    seen(&gouji(&arguments).current_dir(folder.path()).output().expect("the command runs"))
}

/// `text` with each of `changes` made once.
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the pack does not say {from:?}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn a_sound_pack() {
    insta::assert_snapshot!("sound_zh", checked(SMALL, &[]));
    insta::assert_snapshot!("sound_en", checked(SMALL, &["--lang", "en"]));
}

/// The packs that come with the program are held to what is asked of others.
#[test]
fn our_own_packs_draw_no_remarks() {
    let output = run(&["pack", "check", "--format", "json", "rules"]);
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packs = checked["packs"].as_array().expect("a list");
    assert_eq!(packs.len(), builtin().1.len());
    for pack in packs {
        assert_eq!((&pack["sound"], &pack["remarks"]), (&true.into(), &serde_json::json!([])), "{}", pack["path"]);
    }
}

/// Independent mistakes are told together, and none that only follows from another.
#[test]
fn every_mistake_is_told_at_once() {
    let broken = changed(
        SMALL,
        &[
            (r"(?<year>20\d\d)年1月1日", r"20\d\d年1月1日"),
            (r#"tables   = ["aid"]"#, r#"tables   = ["aids"]"#),
            ("sum(urban .. rural)", "sum(urbn .. rural)"),
            ("pattern = '资金'", "pattern = '(资金'"),
            ("doubt    =", "doubts   ="),
            (r#"rule          = "funds-not-mentioned""#, r#"rule          = "funds-are-mentioned""#),
        ],
    );
    insta::assert_snapshot!("broken_zh", checked(&broken, &[]));
    insta::assert_snapshot!("broken_en", checked(&broken, &["--lang", "en"]));
}

/// What speaks of a table that could not be read is no mistake of its own.
#[test]
fn what_follows_from_a_mistake_is_not_told() {
    let broken = changed(SMALL, &[(r#"value = "amount""#, r#"value = "money""#), ("'万|亿'", "'万|(亿'")]);
    insta::assert_snapshot!("broken_table", checked(&broken, &[]));
    let broken = changed(SMALL, &[("number   = 2", "number   = 3")]);
    insta::assert_snapshot!("broken_section", checked(&broken, &[]));
}

#[test]
fn a_long_line_with_tabs_is_cut_around_the_mistake() {
    let long = format!("\t\tneeds\t= [{{ pattern = '{}|(', words = \"费\" }}]", "依申请公开信息处理费".repeat(20));
    let broken = changed(SMALL, &[(r#"needs    = [{ pattern = '资金', words = "救助资金" }]"#, &long)]);
    insta::assert_snapshot!("broken_long_line", checked(&broken, &[]));
}

#[test]
fn what_is_suspicious_is_told() {
    let suspicious = changed(
        SMALL,
        &[
            ("tables   = [\"aid\"]\n", ""),
            (r#"label = "农村""#, r#"label = "城市""#),
            ("holds    = \"total = sum(urban .. rural)\"", "holds    = \"total + urban >= total\""),
            ("source   = \"表内所印\"", "source   = \"\""),
            ("needs    = [{ pattern = '资金'", "needs    = [{ pattern = '资金|'"),
        ],
    ) + r#"
[[sum]]
code     = "MZ003"
name     = "people-again"
id       = "again"
table    = "aid"
for_each = "row"
holds    = "urban + rural = total"
says     = { zh = "合计应等于城市、农村之和", en = "" }
source   = "表内所印"

[[sum]]
code     = "MZ004"
name     = "people-once-more"
id       = "once-more"
table    = "aid"
for_each = "row"
holds    = "total - urban = rural"
says     = { zh = "合计减城市应等于农村", en = "total less urban is rural" }
source   = "表内所印"

[[sum]]
code     = "MZ005"
name     = "nothing"
id       = "nothing"
table    = "aid"
for_each = "row"
holds    = "total - total = urban + rural"
says     = { zh = "城市、农村应为 0", en = "urban and rural are 0" }
source   = "表内所印"

[[sum]]
code     = "MZ006"
name     = "one-more"
id       = "one-more"
table    = "aid"
for_each = "row"
holds    = "total = total + 1"
says     = { zh = "合计应比合计多 1", en = "the total is one more than the total" }
source   = "表内所印"
"#;
    insta::assert_snapshot!("suspicious_zh", checked(&suspicious, &[]));
    insta::assert_snapshot!("suspicious_en", checked(&suspicious, &["--lang", "en"]));
}

/// （六）其他处理 is printed as one row or as three, never as both.
#[test]
fn a_sum_that_needs_a_group_printed_in_two_ways_is_told() {
    let balance = "table    = \"requests\"\nfor_each = \"column\"\nholds    = \"received + carried_in = concluded + carried_out\"";
    let both = "holds    = \"requests.other_outcome.total = requests.other_outcome.other.total\"";
    let output = checked(&changed(FORM, &[(balance, both)]), &[]);
    let told: Vec<&str> = output.lines().filter(|line| line.starts_with("警告")).collect();
    assert_eq!(told, ["警告  此规则永远无法核对：它既用到合为一行的数字，又用到该行拆开后的数字"], "{output}");
}

/// Every verdict on a case but the good one.
#[test]
fn cases_that_do_not_hold_are_told() {
    for (verdict, from, to) in [
        ("reported", "[case.right.figures]\n", "[case.right.figures]\n\"aid.living.rural\" = \"9\"\n"),
        ("missing", "\"aid.living.total\" = \"3\"", "\"aid.living.total\" = \"2\""),
        ("noisy", "[case.wrong.figures]\n", "[case.wrong.figures]\n\"aid.medical.urban\" = \"\"\n"),
        ("wrong", "wrong.replace = { \"资金均\"", "wrong.replace = { \"经费均\""),
    ] {
        insta::assert_snapshot!(format!("case_{verdict}"), checked(&changed(SMALL, &[(from, to)]), &[]));
    }
}

/// A pack that is all but another one is told so.
#[test]
fn a_form_that_is_taken_for_another_is_told() {
    let copy = changed(FORM, &[("\"zfxxgk-2021\"", "\"zfxxgk-copy\"")]);
    let refused = checked(&copy, &[]);
    assert!(refused.contains(" 是 zfxxgk-2021 的规则编号，请另取"), "{refused}");
    let copy = copy.replace("\"GJ", "\"XJ");
    let output = checked(&copy, &[]);
    assert!(output.contains("警告  本格式的空白表被识别为 zfxxgk-2021\n"), "{output}");
    let shy = changed(SMALL, &[("least = 4", "least = 400")]);
    insta::assert_snapshot!("shy", checked(&shy, &[]));
}

/// A sum that takes in more figures than any form has is a mistake.
#[test]
fn a_sum_of_very_many_terms() {
    let sum = SMALL.lines().find(|line| line.trim_start().starts_with("holds")).expect("a sum");
    let (_, text) = sum.split_once('"').expect("a text");
    let name = text.split(' ').next().expect("a name");
    let long = sum.trim_end_matches('"').to_owned() + &format!(" + {name}").repeat(300_000) + "\"";
    let said = checked(&changed(SMALL, &[(sum, &long)]), &[]);
    assert!(said.contains("数字过多"), "{}", said.chars().take(500).collect::<String>());
}

#[test]
fn as_json() {
    insta::assert_snapshot!("json", checked(SMALL, &["--format", "json"]));
    let broken = changed(SMALL, &[("least = 4", "least = \"four\"")]);
    insta::assert_snapshot!("json_broken", checked(&broken, &["--format", "json"]));
}

#[test]
fn exit_statuses() {
    let missing = Path::new("no such file.toml");
    assert!(!missing.exists());
    for (arguments, expected) in [
        (&["pack", "check", "rules/zfxxgk-2021.toml"][..], 0),
        (&["pack", "check", "tests/packs"], 0),
        (&["pack", "check", "rules"], 0),
        (&["pack", "check", "rules/core.toml"], 1),
        (&["pack", "check", "no such file.toml"], 2),
        (&["pack", "check"], 2),
        (&["pack"], 2),
    ] {
        let output = run(arguments);
        assert_eq!(status(&output), expected, "{arguments:?}\n{}", seen(&output));
    }
}

/// What is said of table three in the literature on it: 175 figures, 39 equations, rank 37, minimum distance 4.
#[test]
fn table_three_is_a_code_of_distance_four() {
    let strengths = strengths(&builtin().1[0]);
    let [three, four @ ..] = strengths.as_slice() else { panic!("no equations") };
    assert_eq!((three.figures, three.equations, three.rank), (175, 39, 37));
    let Distance::Exactly(example) = &three.distance else { panic!("{three:?}") };
    assert_eq!(example.len(), 4);
    assert_eq!(example.iter().filter_map(|(_, by)| *by).sum::<i64>(), 0, "a rectangle: {example:?}");
    assert_eq!(four.len(), 3, "the groups of table four share no figure");
    for group in four {
        assert_eq!((group.figures, group.equations, group.rank), (5, 1, 1));
        assert!(matches!(&group.distance, Distance::Exactly(example) if example.len() == 2));
    }
}
