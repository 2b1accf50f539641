#!/usr/bin/env bash
# A report whose name has a blank in it is called two things by Spark: a join by path loses it.
#
# Versions:  PySpark 4.3.0 on Java 17.
# Expected:  the column path of the source binaryFile, the metadata column _metadata.file_path and input_file_name() are
#            one path, as they are of one row.
# Seen:      path has the name as it is; the other two have its blank as %20 and its percent sign as %25. Chinese signs are
#            as they are in all three, so that most names seem to agree. input_file_name() begins with file:///, the others
#            with file:/.
# Matters:   who keeps figures by input_file_name() and contents by path, and joins both, has no row for 年报 (1).md and
#            "no such report" is what comes of it. Downloads that were made twice have such names.
set -euo pipefail
command -v java > /dev/null || { echo "Java is needed" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pyspark==4.3.0

cd "$folder"
mkdir reports
for name in '年报.md' '年报 (1).md' '公开率100%.md'; do echo "# $name" > "reports/$name"; done
cat > try.py <<'PY'
from pyspark.sql import SparkSession, functions as F

builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
files = spark.read.format("binaryFile").load("reports")
names = files.select("path", "_metadata.file_path", F.input_file_name().alias("input"))
for row in sorted(names.collect()):
    print(*(value.rsplit("/", 1)[1] for value in row), sep=" | ")
texts = spark.read.text("reports").select(F.input_file_name().alias("input"))
texts = texts.select(F.replace("input", F.lit("file:///"), F.lit("file:/")).alias("path"))
print(files.join(texts, "path").count(), "of", files.count(), "files joined")
PY
PYSPARK_PYTHON=$folder/env/bin/python env/bin/python try.py 2> log | tee seen || { cat log; exit 1; }
cat > wanted <<'OUT'
公开率100%.md | 公开率100%25.md | 公开率100%25.md
年报 (1).md | 年报%20(1).md | 年报%20(1).md
年报.md | 年报.md | 年报.md
1 of 3 files joined
OUT
diff wanted seen && echo "still so"
