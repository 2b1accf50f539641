#!/usr/bin/env bash
# A column of width 0 and a row of height 0, set to hide them, are shown again once the workbook is saved.
#
# Versions:  openpyxl 3.1.5, XlsxWriter 3.3.1 (for comparison), Python 3.
# Expected:  a width or height of 0 is written as 0, or as hidden: the column or row is not seen.
# Seen:      openpyxl takes 0 for "not set". No <col> is written at all, and the row says customHeight="1" without a
#            height; read back, the width is 13. XlsxWriter writes the width 0, and the row as hidden.
# Matters:   scripts hide helper columns and last year's rows by a width of 0. What is printed then holds them, and a
#            reader that leaves out hidden rows and columns sees figures that nobody meant to hand in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1

cd "$folder"
cat > try.py <<'PY'
import re, zipfile
import openpyxl, xlsxwriter

def widths(name):
    text = zipfile.ZipFile(name).read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<col [^>]*>", text), re.findall(r'<row r="2"[^>]*>', text)

book = openpyxl.Workbook()
for row in range(1, 4):
    book.active.append([10 * row + column for column in range(1, 4)])
book.active.column_dimensions["B"].width = 0
book.active.row_dimensions[2].height = 0
book.save("openpyxl.xlsx")
print("openpyxl", *widths("openpyxl.xlsx"))
again = openpyxl.load_workbook("openpyxl.xlsx").active
print("read back", again.column_dimensions["B"].width, again.row_dimensions[2].height)

workbook = xlsxwriter.Workbook("xlsxwriter.xlsx")
sheet = workbook.add_worksheet()
for row in range(3):
    sheet.write_row(row, 0, [1, 2, 3])
sheet.set_column(1, 1, 0)
sheet.set_row(1, 0)
workbook.close()
print("XlsxWriter", *widths("xlsxwriter.xlsx"))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
openpyxl [] ['<row r="2" customHeight="1">']
read back 13.0 None
XlsxWriter ['<col min="2" max="2" width="0" customWidth="1"/>'] ['<row r="2" spans="1:3" hidden="1">']
OUT
diff wanted seen && echo "still so"
