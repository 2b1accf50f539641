//! How often the wrong figures are named, and what that costs, class by class:
//!
//! `cargo bench --bench accuracy [-- TABLES]`
//!
//! The tables are made, the truth is known. "Named" is the likeliest explanation, figure for figure with its value; for
//! late changes, that the reading with the right totals is among the explanations.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gouji::check::{check, numbers};
use gouji::decode::{Decoded, Explanation, decode};
use gouji::facts::Value;
use rust_decimal::Decimal;
use support::mistakes::{Mistake, Spoilt};
use support::{Rng, figures, pack, with_facts};

fn main() {
    let tables: u64 = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(2000);
    println!("{tables} tables a line; full: another number in each cell; sparse: mostly 0, as small offices have it");
    println!("{:<34} {:>7} {:>7} {:>7}   {:>9} {:>9} {:>9}", "", "top", "top 3", "wanted", "median", "p95", "max");
    for (name, fill) in
        [("full", figures::keeping_every_rule as fn(&mut Rng) -> Vec<String>), ("sparse", figures::mostly_zero)]
    {
        let only = std::env::var("CLASS").ok();
        for mistake in Mistake::ALL.into_iter().filter(|m| only.as_deref().is_none_or(|only| m.name() == only)) {
            let result = run(tables, fill, mistake);
            println!(
                "{:<34} {:>6.2}% {:>6.2}% {:>7}   {:>9} {:>9} {:>9}",
                format!("{name}: {}", mistake.name()),
                result.share(result.top),
                result.share(result.top_three),
                mistake.wanted(),
                micros(result.at(0.5)),
                micros(result.at(0.95)),
                micros(result.at(1.0)),
            );
        }
    }
}

#[derive(Default)]
struct Outcome {
    top: usize,
    top_three: usize,
    times: Vec<Duration>,
}

impl Outcome {
    fn share(&self, count: usize) -> f64 {
        count as f64 * 100.0 / self.times.len() as f64
    }

    fn at(&self, share: f64) -> Duration {
        self.times[((self.times.len() - 1) as f64 * share) as usize]
    }
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

fn run(tables: u64, fill: fn(&mut Rng) -> Vec<String>, mistake: Mistake) -> Outcome {
    let mut outcome = Outcome::default();
    with_facts(|facts| {
        for seed in 0..tables {
            let mut rng = Rng::new(seed);
            let right = fill(&mut rng);
            let Some(Spoilt { figures, truth }) = mistake.make(&right, &mut rng) else { continue };
            for (fact, text) in facts.figures.iter_mut().zip(&figures) {
                if fact.value != Value::Absent {
                    fact.value = Value::Number(text.parse().expect("a number"));
                }
            }
            let numbers = numbers(pack(), facts);
            let evaluated = check(pack(), facts).sums;
            let start = Instant::now();
            let decoded = decode(pack(), facts, &numbers, &evaluated);
            outcome.times.push(start.elapsed());
            let ranks = ranks(&decoded, &truth, mistake);
            outcome.top += usize::from(ranks == Some(0));
            outcome.top_three += usize::from(ranks.is_some_and(|rank| rank < 3));
            if std::env::var_os("MISSED").is_some() && ranks != Some(0) {
                println!(
                    "seed {seed}: {:?}\n   truth {:?}",
                    decoded
                        .causes
                        .iter()
                        .map(|c| c
                            .explanations
                            .iter()
                            .take(3)
                            .map(|e| (
                                e.fixes()
                                    .map(|f| (
                                        &pack().figures[f.figure].id,
                                        f.found.to_string(),
                                        f.expected.to_string()
                                    ))
                                    .collect::<Vec<_>>(),
                                e.events.iter().map(|e| e.reason).collect::<Vec<_>>()
                            ))
                            .collect::<Vec<_>>())
                        .collect::<Vec<_>>(),
                    truth
                        .iter()
                        .map(|(f, v)| (&pack().figures[*f].id, &figures[*f], v.to_string()))
                        .collect::<Vec<_>>()
                );
            }
        }
    });
    outcome.times.sort_unstable();
    outcome
}

/// At which place the truth stands among the explanations.
fn ranks(decoded: &Decoded, truth: &BTreeMap<usize, Decimal>, mistake: Mistake) -> Option<usize> {
    let changes = |explanation: &Explanation| -> BTreeMap<usize, Decimal> {
        explanation.fixes().map(|fix| (fix.figure, fix.expected)).collect()
    };
    if mistake == Mistake::LateChange {
        let is_in = |explanation: &Explanation| {
            let own = changes(explanation);
            truth.iter().all(|(figure, value)| own.get(figure) == Some(value))
        };
        return decoded.causes.iter().flat_map(|cause| &cause.explanations).any(is_in).then_some(0);
    }
    let best: BTreeMap<usize, Decimal> =
        decoded.causes.iter().filter_map(|cause| cause.explanations.first()).flat_map(changes).collect();
    if best == *truth {
        return Some(0);
    }
    let [only] = decoded.causes.as_slice() else { return None };
    only.explanations.iter().position(|explanation| changes(explanation) == *truth)
}
