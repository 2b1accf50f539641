//! `gouji pack`: tools for pack authors.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::streams::print;
use super::{CommandError, setup, status};
use crate::authoring::draft::{Draft, draft};
use crate::authoring::inspect::{Inspection, Known, inspect};
use crate::authoring::verify;
use crate::checker::Checker;
use crate::cli::{Global, PackFormat};
use crate::config::Config;
use crate::discover;
use crate::limits::Limits;
use crate::message::{Argument, Language, Message};
use crate::pack::{self, PackError, compile};
use crate::read;
use crate::render::{self, Inspected, Options};

/// A rule file with what came of it.
struct Checked {
    path: String,
    text: String,
    outcome: Result<Inspection, Vec<PackError>>,
}

/// `gouji pack check`: 0 where every pack is sound and every case holds.
pub(super) fn check(
    global: &Global,
    config: &Config,
    paths: &[PathBuf],
    format: PackFormat,
    language: Language,
) -> Result<u8, CommandError> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(setup::rule_files(path)?.into_iter().map(|file| (file, path.is_dir())));
    }
    let own: Vec<PathBuf> = files.iter().map(|(file, _)| file.clone()).collect();
    let checker = setup::checker_besides(config, &own)?;
    let known = Known { core: checker.core(), packs: checker.packs() };
    let options = setup::options_of_output(language, setup::color(global));
    let mut all = Vec::new();
    for (file, is_of_folder) in files {
        let text = setup::text(&file)?;
        // The rules that every form shares may lie in the folder; they are no pack.
        if is_of_folder && pack::is_core(&text) {
            continue;
        }
        all.push(Checked { path: file.display().to_string(), outcome: inspect(&text, &known), text });
    }
    let inspected: Vec<Inspected<'_>> = all.iter().map(Checked::inspected).collect();
    print(&match format {
        PackFormat::Full => full(&options, &inspected),
        PackFormat::Json => render::inspections_json(&options, &inspected),
    })?;
    let is_sound = all.iter().all(Checked::is_sound);
    Ok(if is_sound { status::SUCCESS } else { status::FINDINGS })
}

fn full(options: &Options, inspected: &[Inspected<'_>]) -> String {
    inspected.iter().map(|one| render::inspection(options, *one)).collect::<Vec<_>>().join("\n")
}

impl Checked {
    fn inspected(&self) -> Inspected<'_> {
        Inspected { path: &self.path, text: &self.text, outcome: self.outcome.as_ref().map_err(Vec::as_slice) }
    }

    fn is_sound(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|inspection| inspection.failures().next().is_none())
    }
}

/// `gouji pack new`: writes the draft, then says whether the sample is found to be of the form that was drafted.
pub(super) fn new(sample: &Path, output: &Path, id: Option<&str>, language: Language) -> Result<u8, CommandError> {
    let path = sample.display().to_string();
    let bytes = discover::whole(sample).map_err(|error| not_read(&path, &error))?;
    let document = read::read(&path, &bytes, &Limits::default())
        .map_err(|error| CommandError { hint: error.help(), ..not_read(&path, error.message()) })?;
    let id = id.map_or_else(|| id_of(output), str::to_owned);
    let draft = draft(&document, &id, &pack::builtin().0, language);
    if draft.tables == 0 {
        return Err(CommandError::usage(Message::new("error.no-table").with("path", path)));
    }
    super::init::write_new(output, &draft.text)?;
    print(&(written(output, &draft).say(language) + "\n"))?;
    print(&(look(&draft, &path, &bytes).say(language) + "\n"))?;
    Ok(status::SUCCESS)
}

/// `gouji pack schema`: what editors hold packs against.
pub(super) fn schema() -> Result<u8, CommandError> {
    print(&pack::pack_schema())?;
    Ok(status::SUCCESS)
}

fn not_read(path: &str, detail: impl Into<Argument>) -> CommandError {
    CommandError::usage(Message::new("error.sample").with("path", path).with("detail", detail))
}

/// The name of the file, as far as an id can be made of it.
fn id_of(output: &Path) -> String {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let id: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    if id.is_empty() { "form".to_owned() } else { id }
}

fn written(output: &Path, draft: &Draft) -> Message {
    Message::new("draft.written")
        .with("path", output.display().to_string())
        .with("sections", draft.sections)
        .with("tables", draft.tables)
}

/// What the sample draws when it is checked against the draft.
fn look(draft: &Draft, path: &str, bytes: &[u8]) -> Message {
    let (core, known) = pack::builtin();
    let pack = match compile(&draft.text, core, known) {
        Ok(pack) => pack,
        Err(error) => return Message::new("draft.unsound").with("problem", error.problem.message()),
    };
    let figures = pack.figures.len();
    let checker = Checker::new(Arc::clone(core), vec![Arc::new(pack)], Limits::default());
    let report = checker.check(path, bytes).into_first().report;
    let findings: Vec<Argument> = report
        .findings
        .iter()
        .filter(|finding| is_structural(&finding.rule.kind))
        .map(|f| verify::said(f).into())
        .collect();
    let key = if findings.is_empty() { "draft.recognised" } else { "draft.differs" };
    Message::new(key).with("figures", figures).with("findings", Argument::Sentences(findings))
}

/// Whether a finding of this kind says that the draft and the sample are not of one form.
fn is_structural(kind: &str) -> bool {
    let parts = ["section", "table", "row", "column"];
    kind == "unknown-form" || parts.iter().any(|part| kind.strip_suffix(part).is_some_and(|rest| rest.ends_with('-')))
}
