//! What our speed is compared with: every Markdown file below a folder read and parsed by pulldown-cmark alone, with tables
//! and offsets, on one thread. `/usr/bin/time -v target/release/examples/parser_alone FOLDER`

use std::hint::black_box;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("parser_alone FOLDER");
        std::process::exit(2);
    };
    let (mut files, mut bytes) = (0_usize, 0_usize);
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(path)?;
                let parser = pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::ENABLE_TABLES);
                parser.into_offset_iter().for_each(|event| drop(black_box(event)));
                files += 1;
                bytes += text.len();
            }
        }
    }
    eprintln!("{files} files, {bytes} bytes");
    Ok(())
}
