//! Which words a pattern is made of, as far as that is seen where it is only read: that takes a tenth of what compiling it
//! takes, and often says enough.

use memchr::memmem::Finder;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassSet, ClassSetItem, GroupKind, Repetition, RepetitionKind, RepetitionRange, parse::Parser,
};

/// What is known of the texts that a pattern matches.
#[derive(Debug, Default)]
pub struct Words {
    /// One of these is part of each of them; empty where that is not known.
    needed: Vec<Finder<'static>>,
    /// All of them, where these are few.
    all: Option<All>,
}

/// The texts that a pattern matches, and where in a text they must be.
#[derive(Debug)]
struct All {
    texts: Vec<Finder<'static>>,
    at_start: bool,
    at_end: bool,
}

impl Words {
    /// Those of a pattern.
    pub fn of(pattern: &str) -> Self {
        let Ok(syntax) = Parser::new().parse(pattern) else { return Self::default() };
        let finder = |word: String| Finder::new(word.as_bytes()).into_owned();
        let needed = needed(&syntax).unwrap_or_default();
        Self { needed: needed.into_iter().map(finder).collect(), all: All::of(&syntax) }
    }

    /// Whether the pattern is found in `text`; none where the words do not say.
    pub fn decide(&self, text: &str) -> Option<bool> {
        match &self.all {
            Some(all) => Some(all.are_in(text.as_bytes())),
            None => (!self.may_be_in(text)).then_some(false),
        }
    }

    /// False where the pattern is surely not found in `text`. Most text lacks the words that it needs, and looking for words is
    /// much cheaper than for a pattern.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.needed.is_empty() || self.needed.iter().any(|word| word.find(text.as_bytes()).is_some())
    }
}

impl All {
    fn of(syntax: &Ast) -> Option<Self> {
        let is = |part: &Ast, kind| matches!(part, Ast::Assertion(own) if own.kind == kind);
        let mut parts: &[Ast] =
            if let Ast::Concat(whole) = syntax { &whole.asts } else { std::slice::from_ref(syntax) };
        let at_start = parts.first().is_some_and(|part| is(part, AssertionKind::StartLine));
        parts = &parts[usize::from(at_start)..];
        let at_end = parts.last().is_some_and(|part| is(part, AssertionKind::EndLine));
        parts = &parts[..parts.len() - usize::from(at_end)];
        let texts = in_a_row(parts)?.iter().map(|text| Finder::new(text.as_bytes()).into_owned()).collect();
        Some(Self { texts, at_start, at_end })
    }

    fn are_in(&self, text: &[u8]) -> bool {
        self.texts.iter().any(|own| match (self.at_start, self.at_end) {
            (true, true) => text == own.needle(),
            (true, false) => text.starts_with(own.needle()),
            (false, true) => text.ends_with(own.needle()),
            (false, false) => own.find(text).is_some(),
        })
    }
}

/// More texts are left to the pattern.
const MOST: usize = 32;

/// All texts that a part matches, where these are few and neither flags nor places decide.
fn texts(part: &Ast) -> Option<Vec<String>> {
    let texts = match part {
        Ast::Empty(_) => vec![String::new()],
        Ast::Literal(literal) => vec![literal.c.to_string()],
        Ast::ClassBracketed(class) if !class.negated => characters(&class.kind)?,
        Ast::Group(group) if has_no_flags(&group.kind) => texts(&group.ast)?,
        Ast::Repetition(repetition) if repetition.op.kind == RepetitionKind::ZeroOrOne => {
            let mut texts = texts(&repetition.ast)?;
            texts.push(String::new());
            texts
        }
        Ast::Alternation(choice) => choice.asts.iter().map(texts).collect::<Option<Vec<_>>>()?.concat(),
        Ast::Concat(row) => in_a_row(&row.asts)?,
        _ => return None,
    };
    (texts.len() <= MOST).then_some(texts)
}

fn in_a_row(parts: &[Ast]) -> Option<Vec<String>> {
    parts.iter().try_fold(vec![String::new()], |before, part| {
        let behind = texts(part)?;
        let joined = before.iter().flat_map(|start| behind.iter().map(move |end| format!("{start}{end}")));
        (before.len() * behind.len() <= MOST).then(|| joined.collect())
    })
}

fn characters(class: &ClassSet) -> Option<Vec<String>> {
    let character = |item: &ClassSetItem| match item {
        ClassSetItem::Literal(literal) => Some(literal.c.to_string()),
        _ => None,
    };
    match class {
        ClassSet::Item(ClassSetItem::Union(union)) => union.items.iter().map(character).collect(),
        ClassSet::Item(item) => character(item).map(|only| vec![only]),
        ClassSet::BinaryOp(_) => None,
    }
}

/// Words of which one is in everything a pattern matches: the longest that is in all of it, or a few; none where they are no more
/// than a character.
fn needed(pattern: &Ast) -> Option<Vec<String>> {
    longest(pattern).filter(|word| is_word(word)).map(|word| vec![word]).or_else(|| one_of(pattern))
}

