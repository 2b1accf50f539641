//! What is accepted: baselines and waivers, through the changes of an archive that is looked after.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::command::{gouji, seen, status};
use crate::support::archive::Plan;
use crate::support::archive::agencies::{Agency, HEADER};
use crate::support::figures::index_of;
use crate::support::shape::{Shape, shapes};
use crate::support::{Rng, markdown, report};
use gouji::internal::blank::Blank;
use serde_json::Value;
use tempfile::TempDir;

const MARKDOWN: Shape = Shape::Markdown(markdown::Way::Padded);

/// A report with one figure set wrong.
fn with(mut report: Blank<'static>, id: &str, add: i64) -> Blank<'static> {
    let figure = &mut report.figures[index_of(id)];
    *figure = (figure.parse::<i64>().unwrap() + add).to_string();
    report
}

fn write(folder: &Path, name: &str, report: &Blank<'_>, shape: Shape) {
    let (of_shape, bytes) = shape.write(report);
    let extension = of_shape.rsplit_once('.').unwrap().1;
    fs::write(folder.join(format!("{name}.{extension}")), bytes).unwrap();
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    // The day of the tests: 2026-06-15.
    let mut command = gouji(&[&["check"], arguments].concat());
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1781524800").output().unwrap()
}

/// The codes and places of what is told, of reports and across them, one a line.
fn told(output: &Output) -> Vec<String> {
    let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(output)));
    let of_reports =
        value["reports"].as_array().unwrap().iter().flat_map(|report| report["findings"].as_array().unwrap());
    let across = value["archive"]["findings"].as_array().unwrap();
    let word = |finding: &Value| {
        let about = finding["cell"].as_str().unwrap_or_default();
        format!("{} {about}", finding["code"].as_str().unwrap()).trim_end().to_owned()
    };
    of_reports.chain(across).map(word).collect()
}

fn json(folder: &Path, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = run(folder, &[&["--isolated", "--format", "json"], arguments].concat());
    (told(&output), output.status.code())
}

