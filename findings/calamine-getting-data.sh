#!/usr/bin/env bash
# One error value in one cell, and the whole sheet cannot be read.
#
# Versions:  python-calamine 0.9.1 (the Rust crate calamine), openpyxl 3.1.5 (writes the workbook and reads it for comparison).
# Expected:  an error value is a cell like another: calamine knows #GETTING_DATA, one of the error constants that formulas of
#            ECMA-376 have (its CellErrorType has the variant GettingData), and at worst gives a text for one it does not know.
# Seen:      "Unsupported cell error value", raised for the sheet, not for the cell: no value of the sheet can be had.
#            #SPILL! ends in the same way; #N/A is a blank. openpyxl gives each of them as a text.
# Matters:   a stray cell far from the table makes a right report "damaged" for whoever trusts the message.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

cd "$folder"
cat > try.py <<'PY'
import zipfile
import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active.append(["received", 12])
book.save("plain.xlsx")

for error in ("#N/A", "#GETTING_DATA", "#SPILL!"):
    with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("error.xlsx", "w") as changed:
        for name in plain.namelist():
            part = plain.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"<v>12</v></c>", b'<v>12</v></c><c r="D1" t="e"><v>%s</v></c>' % error.encode())
            changed.writestr(name, part)
    print("openpyxl", [cell.value for cell in openpyxl.load_workbook("error.xlsx").active[1]])
    try:
        print("calamine", CalamineWorkbook.from_path("error.xlsx").get_sheet_by_index(0).to_python())
    except Exception as refused:
        print("calamine", refused)
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
openpyxl ['received', 12, None, '#N/A']
calamine [['received', 12.0, '', '']]
openpyxl ['received', 12, None, '#GETTING_DATA']
calamine Unsupported cell error value '#GETTING_DATA'
openpyxl ['received', 12, None, '#SPILL!']
calamine Unsupported cell error value '#SPILL!'
OUT
diff wanted seen && echo "still so"
