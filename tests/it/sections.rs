//! Which sections a report has: its own, and neither those of an example, of an extract, nor of another report in its file.

use crate::support::lines::Line::{self, Heading, Row, Text, Title};
use crate::support::lines::{files, heading, marked, parts, sections, text, title, workbook};
use crate::support::report;
use gouji::internal::document::Location;
use gouji::{Checker, Verdict};

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
        ("last year's by number", vec![heading(&format!("{}年度内容", own.year - 1))]),
        ("last year's in brackets", vec![text("（以下为上一年度）")]),
        ("notes", vec![text("附：填报说明")]),
        ("a form", vec![heading("附：样表")]),
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
fn what_is_behind_the_end_of_a_report_is_said_to_be_beside_it() {
    for (what, leading) in leading() {
        let own = [vec![title()], sections(&[1, 2, 3, 4, 5, 6])].concat();
        for (name, bytes) in files(&[own.clone(), leading.clone(), sections(&[5, 6])].concat()) {
            let checked = Checker::default().check(name, &bytes);
            let findings = checked.reports.iter().flat_map(|bound| &bound.report.findings);
            let beside: Vec<_> = findings.filter(|finding| finding.rule.code == "GJ006").collect();
            let [beside] = beside.as_slice() else { panic!("{what} in {name}: {beside:?}") };
            assert_eq!(said(name, &bytes), (Vec::new(), true), "{what} in {name}");
            if let Some(Location::Text(span)) = &beside.location {
                let end = files(&own).into_iter().find(|(of, _)| *of == name).map_or(0, |(_, bytes)| bytes.len());
                assert!(span.start as usize >= end, "{what} in {name}: {span:?}");
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

/// The report's own lines, without a section.
fn without(number: usize) -> Vec<Line> {
    let own = parts().into_iter().enumerate().filter(|(index, _)| index + 1 != number).map(|(_, part)| part);
    [vec![vec![title()]], own.collect()].concat().concat()
}

#[test]
fn a_table_behind_the_report_below_the_name_of_an_example_is_none_of_its_own() {
    let is_caption = |what: &str| !what.contains("title") && what != "a template";
    for (what, leading) in leading().into_iter().filter(|(what, _)| is_caption(what)) {
        for number in 2..=4 {
            let lines = [without(number), leading.clone(), sections(&[number])].concat();
            for (name, bytes) in files(&lines) {
                let (codes, passes) = said(name, &bytes);
                assert!(codes.contains(&format!("GJ101 section {number}")), "{what} {number} in {name}: {codes:?}");
                assert!(!passes, "{what} {number} in {name}");
            }
        }
    }
}

#[test]
fn sheets_of_the_report_may_be_named_as_forms() {
    let sheet = |name, numbers: &[usize]| [vec![Line::Sheet(name)], sections(numbers)].concat();
    let first = |name| vec![Line::Sheet(name), title()];
    for lines in [
        [first("样表1"), sections(&[1, 2]), sheet("样表2", &[3]), sheet("样表3", &[4, 5, 6])],
        [first("正文"), sections(&[1, 5, 6]), sheet("样表2", &[2, 3]), sheet("样表3", &[4])],
    ] {
        assert_eq!(said("r.xlsx", &workbook(&lines.concat())), (Vec::new(), true));
    }
    let lines = [first("样表1"), sections(&[1, 2, 3, 4, 6]), sheet("示例", &[5])].concat();
    assert_eq!(said("r.xlsx", &workbook(&lines)).0, NO_FIVE);
}

/// The lines of a section with its title in a column of its own on the left.
fn with_title_on_the_left(part: Vec<Line>) -> Vec<Line> {
    let mut lines = part.into_iter();
    let Some(Heading(title)) = lines.next() else { panic!("no title") };
    let left = |(index, line)| {
        let left = if index == 0 { title.clone() } else { String::new() };
        Row(match line {
            Row(cells) => [vec![left], cells].concat(),
            Title(text) | Heading(text) | Text(text) => vec![left, text],
            Line::Sheet(_) => panic!("a sheet"),
        })
    };
    lines.enumerate().map(left).collect()
}

#[test]
fn reports_with_titles_on_the_left_are_divided() {
    let own: Vec<Line> = parts().into_iter().flat_map(with_title_on_the_left).collect();
    for title_behind in [vec![title()], Vec::new()] {
        let lines = [vec![title()], own.clone(), title_behind, own.clone()].concat();
        for (name, bytes) in
            files(&lines).into_iter().filter(|(name, _)| matches!(*name, "r.xlsx" | "r.docx" | "r.html"))
        {
            let checked = Checker::default().check(name, &bytes);
            assert_eq!(checked.reports.len(), 2, "{name}");
            let (codes, _) = said(name, &bytes);
            assert!(
                !codes.iter().any(|code| code.starts_with("GJ1") && !code.starts_with("GJ110")),
                "{name}: {codes:?}"
            );
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

#[test]
fn tables_may_have_sheets_of_their_own() {
    let sheet = |name, number: usize| [vec![Line::Sheet(name)], sections(&[number])].concat();
    let lines =
        [vec![title()], sections(&[1, 5, 6]), sheet("公开表", 2), sheet("申请表", 3), sheet("争议表", 4)].concat();
    let (codes, passes) = said("r.xlsx", &workbook(&lines));
    assert_eq!(codes, [""; 0]);
    assert!(passes);
}

#[test]
fn a_table_is_the_reports_own_though_the_government_above_or_a_short_name_is_above_it() {
    let own = report(7);
    let place = own.organization.split_inclusive(['县', '市', '区']).next().expect("a place");
    let short = own.organization.replacen(['县', '市', '区'], "", 1);
    assert!(place.len() < own.organization.len(), "{}", own.organization);
    for above in [format!("{place}人民政府{}年", own.year), format!("{short}{}年度", own.year)] {
        let mut three = parts()[2].clone();
        three.insert(1, text(&above));
        let lines = [vec![title()], sections(&[1, 2]), three.clone(), sections(&[4, 5, 6])].concat();
        assert_said(&above, &lines, &[]);
    }
    let mut three = parts()[2].clone();
    three.insert(1, text(&format!("海棠县民政局{}年", own.year)));
    let lines = [vec![title()], sections(&[1, 2]), three, sections(&[4, 5, 6])].concat();
    assert_said("another agency", &lines, &["GJ201 requests"]);
}
