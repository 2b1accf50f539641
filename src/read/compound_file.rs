//! Compound files: small file systems that Office wrote before 2007, and still writes around a workbook or document
//! that is protected by a password. Streams of bytes lie in sectors, chained by a table.
//!
//! Nothing the file states about itself is trusted: a chain is never followed for longer than the file, even if it is a
//! circle, and no memory is allocated for a stated length.

use std::collections::HashSet;

use super::little_endian::{number, number16, numbers, units};
use super::unreadable::Unreadable;
use crate::document::Format;

/// The first bytes of every such file.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a compound file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Encrypted,
    /// With the name of its stream.
    Workbook(&'static str),
    Document,
    Other(&'static str),
    Unknown,
}

/// By the stream that only such a file has. A workbook may be kept twice, the older copy under the second name.
const KINDS: [(&str, Kind); 5] = [
    ("EncryptedPackage", Kind::Encrypted),
    ("Workbook", Kind::Workbook("Workbook")),
    ("Book", Kind::Workbook("Book")),
    ("WordDocument", Kind::Document),
    ("PowerPoint Document", Kind::Other("ppt")),
];

/// What the file is, even if it is too broken to be read.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    CompoundFile::new(bytes).map_or_else(|_| kind_by_words(bytes), |file| file.kind())
}

impl Kind {
    pub(super) fn format(self) -> Format {
        match self {
            Self::Encrypted | Self::Unknown => Format::Unknown,
            Self::Workbook(_) => Format::Xls,
            Self::Document => Format::Doc,
            Self::Other(format) => Format::Unsupported(format),
        }
    }
}

/// The directory of such a file names its streams in UTF-16, and a name is there even if the directory is not.
fn kind_by_words(bytes: &[u8]) -> Kind {
    let names = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    KINDS.into_iter().find(|(stream, _)| names(stream)).map_or(Kind::Unknown, |(_, kind)| kind)
}

/// An entry of the table that ends a chain.
const END: u32 = 0xffff_fffe;

/// A compound file whose tables have been read.
#[derive(Debug)]
pub(super) struct CompoundFile<'b> {
    bytes: &'b [u8],
    sector_size: usize,
    /// For each sector, the next of its chain.
    table: Vec<u32>,
    /// The same for the small sectors, which lie in a stream of their own.
    small_table: Vec<u32>,
    small_sectors: Vec<u8>,
    /// Streams shorter than this lie in small sectors.
    small_below: u64,
    streams: Vec<Stream>,
}

#[derive(Debug)]
struct Stream {
    name: String,
    /// Not within a folder, such as an embedded object has.
    is_outermost: bool,
    start: u32,
    length: u64,
}

impl<'b> CompoundFile<'b> {
    /// Reads the tables and the directory.
    ///
    /// # Errors
    /// When they are broken.
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        const SECTOR_SIZES: [u16; 2] = [9, 12];
        let exponent = number16(bytes, 30).filter(|exponent| SECTOR_SIZES.contains(exponent));
        let Some(sector_size) = exponent.map(|exponent| 1 << exponent) else { return Err(broken("its header")) };
        let header = |at| number(bytes, at).ok_or_else(|| broken("its header"));
        let mut file = Self {
            bytes,
            sector_size,
            table: Vec::new(),
            small_table: Vec::new(),
            small_sectors: Vec::new(),
            small_below: u64::from(header(56)?),
            streams: Vec::new(),
        };
        file.table = file.read_table()?;
        let directory = file.chain(header(48)?, u64::MAX)?;
        let Some(root) = directory.get(..ENTRY) else { return Err(broken("its directory")) };
        let small_table = file.chain(header(60)?, u64::MAX).unwrap_or_default();
        file.small_table = numbers(&small_table).collect();
        if !file.small_table.is_empty() {
            file.small_sectors = file.chain(start(root), length(root))?;
        }
        file.streams = streams(&directory, sector_size);
        Ok(file)
    }

    pub(super) fn kind(&self) -> Kind {
        let named = |name: &str| self.stream(name).map(|stream| stream.is_outermost);
        let found = |outermost: bool| KINDS.into_iter().find(|(name, _)| named(name) == Some(outermost));
        found(true).or_else(|| found(false)).map_or(Kind::Unknown, |(_, kind)| kind)
    }

    /// The bytes of the stream of that name; fewer than the directory says, if its chain ends early.
    ///
    /// # Errors
    /// When there is none, or its chain leads out of the file or round in a circle.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Unreadable> {
        let Some(stream) = self.stream(name) else { return Err(broken("its directory")) };
        if stream.length >= self.small_below {
            return self.chain(stream.start, stream.length);
        }
        const SMALL: usize = 64;
        let sector = |id: u32| self.small_sectors.chunks(SMALL).nth(id as usize);
        follow(stream.start, &self.small_table, sector, stream.length, self.small_sectors.len() / SMALL + 1)
    }

    /// The stream of that name, rather an outermost one.
    fn stream(&self, name: &str) -> Option<&Stream> {
        let mut named = self.streams.iter().filter(|stream| stream.name.eq_ignore_ascii_case(name));
        let first = named.next()?;
        if first.is_outermost { Some(first) } else { named.find(|stream| stream.is_outermost).or(Some(first)) }
    }

    /// The table of chains. Its own sectors are listed in the header, and in further sectors chained by their last entry.
    fn read_table(&self) -> Result<Vec<u32>, Unreadable> {
        const LISTED: std::ops::Range<usize> = 76..512;
        const MORE: usize = 68;
        let Some(listed) = self.bytes.get(LISTED) else { return Err(broken("its header")) };
        let mut lists = vec![listed];
        let mut next = number(self.bytes, MORE).unwrap_or(END);
        while let Some(list) = self.sector(next).filter(|list| list.len() == self.sector_size) {
            if lists.len() > self.sectors() {
                return Err(circle());
            }
            let (entries, last) = list.split_at(list.len() - 4);
            lists.push(entries);
            next = number(last, 0).unwrap_or(END);
        }
        // One entry for each sector of the file is enough, however often a sector of the table is listed.
        let mut table = Vec::new();
        for id in lists.into_iter().flat_map(numbers) {
            if table.len() >= self.sectors() {
                break;
            }
            table.extend(self.sector(id).into_iter().flat_map(numbers));
        }
        Ok(table)
    }

    fn chain(&self, start: u32, length: u64) -> Result<Vec<u8>, Unreadable> {
        follow(start, &self.table, |id| self.sector(id), length, self.sectors())
    }

    /// The sectors that the file has room for; the last may be cut short.
    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_size + 1
    }

    /// A sector; the first lies behind the header, which takes one itself.
    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.saturating_add(self.sector_size).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }
}

