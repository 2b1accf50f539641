//! What is wrong with a call is said in the language of all messages, with the usage.

use crate::command::{gouji, status};
use crate::support::{markdown, report};

#[test]
fn wrong_calls_are_said_in_our_words() {
    let calls: [(&str, &str, &str); 9] = [
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
    assert_eq!(run(&["年报.md", "--format", "json"]), run(&["check", "年报.md", "--format", "json"]));
    assert_eq!(status(&run(&["年报.md"])), 0);
    let missing = run(&["别的.md", "--lang", "zh"]);
    assert_eq!(String::from_utf8_lossy(&missing.stderr), "错误：别的.md 不存在\n");
    // A word that can be no file is a subcommand that is not there.
    assert!(String::from_utf8_lossy(&run(&["chekc", "--lang", "zh"]).stderr).contains("没有 chekc 这个子命令"));
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
