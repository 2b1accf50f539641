//! Compound files with a few streams.

const SECTOR: usize = 512;
const SMALL: usize = 64;
const SMALL_BELOW: usize = 4096;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;

/// The streams in a compound file; short ones in small sectors, as they must be.
pub fn write(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = File::default();
    let mut small = Vec::new();
    let mut small_table = Vec::new();
    let mut directory = Vec::new();
    for (index, (name, bytes)) in streams.iter().enumerate() {
        let start = if bytes.len() < SMALL_BELOW {
            let start = chain(&mut small_table, bytes.len().div_ceil(SMALL));
            small.extend(*bytes);
            small.resize(small.len().next_multiple_of(SMALL), 0);
            start
        } else {
            file.put(bytes)
        };
        let next = if index + 1 < streams.len() { index as u32 + 2 } else { FREE };
        directory.extend(entry(name, 2, [FREE, next, FREE], start, bytes.len()));
    }
    let small_start = file.put(&small);
    let small_table: Vec<u8> = small_table.iter().flat_map(|entry| entry.to_le_bytes()).collect();
    let small_table_start = file.put(&small_table);
    let root =
        entry("Root Entry", 5, [FREE, FREE, if streams.is_empty() { FREE } else { 1 }], small_start, small.len());
    let directory_start = file.put(&[root, directory].concat());
    file.finish(directory_start, small_table_start, small_table.len().div_ceil(SECTOR))
}

#[derive(Default)]
struct File {
    sectors: Vec<u8>,
    table: Vec<u32>,
}

impl File {
    /// Appends the bytes as a chain of sectors; where it starts.
    fn put(&mut self, bytes: &[u8]) -> u32 {
        let start = chain(&mut self.table, bytes.len().div_ceil(SECTOR));
        self.sectors.extend(bytes);
        self.sectors.resize(self.sectors.len().next_multiple_of(SECTOR), 0);
        start
    }

    fn finish(mut self, directory: u32, small_table: u32, small_tables: usize) -> Vec<u8> {
        const PER_SECTOR: usize = SECTOR / 4;
        let first = self.table.len();
        // The table has entries for itself.
        let count = (1..).find(|count| count * PER_SECTOR >= first + count).expect("some number");
        assert!(count <= 109, "lists of table sectors beyond the header are not written");
        self.table.extend(std::iter::repeat_n(TABLE, count));
        self.table.resize(count * PER_SECTOR, FREE);
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend([0; 16]);
        bytes.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let header = [count as u32, directory, 0, SMALL_BELOW as u32, small_table, small_tables as u32, END, 0];
        bytes.extend(header.iter().flat_map(|number| number.to_le_bytes()));
        let listed = (first..first + count).map(|id| id as u32).chain(std::iter::repeat(FREE)).take(109);
        bytes.extend(listed.flat_map(u32::to_le_bytes));
        assert_eq!(bytes.len(), SECTOR);
        bytes.extend(&self.sectors);
        bytes.extend(self.table.iter().flat_map(|entry| entry.to_le_bytes()));
        bytes
    }
}

/// A chain of so many further sectors.
fn chain(table: &mut Vec<u32>, count: usize) -> u32 {
    let Some(last) = count.checked_sub(1) else { return END };
    let start = table.len() as u32;
    table.extend((0..count).map(|index| if index == last { END } else { start + index as u32 + 1 }));
    start
}

fn entry(name: &str, kind: u8, links: [u32; 3], start: u32, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_length = bytes.len() as u16 + 2;
    bytes.resize(64, 0);
    bytes.extend(name_length.to_le_bytes());
    bytes.extend([kind, 1]);
    bytes.extend(links.iter().flat_map(|link| link.to_le_bytes()));
    bytes.resize(116, 0);
    bytes.extend(start.to_le_bytes());
    bytes.extend((length as u64).to_le_bytes());
    bytes
}
