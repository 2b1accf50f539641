//! The text of reports: sentences drawn from `prose.toml`, and last year's gone over.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

use serde::Deserialize;

use super::super::Rng;
use super::numbers::{Figures, RECEIVED, TOTAL};

const TAKEN: &str = "strings take all";

#[derive(Debug, Deserialize)]
struct Pool {
    words: BTreeMap<String, Vec<String>>,
    stock: Vec<String>,
    openings: Vec<String>,
    results: Vec<String>,
    aspect: Vec<Aspect>,
    problems: Problems,
    fees: Fees,
}

#[derive(Debug, Deserialize)]
struct Aspect {
    heads: Vec<String>,
    first: Vec<String>,
    measures: Vec<String>,
    results: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Problems {
    first: Vec<String>,
    measures: Vec<String>,
    second: Vec<String>,
    remedies: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Fees {
    first: Vec<String>,
    measures: Vec<String>,
}

fn pool() -> &'static Pool {
    static POOL: OnceLock<Pool> = OnceLock::new();
    POOL.get_or_init(|| toml::from_str(include_str!("prose.toml")).expect("the pool of sentences"))
}

/// A report's text before names, year and numbers are filled in: its paragraphs, each of sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    overview: Vec<Vec<String>>,
    problems: Vec<Vec<String>>,
    fees: Vec<Vec<String>>,
}

/// Whose report a text is printed in.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub organization: &'a str,
    pub place: &'a str,
    pub year: u16,
    pub figures: &'a Figures,
}

impl Prose {
    /// A text of its own.
    pub fn new(work: &[&str; 4], rng: &mut Rng) -> Self {
        let pool = pool();
        let first = rng.below(pool.stock.len());
        let opening = format!("{{year}}年，{}", pool.stock[first]);
        let mut overview = vec![vec![opening, sentence(&pool.aspect[4], work, rng)]];
        if rng.below(2) == 0 {
            overview[0].push(pool.stock[(first + 1 + rng.below(pool.stock.len() - 1)) % pool.stock.len()].clone());
        }
        for (index, aspect) in pool.aspect.iter().enumerate() {
            let number = ["一", "二", "三", "四", "五"][index];
            let head = format!("（{number}）{}。", one(&aspect.heads, rng));
            let mut paragraph = vec![head, drawn(one(&aspect.first, rng), work, rng)];
            for _ in 0..5 + rng.below(5) {
                paragraph.push(sentence(aspect, work, rng));
            }
            overview.push(paragraph);
        }
        let own = &pool.problems;
        let listed = |lead: &str, items: &[String], rng: &mut Rng| {
            let mut paragraph = vec![lead.to_owned()];
            for (at, number) in ["一是", "二是", "三是", "四是"].into_iter().take(2 + rng.below(3)).enumerate()
            {
                let item = drawn(&items[(rng.below(items.len() / 4) + at * items.len() / 4) % items.len()], work, rng);
                paragraph.push(format!("{number}{item}。"));
            }
            paragraph
        };
        let problems =
            vec![listed(one(&own.first, rng), &own.measures, rng), listed(one(&own.second, rng), &own.remedies, rng)];
        let mut fees = vec![vec![one(&pool.fees.first, rng).to_owned()]];
        for _ in 0..rng.below(3) {
            fees.push(vec![format!("{}。", drawn(one(&pool.fees.measures, rng), work, rng))]);
        }
        Self { overview, problems, fees }
    }

    /// This text with so many of ten sentences as they stand in another one.
    pub fn mixed(mut self, other: &Self, tenths: usize, rng: &mut Rng) -> Self {
        let parts = [(&mut self.overview, &other.overview), (&mut self.problems, &other.problems)];
        let paragraphs = parts.into_iter().flat_map(|(own, other)| own.iter_mut().zip(other));
        for (sentence, other) in paragraphs.flat_map(|(own, other)| own.iter_mut().zip(other)) {
            if rng.below(10) < tenths {
                sentence.clone_from(other);
            }
        }
        self
    }

