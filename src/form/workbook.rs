//! The form as a workbook that adds up while it is filled in. Each table is on a sheet of its own, to be printed as its notice
//! prints it; the last sheet says how every sum fares. Cells that turn red ask that sheet, by names: there is one place where a
//! sum is evaluated, and Excel before 2010 and every other suite lets a condition speak of other sheets only so.

mod checks;
mod looks;
mod page;

use std::collections::BTreeMap;
use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, IgnoreError, Workbook, Worksheet, XlsxError};

use super::blank_form::BlankForm;
use super::plan::{Plan, printed};
use super::relation::Cells;
use super::sheets::{Laid, Part, Sheet, sheets};
use crate::message::Language;
use crate::pack::ValueKind;
use crate::render::save;
use looks::{Look, Looks};
use page::{Taken, validations};

/// A name of a sheet is no longer, in UTF-16 units.
const NAME: usize = 31;
/// Heights of rows, in points.
const LINE: f64 = 14.5;
const ROOM: f64 = 7.5;
const TITLE: f64 = 42.0;
const HEADING: f64 = 30.0;
/// The width of a sheet of text, in characters, and the height of a section to be written.
const TEXT: usize = 80;
const SECTION: f64 = 220.0;
/// A number in a cell keeps so many digits.
const DIGITS: u32 = 15;

pub(super) fn write(form: &BlankForm, language: Language) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut book = made(form, language).map_err(io::Error::other)?;
    save(&mut book, &mut bytes)?;
    Ok(bytes)
}

fn made(form: &BlankForm, language: Language) -> Result<Workbook, XlsxError> {
    let sheets = sheets(form);
    let checks = checks::name(language);
    let places = sheets.iter().enumerate().flat_map(|(at, sheet)| places(at, sheet)).collect();
    let cells = Cells { pack: &form.pack, sheets: names(&sheets, &checks), places };
    let plan = Plan::new(form, &printed(form), |relation| cells.takes(relation));
    let numbers = plan.numbers(form);
    let looks = Looks::new();
    let mut book = Workbook::new();
    // The same form gives the same bytes.
    let day = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(form.title()).set_creation_datetime(&day));
    book.set_default_format(&looks.plain(), 20, 64)?;
    for (at, sheet) in sheets.iter().enumerate() {
        let mut written = Written {
            form,
            plan: &plan,
            cells: &cells,
            numbers: &numbers,
            looks: &looks,
            language,
            at,
            sheet: book.add_worksheet(),
            row: 0,
            widths: sheet.widths(),
            taken: BTreeMap::new(),
        };
        // What is computed of nothing yet is blank.
        written.sheet.set_name(&cells.sheets[at])?.set_formula_result_default("");
        written.all(&sheet.parts)?;
        checks::mark(written.sheet, at, &plan, &cells, language)?;
    }
    if !plan.relations.is_empty() {
        checks::write(&mut book, &plan, &cells, &numbers, language)?;
    }
    Ok(book)
}

impl Sheet {
    /// The widths of the columns: those of the table, or one for texts.
    fn widths(&self) -> Vec<usize> {
        let table = self.parts.iter().find_map(|part| if let Part::Table(laid) = part { Some(laid) } else { None });
        table.map_or_else(|| vec![TEXT], |laid| super::measure::widths(&laid.grid))
    }
}

/// Where the figures of a sheet are: a row for each part above the table, and the table.
fn places(at: usize, sheet: &Sheet) -> Vec<(usize, (usize, u32, u16))> {
    let mut places = Vec::new();
    let mut row = 0;
    for part in &sheet.parts {
        if let Part::Table(laid) = part {
            for (below, cells) in (row..).zip(&laid.grid) {
                let figures = cells.iter().filter_map(|(column, cell)| Some((cell.figure?, *column)));
                places.extend(figures.map(|(figure, column)| (figure, (at, below, of_sheet(column)))));
            }
        }
        row += rows(part);
    }
    places
}

