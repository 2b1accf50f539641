//! What is wrong with a call is said in the language of all messages, with the usage.

use crate::command::{gouji, status};

#[test]
fn wrong_calls_are_said_in_our_words() {
    let calls: [(&str, &str, &str); 9] = [
        ("check --jobs 0", "--jobs <N> 的取值“0”无效，应为 1 以上的整数", "--jobs <N> cannot be “0”"),
        ("check --jobs", "--jobs <N> 后面没有取值", "--jobs <N> lacks its value"),
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
