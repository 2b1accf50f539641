//! Packets: a head in JSON, then files as they are. Lengths are 32 bits, little-endian: how many parts there are, how long
//! each is, then the parts; the head is the first.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A request.
#[derive(Debug)]
pub struct Packet<'b> {
    head: &'b [u8],
    pub files: Vec<&'b [u8]>,
}

/// A reply.
#[derive(Debug, Default)]
pub struct Reply {
    head: Vec<u8>,
    files: Vec<Vec<u8>>,
}

impl<'b> Packet<'b> {
    /// Takes a packet apart.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &'b [u8]) -> Result<Self, String> {
        let broken = || "a broken packet".to_owned();
        let number = |rest: &mut &'b [u8]| {
            let (number, behind) = rest.split_first_chunk::<4>()?;
            *rest = behind;
            Some(u32::from_le_bytes(*number) as usize)
        };
        let mut rest = bytes;
        let count = number(&mut rest).filter(|&count| count > 0 && count <= rest.len() / 4).ok_or_else(broken)?;
        let lengths: Option<Vec<usize>> = (0..count).map(|_| number(&mut rest)).collect();
        let mut parts = lengths.ok_or_else(broken)?.into_iter().map(|length| {
            let (part, behind) = rest.split_at_checked(length).ok_or_else(broken)?;
            rest = behind;
            Ok(part)
        });
        let head = parts.next().ok_or_else(broken)??;
        Ok(Self { head, files: parts.collect::<Result<_, String>>()? })
    }

    /// What is asked.
    ///
    /// # Errors
    /// When it is nothing that can be asked.
    pub fn head<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(self.head).map_err(|error| error.to_string())
    }

    /// The one file that comes with it.
    ///
    /// # Errors
    /// When none does.
    pub fn file(&self) -> Result<&'b [u8], String> {
        self.files.first().copied().ok_or_else(|| "a request without its file".to_owned())
    }
}

impl Reply {
    /// With this head alone.
    pub fn new(head: &impl Serialize) -> Self {
        Self { head: serde_json::to_vec(head).expect("plain data always serializes"), files: Vec::new() }
    }

    /// With a file.
    pub fn with_file(head: &impl Serialize, bytes: Vec<u8>) -> Self {
        Self { files: vec![bytes], ..Self::new(head) }
    }

    /// That a request cannot be answered.
    pub fn refused(why: &str) -> Self {
        Self::new(&json!({ "refused": why }))
    }

    /// The packet.
    pub fn bytes(self) -> Vec<u8> {
        let parts: Vec<&[u8]> = std::iter::once(&self.head).chain(&self.files).map(Vec::as_slice).collect();
        let numbers = std::iter::once(parts.len()).chain(parts.iter().map(|part| part.len()));
        let mut bytes: Vec<u8> = numbers.flat_map(|number| (number as u32).to_le_bytes()).collect();
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_is_taken_apart_and_nothing_else_is() {
        let bytes = Reply { files: vec![b"one".to_vec(), Vec::new()], ..Reply::new(&"head") }.bytes();
        let packet = Packet::read(&bytes).expect("a packet");
        assert_eq!((packet.head::<String>().as_deref(), &packet.files[..]), (Ok("head"), &[&b"one"[..], b""][..]));
        for end in 0..bytes.len() {
            assert!(Packet::read(&bytes[..end]).is_err(), "cut at {end}");
        }
        assert!(Packet::read(&[0xff; 64]).is_err());
    }
}
