#!/usr/bin/env bash
# Two figures in one cell of a web page, each in a paragraph of its own, are read as one number.
#
# Versions:  pandas 3.1.1 with lxml 6.1.3, html2text 2025.4.15, xlsx (SheetJS) 0.18.5, node-html-markdown 2.0.0.
# Expected:  a browser shows 3 above 4. A reader gives text with a break in it, or two values.
# Seen:      pandas, SheetJS, html2text and node-html-markdown give 34. For 1<br>12 pandas gives the text "1 12" and SheetJS
#            a line break, node-html-markdown gives 112.
# Matters:   a cell that holds last year's and this year's figure, or a correction, is a number ten times too large.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3 html2text==2025.4.15
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 node-html-markdown@2.0.0 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > table.html <<'HTML'
<table><tr><td>paragraphs</td><td><p>3</p><p>4</p></td></tr><tr><td>break</td><td>1<br>12</td></tr></table>
HTML
cat > try.py <<'PY'
import io, html2text, pandas

html = open("table.html").read()
print("pandas", pandas.read_html(io.StringIO(html))[0].values.tolist())
print("html2text", html2text.html2text(html).split("\n")[0])
PY
cat > try.js <<'JS'
const html = require("fs").readFileSync("table.html", "utf8");
const XLSX = require("xlsx");
const book = XLSX.read(html, { type: "string" });
console.log("SheetJS", JSON.stringify(XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 })));
const { NodeHtmlMarkdown } = require("node-html-markdown");
for (const row of NodeHtmlMarkdown.translate(html).split("\n").filter((line) => /\d/.test(line))) console.log("node-html-markdown", row);
JS
{
    env/bin/python try.py
    node try.js
} | tee seen
cat > wanted <<'OUT'
pandas [['paragraphs', '34'], ['break', '1 12']]
html2text paragraphs| 34  
SheetJS [["paragraphs",34],["break","1\n12"]]
node-html-markdown | paragraphs | 34  |
node-html-markdown | break      | 112 |
OUT
diff wanted seen && echo "still so"
