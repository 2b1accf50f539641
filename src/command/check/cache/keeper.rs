//! Who writes the cache: one thread, many entries at a time, each time a whole and sound file.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use redb::{Database, Error, TableDefinition};

/// By context and path: the number of the run that last used it, a seal, and what was said.
pub(super) const KEPT: TableDefinition<&[u8], &[u8]> = TableDefinition::new("gouji-kept");

/// Entries that are written at a time at most, and how long the first of them waits for others.
const BATCH: usize = 4096;
const PERIOD: Duration = Duration::from_secs(2);
/// What no run has used for so many runs is dropped.
const LONGEST: u32 = 50;
/// Entries say by which run they were used to within so many runs: to write it each time would cost too much.
const STEP: u32 = 10;

/// What the keeper is asked to do.
pub(super) enum Order {
    /// Key and value.
    Keep(Vec<u8>, Vec<u8>),
    Close,
}

pub(super) struct Keeper {
    pub database: Database,
    pub waiting: Receiver<Order>,
    /// The number of this run.
    pub run: u32,
}

/// Whether an entry that was last used by the run `used` must say that this run has used it too.
pub(super) fn is_due(used: u32, run: u32) -> bool {
    run.saturating_sub(used) >= STEP
}

impl Keeper {
    /// Writes what comes until it is asked to close.
    pub fn keep(self) -> Result<(), Error> {
        while let Ok(Order::Keep(key, value)) = self.waiting.recv() {
            if !self.write(&key, &value)? {
                break;
            }
        }
        if self.run.is_multiple_of(STEP) { self.prune() } else { Ok(()) }
    }

    /// Writes an entry and those that come soon after; false where it was asked to close.
    fn write(&self, key: &[u8], value: &[u8]) -> Result<bool, Error> {
        let mut change = self.database.begin_write()?;
        // A run that is killed must not cost the next one a look through the whole file.
        change.set_quick_repair(true);
        let mut is_open = true;
        {
            let mut table = change.open_table(KEPT)?;
            table.insert(key, value)?;
            let start = Instant::now();
            for _ in 1..BATCH {
                match self.waiting.recv_timeout(PERIOD.saturating_sub(start.elapsed())) {
                    Ok(Order::Keep(key, value)) => drop(table.insert(key.as_slice(), value.as_slice())?),
                    Err(RecvTimeoutError::Timeout) => break,
                    Ok(Order::Close) | Err(RecvTimeoutError::Disconnected) => {
                        is_open = false;
                        break;
                    }
                }
            }
        }
        change.commit()?;
        Ok(is_open)
    }

    /// Drops what has not been used for long: of files that are gone, and of what is not asked for any more.
    fn prune(&self) -> Result<(), Error> {
        let change = self.database.begin_write()?;
        let is_used = |value: &[u8]| {
            let used = value.first_chunk().map_or(0, |run| u32::from_le_bytes(*run));
            self.run.saturating_sub(used) <= LONGEST
        };
        change.open_table(KEPT)?.retain(|_, value| is_used(value))?;
        change.commit()?;
        Ok(())
    }
}