/// A folder with one wrong report and its baseline.
fn begun() -> (TempDir, Blank<'static>) {
    let folder = tempfile::tempdir().unwrap();
    let wrong = with(report(7), "requests.granted.business", 100);
    write(folder.path(), "a", &wrong, MARKDOWN);
    let output = run(folder.path(), &[".", "--write-baseline", "base.json"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    (folder, wrong)
}

/// Takes the reports away, and leaves the baseline.
fn clear(folder: &Path) {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let reports = files.filter(|path| path.extension().is_none_or(|extension| extension != "json"));
    reports.for_each(|path| fs::remove_file(path).unwrap());
}

const BASELINE: [&str; 3] = [".", "--baseline", "base.json"];

#[test]
fn a_baseline_reads_well() {
    let (folder, _) = begun();
    insta::assert_snapshot!(fs::read_to_string(folder.path().join("base.json")).unwrap());
}

#[test]
fn what_was_there_is_not_told_and_what_is_new_is() {
    let (folder, wrong) = begun();
    let folder = folder.path();
    assert_eq!(json(folder, &["."]), (vec!["GJ300 requests.granted.business".to_owned()], Some(1)));
    assert_eq!(json(folder, &BASELINE), (vec![], Some(0)));
    let broken = with(wrong, "requests.partly_granted.research", 50);
    write(folder, "a", &broken, MARKDOWN);
    assert_eq!(json(folder, &BASELINE), (vec!["GJ300 requests.partly_granted.research".to_owned()], Some(1)));
    // The old one mended, the new one left.
    write(folder, "a", &with(report(7), "requests.partly_granted.research", 50), MARKDOWN);
    let output = run(folder, &BASELINE);
    insta::assert_snapshot!(seen(&output));
}

#[test]
fn lines_and_formats_and_names_do_not_matter() {
    // A report for each shape, of an agency of its own.
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let numeral = |number: usize| ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"][number];
    let made = |number: usize| {
        let mut made = with(report(number as u64), "requests.granted.business", 1000 + number as i64);
        made.organization = format!("望江县{}{}局", numeral(number / 10), numeral(number % 10));
        made
    };
    for (number, _) in shapes().iter().enumerate() {
        write(folder, &number.to_string(), &made(number), MARKDOWN);
    }
    assert_eq!(status(&run(folder, &[".", "--write-baseline", "base.json"])), 0);
    let strict = [&BASELINE[..], &["--strict-baseline", "--fail-on", "warning"]].concat();
    clear(folder);
    for (number, shape) in shapes().into_iter().enumerate() {
        // Tables alone say neither agency nor year: the file's name does.
        let made = made(number);
        write(folder, &format!("{}{}年政府信息公开工作年度报告", made.organization, made.year), &made, shape);
    }
    assert_eq!(json(folder, &strict), (vec![], Some(0)));

    let (folder, wrong) = begun();
    let folder = folder.path();
    let (_, bytes) = MARKDOWN.write(&wrong);
    clear(folder);
    fs::write(folder.join("moved.md"), [b"\n\n\n\n".as_slice(), &bytes].concat()).unwrap();
    assert_eq!(json(folder, &BASELINE), (vec![], Some(0)));
}

#[test]
fn what_is_mended_must_be_taken_out() {
    let (folder, _) = begun();
    let folder = folder.path();
    write(folder, "a", &report(7), MARKDOWN);
    let strict = [&BASELINE[..], &["--strict-baseline"]].concat();
    let mut story = String::new();
    for arguments in [&BASELINE[..], &strict, &[&BASELINE[..], &["--prune-baseline"]].concat(), &strict] {
        story += &format!("$ {}\n{}\n", arguments.join(" "), seen(&run(folder, arguments)));
    }
    insta::assert_snapshot!(story);
    // It comes back, and is new.
    write(folder, "a", &with(report(7), "requests.granted.business", 100), MARKDOWN);
    assert_eq!(json(folder, &BASELINE).1, Some(1));
}

#[test]
fn what_was_not_looked_at_is_not_gone() {
    let (folder, _) = begun();
    let folder = folder.path();
    write(folder, "b", &report(8), MARKDOWN);
    let strict = ["b.md", "--baseline", "base.json", "--strict-baseline"];
    assert_eq!(json(folder, &strict), (vec![], Some(0)));
    let before = fs::read(folder.join("base.json")).unwrap();
    run(folder, &["b.md", "--baseline", "base.json", "--prune-baseline"]);
    assert_eq!(fs::read(folder.join("base.json")).unwrap(), before);
    // Nor is it gone where the report cannot be read any more; that is new.
    fs::write(folder.join("a.md"), "").unwrap();
    assert_eq!(json(folder, &[".", "--baseline", "base.json", "--strict-baseline"]).0, ["GJ001"]);
}

#[test]
fn a_second_figure_that_is_wrong_together_with_an_old_one_is_new() {
    let (folder, wrong) = begun();
    let folder = folder.path();
    // In the same row: what was one wrong figure is two.
    let two = with(wrong.clone(), "requests.granted.research", 9);
    write(folder, "a", &two, MARKDOWN);
    assert_eq!(json(folder, &BASELINE).1, Some(1));
    let waiver = |figure: &str| {
        fs::write(
            folder.join("w.toml"),
            format!("[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\nfigure = \"{figure}\"\n"),
        )
        .unwrap();
        json(folder, &["a.md", "--waivers", "w.toml"]).1
    };
    assert_eq!(waiver("requests.granted.business"), Some(1));
    assert_eq!(waiver("requests.granted.research"), Some(1));
    assert_eq!(waiver("requests.granted"), Some(0));
    // Both known, one of them mended: the other one is not new.
    assert_eq!(status(&run(folder, &[".", "--write-baseline", "base.json"])), 0);
    write(folder, "a", &wrong, MARKDOWN);
    assert_eq!(json(folder, &BASELINE), (vec![], Some(0)));
}

#[test]
fn what_was_not_looked_for_is_not_mended() {
    let (folder, wrong) = begun();
    let folder = folder.path();
    let strict = [&BASELINE[..], &["--strict-baseline"]].concat();
    for off in ["GJ300=off", "broken-sum=off", "GJ311=off"] {
        let output = run(folder, &[&strict[..], &["--severity", off]].concat());
        assert!(!seen(&output).contains("GJ621"), "{off}: {}", seen(&output));
    }
    for config in
        ["ignore = [\"GJ300\"]", "[[override]]\npaths = [\"**\"]\nignore = [\"GJ300\"]", "select = [\"GJ410\"]"]
    {
        fs::write(folder.join("gouji.toml"), config).unwrap();
        assert!(!seen(&run(folder, &strict)).contains("GJ621"), "{config}");
    }
    // A strict baseline is strict whatever is selected, of what is put.
    fs::write(folder.join("gouji.toml"), "select = [\"GJ300\"]").unwrap();
    write(folder, "a", &report(7), MARKDOWN);
    assert_eq!(status(&run(folder, &strict)), 1);
    fs::remove_file(folder.join("gouji.toml")).unwrap();
    // A sum that cannot be evaluated any more says nothing.
    let mut unread = wrong;
    unread.figures[index_of("requests.granted.business")] = "若干".to_owned();
    write(folder, "a", &unread, MARKDOWN);
    assert!(!seen(&run(folder, &strict)).contains("GJ621"), "{}", seen(&run(folder, &strict)));
}

#[test]
fn files_may_be_renamed_across_reports_too() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut made = report(7);
    for (name, agency) in [("a", "望江县甲局"), ("b", "望江县乙局"), ("c", "望江县丙局")] {
        made.organization = agency.to_owned();
        write(folder, name, &made, MARKDOWN);
    }
    assert_eq!(status(&run(folder, &[".", "--write-baseline", "base.json"])), 0);
    for (from, to) in [("c.md", "0.md"), ("a.md", "z.md")] {
        fs::rename(folder.join(from), folder.join(to)).unwrap();
        let strict = [&BASELINE[..], &["--strict-baseline", "--fail-on", "warning"]].concat();
        assert_eq!(json(folder, &strict), (vec![], Some(0)), "{from} is {to}");
    }
}

#[test]
fn a_report_that_is_missing_was_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut made = report(7);
    for (name, agency) in [("a", "望江县甲局"), ("b", "望江县乙局")] {
        made.organization = agency.to_owned();
        write(folder, name, &made, MARKDOWN);
    }
    fs::write(folder.join("organs.csv"), "organization,parent\n望江县甲局,\n望江县乙局,\n").unwrap();
    let agencies = ["--organs", "organs.csv"];
    assert_eq!(status(&run(folder, &[&["."], &agencies[..], &["--write-baseline", "base.json"]].concat())), 0);
    for one in ["a.md", "b.md"] {
        let output = run(folder, &[&[one], &agencies[..], &["--baseline", "base.json", "--strict-baseline"]].concat());
        assert!(!seen(&output).contains("GJ621"), "{}", seen(&output));
    }
}

