//! What tells one finding from another, the same on every machine and in every version: the hashers of the standard
//! library do not promise that.

/// Of parts, none of which holds a line break: FNV-1a, 64 bits, in hexadecimal.
pub fn of(parts: &[&str]) -> String {
    let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", parts.join("\n").bytes().fold(0xcbf2_9ce4_8422_2325, hash))
}

/// Of a finding among those of all reports, by its fingerprint in its own: whose report it is and of which year counts, not
/// where it lies; only of one that nobody knows the agency or the year of, its path, set apart by `/`.
pub fn in_archive(organization: Option<&str>, year: Option<u16>, path: &str, fingerprint: &str) -> String {
    match (organization, year) {
        (Some(organization), Some(year)) => of(&[organization, &year.to_string(), fingerprint]),
        _ => of(&[path, fingerprint]),
    }
}
