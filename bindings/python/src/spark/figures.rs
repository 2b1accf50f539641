//! The figures of reports, with the columns of `gouji extract`.

use std::sync::Arc;
use std::time::Duration;

use gouji::extract::{Field, Frame, Kind, Row, Source};
use gouji::internal::parallel::{self, Lost, Work};
use gouji::view::Lines;
use gouji::{Checker, Language};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Kernel;
use super::read::{Given, Item, opened};

/// Numbers have so many decimals, as in Parquet that the command writes.
const DECIMALS: u32 = 10;

/// The columns of figures, each with what it holds: `text`, `year` or `number`.
#[pyfunction]
pub(crate) fn figure_columns() -> Vec<(String, &'static str)> {
    let kind = |kind: Kind| match kind {
        Kind::Word | Kind::Text => "text",
        Kind::Year => "year",
        Kind::Number => "number",
    };
    let frame = Frame::long();
    frame.columns().iter().map(|column| (column.name.to_string(), kind(column.kind))).collect()
}

/// The figures of the reports in files, a column each; numbers as text, since Python's are no decimals.
#[pyfunction]
pub(crate) fn figures<'py>(py: Python<'py>, kernel: &Kernel, files: Vec<Given>) -> PyResult<Bound<'py, PyDict>> {
    let frame = Arc::new(Frame::long());
    let rows = py.detach(|| kernel.figures(&frame, files));
    let columns = PyDict::new(py);
    for (at, column) in frame.columns().iter().enumerate() {
        let fields = rows.iter().map(|row| match &row.fields[at] {
            Field::Nothing => Ok(py.None()),
            Field::Text(text) => text.into_py_any(py),
            Field::Year(year) => year.into_py_any(py),
            Field::Number(number) => number.round_dp(DECIMALS).to_string().into_py_any(py),
        });
        columns.set_item(&*column.name, fields.collect::<PyResult<Vec<_>>>()?)?;
    }
    Ok(columns)
}

impl Kernel {
    fn figures(&self, frame: &Arc<Frame>, files: Vec<Given>) -> Vec<Row<'static>> {
        let reader = Reader { checker: Arc::clone(&self.checker), language: self.language, frame: Arc::clone(frame) };
        let longest = Duration::from_secs(self.checker.limits().seconds);
        let mut rows = Vec::new();
        parallel::ordered(files.into_iter().enumerate().flat_map(opened), 1, longest, reader, |done| {
            rows.extend(done);
            true
        });
        rows
    }
}

struct Reader {
    checker: Arc<Checker>,
    language: Language,
    frame: Arc<Frame>,
}

impl Work for Reader {
    type Item = Item;
    type Done = Vec<Row<'static>>;

    fn work(&self, item: Item) -> Vec<Row<'static>> {
        match item {
            Item::File { path, bytes, .. } => self.rows(&path, bytes.as_ref()),
            Item::Entry { entry, .. } if entry.is_copy() => Vec::new(),
            Item::Entry { entry, .. } => {
                let bytes = entry.read(self.checker.limits());
                bytes.map(|bytes| self.rows(&entry.shown(), &bytes)).unwrap_or_default()
            }
            Item::Unreadable { .. } => Vec::new(),
        }
    }

    fn name(&self, _: &Item) -> String {
        String::new()
    }

    // What has no figures is said where it is checked.
    fn lost(&self, _: &str, _: Lost) -> Vec<Row<'static>> {
        Vec::new()
    }
}

impl Reader {
    fn rows(&self, path: &str, bytes: &[u8]) -> Vec<Row<'static>> {
        let of_file = self.checker.read_with(path, bytes, |reading| {
            let lines = Lines::new(bytes, reading.document.encoding);
            let source = Source { reading, path, lines: &lines, language: self.language };
            self.frame.rows(source).into_iter().map(Row::into_kept).collect::<Vec<_>>()
        });
        of_file.into_iter().flatten().flatten().collect()
    }
}
