//! Reports with sentences as others write them, where they are at hand: what is understood of each, and what is found.

use std::collections::BTreeSet;
use std::path::PathBuf;

use regex::Regex;
use serde_json::Value;

use crate::command::run;

struct Shown {
    folder: PathBuf,
    /// The reports, with the sentences in each and what is wrong.
    reports: Vec<Value>,
}

/// None where they are not here.
fn shown() -> Option<Shown> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/prose/shown");
    let Ok(truth) = std::fs::read_to_string(folder.with_extension("truth.json")) else {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    };
    Some(Shown { folder, reports: serde_json::from_str(&truth).expect("a list") })
}

/// So many wrong numbers are found, and none of the right reports is accused.
#[test]
fn sentences_of_others_are_judged_as_well_as_ever() {
    const MISSED: usize = 4;
    let Some(Shown { folder, reports }) = shown() else { return };
    let mut missed = Vec::new();
    for report in &reports {
        let name = report["file"].as_str().expect("a name");
        let text = std::fs::read_to_string(folder.join(name)).expect("the report");
        let found = super::found(&text);
        match report["error"].is_null() {
            true => assert!(found.is_empty(), "{name}: {found:?}"),
            false if found.is_empty() => missed.push(name),
            false => {}
        }
    }
    assert!(missed.len() <= MISSED, "{missed:?}");
}

/// Each number of a right sentence that has a meaning was compared with something, and agrees.
#[test]
fn every_number_of_the_sentences_of_others_is_understood() {
    // Of 104 patterns; the others are there only with a wrong number, or not at all.
    const SHOWN: usize = 99;
    let Some(Shown { folder, reports }) = shown() else { return };
    let patterns = std::fs::read_to_string(folder.with_file_name("items_shown.json")).expect("the patterns");
    let patterns: Vec<Value> = serde_json::from_str(&patterns).expect("a list");
    let mut seen = BTreeSet::new();
    for report in &reports {
        let sentences = report["sentences"].as_array().expect("a list");
        let right: Vec<&Value> = sentences.iter().filter(|own| own["item"] != report["error"]["item"]).collect();
        if right.iter().all(|own| seen.contains(own["item"].as_str().expect("an id"))) {
            continue;
        }
        let path = folder.join(report["file"].as_str().expect("a name"));
        let listing = run(&["explain", "--text", path.to_str().expect("UTF-8"), "--lang", "en"]);
        let listing = String::from_utf8(listing.stdout).expect("UTF-8");
        let text = std::fs::read(&path).expect("the report");
        for sentence in right {
            let item = sentence["item"].as_str().expect("an id");
            let pattern = patterns.iter().find(|pattern| pattern["id"] == item).expect("the pattern");
            let place = |key: &str| usize::try_from(sentence[key].as_u64().expect("a byte")).expect("small");
            let written = std::str::from_utf8(&text[place("start")..place("end")]).expect("UTF-8");
            let unclear = not_understood(pattern, written, &listing);
            assert!(unclear.is_empty(), "{}: {written}: {unclear:?}\n{listing}", path.display());
            seen.insert(item.to_owned());
        }
    }
    assert!(seen.len() >= SHOWN, "only {} patterns", seen.len());
}

/// The numbers of a sentence that have a meaning and are not listed as compared and right.
fn not_understood(pattern: &Value, sentence: &str, listing: &str) -> Vec<String> {
    let slots = slots(pattern["text"].as_str().expect("text"), sentence);
    let tight: String = sentence.split_whitespace().collect();
    let compared: Vec<(&str, &str)> = listing
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|line| tight.contains(line[0]) && !line[7].is_empty() && !line[7].starts_with("differs"))
        .map(|line| (line[0], line[1]))
        .collect();
    let has_meaning = |claim: &&Value| !matches!(claim["kind"].as_str(), Some("none" | "missing-number"));
    let claims = pattern["claims"].as_array().expect("a list").iter().filter(has_meaning);
    let written = claims.filter_map(|claim| slots.get(usize::try_from(claim["slot"].as_u64()?).ok()?).cloned());
    let is_listed = |written: &String| {
        compared.iter().any(|(clause, number)| {
            number.trim_end_matches(|c: char| !c.is_ascii_digit()) == written
                || clause.contains(written.as_str()) && !written.starts_with(|c: char| c.is_ascii_digit())
                || written.contains(clause)
        })
    };
    written.filter(|written| !is_listed(written)).collect()
}

/// What is written where the pattern has `{…}` or `⟦…⟧`.
fn slots(pattern: &str, sentence: &str) -> Vec<String> {
    let slot = Regex::new(r"\{[^{}]*\}|⟦[^⟧]*⟧").expect("sound");
    let between: Vec<String> = slot.split(pattern).map(regex::escape).collect();
    let pattern = Regex::new(&format!("(?s)^{}$", between.join("(.*?)"))).expect("sound");
    let found = pattern.captures(sentence).expect("the sentence follows its pattern");
    found.iter().skip(1).flatten().map(|slot| slot.as_str().split_whitespace().collect()).collect()
}
