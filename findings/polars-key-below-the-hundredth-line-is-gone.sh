#!/usr/bin/env bash
# A key of JSON Lines that no object before the hundred and first has: where its values go.
#
# Version:   polars 2.1.0, Python 3.
# Expected:  a column with nulls above, as pandas makes it; or an error, as the same reader gives where a number of a column of
#            whole numbers has a decimal point below the hundredth line.
# Seen:      there is no such column, and nobody says that its values were left out. `infer_schema_length=None` reads them.
# Matters:   figures are written without the keys that they have no value for. The unit of amounts comes with the first amount: a
#            file that begins with counts loses the units of all amounts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 pandas==3.1.1

cd "$folder"
cat > try.py <<'PY'
import pandas
import polars

LINES = '{"value":12}\n' * 100


def seen(words, read):
    try:
        frame = read()
        print(f"{words}: {list(frame.columns)}")
    except Exception as error:
        print(f"{words}: {type(error).__name__}")


open("unit.jsonl", "w").write(LINES + '{"value":34,"unit":"万元"}\n')
open("point.jsonl", "w").write(LINES + '{"value":3.4}\n')
seen("polars, a key", lambda: polars.read_ndjson("unit.jsonl"))
seen("polars, a key, all looked at", lambda: polars.read_ndjson("unit.jsonl", infer_schema_length=None))
seen("polars, a point", lambda: polars.read_ndjson("point.jsonl"))
seen("pandas, a key", lambda: pandas.read_json("unit.jsonl", lines=True))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
polars, a key: ['value']
polars, a key, all looked at: ['value', 'unit']
polars, a point: ComputeError
pandas, a key: ['value', 'unit']
OUT
diff wanted seen && echo "still so"
