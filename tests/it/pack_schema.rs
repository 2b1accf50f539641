//! `rules/pack.schema.json`, by which editors complete and check packs, says what the compiler says.

use std::path::{Path, PathBuf};

use crate::command::{run, seen, status};
use crate::support::markdown;
use gouji::internal::authoring::draft::draft;
use gouji::internal::blank::Blank;
use gouji::internal::limits::Limits;
use gouji::internal::message::Language;
use gouji::internal::pack::{PackError, builtin, compile};
use gouji::internal::read::read;
use jsonschema::Validator;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const SCHEMA: &str = include_str!("../../rules/pack.schema.json");
const FORM: &str = include_str!("../../rules/zfxxgk-2021.toml");

fn validator() -> Validator {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    jsonschema::meta::validate(&schema).expect("the schema is one");
    jsonschema::validator_for(&schema).expect("the schema can be used")
}

/// Where the schema refuses a pack, and why.
fn refused(text: &str) -> Vec<(String, String)> {
    let pack: Value = toml::from_str(text).expect("TOML");
    let validator = validator();
    let errors = validator.iter_errors(&pack).map(|error| (error.instance_path().to_string(), error.to_string()));
    errors.collect()
}

fn packs(folder: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let packs = files.filter(|path| path.extension().is_some_and(|end| end == "toml") && !path.ends_with("core.toml"));
    packs.map(|path| (path.clone(), std::fs::read_to_string(path).expect("a pack")))
}

#[test]
fn the_schema_is_fresh() {
    let output = run(&["pack", "schema"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let wanted = String::from_utf8(output.stdout).expect("UTF-8");
    let stale = wanted.lines().zip(SCHEMA.lines()).find(|(wanted, found)| wanted != found);
    assert!(
        wanted == SCHEMA,
        "rules/pack.schema.json is not what src/pack/raw.rs says: {stale:?}\n\
         make it anew: cargo run -- pack schema > rules/pack.schema.json"
    );
}

#[test]
fn our_packs_keep_it_and_name_it() {
    let ours: Vec<_> = packs("rules").collect();
    assert_eq!(ours.len(), builtin().1.len());
    for (path, text) in &ours {
        assert!(text.starts_with("#:schema ./pack.schema.json\n"), "{} does not name its schema", path.display());
    }
    for (path, text) in ours.into_iter().chain(packs("tests/packs")) {
        assert_eq!(refused(&text), [], "{}", path.display());
    }
}

#[test]
fn the_pack_on_the_page_keeps_it() {
    let blocks = include_str!("../../docs/packs.md").split("\n```toml\n").skip(1);
    let pieces: Vec<&str> = blocks.filter_map(|block| block.split("\n```").next()).collect();
    assert_eq!(refused(&pieces.join("\n")), []);
}

#[test]
fn drafts_keep_it_and_name_it() {
    let mut samples = vec![
        ("county.md".to_owned(), include_str!("../forms/county.md").to_owned()),
        ("budget.html".to_owned(), include_str!("../forms/budget.html").to_owned()),
    ];
    for pack in &builtin().1 {
        let blank = Blank::new(pack, "望江县商务局", 2024);
        samples.push((format!("{}.md", pack.id), markdown::write(&blank, markdown::Way::Padded)));
    }
    for (name, sample) in samples {
        let document = read(&name, sample.as_bytes(), &Limits::default()).expect("a sample that can be read");
        let draft = draft(&document, "draft", &builtin().0, Language::Chinese).text;
        assert!(draft.starts_with("#:schema ./pack.schema.json\n"), "{name}\n{draft}");
        assert_eq!(refused(&draft), [], "{name}\n{draft}");
        // As its author leaves it: with the sums that were guessed.
        let sums = draft.find("# [[sum]]").unwrap_or(draft.len());
        let finished = draft[..sums].to_owned() + &draft[sums..].replace("# ", "");
        assert_eq!(refused(&finished), [], "{name}\n{finished}");
    }
}

/// What stands in a table or array under a part of a JSON pointer.
fn inner<'t>(value: &Spanned<DeValue<'t>>, part: &str) -> Option<Spanned<DeValue<'t>>> {
    match value.get_ref() {
        DeValue::Table(table) => table.get(part).cloned(),
        DeValue::Array(array) => array.get(part.parse::<usize>().expect("a number")).cloned(),
        _ => None,
    }
}

