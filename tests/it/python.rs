//! The module for Python: its own tests (`bindings/python/tests`), run on the wheel and beside the command that is tested here.
//! `bindings/python/build.sh` makes the wheel and environments with it; where they were not made, that is said.

use std::path::Path;
use std::process::Command;

#[test]
fn its_own_tests_pass() {
    run(".venv", &["tests", "--ignore", "tests/spark"]);
}

/// What Spark writes is what the command writes.
#[test]
fn its_tests_on_spark_pass() {
    run(".venv-spark", &["tests/spark"]);
}

/// Runs tests of the module in one of its environments.
fn run(environment: &str, tests: &[&str]) {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python");
    let places = ["bin/python", "Scripts/python.exe"].map(|place| module.join(environment).join(place));
    let Some(python) = places.iter().find(|python| python.exists()) else {
        eprintln!("skipped: bindings/python/{environment} is not here; bash bindings/python/build.sh dev makes it");
        return;
    };
    let mut command = Command::new(python);
    command.args(["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]).args(tests).current_dir(&module);
    command.env("GOUJI", env!("CARGO_BIN_EXE_gouji")).env("PYTHONDONTWRITEBYTECODE", "1");
    let done = command.output().expect("Python runs");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    eprintln!("{said}");
    assert!(done.status.success(), "the tests of the module failed:\n{said}");
}
