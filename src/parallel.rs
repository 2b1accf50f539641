//! Work spread over threads, its results in the order of the input, whatever the number of threads; memory bounded by
//! what is under way.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Items are handed over so many at a time, so that waking threads costs little against the work.
const BATCH: usize = 16;
/// More threads than this help nobody, and starting them may fail.
const MOST_JOBS: usize = 256;
/// Batches under way for each thread.
const AHEAD: usize = 4;

/// Calls `work` on every item and `sink` on every result, in order. Ends early when `sink` says so by `false`.
pub fn ordered<T: Send, R: Send>(
    mut items: impl Iterator<Item = T> + Send,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> bool,
) {
    let jobs = jobs.min(MOST_JOBS);
    if jobs <= 1 {
        for item in items {
            if !sink(work(item)) {
                return;
            }
        }
        return;
    }
    type Job<T, R> = (Vec<T>, SyncSender<Vec<R>>);
    let (to_workers, from_source) = sync_channel::<Job<T, R>>(jobs * AHEAD);
    let (to_sink, results) = sync_channel::<Receiver<Vec<R>>>(jobs * AHEAD);
    let queue = Mutex::new(from_source);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().map(|queue| queue.recv());
                    let Ok(Ok((batch, reply))) = next else { return };
                    // Nobody waits for it any more: the sink has ended the run.
                    drop(reply.send(batch.into_iter().map(&work).collect()));
                }
            });
        }
        scope.spawn(move || {
            loop {
                let batch: Vec<T> = items.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    return;
                }
                let (reply, result) = sync_channel(1);
                if to_sink.send(result).is_err() || to_workers.send((batch, reply)).is_err() {
                    return;
                }
            }
        });
        while let Ok(result) = results.recv() {
            let Ok(batch) = result.recv() else { continue };
            if !batch.into_iter().all(&mut sink) {
                break;
            }
        }
        drop(results);
    });
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            ordered(
                0..1000,
                jobs,
                |n| n * 2,
                |n| {
                    seen.push(n);
                    true
                },
            );
            assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>(), "{jobs} threads");
        }
    }

    #[test]
    fn the_sink_may_end_it() {
        for jobs in [1, 4] {
            let mut seen = 0;
            ordered(
                0..1_000_000,
                jobs,
                |n| n,
                |_| {
                    seen += 1;
                    seen < 10
                },
            );
            assert_eq!(seen, 10);
        }
    }
}
