//! What every rule must have, and what is said of packs with a mistake in them.

use std::collections::BTreeSet;

use gouji::internal::pack::expression::Problem;
use gouji::internal::pack::{PackProblem, Rule, builtin, compile};
use regex::Regex;

const FORM: &str = include_str!("../../rules/zfxxgk-2021.toml");

fn rules() -> impl Iterator<Item = &'static Rule> {
    let (core, packs) = builtin();
    core.rules.iter().chain(packs.iter().flat_map(|pack| pack.rules())).map(AsRef::as_ref)
}

/// Waivers, baselines and other people's scripts speak of rules by code and name: neither changes, and none goes.
#[test]
fn codes_are_permanent() {
    let listed: Vec<&str> = include_str!("codes.txt").lines().collect();
    let builtin: Vec<String> = rules().map(|rule| format!("{} {}", rule.code, rule.name)).collect();
    let mut seen = BTreeSet::new();
    for word in listed.iter().flat_map(|line| line.split(' ')) {
        assert!(seen.insert(word), "{word} stands twice in tests/codes.txt: take a code and a name not used yet");
    }
    let gone: Vec<&&str> = listed.iter().filter(|line| !builtin.iter().any(|rule| rule == *line)).collect();
    assert!(gone.is_empty(), "codes and names are permanent, but these are no rules any more: {gone:?}");
    let new: Vec<&str> = builtin.iter().map(String::as_str).filter(|rule| !listed.contains(rule)).collect();
    assert!(new.is_empty(), "append to tests/codes.txt:\n{}", new.join("\n"));
}

/// The program compiles the patterns of its own packs where they are first used, and relies on this.
#[test]
fn every_pattern_is_one() {
    let (core, packs) = builtin();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the packs") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a pack");
        if path.extension().is_some_and(|end| end == "toml") && !gouji::internal::pack::is_core(&text) {
            let pack = compile(&text, core, packs).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
            ids.insert(pack.id);
        }
    }
    let known: BTreeSet<String> = packs.iter().map(|pack| pack.id.clone()).collect();
    assert_eq!(ids, known, "packs on disk and packs that come with the program");
}

#[test]
fn codes_and_names_have_their_shape() {
    let code = Regex::new(r"^GJ\d{3}$").expect("a pattern");
    let name = Regex::new(r"^[a-z]+(?:-[a-z]+)*$").expect("a pattern");
    for rule in rules() {
        assert!(code.is_match(&rule.code), "{}: a code is GJ and three digits", rule.code);
        assert!(name.is_match(&rule.name), "{}: a name is kebab-case", rule.name);
    }
}

#[test]
fn every_rule_explains_itself() {
    for rule in rules() {
        let is_core = rule.pack == "core";
        assert!(!rule.says.zh.trim().is_empty() && !rule.says.en.trim().is_empty(), "{} says nothing", rule.code);
        // The reason for a rule of a form is its source.
        let has_why = !rule.why.zh.trim().is_empty() && !rule.why.en.trim().is_empty();
        assert!(has_why || !is_core, "{} does not say why in both languages", rule.code);
        assert!(!rule.source.trim().is_empty() || is_core, "{} names no source", rule.code);
    }
}

/// A mistake made in the pack of 2021.
struct Mistake {
    /// What stands in the pack, and what is written instead of it, once.
    from: &'static str,
    to: &'static str,
    problem: PackProblem,
    /// The text at the place of the error; quotation marks around it do not count.
    at: &'static str,
}

fn unknown(name: &str, nearest: Option<&str>) -> PackProblem {
    PackProblem::UnknownName { name: name.to_owned(), nearest: nearest.map(str::to_owned) }
}

fn not_one_of(found: &str, allowed: &str) -> PackProblem {
    PackProblem::NotOneOf { found: found.to_owned(), allowed: allowed.to_owned() }
}

/// The words of the TOML parser and of the pattern engine change with their versions.
fn without_foreign_words(problem: PackProblem) -> PackProblem {
    match problem {
        PackProblem::Toml(_) => PackProblem::Toml(String::new()),
        PackProblem::Pattern(_) => PackProblem::Pattern(String::new()),
        own => own,
    }
}

fn assert_told(mistakes: impl IntoIterator<Item = Mistake>) {
    for Mistake { from, to, problem, at } in mistakes {
        assert!(FORM.contains(from), "the pack does not say {from:?}");
        let text = FORM.replacen(from, to, 1);
        let error = compile(&text, &builtin().0, &[]).expect_err(to);
        assert_eq!(without_foreign_words(error.problem), problem, "{to}");
        let found = text.get(error.span).expect("a place in the pack, between characters");
        assert_eq!(found.trim_matches(['"', '\'']), at, "place of the mistake in {to}");
    }
}

