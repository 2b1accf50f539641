//! Labels and titles compared as a person compares them: `（一）予以公开`, `(一) 予以公开` and `㈠予以公开` are one label.
//!
//! Folding keeps letters and digits only, in their compatibility form, and unknown characters; a leading number is set apart. Pack and document
//! are folded by the same code.

use unicode_normalization::char::decompose_compatible;

/// How a leading number is written; distinguishes a section (一、) from its parts (（一）) and items (1.).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// 一、
    Chinese,
    /// （一）
    Bracketed,
    /// 1.
    Digits,
}

/// A number before a label, with how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ordinal {
    pub numbering: Numbering,
    pub value: u32,
}

/// A folded label: what is left to compare, and the number before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Label {
    /// Letters and digits only, without the leading number.
    pub core: String,
    pub ordinal: Option<Ordinal>,
}

impl Label {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        let mut label = Self::default();
        label.fold(text);
        label
    }

    /// Folds `text` into this label, which keeps its memory.
    pub fn fold(&mut self, text: &str) {
        self.core.clear();
        let mut prefix = Prefix::default();
        let mut text = text;
        if let Some((ordinal, title)) = part(text) {
            prefix = Prefix { state: State::Done, ordinal: Some(ordinal), ..Prefix::default() };
            text = title;
        }
        while let Some(c) = text.chars().next() {
            // Nearly all characters of a report are ideographs, digits or punctuation.
            if prefix.state == State::Done {
                let ideographs = ideographs_at_start(text);
                if ideographs > 0 {
                    self.core.push_str(&text[..ideographs]);
                    text = &text[ideographs..];
                    continue;
                }
            }
            text = &text[c.len_utf8()..];
            if prefix.state == State::Done {
                if c.is_ascii() {
                    self.core.extend(Some(c.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric));
                    continue;
                }
                if is_punctuation(c) {
                    continue;
                }
            }
            fold_chars(c, |c| {
                if is_invisible(c) || prefix.take(c, &mut self.core) {
                    return;
                }
                // An unknown character is kept, so that no label is equal to one that lacks it.
                if is_ideograph(c) || c == char::REPLACEMENT_CHARACTER {
                    self.core.push(c);
                } else if c.is_alphanumeric() {
                    self.core.extend(c.to_lowercase());
                }
            });
        }
        prefix.finish(&mut self.core);
        self.ordinal = prefix.ordinal;
    }
}

/// Characters without width that editors and converters leave behind.
pub fn is_invisible(c: char) -> bool {
    !is_ideograph(c)
        && (c.is_control() && !c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
}

/// Calls `each` with every character of the compatibility form of `c`.
fn fold_chars(c: char, mut each: impl FnMut(char)) {
    if c.is_ascii() || is_ideograph(c) {
        each(c);
    } else {
        decompose_compatible(c, &mut each);
    }
}

/// The usual Chinese punctuation, none of which is kept.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// A Chinese character of the main block, which is its own compatibility form.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// How many bytes of `text` are Chinese characters of the main block, up to the first other one; seen by their first
/// bytes. Those that share theirs with other blocks end it too.
fn ideographs_at_start(text: &str) -> usize {
    let firsts = text.as_bytes().iter().step_by(3);
    3 * firsts.take_while(|first| matches!(first, 0xe5..=0xe9)).count()
}

/// The compatibility form of a character, where that is one character.
pub fn fold_char(c: char) -> Option<char> {
    let mut folded = None;
    let mut count = 0;
    fold_chars(c, |c| {
        folded = Some(c);
        count += 1;
    });
    folded.filter(|_| count == 1)
}

/// Recognises a leading number while the characters go by.
#[derive(Default)]
struct Prefix {
    state: State,
    bracketed: bool,
    held: String,
    ordinal: Option<Ordinal>,
}

#[derive(Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Number,
    /// A blank after the number: a separator may still follow.
    AfterNumber,
    Done,
}

impl Prefix {
    /// Whether `c` belongs to the leading number (or is held back as if it did); what turns out not to is given back to
    /// `core`.
    fn take(&mut self, c: char, core: &mut String) -> bool {
        if self.state == State::Done {
            return false;
        }
        // Marks of emphasis and escapes that a Markdown parser left in place: 「**一、**总体情况」, 「1\\.」.
        if matches!(c, '*' | '\\') {
            return true;
        }
        if !is_ideograph(c) && c.is_whitespace() {
            if self.state == State::Number {
                self.state = State::AfterNumber;
            }
            return true;
        }
        let numeral = numeral(c).is_some();
        match self.state {
            State::Start if c == '(' && !self.bracketed => {
                self.bracketed = true;
                return true;
            }
            State::Start if numeral => {
                self.held.push(c);
                self.state = State::Number;
                return true;
            }
            State::Start => {
                self.state = State::Done;
                return false;
            }
            State::Number if numeral && self.held.chars().count() < 3 => {
                self.held.push(c);
                return true;
            }
            _ => {}
        }
        let closed = if self.bracketed { c == ')' } else { matches!(c, '、' | '.' | ':' | ')' | '。' | ',') };
        let spaced = self.state == State::AfterNumber && !self.bracketed && self.is_chinese();
        if closed || spaced {
            self.ordinal = self.read();
        }
        if self.ordinal.is_none() {
            core.push_str(&self.held);
        }
        self.state = State::Done;
        closed
    }

