//! The command as a clerk and a build server see it.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use crate::command::{gouji, run, seen, status};
use crate::support::{markdown, pack, report, text, workbook};

const WRONG: &str = "fixtures/wrong-total/wrong-total.md";
const RIGHT: &str = "fixtures/baofeng-shape/baofeng-shape.txt";
const ONE_ROW: &str = "fixtures/pdf-text/pdf-text.txt";
const PIECES: &str = "fixtures/pieces/pieces.md";

/// With something on standard input.
fn run_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        gouji(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().expect("an open input").write_all(input).expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

/// JSON in lines, as a person reads it.
fn pretty(bytes: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON").replace(env!("CARGO_PKG_VERSION"), "[version]")
}

#[test]
fn exit_statuses() {
    let empty = tempfile::tempdir().expect("a folder");
    let empty = empty.path().to_str().expect("UTF-8");
    let cases: &[(&[&str], i32)] = &[
        (&["check", RIGHT], 0),
        (&["check", ONE_ROW], 0),
        (&["check", PIECES], 0),
        (&["check", WRONG], 1),
        (&["check", RIGHT, WRONG], 1),
        (&["check", "fixtures/wrong-total"], 1),
        (&["check", "Cargo.toml"], 1),
        (&["check", "--fail-on", "warning", PIECES], 1),
        (&["check", "--fail-on", "warning", ONE_ROW], 0),
        (&["check", "--fail-on", "advice", ONE_ROW], 1),
        (&["check", "--fail-on", "never", WRONG], 0),
        (&["check", "--pack", "zfxxgk-2021", RIGHT], 0),
        (&["check", "--jobs", "3", RIGHT], 0),
        (&["explain", "GJ310"], 0),
        (&["explain", "gj310"], 0),
        (&["explain", "requests-do-not-balance"], 0),
        (&["rules"], 0),
        (&["rules", "--format", "json"], 0),
        (&["--version"], 0),
        (&["--help"], 0),
        (&["check", "--help"], 0),
        (&[], 2),
        (&["inspect"], 2),
        (&["check", "no such file.md"], 2),
        (&["check", RIGHT, "no such file.md"], 2),
        (&["check", "--format", "yaml", RIGHT], 2),
        (&["check", "--output", "yaml", RIGHT], 2),
        (&["check", "--output", "json=/no/such/folder/a.json", RIGHT], 2),
        (&["check", "--format", "json", "--output", "json", RIGHT], 2),
        (&["check", "--fail-on", "sometimes", RIGHT], 2),
        (&["check", "--jobs", "0", RIGHT], 2),
        (&["check", "--lang", "fr", RIGHT], 2),
        (&["check", "--pack", "zfxxgk-1999", RIGHT], 2),
        (&["check", "--rules", "no such file.toml", RIGHT], 2),
        (&["check", "--files-from", "no such list", RIGHT], 2),
        (&["check", "-"], 2),
        (&["explain", "GJ999"], 2),
        (&["check", empty], 3),
        (&["check", "src"], 3),
        (&["check", "--format", "json", empty], 3),
    ];
    let wrong = cases.iter().filter_map(|(arguments, expected)| {
        let output = run(arguments);
        let silent = *expected >= 2 && output.stderr.is_empty();
        (status(&output) != *expected || silent).then(|| format!("{arguments:?} for {expected}:\n{}", seen(&output)))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn full() {
    insta::assert_snapshot!("full_zh", seen(&run(&["check", "--format", "full", WRONG])));
    insta::assert_snapshot!("full_en", seen(&run(&["check", "--format", "full", "--lang", "en", WRONG])));
    insta::assert_snapshot!("full_several", seen(&run(&["check", "--format", "full", RIGHT, ONE_ROW, PIECES])));
}

#[test]
fn concise() {
    insta::assert_snapshot!(seen(&run(&["check", WRONG, RIGHT, ONE_ROW, PIECES])), @"
    fixtures/wrong-total/wrong-total.md:45:28: 错误 GJ300 表三 · （一）予以公开 · 自然人：现为 12，应为 21
    fixtures/pdf-text/pdf-text.txt:122:6: 提示 GJ206 表三 · （六）其他处理：现行格式分列 3 行，本报告只列一行（仍可核对，仅作提示）
    fixtures/pieces/pieces.md:29:3: 警告 GJ205 表二：行的次序与格式不符：规章、行政规范性文件
    --- stderr
    共 4 份：通过 2 份，有问题 2 份，无法核验 0 份；错误 1，警告 1，提示 1。
    --- status 1
    ");
    let output = gouji(&["check", WRONG, RIGHT, ONE_ROW, PIECES]).env("LANG", "en_GB.UTF-8").output().expect("runs");
    insta::assert_snapshot!(seen(&output), @"
    fixtures/wrong-total/wrong-total.md:45:28: error GJ300 表三 · （一）予以公开 · 自然人: found 12, expected 21
    fixtures/pdf-text/pdf-text.txt:122:6: advice GJ206 表三 · （六）其他处理: the current form has 3 rows here, this report has one (it was still checked)
    fixtures/pieces/pieces.md:29:3: warning GJ205 表二: rows are out of order: 规章, 行政规范性文件
    --- stderr
    Reports: 4; pass: 2, findings: 2, unverifiable: 0; errors: 1, warnings: 1, advice: 1.
    --- status 1
    ");
}

#[test]
fn json() {
    let output = run(&["check", "--format", "json", WRONG, ONE_ROW]);
    assert_eq!((status(&output), output.stderr.is_empty()), (1, true));
    insta::assert_snapshot!("json", pretty(&output.stdout));
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(seen(&run(&["check", "--format", "jsonl", "--lang", "en", RIGHT, PIECES])), @r#"
    {"report":{"path":"fixtures/baofeng-shape/baofeng-shape.txt","format":"text","encoding":"UTF-8","pack":"zfxxgk-2021","organization":"云岭县商务局","year":2024,"verdict":"pass","rules":{"held":93,"broken":0,"not_evaluated":0},"findings":[]}}
    {"report":{"path":"fixtures/pieces/pieces.md","format":"markdown","encoding":"UTF-8","pack":"zfxxgk-2021","organization":"明湖市科委","year":2023,"verdict":"findings","rules":{"held":99,"broken":1,"not_evaluated":0},"findings":[{"kind":"unexpected-row","code":"GJ205","name":"misplaced-row","severity":"warning","fingerprint":"1a4bf3c9305689ae","message":"表二: rows are out of order: 规章, 行政规范性文件","place":"表二","table":"disclosure","row":"disclosure.regulations","location":{"start":{"byte":1175,"line":29,"column":3},"end":{"byte":1181,"line":29,"column":5}},"excerpts":[{"lines":[{"number":29,"text":"| 规章 | 1 | 0 | 6 |","marks":[{"mark":0,"start":2,"end":8}]}],"pieces":[{"marks":[0],"table":[{"cells":[{"text":"信息内容","label":true},{"text":"本年制发件数"},{"text":"本年废止件数"},{"text":"现行有效件数"}],"header":true},{"cells":[{"text":"规章","mark":0,"label":true},{"text":"1"},{"text":"0"},{"text":"6"}]},{"cells":[{"text":"规范性文件","label":true},{"text":"8"},{"text":"3"},{"text":"47"}]}]}]}],"sentence":"rows are out of order: 规章, 行政规范性文件"}]}}
    {"archive":{"findings":[],"rules":{"held":0,"broken":0,"not_evaluated":0},"not_evaluated":[]}}
    {"summary":{"reports":2,"unreadable":0,"errors":0,"warnings":1,"advice":0,"passed":1,"with_findings":1,"unverifiable":0}}
    --- status 0
    "#);
    let output = run(&["check", "--format", "jsonl", WRONG, RIGHT]);
    let keys: Vec<String> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect("a JSON value a line");
            value.as_object().expect("an object").keys().cloned().collect::<String>()
        })
        .collect();
    assert_eq!(keys, ["report", "report", "archive", "summary"]);
}

#[test]
fn what_cannot_be_read_is_a_finding_among_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("room");
    put("a 空.md", b"");
    put("b 损坏.xlsx", &workbook::write(&report(1), workbook::Way::OneSheet)[..3000]);
    put("c 乱码.txt", b"\xff\x80\xff\x00\x9f");
    put("d 扫描.pdf", b"%PDF-1.4");
    put("e 通知.md", "# 会议通知\n\n请准时参加。\n".as_bytes());
    put("f 报告.md", markdown::write(&report(1), markdown::Way::Padded).as_bytes());
    put("~$f 报告.xlsx", b"lock");
    for (name, arguments) in
        [("unreadable", &["check", "."][..]), ("unreadable_full", &["check", "--format", "full", "."])]
    {
        let output = gouji(arguments).current_dir(folder.path()).output().expect("runs");
        insta::assert_snapshot!(name, seen(&output));
    }
}

#[test]
fn workbooks_are_shown_by_sheet_and_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut report = report(1);
    let figure =
        pack().figures.iter().position(|figure| figure.id == "requests.granted.natural_person").expect("a figure");
    report.figures[figure] = "9999".to_owned();
    for (name, way) in [("sheets", workbook::Way::SheetEach), ("offset", workbook::Way::Offset)] {
        let path = folder.path().join("报告.xlsx");
        std::fs::write(&path, workbook::write(&report, way)).expect("room");
        let run = |arguments: &[&str]| gouji(arguments).current_dir(folder.path()).output().expect("runs");
        insta::assert_snapshot!(format!("workbook_{name}"), seen(&run(&["check", "报告.xlsx"])));
        insta::assert_snapshot!(
            format!("workbook_{name}_full"),
            seen(&run(&["check", "--format", "full", "报告.xlsx"]))
        );
    }
}

#[test]
fn standard_input_is_read_under_a_name() {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(WRONG)).expect("a fixture");
    let output = run_with(&["check", "-", "--stdin-filename", "来稿.md"], &bytes);
    insta::assert_snapshot!(seen(&output), @"
    来稿.md:45:28: 错误 GJ300 表三 · （一）予以公开 · 自然人：现为 12，应为 21
    --- stderr
    共 1 份：通过 0 份，有问题 1 份，无法核验 0 份；错误 1，警告 0，提示 0。
    --- status 1
    ");
    let of_file = run(&["check", "--format", "json", WRONG]);
    let of_input = run_with(&["check", "--format", "json", "-", "--stdin-filename", WRONG], &bytes);
    assert_eq!(of_file.stdout, of_input.stdout);
    insta::assert_snapshot!(seen(&run_with(&["check", "-"], &bytes)), @"
    --- stderr
    错误：从标准输入读取时，请用 --stdin-filename 给出文件名
    --- status 2
    ");
}

/// What `dir /b > list` leaves on Windows, and PowerShell.
#[test]
fn a_list_may_be_written_by_windows() {
    let folder = tempfile::tempdir().expect("a folder");
    let (name, list) = (folder.path().join("年报.md"), folder.path().join("list"));
    std::fs::copy(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(WRONG), name).expect("room");
    let text = "年报.md\r\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    for bytes in [text.as_bytes().to_vec(), format!("\u{feff}{text}").into_bytes(), utf16, gbk] {
        std::fs::write(&list, bytes).expect("room");
        let mut command = gouji(&["check", "--isolated", "--format", "concise", "--files-from", "list"]);
        let output = command.current_dir(folder.path()).output().expect("the command runs");
        assert!(seen(&output).starts_with("年报.md:45:28: "), "{}", seen(&output));
    }
}

#[test]
fn paths_are_read_from_a_list() {
    let list = format!("{RIGHT}\r\n\n  {WRONG}  \nno such file.md\n");
    insta::assert_snapshot!(seen(&run_with(&["check", "--files-from", "-"], list.as_bytes())), @"
    fixtures/wrong-total/wrong-total.md:45:28: 错误 GJ300 表三 · （一）予以公开 · 自然人：现为 12，应为 21
    no such file.md: 错误 GJ001 文件无法打开：文件不存在
    --- stderr
    共 3 份：通过 1 份，有问题 1 份，无法核验 1 份；错误 2，警告 0，提示 0。
    --- status 1
    ");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list");
    std::fs::write(&path, list).expect("room");
    let from_file = run(&["check", "--files-from", path.to_str().expect("UTF-8")]);
    assert_eq!(
        seen(&from_file),
        seen(&run_with(&["check", "--files-from", "-"], format!("{RIGHT}\n{WRONG}\nno such file.md").as_bytes()))
    );
}

#[test]
fn one_run_writes_several_outputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let outputs = [format!("json={}", file("a.json")), format!("full={}", file("a=b.txt")), "concise".to_owned()];
    let [json, full, concise] = outputs.each_ref().map(String::as_str);
    let output = run(&["check", "--output", json, "--output", full, "--output", concise, WRONG, PIECES]);
    let written = format!("已写入 {}、{}\n", file("a.json"), file("a=b.txt"));
    assert_eq!(seen(&output).replace(&written, ""), seen(&run(&["check", WRONG, PIECES])));
    assert!(seen(&output).contains(&written), "{}", seen(&output));
    let alone = |format: &str| run(&["check", "--format", format, WRONG, PIECES]).stdout;
    assert_eq!(std::fs::read(file("a.json")).expect("written"), alone("json"));
    assert_eq!(std::fs::read(file("a=b.txt")).expect("written"), alone("full"));
}

/// Sixty reports in all shapes, every third with a wrong figure, in folders.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for seed in 0..60 {
        let mut report = report(seed);
        if seed % 3 == 0 {
            let figure = 10 + seed as usize;
            report.figures[figure] = "77777".to_owned();
        }
        let (extension, bytes) = match seed % 4 {
            0 => ("md", markdown::write(&report, markdown::WAYS[seed as usize % markdown::WAYS.len()]).into_bytes()),
            1 => ("txt", text::write(&report, text::WAYS[seed as usize % 2]).into_bytes()),
            2 => ("xlsx", workbook::write(&report, workbook::WAYS[seed as usize % workbook::WAYS.len()])),
            _ => ("html", markdown::write(&report, markdown::Way::HtmlTables).into_bytes()),
        };
        let below = folder.path().join(format!("批次{}", seed % 5));
        std::fs::create_dir_all(&below).expect("room");
        std::fs::write(below.join(format!("{seed:02}.{extension}")), bytes).expect("room");
    }
    folder
}

