//! Zip archives that reports lie in: listed once, each report read where it lies. Nothing is written to disk, so that
//! an absolute name or one with `..` in it is only a name.

use std::collections::HashSet;
use std::fmt::Debug;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use zip::ZipArchive;
use zip::read::{ZipFileEntry, read_zipfile_from_stream_with_options};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipReadOptions};

use crate::encoding::Encoding;
use crate::limits::{Limit, Limits};
use crate::read::Unreadable;
use crate::taken;

/// Bytes of an entry in front of its name.
const LOCAL_HEADER: u64 = 30;
/// Parts in the root of the archives that documents are.
const OF_DOCUMENTS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// An archive: how it is shown, and where its bytes are.
#[derive(Debug)]
pub struct Archive {
    pub name: String,
    pub stored: Box<dyn Stored>,
}

/// Where the bytes of an archive are.
pub trait Stored: Debug + Send + Sync {
    /// Opens it, anew for every report: of a folder of archives, each may be asked again later.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn open(&self) -> io::Result<Box<dyn Bytes>>;
}

/// In memory.
impl Stored for Arc<[u8]> {
    fn open(&self) -> io::Result<Box<dyn Bytes>> {
        Ok(Box::new(Cursor::new(Arc::clone(self))))
    }
}

/// A report in an archive. It can be read by itself; the archive's directory is not kept for it.
#[derive(Debug, Clone)]
pub struct Entry {
    archive: Arc<Archive>,
    name: Arc<str>,
    place: Place,
    is_copy: bool,
}

/// Where a report lies in its archive, as the directory has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where its own header begins.
    pub start: u64,
    pub packed: u64,
    pub size: u64,
    pub crc: u32,
}

/// What an archive holds.
#[derive(Debug)]
pub struct Contents {
    /// The reports, in the order that the same files have in a folder; of one that cannot be read, what it is called and
    /// why.
    pub reports: Vec<Result<Entry, (String, Unreadable)>>,
    /// Whether a name occurs twice. It is unclear which file is meant; the last one is taken.
    pub has_same_names: bool,
}

/// What an archive's bytes are read through.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

impl Archive {
    /// What lies in it; none where it is a document under the name of an archive.
    ///
    /// # Errors
    /// When it cannot be opened, or is broken.
    pub fn contents(self) -> Result<Option<Contents>, Unreadable> {
        let mut bytes = self.open()?;
        if matches!(bytes.seek(SeekFrom::End(0)), Ok(0)) {
            return Err(Unreadable::Empty);
        }
        let zip = ZipArchive::new(bytes).map_err(|error| damaged(&error))?;
        if is_document(&zip) {
            return Ok(None);
        }
        let mut found = Vec::new();
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(|error| damaged(&error))?;
            let name = name(&entry);
            if entry.is_file() && taken::is_wanted(&name) {
                let end = entry.header_start().saturating_add(LOCAL_HEADER + entry.name_raw().len() as u64);
                let end = end.saturating_add(entry.compressed_size());
                let place = place(&entry);
                found.push((Arc::<str>::from(name), place, entry.header_start()..end));
            }
        }
        // A small archive whose entries share their bytes can hold more than any disk.
        found.sort_unstable_by_key(|(_, _, bytes)| bytes.start);
        if found.windows(2).any(|pair| pair[0].2.end > pair[1].2.start) {
            return Err(Unreadable::DamagedArchive { detail: "overlapping entries".to_owned() });
        }
        found.sort_by(|(left, ..), (right, ..)| left.split('/').cmp(right.split('/')));
        let has_same_names = zip.has_duplicate_names();
        drop(zip);
        let archive = Arc::new(self);
        let names: HashSet<Arc<str>> = found.iter().map(|(name, ..)| Arc::clone(name)).collect();
        let is_copy = |name: &str| taken::is_copy(name, |original| names.contains(original));
        let reports = found.into_iter().map(|(name, place, _)| match place {
            Ok(place) => Ok(Entry { archive: Arc::clone(&archive), is_copy: is_copy(&name), name, place }),
            Err(why) => Err((archive.shown(&name), why)),
        });
        Ok(Some(Contents { reports: reports.collect(), has_same_names }))
    }

    fn shown(&self, name: &str) -> String {
        format!("{}/{name}", self.name)
    }

    fn open(&self) -> Result<Box<dyn Bytes>, Unreadable> {
        self.stored.open().map_err(|error| Unreadable::NotOpened { detail: (&error).into() })
    }
}

impl Entry {
    /// Its name behind that of the archive: `归档.zip/2023/商务局.md`.
    pub fn shown(&self) -> String {
        self.archive.shown(&self.name)
    }