    /// The text ended within what could have been a number.
    fn finish(&mut self, core: &mut String) {
        if matches!(self.state, State::Number | State::AfterNumber) {
            core.push_str(&self.held);
        }
    }

    fn is_chinese(&self) -> bool {
        self.held.chars().all(|c| !c.is_ascii())
    }

    fn read(&self) -> Option<Ordinal> {
        let numbering = match (self.bracketed, self.is_chinese()) {
            (true, _) => Numbering::Bracketed,
            (false, true) => Numbering::Chinese,
            (false, false) => Numbering::Digits,
        };
        let mut value = 0;
        for c in self.held.chars() {
            match numeral(c)? {
                10 => value = value.max(1) * 10,
                digit if self.is_chinese() => value += digit,
                digit => value = value * 10 + digit,
            }
        }
        Some(Ordinal { numbering, value })
    }
}

/// 「第一部分　总体情况」: the number of the part, and its title.
fn part(text: &str) -> Option<(Ordinal, &str)> {
    let rest = text.trim_start().strip_prefix('第')?;
    let length: usize = rest.chars().take(3).take_while(|&c| numeral(c).is_some()).map(char::len_utf8).sum();
    let (number, rest) = rest.split_at(length);
    let title = ["部分", "章", "篇"].iter().find_map(|unit| rest.strip_prefix(unit))?;
    let prefix = Prefix { held: number.to_owned(), ..Prefix::default() };
    let ordinal = prefix.read().filter(|_| !number.is_empty() && !title.trim().is_empty())?;
    Some((Ordinal { numbering: Numbering::Chinese, ..ordinal }, title))
}

fn numeral(c: char) -> Option<u32> {
    const CHINESE: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    c.to_digit(10).or_else(|| CHINESE.iter().position(|&n| n == c).map(|at| at as u32 + 1))
}

/// How alike two folded labels are: 0 (nothing in common) to 100 (the same), by edit distance over characters.
/// Labels that are far apart in length are not compared further.
pub fn likeness(a: &str, b: &str) -> u32 {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let longer = a.len().max(b.len());
    if longer == 0 || longer > 120 || a.len().abs_diff(b.len()) * 2 > longer {
        return 0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &right) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    (100 * (longer - row[b.len()]) / longer) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_label_in_its_printed_forms() {
        for text in ["（一）予以公开", "(一) 予以公开", "㈠予以公开", "（ 一 ）予以\u{a0}公开\u{200b}"]
        {
            let label = Label::new(text);
            assert_eq!(label.core, "予以公开", "{text}");
            assert_eq!(label.ordinal, Some(Ordinal { numbering: Numbering::Bracketed, value: 1 }), "{text}");
        }
        for text in [
            "三、本年度办理结果",
            "三．本年度办理结果",
            " 三 、本 年 度办 理 结果",
            "三 本年度办理结果",
            "第三部分　本年度办理结果",
            "第3章：本年度办理结果",
        ] {
            let label = Label::new(text);
            assert_eq!(label.core, "本年度办理结果", "{text}");
            assert_eq!(label.ordinal, Some(Ordinal { numbering: Numbering::Chinese, value: 3 }), "{text}");
        }
    }

    #[test]
    fn digits_that_are_no_number_stay() {
        assert_eq!(Label::new("2023年政府信息公开").core, "2023年政府信息公开");
        assert_eq!(Label::new("三类内部事务信息").core, "三类内部事务信息");
        assert_eq!(Label::new("一").core, "一");
        assert_eq!(Label::new("第二十条第（一）项").core, "第二十条第一项");
        assert_eq!(Label::new("第三部分").core, "第三部分");
        assert_eq!(Label::new("3.危及“三安全一稳定”").core, "危及三安全一稳定");
        assert_eq!(Label::new("十二、其他").ordinal.map(|o| o.value), Some(12));
        assert_eq!(Label::new("3.其\u{fffd}他").core, "其\u{fffd}他");
    }

    #[test]
    fn misprints_are_near() {
        assert!(likeness("其他法律行政止公开", "其他法律行政法规禁止公开") >= 70);
        assert!(likeness("重复申请", "其他") < 40);
    }
}
