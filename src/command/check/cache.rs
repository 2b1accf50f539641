//! The cache: the view of a file, kept for the next run. An unchanged file is read and hashed again, but not checked
//! again.
//!
//! The key is the path as shown and everything that a run is asked for ([`context`]); the entry is sealed with a hash
//! of the bytes of the file. Dates and sizes are not trusted, so the cache gives what a check would give. Paths come in
//! order, so a run reads the cache from beginning to end.

mod context;
mod keeper;

use std::any::Any;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use redb::{
    Database, DatabaseError, ReadOnlyTable, ReadableDatabase, ReadableTable, StorageError, TableDefinition, TableHandle,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::message::{Argument, Message};
use crate::panics::caught;
pub(in crate::command) use context::Context;
use keeper::{KEPT, Keeper, Order};

/// What the cache says of itself.
const ABOUT: TableDefinition<&str, u64> = TableDefinition::new("gouji-about");
/// Runs so far.
const RUNS: &str = "runs";
/// The program that wrote it; what another one said counts for nothing.
const PROGRAM: &str = "program";

/// Bytes of the cache that are held in memory.
const MEMORY: usize = 32 << 20;
/// What waits to be written; who works waits for it when it is more.
const WAITING: usize = 1024;
const SEAL: usize = 16;
/// The number of a run and the seal.
const HEAD: usize = 4 + SEAL;

/// The cache of a run.
pub(in crate::command) struct Cache {
    shelf: Arc<Shelf>,
    keeper: JoinHandle<thread::Result<Result<(), redb::Error>>>,
}

/// What is asked of the cache, and kept in it.
pub(in crate::command) struct Shelf {
    context: Context,
    run: u32,
    /// As it was when the run began; none where nothing was kept before.
    table: Option<ReadOnlyTable<&'static [u8], &'static [u8]>>,
    orders: SyncSender<Order>,
    is_damaged: AtomicBool,
}

/// A file as the cache knows it.
pub(in crate::command) struct Asked {
    key: Vec<u8>,
    content: blake3::Hash,
}

/// Why a run goes on without its cache.
pub(in crate::command) type Trouble = Message;

impl Cache {
    /// Opens the cache, or begins one.
    ///
    /// # Errors
    /// When the file is no cache, damaged, used by another run, or cannot be written.
    pub fn open(path: &Path, context: Context) -> Result<Self, Trouble> {
        let opened = caught(|| open(path, &context));
        let (database, run, table) = opened.unwrap_or_else(|panic| Err(panicked(&*panic)))?;
        let (orders, waiting) = sync_channel(WAITING);
        let keeper = Keeper { database, waiting, run };
        let keeper = thread::spawn(move || caught(|| keeper.keep()));
        let shelf = Shelf { context, run, table, orders, is_damaged: AtomicBool::new(false) };
        Ok(Self { shelf: Arc::new(shelf), keeper })
    }

    /// What the workers ask.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf)
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// When something could not be kept, or what was kept could not be read.
    pub fn close(self) -> Result<(), Trouble> {
        // The keeper has gone away where it failed.
        drop(self.shelf.orders.send(Order::Close));
        match self.keeper.join().and_then(|kept| kept) {
            Ok(Ok(())) if self.shelf.is_damaged.load(Ordering::Relaxed) => Err(Message::new("cache.damaged")),
            Ok(kept) => kept.map_err(|error| other(&error)),
            Err(panic) => Err(panicked(&*panic)),
        }
    }
}

type Opened = (Database, u32, Option<ReadOnlyTable<&'static [u8], &'static [u8]>>);

fn open(path: &Path, context: &Context) -> Result<Opened, Trouble> {
    let database = Database::builder().set_cache_size(MEMORY).create(path).map_err(|error| match error {
        DatabaseError::DatabaseAlreadyOpen => Message::new("cache.in-use"),
        DatabaseError::UpgradeRequired(_) => Message::new("cache.other-version"),
        DatabaseError::Storage(StorageError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
            Message::new("cache.other-file")
        }
        error => other(&error.into()),
    })?;
    let run = begin(&database, context)??;
    let table = (|| Ok(database.begin_read()?.open_table(KEPT)?))();
    Ok((database, run, table.map_err(|error: redb::Error| other(&error)).ok()))
}

/// Notes that a run has begun, and gives its number.
fn begin(database: &Database, context: &Context) -> Result<Result<u32, Trouble>, Trouble> {
    let begun = || -> Result<Result<u32, Trouble>, redb::Error> {
        let change = database.begin_write()?;
        let tables: Vec<String> = change.list_tables()?.map(|table| table.name().to_owned()).collect();
        if !tables.is_empty() && !tables.iter().any(|name| name == ABOUT.name()) {
            return Ok(Err(Message::new("cache.other-file")));
        }
        let run = {
            let mut about = change.open_table(ABOUT)?;
            let program = about.insert(PROGRAM, context.program())?.map(|old| old.value());
            if program != Some(context.program()) {
                change.delete_table(KEPT)?;
            }
            let run = about.get(RUNS)?.map_or(0, |runs| runs.value()) + 1;
            about.insert(RUNS, run)?;
            run
        };
        // So that there is something to be asked.
        change.open_table(KEPT)?;
        change.commit()?;
        Ok(Ok(u32::try_from(run).unwrap_or(u32::MAX)))
    };
    begun().map_err(|error| other(&error))
}

impl Shelf {
    /// A file, as it is shown and with its bytes. Which overrides hold for its path depends on the folder it is shown from.
    pub fn asked(&self, path: &str, bytes: &[u8], overrides: &[usize]) -> Asked {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        for number in overrides {
            hasher.update(&(*number as u64).to_le_bytes());
        }
        Asked { key: self.context.key(path), content: hasher.finalize() }
    }

    /// What was said of it, if that is known.
    pub fn get<T: DeserializeOwned>(&self, asked: &Asked) -> Option<T> {
        let table = self.table.as_ref().filter(|_| !self.is_damaged.load(Ordering::Relaxed))?;
        let found = caught(|| table.get(asked.key.as_slice()));
        let Ok(Ok(found)) = found else {
            self.is_damaged.store(true, Ordering::Relaxed);
            return None;
        };
        let found = found?;
        let (head, stored) = found.value().split_at_checked(HEAD)?;
        let (run, sealed) = head.split_first_chunk()?;
        if sealed != seal(asked, stored) {
            return None;
        }
        let outcome = postcard::from_bytes(stored).ok()?;
        if keeper::is_due(u32::from_le_bytes(*run), self.run) {
            self.keep(asked, stored);
        }
        Some(outcome)
    }

    /// Keeps what was said of it.
    pub fn put<T: Serialize>(&self, asked: &Asked, stored: &T) {
        // What cannot be written down is not kept.
        if let Ok(stored) = postcard::to_stdvec(stored) {
            self.keep(asked, &stored);
        }
    }

    fn keep(&self, asked: &Asked, stored: &[u8]) {
        let value = [&self.run.to_le_bytes(), &seal(asked, stored)[..], stored].concat();
        // The keeper has gone away where it failed.
        drop(self.orders.send(Order::Keep(asked.key.clone(), value)));
    }
}

/// Ties what was said to the bytes it was said of, and shows whether either has changed since.
fn seal(asked: &Asked, stored: &[u8]) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&asked.key).update(asked.content.as_bytes()).update(stored);
    let mut seal = [0; SEAL];
    hasher.finalize_xof().fill(&mut seal);
    seal
}

