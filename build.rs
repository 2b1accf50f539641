//! Reads our TOML when the crate is built: rule packs and the catalogues of messages, in the form that `src/built.rs` reads.
//! A mistake of TOML in one of them ends the build.

use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::de::{DeTable, DeValue};

/// Folders of TOML files; each is a folder of the same path where the build writes.
const FOLDERS: [&str; 2] = ["rules", "src/message"];

#[allow(clippy::print_stdout, reason = "Cargo is spoken to by standard output")]
fn main() {
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    println!("cargo::rerun-if-changed=build.rs");
    // FNV-1a, 64 bits.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        fs::create_dir_all(output.join(folder)).expect("a folder to write to");
        let entries = fs::read_dir(folder).expect("a folder of ours");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of it").path()).collect();
        paths.sort();
        for path in paths {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let built = built(&path);
                hash = built.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
                fs::write(output.join(path.with_extension("built")), built).expect("room to write");
            }
        }
    }
    println!("cargo::rustc-env=GOUJI_RULES={hash:016x}");
}

/// A file in the form that the program reads.
fn built(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("text");
    let table = DeTable::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut built = String::new();
    write_table(table.get_ref(), &mut built);
    built
}

fn write_value(value: &DeValue<'_>, built: &mut String) {
    match value {
        DeValue::String(text) => write('s', text, built),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix()).expect("a number of a common size");
            write('i', &number.to_string(), built);
        }
        DeValue::Boolean(is) => write('b', &is.to_string(), built),
        DeValue::Array(values) => {
            let mut content = String::new();
            for value in values {
                write_value(value.get_ref(), &mut content);
            }
            write('a', &content, built);
        }
        DeValue::Table(table) => write_table(table, built),
        DeValue::Float(_) | DeValue::Datetime(_) => panic!("no pack has a float or a date: {value:?}"),
    }
}

fn write_table(table: &DeTable<'_>, built: &mut String) {
    let mut content = String::new();
    for (key, value) in table {
        write('s', key.get_ref(), &mut content);
        write_value(value.get_ref(), &mut content);
    }
    write('t', &content, built);
}

/// The kind of a value and its length in bytes, then its content.
fn write(kind: char, content: &str, built: &mut String) {
    built.push(kind);
    built.push_str(&content.len().to_string());
    built.push(':');
    built.push_str(content);
}
