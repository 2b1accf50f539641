#!/usr/bin/env bash
# Rows of a pipe table that have too few or too many cells: what the events say of them.
#
# Version:   pulldown-cmark 0.13.6, default features off (into_offset_iter), Rust.
# Expected:  GFM pads a short row with empty cells and drops what is too much; the offsets of a cell lie in its row, as
#            "the source range of the event" says.
# Seen:      the cell that pads a short row has an empty range that lies in the next line, at its first byte;
#            the fourth cell of a long row leaves no event at all.
# Matters:   who shows the line of the empty cell names the wrong row; who counts cells by events never learns that one was dropped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2021"
[dependencies]
pulldown-cmark = { version = "=0.13.6", default-features = false }
TOML
mkdir src
cat > src/main.rs <<'RS'
use pulldown_cmark::{Event, Options, Parser, Tag};

fn main() {
    let text = "| x | y | z |\n|---|---|---|\n| a | b |\n| c | d | e | lost |\n";
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Start(Tag::TableCell) = event {
            let line = 1 + text[..range.start].matches('\n').count();
            println!("line {line} bytes {range:?} {:?}", &text[range.clone()]);
        }
    }
}
RS
cargo run --quiet | tee seen
cat > wanted <<'OUT'
line 1 bytes 1..4 " x "
line 1 bytes 5..8 " y "
line 1 bytes 9..12 " z "
line 3 bytes 29..32 " a "
line 3 bytes 33..36 " b "
line 4 bytes 38..38 ""
line 4 bytes 39..42 " c "
line 4 bytes 43..46 " d "
line 4 bytes 47..50 " e "
OUT
diff wanted seen && echo "still so"