fn other(error: &redb::Error) -> Trouble {
    Message::new("cache.failed").with("detail", Argument::Reason(error.to_string()))
}

fn panicked(_: &(dyn Any + Send)) -> Trouble {
    Message::new("cache.damaged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Language;

    /// One run, in which these files are asked for.
    fn run(path: &Path, files: &[&str]) -> Vec<Option<String>> {
        let cache = Cache::open(path, Context::new("", Language::Chinese, &[], &[])).expect("a cache");
        let shelf = cache.shelf();
        let stored = files.iter().map(|file| {
            let asked = shelf.asked(file, file.as_bytes(), &[]);
            let stored = shelf.get(&asked);
            if stored.is_none() {
                shelf.put(&asked, &format!("of {file}"));
            }
            stored
        });
        let stored = stored.collect();
        cache.close().expect("all is written");
        stored
    }

    #[test]
    fn what_no_run_uses_is_dropped_and_what_is_used_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache");
        assert_eq!(run(&path, &["a", "b"]), [None, None]);
        for number in 2..=60 {
            assert_eq!(run(&path, &["a"]), [Some("of a".to_owned())], "run {number}");
        }
        assert_eq!(run(&path, &["a", "b"]), [Some("of a".to_owned()), None]);
    }

    #[test]
    fn other_bytes_are_another_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache");
        run(&path, &["a"]);
        let cache = Cache::open(&path, Context::new("", Language::Chinese, &[], &[])).expect("a cache");
        let asked = cache.shelf().asked("a", b"other", &[]);
        assert_eq!(cache.shelf().get::<String>(&asked), None);
        cache.close().expect("nothing is to be written");
    }
}
