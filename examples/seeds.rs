//! Fills the corpora of the fuzz targets, from the fixtures and from made reports in every shape:
//! `cargo run --example seeds -- fuzz/corpus`

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use support::shape::shapes;
use support::{parts, report};

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("seeds FOLDER");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    for file in fs::read_dir("fixtures")? {
        for file in fs::read_dir(file?.path())? {
            let path = file?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            seed(folder, &name, &name, &fs::read(&path)?)?;
        }
    }
    for (index, shape) in shapes().into_iter().enumerate() {
        let (name, bytes) = shape.write(&report(index as u64));
        seed(folder, name, &format!("shape-{index}"), &bytes)?;
    }
    Ok(())
}

/// Writes a file for the target that reads it, and one for the whole check.
fn seed(folder: &Path, name: &str, seed: &str, bytes: &[u8]) -> std::io::Result<()> {
    let (target, kind) = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("md") => ("markdown", b'm'),
        Some("html") => ("html", b'h'),
        Some("txt") => ("text", b't'),
        Some("xlsx" | "xls" | "xlsb" | "ods") => ("workbook", b'x'),
        Some("docx") => ("docx", b'd'),
        Some("doc") => ("doc", b'w'),
        Some("pdf") => ("pdf", b'p'),
        _ => return Ok(()),
    };
    // The reader of workbooks never looks at styles and themes.
    let input =
        if bytes.starts_with(b"PK") { parts::text(bytes, &["xl/styles.xml", "theme1.xml"]) } else { bytes.to_vec() };
    for (target, input) in [(target, input.clone()), ("check", [&[kind], &input[..]].concat())] {
        fs::create_dir_all(folder.join(target))?;
        fs::write(folder.join(target).join(seed), input)?;
    }
    // The archive itself, for what the directory of one may say.
    if bytes.starts_with(b"PK") {
        fs::write(folder.join(target).join(format!("{seed}-raw")), bytes)?;
    }
    Ok(())
}
