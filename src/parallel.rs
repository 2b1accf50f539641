//! Work spread over threads, its results in the order of the input, whatever the number of threads; memory bounded by
//! what is under way. Work that does not end in time is given up: its thread is left behind, and the others' work goes on.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::panics::caught;

/// Items are handed over so many at a time, so that waking threads costs little against the work.
const BATCH: usize = 16;
/// More threads than this help nobody, and starting them may fail.
const MOST_JOBS: usize = 256;
/// Batches under way for each thread.
const AHEAD: usize = 4;
/// Who waits for a batch is woken when it has been worked off; what is done of it before is looked for so often.
const GLANCE: Duration = Duration::from_millis(20);
/// As much as the main thread has: what is deep in a file may be deep in a parser.
const STACK: usize = 8 << 20;

/// What is to be done with each item.
pub trait Work: Send + Sync + 'static {
    type Item: Send + 'static;
    type Done: Send + 'static;

    fn work(&self, item: Self::Item) -> Self::Done;

    /// What an item is called, should it be lost.
    fn name(&self, item: &Self::Item) -> String;

    /// The result of an item that came to nothing.
    fn lost(&self, name: &str, why: Lost) -> Self::Done;
}

/// Why an item came to nothing.
#[derive(Debug)]
pub enum Lost {
    /// It took longer than it may.
    Late,
    /// With what was said of it.
    Panicked(Box<dyn Any + Send>),
}

/// Works on every item and calls `sink` on every result, in order. Ends early when `sink` says so by `false`. No item may take
/// longer than `longest`.
pub fn ordered<W: Work>(
    items: impl Iterator<Item = W::Item> + Send + 'static,
    jobs: usize,
    longest: Duration,
    work: W,
    mut sink: impl FnMut(W::Done) -> bool,
) {
    let jobs = jobs.clamp(1, MOST_JOBS);
    let (to_workers, from_source) = sync_channel(jobs * AHEAD);
    let (to_sink, batches) = sync_channel(jobs * AHEAD);
    let crew = Crew { work: Arc::new(work), queue: Arc::new(Mutex::new(from_source)) };
    for _ in 0..jobs {
        crew.start(None);
    }
    thread::spawn(move || deal(items, &to_workers, &to_sink));
    while let Ok(batch) = batches.recv() {
        loop {
            let results = crew.next(&batch, longest);
            if results.is_empty() {
                break;
            }
            if !results.into_iter().all(&mut sink) {
                return;
            }
        }
    }
}

/// Items that one thread works on, one after the other.
struct Batch<W: Work> {
    state: Mutex<State<W>>,
    /// Signalled when there is nothing left to be done.
    worked_off: Condvar,
}

struct State<W: Work> {
    items: VecDeque<W::Item>,
    /// What was made of those before, as far as nobody has taken it.
    results: Vec<W::Done>,
    /// What is being worked on, and since when.
    current: Option<(String, Instant)>,
    /// How many threads were left behind. A thread that finds another number here than it began with is one of them.
    left_behind: usize,
}

/// Hands the items out until there are no more or nobody wants them.
fn deal<W: Work>(
    mut items: impl Iterator<Item = W::Item>,
    to_workers: &SyncSender<Arc<Batch<W>>>,
    to_sink: &SyncSender<Arc<Batch<W>>>,
) {
    loop {
        let items: VecDeque<_> = items.by_ref().take(BATCH).collect();
        if items.is_empty() {
            return;
        }
        let results = Vec::with_capacity(items.len());
        let state = Mutex::new(State { items, results, current: None, left_behind: 0 });
        let batch = Arc::new(Batch { state, worked_off: Condvar::new() });
        if to_sink.send(Arc::clone(&batch)).is_err() || to_workers.send(batch).is_err() {
            return;
        }
    }
}

/// The threads.
struct Crew<W: Work> {
    work: Arc<W>,
    queue: Arc<Mutex<Receiver<Arc<Batch<W>>>>>,
}

