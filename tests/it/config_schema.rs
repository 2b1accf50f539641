//! `gouji.schema.json`, by which editors complete and check `gouji.toml`, says what the reader says.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use crate::command::{gouji, run, seen, status};
use jsonschema::Validator;
use serde_json::Value;

const SCHEMA: &str = include_str!("../../gouji.schema.json");

fn validator() -> Validator {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_schema_is_fresh() {
    let output = run(&["config", "--schema"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let wanted = String::from_utf8(output.stdout).unwrap();
    let stale = wanted.lines().zip(SCHEMA.lines()).find(|(wanted, found)| wanted != found);
    assert!(
        wanted == SCHEMA,
        "gouji.schema.json is not what src/config/raw.rs says: {stale:?}\n\
         make it anew: cargo run -- config --schema > gouji.schema.json"
    );
}

#[test]
fn the_example_on_the_page_keeps_it() {
    let examples = include_str!("../../docs/configuration.md")
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let all: Vec<&str> = examples.filter(|text| text.contains("gouji.schema.json")).collect();
    assert_eq!(all.len(), 1);
    let value: Value = toml::from_str(all[0]).unwrap();
    assert_eq!(validator().iter_errors(&value).count(), 0);
    let folder = tempfile::tempdir().unwrap();
    let text = all[0].replace("../公用/gouji.toml", "上.toml");
    std::fs::create_dir(folder.path().join("packs")).unwrap();
    std::fs::write(folder.path().join("上.toml"), "").unwrap();
    std::fs::write(folder.path().join("gouji.toml"), text).unwrap();
    let output = gouji(&["config"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(status(&output), 0, "{}", seen(&output));
}

/// What is refused by one is refused by the other, but for words that only packs and files can tell.
#[test]
fn it_refuses_what_the_reader_refuses() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("上.toml"), "lang = \"zh\"\n").unwrap();
    let validator = validator();
    for (text, expected) in [
        ("", true),
        ("extend = \"上.toml\"\n", true),
        (
            "extend = [\"上.toml\"]\nrules = []\nselect = [\"GJ310\"]\nignore = []\nfail-on = \"never\"\nlang = \"zh\"\n",
            true,
        ),
        ("organs = \"机关.csv\"\ncache = \"缓存\"\npack = \"zfxxgk-2021\"\n", true),
        ("[severity]\n\"broken-sum\" = \"off\"\nGJ310 = \"advice\"\n[limit]\nseconds = 10\n", true),
        (
            "[[override]]\npaths = [\"a\"]\norganizations = [\"b*\"]\npack = \"zfxxgk-2021\"\nselect = []\nignore = []\nseverity = { GJ310 = \"error\" }\n",
            true,
        ),
        ("extend = 3\n", false),
        ("extend = [3]\n", false),
        ("ignor = []\n", false),
        ("ignore = \"GJ310\"\n", false),
        ("fail_on = \"never\"\n", false),
        ("fail-on = \"errors\"\n", false),
        ("lang = \"fr\"\n", false),
        ("[severity]\nGJ310 = \"fatal\"\n", false),
        ("[limit]\nsecond = 10\n", false),
        ("[limit]\nseconds = -1\n", false),
        ("[limit]\nseconds = \"10\"\n", false),
        ("[[override]]\nignore = []\n", false),
        ("[[override]]\npaths = []\n", false),
        ("[[override]]\npaths = [\"a\"]\nlang = \"zh\"\n", false),
        ("[[override]]\norganizations = [\"a\"]\nseverity = { GJ310 = \"fatal\" }\n", false),
        ("[override]\npaths = [\"a\"]\n", false),
    ] {
        let value: Value = toml::from_str(text).unwrap();
        let told: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(told.is_empty(), expected, "{text}: {told:?}");
        std::fs::write(folder.path().join("gouji.toml"), text).unwrap();
        let output = gouji(&["config"]).current_dir(folder.path()).output().unwrap();
        assert_eq!(status(&output) == 0, expected, "{text}: {}", seen(&output));
    }
}
