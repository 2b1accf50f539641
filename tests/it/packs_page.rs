//! docs/packs.md and docs/packs-names.md: the pieces of each are one sound pack, and the tables say what happens.

use std::fmt::Write;
use std::sync::Arc;

use gouji::internal::authoring::inspect::{Known, inspect};
use gouji::internal::bind::{Vocabulary, bind};
use gouji::internal::blank::Blank;
use gouji::internal::evaluate::{Figures, Verdict, numbers};
use gouji::internal::limits::Limits;
use gouji::internal::message::Language;
use gouji::internal::pack::{Levels, Pack, builtin, compile};
use gouji::internal::read::read;

const PAGE: &str = include_str!("../../docs/packs.md");
const NAMES: &str = include_str!("../../docs/packs-names.md");

/// The ```toml blocks of a page, one behind the other.
fn pieces(page: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for line in page.lines() {
        match line {
            "```toml" => is_inside = true,
            "```" => is_inside = false,
            line if is_inside => writeln!(text, "{line}").expect("strings take all"),
            _ => {}
        }
    }
    text
}

/// The rows of the table below a heading, without its header, each cell without `code` marks.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let (_, below) = PAGE.split_once(&format!("\n### {heading}\n")).expect("a heading of the page");
    let table = below.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
    table.skip(2).map(cells).collect()
}

#[test]
fn the_pieces_are_a_sound_pack() {
    is_sound(PAGE);
}

#[test]
fn the_pieces_of_a_form_with_names_are_a_sound_pack() {
    is_sound(NAMES);
}

fn is_sound(page: &str) {
    let (core, packs) = builtin();
    let text = pieces(page);
    let inspection = inspect(&text, &Known { core, packs }).unwrap_or_else(|errors| panic!("{errors:?}"));
    let failures: Vec<_> = inspection.failures().map(|case| (&case.rule, &case.verdict)).collect();
    assert!(failures.is_empty(), "{failures:?}");
    let remarks: Vec<String> = inspection.remarks.iter().map(|remark| remark.message.say(Language::English)).collect();
    assert_eq!(remarks, [""; 0]);
}

/// A form with three rows and one sum.
fn small(condition: &str, missing: &str) -> Result<Pack, gouji::internal::pack::PackError> {
    let condition = if condition.is_empty() { String::new() } else { format!("where = \"{condition}\"") };
    let text = format!(
        r#"
        id = "small"
        name = {{ zh = "小表", en = "small" }}
        title = "小表"
        source = "none"
        [identify]
        title = ['^(?<organization>\D+)(?<year>\d+)年小表$']
        least = 3
        [[table]]
        id = "t"
        name = "表"
        corner = "项目名称"
        [[table.block]]
        columns = [{{ id = "n", label = "数量合计" }}]
        rows = [
          {{ id = "total", label = "合计户数" }},
          {{ id = "a", label = "城市户数" }},
          {{ id = "b", label = "农村户数", optional = true }},
        ]
        [[sum]]
        code = "X1"
        name = "sum"
        id = "sum"
        table = "t"
        for_each = "column"
        holds = "total = a + b"
        {condition}
        missing = {{ absent = "{missing}", blank = "{missing}", mark = "{missing}" }}
        says = {{ zh = "合计", en = "total" }}
        source = "none"
        "#
    );
    compile(&text, &builtin().0, &[])
}

/// The outcome of the sum for this text in the cell of `b`.
fn outcome(pack: &Arc<Pack>, b: &str) -> &'static str {
    let packs = [Arc::clone(pack)];
    let mut blank = Blank::new(pack, "某县", 2024);
    let cell = match b {
        "nothing" | "nothing (blank)" => "",
        "no such row (absent)" => "0",
        other => other.split(' ').next().unwrap_or_default(),
    };
    blank.figures = ["5", "5", cell].map(str::to_owned).to_vec();
    let mut report = blank.markdown();
    if b.starts_with("no such row") {
        report = report.replace("| 农村户数 | 0 |\n", "");
    }
    let (core, limits) = (&builtin().0, Limits::default());
    let document = read("r.md", report.as_bytes(), &limits).expect("a text");
    let vocabulary = Vocabulary::new(&packs);
    let bound =
        bind(&document, core, &packs, &vocabulary, &limits).expect("within the limits").pop().expect("the form");
    let numbers = numbers(pack, &bound.facts);
    let levels = &Levels::default();
    let figures = Figures { pack, facts: &bound.facts, levels, numbers: &numbers, others: None };
    match figures.evaluate(&pack.sums()[0]) {
        Verdict::Holds => "holds",
        Verdict::Broken(..) => "broken",
        Verdict::Lacks(_) => "required",
        Verdict::NotEvaluated => "not evaluated",
        Verdict::DoesNotApply => "does not apply",
    }
}

#[test]
fn missing_figures_are_taken_for_what_the_page_says() {
    let table = rows("Figures that are not there");
    assert_eq!(table.len(), 7, "{table:?}");
    for row in table {
        for (policy, expected) in ["unknown", "zero", "error"].into_iter().zip(&row[1..]) {
            let pack = Arc::new(small("", policy).expect("sound"));
            assert_eq!(outcome(&pack, &row[0]), expected, "{} under {policy}", row[0]);
        }
    }
}

#[test]
fn conditions_hold_as_the_page_says() {
    let table = rows("Conditions");
    assert_eq!(table.len(), 8, "{table:?}");
    for row in table {
        let [b, condition, expected] = row.as_slice() else { panic!("{row:?}") };
        let found = match small(condition, "unknown") {
            Ok(pack) => outcome(&Arc::new(pack), b),
            Err(_) => "a mistake",
        };
        assert_eq!(found, expected, "{b} where {condition}");
    }
}
