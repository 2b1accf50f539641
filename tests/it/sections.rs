//! Which sections a report has: its own, and neither those of an example, of an extract, nor of another report in its file.

use std::fmt::Write;

use crate::support::markdown::{self, Way};
use crate::support::workbook::{Kind, Sheet, Value};
use crate::support::{document, report};
use gouji::{Checker, Verdict};

/// A line of a document.
#[derive(Debug, Clone)]
enum Line {
    Title(String),
    Heading(String),
    Text(String),
    Row(Vec<String>),
    /// Another sheet begins in workbooks; nothing elsewhere.
    Sheet(&'static str),
}

use Line::{Heading, Row, Text, Title};

fn text(text: &str) -> Line {
    Text(text.to_owned())
}

fn heading(text: &str) -> Line {
    Heading(text.to_owned())
}

/// The sections of a right report.
fn parts() -> Vec<Vec<Line>> {
    let report = report(7);
    let part = |(index, section): (usize, &gouji::internal::pack::Section)| {
        let mut lines = vec![Heading(report.heading(index))];
        lines.extend(report.texts[index].lines().filter(|line| !line.is_empty()).map(text));
        let tables = section.tables.iter();
        lines.extend(tables.flat_map(|&table| markdown::rows(&report.grid(table), Way::Padded)).map(Row));
        lines
    };
    report.pack.sections.iter().enumerate().map(part).collect()
}

fn title() -> Line {
    Title(report(7).title())
}

/// The report with some of its sections, by number, in this order.
fn sections(numbers: &[usize]) -> Vec<Line> {
    numbers.iter().flat_map(|number| parts()[number - 1].clone()).collect()
}

fn page(lines: &[Line]) -> String {
    let mut text = String::from("<meta charset=utf-8>");
    let mut was_row = false;
    for line in lines.iter().chain([&Line::Sheet("")]) {
        let is_row = matches!(line, Row(_));
        if is_row != was_row {
            text.push_str(if is_row { "<table>" } else { "</table>\n" });
        }
        was_row = is_row;
        match line {
            Title(title) => writeln!(text, "<h1>{title}</h1>"),
            Heading(heading) => writeln!(text, "<h2>{heading}</h2>"),
            Text(line) => writeln!(text, "<p>{line}</p>"),
            Row(cells) => writeln!(text, "<tr><td>{}</td></tr>", cells.join("</td><td>")),
            Line::Sheet(_) => Ok(()),
        }
        .expect("strings take all");
    }
    text
}

fn plain(lines: &[Line]) -> String {
    let line = |line: &Line| match line {
        Title(text) | Heading(text) | Text(text) => format!("{text}\n"),
        Row(cells) => format!("{}\n", cells.join("\t")),
        Line::Sheet(_) => String::new(),
    };
    lines.iter().map(line).collect()
}

fn marked(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut rows = 0;
    for line in lines {
        rows = if matches!(line, Row(_)) { rows + 1 } else { 0 };
        match line {
            Title(title) => writeln!(text, "\n# {title}\n"),
            Heading(heading) => writeln!(text, "\n## {heading}\n"),
            Text(line) => writeln!(text, "\n{line}\n"),
            Row(cells) => writeln!(text, "| {} |", cells.join(" | ")),
            Line::Sheet(_) => Ok(()),
        }
        .expect("strings take all");
        if let Row(cells) = line
            && rows == 1
        {
            writeln!(text, "|{}", "---|".repeat(cells.len())).expect("strings take all");
        }
    }
    text
}

fn word(lines: &[Line]) -> Vec<u8> {
    let mut body = String::new();
    let mut was_row = false;
    for line in lines.iter().chain([&Line::Sheet("")]) {
        let is_row = matches!(line, Row(_));
        if is_row != was_row {
            body.push_str(if is_row { "<w:tbl>" } else { "</w:tbl>" });
        }
        was_row = is_row;
        match line {
            Title(line) | Heading(line) | Text(line) => body.push_str(&document::text(line)),
            Row(cells) => {
                let cells = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", document::text(cell)));
                write!(body, "<w:tr>{}</w:tr>", cells.collect::<String>()).expect("strings take all");
            }
            Line::Sheet(_) => {}
        }
    }
    document::package(&body, document::Way::Word)
}

fn workbook(lines: &[Line]) -> Vec<u8> {
    let mut sheets = vec![Sheet::new("报告")];
    let mut at = 0;
    for line in lines {
        let cells = match line {
            Line::Sheet(name) => {
                sheets.push(Sheet::new(name));
                at = 0;
                continue;
            }
            Title(text) | Heading(text) | Text(text) => vec![text.clone()],
            Row(cells) => cells.clone(),
        };
        let sheet = sheets.last_mut().expect("a sheet");
        for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let value = cell.parse().map_or_else(|_| Value::Text(cell.clone()), Value::Number);
            sheet.put(at, column as u16, value);
        }
        at += 1;
    }
    Kind::Xlsx.write(&sheets)
}