#[test]
fn a_pack_that_is_no_pack_is_told_where() {
    assert_told([
        Mistake {
            from: r#"id     = "zfxxgk-2021""#,
            to: "id     = 政府",
            problem: PackProblem::Toml(String::new()),
            at: "政府",
        },
        Mistake {
            from: r#"corner = "信息内容""#,
            to: r#"corners = "信息内容""#,
            problem: PackProblem::Toml(String::new()),
            at: "corners",
        },
        Mistake {
            from: "least  = 8",
            to: r#"least  = "eight""#,
            problem: PackProblem::Toml(String::new()),
            at: "eight",
        },
        Mistake { from: "number   = 6", to: "number   = 7", problem: not_one_of("7", "1, 2, 3 …"), at: "7" },
        Mistake {
            from: r#"severity = "warning""#,
            to: r#"severity = "grave""#,
            problem: not_one_of("grave", "error, warning, advice"),
            at: "grave",
        },
        Mistake {
            from: r#"value = "amount""#,
            to: r#"value = "money""#,
            problem: not_one_of(
                "money",
                "count, integer, amount, decimal, yes-no, text, percent, date, date-mdy, date-dmy",
            ),
            at: "money",
        },
        Mistake {
            from: r#"for_each = "column""#,
            to: r#"for_each = "cell""#,
            problem: not_one_of("cell", "row, column, figure, code, name"),
            at: "cell",
        },
        Mistake {
            from: r#"id     = "disclosure""#,
            to: r#"id     = "requests""#,
            problem: PackProblem::Doubled("requests".to_owned()),
            at: "requests",
        },
        Mistake {
            from: r#"code     = "GJ311""#,
            to: r#"code     = "GJ310""#,
            problem: PackProblem::Doubled("GJ310".to_owned()),
            at: "GJ310",
        },
    ]);
}

#[test]
fn an_unknown_name_is_told_where_and_the_nearest_with_it() {
    assert_told([
        Mistake {
            from: r#"tables   = ["requests"]"#,
            to: r#"tables   = ["budget"]"#,
            problem: unknown("budget", None),
            at: "budget",
        },
        Mistake {
            from: r#"tables   = ["requests"]"#,
            to: r#"tables   = ["request"]"#,
            problem: unknown("request", Some("requests")),
            at: "request",
        },
        Mistake {
            from: r#"table    = "disputes""#,
            to: r#"table    = "dispute""#,
            problem: unknown("dispute", Some("disputes")),
            at: "dispute",
        },
        Mistake {
            from: "= concluded + carried_out",
            to: "= concluded + passed_on_to_next_year",
            problem: unknown("passed_on_to_next_year", None),
            at: "passed_on_to_next_year",
        },
        Mistake {
            from: "concluded = sum(",
            to: "conclude = sum(",
            problem: unknown("conclude", Some("concluded")),
            at: "conclude",
        },
        Mistake { from: "section  = 6", to: "section  = 9", problem: unknown("9", None), at: "9" },
        Mistake {
            from: r#""blank-cell""#,
            to: r#""blank-cells""#,
            problem: unknown("blank-cells", Some("blank-cell")),
            at: "blank-cells",
        },
    ]);
}

#[test]
fn a_sum_or_pattern_that_cannot_be_read_is_told_where() {
    assert_told([
        Mistake {
            from: "sum(granted .. other_outcome)",
            to: "sum(other_outcome .. granted)",
            problem: PackProblem::BackwardRange,
            at: "granted",
        },
        Mistake {
            from: "sum(upheld .. pending)",
            to: "add(upheld .. pending)",
            problem: PackProblem::Expression(Problem::UnknownFunction("add".to_owned())),
            at: "add",
        },
        Mistake {
            from: "received + carried_in = concluded",
            to: "received + previous(children(carried_out)) = concluded",
            problem: PackProblem::Expression(Problem::Nested),
            at: "children",
        },
        Mistake {
            from: "received + carried_in = concluded",
            to: "received + carried_in : concluded",
            problem: PackProblem::Expression(Problem::Expected("expected.relation")),
            at: ":",
        },
        Mistake {
            from: "\"requests.denied\"]",
            to: "\"requests.denyed\"]",
            problem: unknown("requests.denyed", Some("requests.denied")),
            at: "requests.denyed",
        },
        Mistake {
            from: "[件条份次篇](?:[{clause}、",
            to: "[件条份次篇](?:[{clauses}、",
            problem: unknown("clauses", Some("clause")),
            at: "[一-龥](?:__+|＿+|XX+|××+)[件条份次篇](?:[{clauses}、（()）]|$)",
        },
        Mistake {
            from: r#"kind     = "missing-number""#,
            to: r#"kind     = "no-number""#,
            problem: not_one_of("no-number", "prose-table, wrong-year, wrong-organization, missing-number"),
            at: "no-number",
        },
        Mistake {
            from: "'处理费|收费|费用|未收取'",
            to: "'处理费|(收费'",
            problem: PackProblem::Pattern(String::new()),
            at: "处理费|(收费",
        },
        Mistake {
            from: r"(?<year>20[0-9][0-9])年1月1日'",
            to: r"20[0-9][0-9]年1月1日'",
            problem: PackProblem::MissingGroup("year"),
            at: r"统计(?:期限|时间|周期).{0,12}?20[0-9][0-9]年1月1日",
        },
    ]);
}
