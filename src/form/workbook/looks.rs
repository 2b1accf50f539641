//! How cells look: as offices print them, in fonts that every Windows and every office suite for Chinese knows by these names.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const SONG: &str = "SimSun";
const HEI: &str = "SimHei";
/// What Windows calls the characters of these fonts.
const GB2312: u8 = 134;
const SIZE: f64 = 10.5;

/// What is computed, and what is wrong.
pub(super) const COMPUTED: Color = Color::RGB(0x00ED_EDED);
pub(super) const WRONG: (Color, Color) = (Color::RGB(0x009C_0006), Color::RGB(0x00FF_C7CE));
pub(super) const DOUBTFUL: (Color, Color) = (Color::RGB(0x007F_6000), Color::RGB(0x00FF_EB9C));
pub(super) const RIGHT: (Color, Color) = (Color::RGB(0x0037_5623), Color::RGB(0x00E2_EFDA));

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Title,
    Heading,
    Caption,
    Unit,
    Section,
    /// Above columns, and of groups of rows.
    Label,
    /// Before figures.
    Row,
    Figure,
    Words,
    Computed,
}

/// The formats, made once.
pub(super) struct Looks(Vec<(Look, Format)>);

impl Looks {
    pub fn new() -> Self {
        let plain = plain();
        let heavy = |size: f64| font(HEI).set_font_size(size).set_align(FormatAlign::VerticalCenter);
        let cell = || plain.clone().set_text_wrap().set_border(FormatBorder::Thin);
        let centered = || cell().set_align(FormatAlign::Center);
        let section = plain.clone().set_text_wrap().set_align(FormatAlign::Top).set_font_size(12);
        let line = section.set_border(FormatBorder::Hair).set_border_color(Color::RGB(0x00BF_BFBF));
        Self(vec![
            (Look::Title, heavy(18.0).set_align(FormatAlign::Center).set_text_wrap()),
            (Look::Heading, heavy(14.0)),
            (Look::Caption, heavy(14.0).set_align(FormatAlign::Center)),
            (Look::Unit, plain.clone().set_align(FormatAlign::Right)),
            (Look::Section, line),
            (Look::Label, centered()),
            (Look::Row, cell().set_align(FormatAlign::Left)),
            (Look::Figure, centered()),
            (Look::Words, centered()),
            (Look::Computed, centered().set_background_color(COMPUTED)),
        ])
    }

    pub fn plain(&self) -> Format {
        plain()
    }

    pub fn format(&self, look: Look) -> &Format {
        let found = self.0.iter().find(|(known, _)| *known == look);
        found.map(|(_, format)| format).expect("every look has its format")
    }
}

/// A font of Chinese, by the name that is known everywhere.
fn font(name: &str) -> Format {
    Format::new().set_font_name(name).set_font_charset(GB2312).set_font_size(SIZE)
}

pub(super) fn plain() -> Format {
    font(SONG).set_align(FormatAlign::VerticalCenter)
}
