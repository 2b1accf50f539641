//! Whose a table is that is out of its place: the report's, unless something else begins between it and its section.

use crate::support::lines::Line::{self, Row, Text, Title};
use crate::support::lines::{files, heading, parts, sections, text, title};
use crate::support::report;
use gouji::{Checker, Severity, Verdict};

/// The codes of errors and warnings of a file, and whether its report passes.
fn said(name: &str, bytes: &[u8]) -> (Vec<String>, bool) {
    let checked = Checker::default().check(name, bytes);
    let findings = checked.reports.iter().flat_map(|bound| &bound.report.findings);
    let grave = findings.filter(|finding| finding.severity > Severity::Advice);
    let codes = grave.map(|finding| format!("{} {}", finding.rule.code, finding.subject.id())).collect();
    (codes, checked.reports.iter().any(|bound| bound.report.verdict() == Verdict::Pass))
}

/// What begins something else than the section of a table.
fn others() -> Vec<(&'static str, Vec<Line>)> {
    let own = report(7);
    let other_year = own.title().replace(&own.year.to_string(), &(own.year - 1).to_string());
    let other_agency = own.title().replace(&own.organization, "海棠县民政局");
    vec![
        ("another agency's title", vec![Text(other_agency.clone())]),
        ("another agency's title as a heading", vec![Title(other_agency)]),
        ("another agency", vec![text("海棠县民政局")]),
        ("another agency as a heading", vec![heading("海棠县民政局")]),
        ("another year's title", vec![Text(other_year)]),
        ("the own title as a form", vec![Text(format!("{}（模板）", own.title()))]),
        ("the own title as a form in a heading", vec![Title(format!("{}（模板）", own.title()))]),
        ("notes", vec![text("填报说明")]),
        ("notes with text", vec![text("填报说明"), text("各栏按实际情况填写，没有的填零。")]),
        ("an attachment", vec![text("附件")]),
        ("a numbered attachment", vec![heading("附件2")]),
        ("an example", vec![text("范例")]),
        ("for reference", vec![heading("参考")]),
        ("last year's", vec![text("上年")]),
        ("something that has a name", vec![text("甲方意见")]),
        ("a heading with text", vec![heading("甲方意见"), text("对上述内容没有意见。")]),
    ]
}

/// The report's own lines, without a section's table or without all of the section.
fn without(number: usize, is_table_only: bool) -> Vec<Line> {
    let own = parts().into_iter().enumerate().map(|(index, mut part)| {
        part.retain(|line| index + 1 != number || is_table_only && !matches!(line, Row(_)));
        part
    });
    [vec![vec![title()]], own.collect()].concat().concat()
}

fn table(number: usize) -> Vec<Line> {
    sections(&[number]).into_iter().filter(|line| matches!(line, Row(_))).collect()
}

#[test]
fn a_table_behind_the_report_below_something_else_is_none_of_its_own() {
    for (what, between) in others() {
        for number in 2..=4 {
            let lines = [without(number, true), between.clone(), table(number)].concat();
            for (name, bytes) in files(&lines) {
                let (codes, passes) = said(name, &bytes);
                assert!(codes.iter().any(|code| code.starts_with("GJ201")), "{what} {number} in {name}: {codes:?}");
                assert!(!passes, "{what} {number} in {name}");
            }
        }
    }
}

#[test]
fn tables_behind_the_text_are_the_reports_own() {
    let own = report(7);
    let texts = without(0, false).into_iter().filter(|line| !matches!(line, Row(_))).collect::<Vec<_>>();
    let title_of = |number: usize| parts()[number - 1][0].clone();
    let named = |number: usize| match title_of(number) {
        Line::Heading(title) => vec![Text(format!("表{number} {}", title.split_once('、').expect("a number").1))],
        other => panic!("{other:?}"),
    };
    let attached = |number: usize| vec![text(&format!("附件{number}"))];
    let referring = texts.iter().flat_map(|line| {
        let is_of_table = (2..=4).any(
            |number| matches!((line, title_of(number)), (Line::Heading(line), Line::Heading(title)) if *line == title),
        );
        [Some(line.clone()), is_of_table.then(|| text("详见附件。"))].into_iter().flatten()
    });
    let behind = |texts: &[Line], above: &dyn Fn(usize) -> Vec<Line>| {
        let tables = (2..=4).flat_map(|number| [above(number), table(number)].concat());
        texts.iter().cloned().chain(tables).collect::<Vec<_>>()
    };
    let signature =
        vec![text(&own.organization), text(&format!("{}年1月15日", own.year + 1)), text("（此件公开发布）")];
    let cases = [
        ("nothing", behind(&texts, &|_| Vec::new())),
        ("the signature", behind(&[texts.clone(), signature].concat(), &|_| Vec::new())),
        ("names of the tables", behind(&texts, &named)),
        ("the unit", behind(&texts, &|_| vec![text("单位：件")])),
        ("attachments that the sections refer to", behind(&referring.collect::<Vec<_>>(), &attached)),
    ];
    for (what, lines) in cases {
        for (name, bytes) in files(&lines) {
            assert_eq!(said(name, &bytes), (Vec::new(), true), "{what} in {name}");
        }
    }
}
