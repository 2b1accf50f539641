//! The form in parts, in the order in which its notice prints them, and the sheets of a workbook that these are on: each table
//! on its own, since the columns of one are not those of another, and texts that follow each other together.

use super::blank_form::BlankForm;
use crate::blank::Grid;

/// Something that is printed below what was before.
#[derive(Debug)]
pub(super) enum Part {
    Title(String),
    Heading(String),
    /// The paragraphs of a section, by its index; none where they are still to come.
    Text {
        section: usize,
        paragraphs: Vec<String>,
    },
    /// The name of a table in no section.
    Caption(String),
    /// The unit of a table's amounts: 「单位：万元」
    Unit(String),
    Table(Box<Laid>),
}

/// A table as it is laid out.
#[derive(Debug)]
pub(super) struct Laid {
    pub table: usize,
    pub grid: Grid,
}

/// Parts that are together on a sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub name: String,
    pub parts: Vec<Part>,
}

/// The form on sheets.
pub(super) fn sheets(form: &BlankForm) -> Vec<Sheet> {
    let (pack, blank) = (&form.pack, form.blank());
    let table_parts = |table: usize| {
        let of_form = &pack.tables[table];
        let unit = of_form.unit.as_ref().map(|unit| Part::Unit(format!("{}：{unit}", pack.core.unit_stated)));
        unit.into_iter().chain([Part::Table(Box::new(Laid { table, grid: blank.grid(table) }))])
    };
    let mut sheets: Vec<Sheet> = Vec::new();
    for (index, table) in pack.tables.iter().enumerate().filter(|(_, table)| table.section.is_none()) {
        let parts = [Part::Caption(table.heading.clone())].into_iter().chain(table_parts(index)).collect();
        sheets.push(Sheet { name: table.name.clone(), parts });
    }
    let mut follows_text = false;
    for (index, section) in pack.sections.iter().enumerate() {
        let heading = Part::Heading(blank.heading(index));
        let paragraphs: Vec<String> =
            form.texts[index].lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let Some((&first, others)) = section.tables.split_first() else {
            if !follows_text {
                sheets.push(Sheet { name: blank.heading(index), parts: Vec::new() });
            }
            sheets.last_mut().expect("just pushed").parts.extend([heading, Part::Text { section: index, paragraphs }]);
            follows_text = true;
            continue;
        };
        follows_text = false;
        let text = (!paragraphs.is_empty()).then_some(Part::Text { section: index, paragraphs });
        let parts = [heading].into_iter().chain(text).chain(table_parts(first)).collect();
        sheets.push(Sheet { name: pack.tables[first].name.clone(), parts });
        for &table in others {
            sheets.push(Sheet { name: pack.tables[table].name.clone(), parts: table_parts(table).collect() });
        }
    }
    if let Some(first) = sheets.first_mut() {
        first.parts.insert(0, Part::Title(blank.title()));
    }
    sheets
}
