//! A day, as cells have it.

use rust_decimal::Decimal;

use crate::pack::ValueKind;

/// The day in a cell as a number of the digits of its year, month and day: 20240930. None where it is no day.
pub(super) fn read(text: &str, kind: ValueKind) -> Option<Decimal> {
    // A workbook may show the time of the day, too.
    let day = text.split([' ', 'T']).next()?;
    let is_between = |c: char| matches!(c, '-' | '/' | '.' | '年' | '月' | '日');
    let day = day.strip_suffix('日').unwrap_or(day);
    let parts: Vec<&str> = day.split(is_between).collect();
    let number = |part: &str, digits: usize| {
        let is_number = (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    };
    let &[first, second, third] = parts.as_slice() else { return None };
    // The year is known by its length, wherever it is.
    let (year, month, day) = match kind {
        _ if first.len() == 4 => (first, second, third),
        ValueKind::MonthFirst => (third, first, second),
        ValueKind::DayFirst => (third, second, first),
        _ => return None,
    };
    let year = number(year, 4).filter(|year| *year >= 1)?;
    let (month, day) = (number(month, 2)?, number(day, 2)?);
    let longest = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=longest).contains(&day).then(|| Decimal::from(year * 10_000 + month * 100 + day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_the_order_of_the_form() {
        let of = |text, kind| read(text, kind).map(|day| day.to_string());
        let day = Some("20240930".to_owned());
        for text in ["2024-09-30", "2024/9/30", "2024年9月30日", "2024-09-30 00:00:00", "2024.9.30"] {
            assert_eq!(of(text, ValueKind::Date), day, "{text}");
        }
        assert_eq!(of("9/30/2024", ValueKind::MonthFirst), day);
        assert_eq!(of("30.09.2024", ValueKind::DayFirst), day);
        for text in
            ["9/30/2024", "0000-09-30", "2024-09-31", "2023-02-29", "2024-13-01", "24-09-30", "2024-09", "", "N/A"]
        {
            assert_eq!(of(text, ValueKind::Date), None, "{text}");
        }
        assert_eq!(of("30/09/2024", ValueKind::MonthFirst), None);
    }
}
