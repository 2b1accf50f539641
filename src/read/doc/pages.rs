//! Pages of formats: which stretch of the file is formatted how.

use crate::read::little_endian::{number, numbers};
use crate::read::unreadable::Unreadable;

pub(super) const PAGE: usize = 512;

/// The formats of a file, by the bytes that they are for.
#[derive(Debug)]
pub(super) struct Pages<T> {
    /// In order, none reaching into the next.
    stretches: Vec<Stretch>,
    formats: Vec<T>,
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
    /// Its format among all.
    format: usize,
}

/// A page that is being read: which stretches it has, each with where its format lies in the page.
pub(super) struct Page<'p> {
    pub bytes: &'p [u8],
    pub count: usize,
    /// Where the places of the formats are listed.
    pub listed: usize,
}

impl<T> Pages<T> {
    /// `list` says which pages there are; `read` gives the formats of a page, one a stretch, by their number among those it adds.
    ///
    /// # Errors
    /// When `read` fails.
    pub fn read(
        list: &[u8],
        document: &[u8],
        mut read: impl FnMut(&Page<'_>) -> Result<(Vec<T>, Vec<usize>), Unreadable>,
    ) -> Result<Self, Unreadable> {
        let mut pages = Self { stretches: Vec::new(), formats: Vec::new() };
        // One more place than there are pages, then the pages.
        let count = list.len().saturating_sub(4) / 8;
        let mut seen = vec![false; document.len() / PAGE + 1];
        for number in numbers(list).skip(count + 1).take(count) {
            const BITS: u32 = (1 << 22) - 1;
            let index = (number & BITS) as usize;
            let Some(bytes) = document.get(index * PAGE..(index + 1) * PAGE) else { continue };
            if std::mem::replace(&mut seen[index], true) {
                continue;
            }
            let stretches = usize::from(bytes[PAGE - 1]);
            let page = Page { bytes, count: stretches, listed: (stretches + 1) * 4 };
            let (formats, of) = read(&page)?;
            let first = pages.formats.len();
            pages.formats.extend(formats);
            pages.stretches.extend(of.into_iter().enumerate().filter_map(|(index, format)| {
                let (start, end) = (page_number(bytes, index)?, page_number(bytes, index + 1)?);
                (start < end).then_some(Stretch { start, end, format: first + format })
            }));
        }
        pages.stretches.sort_by_key(|stretch| stretch.start);
        Ok(pages)
    }

    /// The format at byte `at`, and the byte where its stretch ends; where there is none, where the next begins.
    pub fn at(&self, at: u32) -> (Option<&T>, u32) {
        let next = self.stretches.partition_point(|stretch| stretch.start <= at);
        match next.checked_sub(1).map(|index| self.stretches[index]).filter(|stretch| at < stretch.end) {
            Some(stretch) => {
                let next = self.stretches.get(next).map_or(u32::MAX, |next| next.start);
                (self.formats.get(stretch.format), stretch.end.min(next))
            }
            None => (None, self.stretches.get(next).map_or(u32::MAX, |next| next.start)),
        }
    }
}

fn page_number(bytes: &[u8], index: usize) -> Option<u32> {
    number(bytes, index * 4)
}

impl Page<'_> {
    /// The formats of the page and, for each stretch, which of them. `step` is how far the places of two formats are apart in
    /// the list, and `read` reads the one at a place, with how many bytes that takes.
    ///
    /// # Errors
    /// When many formats share bytes: no program writes that, and reading it would never end.
    pub fn formats<T: Default>(
        &self,
        step: usize,
        mut read: impl FnMut(&[u8]) -> Option<(T, usize)>,
    ) -> Result<(Vec<T>, Vec<usize>), Unreadable> {
        let mut formats = vec![T::default()];
        let mut of = Vec::with_capacity(self.count);
        let mut known = [0; PAGE / 2];
        let mut left = PAGE * 4;
        for index in 0..self.count {
            let Some(&place) = self.bytes.get(self.listed + index * step) else { break };
            let place = usize::from(place);
            if place > 0 && known[place] == 0 {
                let Some((format, length)) = self.bytes.get(place * 2..PAGE - 1).and_then(&mut read) else {
                    of.push(0);
                    continue;
                };
                left = left.checked_sub(length).ok_or_else(|| Unreadable::damaged("formats that share their bytes"))?;
                known[place] = formats.len();
                formats.push(format);
            }
            of.push(known[place]);
        }
        Ok((formats, of))
    }
}
