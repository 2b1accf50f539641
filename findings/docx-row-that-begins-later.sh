#!/usr/bin/env bash
# A row of a Word table that begins at the second column is read from the first.
#
# Versions:  python-docx 1.2.0, mammoth 1.13.0, pandoc 3.9 (pypandoc-binary 1.17), Python 3.
# Expected:  `w:gridBefore` says how many columns of the grid a row leaves free at its left; a converter leaves as many
#            cells blank, or says that it does not know the property.
# Seen:      all three begin the row at the first column: 31 is printed in the column of the items, 4 under "person", 35
#            under "company". pandoc adds the missing cell at the other end. Only python-docx has the number at all, as
#            `grid_cols_before`; its `row.cells` do not use it, and `table.cell(2, 3)` is an IndexError.
# Matters:   Word writes such rows when somebody drags the left edge of a cell. On paper the figures stand under their
#            headings; in the output each is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 pypandoc-binary==1.17

cd "$folder"
cat > try.py <<'PY'
import docx, mammoth, pypandoc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
table = document.add_table(rows=3, cols=4)
for row, texts in zip(table.rows, [["item", "person", "company", "total"], ["received", "52", "7", "59"], ["", "31", "4", "35"]]):
    for cell, text in zip(row.cells, texts):
        cell.text = text
row = table.rows[2]._tr
row.remove(row.tc_lst[0])
row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
document.save("later.docx")

table = docx.Document("later.docx").tables[0]
print("python-docx", [cell.text for cell in table.rows[2].cells], table.rows[2].grid_cols_before)
try:
    print("python-docx", table.cell(2, 3).text)
except IndexError as error:
    print("python-docx", error)
last = mammoth.convert_to_html(open("later.docx", "rb")).value.split("<tr>")[3]
print("mammoth", [cell.rpartition(">")[2] for cell in last.split("</p>")[:-1]])
print(pypandoc.convert_file("later.docx", "gfm"), end="")
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
python-docx ['31', '4', '35'] 1
python-docx list index out of range
mammoth ['31', '4', '35']
| item     | person | company | total |
|----------|--------|---------|-------|
| received | 52     | 7       | 59    |
| 31       | 4      | 35      |       |
OUT
diff wanted seen && echo "still so"
