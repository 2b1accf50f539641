#!/usr/bin/env bash
# Rows that are read as objects and written again come back with their columns in another order.
#
# Versions:  SheetJS, npm xlsx 0.18.5.
# Expected:  json_to_sheet(sheet_to_json(sheet)) keeps each figure in its column: the objects have keys for the columns.
# Seen:      a blank cell has no key, and columns are written in the order in which keys first occur. Where the header of
#            a table is printed over merged cells, the total comes to be written before the figures that it adds up.
# Matters:   the second row of a header moves with its figures, but what is printed above it does not say so any more;
#            a reader that counts columns takes the total for the first figure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund xlsx@0.18.5 >> npm.log 2>&1

cat > try.js <<'JS'
const { utils } = require("xlsx");
const sheet = utils.aoa_to_sheet([
  ["Annual report", null, null, null],
  ["", "persons", null, "total"],   // "persons" is printed over two columns
  ["", null, "firms", null],
  ["granted", 12, 3, 15],
]);
const copy = utils.json_to_sheet(utils.sheet_to_json(sheet));
console.log(utils.sheet_to_csv(copy).trim());
JS
node try.js | tee seen
cat > wanted <<'OUT'
Annual report,__EMPTY,__EMPTY_2,__EMPTY_1
,persons,total,
,,,firms
granted,12,15,3
OUT
diff wanted seen && echo "still so"
