//! Titles of sections that only name them, and sections that are hidden: neither is a section of the report.

use crate::support::markdown;
use crate::support::page;
use crate::support::report;
use gouji::Checker;

fn said(name: &str, text: &str) -> Vec<String> {
    let report = Checker::default().check(name, text.as_bytes()).into_first().report;
    let one = |finding: &gouji::Finding| format!("{} {}", finding.rule.code, finding.subject.id());
    report.findings.iter().map(one).collect()
}

const FIVE: &str = "五、存在的主要问题及改进情况";

/// A right report as a page, and the same without section five.
fn pages() -> [String; 2] {
    let whole = page::write(&report(5), page::Way::Plain, "UTF-8");
    let at = |text: &str| whole.find(text).expect("the section is there");
    let start = |heading: usize| whole[..heading].rfind('<').expect("a tag");
    let (five, six) = (start(at(FIVE)), start(at("六、")));
    let without = format!("{}{}", &whole[..five], &whole[six..]);
    [whole, without]
}

fn titles() -> Vec<String> {
    let text = markdown::write(&report(5), markdown::Way::Padded);
    text.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

/// The ways in which the titles are named beside the sections.
fn lists() -> Vec<(&'static str, String)> {
    let each = |before: &str, behind: &str| -> String {
        titles().iter().map(|title| format!("{before}{title}{behind}\n")).collect()
    };
    vec![
        ("paragraphs", format!("<p>目录</p>{}", each("<p>", "</p>"))),
        ("links", format!("<nav><ul>{}</ul></nav>", each("<li><a href=\"#a\">", "</a></li>"))),
        ("one a line", format!("<p>{}</p>", each("<a href=\"#b\">", "</a><br>"))),
        ("a table", format!("<table>{}</table>", each("<tr><td>", "</td></tr>"))),
        ("a menu", format!("<div>首页</div>{}<div>返回顶部</div>", each("<div>", "</div>"))),
        ("notes", format!("<p>填报说明</p>{}", each("<p>", "</p><p>本部分由办公室如实填报，不得漏项。</p>"))),
        ("one link", format!("<p><a href=\"#five\">{FIVE}</a></p>")),
    ]
}

#[test]
fn a_title_in_a_list_is_no_section() {
    let [whole, without] = pages();
    assert!(said("r.html", &whole).is_empty());
    assert_eq!(said("r.html", &without), ["GJ101 section 5"]);
    let mut wrong = String::new();
    for (way, list) in lists() {
        let before = |page: &str| page.replacen("</h1>", &format!("</h1>{list}"), 1);
        let behind = |page: &str| page.replacen("</body>", &format!("{list}</body>"), 1);
        for (what, with) in [("before", &before as &dyn Fn(&str) -> String), ("behind", &behind)] {
            assert_ne!(with(&whole), whole, "{way} {what}");
            let (right, missing) = (said("r.html", &with(&whole)), said("r.html", &with(&without)));
            if !right.is_empty() || missing != ["GJ101 section 5"] {
                wrong += &format!("{way} {what}: {right:?}, without section five {missing:?}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_empty_section_is_there() {
    let [whole, _] = pages();
    let heading = whole.find(FIVE).expect("the section is there");
    let text = heading + whole[heading..].find("<p>").expect("its text");
    let end = text + whole[text..].find("六、").expect("the next section");
    let end = whole[..end].rfind('<').expect("its tag");
    assert_eq!(said("r.html", &format!("{}{}", &whole[..text], &whole[end..])), ["GJ103 section 5"]);
}

#[test]
fn a_hidden_section_is_not_there() {
    let [whole, without] = pages();
    let sheet = "<style>div.draft { display: none } #old, .gone { visibility: hidden }</style></head>";
    let section = format!("<h2>{FIVE}</h2><p>公开不够及时，今后改进。</p>");
    let hidden = |tag: &str| {
        let at = without.find("六、").expect("section six");
        let at = without[..at].rfind('<').expect("its tag");
        let page = format!("{}<div {tag}>{section}</div>{}", &without[..at], &without[at..]);
        said("r.html", &page.replacen("</head>", sheet, 1))
    };
    assert!(said("r.html", &whole).is_empty());
    assert!(hidden("class=\"shown\"").is_empty() && hidden("aria-hidden=\"true\"").is_empty());
    for tag in
        ["class=\"wide draft\"", "id=old", "class=gone", "hidden", "style='display : none'", "style=visibility:hidden"]
    {
        assert_eq!(hidden(tag), ["GJ101 section 5"], "{tag}");
    }
}

#[test]
fn amounts_in_another_unit_are_converted() {
    let text = markdown::write(&report(5), markdown::Way::Padded);
    let fees = text.lines().find(|line| line.contains("行政事业性收费")).expect("the row of fees");
    let amount = fees.split('|').map(str::trim).rfind(|cell| !cell.is_empty()).expect("its amount");
    let with = |cell: &str| text.replacen(fees, &fees.replace(amount, cell), 1);
    let value = |text: &str| {
        let report = Checker::default().check("r.md", text.as_bytes()).into_first().report;
        report.findings.iter().map(|finding| finding.rule.code.to_string()).collect::<Vec<_>>()
    };
    assert!(value(&text).is_empty());
    assert_eq!(value(&with("31500（元）")), ["GJ214"]);
    assert_eq!(value(&with("3.15（含上年）")), Vec::<String>::new());
    let in_yuan = with("31500").replace("（单位：万元）", "（单位：元）");
    assert!(value(&in_yuan).is_empty());
}

#[test]
fn what_is_struck_out_or_hidden_is_no_part_of_a_figure() {
    let text = markdown::write(&report(5), markdown::Way::Padded);
    let fees = text.lines().find(|line| line.contains("行政事业性收费")).expect("the row of fees");
    let amount = fees.split('|').map(str::trim).rfind(|cell| !cell.is_empty()).expect("its amount");
    let with = |cell: &str| said("r.md", &text.replacen(fees, &fees.replace(amount, cell), 1));
    for before in [
        "~~71~~",
        "~~71~~ ",
        "<del>71</del>",
        "<S>7<s>1</s>1</S> ",
        "<span style='display:none'>7</span>",
        "<i hidden>7</i>",
        "<span style='color:red; text-decoration: line-through'>7</span>",
        "<span style='mso-hide:all'>7</span>",
    ] {
        assert!(with(&format!("{before}{amount}")).is_empty(), "{before}");
        assert!(with(&format!("{amount}{before}")).is_empty(), "{before} behind");
    }
    assert_eq!(with("~~71~~"), ["GJ210 disclosure.fees.amount"]);
    assert_eq!(with("<del>71</del>"), ["GJ210 disclosure.fees.amount"]);
    assert_eq!(with("~71~"), ["GJ212 disclosure.fees.amount"]);
}