#[test]
fn the_same_bytes_whatever_the_jobs() {
    let folder = archive();
    let beside = tempfile::tempdir().expect("a folder");
    let of_jobs = |jobs: &str| {
        let mut command = gouji(&["check", "--output", "concise", "--jobs", jobs, "."]);
        let paths = ["full", "json", "jsonl"].map(|format| (format, beside.path().join(format)));
        for (format, path) in &paths {
            command.arg("--output").arg(format!("{format}={}", path.display()));
        }
        let output = command.current_dir(folder.path()).output().expect("runs");
        let written = paths.map(|(_, path)| std::fs::read(path).expect("written"));
        (written, output.stdout, output.stderr, output.status.code())
    };
    let one = of_jobs("1");
    assert!(one.0.iter().chain([&one.1]).all(|output| !output.is_empty()));
    for jobs in ["2", "8", "64"] {
        assert!(of_jobs(jobs) == one, "{jobs} jobs");
    }
}

#[test]
fn ignored_files_are_passed_over_unless_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let right = markdown::write(&report(1), markdown::Way::Padded);
    std::fs::write(folder.path().join("旧稿.md"), "# 旧稿\n").expect("room");
    std::fs::write(folder.path().join("报告.md"), right).expect("room");
    std::fs::write(folder.path().join(".gitignore"), "旧稿.md\n").expect("room");
    let run = |arguments: &[&str]| status(&gouji(arguments).current_dir(folder.path()).output().expect("runs"));
    assert_eq!(run(&["check", "."]), 0);
    assert_eq!(run(&["check"]), 0);
    assert_eq!(run(&["check", "旧稿.md"]), 1);
}

