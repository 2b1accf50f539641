#!/usr/bin/env bash
# The number of a note, raised behind a figure, becomes the figure's last digit: 10 with note 1 is read as 101.
#
# Versions:  pandas 3.1.1 with lxml 6.1.3, markdownify 1.2.3, html2text 2025.4.15, openpyxl 3.1.5, python-calamine 0.9.1,
#            xlsx (SheetJS) 0.18.5, turndown 7.2.5; XlsxWriter 3.3.1 writes the workbook.
# Expected:  10<sup>1</sup> in a web page and 10 with a raised 1 in a cell are text; at least they are no number.
# Seen:      the converters to Markdown drop the raising, and pandas and SheetJS give the number 101 for the web page. Of the
#            workbook, openpyxl and SheetJS give the text "101"; pandas with calamine gives the number 101.
# Matters:   notes are written at just the figures that need a word of explanation. The error is by a factor of ten and
#            has the type of a right value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3 markdownify==1.2.3 \
    html2text==2025.4.15 openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 turndown@7.2.5 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > note.html <<'HTML'
<table><tr><td>granted</td><td>10<sup>1</sup></td></tr></table>
HTML
cat > try.py <<'PY'
import io, html2text, markdownify, openpyxl, pandas, xlsxwriter

html = open("note.html").read()
print("page, pandas", pandas.read_html(io.StringIO(html))[0].values.tolist())
print("page, markdownify", markdownify.markdownify(html).strip().split("\n")[-1])
print("page, html2text", html2text.html2text(html).split("\n")[0].strip())

book = xlsxwriter.Workbook("note.xlsx")
sheet = book.add_worksheet()
sheet.write("A1", "granted")
sheet.write_rich_string("B1", book.add_format({"bold": True}), "10", book.add_format({"font_script": 1}), "1")
book.close()
print("cell, openpyxl", [cell.value for cell in openpyxl.load_workbook("note.xlsx").active[1]])
print("cell, pandas with calamine", pandas.read_excel("note.xlsx", header=None, engine="calamine").values.tolist())
PY
cat > try.js <<'JS'
const XLSX = require("xlsx");
const html = require("fs").readFileSync("note.html", "utf8");
const rows = (book) => JSON.stringify(XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 }));
console.log("page, SheetJS", rows(XLSX.read(html, { type: "string" })));
console.log("page, turndown", new (require("turndown"))().turndown("10<sup>1</sup>"));
console.log("cell, SheetJS", rows(XLSX.readFile("note.xlsx")));
JS
{
    env/bin/python try.py
    node try.js
} | tee seen
cat > wanted <<'OUT'
page, pandas [['granted', 101]]
page, markdownify | granted | 101 |
page, html2text granted| 101
cell, openpyxl ['granted', '101']
cell, pandas with calamine [['granted', 101]]
page, SheetJS [["granted",101]]
page, turndown 101
cell, SheetJS [["granted","101"]]
OUT
diff wanted seen && echo "still so"
