//! The last stage: what is said against a report, at its places in the files, which are there again; what is missing by the list; the
//! end of a run.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji::collection::{Builder, Missing};
use gouji::internal::archive::{Place, Stored};
use gouji::internal::document::Format as FileFormat;
use gouji::render::{Format, Options};
use gouji::reread::{self, Source};
use gouji::view::{Across, Input, Lines, NotEvaluated, Report as View, Summary};
use gouji::{Checked, Document, Report, Severity, Tally, Unreadable, Verdict};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use super::Kernel;
use super::compare::{Accused, Comparison};
use super::read::{Held, verdict};

/// What is said across reports of one of them: its verdict now, its findings as JSON, how many errors, warnings and remarks these
/// are, how many rules are broken besides sums.
type Said = (&'static str, Vec<String>, [usize; 3], usize);

/// The bytes of reports that lie in one file: each by its place there, or the file itself; none where it is not what it was.
#[pyfunction]
pub(crate) fn again(
    py: Python<'_>,
    kernel: &Kernel,
    file: PyBackedBytes,
    places: Vec<Option<PyBackedBytes>>,
) -> Vec<Option<Vec<u8>>> {
    py.detach(|| {
        let file = Held(Arc::new(file));
        let of = |place: &Option<PyBackedBytes>| {
            let Some(place) = place else { return Some(file.as_ref().to_vec()) };
            let (name, place): (String, Place) = serde_json::from_slice(place).ok()?;
            let open = || Stored::open(&file).map_err(|_| Unreadable::Empty);
            place.read(&name, kernel.checker.limits(), open).ok()
        };
        places.iter().map(of).collect()
    })
}

/// What stands before and behind what is said across reports: `reasons` are why something was not evaluated, `counts` the numbers
/// of the summary by their names, both as JSON.
#[pyfunction]
pub(crate) fn ends(
    kernel: &Kernel,
    tally: [usize; 3],
    reasons: Vec<String>,
    more: usize,
    counts: &str,
) -> PyResult<(String, String)> {
    let wrong = |error: serde_json::Error| PyValueError::new_err(error.to_string());
    let reasons = reasons.iter().map(|reason| serde_json::from_str::<NotEvaluated>(reason));
    let [held, broken, not_evaluated] = tally;
    let across = Across {
        rules: Tally { held, broken, not_evaluated },
        not_evaluated: reasons.collect::<Result<_, _>>().map_err(wrong)?,
        more_not_evaluated: more,
        ..Across::default()
    };
    let summary: Summary = serde_json::from_str(counts).map_err(wrong)?;
    let (output, options) = (Format::Jsonl.output(), Options::new(kernel.language));
    Ok((output.across_head().unwrap_or_default().to_owned(), output.tail(&options, &across, &summary)))
}

/// A report's line with another verdict.
#[pyfunction]
pub(crate) fn settled(kernel: &Kernel, line: &str, verdict: &str) -> PyResult<String> {
    let wrong = |error: serde_json::Error| PyValueError::new_err(error.to_string());
    let line = line.strip_prefix("{\"report\":").and_then(|line| line.strip_suffix('}')).unwrap_or(line);
    let mut view: View = serde_json::from_str(line).map_err(wrong)?;
    view.verdict = serde_json::from_value(verdict.into()).map_err(wrong)?;
    let line = Format::Jsonl.output().report(&Options::new(kernel.language), &view);
    Ok(line.trim_end_matches('\n').to_owned())
}

/// Says what is against reports, each with the files that [`Comparison::judge`] asked for, by their paths as they are shown; none
/// where nothing is left to be said, or a file is not what it was.
#[pyfunction]
pub(crate) fn say(
    py: Python<'_>,
    comparison: &Comparison,
    accused: Vec<(PyBackedBytes, HashMap<String, PyBackedBytes>)>,
) -> Vec<Option<Said>> {
    py.detach(|| {
        let said = |(accused, files): &(PyBackedBytes, HashMap<String, PyBackedBytes>)| {
            catch_unwind(AssertUnwindSafe(|| comparison.said(postcard::from_bytes(accused).ok()?, files)))
                .ok()
                .flatten()
        };
        accused.iter().map(said).collect()
    })
}

/// The families of forms and the years of which the reports of all agencies on the list are expected, and what is said of years
/// that are passed over.
#[pyfunction]
pub(crate) fn expected(comparison: &Comparison) -> (Vec<(u16, u16)>, Vec<String>) {
    let collection = Builder::on(&comparison.ground).finish_of(&comparison.all, []);
    let (expected, thin) = collection.expected();
    (expected, thin.iter().map(|thin| thin.message().say(comparison.language)).collect())
}

/// What is said of missing reports, each by the number of its agency, its year and its form.
#[pyfunction]
pub(crate) fn missing(py: Python<'_>, comparison: &Comparison, missing: Vec<(usize, u16, u16)>) -> Vec<Option<Said>> {
    py.detach(|| {
        let Some(list) = &comparison.list else { return Vec::new() };
        let collection = Builder::on(&comparison.ground).finish_of(&comparison.all, []);
        let Some(agencies) = collection.agencies() else { return Vec::new() };
        let lines = Lines::new(&list.bytes, agencies.encoding);
        let said = |(agency, year, form): (usize, u16, u16)| {
            let missing = Missing { agency, year, form };
            let finding = collection.missing_report(missing, comparison.checker.levels(None))?;
            let report = Report {
                encoding: agencies.encoding,
                organization: Some(agencies.agencies[agency].name.clone()),
                year: Some(year),
                findings: vec![finding],
                ..Report::new(&list.path, FileFormat::Text)
            };
            let document = Document::blank(FileFormat::Text, report.encoding);
            let checked = Checked { document: Some(document), ..Checked::of(report) };
            let input = Input { lines: Some(&lines), ..Input::new(&checked, &list.bytes) };
            let mut view = View::all(input, comparison.language).swap_remove(0);
            view.verdict = view.verdict_with(&view.findings);
            Some(said(&view))
        };
        missing.into_iter().map(said).collect()
    })
}

impl Comparison {
    fn said(&self, accused: Accused, files: &HashMap<String, PyBackedBytes>) -> Option<Said> {
        let Accused { case, files: paths, before } = accused;
        let own = case.own;
        let collection = case.collection(&self.ground, &self.all);
        let judgement = self.judgement(&collection, own);
        // Its own file comes first.
        let mut wanted: Vec<&str> = vec![&paths[own].0];
        for other in judgement.beside() {
            let path = &*paths[other].0;
            if !wanted.contains(&path) {
                wanted.push(path);
            }
        }
        let reports = |path: &str| -> Vec<(usize, Option<String>)> {
            let all = paths.iter().enumerate();
            all.filter(|(_, (own, _))| own == path).map(|(entry, (_, part))| (entry, part.clone())).collect()
        };
        let reports: Vec<Vec<(usize, Option<String>)>> = wanted.iter().map(|path| reports(path)).collect();
        let source = |(path, reports)| Some(Source { path, bytes: files.get(path)?, reports });
        let sources = wanted.iter().copied().zip(reports.iter().map(Vec::as_slice)).filter_map(source);
        let sources: Vec<Source<'_>> = sources.collect();
        if sources.first()?.path != wanted[0] {
            return None;
        }
        let mut view = reread::view(&self.checker, &collection, (own, &judgement), &sources, self.language)?;
        view.verdict = serde_json::from_value::<Verdict>(before.into()).ok()?;
        view.verdict = view.verdict_with(&view.findings);
        Some(said(&view))
    }
}

fn said(view: &View) -> Said {
    let findings = view.across().map(|finding| serde_json::to_string(&finding).expect("plain data always serializes"));
    let counts = [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| view.count(severity));
    let mut across = Across::default();
    across.count_broken(view);
    (verdict(view.verdict), findings.collect(), counts, across.rules.broken)
}
