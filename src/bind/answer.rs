//! 是 or 否, as a word or as a tick in a box.

use crate::pack::YesNo;
use crate::squeeze::Squeezed;

/// What a cell answers: `true` for 是; none where it is neither, or both.
pub(super) fn read(text: &str, words: &YesNo) -> Option<bool> {
    let text = Squeezed::new(text).text;
    if let Some(plain) = word(&text, words) {
        return Some(plain);
    }
    let is_box = |c: char| words.ticked.contains(&c) || words.unticked.contains(&c);
    if !text.contains(is_box) {
        return None;
    }
    // Boxes stand all before their words, or all behind them.
    let is_before = text.starts_with(is_box);
    let mut ticked = None;
    let mut rest: &str = &text;
    while let Some(at) = rest.find(is_box) {
        let mark = rest[at..].chars().next()?;
        let behind = &rest[at + mark.len_utf8()..];
        let own = if is_before { &behind[..behind.find(is_box).unwrap_or(behind.len())] } else { &rest[..at] };
        if words.ticked.contains(&mark) {
            if ticked.is_some() {
                return None;
            }
            ticked = Some(word(own.trim_matches(|c: char| !c.is_alphanumeric()), words)?);
        }
        rest = behind;
    }
    ticked
}

fn word(text: &str, words: &YesNo) -> Option<bool> {
    if words.yes.iter().any(|word| word == text) {
        return Some(true);
    }
    words.no.iter().any(|word| word == text).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_words_are_answers() {
        let words = &crate::pack::builtin().0.yes_no;
        for (text, expected) in [
            ("是", Some(true)),
            (" 否 ", Some(false)),
            ("■是 □否", Some(true)),
            ("□是　☑否", Some(false)),
            ("是√ 否□", Some(true)),
            ("是□ 否☑", Some(false)),
            ("√是", Some(true)),
            ("□是 □否", None),
            ("■是 ■否", None),
            ("12", None),
            ("是否", None),
        ] {
            assert_eq!(read(text, words), expected, "{text}");
        }
    }
}
