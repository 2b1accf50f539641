"""The tables that a run is looked at by."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import stages
from .comparing import ddl
from .run import Run
from .stages import Settings

COLUMNS = ["path", "part", "format", "pack", "organization", "year"]


def reports(run: Run) -> DataFrame:
    """A row for each report."""
    rows = run.settled()
    line = F.col("line")
    own = F.expr("substring(line, 11, length(line) - 11)")
    del line
    return rows.select(
        *COLUMNS, F.coalesce("new_verdict", "verdict").alias("verdict"), "errors", "warnings", "advice", own.alias("json")
    )


FINDINGS = pa.schema(
    [
        ("path", pa.string()),
        ("part", pa.string()),
        ("organization", pa.string()),
        ("year", pa.int32()),
        ("across", pa.bool_()),
        ("code", pa.string()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("severity", pa.string()),
        ("fingerprint", pa.string()),
        ("place", pa.string()),
        ("cell", pa.string()),
        ("found", pa.string()),
        ("expected", pa.string()),
        ("message", pa.string()),
        ("location", pa.string()),
        ("json", pa.string()),
    ]
)


def _rows(found: Iterator[tuple[dict[str, object], bool]]) -> pa.RecordBatch:
    rows = []
    for finding, across in found:
        row = {name: finding.get(name) for name in FINDINGS.names}
        location = finding.get("location")
        row["location"] = None if location is None else _json(location)
        row["across"] = across
        row["json"] = _json(finding)
        rows.append(row)
    return pa.RecordBatch.from_pylist(rows, schema=FINDINGS)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _of_reports(batches: stages.Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        lines = (json.loads(line)["report"] for line in batch.column("line").to_pylist())
        whose = ("path", "part", "organization", "year")
        yield _rows(
            ({**{key: report.get(key) for key in whose}, **finding}, False)
            for report in lines
            for finding in report["findings"]
        )


def _of_across(batches: stages.Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield _rows((json.loads(text), True) for texts in batch.column("findings").to_pylist() for text in texts)


def findings(run: Run) -> DataFrame:
    """A row for each finding."""
    with_any = run.rows.filter("is_report and errors + warnings + advice > 0").select("line")
    own = with_any.mapInArrow(_of_reports, ddl(FINDINGS))
    across = run.across()
    if across is None:
        return own
    return own.union(across.select("findings").mapInArrow(_of_across, ddl(FINDINGS)))


def figures(run: Run, settings: Settings, root: str | None, opener: stages.Opener | None) -> DataFrame:
    """A row for each figure."""
    columns = [name for name in ("path", "content") if name in run.files.columns]
    open_ = None if "content" in columns else (opener or stages.opened)
    made = run.files.select(*columns).mapInArrow(stages.figuring(settings, root, open_), ddl(stages.FIGURES))
    return made.filter(~F.col("path").isin(run.copies)) if run.copies else made
