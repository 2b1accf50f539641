//! Colours of text and of what is behind it, as far as they say whether the text can be seen.

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Rgb([u8; 3]),
    /// What is behind it is seen.
    Clear,
    /// Nobody can say from the file alone.
    Unknown,
}

impl Colour {
    pub(super) const WHITE: Self = Self::Rgb([0xff; 3]);
    pub(super) const BLACK: Self = Self::Rgb([0; 3]);

    /// A colour as style sheets write it: by a name, `#f0f`, `#ff00ff80`, `rgb(255 0 255 / 50%)`. Lower case.
    pub(super) fn of_style(text: &str) -> Self {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return Self::of_digits(digits);
        }
        let inner = text.strip_prefix("rgb(").or_else(|| text.strip_prefix("rgba("));
        match inner.and_then(|inner| inner.strip_suffix(')')) {
            Some(parts) => Self::of_parts(parts),
            None => Self::named(text),
        }
    }

    /// `FF00FF`, with one digit for two, or with how much it covers behind.
    pub(super) fn of_digits(digits: &str) -> Self {
        let Some(all) = digits.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<u32>>>() else {
            return Self::Unknown;
        };
        let all: Vec<u8> = match all.len() {
            3 | 4 => all.iter().map(|digit| (digit * 0x11) as u8).collect(),
            6 | 8 => all.chunks_exact(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect(),
            _ => return Self::Unknown,
        };
        match all[..] {
            [red, green, blue] | [red, green, blue, 0xff] => Self::Rgb([red, green, blue]),
            [.., 0] => Self::Clear,
            _ => Self::Unknown,
        }
    }

    fn of_parts(parts: &str) -> Self {
        let parts: Vec<&str> = parts.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
        let (Some(colours), covering) = (parts.get(..3), parts.get(3)) else { return Self::Unknown };
        let covering = covering.map(|covering| covering.trim_end_matches('%').parse::<f64>());
        match covering {
            Some(Ok(0.0)) => return Self::Clear,
            None | Some(Ok(1.0 | 100.0)) => {}
            Some(_) => return Self::Unknown,
        }
        let part = |text: &&str| match text.strip_suffix('%') {
            Some(share) => share.parse::<f64>().ok().map(|share| (share * 2.55).round() as u8),
            None => text.parse::<f64>().ok().map(|part| part.round() as u8),
        };
        match colours.iter().map(part).collect::<Option<Vec<u8>>>().as_deref() {
            Some(&[red, green, blue]) => Self::Rgb([red, green, blue]),
            _ => Self::Unknown,
        }
    }

    fn named(name: &str) -> Self {
        Self::Rgb(match name {
            "transparent" => return Self::Clear,
            "white" | "window" | "canvas" => [0xff; 3],
            "snow" => [0xff, 0xfa, 0xfa],
            "ghostwhite" => [0xf8, 0xf8, 0xff],
            "whitesmoke" => [0xf5; 3],
            "ivory" => [0xff, 0xff, 0xf0],
            "black" | "windowtext" | "canvastext" => [0; 3],
            "silver" => [0xc0; 3],
            "gray" | "grey" => [0x80; 3],
            "red" => [0xff, 0, 0],
            "maroon" => [0x80, 0, 0],
            "yellow" => [0xff, 0xff, 0],
            "olive" => [0x80, 0x80, 0],
            "lime" => [0, 0xff, 0],
            "green" => [0, 0x80, 0],
            "aqua" | "cyan" => [0, 0xff, 0xff],
            "teal" => [0, 0x80, 0x80],
            "blue" => [0, 0, 0xff],
            "navy" => [0, 0, 0x80],
            "fuchsia" | "magenta" => [0xff, 0, 0xff],
            "purple" => [0x80, 0, 0x80],
            _ => return Self::Unknown,
        })
    }

    /// Whether text of this colour cannot be seen on a ground of that one.
    pub(super) fn vanishes_on(self, ground: Self) -> bool {
        // No eye tells colours apart that differ by this little.
        const LEAST: u8 = 8;
        match (self, ground) {
            (Self::Clear, _) => true,
            (Self::Rgb(own), Self::Rgb(ground)) => {
                own.iter().zip(ground).all(|(own, ground)| own.abs_diff(ground) < LEAST)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn colours_are_written_in_many_ways() {
        for white in
            ["white", "#fff", "#FFFFFF", "#ffff", "rgb(255,255,255)", "rgb(100% 100% 100%)", "rgba(255, 255, 255, 1)"]
        {
            assert_eq!(Colour::of_style(white), Colour::WHITE, "{white}");
        }
        for clear in ["transparent", "#fff0", "#12345600", "rgba(0,0,0,0)", "rgb(1 2 3 / 0%)"] {
            assert_eq!(Colour::of_style(clear), Colour::Clear, "{clear}");
        }
        for unknown in ["var(--x)", "#ffffff80", "rgba(0,0,0,.5)", "inherit", "#12345", "rgb(1,2)"] {
            assert_eq!(Colour::of_style(unknown), Colour::Unknown, "{unknown}");
        }
    }

    #[test]
    fn text_vanishes_on_its_own_colour() {
        let vanishes = |own: &str, ground: &str| Colour::of_style(own).vanishes_on(Colour::of_style(ground));
        assert!(vanishes("white", "#fff") && vanishes("#fefefe", "white") && vanishes("navy", "#000080"));
        assert!(vanishes("transparent", "var(--x)") && !vanishes("white", "var(--x)") && !vanishes("#eee", "white"));
    }
}