fn is_word(text: &str) -> bool {
    const CHINESE: usize = 3;
    text.len() > CHINESE
}

/// The fewest words of which one is in everything that a part matches.
fn one_of(part: &Ast) -> Option<Vec<String>> {
    match part {
        Ast::Group(group) if has_no_flags(&group.kind) => one_of(&group.ast),
        Ast::Repetition(repetition) if is_there(repetition) => one_of(&repetition.ast),
        Ast::Alternation(choice) => {
            let mut words = choice.asts.iter().map(needed).collect::<Option<Vec<_>>>()?.concat();
            words.sort_unstable();
            words.dedup();
            (words.len() <= MOST).then_some(words)
        }
        Ast::Concat(row) if !row.asts.iter().any(|part| matches!(part, Ast::Flags(_))) => {
            let runs = row.asts.chunk_by(|one, next| texts(one).is_some() && texts(next).is_some());
            let words = runs.filter_map(|run| in_a_row(run).or_else(|| run.first().and_then(one_of)));
            words.filter(|words| words.iter().all(|word| is_word(word))).min_by_key(Vec::len)
        }
        _ => None,
    }
}

fn longest(part: &Ast) -> Option<String> {
    match part {
        Ast::Literal(literal) => Some(literal.c.to_string()),
        Ast::Group(group) if has_no_flags(&group.kind) => longest(&group.ast),
        Ast::Repetition(repetition) if is_there(repetition) => longest(&repetition.ast),
        Ast::Concat(row) if !row.asts.iter().any(|part| matches!(part, Ast::Flags(_))) => {
            let is_literal = |part: &Ast| matches!(part, Ast::Literal(_));
            let runs = row.asts.chunk_by(|one, next| is_literal(one) && is_literal(next));
            let words = runs.filter_map(|run| run.iter().map(longest).collect::<Option<String>>());
            words.max_by_key(String::len)
        }
        _ => None,
    }
}

/// Whether something that is repeated is there at least once.
fn is_there(repetition: &Repetition) -> bool {
    use RepetitionRange::{AtLeast, Bounded, Exactly};
    match repetition.op.kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => false,
        RepetitionKind::OneOrMore => true,
        RepetitionKind::Range(Exactly(least) | AtLeast(least) | Bounded(least, _)) => least > 0,
    }
}

fn has_no_flags(group: &GroupKind) -> bool {
    !matches!(group, GroupKind::NonCapturing(flags) if !flags.items.is_empty())
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn a_pattern_needs_the_words_that_stand_in_all_it_matches() {
        for (pattern, words) in [
            (r"20\d\d年1月1日(?:起)?", vec!["年1月1日"]),
            ("(?<list>其中)+[^。]*", vec!["其中"]),
            ("收到(?:申请)?|受理", vec!["受理", "收到"]),
            ("(?:信息|公告|视频)(?:共|累计)*条[，。]", vec!["条，", "条。"]),
            ("[^共](?:信息|公告)+", vec!["信息", "公告"]),
            ("信息+条[，。]|公告.*份[。，]", vec!["公告", "条。", "条，"]),
            ("收到[^。]*|.*", vec![]),
            ("(?:统计期限){0,3}为", vec![]),
            ("(?:统计期限){1,3}为", vec!["统计期限"]),
            ("统计期?", vec!["统计"]),
            ("统计?", vec![]),
            ("[一-龥][条份]", vec![]),
            ("(?i)shouli", vec![]),
            ("(?i:shouli)为", vec![]),
            ("(?i)shouli|受理", vec![]),
        ] {
            let syntax = Parser::new().parse(pattern).expect("a pattern");
            assert_eq!(needed(&syntax).unwrap_or_default(), words, "{pattern}");
        }
    }

    #[test]
    fn few_texts_are_looked_for_as_such() {
        let texts =
            ["", "公开", "主动公开", "公开政府信息", "我局", "我局的", "市人民政府", "人民政府办公室", "A", "a", "公"];
        for (pattern, is_decided) in [
            ("主动公开|公开(?:政府)?信息|发布", true),
            ("(?:人民政府|管委会)$", true),
            ("^[我本](?:局|委)?$", true),
            ("^公开", true),
            ("", true),
            ("^公开|局$", false),
            ("(?i)a", false),
            ("(?i:a)", false),
            ("[^公]", false),
            ("[a-z]", false),
            ("公.", false),
            ("公+", false),
            ("[一二三四五六七八九十][一二三四五六七八九十]", false),
        ] {
            let (words, regex) = (Words::of(pattern), Regex::new(pattern).expect("a pattern"));
            assert_eq!(words.all.is_some(), is_decided, "{pattern}");
            for text in texts {
                let said = words.decide(text);
                assert!(said.is_none_or(|said| said == regex.is_match(text)), "{pattern} in {text}: {said:?}");
            }
        }
    }
}
