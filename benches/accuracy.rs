//! How often the wrong figures are named, and what that costs, class by class:
//!
//! `cargo bench --bench accuracy [-- TABLES]`
//!
//! The tables are made, the truth is known. "Named" is the likeliest explanation, figure for figure with its value; for
//! late changes, that the reading with the right totals is among the explanations.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use gouji::internal::check::check;
use gouji::internal::evaluate::{Figures, numbers};
use gouji::internal::localize::localize;
use gouji::internal::pack::Levels;
use gouji::internal::prose::read;
use support::mistakes::{Mistake, Spoilt, rank};
use support::{Rng, figures, pack, set, with_facts};

type Fill = fn(&mut Rng) -> Vec<String>;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let tables: u64 = arguments.find_map(|argument| argument.parse().ok()).unwrap_or(2000);
    println!("{tables} tables a line; full: another number in each cell; sparse: mostly 0, as small offices have it");
    println!("{:<34} {:>8} {:>8} {:>11} {:>10} {:>10} {:>10}", "", "top", "top 3", "wanted", "median", "p95", "max");
    for (name, fill) in [("full", figures::keeping_every_rule as Fill), ("sparse", figures::mostly_zero)] {
        for mistake in Mistake::ALL {
            let result = run(tables, fill, mistake);
            let wanted = mistake.wanted().map_or_else(String::new, |(top, three)| format!("{top}/{three}"));
            println!(
                "{:<34} {:>7.2}% {:>7.2}% {:>11} {:>10} {:>10} {:>10}",
                format!("{name}: {}", mistake.name()),
                result.share(result.top),
                result.share(result.top_three),
                wanted,
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

fn run(tables: u64, fill: Fill, mistake: Mistake) -> Outcome {
    let mut outcome = Outcome::default();
    with_facts(|facts| {
        for seed in 0..tables {
            let mut rng = Rng::new(seed);
            let right = fill(&mut rng);
            let Some(Spoilt { figures, truth }) = mistake.make(&right, &mut rng) else { continue };
            set(facts, &figures);
            let numbers = numbers(pack(), facts);
            let levels = Levels::default();
            let evaluated = check(pack(), facts, &levels).sums;
            let figures = Figures { pack: pack(), facts, levels: &levels, numbers: &numbers, others: None };
            let start = Instant::now();
            let localized = localize(figures, &evaluated, &read(pack(), facts));
            outcome.times.push(start.elapsed());
            let rank = rank(&localized, &truth, mistake);
            outcome.top += usize::from(rank == Some(0));
            outcome.top_three += usize::from(rank.is_some_and(|rank| rank < 3));
        }
    });
    outcome.times.sort_unstable();
    outcome
}