impl<W: Work> Crew<W> {
    /// Starts a thread, which ends the batch that another has left, and then takes the next ones.
    fn start(&self, first: Option<Arc<Batch<W>>>) {
        let (work, queue) = (Arc::clone(&self.work), Arc::clone(&self.queue));
        let run = move || {
            let mut batch = first;
            loop {
                let next = batch.take().map_or_else(|| lock(&queue).recv().ok(), Some);
                let Some(next) = next else { return };
                if !next.run(&*work) {
                    return;
                }
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    }

    /// The next results of a batch, with a stand-in for one that does not come; none when there are no more.
    fn next(&self, batch: &Arc<Batch<W>>, longest: Duration) -> Vec<W::Done> {
        loop {
            let state = lock(&batch.state);
            let waited = batch.worked_off.wait_timeout_while(state, GLANCE, |state| !state.is_worked_off());
            let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let mut results = std::mem::take(&mut state.results);
            let late = state.give_up(longest);
            let is_worked_off = state.is_worked_off();
            drop(state);
            if let Some(name) = late {
                self.start(Some(Arc::clone(batch)));
                results.push(self.work.lost(&name, Lost::Late));
            }
            if is_worked_off || !results.is_empty() {
                return results;
            }
        }
    }
}

impl<W: Work> Batch<W> {
    /// Works on what is left of the batch; false where it took so long that the thread was left behind.
    fn run(&self, work: &W) -> bool {
        let mut state = lock(&self.state);
        let left_behind = state.left_behind;
        while let Some(item) = state.items.pop_front() {
            state.current = Some((work.name(&item), Instant::now()));
            drop(state);
            let done = caught(|| work.work(item));
            state = lock(&self.state);
            if state.left_behind != left_behind {
                return false;
            }
            let (name, _) = state.current.take().expect("only who leaves a thread behind takes it");
            state.results.push(done.unwrap_or_else(|panic| work.lost(&name, Lost::Panicked(panic))));
        }
        drop(state);
        self.worked_off.notify_all();
        true
    }
}

impl<W: Work> State<W> {
    /// Nothing is being worked on, and nothing is left to be.
    fn is_worked_off(&self) -> bool {
        self.items.is_empty() && self.current.is_none()
    }

    /// Gives up what has taken longer than `longest`, and says what it was.
    fn give_up(&mut self, longest: Duration) -> Option<String> {
        let (name, _) = self.current.take_if(|(_, since)| since.elapsed() >= longest)?;
        self.left_behind += 1;
        Some(name)
    }
}

/// Nothing is left half done under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doubles numbers; sleeps over some, and panics over others.
    struct Double {
        sleepy: fn(u32) -> bool,
        wild: fn(u32) -> bool,
    }

    impl Work for Double {
        type Item = u32;
        type Done = Result<u32, (String, &'static str)>;

        fn work(&self, item: u32) -> Self::Done {
            if (self.sleepy)(item) {
                thread::sleep(Duration::from_secs(3600));
            }
            assert!(!(self.wild)(item), "wild");
            Ok(item * 2)
        }

        fn name(&self, item: &u32) -> String {
            format!("item {item}")
        }

        fn lost(&self, name: &str, why: Lost) -> Self::Done {
            Err((name.to_owned(), if matches!(why, Lost::Late) { "late" } else { "panicked" }))
        }
    }

    fn never(_: u32) -> bool {
        false
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            let work = Double { sleepy: never, wild: never };
            ordered(0..1000, jobs, Duration::from_secs(60), work, |done| {
                seen.push(done.expect("a number"));
                true
            });
            assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>(), "{jobs} threads");
        }
    }

    #[test]
    fn the_sink_may_end_it() {
        for jobs in [1, 4] {
            let mut seen = 0;
            let work = Double { sleepy: never, wild: never };
            ordered(0..1_000_000, jobs, Duration::from_secs(60), work, |_| {
                seen += 1;
                seen < 10
            });
            assert_eq!(seen, 10);
        }
    }

    /// How `lost` gets the items of which that is true, and all others are done.
    fn assert_lost(work: fn() -> Double, longest: Duration, is_lost: fn(u32) -> bool, lost: &'static str) {
        for jobs in [1, 3] {
            let mut seen = Vec::new();
            ordered(0..40, jobs, longest, work(), |done| {
                seen.push(done);
                true
            });
            let expected = (0..40).map(|n| if is_lost(n) { Err((format!("item {n}"), lost)) } else { Ok(n * 2) });
            assert_eq!(seen, expected.collect::<Vec<_>>(), "{jobs} threads");
        }
    }

    #[test]
    fn what_hangs_is_one_item_and_no_more() {
        let is_lost = |n| n % 20 == 3;
        assert_lost(|| Double { sleepy: |n| n % 20 == 3, wild: never }, Duration::from_secs(1), is_lost, "late");
    }

    #[test]
    fn what_panics_is_one_item_and_no_more() {
        let is_lost = |n| n % 20 == 4;
        assert_lost(|| Double { sleepy: never, wild: |n| n % 20 == 4 }, Duration::from_secs(600), is_lost, "panicked");
    }
}
