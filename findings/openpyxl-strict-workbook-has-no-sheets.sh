#!/usr/bin/env bash
# A workbook saved as "Strict Open XML Spreadsheet" opens without an error and has no sheets.
#
# Versions:  openpyxl 3.1.5, python-calamine 0.9.1, Python 3.
# Expected:  Excel offers the strict form of .xlsx under that name, with the same extension. A reader reads it or refuses it.
# Seen:      openpyxl.load_workbook gives a workbook with an empty list of sheets, whose `active` is None. calamine reads
#            the sheet and its figure. The two forms differ in their namespaces.
# Matters:   a loop over the sheets of a folder of workbooks does nothing for such a file, and says nothing: an office that
#            has reported counts as one with nothing to report.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

cd "$folder"
cat > try.py <<'PY'
import zipfile, openpyxl, python_calamine

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMS = {
    "transitional": ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    "strict": ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
}
for form, (main, relations) in FORMS.items():
    link = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{relations}/%s" Target="%s"/></Relationships>'
    with zipfile.ZipFile("book.xlsx", "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
        )
        file.writestr("_rels/.rels", link % ("officeDocument", "xl/workbook.xml"))
        conformance = ' conformance="strict"' if form == "strict" else ""
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"{conformance}><sheets><sheet name="2024" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        file.writestr("xl/_rels/workbook.xml.rels", link % ("worksheet", "worksheets/sheet1.xml"))
        file.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>57</v></c></row></sheetData></worksheet>')
    book = openpyxl.load_workbook("book.xlsx")
    print(form, "openpyxl", book.sheetnames, book.active and book.active["A1"].value)
    sheet = python_calamine.CalamineWorkbook.from_path("book.xlsx").get_sheet_by_index(0)
    print(form, "calamine", sheet.name, sheet.to_python())
PY
env/bin/python -W ignore try.py | tee seen
cat > wanted <<'OUT'
transitional openpyxl ['2024'] 57
transitional calamine 2024 [[57.0]]
strict openpyxl [] None
strict calamine 2024 [[57.0]]
OUT
diff wanted seen && echo "still so"
