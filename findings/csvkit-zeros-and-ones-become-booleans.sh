#!/usr/bin/env bash
# A column of counts in which only 0 and 1 occur becomes True and False.
#
# Versions:  csvkit 2.2.0 with agate 1.14.2, Python 3.
# Expected:  csvsort and csvjoin print the cells of a .csv as they stand, in another order; csvjson keeps numbers.
# Seen:      a column that holds nothing but 0 and 1 is taken for truth values: 1 becomes True, 0 becomes False. The next
#            column, with one 2 in it, stays a column of numbers. Nothing is printed about it. csvcut and csvstack leave
#            the cells as they are.
# Matters:   small offices report many zeros and a few ones. Two columns of one table are then of different types, and
#            a reader of the output finds words where figures must be.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

cd "$folder"
cat > counts.csv <<'CSV'
item,person,company,total
received,1,1,2
granted,0,1,1
CSV
{
    env/bin/csvcut -c item,person,total counts.csv
    env/bin/csvsort -c item counts.csv
    env/bin/csvjson counts.csv
    echo
} | tee seen
cat > wanted <<'OUT'
item,person,total
received,1,2
granted,0,1
item,person,company,total
granted,False,True,1
received,True,True,2
[{"item": "received", "person": true, "company": true, "total": 2.0}, {"item": "granted", "person": false, "company": true, "total": 1.0}]
OUT
diff wanted seen && echo "still so"
