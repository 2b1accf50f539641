//! A number written as a section of a format says.

use rust_decimal::{Decimal, RoundingStrategy};

use super::code::{Part, Section};

/// What is shown of a value that is not negative; nothing where it has more digits than can be reckoned with.
pub(super) fn written(section: &Section, value: Decimal) -> Option<String> {
    if section.parts.contains(&Part::Scientific) {
        return None;
    }
    let value = scaled(section, value)?;
    let is_digit = |part: &&Part| matches!(part, Part::Digit(_));
    let point = section.parts.iter().position(|part| *part == Part::Point).unwrap_or(section.parts.len());
    let (integer, fraction) = section.parts.split_at(point);
    let places = fraction.iter().filter(is_digit).count();
    let value = value.round_dp_with_strategy(u32::try_from(places).ok()?, RoundingStrategy::MidpointAwayFromZero);
    let digits = format!("{value:.places$}");
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let general = scaled(section, value)?.normalize().to_string();
    let mut text = before_point(integer, if whole == "0" { "" } else { whole }, &general);
    behind_point(fraction, decimals, &mut text);
    Some(text)
}

fn scaled(section: &Section, value: Decimal) -> Option<Decimal> {
    const THOUSAND: Decimal = Decimal::ONE_THOUSAND;
    let percents = section.parts.iter().filter(|part| **part == Part::Percent);
    let value = percents.into_iter().try_fold(value, |value, _| value.checked_mul(Decimal::ONE_HUNDRED))?;
    (0..section.thousands()).try_fold(value, |value, _| value.checked_div(THOUSAND))
}

/// The digits from the last one back to the first, with what is between them.
fn before_point(parts: &[Part], whole: &str, general: &str) -> String {
    let mut digits = whole.chars().rev();
    let first = parts.iter().position(|part| matches!(part, Part::Digit(_)));
    let mut backwards = String::new();
    for (at, part) in parts.iter().enumerate().rev() {
        match part {
            Part::Digit(sign) => {
                backwards.extend(digits.next().or((*sign == '0').then_some('0')));
                if first == Some(at) {
                    backwards.extend(digits.by_ref());
                }
            }
            Part::Literal(text) => backwards.extend(text.chars().rev()),
            Part::General => backwards.extend(general.chars().rev()),
            Part::Percent => backwards.push('%'),
            _ => {}
        }
    }
    backwards.chars().rev().collect()
}

fn behind_point(parts: &[Part], decimals: &str, text: &mut String) {
    let mut left = decimals;
    for part in parts {
        match part {
            Part::Digit(sign) => {
                let Some((digit, rest)) = left.split_at_checked(1) else { continue };
                if *sign == '0' || left.contains(|c| c != '0') {
                    text.push_str(digit);
                }
                left = rest;
            }
            Part::Point => text.push('.'),
            Part::Literal(literal) => text.push_str(literal),
            Part::Percent => text.push('%'),
            _ => {}
        }
    }
}
