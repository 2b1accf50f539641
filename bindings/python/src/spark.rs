//! What `gouji.spark` runs on executors: lists in, lists out. pyarrow makes batches of them, Spark sorts and shuffles them. Each
//! stage is the library's own code, the same that the command runs over all reports at once.

mod compare;
mod figures;
mod read;
mod say;

/// The kernel, as Python sees it.
#[pymodule]
pub(crate) mod spark {
    #[pymodule_export]
    use super::Kernel;
    #[pymodule_export]
    use super::compare::{Comparison, judge_all, places};
    #[pymodule_export]
    use super::figures::{figure_columns, figures};
    #[pymodule_export]
    use super::read::read;
    #[pymodule_export]
    use super::say::{again, ends, expected, missing, say, settled};
}

use std::sync::Arc;

use gouji::collection::Ground;
use gouji::internal::built::RULES;
use gouji::internal::fingerprint;
use gouji::{Checker, Language, Layer, Pack, PackError, Selection, builtin_packs, compile_pack};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// How reports are checked: made anew on every executor, from what [`Kernel::new`] is given.
#[pyclass(frozen, module = "gouji._gouji")]
#[derive(Debug)]
pub(crate) struct Kernel {
    checker: Arc<Checker>,
    /// For reports that are looked at without a list of agencies.
    ground: Arc<Ground>,
    language: Language,
    stamp: String,
}

#[pymethods]
impl Kernel {
    /// With the forms that come with the program and `packs`, TOML each, with their names; `select` and `ignore` as the command has
    /// them.
    #[new]
    fn new(
        py: Python<'_>,
        packs: Vec<(String, String)>,
        select: Option<Vec<String>>,
        ignore: Vec<String>,
        language: &str,
    ) -> PyResult<Self> {
        let (language, code) = match language {
            "zh" => (Language::Chinese, "zh"),
            "en" => (Language::English, "en"),
            _ => return Err(PyValueError::new_err(format!("no such language: {language:?}; there are 'zh' and 'en'"))),
        };
        let parts = packs.iter().flat_map(|(_, text)| ["pack", text.as_str()]);
        let chosen = select.iter().flatten().map(|word| ("select", word));
        let chosen = chosen.chain(ignore.iter().map(|word| ("ignore", word)));
        let chosen: Vec<String> = chosen.map(|(what, word)| format!("{what} {word}")).collect();
        let parts: Vec<&str> = parts.chain(chosen.iter().map(String::as_str)).chain([code]).collect();
        let stamp = format!("gouji {} rules {} with {}", env!("CARGO_PKG_VERSION"), RULES, fingerprint::of(&parts));
        let checker = py.detach(|| checker(&packs, select, ignore))?;
        let ground = Ground::new(checker.core(), checker.packs(), None);
        Ok(Self { checker: Arc::new(checker), ground, language, stamp })
    }

    /// What rows must have in common to be compared: the version of the program, its rules, and what was chosen.
    #[getter]
    fn stamp(&self) -> &str {
        &self.stamp
    }
}

fn checker(packs: &[(String, String)], select: Option<Vec<String>>, ignore: Vec<String>) -> PyResult<Checker> {
    let (core, builtin) = builtin_packs();
    let mut known: Vec<Arc<Pack>> = builtin.clone();
    let mut own: Vec<Arc<Pack>> = Vec::new();
    for (name, text) in packs {
        let mistaken = |error: PackError| PyValueError::new_err(format!("{name}: {error}"));
        let pack = Arc::new(compile_pack(text, core, &known).map_err(mistaken)?);
        known.retain(|other| other.id != pack.id);
        known.push(Arc::clone(&pack));
        own.push(pack);
    }
    let forms = known;
    for word in select.iter().flatten().chain(&ignore) {
        gouji::internal::pack::find(word, core, &forms).map_err(|nearest| {
            let hint = nearest.map(|word| format!("; did you mean {word:?}?")).unwrap_or_default();
            PyValueError::new_err(format!("no rule, kind or pack is called {word:?}{hint}"))
        })?;
    }
    let selection = Selection { layers: vec![Layer { select, ignore, ..Layer::default() }] };
    let checker = Checker::new(Arc::clone(core), forms.clone(), gouji::Limits::default());
    Ok(checker.with_selection(&selection).with_digests(&forms))
}
