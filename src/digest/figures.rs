//! The figures of a report in a few bytes: most are 0, and most of the others are small.

use rust_decimal::Decimal;

use crate::facts::{Value, Why};

/// Codes below this one mean states, with how many figures in a row have it.
const STATES: u128 = 6;
/// Behind it a number with decimals, or below 0, is written out.
const WRITTEN_OUT: u128 = STATES;
/// A whole number is written as itself and this.
const FIRST_NUMBER: u128 = STATES + 1;
const ZERO: u128 = 0;

/// Writes figures; equal figures give equal bytes.
pub(super) fn encode(values: impl Iterator<Item = Value>) -> Box<[u8]> {
    let mut bytes = Vec::new();
    let mut run: Option<(u128, u128)> = None;
    for value in values {
        let state = state(&value);
        if let (Some((current, length)), Some(state)) = (&mut run, state)
            && *current == state
        {
            *length += 1;
            continue;
        }
        end(&mut run, &mut bytes);
        match (state, value) {
            (Some(state), _) => run = Some((state, 1)),
            (None, Value::Number(number)) => push_number(number, &mut bytes),
            (None, _) => {}
        }
    }
    end(&mut run, &mut bytes);
    bytes.into()
}

fn end(run: &mut Option<(u128, u128)>, bytes: &mut Vec<u8>) {
    if let Some((state, length)) = run.take() {
        push(state, bytes);
        push(length, bytes);
    }
}

/// Reads so many figures; those that are not there, in bytes that were cut, are absent.
pub(super) fn decode(bytes: &[u8], count: usize) -> Vec<Value> {
    let mut values = Vec::with_capacity(count);
    let mut rest = bytes;
    while values.len() < count {
        let Some(code) = pull(&mut rest) else { break };
        let value = match code {
            ..STATES => {
                let length = usize::try_from(pull(&mut rest).unwrap_or(0)).unwrap_or(usize::MAX);
                let length = length.min(count - values.len());
                values.extend(std::iter::repeat_n(of_state(code), length));
                continue;
            }
            WRITTEN_OUT => written_out(&mut rest).unwrap_or(Value::Absent),
            number => i128::try_from(number - FIRST_NUMBER).ok().and_then(whole).unwrap_or(Value::Absent),
        };
        values.push(value);
    }
    values.resize(count, Value::Absent);
    values
}

/// The code of what is no number but 0.
fn state(value: &Value) -> Option<u128> {
    Some(match value {
        Value::Number(number) if number.is_zero() => ZERO,
        Value::Number(_) => return None,
        Value::Absent => 1,
        Value::Blank => 2,
        Value::Mark => 3,
        Value::Text => 4,
        Value::Unreadable(_) => 5,
    })
}

fn of_state(code: u128) -> Value {
    match code {
        ZERO => Value::Number(Decimal::ZERO),
        2 => Value::Blank,
        3 => Value::Mark,
        4 => Value::Text,
        // What was wrong with it is said in its own report.
        5 => Value::Unreadable(Why::NotANumber),
        _ => Value::Absent,
    }
}

fn push_number(number: Decimal, bytes: &mut Vec<u8>) {
    let number = number.normalize();
    match u128::try_from(number.mantissa()) {
        Ok(whole) if number.scale() == 0 => push(whole + FIRST_NUMBER, bytes),
        _ => {
            push(WRITTEN_OUT, bytes);
            push(u128::from(number.scale()), bytes);
            push(u128::from(number.is_sign_negative()), bytes);
            push(number.mantissa().unsigned_abs(), bytes);
        }
    }
}

fn written_out(rest: &mut &[u8]) -> Option<Value> {
    let scale = u32::try_from(pull(rest)?).ok()?;
    let is_negative = pull(rest)? != 0;
    let mantissa = i128::try_from(pull(rest)?).ok()?;
    let number = Decimal::try_from_i128_with_scale(if is_negative { -mantissa } else { mantissa }, scale).ok()?;
    Some(Value::Number(number))
}

fn whole(number: i128) -> Option<Value> {
    Decimal::try_from_i128_with_scale(number, 0).ok().map(Value::Number)
}

/// Seven bits a byte, the lowest first.
fn push(mut number: u128, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn pull(rest: &mut &[u8]) -> Option<u128> {
    let mut number = 0;
    for shift in (0..u128::BITS).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u128::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_back_as_they_were() {
        let number = |text: &str| Value::Number(text.parse().expect("a number"));
        let mut values = vec![number("0"); 40];
        values.extend(["12", "1", "0.5", "-3", "79228162514264337593543950335", "1036", "0", "0"].map(number));
        values.extend([Value::Blank, Value::Mark, Value::Text, Value::Absent, Value::Absent]);
        values.push(Value::Unreadable(Why::NotANumber));
        let bytes = encode(values.clone().into_iter());
        assert_eq!(decode(&bytes, values.len()), values);
        assert_eq!(bytes, encode(values.clone().into_iter()));
        assert_eq!(encode([number("12.50")].into_iter()), encode([number("12.5")].into_iter()), "one number");
        // Bytes that were cut, or are none of ours, give no panic and as many figures as there should be.
        for end in 0..bytes.len() {
            assert_eq!(decode(&bytes[..end], values.len()).len(), values.len());
        }
        assert_eq!(decode(&[0xff; 40], 3), vec![Value::Absent; 3]);
    }
}
