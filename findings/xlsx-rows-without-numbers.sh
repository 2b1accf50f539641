#!/usr/bin/env bash
# A worksheet whose rows and cells bear no addresses: one converter writes an empty file and ends with 0.
#
# Versions:  xlsx2csv 0.8.6, ExcelJS 4.4.0, openpyxl 3.1.5, python-calamine 0.9.1, Python 3.
# Expected:  the attribute `r` of `row` and `c` is optional in the schema of SpreadsheetML: without it, an element follows
#            the one before it. Excel opens such files, and programs that stream rows write them.
# Seen:      openpyxl and calamine read the table. xlsx2csv prints nothing and its status is 0. ExcelJS refuses the file
#            with "Invalid row number in model".
# Matters:   in a chain of tools the table ends as an empty .csv, which looks like a blank sheet.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 python-calamine==0.9.1
cd "$folder"
npm install --silent --no-audit --no-fund exceljs@4.4.0 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > try.py <<'PY'
import zipfile, openpyxl, python_calamine

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
link = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
with zipfile.ZipFile("rows.xlsx", "w") as file:
    file.writestr(
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    )
    file.writestr("_rels/.rels", link % ("officeDocument", "xl/workbook.xml"))
    file.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
    file.writestr("xl/_rels/workbook.xml.rels", link % ("worksheet", "worksheets/sheet1.xml"))
    rows = "".join(f"<row>{''.join(f'<c><v>{figure}</v></c>' for figure in row)}</row>" for row in ((52, 7, 59), (31, 4, 35)))
    file.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')
print("openpyxl", list(openpyxl.load_workbook("rows.xlsx").active.values))
print("calamine", python_calamine.CalamineWorkbook.from_path("rows.xlsx").get_sheet_by_index(0).to_python())
PY
{
    env/bin/python try.py
    env/bin/xlsx2csv rows.xlsx rows.csv
    echo "xlsx2csv: status $?, $(grep -c '[0-9]' rows.csv || true) lines with a figure"
    node -e 'const E = require("exceljs"); new E.Workbook().xlsx.readFile("rows.xlsx").catch((error) => console.log("ExcelJS:", error.message))'
} | tee seen
cat > wanted <<'OUT'
openpyxl [(52, 7, 59), (31, 4, 35)]
calamine [[52.0, 7.0, 59.0], [31.0, 4.0, 35.0]]
xlsx2csv: status 0, 0 lines with a figure
ExcelJS: Invalid row number in model
OUT
diff wanted seen && echo "still so"
