//! How cells look: few colours, one font that every Windows and every office suite for Chinese has.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::super::overview::State;
use crate::pack::Severity;

/// Known under this name to Excel and WPS in any language; elsewhere it is replaced by the system's Chinese font.
const FONT: &str = "Microsoft YaHei";
const SIZE: f64 = 10.0;

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Center,
    Number,
    Head,
    /// Above numbers.
    HeadRight,
    Title,
    Total,
    Link,
    Note,
    Error,
    Warning,
    Advice,
    Pass,
    Findings,
    Unverifiable,
    Missing,
}

impl Look {
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Advice => Self::Advice,
        }
    }

    pub fn of_state(state: State) -> Self {
        match state {
            State::Pass => Self::Pass,
            State::Findings => Self::Findings,
            State::Unverifiable => Self::Unverifiable,
            State::Missing => Self::Missing,
        }
    }
}

/// The formats, made once.
pub(super) struct Looks(Vec<(Look, Format)>);

impl Looks {
    pub fn new() -> Self {
        let base = || Format::new().set_font_name(FONT).set_font_size(SIZE).set_align(FormatAlign::Top);
        let wrapped = || base().set_text_wrap();
        let colored = |ink: u32, ground: u32| {
            base()
                .set_font_color(Color::RGB(ink))
                .set_background_color(Color::RGB(ground))
                .set_align(FormatAlign::Center)
        };
        let head = || {
            wrapped()
                .set_bold()
                .set_font_color(Color::RGB(0x0026_323A))
                .set_background_color(Color::RGB(0x00E8_ECEB))
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter)
        };
        let link = wrapped().set_font_color(Color::RGB(0x001F_5582)).set_underline(FormatUnderline::Single);
        Self(vec![
            (Look::Plain, wrapped()),
            (Look::Center, base().set_align(FormatAlign::Center)),
            (Look::Number, base()),
            (Look::Head, head()),
            (Look::HeadRight, head().set_align(FormatAlign::Right)),
            (Look::Title, base().set_bold().set_font_size(14.0)),
            (Look::Total, base().set_bold().set_border_bottom(FormatBorder::Thin)),
            (Look::Link, link),
            (Look::Note, base().set_font_color(Color::RGB(0x005A_646C))),
            (Look::Error, colored(0x00A8_2A22, 0x00FB_EAE7)),
            (Look::Warning, colored(0x0084_5600, 0x00FB_F1DC)),
            (Look::Advice, colored(0x002B_6288, 0x00E7_F0F6)),
            (Look::Pass, colored(0x002C_6A4A, 0x00E6_F1EA)),
            (Look::Findings, colored(0x00A8_2A22, 0x00FB_EAE7)),
            (Look::Unverifiable, colored(0x0055_5F66, 0x00E9_EBEA)),
            (Look::Missing, colored(0x005F_4B8B, 0x00EC_E8F5)),
        ])
    }

    /// The format of a look.
    pub fn format(&self, look: Look) -> &Format {
        let found = self.0.iter().find(|(known, _)| *known == look);
        found.map(|(_, format)| format).expect("every look has its format")
    }
}
