//! The records of an `.xlsb` part: kind and length in as few bytes as they need, and that many bytes.

use crate::read::workbook::binary::{Bytes, Font, Fonts, Records, in_runs, utf16};

/// The records of a part.
pub(super) fn records(part: &[u8]) -> Records<'_> {
    Records::new(part, |bytes: &mut Bytes<'_>| {
        let kind = number(bytes, 2)?;
        let length = number(bytes, 4)?;
        Some((u16::try_from(kind).ok()?, length as usize))
    })
}

/// Seven bits a byte, the lowest first; the eighth says that there are more, up to so many.
fn number(bytes: &mut Bytes<'_>, most: u32) -> Option<u32> {
    let mut number = 0;
    for place in 0..most {
        let byte = bytes.u8()?;
        number |= u32::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// A text with its length before it. None if it ends before it should; the inner none is for a text that is left out.
pub(super) fn text(bytes: &mut Bytes<'_>) -> Option<Option<String>> {
    const LEFT_OUT: u32 = u32::MAX;
    let count = bytes.u32()?;
    if count == LEFT_OUT {
        return Some(None);
    }
    let units: Vec<u16> = utf16(bytes.take((count as usize).checked_mul(2)?)?).collect();
    Some(Some(String::from_utf16_lossy(&units)))
}

/// A text with the stretches of it that are in other fonts. A byte before it says whether there are any, and whether there is
/// a pronunciation behind them.
pub(super) fn rich_text(bytes: &mut Bytes<'_>, fonts: &Fonts) -> Option<String> {
    const IN_FONTS: u8 = 1;
    let flags = bytes.u8()?;
    let text = text(bytes)?.unwrap_or_default();
    if flags & IN_FONTS == 0 {
        return Some(text);
    }
    let count = bytes.u32()?;
    let runs = (0..count).map_while(|_| {
        let (start, font) = (bytes.u16()?, bytes.u16()?);
        Some((start.into(), fonts.font(font.into())))
    });
    let runs: Vec<(usize, Font)> = runs.collect();
    if runs.iter().all(|(_, font)| font.is_plain()) {
        return Some(text);
    }
    Some(in_runs(&text.encode_utf16().collect::<Vec<_>>(), runs))
}
