//! What distinguishes one finding from another, the same on every machine and in every version: the hashers of the
//! standard library do not promise that.

/// The FNV-1a hash, 64 bits, of nothing.
pub const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash with one unit more.
pub fn mix(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3)
}

/// Of parts, none of which holds a line break, in hexadecimal.
pub fn of(parts: &[&str]) -> String {
    format!("{:016x}", parts.join("\n").bytes().map(u64::from).fold(SEED, mix))
}

/// Of a finding among those of all reports, by its fingerprint in its own: whose report it is and of which year counts, not
/// where it lies; only of one that nobody knows the agency or the year of, its path, with `/` between its parts, and which
/// report of the file it is, where that holds several.
pub fn in_archive(
    (organization, year): (Option<&str>, Option<u16>),
    (path, part): (&str, Option<&str>),
    fingerprint: &str,
) -> String {
    match (organization, year, part) {
        (Some(organization), Some(year), _) => of(&[organization, &year.to_string(), fingerprint]),
        (_, _, None) => of(&[path, fingerprint]),
        (_, _, Some(part)) => of(&[path, part, fingerprint]),
    }
}