/// The sectors of a chain one after another, up to `length`; of at most `most` sectors.
fn follow<'s>(
    start: u32,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'s [u8]>,
    length: u64,
    most: usize,
) -> Result<Vec<u8>, Unreadable> {
    let mut stream = Vec::new();
    let mut id = start;
    for _ in 0..=most {
        let missing = length - stream.len() as u64;
        if id == END || missing == 0 {
            return Ok(stream);
        }
        let Some(sector) = sector(id) else { return Err(broken("a chain of sectors")) };
        stream.extend(&sector[..sector.len().min(usize::try_from(missing).unwrap_or(usize::MAX))]);
        // Where the stream is complete, what its last entry says does not matter.
        id = table.get(id as usize).copied().unwrap_or(END);
    }
    Err(circle())
}

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// All streams of a directory. The entries of one folder are a tree: each has one to its left and one to its right, and a
/// folder the root of what is in it. Writers get the order in the tree wrong; what is in it is right.
fn streams(directory: &[u8], sector_size: usize) -> Vec<Stream> {
    const SIDES: [usize; 2] = [68, 72];
    const CHILD: usize = 76;
    const KIND: usize = 66;
    const STREAM: u8 = 2;
    let entry = |id: u32| directory.chunks_exact(ENTRY).nth(id as usize);
    let mut outermost = HashSet::new();
    let mut waiting: Vec<u32> = entry(0).and_then(|root| number(root, CHILD)).into_iter().collect();
    while let Some(id) = waiting.pop() {
        let Some(entry) = entry(id).filter(|_| outermost.insert(id)) else { continue };
        waiting.extend(SIDES.iter().filter_map(|&side| number(entry, side)));
    }
    let entries = (0..).zip(directory.chunks_exact(ENTRY)).filter(|(_, entry)| entry[KIND] == STREAM);
    let streams = entries.map(|(id, entry)| Stream {
        name: name(entry),
        is_outermost: outermost.contains(&id),
        start: start(entry),
        // Writers of the small sectors leave anything in the upper half.
        length: if sector_size == 512 { length(entry) & u64::from(u32::MAX) } else { length(entry) },
    });
    streams.collect()
}

fn name(entry: &[u8]) -> String {
    let units: Vec<u16> = units(&entry[..64]).take_while(|&unit| unit != 0).collect();
    String::from_utf16_lossy(&units)
}

fn start(entry: &[u8]) -> u32 {
    number(entry, 116).unwrap_or(END)
}

fn length(entry: &[u8]) -> u64 {
    let half = |at| u64::from(number(entry, at).unwrap_or(0));
    half(120) | half(124) << 32
}

fn broken(what: &str) -> Unreadable {
    Unreadable::damaged(format!("a compound file in which {what} leads nowhere"))
}

fn circle() -> Unreadable {
    Unreadable::damaged("a compound file in which a chain of sectors runs in a circle")
}
