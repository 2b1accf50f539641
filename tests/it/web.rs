//! The page `gouji.html`: it finds what the command finds, asks nothing of a browser that an old one does not have, and works in
//! Chromium as somebody uses it. `web/build.sh` makes it; where it was not made, or where there is no node or no Chromium,
//! that is said.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gouji::internal::taken;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The page, where there are also the packages that the tests are run with.
fn page() -> Option<PathBuf> {
    let page = root().join("web/dist/gouji.html");
    let has_node = || Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok();
    let missing = match () {
        () if !page.exists() => "web/dist/gouji.html",
        () if !root().join("web/node_modules").exists() => "web/node_modules",
        () if !has_node() => "node",
        () => return Some(page),
    };
    eprintln!("skipped: {missing} is not here; bash web/build.sh makes the page");
    None
}

/// Runs a test of `web/tests`, and shows what it says.
fn run(test: &str, arguments: impl IntoIterator<Item = PathBuf>) {
    let mut command = Command::new("node");
    command.arg(root().join("web/tests").join(test)).args(arguments);
    let done = command.output().expect("node runs");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    eprintln!("{said}");
    assert!(done.status.success(), "{test} failed:\n{said}");
}

#[test]
fn it_finds_what_the_command_finds() {
    let Some(page) = page() else { return };
    let shared = [root().join("../shared/reports"), root().join("../shared/cases/inputs")];
    // A marked copy beside its report is passed over.
    let made = tempfile::tempdir().expect("a folder");
    let report = std::fs::read(root().join("fixtures/form-2019-slips/form-2019-slips.html")).expect("a fixture");
    for name in ["年报.html", "年报.批注.html", "别的.批注.html"] {
        std::fs::write(made.path().join(name), &report).expect("a file");
    }
    let folders =
        [root().join("fixtures"), made.path().to_owned()].into_iter().chain(shared).filter(|folder| folder.exists());
    run("equal.mjs", [page, env!("CARGO_BIN_EXE_gouji").into()].into_iter().chain(folders));
}

#[test]
fn browsers_of_five_years_ago_run_it() {
    let Some(page) = page() else { return };
    run("old.mjs", [page]);
}

#[test]
fn it_works_in_a_browser() {
    let Some(page) = page() else { return };
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    if !named.into_iter().chain(known).any(|path| path.exists()) {
        eprintln!("skipped: Chromium is not here");
        return;
    }
    run("browser.mjs", [page]);
}

/// What a page of ours says at its beginning is what keeps it from being checked in the folder that it was saved in.
#[test]
fn it_is_no_report_itself() {
    let template = std::fs::read(root().join("web/page/index.html")).expect("the template of the page");
    assert!(taken::is_own(&template));
}