#[test]
fn an_unknown_pack_names_the_known_ones() {
    insta::assert_snapshot!(seen(&run(&["check", "--pack", "zfxxgk-2012", RIGHT])), @"
    --- stderr
    错误：命令行 --pack：没有名为“zfxxgk-2012”的规则包；现有：zfxxgk-2021、zfxxgk-2019、zfxxgk-2014、zfxxgk-coded、wzbb、wzjg、bmjs、bmys、xqy、ybqy-2019、ybqy-2018、xzzf-2021、xzzf-grouped、xzzf-2018、agar、foia
    --- status 2
    ");
    insta::assert_snapshot!(seen(&run(&["check", "--lang", "en", "--pack", "zfxxgk-2012", RIGHT])), @"
    --- stderr
    error: --pack on the command line: unknown rule pack “zfxxgk-2012”; known: zfxxgk-2021, zfxxgk-2019, zfxxgk-2014, zfxxgk-coded, wzbb, wzjg, bmjs, bmys, xqy, ybqy-2019, ybqy-2018, xzzf-2021, xzzf-grouped, xzzf-2018, agar, foia
    --- status 2
    ");
}

#[test]
fn a_broken_pack_is_shown_where_it_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/zfxxgk-2021.toml")).expect("a pack");
    for (name, from, to) in [
        ("name", "received + carried_in = concluded + carried_out", "received + caried_in = concluded + carried_out"),
        ("toml", "least  = 8", "least  = "),
        ("pattern", "处理费|收费|费用|未收取", "处理费|收费|(费用"),
        ("key", "for_each = \"column\"\nholds    = \"received", "for_eech = \"column\"\nholds    = \"received"),
    ] {
        assert!(pack.contains(from), "{from}");
        std::fs::write(folder.path().join("规则.toml"), pack.replacen(from, to, 1)).expect("room");
        let run = |language: &str| {
            let arguments = ["check", "--lang", language, "--rules", "规则.toml", "."];
            seen(&gouji(&arguments).current_dir(folder.path()).output().expect("runs"))
        };
        insta::assert_snapshot!(format!("broken_pack_{name}_zh"), run("zh"));
        insta::assert_snapshot!(format!("broken_pack_{name}_en"), run("en"));
    }
}

#[test]
fn rules_explain_themselves() {
    for language in ["zh", "en"] {
        for rule in ["GJ310", "GJ301", "missing-row"] {
            let output = run(&["explain", "--lang", language, rule]);
            insta::assert_snapshot!(format!("explain_{rule}_{language}"), seen(&output));
        }
        insta::assert_snapshot!(
            format!("explain_unknown_{language}"),
            seen(&run(&["explain", "--lang", language, "mising-row"]))
        );
        insta::assert_snapshot!(format!("rules_{language}"), seen(&run(&["rules", "--lang", language])));
    }
}

#[test]
fn every_rule_that_is_listed_is_explained() {
    let output = run(&["rules", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // What is explained is looked up in what is listed: the first and the last rule of each form show it for all.
    let rules = rules.as_array().expect("a list");
    let ends = rules
        .chunk_by(|one, next| one["pack"] == next["pack"])
        .flat_map(|of_pack| [&of_pack[0], &of_pack[of_pack.len() - 1]]);
    for rule in ends {
        let name = |key: &str| rule[key].as_str().unwrap_or_else(|| panic!("{rule} has no {key}")).to_owned();
        let by_code = run(&["explain", &name("code")]);
        assert_eq!(status(&by_code), 0, "{rule}");
        assert_eq!(by_code.stdout, run(&["explain", &name("name")]).stdout, "{rule}");
    }
    let distinct =
        |key: &str| rules.iter().filter_map(|rule| rule[key].as_str()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((distinct("code").len(), distinct("name").len()), (rules.len(), rules.len()));
}

/// The locale decides, by the first of its variables that is set; where it says nothing, Chinese.
#[test]
fn the_language_follows_the_locale() {
    for (variables, expected) in [
        (&[("LANG", "en_US.UTF-8")][..], "error"),
        (&[("LANG", "zh_CN.UTF-8")], "错误"),
        (&[("LANG", "C")], "错误"),
        (&[], "错误"),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], "error"),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", "en_US")], "error"),
    ] {
        let mut command = gouji(&["check", WRONG]);
        command.env_remove("LANG").envs(variables.iter().copied());
        let text = String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8");
        assert!(text.contains(expected), "{variables:?}: {text}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let is_coloured = |arguments: &[&str]| run(arguments).stdout.contains(&0x1b);
    assert!(!is_coloured(&["check", "--format", "full", WRONG]));
    assert!(is_coloured(&["check", "--format", "full", "--color", "always", WRONG]));
    assert!(!is_coloured(&["check", "--format", "json", "--color", "always", WRONG]));
    assert!(!is_coloured(&["check", "--format", "full", "--color", "never", WRONG]));
}

/// `gouji check … | head -1`
#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_no_error() {
    let folder = archive();
    for format in ["full", "concise", "json", "jsonl"] {
        let mut command = gouji(&["check", "--fail-on", "never", "--jobs", "2", "--format", format, "."]);
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("runs");
        let mut first = [0; 1];
        child.stdout.take().expect("an open output").read_exact(&mut first).expect("a byte");
        let output = child.wait_with_output().expect("ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // What is short was written before.
        assert!(matches!(output.status.code(), Some(0 | 141)), "{format}: {said}");
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{format}: {said}");
    }
}

/// A disk that is full is no reader that has gone away.
#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_an_error() {
    let output = run(&["check", "--output", "json=/dev/full", PIECES]);
    assert_eq!(status(&output), 2, "{}", seen(&output));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let output = gouji(&["check", PIECES]).stdout(full).output().expect("runs");
    assert_eq!(status(&output), 2, "{}", seen(&output));
}

/// What one reader leaves unread another output still holds.
#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_spoils_no_other_output() {
    let folder = archive();
    let json = folder.path().join("a.json");
    let output = format!("json={}", json.display());
    let mut command = gouji(&["check", "--output", &output, "--output", "full", "."]);
    let mut child =
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
    drop(child.stdout.take());
    let status = child.wait().expect("ends");
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).expect("written")).expect("JSON");
    assert_eq!((written["reports"].as_array().map(Vec::len), status.code()), (Some(60), Some(141)));
}

