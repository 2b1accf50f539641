"""The tables of a check, and what is refused."""

from __future__ import annotations

import json

import pytest
from .support import files_of, listed

from pyspark.sql import functions as F

import gouji.spark


def test_tables_say_what_the_lines_say(spark, few, command):
    list_ = ("organs.csv", (few / "organs.csv").read_bytes())
    checked = gouji.spark.check(files_of(spark, few, 1, 3), list_, root=str(few))
    reports, findings, figures = checked
    expected = [json.loads(line) for line in command(few, "--organs", "organs.csv").splitlines()]
    of_reports = [line["report"] for line in expected if "report" in line]
    across = next(line["archive"]["findings"] for line in expected if "archive" in line)
    verdicts = {(row["path"], row["part"]): row["verdict"] for row in reports.collect()}
    assert verdicts == {(own["path"], own.get("part")): own["verdict"] for own in of_reports}
    rows = findings.collect()
    assert sum(row["across"] for row in rows) == len(across)
    own = {(row["path"], row["code"], row["fingerprint"]) for row in rows if not row["across"]}
    assert own == {(report["path"], one["code"], one["fingerprint"]) for report in of_reports for one in report["findings"]}
    numbers = figures.filter(F.col("value").isNotNull()).groupBy("path").count().collect()
    assert len(numbers) == sum(report.get("pack") is not None for report in of_reports)
    checked.close()


def test_rows_of_another_version_are_not_compared(spark, few, tmp_path):
    files = files_of(spark, few, 1, 2)
    rows = gouji.spark.read(files, root=str(few))
    rows.write.parquet(str(tmp_path / "rows"))
    stored = spark.read.parquet(str(tmp_path / "rows"))
    gouji.spark.compare(stored, files, root=str(few)).close()
    newer = stored.withColumn("stamp", F.when(F.col("path").endswith("-again.md"), "gouji 9.9.9").otherwise(F.col("stamp")))
    with pytest.raises(gouji.spark.Mixed, match="gouji 9.9.9"):
        gouji.spark.compare(newer, files, root=str(few))
    with pytest.raises(gouji.spark.Mixed, match="with"):
        gouji.spark.compare(stored, files, ignore=["GJ300"], root=str(few))


def test_what_cannot_be_used_is_said_by_the_driver(spark, few, tmp_path):
    files = files_of(spark, few, 1, 1)
    with pytest.raises(ValueError, match="did you mean"):
        gouji.spark.check(files, ignore=["wrong-figur"])
    (tmp_path / "pack.toml").write_text("id = 3\n")
    with pytest.raises(ValueError, match="pack.toml"):
        gouji.spark.check(files, packs=[tmp_path / "pack.toml"])
    with pytest.raises(ValueError, match="organs.csv"):
        gouji.spark.check(files, ("organs.csv", b"a,b\n"))


def test_a_file_that_cannot_be_opened_is_a_finding(spark, few):
    paths = [*listed(few, 1)[:5], str(few / "gone.md")]
    files = spark.createDataFrame([(path,) for path in paths], "path string")
    checked = gouji.spark.check(files, root=str(few))
    gone = checked.findings.filter("path = 'gone.md'").collect()
    assert [row["kind"] for row in gone] == ["unreadable"]
    checked.close()
