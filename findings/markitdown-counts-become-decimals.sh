#!/usr/bin/env bash
# A blank cell changes how the other figures of its column are written.
#
# Versions:  markitdown 0.1.9 with its extra xlsx (pandas 3.1.1, openpyxl 3.1.5), XlsxWriter 3.3.1 (writes the workbook).
# Expected:  the workbook holds the whole number 12, so the Markdown says 12; a blank cell of the sheet is a blank cell of the table.
# Seen:      in a column with one blank cell every count gets a fraction (12.0), and the blank says NaN;
#            the column beside it, without a blank, keeps its whole numbers.
# Matters:   a checker of counts sees a decimal and a word where the office wrote a count and nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check 'markitdown[xlsx]==0.1.9' pandas==3.1.1 openpyxl==3.1.5 XlsxWriter==3.3.1

cd "$folder"
cat > try.py <<'PY'
import warnings
warnings.simplefilter("ignore")
import xlsxwriter
from markitdown import MarkItDown

workbook = xlsxwriter.Workbook("counts.xlsx")
sheet = workbook.add_worksheet()
for row, cells in enumerate([["outcome", "persons", "companies"], ["granted", 12, 3], ["denied", None, 4], ["total", 12, 7]]):
    sheet.write_row(row, 0, cells)
workbook.close()
print(MarkItDown().convert("counts.xlsx").text_content.strip())
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
## Sheet1
| outcome | persons | companies |
| --- | --- | --- |
| granted | 12.0 | 3 |
| denied | NaN | 4 |
| total | 12.0 | 7 |
OUT
diff wanted seen && echo "still so"
