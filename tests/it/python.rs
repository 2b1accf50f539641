//! The module for Python: its own tests (`bindings/python/tests`), run on the wheel and beside the command that is tested here.
//! `bindings/python/build.sh` makes the wheel and an environment with it; where it was not made, that is said.

use std::path::Path;
use std::process::Command;

#[test]
fn its_own_tests_pass() {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python");
    let places = [".venv/bin/python", ".venv/Scripts/python.exe"].map(|place| module.join(place));
    let Some(python) = places.iter().find(|python| python.exists()) else {
        eprintln!("skipped: bindings/python/.venv is not here; bash bindings/python/build.sh dev makes it");
        return;
    };
    let mut command = Command::new(python);
    command.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).arg(module.join("tests"));
    command.env("GOUJI", env!("CARGO_BIN_EXE_gouji")).env("PYTHONDONTWRITEBYTECODE", "1");
    let done = command.output().expect("Python runs");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    eprintln!("{said}");
    assert!(done.status.success(), "the tests of the module failed:\n{said}");
}
