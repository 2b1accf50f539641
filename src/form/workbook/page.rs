//! How a sheet is printed, and what its cells take.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};

use crate::blank::Grid;
use crate::form::blank_form::BlankForm;
use crate::form::relation::address;
use crate::message::{Language, Message};
use crate::pack::{Check, Needed, ValueKind};

/// A4.
const PAPER: u8 = 9;
/// What is wider, in characters, is printed along the longer side.
const PORTRAIT: usize = 135;
/// More rows than this are more than a page.
const PAGE: usize = 34;

pub(super) fn set_up(sheet: &mut Worksheet, widths: &[usize]) -> Result<(), XlsxError> {
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3);
    if widths.iter().sum::<usize>() > PORTRAIT {
        sheet.set_landscape();
    }
    Ok(())
}

/// The header of a table stays in sight, and is printed again on every page.
pub(super) fn repeat_header(sheet: &mut Worksheet, first: u32, header: usize, grid: &Grid) -> Result<(), XlsxError> {
    let is_one = grid.iter().skip(header).all(|row| row.iter().any(|(_, cell)| cell.is_filled_in()));
    if header == 0 || !is_one {
        return Ok(());
    }
    let below = first + u32::try_from(header).unwrap_or(0);
    if grid.len() > PAGE {
        sheet.set_repeat_rows(first, below - 1)?;
    }
    sheet.set_freeze_panes(below, 0)?;
    Ok(())
}

/// What a cell takes; of a figure that was carried over, which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    Count,
    Integer,
    Amount,
    Decimal,
    YesNo,
    Text,
    CarriedCount,
    CarriedOther,
}

impl Taken {
    pub fn new(kind: ValueKind, carried: Option<usize>) -> Self {
        match (kind, carried) {
            (ValueKind::Count, None) => Self::Count,
            (ValueKind::Count, Some(_)) => Self::CarriedCount,
            (ValueKind::Integer | ValueKind::Amount | ValueKind::Decimal, Some(_)) => Self::CarriedOther,
            (ValueKind::Integer, None) => Self::Integer,
            (ValueKind::Amount, None) => Self::Amount,
            (ValueKind::Decimal, None) => Self::Decimal,
            (ValueKind::YesNo, _) => Self::YesNo,
            (ValueKind::Text, _) => Self::Text,
        }
    }
}

/// Cells take nothing but what the form takes.
pub(super) fn validations(
    sheet: &mut Worksheet,
    taken: &BTreeMap<Taken, Vec<(u32, u16)>>,
    form: &BlankForm,
    language: Language,
) -> Result<(), XlsxError> {
    /// Beyond any figure; a whole number of any sign has to be between two others.
    const FAR: f64 = 1e15;
    let say = |key| Message::new(key).say(language);
    let at_least_0 = || DataValidationRule::GreaterThanOrEqualTo(0);
    for (taken, cells) in taken {
        let rule = DataValidation::new().ignore_blank(true);
        let whole = |rule: DataValidation| rule.allow_whole_number(at_least_0());
        let (rule, key) = match taken {
            Taken::Count | Taken::CarriedCount => (whole(rule), "blank.takes.count"),
            Taken::Integer => {
                let between =
                    DataValidationRule::Between(Formula::new(format!("-{FAR}")), Formula::new(format!("{FAR}")));
                (rule.allow_whole_number_formula(between), "blank.takes.integer")
            }
            Taken::Amount => {
                (rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)), "blank.takes.amount")
            }
            Taken::Decimal | Taken::CarriedOther => {
                (rule.allow_decimal_number(DataValidationRule::Between(-FAR, FAR)), "blank.takes.decimal")
            }
            Taken::YesNo => {
                let words = &form.pack.core.yes_no;
                let choices: Vec<&String> = words.yes.first().into_iter().chain(words.no.first()).collect();
                (rule.allow_list_strings(&choices)?, "blank.takes.yes-no")
            }
            Taken::Text => continue,
        };
        let mut rule = rule.set_error_title(say("blank.takes.title"))?.set_error_message(say(key))?;
        if matches!(taken, Taken::CarriedCount | Taken::CarriedOther) {
            rule = rule.set_input_message(say("blank.takes.carried"))?;
        }
        let Some(&(row, column)) = cells.first() else { continue };
        let rule = rule.set_multi_range(areas(cells).join(" "));
        sheet.add_data_validation(row, column, row, column, &rule)?;
    }
    Ok(())
}

/// Cells as few areas: those beside each other, and such rows below each other.
fn areas(cells: &[(u32, u16)]) -> Vec<String> {
    let mut cells = cells.to_vec();
    cells.sort_unstable();
    let mut spans: Vec<(u32, u16, u16)> = Vec::new();
    for (row, column) in cells {
        match spans.last_mut() {
            Some((known, _, last)) if *known == row && *last + 1 == column => *last = column,
            _ => spans.push((row, column, column)),
        }
    }
    let mut areas: Vec<(u32, u32, u16, u16)> = Vec::new();
    for (row, first, last) in spans {
        let above = areas.iter_mut().find(|area| (area.1 + 1, area.2, area.3) == (row, first, last));
        match above {
            Some(area) => area.1 = row,
            None => areas.push((row, row, first, last)),
        }
    }
    let name = |&(top, bottom, first, last): &(u32, u32, u16, u16)| match (top, first) == (bottom, last) {
        true => address((top, first)),
        false => format!("{}:{}", address((top, first)), address((bottom, last))),
    };
    areas.iter().map(name).collect()
}

/// Says beside a section that is still to be written what its rules look for.
pub(super) fn hint(
    sheet: &mut Worksheet,
    row: u32,
    section: usize,
    form: &BlankForm,
    language: Language,
) -> Result<(), XlsxError> {
    /// More is not shown.
    const MOST: usize = 255;
    let asked = form.pack.rules().iter().filter(
        |rule| matches!(&rule.check, Check::Statement(statement) if statement.needed == Needed::InSection(section)),
    );
    let says: Vec<&str> = asked.map(|rule| language.pick(&rule.says)).collect();
    let text: String = says.join("\n").chars().take(MOST).collect();
    if !text.is_empty() {
        let rule = DataValidation::new().allow_any_value().set_input_message(text)?;
        sheet.add_data_validation(row, 0, row, 0, &rule)?;
    }
    Ok(())
}