/// How many rows a part takes.
fn rows(part: &Part) -> u32 {
    let rows = match part {
        Part::Title(_) | Part::Heading(_) | Part::Caption(_) | Part::Unit(_) => 1,
        Part::Text { paragraphs, .. } => paragraphs.len().max(1),
        Part::Table(laid) => laid.grid.len(),
    };
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// A column of a table on its sheet; what no sheet holds is refused by the library.
fn of_sheet(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// What the sheets are called: as their parts, as far as a workbook lets it, and each otherwise.
fn names(sheets: &[Sheet], checks: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![checks.to_owned()];
    for sheet in sheets {
        let whole: String = sheet.name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
        let cut = |most: usize| {
            let mut units = 0;
            let is_within = |c: &char| {
                units += c.len_utf16();
                units <= most
            };
            whole.trim().chars().take_while(is_within).collect::<String>()
        };
        let numbered = |number: usize| if number == 1 { cut(NAME) } else { format!("{} {number}", cut(NAME - 4)) };
        let is_free =
            |name: &String| !name.is_empty() && !names.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        let name = (1..).map(numbered).find(is_free).expect("some number is free");
        names.push(name);
    }
    names.split_off(1)
}

/// A sheet that is written.
struct Written<'w, 'p> {
    form: &'p BlankForm,
    plan: &'w Plan<'p>,
    cells: &'w Cells<'p>,
    numbers: &'w [Option<rust_decimal::Decimal>],
    looks: &'w Looks,
    language: Language,
    at: usize,
    sheet: &'w mut Worksheet,
    row: u32,
    widths: Vec<usize>,
    /// Which cells take what.
    taken: BTreeMap<Taken, Vec<(u32, u16)>>,
}

impl Written<'_, '_> {
    fn all(&mut self, parts: &[Part]) -> Result<(), XlsxError> {
        for (column, width) in self.widths.clone().into_iter().enumerate() {
            self.sheet.set_column_width(of_sheet(column), width as f64)?;
        }
        page::set_up(self.sheet, &self.widths)?;
        for part in parts {
            match part {
                Part::Title(text) => self.line(text, Look::Title, TITLE)?,
                Part::Heading(text) => self.line(text, Look::Heading, HEADING)?,
                Part::Caption(text) => self.line(text, Look::Caption, HEADING)?,
                Part::Unit(text) => self.line(text, Look::Unit, LINE + ROOM)?,
                Part::Text { section, paragraphs } if paragraphs.is_empty() => {
                    page::hint(self.sheet, self.row, *section, self.form, self.language)?;
                    self.line("", Look::Section, SECTION)?;
                }
                Part::Text { paragraphs, .. } => {
                    for paragraph in paragraphs {
                        let lines = super::measure::lines(paragraph, self.widths.iter().sum());
                        self.line(paragraph, Look::Section, LINE * lines as f64 + ROOM)?;
                    }
                }
                Part::Table(laid) => self.table(laid)?,
            }
        }
        validations(self.sheet, &self.taken, self.form, self.language)
    }

    /// A line over all columns.
    fn line(&mut self, text: &str, look: Look, height: f64) -> Result<(), XlsxError> {
        let last = of_sheet(self.widths.len() - 1);
        let format = self.looks.format(look);
        if last > 0 {
            self.sheet.merge_range(self.row, 0, self.row, last, text, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, laid: &Laid) -> Result<(), XlsxError> {
        let header = super::measure::header_rows(&laid.grid);
        let heights = super::measure::heights(&laid.grid, &self.widths);
        page::repeat_header(self.sheet, self.row, header, &laid.grid)?;
        for (cells, lines) in laid.grid.iter().zip(heights) {
            self.sheet.set_row_height(self.row, LINE * lines as f64 + ROOM)?;
            let is_header = !cells.iter().any(|(_, cell)| cell.is_filled_in());
            for (column, cell) in cells {
                let place = (self.row, of_sheet(*column));
                let kind = cell.figure.map(|figure| self.form.pack.figures[figure].value);
                let kind = kind.or_else(|| cell.column.map(|c| self.form.pack.tables[laid.table].columns[c].value));
                let look = match (cell.figure, kind) {
                    (Some(figure), _) if self.plan.computed.contains_key(&figure) => Look::Computed,
                    (_, Some(ValueKind::Text)) => Look::Words,
                    (_, Some(_)) => Look::Figure,
                    _ if is_header || cell.rows > 1 => Look::Label,
                    _ => Look::Row,
                };
                let format = self.looks.format(look);
                let end = (place.0 + u32::try_from(cell.rows - 1).unwrap_or(0), place.1 + of_sheet(cell.columns - 1));
                if end != place {
                    self.sheet.merge_range(place.0, place.1, end.0, end.1, "", format)?;
                }
                match cell.figure {
                    Some(figure) => self.figure(figure, place, look)?,
                    None if cell.text.is_empty() => drop(self.sheet.write_blank(place.0, place.1, format)?),
                    None => drop(self.sheet.write_string_with_format(place.0, place.1, &cell.text, format)?),
                }
                if let Some(kind) = kind {
                    let carried = cell.figure.filter(|figure| self.form.carried.contains(figure));
                    self.taken.entry(Taken::new(kind, carried, look == Look::Computed)).or_default().push(place);
                }
            }
            self.row += 1;
        }
        // Excel marks sums that leave out the figures above them.
        let last = (self.row - 1, of_sheet(self.widths.len() - 1));
        self.sheet.ignore_error_range(0, 0, last.0, last.1, IgnoreError::FormulaOmitsCells)?;
        Ok(())
    }

    /// A figure: what computes it, what is there, or nothing.
    fn figure(&mut self, figure: usize, (row, column): (u32, u16), look: Look) -> Result<(), XlsxError> {
        let format = self.looks.format(look);
        let text = &self.form.figures[figure];
        if let Some(&by) = self.plan.computed.get(&figure) {
            let parts = &self.plan.relations[by].right;
            let (count, sum) = (self.cells.count(parts.figures(), Some(self.at)), self.cells.sum(parts, Some(self.at)));
            let value = self.numbers[figure].map_or_else(String::new, |number| number.normalize().to_string());
            // Nothing as long as there is nothing to add up: a form that nobody has filled in says no 0.
            let formula = Formula::new(format!("=IF({count}=0,\"\",{sum})")).set_result(value);
            self.sheet.write_formula_with_format(row, column, formula, format)?;
        } else if text.is_empty() {
            self.sheet.write_blank(row, column, format)?;
        } else {
            let is_number = self.form.pack.figures[figure].value.is_number();
            let number = self.numbers[figure].filter(|_| is_number);
            let number = number.filter(|number| number.normalize().mantissa().unsigned_abs() < 10_u128.pow(DIGITS));
            match number.and_then(|number| number.to_string().parse::<f64>().ok()) {
                Some(number) => drop(self.sheet.write_number_with_format(row, column, number, format)?),
                None => drop(self.sheet.write_string_with_format(row, column, text, format)?),
            }
        }
        Ok(())
    }
}
