#!/usr/bin/env bash
# "1,2" in a web page is the number 12: a comma between digits is dropped, whether it separates thousands or not.
#
# Versions:  pandas 3.1.1 with lxml 6.1.3, xlsx (SheetJS) 0.18.5.
# Expected:  1,234 is 1234. 1,2 and 12,34 are no numbers with separators of thousands, so they stay text, as in
#            pandas.read_csv without further settings.
# Seen:      pandas.read_html, whose `thousands` is "," unless it is given, and SheetJS make 12 of 1,2 and 1234 of 12,34.
# Matters:   "1,2" in a cell is two notes, two figures, or a decimal comma. It becomes a whole number that nobody wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > table.html <<'HTML'
<table><tr><td>1,234</td><td>1,2</td><td>12,34</td></tr></table>
HTML
printf 'a;b;c\n1,234;1,2;12,34\n' > table.csv
cat > try.py <<'PY'
import pandas

print("pandas.read_html", pandas.read_html("table.html")[0].values.tolist()[0])
print("pandas.read_csv", pandas.read_csv("table.csv", sep=";").values.tolist()[0])
PY
{
    env/bin/python try.py
    node -e 'const X = require("xlsx"); const b = X.readFile("table.html"); console.log("SheetJS", JSON.stringify(X.utils.sheet_to_json(b.Sheets[b.SheetNames[0]], { header: 1 })[0]))'
} | tee seen
cat > wanted <<'OUT'
pandas.read_html [1234, 12, 1234]
pandas.read_csv ['1,234', '1,2', '12,34']
SheetJS [1234,12,1234]
OUT
diff wanted seen && echo "still so"