/// Of two wrong figures one is mended: however the other is explained then, nothing is new. A third one is.
#[test]
fn mending_one_figure_makes_no_other_new() {
    let columns = ["natural_person", "business", "research", "public_interest", "legal_service", "other"];
    let rows = ["received", "carried_in", "granted", "partly_granted", "concluded", "carried_out"];
    let ids: Vec<String> =
        rows.iter().flat_map(|row| columns.map(|column| format!("requests.{row}.{column}"))).collect();
    // Each in a report of its own agency.
    let agencies = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"];
    let wrong = agencies.iter().enumerate().map(|(seed, agency)| {
        let mut rng = Rng::seeded(seed as u64, 6);
        let mut chosen: Vec<(&str, i64)> = Vec::new();
        while chosen.len() < 3 {
            let id = rng.pick(&ids).as_str();
            if !chosen.iter().any(|(other, _)| *other == id) {
                chosen.push((id, 1 + rng.below(400) as i64));
            }
        }
        let mut made = report(seed as u64);
        made.organization = format!("望江县{agency}局");
        (made, chosen)
    });
    let wrong: Vec<_> = wrong.collect();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let write_all = |slips: &[usize]| {
        for (number, (made, chosen)) in wrong.iter().enumerate() {
            let made = slips.iter().fold(made.clone(), |made, &slip| with(made, chosen[slip].0, chosen[slip].1));
            write(folder, &number.to_string(), &made, MARKDOWN);
        }
    };
    write_all(&[0, 1]);
    assert_eq!(status(&run(folder, &[".", "--write-baseline", "base.json"])), 0);
    assert_eq!(json(folder, &BASELINE), (vec![], Some(0)), "{wrong:?}");
    write_all(&[0]);
    assert_eq!(json(folder, &BASELINE), (vec![], Some(0)), "less the second: {wrong:?}");
    write_all(&[2]);
    let output = run(folder, &[&["--isolated", "--format", "json"], &BASELINE[..]].concat());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let reports = value["reports"].as_array().unwrap();
    assert_eq!(reports.len(), wrong.len());
    assert!(reports.iter().all(|report| report["verdict"] == "findings"), "the third is new: {}", seen(&output));
}

