#!/usr/bin/env bash
# A workbook with a note that openpyxl has written cannot be read by ExcelJS at all.
#
# Versions:  openpyxl 3.1.5, ExcelJS 4.4.0.
# Expected:  the workbook is read, with its note. openpyxl names the part of the notes from the root of the package,
#            `Target="/xl/comments/comment1.xml"`, which the format allows in a relation, and Excel reads.
# Seen:      ExcelJS takes the name for one seen from the folder of the sheet, finds no such part, and ends with
#            "Cannot read properties of undefined (reading 'comments')". Not only the note is lost: no cell is read.
# Matters:   whoever marks cells of a workbook with the usual library for Python cannot hand it to a page that reads
#            it with the usual library for JavaScript. Relations should be written as seen from the part that has them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cd "$folder"
npm install --silent --no-save --prefix "$folder" exceljs@4.4.0

cat > write.py <<'PY'
import openpyxl
from openpyxl.comments import Comment

for name, note in (("plain.xlsx", None), ("note.xlsx", "look again")):
    book = openpyxl.Workbook()
    book.active["A1"] = 12
    if note:
        book.active["A1"].comment = Comment(note, "author")
    book.save(name)
PY
cat > read.cjs <<'JS'
const ExcelJS = require('exceljs');
(async () => {
  for (const name of ['plain.xlsx', 'note.xlsx']) {
    const book = new ExcelJS.Workbook();
    try {
      await book.xlsx.readFile(name);
      console.log(name, book.worksheets[0].getCell('A1').value);
    } catch (error) {
      console.log(name, 'error:', error.message);
    }
  }
})();
JS
env/bin/python write.py
node read.cjs | tee seen
cat > wanted <<'OUT'
plain.xlsx 12
note.xlsx error: Cannot read properties of undefined (reading 'comments')
OUT
diff wanted seen && echo "still so"
