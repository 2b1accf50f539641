//! Why something failed, as libraries and systems say it: in English, which a Chinese sentence does not quote. The table beside
//! this file has the same in Chinese.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::built::built;

/// A reason of one kind: its English text, cut at what differs, and the Chinese one.
#[derive(Debug)]
struct Reason {
    first: String,
    rest: Vec<(Hole, String)>,
    chinese: String,
}

/// What differs between reasons of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    /// A name or a number, which is the same in every language.
    Same,
    /// Another reason.
    Reason,
    /// What is left out in Chinese.
    LeftOut,
}

/// How a hole is written, and how it is read.
const HOLES: [(&str, Hole); 3] = [("{}", Hole::Same), ("{=}", Hole::Reason), ("{*}", Hole::LeftOut)];

static REASONS: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    let table: BTreeMap<String, String> =
        built!("src/message/reasons").read().expect("the table is sound: a test reads it");
    let mut reasons: Vec<Reason> = table.into_iter().map(|(english, chinese)| Reason::new(&english, chinese)).collect();
    // What says more goes before what says less.
    reasons.sort_by_key(|reason| (reason.leaves_out(), Reverse(reason.literal())));
    reasons
});

/// The Chinese for an English reason; none where it is one of those that nobody has met yet.
pub(super) fn chinese(english: &str) -> Option<String> {
    REASONS.iter().find_map(|reason| reason.say(english))
}

impl Reason {
    fn new(english: &str, chinese: String) -> Self {
        let (mut text, mut hole) = (english, None);
        let (mut first, mut rest) = (String::new(), Vec::new());
        loop {
            let next = next_hole(text);
            let own = next.map_or(text, |(at, ..)| &text[..at]).to_owned();
            match hole {
                None => first = own,
                Some(hole) => rest.push((hole, own)),
            }
            let Some((at, mark, found)) = next else { return Self { first, rest, chinese } };
            (text, hole) = (&text[at + mark.len()..], Some(found));
        }
    }

    fn leaves_out(&self) -> bool {
        self.rest.iter().any(|(hole, _)| *hole == Hole::LeftOut)
    }

    /// How much of the English text is in every reason of the kind.
    fn literal(&self) -> usize {
        self.first.len() + self.rest.iter().map(|(_, text)| text.len()).sum::<usize>()
    }

    fn say(&self, english: &str) -> Option<String> {
        let mut left = english.strip_prefix(self.first.as_str())?;
        let mut said = self.chinese.clone();
        let mut number = 0;
        for (place, (hole, behind)) in self.rest.iter().enumerate() {
            let is_last = place + 1 == self.rest.len();
            let end = if is_last { left.len().checked_sub(behind.len())? } else { left.find(behind.as_str())? };
            let own = left.get(..end)?;
            left = left.get(end..)?.strip_prefix(behind.as_str())?;
            let own = match hole {
                Hole::LeftOut => continue,
                Hole::Same => own.to_owned(),
                Hole::Reason => chinese(own)?,
            };
            number += 1;
            said = said.replace(&format!("{{{number}}}"), &own);
        }
        left.is_empty().then_some(said)
    }
}

fn next_hole(text: &str) -> Option<(usize, &'static str, Hole)> {
    HOLES.into_iter().filter_map(|(mark, hole)| Some((text.find(mark)?, mark, hole))).min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reason_names_is_in_both_languages() {
        for reason in REASONS.iter() {
            let shown = reason.rest.iter().filter(|(hole, _)| *hole != Hole::LeftOut).count();
            for number in 1..=shown {
                assert!(reason.chinese.contains(&format!("{{{number}}}")), "{reason:?} leaves {number} out");
            }
            assert_eq!(
                reason.chinese.matches('{').count(),
                shown + reason.chinese.matches("以 {").count(),
                "{reason:?}"
            );
        }
    }

    #[test]
    fn reasons_are_said_in_chinese() {
        let said = [
            ("no part named xl/workbook.xml", "缺少组成部分 xl/workbook.xml"),
            ("invalid Zip archive: Could not find EOCD", "没有压缩包的目录，文件可能不完整"),
            ("invalid Zip archive: something else", "压缩结构有误"),
            ("ill-formed document: expected `</a>`, but `</b>` was found", "XML 标签不配对"),
            ("invalid type: integer `3`, expected a sequence", "此处为整数 3，应为列表"),
            ("missing field `schema` at line 1 column 2", "缺少 schema（第 1 行第 2 个字符）"),
            (
                "unknown variant `what`, expected one of `report`, `archive`",
                "“what”不是可用的值，应为 `report`, `archive` 之一",
            ),
            ("string values must be quoted, expected literal string", "文字应加引号"),
            ("incomplete deflate stream", "压缩数据有误，或不完整"),
            ("Too many levels of symbolic links (os error 40)", "链接循环"),
            ("I/O error: No space left on device (os error 28)", "磁盘已满"),
        ];
        for (english, expected) in said {
            assert_eq!(chinese(english).as_deref(), Some(expected), "{english}");
        }
        assert_eq!(chinese("a reason that nobody has met"), None);
    }
}