#[test]
fn waivers_let_pass_what_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let wrong = with(report(7), "requests.granted.business", 100);
    write(folder, "a", &wrong, MARKDOWN);
    let (agency, year) = (wrong.organization, wrong.year);
    let waiver = |lines: &str| {
        fs::write(folder.join("w.toml"), format!("[[waiver]]\nreason = \"有批复\"\n{lines}\n")).unwrap();
        json(folder, &["a.md", "--waivers", "w.toml"])
    };
    let told = || (vec!["GJ300 requests.granted.business".to_owned()], Some(1));
    let unused = || (vec!["GJ300 requests.granted.business".to_owned(), "GJ620".to_owned()], Some(1));
    let named = format!("organization = \"{agency}\"\nyear = {year}\n");
    for passes in [
        "rule = \"GJ300\"",
        "rule = \"wrong-figure\"",
        "rule = \"gj300\"\nfigure = \"requests.granted.business\"",
        "rule = \"GJ300\"\nfigure = \"requests.granted\"",
        "rule = \"GJ300\"\nuntil = 2026-06-15",
        "rule = \"GJ300\"\nuntil = \"2027-01-01\"\nby = \"督查室\"",
    ] {
        assert_eq!(waiver(passes), (vec![], Some(0)), "{passes}");
        assert_eq!(waiver(&format!("{named}{passes}")), (vec![], Some(0)), "{passes}");
    }
    // Typed in another way it is the same agency.
    assert_eq!(waiver(&format!("rule = \"GJ300\"\norganization = \" {agency}　\"")), (vec![], Some(0)));
    for unmet in [
        "rule = \"GJ301\"",
        "rule = \"GJ300\"\nfigure = \"requests.gran\"",
        "rule = \"GJ300\"\nfigure = \"requests.granted.other\"",
    ] {
        assert_eq!(waiver(unmet), unused(), "{unmet}");
    }
    // It has ended, and what it let pass is told again.
    assert_eq!(waiver("rule = \"GJ300\"\nuntil = 2026-06-14"), told());
    // A run over one report says nothing of waivers for others.
    assert_eq!(waiver("rule = \"GJ300\"\norganization = \"某县某局\""), told());
    assert_eq!(waiver(&format!("rule = \"GJ300\"\nyear = {}", year + 1)), told());
}

/// The agency of a waiver may be a pattern, or one of its other names on the list.
#[test]
fn waivers_name_agencies_as_they_are_called() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = with(report(7), "requests.granted.business", 100);
    write(folder.path(), "a", &Blank { organization: "望江县商务局".to_owned(), ..wrong }, MARKDOWN);
    fs::write(folder.path().join("l.csv"), "organization,alias\n望江县商务局,望江县外经局\n").unwrap();
    let listed = ["--organs", "l.csv"];
    let cases: [(&str, &[&str], bool); 10] = [
        ("望江县商务局", &[], true),
        ("*商务局", &[], true),
        ("望江县*", &[], true),
        ("望 江 县*", &[], true),
        ("望*县*局", &[], true),
        ("望江县*水利局", &[], false),
        ("望江县商务局*商务局", &[], false),
        ("望江县外经局", &[], false),
        ("望江县外经局", &listed, true),
        ("*外经局", &listed, false),
    ];
    for (name, options, is_met) in cases {
        let waiver = format!("[[waiver]]\nrule = \"wrong-figure\"\norganization = \"{name}\"\nreason = \"x\"\n");
        fs::write(folder.path().join("w.toml"), waiver).unwrap();
        // With a cache: what a name means is not kept beyond the list.
        let all = [&["a.md", "--waivers", "w.toml", "--cache", "c", "--ignore", "missing-report"], options].concat();
        let (told, _) = json(folder.path(), &all);
        assert_eq!(!told.iter().any(|told| told.starts_with("GJ300")), is_met, "{name}: {told:?}");
    }
}

