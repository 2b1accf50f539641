//! How a sheet is printed, and what its cells take.

use std::collections::BTreeMap;
use std::fmt;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Format, Formula, Worksheet, XlsxError,
};

use super::looks::WRONG;

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

/// What some cells take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Taken {
    kind: ValueKind,
    /// They come from the report of the year before.
    is_carried: bool,
    is_computed: bool,
}

impl Taken {
    pub fn new(kind: ValueKind, carried: Option<usize>, is_computed: bool) -> Self {
        Self { kind, is_carried: carried.is_some(), is_computed }
    }
}

/// Cells take nothing but what the form takes; what was pasted into them all the same is marked.
pub(super) fn validations(
    sheet: &mut Worksheet,
    taken: &BTreeMap<Taken, Vec<(u32, u16)>>,
    form: &BlankForm,
    language: Language,
) -> Result<(), XlsxError> {
    /// Beyond any figure; a number of any sign has to be between two others.
    const FAR: f64 = 1e15;
    let say = |key| Message::new(key).say(language);
    let words = &form.pack.core.yes_no;
    let choices: Vec<&String> = words.yes.first().into_iter().chain(words.no.first()).collect();
    for (taken, cells) in taken {
        let rule = DataValidation::new().ignore_blank(true);
        let far = || (Formula::new(format!("-{FAR}")), Formula::new(format!("{FAR}")));
        let (rule, key) = match taken.kind {
            ValueKind::Count => {
                (rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)), "blank.takes.count")
            }
            ValueKind::Integer => {
                let (least, most) = far();
                (rule.allow_whole_number_formula(DataValidationRule::Between(least, most)), "blank.takes.integer")
            }
            ValueKind::Amount | ValueKind::Percent => {
                (rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)), "blank.takes.amount")
            }
            ValueKind::Decimal => {
                (rule.allow_decimal_number(DataValidationRule::Between(-FAR, FAR)), "blank.takes.decimal")
            }
            ValueKind::YesNo => (rule.allow_list_strings(&choices)?, "blank.takes.yes-no"),
            ValueKind::Text | ValueKind::Date | ValueKind::MonthFirst | ValueKind::DayFirst => continue,
        };
        let mut rule = rule.set_error_title(say("blank.takes.title"))?.set_error_message(say(key))?;
        if taken.is_carried {
            rule = rule.set_input_message(say("blank.takes.carried"))?;
        }
        let Some(&(row, column)) = cells.first() else { continue };
        let areas = areas(cells);
        let named: Vec<String> = areas.iter().map(Area::to_string).collect();
        sheet.add_data_validation(row, column, row, column, &rule.set_multi_range(named.join(" ")))?;
        for area in &areas {
            refuse(sheet, *taken, area)?;
        }
    }
    Ok(())
}

/// Marks what is no such figure: pasted cells are not asked. A number that is a text is left out of every sum.
fn refuse(sheet: &mut Worksheet, taken: Taken, area: &Area) -> Result<(), XlsxError> {
    let cell = address((area.top, area.first));
    let is_other = match taken.kind {
        ValueKind::Count => format!("OR({cell}<0,{cell}<>INT({cell}))"),
        ValueKind::Integer => format!("{cell}<>INT({cell})"),
        ValueKind::Amount | ValueKind::Percent => format!("{cell}<0"),
        ValueKind::Decimal => "FALSE".to_owned(),
        ValueKind::YesNo | ValueKind::Text | ValueKind::Date | ValueKind::MonthFirst | ValueKind::DayFirst => {
            return Ok(());
        }
    };
    // What is computed is an empty text as long as there is nothing to compute.
    let is_text = if taken.is_computed { "FALSE".to_owned() } else { format!("ISTEXT({cell})") };
    let rule = ConditionalFormatFormula::new()
        .set_rule(Formula::new(format!("=IF(ISNUMBER({cell}),{is_other},{is_text})")))
        .set_format(Format::new().set_font_color(WRONG.0).set_background_color(WRONG.1));
    sheet.add_conditional_format(area.top, area.first, area.bottom, area.last, &rule)?;
    Ok(())
}

/// Cells beside and below each other.
struct Area {
    top: u32,
    bottom: u32,
    first: u16,
    last: u16,
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&address((self.top, self.first)))?;
        if (self.top, self.first) == (self.bottom, self.last) {
            return Ok(());
        }
        write!(f, ":{}", address((self.bottom, self.last)))
    }
}

/// Cells as few areas: those beside each other, and such rows below each other.
fn areas(cells: &[(u32, u16)]) -> Vec<Area> {
    let mut cells = cells.to_vec();
    cells.sort_unstable();
    let mut spans: Vec<(u32, u16, u16)> = Vec::new();
    for (row, column) in cells {
        match spans.last_mut() {
            Some((known, _, last)) if *known == row && *last + 1 == column => *last = column,
            _ => spans.push((row, column, column)),
        }
    }
    let mut areas: Vec<Area> = Vec::new();
    for (row, first, last) in spans {
        let above = areas.iter_mut().find(|area| (area.bottom + 1, area.first, area.last) == (row, first, last));
        match above {
            Some(area) => area.bottom = row,
            None => areas.push(Area { top: row, bottom: row, first, last }),
        }
    }
    areas
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
