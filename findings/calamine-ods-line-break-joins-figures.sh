#!/usr/bin/env bash
# A line break inside an OpenDocument cell is dropped: 1 above 12 is read as 112. A second paragraph is not.
#
# Versions:  python-calamine 0.9.1 under pandas 3.1.1; odfpy 1.4.1 and SheetJS (xlsx 0.18.5) for comparison; Python 3.
# Expected:  Ctrl+Enter in a cell is written as a further `text:p` by some programs and as `text:line-break` by others. The
#            two look alike on the screen, and read alike.
# Seen:      calamine gives a line break for the paragraphs and nothing for the element. A tab stop (`text:tab`) between two
#            figures is dropped, too: "1<tab>3" is 13. odfpy under pandas drops the tab, SheetJS keeps something for each.
# Matters:   two figures in one cell, this year's and last year's, become a number that nobody wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 python-calamine==0.9.1 odfpy==1.4.1
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > try.py <<'PY'
import zipfile, pandas

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "manifest"))
TEXTS = ["<text:p>1</text:p><text:p>12</text:p>", "<text:p>1<text:line-break/>12</text:p>", "<text:p>1<text:tab/>3</text:p>"]
cells = "".join(f'<table:table-cell office:value-type="string">{text}</table:table-cell>' for text in TEXTS)
with zipfile.ZipFile("cells.ods", "w") as file:
    file.writestr("mimetype", KIND)
    file.writestr(
        "META-INF/manifest.xml",
        f'<manifest:manifest {NAMES} manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    )
    file.writestr(
        "content.xml",
        f'<office:document-content {NAMES} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S">'
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
    )
for engine in ("calamine", "odf"):
    print(engine, pandas.read_excel("cells.ods", header=None, engine=engine).values.tolist()[0])
PY
{
    env/bin/python try.py
    node -e 'const X = require("xlsx"); const b = X.readFile("cells.ods"); console.log("SheetJS", JSON.stringify(X.utils.sheet_to_json(b.Sheets.S, { header: 1 })[0]))'
} | tee seen
cat > wanted <<'OUT'
calamine ['1\n12', 112, 13]
odf ['1\n12', '1\n12', 13]
SheetJS ["1\n12","1\n12","1\t3"]
OUT
diff wanted seen && echo "still so"
