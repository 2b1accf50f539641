//! What headings and items of a list are numbered by. May rely on `numbers`.

use super::numbers;

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bracket,
    BracketedDigits,
    Comma,
    Is,
    Digits,
}

/// 「（二）」, 「二、」, 「二是」, 「2.」 at the start of a text.
pub(super) fn ordinal(text: &str) -> Option<(Style, usize)> {
    let first = text.chars().next()?;
    if !matches!(first, '（' | '(') && !first.is_ascii_digit() && !numbers::is_numeral(first) {
        return None;
    }
    let is_numeral = |c: char| numbers::NUMERALS[1..].contains(&c) || c == '十';
    if let Some(inside) = text.strip_prefix(['（', '(']) {
        let end = inside.find(['）', ')'])?;
        let is_ordinal = end > 0 && inside[..end].chars().all(|c| is_numeral(c) || c.is_ascii_digit()) && end <= 9;
        let open = text.len() - inside.len();
        let close = inside[end..].chars().next()?.len_utf8();
        let style =
            if inside.starts_with(|c: char| c.is_ascii_digit()) { Style::BracketedDigits } else { Style::Bracket };
        return is_ordinal.then_some((style, open + end + close));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let sign = ['.', '、', '．'].into_iter().find(|&sign| text[digits..].starts_with(sign))?;
        let end = digits + sign.len_utf8();
        let is_decimal = sign == '.' && text[end..].starts_with(|c: char| c.is_ascii_digit());
        return (!is_decimal).then_some((Style::Digits, end));
    }
    let len: usize = text.chars().take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
    if len == 0 || len > 9 {
        return None;
    }
    let style = match text[len..].chars().next()? {
        '、' => Style::Comma,
        '是' => Style::Is,
        _ => return None,
    };
    Some((style, len + 3))
}