/// However many there are, each is found by what it is about: the agency or its pattern, the year, the rule, the figure.
#[test]
fn many_waivers_meet_what_they_are_about() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..12 {
        let wrong = with(report(seed), "requests.granted.business", 100);
        let organization = format!("望江县第{seed}局");
        write(folder.path(), &format!("r{seed}"), &Blank { organization, year: 2024, ..wrong }, MARKDOWN);
    }
    let one = |number: usize| {
        let about = match number % 4 {
            0 => format!("organization = \"*县第{number}局\""),
            1 => format!("organization = \"望江县第{number}局\"\nfigure = \"requests.granted\"\nyear = 2024"),
            2 => format!("organization = \"*县第{number}局\"\nyear = 2023"),
            _ => format!("figure = \"requests.r{number}\""),
        };
        format!("[[waiver]]\nrule = \"GJ300\"\n{about}\nreason = \"r\"\n")
    };
    fs::write(folder.path().join("w.toml"), (0..4000).map(one).collect::<String>()).unwrap();
    let (told, _) = json(folder.path(), &[".", "--waivers", "w.toml", "--no-cache"]);
    assert_eq!(told.iter().filter(|told| told.starts_with("GJ300")).count(), 6);
}

#[test]
fn what_is_said_of_waivers() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let wrong = with(report(7), "requests.granted.business", 100);
    let agency = wrong.organization.clone();
    write(folder, "a", &wrong, MARKDOWN);
    write(folder, "b", &with(report(8), "disputes.litigation.upheld", 5), MARKDOWN);
    let waivers = format!(
        "# 督查室，2026 年\n[[waiver]]\nrule = \"GJ300\"\norganization = \"{agency}\"\nuntil = 2026-01-31\nreason = \"系统迁移期间按旧口径填报\"\nby = \"督查室\"\n\n\
         [[waiver]]\nrule = \"wrong-figure\"\nfigure = \"disputes\"\nreason = \"省厅已复函确认\"\n\n\
         [[waiver]]\nrule = \"GJ301\"\nyear = {}\nreason = \"已更正\"\n\n\
         [[waiver]]\nrule = \"GJ301\"\norganization = \"某县某局\"\nreason = \"写错了机关\"\n",
        wrong.year
    );
    fs::write(folder.join("waivers.toml"), waivers).unwrap();
    let story =
        ["full", "concise"].map(|format| seen(&run(folder, &[".", "--waivers", "waivers.toml", "--format", format])));
    insta::assert_snapshot!(story.join("\n"));
}

