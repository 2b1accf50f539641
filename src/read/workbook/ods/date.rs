//! Dates and times as the number of days that other formats store for them.

use time::{Date, Month};

/// The day that counts as 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Epoch(Date);

impl Default for Epoch {
    /// 30 December 1899.
    fn default() -> Self {
        Self(Date::from_calendar_date(1899, Month::December, 30).expect("a day of the calendar"))
    }
}

impl Epoch {
    /// The day given as `1904-01-01`.
    pub(super) fn of(date: &str) -> Option<Self> {
        day(date.split('T').next()?).map(Self)
    }

    /// The days up to `2023-12-31` or `2023-12-31T12:30:00`.
    pub(super) fn days(self, date: &str) -> Option<f64> {
        let (date, time) = date.split_once('T').unwrap_or((date, "0"));
        let mut seconds = 0.0;
        for (part, weight) in time.trim_end_matches('Z').split(':').zip([3600.0, 60.0, 1.0]) {
            seconds += part.parse::<f64>().ok()? * weight;
        }
        Some((day(date)? - self.0).whole_days() as f64 + seconds / DAY)
    }
}

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// `PT12H30M00S` as a part of a day; of more than one, if there are more hours.
pub(super) fn part_of_day(time: &str) -> Option<f64> {
    let (sign, time) = time.strip_prefix('-').map_or((1.0, time), |time| (-1.0, time));
    let mut rest = time.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let weight = match rest.as_bytes()[end] {
            b'H' => 3600.0,
            b'M' => 60.0,
            b'S' => 1.0,
            _ => return None,
        };
        seconds += rest[..end].parse::<f64>().ok()? * weight;
        rest = &rest[end + 1..];
    }
    rest.is_empty().then_some(sign * seconds / DAY)
}

/// The day `2023-12-31`.
fn day(date: &str) -> Option<Date> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    parts.next().is_none().then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_numbers_of_other_formats() {
        let days = |date: &str| Epoch::default().days(date);
        assert_eq!(days("1900-01-04"), Some(5.0));
        assert_eq!(days("1899-12-30"), Some(0.0));
        assert_eq!(days("2023-12-31"), Some(45291.0));
        assert_eq!(days("2000-03-01"), Some(36586.0));
        assert_eq!(days("2023-12-31T12:00:00"), Some(45291.5));
        assert_eq!(Epoch::of("1904-01-01").and_then(|epoch| epoch.days("1904-01-06")), Some(5.0));
        for odd in ["", "2023", "2023-13-01", "2023-1-1-1", "2023-01-01T", "99999999999999-01-01"] {
            assert_eq!(days(odd), None, "{odd}");
        }
    }

    #[test]
    fn times_are_parts_of_a_day() {
        assert_eq!(part_of_day("PT12H00M00S"), Some(0.5));
        assert_eq!(part_of_day("-PT06H"), Some(-0.25));
        assert_eq!(part_of_day("PT36H0M0.000S"), Some(1.5));
        for odd in ["", "P1D", "PT1X", "PT12", "PTH"] {
            assert_eq!(part_of_day(odd), None, "{odd}");
        }
    }
}
