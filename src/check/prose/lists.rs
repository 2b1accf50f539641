//! A total in the text and the parts listed after it.

use std::ops::Range;
use std::sync::Arc;

use regex::Captures;
use rust_decimal::Decimal;

use super::super::outcomes::{Outcome, Outcomes};
use super::number::number;
use crate::facts::{Facts, Prose};
use crate::finding::{Finding, Label, Subject};
use crate::message::Message;
use crate::pack::{ListPatterns, Rule};

pub(in super::super) fn check(facts: &Facts<'_>, rule: &Arc<Rule>, own: &ListPatterns, outcomes: &mut Outcomes<'_>) {
    for prose in facts.sections.iter().flat_map(|section| &section.text) {
        // Most text holds no such list, and looking is much cheaper than taking apart.
        if !own.pattern.is_match(&prose.text.text) {
            continue;
        }
        for captures in own.pattern.captures_iter(&prose.text.text) {
            check_list(rule, own, prose, &captures, outcomes);
        }
    }
}

fn check_list(
    rule: &Arc<Rule>,
    own: &ListPatterns,
    prose: &Prose<'_>,
    captures: &Captures<'_>,
    outcomes: &mut Outcomes<'_>,
) {
    let text = &prose.text.text;
    let (Some(sentence), Some(total), Some(list)) = (captures.get(0), captures.name("total"), captures.name("list"))
    else {
        return;
    };
    let unit = &captures["unit"];
    let Some(expected) = number(total.as_str()) else { return };
    // Remarks in brackets split a part further and are no parts themselves.
    let (outside, end) = brackets_blanked(list.as_str());
    if own.doubt.is_match(&outside[..end]) {
        outcomes.count(Outcome::NotEvaluated);
        return;
    }
    let items = own.item.captures_iter(&outside).filter(|item| &item["unit"] == unit);
    let mut parts: Vec<(Decimal, Range<usize>)> = items
        .filter_map(|item| {
            let part = item.name("part")?;
            Some((number(part.as_str())?, list.start() + part.start()..list.start() + part.end()))
        })
        .collect();
    // The sentence may go on behind the list: 「……政策解读23条，比上年增加12条」.
    let mut so_far = Decimal::ZERO;
    let fits = parts.iter().enumerate().any(|(index, (part, _))| {
        so_far += part;
        index > 0 && so_far == expected
    });
    let end = list.start() + end;
    parts.retain(|(_, range)| range.end <= end);
    if parts.len() < 2 {
        return;
    }
    let sum: Decimal = parts.iter().map(|(part, _)| part).sum();
    let sentence = sentence.start()..end;
    // "Among them" closes a list only where its parts are set apart as a list.
    let names_some = own.partial.is_match(&text[sentence.clone()]) && !text[list.start()..end].contains('；');
    let is_open = own.open.is_match(&text[sentence.clone()]) || names_some;
    if fits || sum < expected && is_open {
        outcomes.count(Outcome::Holds);
        return;
    }
    let message = Message::new("prose-sum")
        .with("total", expected.to_string())
        .with("unit", unit)
        .with("count", parts.len())
        .with("sum", sum.to_string());
    let quoted: String = text[sentence].chars().take(16).collect();
    let location = Some(prose.locate(total.range()));
    let mut finding = Finding::new(rule, Subject::Text(quoted), location, message);
    finding.found = Some(expected.to_string());
    finding.expected = Some(sum.to_string());
    finding.labels =
        parts.iter().map(|(_, range)| Label::new(prose.locate(range.clone()), Message::new("label.part"))).collect();
    outcomes.broken(finding);
}

/// The text with everything in brackets replaced by as many bytes that match nothing; and where the bracket ends that it is
/// itself in, if it is.
fn brackets_blanked(text: &str) -> (String, usize) {
    let mut depth = 0_usize;
    let mut end = text.len();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => end = end.min(out.len()),
            '）' | ')' => depth -= 1,
            _ if depth == 0 => {
                out.push(c);
                continue;
            }
            _ => {}
        }
        out.extend(std::iter::repeat_n(' ', c.len_utf8()));
    }
    (out, end)
}