#[test]
fn mistakes_in_what_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a", &report(7), MARKDOWN);
    let mut story = String::new();
    for waivers in [
        "[[waiver]]\nrule = \"GJ300\"\n",
        "[[waiver]]\nrule = \"GJ300\"\nreason = \"  \"\n",
        "[[waiver]]\nrule = \"GJ300\"\nresaon = \"\"\n",
        "[[waiver]]\nrule = \"wrong-figur\"\nreason = \"r\"\n",
        "[[waiver]]\nrule = \"zfxxgk-2021\"\nreason = \"r\"\n",
        "[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\nuntil = 2026-02-30\n",
        "[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\nuntil = \"明年\"\n",
        "waiver = 3\n",
    ] {
        fs::write(folder.join("w.toml"), waivers).unwrap();
        story += &seen(&run(folder, &["a.md", "--waivers", "w.toml"]));
    }
    for baseline in [
        "",
        "[]",
        "{\"tool\": \"gouji\", \"schema\": 9, \"findings\": []}",
        "{\"tool\": \"gouji\", \"schema\": 1, \"findings\": [\n{\"code\":\"GJ300\",\"name\":\"n\",\"fingerprint\":\"0\"}]}",
    ] {
        fs::write(folder.join("base.json"), baseline).unwrap();
        story += &seen(&run(folder, &["a.md", "--baseline", "base.json"]));
    }
    story += &seen(&run(folder, &["a.md", "--baseline", "none.json"]));
    story += &seen(&run(folder, &["a.md", "--waivers", "none.toml"]));
    story += &seen(&run(folder, &["a.md", "--strict-baseline"]));
    // What is no baseline is not written over.
    story += &seen(&run(folder, &["a.md", "--write-baseline", "a.md"]));
    insta::assert_snapshot!(story);
    let clashes: [&[&str]; 3] = [
        &["--baseline", "b", "--write-baseline", "c"],
        &["--baseline", "b", "--prune-baseline", "--select", "GJ300"],
        &["--baseline", "b", "--strict-baseline", "--ignore", "GJ300"],
    ];
    for clash in clashes {
        assert_eq!(status(&run(folder, &[&["a.md"], clash].concat())), 2, "{clash:?}");
    }
}

#[test]
fn an_archive_is_accepted_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { seed: 3, breaks: 30, ..Plan::new(3, 5, 2021..=2023) };
    let mut list = HEADER.to_owned();
    let reports = folder.path().join("reports");
    for place in plan.places() {
        list.extend(place.agencies.iter().map(Agency::row));
        for report in &place.reports {
            let path = reports.join(&report.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, report.bytes()).unwrap();
        }
    }
    fs::write(folder.path().join("organs.csv"), list).unwrap();
    let folder = folder.path();
    let whole = ["reports", "--organs", "organs.csv"];
    let (all, _) = json(folder, &whole);
    assert!(all.len() > 20, "{all:?}");
    let begin = run(folder, &[&whole[..], &["--write-baseline", "base.json"]].concat());
    assert_eq!(status(&begin), 0, "{}", seen(&begin));
    let strict = ["--baseline", "base.json", "--strict-baseline"];
    assert_eq!(json(folder, &[&whole[..], &strict].concat()), (vec![], Some(0)));
    // Without the list, or with some of the reports only, nothing is gone, and no error is new. (What the list says is
    // missing is then told by the reports before and after it.)
    let (without, status) = json(folder, &[&["reports"], &strict[..]].concat());
    assert!(without.iter().all(|code| code == "GJ510") && status == Some(0), "{without:?}");
    for part in fs::read_dir(&reports).unwrap() {
        let part = part.unwrap().path();
        let part = part.to_str().unwrap();
        let (_, status) = json(folder, &[&[part], &strict[..]].concat());
        assert_eq!(status, Some(0), "{part}");
    }
    // The baseline is the same bytes from elsewhere and with other threads.
    let before = fs::read(folder.join("base.json")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let arguments =
        [path("reports"), "--organs".to_owned(), path("organs.csv"), "--write-baseline".to_owned(), path("base.json")];
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(["--jobs", "1"]).collect();
    run(elsewhere.path(), &arguments);
    assert_eq!(fs::read(folder.join("base.json")).unwrap(), before);
}

#[test]
fn the_cache_forgets_what_is_no_longer_accepted() {
    let (folder, _) = begun();
    let folder = folder.path();
    let cached = |arguments: &[&str]| json(folder, &[&[".", "--cache", "cache"], arguments].concat()).1;
    for _ in 0..2 {
        assert_eq!(cached(&["--baseline", "base.json", "--strict-baseline"]), Some(0));
        assert_eq!(cached(&[]), Some(1));
    }
    fs::write(folder.join("w.toml"), "[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\n").unwrap();
    assert_eq!(cached(&["--waivers", "w.toml"]), Some(0));
    fs::write(folder.join("w.toml"), "[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\nuntil = 2020-01-01\n").unwrap();
    assert_eq!(cached(&["--waivers", "w.toml"]), Some(1));
}
