//! docs/rules.md is what the packs say now.

use crate::command::{run, seen, status};

#[test]
fn the_page_of_rules_is_fresh() {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let output = run(&["rules", "--format", "markdown", "--lang", "zh"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let wanted = String::from_utf8(output.stdout).expect("UTF-8");
    let page = std::fs::read_to_string(PATH).unwrap_or_default();
    let stale = wanted.lines().zip(page.lines().chain(std::iter::repeat(""))).find(|(wanted, found)| wanted != found);
    assert!(
        page == wanted,
        "docs/rules.md is not what the packs say: {stale:?}\n\
         make it anew: cargo run -- rules --format markdown --lang zh > docs/rules.md"
    );
}
