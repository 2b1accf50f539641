//! The forms beyond that of 2021, on the fixtures: what their `ORIGIN` expects is found, and every figure is bound.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::document::Location;
use gouji::internal::facts::Value;
use gouji::internal::finding::{Finding, Subject};
use gouji::internal::pack::expression::Comparison;
use gouji::internal::pack::{Pack, Severity, builtin};
use rust_decimal::Decimal;

/// The form, and a right report in it.
const RIGHT: [(&str, &str); 5] = [
    ("zfxxgk-2019", "form-2019.html"),
    ("zfxxgk-2014", "sheet-2014.html"),
    ("zfxxgk-coded", "coded-sheet.txt"),
    ("wzbb", "website.html"),
    ("bmjs", "final-accounts.md"),
];

fn fixture(file: &str) -> Vec<u8> {
    let folder = file.split('.').next().unwrap_or_default();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder).join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn findings(file: &str, bytes: &[u8]) -> Vec<Finding> {
    Checker::default().check(file, bytes).into_first().report.findings
}

/// Code, figure or table, what stands there, what should, and the sums that say so.
fn told(finding: &Finding) -> String {
    let place = match &finding.subject {
        Subject::Cell(id) | Subject::Table(id) | Subject::Row(id) | Subject::Column(id) => id.as_str(),
        _ => "",
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let line = format!("{} {place} {} {}", finding.rule.code, text(&finding.found), text(&finding.expected));
    format!("{} {}", line.trim_end(), finding.broken.join(" ")).trim_end().to_owned()
}

#[test]
fn fixtures_draw_what_their_origin_says() {
    let unit = "GJ214 disclosure.procurement.amount 1286400 128.64";
    let expected: [(&str, &[&str]); 10] = [
        ("form-2019.html", &[unit]),
        (
            "form-2019-slips.html",
            &[
                "GJ301 disclosure.published:normative_documents",
                unit,
                "GJ300 requests.denied.prohibited_by_law.business 790 709 requests.outcomes:business requests.row-total:denied.prohibited_by_law",
                "GJ301 disputes.total:litigation",
            ],
        ),
        ("sheet-2014.html", &[]),
        (
            "sheet-2014-slips.md",
            &["GJ301 sheet.press-conferences:number", "GJ301 sheet.received:number", "GJ301 sheet.litigation:number"],
        ),
        ("coded-sheet.txt", &[]),
        (
            "coded-sheet-slips.txt",
            &[
                "GJ301 sheet.cumulative:calls",
                "GJ301 sheet.received:cumulative",
                "GJ300 sheet.answers.denied.current 11 10 sheet.answers:current sheet.denied:current",
            ],
        ),
        ("website.html", &[]),
        ("website-slips.md", &["GJ301 site.published:value", "GJ301 site.topics:value", "GJ301 site.concluded:value"]),
        ("final-accounts.md", &[]),
        (
            "final-accounts-slips.md",
            &[
                "GJ301 summary.expenditure-year:amount",
                "GJ300 expenditure.21303.project 6,918.98 7304.45 expenditure.row-total:21303 expenditure.codes:213.project expenditure.codes:21303.project",
                "GJ301 three_public.total:final",
                "GJ791 state_capital",
            ],
        ),
    ];
    for (file, expected) in expected {
        let found: Vec<String> = findings(file, &fixture(file)).iter().map(told).collect();
        assert_eq!(found, expected, "{file}");
    }
}

/// A figure: its id, its number and its bytes in the file.
type Placed = (String, Decimal, Range<usize>);

/// The numbers of a report that take part in an equation.
fn summed(file: &str, bytes: &[u8]) -> (Arc<Pack>, Vec<Placed>) {
    let checker = Checker::default();
    let document = checker.read(file, bytes).unwrap_or_else(|error| panic!("{file}: {error:?}"));
    let bound = checker.bind(&document).expect("within the limits").pop();
    let bound = bound.unwrap_or_else(|| panic!("{file}: not recognised"));
    let equations =
        bound.pack.sums.iter().filter(|sum| sum.severity > Severity::Advice && sum.comparison == Comparison::Equal);
    let mut covered: Vec<usize> = equations.flat_map(|sum| sum.addends()).map(|addend| addend.figure).collect();
    covered.sort_unstable();
    covered.dedup();
    let place = |figure: usize| {
        let fact = &bound.facts.figures[figure];
        let Value::Number(number) = fact.value else { return None };
        let Some(Location::Text(range)) = &fact.location else { return None };
        Some((bound.pack.figures[figure].id.clone(), number, range.start as usize..range.end as usize))
    };
    let placed = covered.into_iter().filter_map(place).collect();
    (Arc::clone(&bound.pack), placed)
}

/// So many figures of the fixture stand in equations; fewer, and some are not read any more.
#[test]
fn every_changed_figure_is_told() {
    for ((form, file), count) in RIGHT.into_iter().zip([176, 34, 44, 11, 292]) {
        let bytes = fixture(file);
        let (pack, figures) = summed(file, &bytes);
        assert_eq!(pack.id, form, "{file}");
        assert_eq!(figures.len(), count, "{file}: figures in equations");
        for (id, number, range) in figures {
            let other = if number.scale() == 0 { number + Decimal::from(7) } else { number + Decimal::new(731, 2) };
            let changed = [&bytes[..range.start], other.to_string().as_bytes(), &bytes[range.end..]].concat();
            let found = findings(file, &changed);
            let is_told = |finding: &Finding| {
                finding.severity >= Severity::Warning && matches!(finding.rule.code.as_str(), "GJ300" | "GJ301")
            };
            let told: Vec<String> = found.iter().map(told).collect();
            assert!(
                found.iter().any(is_told),
                "{file}: {id} reads {other} for {number}, and only this is said: {told:?}"
            );
        }
    }
}

/// A form is told by its labels, whatever the year; that the year asks for another version is said.
#[test]
fn each_version_under_the_year_of_each() {
    let versions: Vec<_> = builtin().1.iter().filter(|pack| pack.family.as_deref() == Some("zfxxgk")).collect();
    assert_eq!(versions.len(), 4);
    for pack in &versions {
        for year in [2011, 2016, 2020, 2023] {
            let report = Blank::new(pack, "望江县商务局", year).markdown();
            let report = Checker::default().check("r.md", report.as_bytes()).into_first().report;
            assert_eq!((report.pack.as_deref(), report.year), (Some(pack.id.as_str()), Some(year)));
            let severe = report.findings.iter().filter(|finding| finding.severity > Severity::Advice);
            let said: Vec<&str> = severe.map(|finding| finding.rule.name.as_str()).collect();
            let expected: &[&str] = if pack.years.contains(year) { &[] } else { &["wrong-form-version"] };
            assert_eq!(said, expected, "{} in {year}", pack.id);
        }
    }
}

/// Amounts with their decimal point so many places further to the right, as where a table is printed in 元.
fn in_yuan(line: &str) -> String {
    let cell = |cell: &str| match cell.trim().replace(',', "").parse::<Decimal>() {
        Ok(amount) if cell.contains('.') => format!(" {} ", (amount * Decimal::from(10_000)).normalize()),
        _ => cell.to_owned(),
    };
    line.split('|').map(cell).collect::<Vec<_>>().join("|")
}

/// One table in 元 among others in 万元: the sums across tables hold, and a slip in it is told in its own unit.
#[test]
fn a_table_in_another_unit_is_converted() {
    let text = String::from_utf8(fixture("final-accounts.md")).expect("UTF-8");
    let (before, rest) = text.split_once("收入支出决算总表").expect("the first table");
    let (head, rest) = rest.split_once("单位：万元").expect("its unit");
    let end = rest.find("\n#").expect("the next heading");
    let table: Vec<String> = rest[..end].lines().map(in_yuan).collect();
    let whole = |table: &str| format!("{before}收入支出决算总表{head}单位：元{table}{}", &rest[end..]);
    let right = whole(&table.join("\n"));
    assert!(right.contains("94179300"), "the table was not printed in 元: {right}");
    let severe = |text: &str| {
        let report = Checker::default().check("r.md", text.as_bytes()).into_first().report;
        let severe = report.findings.into_iter().filter(|finding| finding.severity > Severity::Advice);
        severe.map(|finding| (finding.subject, finding.expected)).collect::<Vec<_>>()
    };
    assert_eq!(severe(&right), []);
    // 年初结转和结余 and the total of the income side are in several sums.
    let wrong = severe(&right.replacen("| 本年收入合计 | 27 | 108738800 |", "| 本年收入合计 | 27 | 108783800 |", 1));
    let total = Subject::Cell("summary.income.year.amount".to_owned());
    assert!(wrong.contains(&(total, Some("108738800".to_owned()))), "{wrong:?}");
}

/// What is wrong with one cell is not laid on its neighbours.
#[test]
fn a_slip_of_the_pen_accuses_nobody_else() {
    let text = String::from_utf8(fixture("final-accounts.md")).expect("UTF-8");
    for (from, to, expected) in [
        ("十二、农林水支出", "十二、农林水支岀", &[][..]),
        ("本年收入合计 | 27", "本年收人合计 | 27", &[]),
        ("| 项目 |  | 本年收入合计 |", "| 项目 |  | 本年收人合计 |", &[]),
        ("| 1 | 2 | 3 | 4 | 5 | 6 | 7 |", "| 1 |  | 3 | 4 | 5 | 6 | 7 |", &[]),
        ("| 奖金 | 375.06 |", "| 奖金 | 约375.06 |", &["not-a-count"]),
        ("| 奖金 | 375.06 |", "| 奖金 |  |", &["broken-sum"]),
        ("结余 | 28 | 12.50 |", "结余 | 28 |  |", &["broken-sum"]),
        // Told as a row that the form does not have; it may be the one that is lacking.
        ("| 总计 | 31 |", "| 全年小结 | 31 |", &[]),
    ] {
        assert!(text.contains(from), "the fixture does not say {from}");
        let report = Checker::default().check("r.md", text.replacen(from, to, 1).as_bytes()).into_first().report;
        let severe = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let said: Vec<&str> = severe.map(|finding| finding.rule.name.as_str()).collect();
        assert_eq!(said, expected, "{to}");
    }
}

/// What stands above a form that does not name its agency is none: the cell of the form does.
#[test]
fn a_line_above_the_title_is_no_agency() {
    let website = fixture("website-slips.md");
    let organization = |above: &str| {
        let report = [above.as_bytes(), b"\n\n", &website].concat();
        Checker::default().check("r.md", &report).into_first().report.organization
    };
    for above in ["", "附件", "附件2：", "目录", "前言", "云政办〔2024〕3号"] {
        assert_eq!(organization(above).as_deref(), Some("云屏县人民政府办公室"), "{above}");
    }
    assert_eq!(organization("云屏县大数据局").as_deref(), Some("云屏县大数据局"));
}
