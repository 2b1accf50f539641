//! What a workbook is, its bytes say; the name only where they say nothing.
#![no_main]

use gouji_fuzz::{parts, sound::assert_read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| assert_read("r.xlsx", &parts::file(input)));
