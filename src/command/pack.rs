//! `gouji pack`: what those need who write rule packs.

use std::path::PathBuf;

use super::{CommandError, setup, status};
use crate::cli::{Global, PackFormat};
use crate::inspect::{Inspection, Known, inspect};
use crate::message::Language;
use crate::pack::PackError;
use crate::render::{Inspected, Renderer};

/// A rule file with what came of it.
struct Checked {
    path: String,
    text: String,
    outcome: Result<Inspection, Vec<PackError>>,
}

/// `gouji pack check`: 0 where every pack is sound and every case holds.
pub(super) fn check(
    global: &Global,
    paths: &[PathBuf],
    format: PackFormat,
    language: Language,
) -> Result<u8, CommandError> {
    let checker = setup::checker(global)?;
    let known = Known { core: checker.core(), packs: checker.packs() };
    let renderer = setup::renderer(language, setup::color(global));
    let mut all = Vec::new();
    for path in paths {
        for file in setup::rule_files(path)? {
            let text = setup::text(&file)?;
            let checked = Checked { path: file.display().to_string(), outcome: inspect(&text, &known), text };
            all.push(checked);
        }
    }
    let inspected: Vec<Inspected<'_>> = all.iter().map(Checked::inspected).collect();
    super::check::print(&match format {
        PackFormat::Full => full(&renderer, &inspected),
        PackFormat::Json => renderer.inspections_json(&inspected),
    });
    let is_sound = all.iter().all(Checked::is_sound);
    Ok(if is_sound { status::SUCCESS } else { status::FINDINGS })
}

fn full(renderer: &Renderer, inspected: &[Inspected<'_>]) -> String {
    inspected.iter().map(|one| renderer.inspection(*one)).collect::<Vec<_>>().join("\n")
}

impl Checked {
    fn inspected(&self) -> Inspected<'_> {
        Inspected { path: &self.path, text: &self.text, outcome: self.outcome.as_ref().map_err(Vec::as_slice) }
    }

    fn is_sound(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|inspection| inspection.failures().next().is_none())
    }
}
