//! Configurations that extend others, and what `gouji config` makes of all that was said.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::command::{gouji, seen, status};

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const OTHER: &str = include_str!("../../fixtures/website-slips/website-slips.md");

/// A folder with these files, and reports.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let reports = [("单位/上报/a.md", WRONG), ("单位/上报/历史/b.md", WRONG), ("单位/上报/网站.md", OTHER)];
    for (name, text) in reports.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/small.toml");
    fs::create_dir_all(folder.path().join("公用/规则")).unwrap();
    fs::copy(pack, folder.path().join("公用/规则/small.toml")).unwrap();
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    gouji(arguments).current_dir(folder).output().unwrap()
}

/// What the province says, what the county says on top of it, and what the office says itself.
const LAYERS: [(&str, &str); 3] = [
    (
        "公用/省.toml",
        "rules = [\"规则/\"]\nignore = [\"GJ410\"]\nfail-on = \"warning\"\nlang = \"en\"\ncache = \"缓存\"\n\n\
         [severity]\nGJ311 = \"warning\"\n\n[limit]\nseconds = 30\n\n\
         [[override]]\npaths = [\"历史/\"]\nignore = [\"broken-sum\"]\n",
    ),
    ("公用/县.toml", "extend = \"省.toml\"\nlang = \"zh\"\nignore = [\"MZ001\"]\n"),
    (
        "单位/gouji.toml",
        "extend  = [\"../公用/县.toml\", \"../公用/省.toml\"]\nfail-on = \"error\"\n\n[limit]\nseconds = 20\n\n\
         [[override]]\norganizations = [\"青岚县*\"]\nseverity = { GJ312 = \"warning\" }\n",
    ),
];

#[test]
fn what_is_extended_holds_beneath() {
    let folder = project(&LAYERS);
    let output = run_in(&folder.path().join("单位/上报"), &["config", "--show-origin"]);
    insta::assert_snapshot!("layers_zh", seen(&output));
    let arguments = ["config", "--show-origin", "--lang", "en", "--severity", "broken-sum=advice", "--no-cache"];
    insta::assert_snapshot!("layers_en", seen(&run_in(&folder.path().join("单位"), &arguments)));
}

/// What is printed is one file that says the same, wherever it was printed and whatever the command line added.
#[test]
fn what_is_printed_says_the_same() {
    let folder = project(&LAYERS);
    let office = folder.path().join("单位");
    for options in [
        &[][..],
        &["--severity", "broken-sum=advice"],
        &["--severity", "GJ311=off", "--ignore", "GJ410"],
        &["--select", "GJ311,GJ101"],
        &["--pack", "zfxxgk-2019"],
    ] {
        // What was chosen does not ask where it is printed.
        let places = ["单位/上报", "单位", "单位/上报/历史"];
        for place in if options.is_empty() { &places[..] } else { &places[..1] } {
            let place = folder.path().join(place);
            let printed = run_in(&place, &[&["config", "--no-cache"], options].concat());
            assert_eq!(status(&printed), 0, "{}", seen(&printed));
            assert!(!String::from_utf8_lossy(&printed.stdout).contains('#'));
            fs::write(place.join("同.toml"), &printed.stdout).unwrap();
            let reports = office.join("上报");
            let told = |arguments: &[&str]| {
                // An override that holds for nothing is said of the file that it is in.
                let call = ["check", "--format", "json", "--no-cache", "--ignore", "GJ622", reports.to_str().unwrap()];
                run_in(&place, &[&call[..], arguments].concat())
            };
            let (first, again) = (told(options), told(&["--config", "同.toml"]));
            assert_eq!(seen(&first), seen(&again), "{options:?}");
            let again = run_in(&place, &["config", "--no-cache", "--config", "同.toml"]);
            assert_eq!(seen(&printed), seen(&again), "{options:?}");
            fs::remove_file(place.join("同.toml")).unwrap();
        }
    }
}

/// Nothing passes because nothing was asked of it.
#[test]
fn an_empty_selection_is_of_all_rules() {
    for text in ["", "select = []\n"] {
        let folder = project(&[("gouji.toml", text)]);
        let output = run_in(folder.path(), &["check", "单位/上报/a.md"]);
        assert_eq!(status(&output), 1, "{text}");
        assert!(String::from_utf8(output.stdout).unwrap().contains("GJ300"), "{text}");
    }
}

#[test]
fn mistakes_are_shown_in_the_file_they_stand_in() {
    let over = |text: &str| format!("[[override]]\npaths = [\"历史/\"]\n{text}\n");
    let files: [(&str, &str, String); 14] = [
        ("circle", "lang = \"zh\"\nextend = [\"再上.toml\"]\n", "extend = \"上.toml\"\n".to_owned()),
        ("missing", "extend = \"没有.toml\"\n", String::new()),
        ("missing of a list", "extend = [\n  \"再上.toml\",\n  \"没有.toml\",\n]\n", String::new()),
        ("shape of extend", "extend = 3\n", String::new()),
        ("rule", "", "\nignore = [\"mising-row\"]\n".to_owned()),
        ("key", "", "ignor = []\n".to_owned()),
        ("rules", "", "rules = [\"没有/\"]\n".to_owned()),
        ("key of an override", "", over("ignor = []")),
        ("rule of an override", "", over("select = [\"GJ311\", \"broken-sums\"]")),
        ("severity of an override", "", over("severity = { \"broken-sums\" = \"off\" }")),
        ("level of an override", "", over("severity = { GJ311 = \"fatal\" }")),
        ("pack of an override", "", over("pack = \"zfxxgk-2012\"")),
        ("override of nothing", "", "[[override]]\npaths = []\nignore = [\"GJ311\"]\n".to_owned()),
        ("pattern", "", "[[override]]\npaths = [\"历史/[\"]\n".to_owned()),
    ];
    for language in ["zh", "en"] {
        let mut all = String::new();
        for (name, own, extended) in &files {
            let own = if own.is_empty() { "extend = \"再上.toml\"\n" } else { own };
            let folder =
                project(&[("上.toml", own), ("再上.toml", extended), ("gouji.toml", "extend = \"上.toml\"\n")]);
            let output = run_in(folder.path(), &["check", "--lang", language, "."]);
            all += &format!("{name}\n{}\n", seen(&output));
        }
        insta::assert_snapshot!(format!("layer_mistakes_{language}"), all);
    }
}

/// A file is the same whatever leads to it.
#[test]
fn a_file_that_extends_itself_is_a_circle() {
    let folder = project(&[("单位/gouji.toml", "extend = \"../单位/./gouji.toml\"\n")]);
    let output = run_in(&folder.path().join("单位/上报"), &["config"]);
    assert_eq!(status(&output), 2);
    assert!(seen(&output).contains("又引用了自身"), "{}", seen(&output));
}
