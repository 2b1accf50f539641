//! The packs that come with the program.

use std::sync::{Arc, LazyLock};

use super::compile;
use super::core::Core;
use super::form::Pack;
use super::raw;
use super::written::{Later, Trust, Written};
use crate::built::{Built, built};

const READ: &str = "the packs are sound: a test reads them";

/// A pack comes after the one it starts from.
const FORMS: [Built; 16] = [
    built!("rules/zfxxgk-2021"),
    built!("rules/zfxxgk-2019"),
    built!("rules/zfxxgk-2014"),
    built!("rules/zfxxgk-coded"),
    built!("rules/wzbb"),
    built!("rules/wzjg"),
    built!("rules/bmjs"),
    built!("rules/bmys"),
    built!("rules/xqy"),
    built!("rules/ybqy-2019"),
    built!("rules/ybqy-2018"),
    built!("rules/xzzf-2021"),
    built!("rules/xzzf-grouped"),
    built!("rules/xzzf-2018"),
    built!("rules/agar"),
    built!("rules/foia"),
];

/// The rules that every form shares, and the forms, compiled once a process: as far as reports are recognised by them, and the rest of
/// a form where a report is written in it.
pub fn builtin() -> &'static (Arc<Core>, Vec<Arc<Pack>>) {
    static BUILTIN: LazyLock<(Arc<Core>, Vec<Arc<Pack>>)> = LazyLock::new(|| {
        let core = Arc::clone(Core::builtin());
        let mut forms: Vec<raw::Pack> = Vec::new();
        let mut packs: Vec<Arc<Pack>> = Vec::new();
        for file in FORMS {
            let form = form(file, &forms);
            let known = packs.clone();
            let whole = Later::new(Box::new(move || whole(file, &known)));
            let pack = compile::builtin(form.clone(), whole, &core).expect("the packs are sound: a test compiles them");
            forms.push(form);
            packs.push(Arc::new(pack));
        }
        (core, packs)
    });
    &BUILTIN
}

/// What reports are recognised by and read with, of a form that may start from one of those `before` it.
fn form(file: Built, before: &[raw::Pack]) -> raw::Pack {
    let own: raw::Pack = file.read_only(raw::Pack::is_of_form).expect(READ);
    let Some(base) = &own.extends else { return own };
    let base = before.iter().find(|form| form.id == *base).expect("a pack comes after the one it starts from");
    compile::lay_over(base.clone(), own)
}

fn whole(file: Built, known: &[Arc<Pack>]) -> Written {
    let trials = Later::new(Box::new(move || file.read_only(raw::Pack::is_of_trials).expect(READ)));
    let own = file.read_only(|key| !raw::Pack::is_of_trials(key)).expect(READ);
    compile::over(own, Arc::new(trials), known, Trust::Tested).expect("a test compiles every pack")
}
