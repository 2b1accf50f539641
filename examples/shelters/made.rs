// What the examples of the library check: included by them, each a program of its own.

use std::sync::Arc;

/// A form of one table with three sums, as TOML.
pub const PACK: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/pack.toml"));
/// A report whose sums hold.
pub const REPORT_2024: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/2024.md"));
/// The report of the year before, which ends with another number of shelters than that of 2024 starts with.
pub const REPORT_2023: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/2023.md"));

/// A checker that knows this form alone.
pub fn checker() -> gouji::Checker {
    let (core, known) = gouji::builtin_packs();
    let pack = gouji::compile_pack(PACK, core, known).expect("the example is sound");
    gouji::Checker::new(Arc::clone(core), vec![Arc::new(pack)], gouji::Limits::default())
}