    /// Its name in the archive.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies there.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether it is a marked copy of a report beside it.
    pub fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// Whether nothing says that it is a report.
    pub fn is_doubtful(&self) -> bool {
        taken::is_doubtful(&self.name)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// When it is too large, which the directory says, or broken, or an archive itself.
    pub fn read(&self, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
        self.place.read(&self.name, limits, || self.archive.open())
    }
}

impl Place {
    /// How many bytes of the archive are at most asked for from its start on.
    pub fn reach(&self) -> u64 {
        /// A name and what else an entry says of itself have lengths of 16 bits.
        const NAMED: u64 = 2 * u16::MAX as u64;
        self.packed.saturating_add(LOCAL_HEADER + NAMED)
    }

    /// The bytes of the report of this name that lies here.
    ///
    /// # Errors
    /// As [`Entry::read`].
    pub fn read(
        &self,
        name: &str,
        limits: &Limits,
        open: impl FnOnce() -> Result<Box<dyn Bytes>, Unreadable>,
    ) -> Result<Vec<u8>, Unreadable> {
        let Self { start, packed, size, crc } = *self;
        let may_be_archive = taken::is_archive(name);
        for (what, limit) in [(Limit::FileBytes, limits.file_bytes), (Limit::InflatedBytes, limits.inflated_bytes)] {
            if size > limit && may_be_archive {
                return Err(Unreadable::NestedArchive);
            }
            if size > limit {
                return Err(Unreadable::TooLarge { what, limit });
            }
        }
        let broken = |error: io::Error| Unreadable::DamagedArchive { detail: error.to_string() };
        let mut archive = open()?;
        archive.seek(SeekFrom::Start(start)).map_err(broken)?;
        let options =
            ZipReadOptions::new().override_compressed_size(packed).override_uncompressed_size(size).override_crc(crc);
        let entry = read_zipfile_from_stream_with_options(&mut archive, options).map_err(|error| damaged(&error))?;
        let Some(entry) = entry else {
            return Err(Unreadable::DamagedArchive { detail: "no entry at its place".to_owned() });
        };
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(1 << 20));
        entry.take(size.saturating_add(1)).read_to_end(&mut bytes).map_err(broken)?;
        if may_be_archive && !is_document(&ZipArchive::new(Cursor::new(&bytes)).map_err(|error| damaged(&error))?) {
            return Err(Unreadable::NestedArchive);
        }
        Ok(bytes)
    }
}

/// Whether an archive is a document, whatever it is called.
fn is_document<R: Read + Seek>(zip: &ZipArchive<R>) -> bool {
    OF_DOCUMENTS.iter().any(|part| zip.index_for_name_raw(part.as_bytes()).is_some())
}

/// The name of an entry. Windows and WPS write Chinese names in the encoding of the system, and do not say so.
fn name(entry: &ZipFileEntry<'_>) -> String {
    let raw = entry.name_raw();
    let name = std::str::from_utf8(raw).map_or_else(|_| Encoding::Gb18030.text(raw), Into::into);
    let name = name.replace('\\', "/");
    name.strip_prefix("./").map_or_else(|| name.clone(), str::to_owned)
}

/// Where it lies, or why it cannot be read.
fn place(entry: &ZipFileEntry<'_>) -> Result<Place, Unreadable> {
    if entry.encrypted() {
        return Err(Unreadable::LockedEntry);
    }
    match entry.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => Ok(Place {
            start: entry.header_start(),
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
        }),
        other => Err(Unreadable::PackedOtherwise { method: other.to_string() }),
    }
}

fn damaged(error: &ZipError) -> Unreadable {
    Unreadable::DamagedArchive { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive() -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.md", "b/c.txt", "d.zip"] {
            writer.start_file(name, SimpleFileOptions::default()).expect("a name");
            writer.write_all(&[b'x'; 100]).expect("room");
        }
        writer.finish().expect("an archive").into_inner()
    }

    /// The reports of an archive and how many bytes can be read of them.
    fn read(bytes: Vec<u8>) -> Result<Option<Vec<Option<usize>>>, Unreadable> {
        let archive = Archive { name: "x.zip".to_owned(), stored: Box::new(Arc::<[u8]>::from(bytes)) };
        let contents = archive.contents()?;
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let size = |report: Result<Entry, _>| Some(report.ok()?.read(&limits).ok()?.len());
        Ok(contents.map(|contents| contents.reports.into_iter().map(size).collect()))
    }

    #[test]
    fn whatever_is_spoilt_nothing_panics_and_nothing_grows() {
        let sound = archive();
        assert_eq!(read(sound.clone()), Ok(Some(vec![Some(100), Some(100), None])));
        for at in 0..sound.len() {
            for value in [0, 1, 0x50, 0x7f, 0xff] {
                let mut spoilt = sound.clone();
                spoilt[at] = value;
                if let Ok(Some(sizes)) = read(spoilt) {
                    assert!(
                        sizes.len() <= 3 && sizes.iter().flatten().all(|size| *size <= 1000),
                        "byte {at} is {value}"
                    );
                }
            }
            let _ = read(sound[..at].to_vec());
        }
    }
}
