//! 是 or 否, as a word or as a tick in a box.

use crate::pack::YesNo;
use crate::squeeze::Squeezed;

/// What a cell answers: `true` for 是; none where it is neither, or both.
pub(super) fn read(text: &str, words: &YesNo) -> Option<bool> {
    let text = Squeezed::new(text).text;
    if let Some(plain) = word(&text, words) {
        return Some(plain);
    }
    let boxes = boxes(&text, words);
    let first = boxes.first()?;
    // A tick alone says yes.
    if first.start == 0 && first.end == text.len() && first.is_ticked {
        return Some(true);
    }
    // Boxes are all before their words, or all behind them.
    let is_before = first.start == 0;
    let mut ticked = boxes.iter().enumerate().filter(|(_, own)| own.is_ticked);
    let ((at, own), None) = (ticked.next()?, ticked.next()) else { return None };
    let end_before = at.checked_sub(1).map_or(0, |before| boxes[before].end);
    let start_behind = boxes.get(at + 1).map_or(text.len(), |behind| behind.start);
    let own = if is_before { &text[own.end..start_behind] } else { &text[end_before..own.start] };
    word(own.trim_matches(|c: char| !c.is_alphanumeric()), words)
}

/// A box in a text, by its bytes.
struct Box {
    start: usize,
    end: usize,
    is_ticked: bool,
}

fn boxes(text: &str, words: &YesNo) -> Vec<Box> {
    let marks = || words.ticked.iter().map(|mark| (mark, true)).chain(words.unticked.iter().map(|mark| (mark, false)));
    let mut boxes = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        // 「[√]」 is one box, not a tick in brackets.
        let longest = marks().filter(|(mark, _)| text[at..].starts_with(*mark)).max_by_key(|(mark, _)| mark.len());
        match longest {
            Some((mark, is_ticked)) => {
                boxes.push(Box { start: at, end: at + mark.len(), is_ticked });
                at += mark.len();
            }
            None => at += next.len_utf8(),
        }
    }
    boxes
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
            ("是(√)否( )", Some(true)),
            ("（ ）是 （√）否", Some(false)),
            ("[x]是 [ ]否", Some(true)),
            ("[√]是 []否", Some(true)),
            ("√是", Some(true)),
            ("√", Some(true)),
            ("□是 □否", None),
            ("■是 ■否", None),
            ("12", None),
            ("是否", None),
            ("是 / 否", None),
            ("□", None),
        ] {
            assert_eq!(read(text, words), expected, "{text}");
        }
    }
}
