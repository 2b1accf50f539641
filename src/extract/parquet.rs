//! Parquet. Numbers are decimals with [`SCALE`] places: exact, and summed exactly by what reads them.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};

use super::decimal::{PRECISION, SCALE, unscaled};
use super::format::{Format, Output, Part, Sink};
use super::row::{Column, Field, Kind, Row};

/// Bytes that hold them.
const BYTES: i32 = 16;
/// So many fields are put together before they are written: some 60 MB in memory.
const GROUP: usize = 1 << 20;

/// A row for each row.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    is_binary: true,
    part: |_, rows, _| Part::rows(rows),
    begin: |settings, into| Ok(Box::new(Writer::new(settings.columns, into).map_err(io::Error::other)?)),
};

impl Output for Writer<Sink> {
    fn write(&mut self, part: Part) -> io::Result<()> {
        self.push(part.into_rows()?).map_err(io::Error::other)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Self::finish(*self).map_err(io::Error::other)
    }
}

/// Collects rows into groups, and writes these.
pub struct Writer<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    waiting: Vec<Row<'static>>,
}

impl<W: Write + Send> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("waiting", &self.waiting.len()).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Writer<W> {
    /// A file with these columns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(columns: &[Column], into: W) -> Result<Self, ParquetError> {
        let columns = columns.to_vec();
        let fields = columns.iter().map(schema).collect::<Result<_, _>>()?;
        let root = Type::group_type_builder("schema").with_fields(fields).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = SerializedFileWriter::new(into, Arc::new(root), Arc::new(properties))?;
        Ok(Self { file, columns, waiting: Vec::new() })
    }

    /// Writes rows behind those that are there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, rows: Vec<Row<'static>>) -> Result<(), ParquetError> {
        self.waiting.extend(rows);
        if self.waiting.len() * self.columns.len() < GROUP {
            return Ok(());
        }
        self.write_group()
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<(), ParquetError> {
        if !self.waiting.is_empty() {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.waiting);
        let mut group = self.file.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let fields = || rows.iter().map(|row| &row.fields[at]);
            let mut writer = group.next_column()?.expect("there are as many columns as the schema has");
            match column.kind {
                Kind::Year => {
                    let (values, levels) = split(fields(), year);
                    writer.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Number => {
                    let (values, levels) = split(fields(), decimal);
                    writer.typed::<FixedLenByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Text | Kind::Word => {
                    let (values, levels) = split(fields(), text);
                    writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

fn schema(column: &Column) -> Result<TypePtr, ParquetError> {
    let field = |physical| Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    let field = match column.kind {
        Kind::Year => field(Physical::INT32),
        Kind::Text | Kind::Word => field(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
        Kind::Number => field(Physical::FIXED_LEN_BYTE_ARRAY)
            .with_length(BYTES)
            .with_precision(PRECISION)
            .with_scale(SCALE as i32)
            .with_logical_type(Some(LogicalType::decimal(SCALE as i32, PRECISION))),
    };
    field.build().map(Arc::new)
}

/// The values that there are, and for each row whether there is one.
fn split<'f, T>(
    fields: impl Iterator<Item = &'f Field<'static>>,
    of: impl Fn(&Field<'_>) -> Option<T>,
) -> (Vec<T>, Vec<i16>) {
    let mut values = Vec::new();
    let levels = fields.map(|field| {
        let value = of(field);
        let level = i16::from(value.is_some());
        values.extend(value);
        level
    });
    let levels = levels.collect();
    (values, levels)
}

fn year(field: &Field<'_>) -> Option<i32> {
    match field {
        Field::Year(year) => Some((*year).into()),
        _ => None,
    }
}

fn text(field: &Field<'_>) -> Option<ByteArray> {
    match field {
        Field::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
        Field::Number(number) => Some(ByteArray::from(number.to_string().into_bytes())),
        Field::Nothing | Field::Year(_) => None,
    }
}

fn decimal(field: &Field<'_>) -> Option<FixedLenByteArray> {
    let Field::Number(number) = field else { return None };
    Some(ByteArray::from(unscaled(*number)?.to_be_bytes().to_vec()).into())
}
