//! Lengths in declarations of style: whether they come to nothing, or lead off the page.

/// A length in points of a screen; `None` for what is none, or is a share of something that is not known.
pub(super) fn points(value: &str) -> Option<f64> {
    let value = value.trim();
    let unit = value.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(value.len());
    let (number, unit) = value.split_at(unit);
    let number: f64 = number.parse().ok()?;
    let points = match unit {
        "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" | "pc" => 16.0,
        "ex" | "ch" => 8.0,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        "vw" => 12.8,
        "vh" => 7.2,
        _ if number == 0.0 => 0.0,
        _ => return None,
    };
    Some(number * points)
}

/// Whether nothing can be seen in a box of that width or height, or of text of that size.
pub(super) fn is_nothing(value: &str) -> bool {
    points(value).is_some_and(|points| points.abs() <= 1.0)
}

/// Whether what is moved by this much to the left, or up, is off the page.
pub(super) fn leads_away(value: &str) -> bool {
    const PAGE: f64 = 1000.0;
    points(value).is_some_and(|points| points <= -PAGE)
}

/// Whether `rect(…)` of `clip` leaves nothing: from the top, the right, the bottom and the left edge of a box.
pub(super) fn is_empty_clip(value: &str) -> bool {
    let Some(sides) = inner(value, "rect") else { return false };
    let sides: Vec<Option<f64>> = sides.split([',', ' ']).filter(|side| !side.is_empty()).map(points).collect();
    let [top, right, bottom, left] = sides[..] else { return false };
    let spans = |from: Option<f64>, to: Option<f64>| from.zip(to).is_some_and(|(from, to)| to - from <= 1.0);
    spans(top, bottom) || spans(left, right)
}

/// Whether a shape of `clip-path` has no inside.
pub(super) fn is_empty_shape(value: &str) -> bool {
    const HALF: f64 = 50.0;
    let share = |part: &str| part.strip_suffix('%').and_then(|share| share.parse::<f64>().ok());
    if let Some(inset) = inner(value, "inset") {
        let first = inset.split_ascii_whitespace().next().unwrap_or_default();
        return share(first).is_some_and(|share| share >= HALF);
    }
    if let Some(circle) = inner(value, "circle").or_else(|| inner(value, "ellipse")) {
        let first = circle.split_ascii_whitespace().next().unwrap_or_default();
        return share(first) == Some(0.0) || is_nothing(first);
    }
    inner(value, "polygon").is_some_and(|corners| {
        let mut corners = corners.split(',').map(str::trim);
        let first = corners.next();
        corners.all(|corner| Some(corner) == first)
    })
}

/// Whether `transform` moves a box off the page, or makes nothing of it.
pub(super) fn transforms_away(value: &str) -> bool {
    let away = |name: &str| inner(value, name).is_some_and(|by| by.split(',').any(leads_away));
    let none =
        |name: &str| inner(value, name).is_some_and(|by| by.split(',').any(|by| by.trim().parse::<f64>() == Ok(0.0)));
    ["translate", "translatex", "translatey", "translate3d"].into_iter().any(away)
        || ["scale", "scalex", "scaley"].into_iter().any(none)
}

/// What is in the brackets of a function.
fn inner<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    let is_call = |at: &usize| !value[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let at = value
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|at| is_call(at) && value[at + name.len()..].starts_with('('))?;
    let rest = &value[at + name.len() + 1..];
    Some(&rest[..rest.find(')')?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_lead_off_the_page_or_come_to_nothing() {
        assert!(["-9999px", "-999em", "-10000pt", "-100vw"].into_iter().all(leads_away));
        assert!(!["-2em", "9999px", "-100%", "auto", "0"].into_iter().any(leads_away));
        assert!(
            ["0", "0px", ".0em", "1px", "0%"].into_iter().all(is_nothing)
                && !["auto", "2px", "5%"].into_iter().any(is_nothing)
        );
    }

    #[test]
    fn shapes_leave_nothing() {
        assert!(["rect(0,0,0,0)", "rect(1px 1px 1px 1px)", "rect(0, 10px, 0, 0)"].into_iter().all(is_empty_clip));
        assert!(!["auto", "rect(auto,auto,auto,auto)", "rect(0,10px,20px,0)"].into_iter().any(is_empty_clip));
        assert!(
            ["inset(50%)", "inset(100% 100%)", "circle(0)", "circle(0% at 5px 5px)", "polygon(0 0, 0 0, 0 0)"]
                .into_iter()
                .all(is_empty_shape)
        );
        assert!(!["none", "inset(10%)", "circle(50%)", "polygon(0 0, 9px 0, 0 9px)"].into_iter().any(is_empty_shape));
        assert!(
            ["translatex(-9999px)", "rotate(4deg) translate(-999em, 0)", "scale(0)", "scale(1, 0)"]
                .into_iter()
                .all(transforms_away)
        );
        assert!(!["translate(-50%,-50%)", "scale(1)", "none"].into_iter().any(transforms_away));
    }
}