#[test]
fn limits_are_set_and_named() {
    let report = "fixtures/wrong-total/wrong-total.md";
    for (name, limit) in [("limit_cells", "cells=10"), ("limit_unknown", "cell=10"), ("limit_value", "cells=ten")] {
        insta::assert_snapshot!(name, seen(&run(&["check", "--limit", limit, report])));
    }
}

/// A pipe that nobody writes to is never read to its end.
#[cfg(unix)]
#[test]
fn a_file_that_takes_too_long_is_given_up_and_the_others_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("a 管道.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let report = markdown::write(&report(1), markdown::Way::Padded);
    std::fs::write(folder.path().join("b 报告.md"), report).expect("room");
    std::fs::write(folder.path().join("list"), "a 管道.md\nb 报告.md\n").expect("room");
    let arguments = ["check", "--format", "jsonl", "--limit", "seconds=1", "--files-from", "list"];
    let output = gouji(&arguments).current_dir(folder.path()).output().expect("runs");
    let reports = String::from_utf8(output.stdout).expect("UTF-8");
    let verdicts: Vec<(String, String)> = reports
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?.get("report").cloned())
        .map(|report| (report["path"].to_string(), report["verdict"].to_string()))
        .collect();
    let expected = [("\"a 管道.md\"", "\"unverifiable\""), ("\"b 报告.md\"", "\"pass\"")];
    assert_eq!(verdicts, expected.map(|(path, verdict)| (path.to_owned(), verdict.to_owned())));
    assert!(reports.contains("已停止"), "{reports}");
    assert_eq!(output.status.code(), Some(1));
}
