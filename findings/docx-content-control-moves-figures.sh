#!/usr/bin/env bash
# A cell inside a content control is no cell: the figures after it move one column to the left.
#
# Versions:  python-docx 1.2.0, docx2python 3.7.1, mammoth 1.13.0, Python 3.
# Expected:  a form whose fields are content controls (Word: Developer, Plain Text) reads like one without them; the
#            standard allows `w:sdt` around a cell as well as around a run.
# Seen:      python-docx leaves out the cell, so that the row has three cells and 7 stands where 52 was; of a control
#            inside a cell it gives an empty text. docx2python ends at the control: the rest of the row and all rows
#            below are gone. mammoth reads all cells. None of them says anything.
# Matters:   blank forms are handed out with such fields. A program that reads by column number takes another figure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2python==3.7.1 mammoth==1.13.0

cd "$folder"
cat > try.py <<'PY'
import docx, mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python


def control(element):
    """Puts the element into a content control."""
    wrapper = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent/></w:sdt>")
    element.addprevious(wrapper)
    wrapper[1].append(element)


document = docx.Document()
table = document.add_table(rows=3, cols=4)
for row, texts in zip(table.rows, [["item", "person", "company", "total"], ["received", "52", "7", "59"], ["granted", "31", "4", "35"]]):
    for cell, text in zip(row.cells, texts):
        cell.text = text
control(table.rows[1].cells[1]._tc)
control(table.rows[2].cells[2].paragraphs[0].runs[0]._r)
document.save("form.docx")

for row in docx.Document("form.docx").tables[0].rows:
    print("python-docx", [cell.text for cell in row.cells])
for row in docx2python("form.docx").body[0]:
    print("docx2python", ["".join(cell) for cell in row])
html = mammoth.convert_to_html(open("form.docx", "rb")).value
for row in html.split("</tr>")[:3]:
    print("mammoth", [cell.rpartition(">")[2] for cell in row.split("</p>")[:-1]])
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
python-docx ['item', 'person', 'company', 'total']
python-docx ['received', '7', '59']
python-docx ['granted', '31', '', '35']
docx2python ['item', 'person', 'company', 'total']
docx2python ['received']
mammoth ['item', 'person', 'company', 'total']
mammoth ['received', '52', '7', '59']
mammoth ['granted', '31', '4', '35']
OUT
diff wanted seen && echo "still so"
