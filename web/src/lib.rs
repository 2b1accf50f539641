//! gouji in a browser: what the page `gouji.html` asks of the checker. A request and its reply are packets of bytes; nothing
//! is kept between two requests but the reports that are being compared. No file, no clock, no network.
//!
//! The page makes an instance of this module in a worker. Where a reader panics, the instance is lost: the page makes
//! another one and asks it for the finding that says so ([`asked::Asked::Panicked`]).

pub mod packet;
mod across;
mod asked;
mod files;
mod made;
mod door;

use packet::{Packet, Reply};

/// Answers a request, a packet whose head is an [`asked::Asked`].
pub fn answer(request: &[u8]) -> Vec<u8> {
    let answered = Packet::read(request).and_then(|packet| asked::answer(&packet));
    answered.unwrap_or_else(|why| Reply::refused(&why)).bytes()
}
