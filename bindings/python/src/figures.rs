//! Figures as columns in Arrow's memory, which others take over without a copy.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, Int32Builder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema, SchemaRef};
use gouji::extract::{Column, Field, Kind, PRECISION, Row, SCALE, unscaled};
use gouji::internal::command::service::{Figure, Files, Service, is_missing};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::error::missing;
use crate::glance::Glance;

/// Rows of one batch: as many as make a column worth while, and few enough to be filled from one thread's memory.
const BATCH: usize = 1 << 16;

/// The figures of reports, in columns.
#[pyclass(module = "gouji._gouji", frozen)]
pub(crate) struct Figures {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    left_out: Vec<String>,
    reports: usize,
}

impl Figures {
    /// Of the reports in these files and folders.
    pub fn of(py: Python<'_>, service: &Service, paths: Vec<PathBuf>, wide: bool, jobs: usize) -> PyResult<Self> {
        if let Some(path) = paths.iter().find(|path| is_missing(path)) {
            return Err(missing(py, path));
        }
        py.detach(|| {
            let frame = service.frame(wide);
            let mut table = Table::new(frame.columns());
            let mut glance = Glance::default();
            let mut failed = None;
            let files = Files::of_paths(paths);
            service.figures(&files, &frame, jobs, |figure| {
                let taken = match figure {
                    Figure::Rows(rows) => table.push(&rows).map_err(arrow),
                    Figure::LeftOut(why) => {
                        table.left_out.push(why);
                        Ok(())
                    }
                };
                failed = taken.err();
                failed.is_none() && glance.goes_on()
            });
            glance.heard()?;
            failed.map_or_else(|| table.finish().map_err(arrow), Err)
        })
    }
}

#[pymethods]
impl Figures {
    /// Why files, folders or reports gave no figures, a sentence each.
    #[getter]
    fn left_out(&self) -> Vec<String> {
        self.left_out.clone()
    }

    /// How many reports the figures are of.
    #[getter]
    fn reports(&self) -> usize {
        self.reports
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The schema by Arrow's C interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(arrow)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows by Arrow's C interface. What is asked for as `requested_schema` is a wish that nobody has to grant.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

fn arrow(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Columns that are being filled.
struct Table {
    schema: SchemaRef,
    columns: Vec<Filled>,
    rows: usize,
    batches: Vec<RecordBatch>,
    left_out: Vec<String>,
    reports: usize,
}

/// A column that is being filled.
enum Filled {
    Text(StringBuilder),
    Year(Int32Builder),
    Number(Decimal128Builder),
}

impl Table {
    fn new(columns: &[Column]) -> Self {
        let fields: Vec<ArrowField> =
            columns.iter().map(|column| ArrowField::new(&*column.name, data_type(column.kind), true)).collect();
        Self {
            schema: Arc::new(Schema::new(fields)),
            columns: columns.iter().map(|column| Filled::new(column.kind)).collect(),
            rows: 0,
            batches: Vec::new(),
            left_out: Vec::new(),
            reports: 0,
        }
    }

    /// Adds the rows of a report.
    fn push(&mut self, rows: &[Row<'_>]) -> Result<(), ArrowError> {
        for row in rows {
            self.columns.iter_mut().zip(&row.fields).for_each(|(column, field)| column.push(field));
        }
        self.rows += rows.len();
        self.reports += 1;
        if self.rows < BATCH { Ok(()) } else { self.batch() }
    }

    fn batch(&mut self) -> Result<(), ArrowError> {
        let columns = self.columns.iter_mut().map(Filled::finish).collect();
        self.batches.push(RecordBatch::try_new(Arc::clone(&self.schema), columns)?);
        self.rows = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<Figures, ArrowError> {
        if self.rows > 0 {
            self.batch()?;
        }
        Ok(Figures { schema: self.schema, batches: self.batches, left_out: self.left_out, reports: self.reports })
    }
}

impl Filled {
    fn new(kind: Kind) -> Self {
        match data_type(kind) {
            DataType::Int32 => Self::Year(Int32Builder::new()),
            DataType::Utf8 => Self::Text(StringBuilder::new()),
            own => Self::Number(Decimal128Builder::new().with_data_type(own)),
        }
    }

    fn push(&mut self, field: &Field<'_>) {
        match (self, field) {
            (Self::Text(column), Field::Text(text)) => column.append_value(text),
            (Self::Text(column), Field::Number(number)) => column.append_value(number.to_string()),
            (Self::Text(column), _) => column.append_null(),
            (Self::Year(column), Field::Year(year)) => column.append_value(i32::from(*year)),
            (Self::Year(column), _) => column.append_null(),
            (Self::Number(column), Field::Number(number)) => column.append_option(unscaled(*number)),
            (Self::Number(column), _) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Year(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
        }
    }
}

/// The same types as in Parquet.
fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Word | Kind::Text => DataType::Utf8,
        Kind::Year => DataType::Int32,
        Kind::Number => DataType::Decimal128(PRECISION as u8, SCALE as i8),
    }
}
