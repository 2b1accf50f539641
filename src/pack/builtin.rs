//! The packs that come with the program.

use std::sync::{Arc, LazyLock};

use super::compile;
use super::core::Core;
use super::form::Pack;

/// A pack comes after the one it starts from.
const FORMS: [&str; 6] = [
    include_str!("../../rules/zfxxgk-2021.toml"),
    include_str!("../../rules/zfxxgk-2019.toml"),
    include_str!("../../rules/zfxxgk-2014.toml"),
    include_str!("../../rules/zfxxgk-coded.toml"),
    include_str!("../../rules/wzbb.toml"),
    include_str!("../../rules/bmjs.toml"),
];

/// The rules that every form shares, and the forms, compiled once a process.
pub fn builtin() -> &'static (Arc<Core>, Vec<Arc<Pack>>) {
    static BUILTIN: LazyLock<(Arc<Core>, Vec<Arc<Pack>>)> = LazyLock::new(|| {
        let core = Arc::clone(Core::builtin());
        let mut packs = Vec::new();
        for text in FORMS {
            let pack = compile::builtin(text, &core, &packs).expect("the packs are sound: a test compiles them");
            packs.push(Arc::new(pack));
        }
        (core, packs)
    });
    &BUILTIN
}
