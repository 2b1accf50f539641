#![no_main]

use gouji_fuzz::sound::assert_read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| assert_read("r.doc", input));
