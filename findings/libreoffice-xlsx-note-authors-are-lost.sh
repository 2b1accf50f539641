#!/usr/bin/env bash
# Whoever has written a note is forgotten as soon as LibreOffice saves the workbook as .xlsx.
#
# Versions:  LibreOffice 7.4 of Debian 12 (soffice must be there), openpyxl 3.1.5 (writes the workbook, and reads the authors).
# Expected:  a note keeps its author, as it keeps its text: both formats have a place for it, and a Word document saved by the
#            same program keeps the authors of its comments.
# Seen:      all notes have one author, a blank.
# Matters:   a tool that marks a workbook and knows its own notes by their author takes them for somebody else's, and writes
#            them again beside themselves. Notes have to be known by what they say, too.
set -euo pipefail
command -v soffice > /dev/null || { echo "skipped: soffice is not here"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5

cd "$folder"
soffice -env:UserInstallation="file://$folder/profile" --version
cat > try.py <<'PY'
import sys
import openpyxl
from openpyxl.comments import Comment

if sys.argv[1] == "write":
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 12, 7
    book.active["A1"].comment = Comment("look again", "first author")
    book.active["A2"].comment = Comment("so do I", "second author")
    book.save("notes.xlsx")
else:
    sheet = openpyxl.load_workbook(sys.argv[1]).active
    print([(sheet[cell].comment.author, sheet[cell].comment.text) for cell in ("A1", "A2")])
PY
env/bin/python try.py write
timeout 120 soffice -env:UserInstallation="file://$folder/profile" --headless --convert-to xlsx --outdir saved notes.xlsx > /dev/null 2>&1
{ env/bin/python try.py notes.xlsx; env/bin/python try.py saved/notes.xlsx; } | tee seen
cat > wanted <<'OUT'
[('first author', 'look again'), ('second author', 'so do I')]
[(' ', 'look again'), (' ', 'so do I')]
OUT
diff wanted seen && echo "still so"
