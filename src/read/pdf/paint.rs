//! Colours, as far as it must be known whether something can be seen.

use hayro_syntax::object::{Array, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

/// A colour; none where it is not known: patterns, spot colours.
pub(super) type Color = Option<[f32; 3]>;

pub(super) const BLACK: Color = Some([0.0; 3]);
pub(super) const WHITE: Color = Some([1.0; 3]);

/// How the components of a colour are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// One ink, 0 is none of it.
    Ink,
    Other,
}

impl Space {
    /// The space of this name.
    pub fn named(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            _ => resources.get_color_space(name).map_or(Self::Other, Self::of),
        }
    }

    fn of(space: Object<'_>) -> Self {
        let space = match space {
            Object::Name(name) => return Self::device(&name),
            other => other,
        };
        let Some(parts) = space.into_array() else { return Self::Other };
        let Some(name) = parts.iter::<Object<'_>>().next().and_then(Object::into_name) else { return Self::Other };
        match name.as_ref() {
            b"ICCBased" => Self::profile(&parts),
            b"Separation" => Self::Ink,
            _ => Self::device(&name),
        }
    }

    fn device(name: &Name<'_>) -> Self {
        match name.as_ref() {
            b"DeviceGray" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" => Self::Cmyk,
            _ => Self::Other,
        }
    }

    fn profile(parts: &Array<'_>) -> Self {
        let stream = parts.iter::<Object<'_>>().nth(1).and_then(Object::into_stream);
        let count = |stream: Stream<'_>| stream.dict().get::<Number>(b"N").map(|number| number.as_i64());
        match stream.and_then(count) {
            Some(1) => Self::Gray,
            Some(3) => Self::Rgb,
            Some(4) => Self::Cmyk,
            _ => Self::Other,
        }
    }

    /// What a space begins with.
    pub fn initial(self) -> Color {
        if self == Self::Other { None } else { BLACK }
    }

    /// The colour of these components.
    pub fn color(self, parts: &[Number]) -> Color {
        let part = |at: usize| parts.get(at).map(|number| number.as_f32().clamp(0.0, 1.0));
        match self {
            Self::Gray => part(0).map(|gray| [gray; 3]),
            Self::Ink => part(0).filter(|ink| *ink <= 0.0).map(|_| [1.0; 3]),
            Self::Rgb => Some([part(0)?, part(1)?, part(2)?]),
            Self::Cmyk => {
                let white = 1.0 - part(3)?;
                Some([(1.0 - part(0)?) * white, (1.0 - part(1)?) * white, (1.0 - part(2)?) * white])
            }
            Self::Other => None,
        }
    }
}

/// Whether something of one colour cannot be seen on the other.
pub(super) fn is_lost(color: Color, ground: Color) -> bool {
    are_closer(color, ground, 0.04)
}

/// Whether something of one colour can hardly be seen on the other.
pub(super) fn is_faint(color: Color, ground: Color) -> bool {
    are_closer(color, ground, 0.35)
}

fn are_closer(color: Color, ground: Color, than: f32) -> bool {
    let (Some(color), Some(ground)) = (color, ground) else { return false };
    color.iter().zip(ground).all(|(one, other)| (one - other).abs() < than)
}