/// The bytes of a pack at a JSON pointer.
fn place(text: &str, pointer: &str) -> std::ops::Range<usize> {
    let table = DeTable::parse(text).expect("TOML");
    let place = table.span();
    let root = Spanned::new(place, DeValue::Table(table.into_inner()));
    let found = pointer.split('/').skip(1).try_fold(root, |value, part| inner(&value, part));
    found.unwrap_or_else(|| panic!("{pointer} is not there")).span()
}

/// The pack of 2021 with a mistake, what the compiler says of it, and where and why the schema refuses it.
fn mistaken(from: &str, to: &str) -> (String, PackError, Vec<(String, String)>) {
    assert!(FORM.contains(from), "the pack does not say {from:?}");
    let text = FORM.replacen(from, to, 1);
    let error = compile(&text, &builtin().0, &[]).expect_err(to);
    let told = refused(&text);
    (text, error, told)
}

#[test]
fn wrong_values_and_missing_keys_are_refused_where_the_compiler_refuses_them() {
    for (from, to, at) in [
        ("id     = \"zfxxgk-2021\"\n", "", ""),
        ("least  = 8", "least  = \"eight\"", "/identify/least"),
        ("number   = 6", "number   = 0", "/section/5/number"),
        ("number   = 6", "number   = \"6\"", "/section/5/number"),
        ("value = \"amount\"", "value = \"money\"", "/table/0/block/3/columns/0/value"),
        ("unit = \"万元\"", "unit = \"两\"", "/table/0/block/3/columns/0/unit"),
        ("code     = \"GJ310\"\n", "", "/sum/0"),
        ("for_each = \"column\"", "for_each = \"cell\"", "/sum/0/for_each"),
        ("severity = \"warning\"", "severity = \"grave\"", "/sum/5/severity"),
        ("kind     = \"prose-table\"", "kind     = \"prose\"", "/prose/0/kind"),
    ] {
        let (text, error, told) = mistaken(from, to);
        assert!(told.iter().any(|(place, _)| place == at), "{to:?}: not at {at:?} but {told:?}");
        assert_eq!(place(&text, at), error.span, "{to:?}: {error:?}");
    }
}

#[test]
fn unknown_keys_are_refused_by_their_names() {
    for (from, to, at) in [
        ("family = \"zfxxgk\"", "families = \"zfxxgk\"", ""),
        ("least  = 8", "least  = 8\nmost = 9", "/identify"),
        ("corner = \"信息内容\"", "corners = \"信息内容\"", "/table/0"),
        ("id = \"total\", label", "id = \"total\", lable", "/table/1/block/0/columns/0/columns/2"),
    ] {
        let (text, error, told) = mistaken(from, to);
        let key = format!("'{}'", &text[error.span]);
        assert!(told.iter().any(|(place, why)| place == at && why.contains(&key)), "{key} at {at:?}: {told:?}");
    }
}

/// What is due depends on what else stands there.
#[test]
fn what_a_pack_lacks_is_refused_by_both() {
    let table = "table    = \"requests\"\n";
    for (from, to, at) in [
        ("least  = 8\n", "", "/identify"),
        ("source = \"《国务院办公厅", "# source = \"《国务院办公厅", ""),
        (table, "", "/sum/0"),
    ] {
        let (_, _, told) = mistaken(from, to);
        assert!(told.iter().any(|(place, _)| place == at), "{to:?}: not at {at:?} but {told:?}");
    }
    // A pack that extends another one takes it from there.
    let extending = "id = \"mine\"\nname = { zh = \"甲\", en = \"A\" }\n";
    assert_ne!(refused(extending), []);
    assert_eq!(refused(&format!("{extending}extends = \"zfxxgk-2021\"\n")), []);
}
