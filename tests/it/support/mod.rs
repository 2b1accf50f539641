//! Made reports: a seeded generator with the truth beside it, and writers for the shapes in which reports circulate.
#![allow(dead_code, reason = "benchmarks and examples use parts of it")]

pub mod archive;
pub mod disturbed;
pub mod document;
pub mod elements;
pub mod figures;
pub mod lines;
pub mod made;
pub mod markdown;
pub mod mistakes;
pub mod open_document;
pub mod page;
pub mod parts;
pub mod pdf;
pub mod rewritten;
pub mod seen;
pub mod shape;
pub mod sound;
pub mod text;
pub mod word;
pub mod workbook;

use gouji::internal::blank::Blank;
use gouji::internal::check::check;
use gouji::internal::evaluate::{Figures, numbers};
use gouji::internal::facts::Facts;
use gouji::internal::localize::{Localized, localize};
use gouji::internal::pack::{Levels, Pack};
use gouji::internal::prose::read;

/// A small generator of numbers (splitmix64): the same seed gives the same reports on every machine.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of many generators of a seed, each with numbers of its own.
    pub fn seeded(seed: u64, index: usize) -> Self {
        let mut of_seed = Self(seed);
        Self(of_seed.next() ^ Self(index as u64).next())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// The form of 2021.
pub fn pack() -> &'static Pack {
    &gouji::internal::pack::builtin().1[0]
}

/// What the sums of a report say of its figures.
pub fn localized(pack: &Pack, facts: &Facts<'_>) -> Localized {
    let (levels, numbers) = (Levels::default(), numbers(pack, facts));
    let evaluated = check(pack, facts, &levels).sums;
    let figures = Figures { pack, facts, levels: &levels, numbers: &numbers, others: None };
    localize(figures, &evaluated, &read(pack, facts))
}

/// A report that keeps every rule, with another number in nearly every cell.
pub fn report(seed: u64) -> Blank<'static> {
    let mut rng = Rng::new(seed);
    const PLACES: [&str; 6] = ["望江县", "宝丰县", "洪泽区", "云溪市", "临泉县", "南浔区"];
    const OFFICES: [&str; 6] = ["商务局", "教育体育局", "水利局", "人民政府", "市场监督管理局", "卫生健康委员会"];
    let organization = format!("{}{}", rng.pick(&PLACES), rng.pick(&OFFICES));
    let year = 2021 + rng.below(5) as u16;
    let mut blank = Blank::new(pack(), &organization, year);
    blank.figures = figures::keeping_every_rule(&mut rng);
    let parts = [rng.below(90) + 1, rng.below(90) + 1, rng.below(90) + 1];
    let total: usize = parts.iter().sum();
    blank.texts[0] = format!(
        "{year}年，本机关按照《条例》要求推进政务公开。\n\n（一）主动公开情况。全年公开信息共计 {total} 条。包括：公告类 {} 条；动态类 {} 条；\
         政策解读 {} 条。\n\n（二）依申请公开情况。渠道畅通，均按期办理。\n\n（三）政府信息管理情况。严格审核，动态调整。\n\n\
         （四）平台建设情况。网站专栏运行平稳。\n\n（五）监督保障情况。开展培训和考核。",
        parts[0], parts[1], parts[2]
    );
    blank
}

/// Lends the facts of a report in which every figure stands, for tests that go on from there.
pub fn with_facts<T>(work: impl FnOnce(&mut gouji::internal::facts::Facts<'_>) -> T) -> T {
    let checker = gouji::Checker::default();
    let text = markdown::write(&report(1), markdown::Way::Padded);
    let document = checker.read("r.md", text.as_bytes()).expect("a report");
    let mut bound = checker.bind(&document).expect("within the limits").pop().expect("a report of the form");
    work(&mut bound.facts)
}

/// Gives every figure that stands in the report another number.
pub fn set(facts: &mut gouji::internal::facts::Facts<'_>, figures: &[String]) {
    use gouji::internal::facts::Value;
    for (fact, text) in facts.figures.iter_mut().zip(figures) {
        if fact.value != Value::Absent {
            fact.value = Value::Number(text.parse().expect("a number"));
        }
    }
}
