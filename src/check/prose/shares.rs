//! Shares in percent, as far as they are printed.

use rust_decimal::Decimal;

/// Whether `printed` is `part` of `whole` in percent: rounded, cut off, or off by one in the last printed digit (and by as
/// much as 0.1), as shares are made to add up to 100.
pub(super) fn is_share(printed: Decimal, part: Decimal, whole: Decimal) -> bool {
    let Some(exact) = percent(part, whole) else { return false };
    let tenth = Decimal::new(1, 1);
    let slack = if printed.scale() == 0 { Decimal::ONE } else { tenth };
    (exact - printed).abs() <= slack
}

/// `part` of `whole` in percent.
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// Every number written in a text.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = Decimal> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    text.split(move |c| !is_part(c)).filter_map(super::number::number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_or_cut_off() {
        let share =
            |text: &str, part: i64, whole: i64| is_share(text.parse().expect("a number"), part.into(), whole.into());
        assert!(share("17.46", 208, 1191) && share("26.78", 319, 1191) && share("33.33", 1, 3));
        assert!(share("66.7", 2, 3) && share("66.6", 2, 3) && share("50.0", 1, 2) && share("100", 3, 3));
        assert!(!share("33.9", 258, 805) && !share("66.8", 2, 3) && !share("0", 0, 0));
    }

    #[test]
    fn numbers_stand_anywhere() {
        let found: Vec<String> = numbers("受理1,295件，占33.9%。").map(|number| number.to_string()).collect();
        assert_eq!(found, ["1295", "33.9"]);
    }
}
