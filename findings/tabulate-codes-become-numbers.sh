#!/usr/bin/env bash
# A data frame of texts, written as a Markdown table, holds other texts: item 1.10 becomes 1.1, which is there already.
#
# Versions:  pandas 3.1.1 with tabulate 0.10.0, Python 3.
# Expected:  DataFrame.to_markdown prints a column of strings as it is; to_csv and to_html do.
# Seen:      tabulate takes texts for numbers where a whole column looks so: 1.10 is printed as 1.1, the reference 1e3 as
#            1000. The column 0012, 0120 keeps its zeros. `disable_numparse=True` prevents it.
# Matters:   the codes of items are such texts. Two items have one code in the report.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 tabulate==0.10.0

cd "$folder"
cat > try.py <<'PY'
import pandas

frame = pandas.DataFrame({"item": ["1.1", "1.10"], "agency": ["0012", "0120"], "file": ["1e3", "2e1"]}, dtype=str)
print(frame.to_csv(index=False), end="")
print(frame.to_markdown(index=False))
print(frame.to_markdown(index=False, disable_numparse=True))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
item,agency,file
1.1,0012,1e3
1.10,0120,2e1
|   item |   agency |   file |
|-------:|---------:|-------:|
|    1.1 |     0012 |   1000 |
|    1.1 |     0120 |     20 |
| item   | agency   | file   |
|:-------|:---------|:-------|
| 1.1    | 0012     | 1e3    |
| 1.10   | 0120     | 2e1    |
OUT
diff wanted seen && echo "still so"
