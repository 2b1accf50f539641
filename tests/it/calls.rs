//! What is wrong with a call is said in the language of all messages, with the usage.

use crate::command::{gouji, status};
use crate::support::{markdown, report};

#[test]
fn wrong_calls_are_said_in_our_words() {
    let calls: [(&str, &str, &str); 15] = [
        ("check --jobs 0", "--jobs <N> 的取值“0”无效，应为 1 以上的整数", "--jobs <N> cannot be “0”"),
        ("check --jobs", "--jobs <N> 后面没有取值", "--jobs <N> needs a value"),
        (
            "check --color blue",
            "--color <COLOR> 的取值“blue”无效；可用：auto、always、never",
            "possible: auto, always, never",
        ),
        ("chek", "没有 chek 这个子命令，是否为 check？", "did you mean check?"),
        ("check --formt json", "没有 --formt 这个选项，是否为 --format？", "did you mean --format?"),
        ("check --nonsense", "没有 --nonsense 这个选项", "there is no option --nonsense"),
        ("check --baseline a --write-baseline b", "不能与 --", "cannot be used with --"),
        ("check --config a --config b", "--config <FILE> 只能写一次", "--config <FILE> can be used only once"),
        ("explain", "缺少 <RULE>", "<RULE> is missing"),
        ("explain GJ300 GJ301", "多余的参数 GJ301", "GJ301 is one argument too many"),
        ("explain GJ3OO", "没有编号或名称为“GJ3OO”的规则，是否为 GJ300？", "did you mean GJ300?"),
        ("check --fail-on=", "--fail-on <FAIL_ON> 后面没有取值", "--fail-on <FAIL_ON> needs a value"),
        ("pack chek", "没有 chek 这个子命令，是否为 check？", "did you mean check?"),
        (
            "check --severity GJ300=foo .",
            "“foo”不是可用的值：error、warning、advice、off",
            "error, warning, advice, off",
        ),
        ("--nonsense", "[选项] <命令>，或 gouji 报告…（核对报告）；详见 --help", "[OPTIONS] <COMMAND>, or gouji"),
    ];
    for (call, chinese, english) in calls {
        let words: Vec<&str> = call.split(' ').collect();
        for (language, said, label) in [("zh", chinese, "错误："), ("en", english, "error: ")] {
            let output = gouji(&words).args(["--lang", language]).output().expect("the command runs");
            let found = String::from_utf8_lossy(&output.stderr);
            assert_eq!(status(&output), 2, "{call}: {found}");
            assert!(found.starts_with(label) && found.contains(said), "{call}: {found}");
        }
        let output = gouji(&words).output().expect("the command runs");
        assert!(String::from_utf8_lossy(&output.stderr).contains(chinese), "{call}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_file_without_a_subcommand_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("年报.md"), markdown::write(&report(5), markdown::Way::Padded)).expect("a file");
    let run = |arguments: &[&str]| gouji(arguments).current_dir(folder.path()).output().expect("the command runs");
    let checked = run(&["check", "年报.md", "--format", "json"]);
    for call in [["年报.md", "--format", "json"], ["--format", "json", "年报.md"]] {
        assert_eq!(run(&call), checked, "{call:?}");
    }
    // Options may come before the file, and their values are no files.
    assert!(String::from_utf8_lossy(&run(&["--lang=en", "年报.md"]).stderr).contains("Reports: 1"));
    assert!(String::from_utf8_lossy(&run(&["--lang", "年报.md", "check"]).stderr).contains("“年报.md”"));
    assert_eq!(status(&run(&["年报.md"])), 0);
    let missing = run(&["别的.md", "--lang", "zh"]);
    assert_eq!(String::from_utf8_lossy(&missing.stderr), "错误：别的.md 不存在\n");
    // A word that can be no file is a subcommand that is not there.
    assert!(String::from_utf8_lossy(&run(&["chekc", "--lang", "zh"]).stderr).contains("没有 chekc 这个子命令"));
}

/// Whoever forgets the report, or does not know that one will do, is told so.
#[test]
fn a_report_without_a_subcommand_is_explained() {
    let calls: [&[&str]; 6] = [
        &["--open"],
        &["--lang", "en", "--open"],
        &["--format", "json", "--lang", "en"],
        &["--opne", "--lang", "zh"],
        &["rules", "--open", "--lang", "en"],
        &["pack", "--open", "--lang", "en"],
    ];
    let mut text = String::new();
    for call in calls {
        let output = gouji(call).output().expect("the command runs");
        text += &format!("$ gouji {}\n{}\n", call.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    for language in ["zh", "en"] {
        let help = gouji(&["--help", "--lang", language]).output().expect("the command runs");
        text.extend(String::from_utf8_lossy(&help.stdout).lines().filter(|line| line.contains("gouji ")));
        text += "\n";
    }
    insta::assert_snapshot!(text);
}

/// Names of files need not be text.
#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_a_name() {
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().expect("a folder");
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.md");
    // Some systems have no such names.
    if std::fs::write(folder.path().join(name), markdown::write(&report(5), markdown::Way::Padded)).is_err() {
        return;
    }
    let run =
        gouji(&["check", "--lang", "en"]).arg(name).current_dir(folder.path()).output().expect("the command runs");
    assert_eq!(status(&run), 0, "{}", String::from_utf8_lossy(&run.stderr));
    let wrong = gouji(&["check", "--nothing", "--lang", "en"]).arg(name).current_dir(folder.path()).output();
    assert!(String::from_utf8_lossy(&wrong.expect("the command runs").stderr).contains("no option"));
}

/// What is named and cannot be looked at is there, and is a finding.
#[cfg(unix)]
#[test]
fn a_path_that_cannot_be_looked_at_is_not_missing() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let said = |path: &str| {
        let output = gouji(&["check", "--format", "concise", path]).current_dir(folder.path()).output();
        let output = output.expect("the command runs");
        (status(&output), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    symlink("乙.md", folder.path().join("甲.md")).expect("a link");
    symlink("甲.md", folder.path().join("乙.md")).expect("a link");
    assert_eq!(said("甲.md"), (1, "甲.md: 错误 GJ001 文件无法打开：系统返回：链接循环\n".to_owned()));
    let closed = folder.path().join("关");
    std::fs::create_dir(&closed).expect("a folder");
    std::fs::write(closed.join("丙.md"), "年报").expect("a file");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("a mode");
    // Nothing is closed to root.
    if closed.join("丙.md").try_exists().is_err() {
        assert_eq!(said("关/丙.md"), (1, "关/丙.md: 错误 GJ001 文件无法打开：没有访问权限\n".to_owned()));
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("a mode");
}
