"""A run over all reports, and what is made of it."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .. import _gouji
from . import stages
from .comparing import REASONS, Compared, Comparing, ddl
from .stages import Settings

# So many files are read by one task at least, where these are opened by executors: what it takes to start a task is little against it.
FILES_A_TASK = 500
# So many reports are compared in one task.
TOGETHER = 200_000


class Mixed(ValueError):
    """Rows that were made by different versions of the program, or by different packs, and must not be compared with each other."""


class Run:
    """All reports, checked and compared."""

    def __init__(
        self,
        files: DataFrame,
        settings: Settings,
        agencies: tuple[str, bytes] | None,
        root: str | None,
        opener: stages.Opener | None,
        rows: DataFrame | None = None,
        together: int = TOGETHER,
    ) -> None:
        self.spark: SparkSession = files.sparkSession
        self.settings = settings
        self.files = files
        self.open = None if "content" in files.columns else (opener or stages.opened)
        self.together = together
        # Marked copies beside their reports.
        self.copies: list[str] = []
        self.comparing = Comparing(self.spark, settings, agencies)
        self.is_sorted = self.open is not None and rows is None
        made = rows if rows is not None else read(files, settings, root, opener)
        if agencies:
            # The list lies among the reports, and is none.
            made = made.filter(F.col("path") != agencies[0])
        self.rows = self.comparing.keep(made)
        self.counts = self.counted()
        self.compared = self.compare()

    def counted(self) -> dict[str, int]:
        """The numbers of the summary, as the reports by themselves have it."""
        is_report = F.col("is_report")
        verdict = {name: F.count(F.when(is_report & (F.col("verdict") == name), 1)) for name in VERDICTS}
        digests = F.col("digest").isNotNull()
        found = self.rows.agg(
            F.collect_set("stamp").alias("stamps"),
            F.count(F.when(is_report, 1)).alias("reports"),
            F.count(F.when(is_report & F.col("is_unreadable"), 1)).alias("unreadable"),
            *(F.coalesce(F.sum(name), F.lit(0)).alias(name) for name in ("errors", "warnings", "advice")),
            *(count.alias(VERDICTS[name]) for name, count in verdict.items()),
            F.count(F.when(~is_report, 1)).alias("left_out"),
            F.count("copy_of").alias("copies"),
            F.count(F.when(digests, 1)).alias("digests"),
            F.coalesce(F.sum(F.when(digests, F.size("hashes"))), F.lit(0)).alias("sentences"),
        ).collect()[0]
        counts = found.asDict()
        stamps = set(counts.pop("stamps"))
        own = self.settings.kernel().stamp
        if stamps - {own}:
            raise Mixed("rows that are not of one kind are not compared: " + "; ".join(sorted(stamps | {own})))
        if counts.pop("copies") and self.without_copies():
            return self.counted()
        return counts

    def without_copies(self) -> bool:
        """Marked copies beside their reports are the same reports once more, and no reports."""
        there = self.rows.select(F.col("path").alias("copy_of")).distinct()
        copies = self.rows.filter("copy_of is not null").join(there, "copy_of", "left_semi").select("path").distinct()
        paths = self.copies = [row["path"] for row in copies.collect()]
        is_copy = F.col("path").isin(paths)
        first = self.rows.filter(is_copy).groupBy("path").agg(F.min("position").alias("position"))
        blank = {name: F.lit(None).cast(kind) for name, kind in self.rows.dtypes if name not in ("path", "position")}
        none = first.withColumns(blank | {"stamp": F.lit(self.settings.kernel().stamp), "is_report": F.lit(False)})
        rows = self.rows.filter(~is_copy).withColumn("copy_of", F.lit(None).cast("string"))
        self.rows = self.comparing.keep(rows.unionByName(none.select(*rows.columns)))
        self.is_sorted = False
        return bool(paths)

    def compare(self) -> Compared:
        digests, sentences = self.counts.pop("digests"), self.counts.pop("sentences")
        if digests < 2 and not self.comparing.agencies:
            return Compared(None, None, None)
        if digests <= self.together:
            return self.comparing.together(self.rows, self.files, self.open)
        return self.comparing.compare(self.rows, self.files, self.open, sentences)

    def across(self) -> DataFrame | None:
        """What is said across reports, of the reports in order first, then of those that are missing."""
        parts = [part for part in (self.compared.said, self.compared.absent) if part is not None]
        made = [part.withColumn("number", F.lit(number)) for number, part in enumerate(parts)]
        return made[0] if len(made) == 1 else made[0].unionByName(made[1]) if made else None

    def settled(self) -> DataFrame:
        """All reports, with the verdict that is another one now that they are compared."""
        rows = self.rows.filter("is_report")
        if self.compared.said is None:
            return rows.withColumn("new_verdict", F.lit(None).cast("string"))
        verdicts = self.compared.said.select("id", "new_verdict", F.lit(True).alias("is_said"))
        rows = rows.join(F.broadcast(verdicts), "id", "left")
        return rows.withColumn("new_verdict", F.expr("case when new_verdict != verdict then new_verdict end"))

    def ends(self) -> tuple[str, str]:
        """What stands before and behind what is said across reports."""
        kernel = self.settings.kernel()
        judged = self.compared.judged
        counts = dict(self.counts)
        tally, reasons, more = [0, 0, 0], [], 0
        if judged is not None:
            sums = judged.agg(*(F.coalesce(F.sum(name), F.lit(0)) for name in ("held", "broken", "not_evaluated")), F.coalesce(F.sum(F.size("reasons")), F.lit(0)))
            *tally, count = sums.collect()[0]
            first = judged.filter(F.size("reasons") > 0).select("position", "reasons").orderBy("position").limit(REASONS)
            rows = sorted(first.collect(), key=lambda row: row["position"].encode())
            reasons = [reason for row in rows for reason in row["reasons"]][:REASONS]
            more = count - len(reasons)
        across = self.across()
        if across is not None:
            names = ("errors", "warnings", "advice", "broken")
            *severities, broken = across.agg(*(F.coalesce(F.sum(name), F.lit(0)) for name in names)).collect()[0]
            tally[1] += broken
            for name, count in zip(names, severities):
                counts[name] += count
            changed = self.settled().filter("new_verdict is not null").groupBy("verdict", "new_verdict").count().collect()
            for before, now, count in changed:
                counts[VERDICTS[before]] -= count
                counts[VERDICTS[now]] += count
        return _gouji.spark.ends(kernel, tally, reasons, more, json.dumps(counts))

    def write(self, path: str, mode: str) -> None:
        """Writes the run: three folders of text, read one after the other by name."""
        lines = self.settled().select("position", "line", "new_verdict")
        if not self.is_sorted:
            lines = lines.orderBy("position")
        lines = lines.mapInArrow(stages.settling(self.settings), "position string, line string")
        lines.select("line").write.mode(mode).text(f"{path}/1-reports")
        head, tail = self.ends()
        # A line that holds all that is said across reports is too long for one row: what stands between its findings is written as what
        # ends a row, and so the end of that line is cut at a comma, too.
        cut = tail.rindex(",", 0, tail.index("\n"))
        across = self.across()
        one = self.spark.createDataFrame([(9, "", tail[:cut])], "number int, position string, text string")
        if across is None:
            texts = one.withColumn("text", F.concat(F.lit(head), "text"))
        else:
            texts = across.select("number", "position", F.array_join("findings", ",").alias("text"))
            texts = self.framed(texts, head, tail[:cut])
        texts = texts.orderBy("number", "position").select("text")
        texts.write.mode(mode).option("lineSep", ",").text(f"{path}/2-across")
        rest = self.spark.createDataFrame([(tail[cut + 1 :].rstrip("\n"),)], "text string").coalesce(1)
        rest.write.mode(mode).text(f"{path}/3-summary")

    def framed(self, texts: DataFrame, head: str, tail: str) -> DataFrame:
        """Texts with what stands before the first and behind the last."""
        first = texts.orderBy("number", "position").limit(1).collect()
        last = texts.orderBy(F.desc("number"), F.desc("position")).limit(1).collect()
        schema = "number int, position string, text string"
        if not first:
            return self.spark.createDataFrame([(0, "", head + tail)], schema)
        is_first = (F.col("number") == first[0]["number"]) & (F.col("position") == first[0]["position"])
        is_last = (F.col("number") == last[0]["number"]) & (F.col("position") == last[0]["position"])
        text = F.concat(
            F.when(is_first, F.lit(head)).otherwise(""), "text", F.when(is_last, F.lit(tail)).otherwise("")
        )
        return texts.withColumn("text", text)


VERDICTS = {"pass": "passed", "findings": "with_findings", "unverifiable": "unverifiable"}


def read(files: DataFrame, settings: Settings, root: str | None, opener: stages.Opener | None) -> DataFrame:
    """A row for each report, and for each file that is none."""
    if "content" in files.columns:
        return files.select("path", "content").mapInArrow(stages.reading(settings, root, None), ddl(stages.READ))
    # Names are compared one by one, as a walk through folders does: what separates them is less than all that is in them.
    order = F.translate("path", "/", "\0")
    paths = files.select("path", order.alias("by"))
    count = paths.count()
    least = files.sparkSession.sparkContext.defaultParallelism
    parts = max(1, min(count, max(least * 4, count // FILES_A_TASK)))
    paths = paths.repartitionByRange(parts, "by").sortWithinPartitions("by").select("path")
    return paths.mapInArrow(stages.reading(settings, root, opener or stages.opened), ddl(stages.READ))
