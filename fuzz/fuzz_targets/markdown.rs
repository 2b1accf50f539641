#![no_main]

use gouji_fuzz::sound::assert_read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| assert_read("r.md", bytes));
