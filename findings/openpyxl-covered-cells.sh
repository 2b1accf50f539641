#!/usr/bin/env bash
# The same workbook, two answers from one library: a value that lies in a cell covered by a merge.
#
# Versions:  openpyxl 3.1.5, XlsxWriter 3.3.1 (writes the workbook), Python 3.
# Expected:  load_workbook(..., read_only=True) is the same reader with less memory, so it gives the same values.
# Seen:      the default mode gives None for a cell under a merge and drops the number that the file holds there;
#            read-only mode gives the number. Both are silent. pandas takes read-only mode, so it shows the number.
# Matters:   a program that fills figures in by cell address leaves them under merges. Excel does not show them, so a
#            sum over the row is right on the screen and wrong in pandas; a round trip through openpyxl loses them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1

cd "$folder"
cat > try.py <<'PY'
import openpyxl, xlsxwriter

workbook = xlsxwriter.Workbook("covered.xlsx")
sheet = workbook.add_worksheet()
sheet.merge_range("A1:B1", "total")
sheet.write_number("B1", 7)
sheet.write_row("A2", ["penalties", 12])
workbook.close()

for read_only in (False, True):
    book = openpyxl.load_workbook("covered.xlsx", read_only=read_only)
    print(read_only, [[cell.value for cell in row] for row in book.active.iter_rows()])
    book.close()
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
False [['total', None], ['penalties', 12]]
True [['total', 7], ['penalties', 12]]
OUT
diff wanted seen && echo "still so"
