#!/usr/bin/env bash
# A cell that is read as a text in a short sheet is null in a long one: "12件" below the hundredth row is gone.
#
# Versions:  polars 2.1.0 with fastexcel 0.21.0; XlsxWriter 3.3.1 writes the workbooks; pandas 3.1.1 for comparison.
# Expected:  a column with one text in it is a column of texts, wherever the text stands, or reading it is an error, as
#            polars.read_csv has it.
# Seen:      the type of a column is taken from its first 100 rows. A later cell that does not fit is null, without a word.
#            The same cell within the first 100 rows makes the whole column texts. pandas keeps both.
# Matters:   the collection of a county has more offices than that. A count with its unit behind it, or a count marked with
#            a note, reads as an office that has reported nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1 pandas==3.1.1 openpyxl==3.1.5

cd "$folder"
cat > try.py <<'PY'
import pandas, polars, xlsxwriter

for row in (50, 500):
    book = xlsxwriter.Workbook("offices.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["office", "received"])
    for number in range(1, 1001):
        sheet.write_row(number, 0, [f"office {number}", "12件" if number == row else number])
    book.close()
    frame = polars.read_excel("offices.xlsx")
    print(row, "polars", frame.schema["received"], frame["received"][row - 1])
    print(row, "pandas", pandas.read_excel("offices.xlsx", engine="openpyxl")["received"][row - 1])
PY
env/bin/python try.py 2> log | tee seen
cat > wanted <<'OUT'
50 polars String 12件
50 pandas 12件
500 polars Int64 None
500 pandas 12件
OUT
diff wanted seen && echo "still so"