    /// The texts of the six sections.
    pub fn texts(&self, author: Author<'_>, rng: &mut Rng) -> [String; 6] {
        let [overview, problems, fees] = [&self.overview, &self.problems, &self.fees].map(|paragraphs| {
            let mut text = String::with_capacity(8 << 10);
            for (index, sentences) in paragraphs.iter().enumerate() {
                text.push_str(if index > 0 { "\n\n" } else { "" });
                sentences.iter().for_each(|sentence| fill(&mut text, sentence, author, rng));
            }
            text
        });
        [overview, String::new(), String::new(), String::new(), problems, fees]
    }
}

/// An opening, a measure or two, a result.
fn sentence(aspect: &Aspect, work: &[&str; 4], rng: &mut Rng) -> String {
    let pool = pool();
    let mut text = String::with_capacity(256);
    draw(&mut text, one(&pool.openings, rng), work, rng);
    let first = rng.below(aspect.measures.len());
    let second =
        (rng.below(3) == 0).then(|| (first + 1 + rng.below(aspect.measures.len() - 1)) % aspect.measures.len());
    for measure in [Some(first), second].into_iter().flatten() {
        text.push('，');
        draw(&mut text, &aspect.measures[measure], work, rng);
    }
    let results = if rng.below(2) == 0 { &aspect.results } else { &pool.results };
    text.push('，');
    draw(&mut text, one(results, rng), work, rng);
    text.push('。');
    text
}

fn one<'p>(items: &'p [String], rng: &mut Rng) -> &'p str {
    rng.pick(items).as_str()
}

fn drawn(pattern: &str, work: &[&str; 4], rng: &mut Rng) -> String {
    let mut text = String::new();
    draw(&mut text, pattern, work, rng);
    text
}

/// Writes the pattern with a word for each slot that stands for one; the others stay.
fn draw(text: &mut String, pattern: &str, work: &[&str; 4], rng: &mut Rng) {
    let mut last = usize::MAX;
    replace(text, pattern, |slot, text| {
        if slot == "work" {
            // Never the same twice in a row: 「招商引资和招商引资」.
            let next = rng.below(work.len());
            last = if next == last { (next + 1) % work.len() } else { next };
            text.push_str(work[last]);
            return;
        }
        match pool().words.get(slot) {
            Some(words) => text.push_str(one(words, rng)),
            None => text.extend(["{", slot, "}"]),
        }
    });
}

/// Writes the text as it is printed.
fn fill(text: &mut String, pattern: &str, author: Author<'_>, rng: &mut Rng) {
    replace(text, pattern, |slot, text| match slot {
        "year" => write!(text, "{}", author.year).expect(TAKEN),
        "organ" => text.push_str(author.organization),
        "place" => text.push_str(author.place),
        "self" => text.push_str(own_name(author.organization)),
        "received" => match author.figures.request(RECEIVED, TOTAL) {
            0 => text.push_str("本年度未收到政府信息公开申请。"),
            number => {
                write!(text, "{}新收政府信息公开申请{number}件。", own_name(author.organization)).expect(TAKEN);
            }
        },
        "list" => {
            let parts = [2 + rng.below(90), 2 + rng.below(300), 2 + rng.below(40)];
            let total: usize = parts.iter().sum();
            let [notices, news, readings] = parts;
            write!(text, "公开信息共计{total}条。包括：公告类{notices}条；动态类{news}条；政策解读{readings}条。")
                .expect(TAKEN);
        }
        _ => {
            let (low, high) = slot.strip_prefix("n:").and_then(|range| range.split_once('-')).expect("a known slot");
            let [low, high] = [low, high].map(|bound| bound.parse::<usize>().expect("a bound"));
            write!(text, "{}", low + rng.below(high - low + 1)).expect(TAKEN);
        }
    });
}

fn own_name(organization: &str) -> &'static str {
    let ends = [("局", "我局"), ("委员会", "我委"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡"), ("中心", "本中心")];
    ends.iter().find(|(end, _)| organization.ends_with(end)).map_or("本机关", |(_, own)| own)
}

/// Writes the pattern with what `fill` writes for each of its slots.
fn replace(text: &mut String, pattern: &str, mut fill: impl FnMut(&str, &mut String)) {
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{') {
        let (slot, behind) = from.split_once('}').expect("a slot ends");
        text.push_str(before);
        fill(slot, text);
        rest = behind;
    }
    text.push_str(rest);
}
