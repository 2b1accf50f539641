//! JUnit's XML, which build servers show as tests: a suite a report, a case a finding, a case for a report that passes.

use std::collections::HashMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::options::Options;
use super::output::Output;
use super::words;
use crate::message::Message;
use crate::view::{Across, Finding, Report, Summary, Verdict, harmless};

const TAKEN: &str = "memory takes all";

/// JUnit's XML.
pub(super) struct Junit;

impl Output for Junit {
    fn head(&self, _: &Options) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gouji\">\n".to_owned()
    }

    /// The suite of a report.
    fn report(&self, options: &Options, report: &Report) -> String {
        let verdict = words::verdict(report.verdict).say(options.language);
        let own = match report.verdict {
            Verdict::Pass => Some(Came::Passed),
            Verdict::Findings => None,
            Verdict::Unverifiable => {
                Some(Came::Skipped(words::unverifiable(report, options.language).unwrap_or_else(|| verdict.clone())))
            }
        };
        let own = own.map(|came| Case { name: verdict, came });
        let cases: Vec<Case> = own.into_iter().chain(cases(options, report)).collect();
        let name = report.name(options.language);
        suite(&name, &name, cases)
    }

    /// The suite of what is said across reports of one of them; nothing where nothing is.
    fn across(&self, options: &Options, report: &Report) -> String {
        if report.findings.is_empty() {
            return String::new();
        }
        let across = Message::new("table.across").say(options.language);
        let name = report.name(options.language);
        suite(&format!("{name} · {across}"), &name, cases(options, report).collect())
    }

    fn tail(&self, _: &Options, _: &Across, _: &Summary) -> String {
        "</testsuites>\n".to_owned()
    }
}

/// What came of a case.
enum Came {
    Passed,
    /// It is not known, and why.
    Skipped(String),
    /// The message, the kind, and all that is said.
    Failed(String, String, String),
    /// Something is said that fails nothing.
    Said(String),
}

struct Case {
    name: String,
    came: Came,
}

fn cases<'a>(options: &'a Options, report: &'a Report) -> impl Iterator<Item = Case> {
    report.findings.iter().map(|finding| {
        // The same in the next run, whatever is there then: servers follow a case by its name.
        let name = format!("{} {} {}", finding.code, finding.name, finding.place);
        let says = says(options, &report.path, finding);
        let fails = options.fails.is_some_and(|lightest| finding.severity >= lightest);
        let kind = || format!("{} {}", finding.code, finding.name);
        let came = if fails { Came::Failed(finding.line(options.language), kind(), says) } else { Came::Said(says) };
        Case { name: name.trim_end().to_owned(), came }
    })
}

/// All that is said of a finding, in lines.
fn says(options: &Options, path: &str, finding: &Finding) -> String {
    let place = words::place(path, finding, options.language);
    let severity = words::severity(finding.severity).say(options.language);
    let first = format!("{place}: {severity} {} {}", finding.code, finding.line(options.language));
    let rest = finding.notes.iter().chain(&finding.help).map(|line| harmless(line));
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n")
}

fn suite(name: &str, path: &str, mut cases: Vec<Case>) -> String {
    // Servers take cases of one name for one.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for case in &mut cases {
        let count = seen.entry(case.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            case.name = format!("{} ({count})", case.name);
        }
    }
    let count = |is: fn(&Came) -> bool| cases.iter().filter(|case| is(&case.came)).count().to_string();
    let (failures, skipped) =
        (count(|came| matches!(came, Came::Failed(..))), count(|came| matches!(came, Came::Skipped(_))));
    let (name, path, tests) = (legal(name), legal(path), cases.len().to_string());
    let attributes =
        [("name", name.as_str()), ("tests", &tests), ("failures", &failures), ("errors", "0"), ("skipped", &skipped)];
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let suite = writer.create_element("testsuite").with_attributes(attributes);
    suite.write_inner_content(|writer| cases.iter().try_for_each(|case| write_case(writer, case, &path))).expect(TAKEN);
    let mut text = String::from_utf8(writer.into_inner()).expect("text is written");
    text.push('\n');
    text
}

fn write_case(writer: &mut Writer<Vec<u8>>, case: &Case, path: &str) -> io::Result<()> {
    let name = legal(&case.name);
    let element = writer.create_element("testcase").with_attributes([("classname", path), ("name", name.as_str())]);
    if matches!(case.came, Came::Passed) {
        return element.write_empty().map(drop);
    }
    let write = |writer: &mut Writer<Vec<u8>>| match &case.came {
        Came::Passed => Ok(()),
        Came::Skipped(why) => {
            let why = legal(why);
            writer.create_element("skipped").with_attribute(("message", why.as_str())).write_empty().map(drop)
        }
        Came::Failed(message, kind, says) => {
            let (message, kind) = (legal(message), legal(kind));
            let failure = writer.create_element("failure");
            let failure = failure.with_attributes([("message", message.as_str()), ("type", kind.as_str())]);
            write_text(failure, says)
        }
        Came::Said(says) => write_text(writer.create_element("system-out"), says),
    };
    element.write_inner_content(write).map(drop)
}

fn write_text(element: quick_xml::writer::ElementWriter<'_, Vec<u8>>, text: &str) -> io::Result<()> {
    let lines: Vec<String> = text.lines().map(legal).collect();
    element.write_text_content(BytesText::new(&lines.join("\n"))).map(drop)
}

/// Text on one line, of characters that XML may hold.
fn legal(text: &str) -> String {
    harmless(text).chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
