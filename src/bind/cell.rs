//! A cell read as a figure of the form: its number in the unit of the form, or its answer, or that it is text.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::field::Field;
use super::{answer, date, figure, unit};
use crate::facts::{Fact, Value, Why};
use crate::pack::{Core, Figure, Pack, ValueKind};

/// Reads a cell as the figure `of_form`. `factor` brings the amounts of its table into the form's unit.
pub(super) fn read<'d>(field: &Field<'d>, of_form: &Figure, pack: &Pack, factor: Option<Decimal>) -> Fact<'d> {
    let (text, core) = (field.text(), &*pack.core);
    let whole = |value| Fact { value, found: Cow::Borrowed(text), location: Some(field.location()), ..Fact::absent() };
    if of_form.value.is_date() && matches!(field.value, Value::Unreadable(_) | Value::Number(_)) {
        let day = date::read(text, of_form.value);
        return whole(day.map_or(Value::Unreadable(Why::NotANumber), Value::Number));
    }
    if of_form.value == ValueKind::Percent
        && let Some(number) = text.strip_suffix(['%', '％'])
        && let Value::Number(number) = figure::read(number.trim_end(), core).value
    {
        return whole(Value::Number(number));
    }
    if of_form.value.is_date() {
        return whole(field.value);
    }
    if !of_form.value.is_number() {
        return whole(words(field, of_form.value, core));
    }
    if of_form.value == ValueKind::Decimal
        && let Some(negative) = figure::in_brackets(text, core)
    {
        return whole(Value::Number(negative));
    }
    let is_money = matches!(of_form.value, ValueKind::Amount | ValueKind::Decimal);
    let reading = figure::read(text, core);
    let unit = &text[reading.unit.clone()];
    let is_written = is_money && !unit.is_empty();
    let own = of_form.unit.as_deref().filter(|own| is_written && (*own != unit || factor.is_some()));
    let (value, other_unit) = match (field.value, own) {
        (Value::Number(number), Some(own)) => {
            let by = unit::converted(core, unit, own).and_then(|by| by.checked_div(factor.unwrap_or(Decimal::ONE)));
            let converted = by.and_then(|by| number.checked_mul(by));
            let is_other = by.is_some_and(|by| by != Decimal::ONE);
            (converted.map_or(Value::Unreadable(Why::OtherUnit), Value::Number), is_other.then_some(unit))
        }
        // A count of money is none.
        (Value::Number(_), None) if !is_money && (core.money.contains_key(unit) || is_sign(unit, core)) => {
            (Value::Unreadable(Why::OtherUnit), None)
        }
        (value, _) => (value, None),
    };
    let end = if matches!(value, Value::Number(_)) { reading.number_end } else { text.len() };
    let start = field.range().start;
    // Of a figure that was broken, the first line: beside the others are those of other cells.
    let shown = if value == Value::Unreadable(Why::Parts) { text.find('\n').unwrap_or(end) } else { end };
    Fact {
        value,
        found: Cow::Borrowed(&text[..end]),
        location: Some(field.passage.locate(start..start + shown)),
        // Amounts are printed with thousands separators, and all numbers of some forms.
        untidy: (reading.untidy || reading.grouped && !is_money && !pack.has_thousands) && other_unit.is_none(),
        other_unit,
    }
}

fn is_sign(unit: &str, core: &Core) -> bool {
    core.signs.iter().any(|sign| sign == unit)
}

/// What is in a cell that is to hold words.
fn words(field: &Field<'_>, kind: ValueKind, core: &Core) -> Value {
    let is_nothing = field.is_blank() || field.value == Value::Mark;
    if kind == ValueKind::Text {
        return if is_nothing { field.value } else { Value::Text };
    }
    match answer::read(field.text(), &core.yes_no) {
        Some(is_yes) => Value::Number(Decimal::from(u8::from(is_yes))),
        None if is_nothing => field.value,
        None => Value::Unreadable(Why::NotANumber),
    }
}
