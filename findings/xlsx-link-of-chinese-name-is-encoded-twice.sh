#!/usr/bin/env bash
# A link in a workbook whose address is percent-encoded already: which file it leads to.
#
# Version:   rust_xlsxwriter 0.102.0, Rust.
# Expected:  an encoded address is written as it is, whichever bytes are encoded, as one with %20 is.
# Seen:      whether an address is encoded is decided by a few escapes, of which %20 is one. An address without any of them is
#            encoded once more: `%E7%94%B2.md` (甲.md) is written as `%25E7%2594%25B2.md`, and leads to no file.
# Matters:   names of Chinese reports have no blank, so that every link of a list of reports is broken, while a test with a
#            blank in the name passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"
[dependencies]
rust_xlsxwriter = "=0.102.0"
TOML
mkdir src
cat > src/main.rs <<'RS'
use rust_xlsxwriter::{Url, Workbook, XlsxError};

fn main() -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_url(0, 0, Url::new("file://./%E7%94%B2.md"))?;
    sheet.write_url(1, 0, Url::new("file://./%E7%94%B2%201.md"))?;
    workbook.save("links.xlsx")
}
RS
cargo run --quiet
python3 - <<'PY' | tee seen
import re, zipfile
with zipfile.ZipFile("links.xlsx") as archive:
    relations = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
print("\n".join(re.findall('Target="([^"]*)"', relations)))
PY
cat > wanted <<'OUT'
./%25E7%2594%25B2.md
./%E7%94%B2%201.md
OUT
diff wanted seen && echo "still so"
