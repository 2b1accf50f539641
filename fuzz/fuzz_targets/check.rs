//! The whole way, from a file to what is printed. The first byte says by what name the rest goes.
#![no_main]

use std::sync::LazyLock;

use gouji::Checker;
use gouji_fuzz::{parts, sound::assert_check};
use libfuzzer_sys::fuzz_target;

static CHECKER: LazyLock<Checker> = LazyLock::new(Checker::default);

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    match kind {
        b'h' => assert_check(&CHECKER, "r.html", rest),
        b't' => assert_check(&CHECKER, "r.txt", rest),
        b'x' => assert_check(&CHECKER, "r.xlsx", &parts::file(rest)),
        b'p' => assert_check(&CHECKER, "r.pdf", rest),
        b'w' => assert_check(&CHECKER, "r.doc", rest),
        b'd' => assert_check(&CHECKER, "r.docx", &parts::file(rest)),
        _ => assert_check(&CHECKER, "r.md", rest),
    }
});
