//! Paths as addresses and as other tools take them: set apart by `/` on every system.

use std::fmt::Write;

/// Letters, digits, `/` and a few signs are kept; every other byte is percent-encoded.
pub(super) fn percent_encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => address.push(byte as char),
            _ => write!(address, "%{byte:02X}").expect("strings take all"),
        }
    }
    address
}

/// A path as tools take it that look at a repository from its root.
pub(super) fn slashed(path: &str) -> String {
    slashed_on(path, cfg!(windows))
}

/// A path as an RFC 3986 reference: relative where it is, else with `file:`.
pub(super) fn uri(path: &str) -> String {
    uri_on(path, cfg!(windows))
}

fn slashed_on(path: &str, is_windows: bool) -> String {
    let path = if is_windows { path.replace('\\', "/") } else { path.to_owned() };
    let plain = path.trim_start_matches("./");
    if plain.is_empty() { path } else { plain.to_owned() }
}

fn uri_on(path: &str, is_windows: bool) -> String {
    let path = slashed_on(path, is_windows);
    let path = if is_windows { path.strip_prefix("//?/").unwrap_or(&path) } else { &path };
    if is_windows {
        if let Some(share) = path.strip_prefix("//") {
            return format!("file://{}", percent_encoded(share));
        }
        if let Some((drive, rest)) = path.split_once(":/").filter(|(drive, _)| drive.len() == 1) {
            return format!("file:///{drive}:/{}", percent_encoded(rest));
        }
    }
    let address = percent_encoded(path);
    if path.starts_with('/') { format!("file://{address}") } else { address }
}

#[cfg(test)]
mod tests {
    use super::{slashed_on, uri_on};

    #[test]
    fn paths_are_addresses_on_every_system() {
        for (path, is_windows, wanted) in [
            ("a/b.md", false, "a/b.md"),
            ("./a/b.md", false, "a/b.md"),
            ("../a.md", false, "../a.md"),
            ("报告 #1.md", false, "%E6%8A%A5%E5%91%8A%20%231.md"),
            ("javascript:x", false, "javascript%3Ax"),
            ("/work/a b.md", false, "file:///work/a%20b.md"),
            ("a\\b.md", false, "a%5Cb.md"),
            ("a\\b.md", true, "a/b.md"),
            ("C:\\a\\b c.md", true, "file:///C:/a/b%20c.md"),
            ("\\\\host\\share\\a.md", true, "file://host/share/a.md"),
            ("\\\\?\\C:\\a.md", true, "file:///C:/a.md"),
        ] {
            assert_eq!(uri_on(path, is_windows), wanted, "{path}");
        }
        assert_eq!(slashed_on(".\\归档\\a.md", true), "归档/a.md");
    }
}