/// The lines in every format.
fn files(lines: &[Line]) -> [(&'static str, Vec<u8>); 5] {
    [
        ("r.md", marked(lines).into_bytes()),
        ("r.html", page(lines).into_bytes()),
        ("r.txt", plain(lines).into_bytes()),
        ("r.docx", word(lines)),
        ("r.xlsx", workbook(lines)),
    ]
}

/// The codes of errors and warnings, each with its section, of all reports in a file; and whether one passes.
fn said(name: &str, bytes: &[u8]) -> (Vec<String>, bool) {
    let checked = Checker::default().check(name, bytes);
    let findings = checked.reports.iter().flat_map(|bound| &bound.report.findings);
    let grave = findings.filter(|finding| finding.severity > gouji::Severity::Advice);
    let codes = grave.map(|finding| format!("{} {}", finding.rule.code, finding.subject.id())).collect();
    (codes, checked.reports.iter().any(|bound| bound.report.verdict() == Verdict::Pass))
}

fn assert_said(what: &str, lines: &[Line], wanted: &[&str]) {
    for (name, bytes) in files(lines) {
        let (codes, passes) = said(name, &bytes);
        assert_eq!(codes, wanted, "{what} in {name}");
        assert_eq!(passes, wanted.is_empty(), "{what} in {name}");
    }
}

/// What may lead to sections that are not the report's.
fn leading() -> Vec<(&'static str, Vec<Line>)> {
    let own = report(7);
    let other_year = own.title().replace(&own.year.to_string(), &(own.year - 1).to_string());
    vec![
        ("another agency's title", vec![Title(own.title().replace(&own.organization, "海棠县民政局"))]),
        ("another year's title", vec![Title(other_year.clone())]),
        ("another year's title in the text", vec![Text(other_year), text("现将有关内容摘录如下，供参考。")]),
        ("an example", vec![heading("附件：填写范例")]),
        ("last year's", vec![text("上年报告第五、六部分：")]),
        ("notes", vec![text("附：填报说明")]),
        ("a template", vec![Title(format!("××局{}年政府信息公开工作年度报告（模板）", own.year))]),
    ]
}

const NO_FIVE: [&str; 1] = ["GJ101 section 5"];

#[test]
fn a_right_report_is_right() {
    let lines = [vec![title()], sections(&[1, 2, 3, 4, 5, 6])].concat();
    assert_said("right", &lines, &[]);
}

#[test]
fn sections_behind_the_report_are_none_of_its_own() {
    for tail in [&[5, 6][..], &[5], &[6, 5], &[4, 5, 6]] {
        for (what, leading) in leading() {
            let lines = [vec![title()], sections(&[1, 2, 3, 4, 6]), leading, sections(tail)].concat();
            for (name, bytes) in files(&lines) {
                let (codes, passes) = said(name, &bytes);
                assert!(codes.contains(&NO_FIVE[0].to_owned()), "{what} {tail:?} in {name}: {codes:?}");
                assert!(!passes, "{what} {tail:?} in {name}");
            }
        }
    }
}

#[test]
fn a_second_section_six_ends_the_report() {
    let lines = [vec![title()], sections(&[1, 2, 3, 4, 6, 5, 6])].concat();
    assert_said("a tail without a title", &lines, &NO_FIVE);
}

#[test]
fn sections_before_the_report_are_none_of_its_own() {
    for (what, leading) in leading().into_iter().filter(|(what, _)| !what.contains("title")) {
        for head in [&[5][..], &[5, 6]] {
            let lines = [vec![title()], leading.clone(), sections(head), sections(&[1, 2, 3, 4, 6])].concat();
            for (name, bytes) in files(&lines) {
                let (codes, _) = said(name, &bytes);
                assert!(codes.contains(&NO_FIVE[0].to_owned()), "{what} {head:?} in {name}: {codes:?}");
            }
        }
    }
}

#[test]
fn an_example_behind_section_four_is_no_section_of_the_report() {
    for (what, leading) in leading() {
        let lines = [vec![title()], sections(&[1, 2, 3, 4]), leading, sections(&[5, 6])].concat();
        for (name, bytes) in files(&lines) {
            let (codes, _) = said(name, &bytes);
            for section in ["GJ101 section 5", "GJ101 section 6"] {
                assert!(codes.contains(&section.to_owned()), "{what} in {name}: {codes:?}");
            }
        }
    }
}

#[test]
fn a_sheet_beside_the_report_holds_none_of_its_sections() {
    for sheet in ["示例", "Sheet2", "备份"] {
        let lines = [vec![title()], sections(&[1, 2, 3, 4, 6]), vec![Line::Sheet(sheet)], sections(&[5])].concat();
        assert_eq!(said("r.xlsx", &workbook(&lines)).0, NO_FIVE, "{sheet}");
    }
}

#[test]
fn a_title_in_a_block_of_code_or_in_bold_is_not_one_of_the_headings() {
    let own = [vec![title()], sections(&[1, 2, 3, 4, 6])].concat();
    let five = parts().swap_remove(4).into_iter().filter_map(|line| match line {
        Heading(text) | Text(text) => Some(text),
        _ => None,
    });
    let five = five.collect::<Vec<_>>().join("\n");
    assert_eq!(said("r.md", format!("{}\n```\n{five}\n```\n", marked(&own)).as_bytes()).0, NO_FIVE);
    let bold = marked(&own).replace("\n## 二", "\n**五、存在的主要问题及改进情况**\n\n见后文所述内容。\n\n## 二");
    assert_eq!(said("r.md", bold.as_bytes()).0, NO_FIVE);
}

#[test]
fn sections_of_the_report_in_another_order_are_there() {
    for (order, wanted) in [([1, 2, 3, 4, 6, 5], [5, 6]), ([1, 2, 3, 5, 4, 6], [4, 5]), ([2, 1, 3, 4, 5, 6], [1, 2])] {
        let lines = [vec![title(), text("统计期限见下文。")], sections(&order)].concat();
        for (name, bytes) in files(&lines) {
            let (codes, _) = said(name, &bytes);
            let wanted = wanted.map(|section| format!("GJ102 section {section}"));
            assert!(codes.len() == 1 && wanted.contains(&codes[0]), "{order:?} in {name}: {codes:?}");
        }
    }
}

#[test]
fn a_running_title_above_a_section_is_the_reports_own() {
    let mut lines = vec![title()];
    for part in parts() {
        lines.extend(part);
        lines.push(text(&report(7).title()));
    }
    lines.pop();
    for (name, bytes) in files(&lines) {
        assert_eq!(said(name, &bytes).0, [""; 0], "{name}");
    }
}

#[test]
fn a_section_may_be_on_the_line_of_its_title_or_beside_it() {
    let short = "本年度未收取信息处理费。";
    let own = |last: Vec<Line>| [vec![title()], sections(&[1, 2, 3, 4, 5]), last].concat();
    for between in ["：", "。", "　"] {
        let lines = own(vec![text(&format!("六、其他需要报告的事项{between}{short}"))]);
        assert_said("on one line", &lines, &[]);
    }
    let beside = |part: Vec<Line>| {
        let mut texts = part.into_iter().map(|line| match line {
            Heading(text) | Text(text) => text,
            other => panic!("{other:?}"),
        });
        let title = texts.next().expect("a title");
        Row(vec![title, texts.collect()])
    };
    let [one, .., five, six] = &parts()[..] else { panic!("six sections") };
    let lines = [
        vec![title(), beside(one.clone()), text("下列各表由专人填写。")],
        sections(&[2, 3, 4]),
        vec![text("以下为文字部分。"), beside(five.clone()), beside(six.clone())],
    ];
    assert_said("in the cell beside it", &lines.concat(), &[]);
    assert_said(
        "in the cell beside it, five is missing",
        &[&lines.concat()[..lines.concat().len() - 2], &[beside(six.clone())]].concat(),
        &NO_FIVE,
    );
}

#[test]
fn what_is_written_for_text_to_come_is_no_text() {
    let five = |body: &str| {
        [vec![title()], sections(&[1, 2, 3, 4]), vec![parts()[4][0].clone(), text(body)], sections(&[6])].concat()
    };
    for nothing in
        ["（此处填写）", "/", "……", "待补充", "略", "（略）", "详见附件", "—", "XXX", "待完善。", "【请填写】"]
    {
        assert_said(nothing, &five(nothing), &["GJ103 section 5"]);
    }
    for something in ["无。", "无突出问题。", "暂无。", "详见附件。下一步，将加强培训，改进解读方式。"]
    {
        assert_said(something, &five(something), &[]);
    }
}

#[test]
fn a_section_that_is_a_picture_is_said_to_be_one() {
    let lines = [vec![title()], sections(&[1, 2, 3, 4]), vec![parts()[4][0].clone()], sections(&[6])].concat();
    let text = marked(&lines).replace("## 六", "![](five.png)\n\n## 六");
    let checked = Checker::default().check("r.md", text.as_bytes());
    let finding = &checked.first().report.findings[0];
    assert_eq!((finding.rule.code.as_str(), finding.message.key), ("GJ103", "empty-section.image"));
}
