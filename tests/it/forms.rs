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
const RIGHT: [(&str, &str); 13] = [
    ("zfxxgk-2019", "form-2019.html"),
    ("zfxxgk-2014", "sheet-2014.html"),
    ("zfxxgk-coded", "coded-sheet.txt"),
    ("wzbb", "website.html"),
    ("bmjs", "final-accounts.md"),
    ("xqy", "statements.md"),
    ("agar", "parish.md"),
    ("xzzf-2021", "enforcement.md"),
    ("xzzf-grouped", "enforcement-grouped.html"),
    ("wzjg", "supervision.md"),
    ("bmys", "budget.md"),
    ("ybqy-2019", "enterprise.md"),
    ("foia", "foia.md"),
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
    let expected: [(&str, &[&str]); 25] = [
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
        ("foia.md", &[]),
        (
            "foia-slips.md",
            &[
                "GJ300 va.tidegauges.processed 9,999 2401 va.overall:processed va.balance:tidegauges va.processed:tidegauges xiid1.current:tidegauges.2",
                "GJ300 vic2.weir.other 69 66 vic2.overall:other vic2.other:weir",
                "GJ978 viie.mill.days.tenth viie.oldest:mill.days",
                "GJ301 viiia.overall:denied",
                "GJ300 ix.mill.costs $821,766.57 821666.57 ix.overall-amount:costs ix.costs:mill",
                "GJ300 xiid1.overall.received 8,055 7955 xiid1.overall:received xiid1.current:overall",
            ],
        ),
        ("statements.md", &[]),
        (
            "statements-slips.md",
            &[
                "GJ300 position.assets.current.total.closing 1,517,139.16 1511739.16 position.current-assets:closing position.assets:closing",
                "GJ301 position.book-value:closing",
                "GJ301 income.surcharges:year",
                "GJ301 income.net:year",
                "GJ300 cash.closing.year 706,111.80 760111.8 cash.closing:year closing-cash",
            ],
        ),
        ("enforcement.md", &[]),
        ("enforcement-grouped.html", &[]),
        (
            "enforcement-slips.md",
            &[
                "GJ846  1873 1837",
                "GJ842 licences.number.accepted licences.accepted:number",
                "GJ301 penalties.total:number",
            ],
        ),
        ("enterprise.md", &[]),
        (
            "enterprise-slips.md",
            &[
                "GJ301 position.equity:closing",
                "GJ918 income.asset_impairment.current income.asset-impairment:current",
                "GJ301 income.operating:current",
                "GJ300 cash.financing.outflow.current 376,505.42 376505.48 cash.financing-outflow:current cash.financing-net:current",
            ],
        ),
        ("budget.md", &[]),
        (
            "budget-slips.md",
            &[
                "GJ301 summary.income-year:amount",
                "GJ300 expenditure.2130122.basic 26.10 21.6 expenditure.row-total:2130122 expenditure.codes:21301.basic",
                "GJ300 basic.30211.total 63.18 61.38 basic.codes:302.total basic.row-total:30211",
                "GJ301 three_public.total:budget",
            ],
        ),
        ("supervision.md", &[]),
        (
            "supervision-slips.md",
            &["GJ301 supervision.quarters:spot_checks.unqualified", "GJ301 supervision.concluded"],
        ),
        ("parish.md", &[]),
        ("parish-slips.md", &["GJ301 statements.carried-forward:last", "GJ301 statements.carried-forward:this"]),
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
        bound.pack.sums().iter().filter(|sum| sum.severity > Severity::Advice && sum.comparison == Comparison::Equal);
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
    for ((form, file), count) in RIGHT.into_iter().zip([176, 34, 44, 11, 292, 168, 14, 25, 10, 10, 267, 266, 594]) {
        let bytes = fixture(file);
        let (pack, figures) = summed(file, &bytes);
        assert_eq!(pack.id, form, "{file}");
        assert_eq!(figures.len(), count, "{file}: figures in equations");
        // Of a form with many rows, some figures of each table.
        let step = figures.len().div_ceil(300);
        for (id, number, range) in figures.into_iter().step_by(step) {
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

/// A line of a pipe table, of these cells.
fn line(cells: &[&str]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The accounts with one table laid out otherwise: its lines are replaced.
fn laid_out(whole: &str, old: Range<usize>, new: &[String]) -> String {
    let lines: Vec<&str> = whole.lines().collect();
    let new = new.iter().map(String::as_str);
    lines[..old.start].iter().copied().chain(new).chain(lines[old.end..].iter().copied()).collect::<Vec<_>>().join("\n")
}

/// The same figures in another layout are the same figures; and of another order of columns none are read.
#[test]
fn accounts_are_laid_out_in_several_ways() {
    const FILE: &str = "final-accounts.md";
    let whole = String::from_utf8(fixture(FILE)).expect("UTF-8");
    let figures = |text: &str| -> Vec<(String, Decimal)> {
        summed(FILE, text.as_bytes()).1.into_iter().map(|(id, number, _)| (id, number)).collect()
    };
    let right = figures(&whole);
    let at = |start: &str| whole.lines().position(|line| line.starts_with(start)).expect("a line");
    let cells = |row: usize| -> Vec<&str> {
        let row = whole.lines().nth(row).expect("a line").trim_matches('|');
        row.split('|').map(str::trim).collect()
    };
    let is_right = |text: &str, what: &str| {
        let found: Vec<String> = findings(FILE, text.as_bytes()).iter().map(told).collect();
        assert!(found.is_empty(), "{what}: {found:?}");
        assert_eq!(figures(text), right, "{what}");
    };

    // Budget and accounts alternate below each item, and either may be first.
    let first = at("| 预算数 |");
    let (budget, accounts) = (cells(first + 5)[..6].to_vec(), cells(first + 5)[6..].to_vec());
    let items = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"];
    let vehicles = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""];
    let alternating = |names: [&str; 2], figures: [&[&str]; 2], items: [&str; 6]| {
        let spread = |cells: [&str; 6]| line(&cells.map(|cell| [cell, ""]).concat());
        let both = (0..6).flat_map(|at| [figures[0][at], figures[1][at]]).collect::<Vec<_>>();
        let numbers: Vec<String> = (1..=12).map(|number| number.to_string()).collect();
        let numbers = line(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        let rule = line(&["---"; 12]);
        let rows = [spread(items), rule, spread(vehicles), line(&[names; 6].concat()), numbers, line(&both)];
        laid_out(&whole, first..first + 6, &rows)
    };
    let text = alternating(["预算数", "决算数"], [&budget, &accounts], items);
    is_right(&text, "alternating");
    is_right(&alternating(["决算数", "全年预算数"], [&accounts, &budget], items), "accounts first");
    let mut swapped = items;
    swapped.swap(0, 1);
    let text = alternating(["预算数", "决算数"], [&budget, &accounts], swapped);
    assert!(findings(FILE, text.as_bytes()).iter().any(|finding| finding.severity == Severity::Error));
    assert!(figures(&text).iter().all(|(id, _)| !id.starts_with("three_public")));

    // The code in two columns, on both sides.
    let first = at("| 经济分类科目编码 |");
    let rows = (first..).take_while(|&row| whole.lines().nth(row).is_some_and(|line| line.starts_with('|')));
    let rows: Vec<usize> = rows.collect();
    let in_two = |code: &str| match code.split_at_checked(3) {
        Some((class, item)) if code.bytes().all(|byte| byte.is_ascii_digit()) => [class.to_owned(), item.to_owned()],
        _ => [code.to_owned(), String::new()],
    };
    let mut new: Vec<String> = rows
        .iter()
        .map(|&row| {
            let cells = cells(row);
            let [[a, b], [c, d]] = [cells[0], cells[3]].map(in_two);
            if cells[0].starts_with("---") {
                return line(&["---"; 8]);
            }
            line(&[&a, &b, cells[1], cells[2], &c, &d, cells[4], cells[5]])
        })
        .collect();
    new.insert(2, line(&["类", "款", "", "", "类", "款", "", ""]));
    is_right(&laid_out(&whole, first..first + rows.len(), &new), "codes in two columns");

    // The agency above the title, and a table of contents below it.
    let title = whole.lines().next().expect("a title").trim_start_matches("# ");
    let (agency, rest) = title.split_at(title.find("20").expect("a year"));
    let contents = format!("{agency}\n\n{rest}\n\n目 录\n\n一、收入支出决算总表\n\n第三部分 {title}情况说明");
    let text = whole.replacen(&format!("# {title}"), &contents, 1);
    is_right(&text, "agency above the title");
    let report = Checker::default().check(FILE, text.as_bytes()).into_first().report;
    assert_eq!(report.organization.as_deref(), Some(agency));
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
