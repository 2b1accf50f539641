"""Reports against each other. Only digests are sent around, and of these only those that something depends on: see docs/scale.md."""

from __future__ import annotations

import dataclasses
import json
import tempfile
import itertools
import warnings
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from .. import _gouji
from . import stages
from .stages import MEMBER, Settings

# The rows of an agency or a report that is met more often than this are spread over so many tasks.
HOT = 10_000
SALTS = 64
# So many reasons why a rule was not evaluated are kept, as the command keeps them.
REASONS = 10_000
_numbers = itertools.count()


def ddl(schema: Any) -> str:
    """A schema of pyarrow in Spark's words."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema).simpleString()[len("struct<") : -1]


@dataclasses.dataclass
class Compared:
    """What came of comparing reports."""

    # For each report of which something was asked: how the rules fared.
    judged: DataFrame | None
    # What is said of reports, and of missing ones.
    said: DataFrame | None
    absent: DataFrame | None


class Comparing:
    """One comparison of all rows of a run."""

    def __init__(self, spark: SparkSession, settings: Settings, agencies: tuple[str, bytes] | None) -> None:
        self.spark = spark
        self.settings = settings
        self.agencies = agencies
        self.kept: list[DataFrame] = []
        self.of_list: DataFrame | None = None
        self.is_spread = False
        self.ground = self.shared([], [])
        plain = stages.comparison(settings, self.ground)
        self.plain = plain
        for remark in plain.remarks():
            warnings.warn(f"{agencies[0] if agencies else ''}: {remark}", stacklevel=4)

    def shared(self, common: list[int], reported: list[tuple[int, int, int]]) -> Any:
        value = {"number": next(_numbers), "agencies": self.agencies, "common": common, "reported": reported}
        return self.spark.sparkContext.broadcast(value)

    def keep(self, frame: DataFrame) -> DataFrame:
        """Computed once, and held until the run is closed; where reports are spread over many tasks, by way of the checkpoint folder: what
        follows knows nothing of how it came about, else a plan would grow with every stage, and so would its description."""
        if self.is_spread:
            return frame.checkpoint()
        self.kept.append(frame.persist())
        return frame

    def spread(self) -> None:
        """From here on, what is computed is written to the checkpoint folder."""
        context = self.spark.sparkContext
        if context.getCheckpointDir() is None:
            if not context.master.startswith("local"):
                raise ValueError("so many reports are compared by way of a folder that all executors see: sparkContext.setCheckpointDir(…)")
            context.setCheckpointDir(tempfile.mkdtemp(prefix="gouji-"))
        self.is_spread = True

    def table(self, rows: list[tuple[Any, ...]], schema: str) -> DataFrame:
        return F.broadcast(self.spark.createDataFrame(rows, schema))

    def together(self, rows: DataFrame, files: DataFrame, open_: stages.Opener | None) -> Compared:
        """All reports in one task: a hundred thousand digests are some hundred megabytes, and what it takes to spread them over many tasks
        is more than to compare them."""
        is_unread = F.col("pack").isNull() & F.col("organization").isNotNull() & F.col("year").isNotNull()
        members = rows.filter(F.col("digest").isNotNull() | is_unread).select(*stages.MEMBERS.names).coalesce(1)
        judged = self.keep(members.mapInArrow(stages.judging_all(self.settings, self.ground), ddl(stages.JUDGED)))
        first = judged.filter(F.length("id") == 0).select("accused").collect()[0]
        common, reported, missing = json.loads(bytes(first["accused"]))
        self.ground = self.shared(common, [tuple(one) for one in reported])
        judged = judged.filter(F.length("id") > 0)
        said = self.keep(self.say(judged, files, open_))
        absent = None
        if missing:
            absent = self.of_absent(self.table([tuple(one) for one in missing], "agency int, year int, family int"))
        self.warn_of_thin()
        return Compared(judged, said, absent)

    def compare(self, rows: DataFrame, files: DataFrame, open_: stages.Opener | None, sentences: int) -> Compared:
        self.spread()
        members = self.keep(self.members(rows))
        years = self.keep(self.years(members))
        reported = self.reported(years)
        common = self.common(members, sentences)
        self.ground = self.shared(common, reported)
        alike = self.keep(self.alike(years, common))
        judged = self.keep(self.judge(members, years, alike))
        said = self.keep(self.say(judged, files, open_))
        return Compared(judged, said, self.absent(years, members, reported))

    # Whose reports they are.

    def members(self, rows: DataFrame) -> DataFrame:
        """Reports with a digest, and files of an agency and year that cannot be read: of no family."""
        is_unread = F.col("pack").isNull() & F.col("organization").isNotNull() & F.col("year").isNotNull()
        rows = rows.filter(F.col("digest").isNotNull() | is_unread)
        rows = rows.withColumn("family", F.when(F.col("digest").isNull(), -1).otherwise(F.col("family")))
        number: Column = F.lit(None).cast("int")
        if self.agencies:
            names = self.table(self.plain.names(), "folded string, number int")
            rows = rows.join(names, "folded", "left")
            number = F.col("number")
        agency = F.when(number.isNotNull(), F.concat(F.lit("\0"), number.cast("string"))).otherwise(F.col("folded"))
        return rows.withColumns({"agency": agency, "listed": number}).select(
            *(name for name in MEMBER if name != "name"),
            *["family", "agency", "listed", "year", "organization", "figures", "is_telling", "hashes"],
        )

    def years(self, members: DataFrame) -> DataFrame:
        """For each family, agency and year its first report, and which others tell whether its reports differ. What an agency has
        besides is set aside here, however much it is."""
        own = [name for name in MEMBER if name != "name"]
        first = F.struct("position", *(name for name in own if name != "position"), "organization", *EXTRA)
        of_year = members.groupBy("family", "agency", "year").agg(
            F.count("*").alias("count"),
            F.first("listed").alias("listed"),
            F.min(first).alias("first"),
            F.max("position").alias("last"),
            F.min(F.struct("figures", "position")).alias("low"),
            F.max(F.struct("figures", "position")).alias("high"),
        )
        of_agency = Window.partitionBy("agency")
        in_order = Window.partitionBy("agency", "family").orderBy("year")
        named = F.min(F.struct("first.position", "first.organization")).over(of_agency)
        unread = F.collect_set(F.when(F.col("family") == -1, F.col("year"))).over(of_agency)
        return of_year.withColumns(
            {
                "name": named["organization"],
                "unread": F.array_sort(unread),
                "next_year": F.lead("year").over(in_order),
            }
        )

    def reported(self, years: DataFrame) -> list[tuple[int, int, int]]:
        if not self.agencies:
            return []
        listed = self.listed()
        is_there = listed.number.isNotNull() & lasts(listed, F.col("year"))
        of_year = years.filter("family >= 0").join(listed, years.listed == listed.number, "left")
        counts = of_year.groupBy("family", "year").agg(F.sum(is_there.cast("long")).alias("count"))
        return [(row["family"], row["year"], row["count"] or 0) for row in counts.collect()]

    def listed(self) -> DataFrame:
        """The list of agencies."""
        if self.of_list is None:
            rows = [(number, *own) for number, own in enumerate(self.plain.agencies())]
            self.of_list = self.table(rows, "number int, own_name string, parent int, is_consolidated boolean, since int, until int")
        return self.of_list

    # Which sentences are nobody's own.

    def common(self, members: DataFrame, sentences: int) -> list[int]:
        room, full = self.plain.counters(sentences)
        members = members.filter("family >= 0")
        hashes = members.select("family", "agency", F.explode("hashes").alias("hash")).distinct()
        counts = hashes.groupBy("hash").agg(F.count("*").alias("count"))
        placed = self.keep(counts.mapInArrow(stages.placing(room), ddl(stages.PLACES)))
        both = placed.select(F.explode(F.array("one", "two")).alias("counter"), "count")
        over = both.groupBy("counter").agg(F.sum("count").alias("count")).filter(F.col("count") >= full)
        over = F.broadcast(over.select("counter"))
        found = placed.join(over.withColumnRenamed("counter", "one"), "one", "left_semi")
        found = found.join(over.withColumnRenamed("counter", "two"), "two", "left_semi")
        return sorted(row["hash"] for row in found.select("hash").collect())

    # Who is like whom.

    def alike(self, years: DataFrame, common: list[int]) -> DataFrame:
        """Reports with the figures or the text of another one: `own`, `figures`, `text`, and whether the other's text is its own."""
        firsts = years.filter("family >= 0").select("family", "year", "name", "first.*")
        figures = self.same_figures(firsts)
        text = self.keep(self.same_text(firsts, common))
        back = text.select(F.col("own").alias("other"), F.col("text").alias("back"))
        text = text.join(back, text.text == back.other, "left").select("own", "text", F.expr("back <=> own").alias("is_back"))
        return figures.join(text, "own", "full")

    def same_figures(self, firsts: DataFrame) -> DataFrame:
        of = ["family", "year", "figures"]
        telling = firsts.filter("is_telling").select(*of, "id", F.struct("name", "position", "id").alias("who"))
        heads = telling.groupBy(*of).agg(F.count("*").alias("count"), F.min("who").alias("head")).filter("count > 1")
        others = self.keep(self.apart(telling, self.keep(heads), of).filter("who != head"))
        seconds = others.groupBy(*of).agg(F.min(F.struct("who", "head")).alias("pair"))
        of_head = seconds.select(F.col("pair.head.id").alias("own"), F.col("pair.who.id").alias("figures"))
        return others.select(F.col("id").alias("own"), F.col("head.id").alias("figures")).union(of_head)

    def same_text(self, firsts: DataFrame, common: list[int]) -> DataFrame:
        uses = firsts.select("family", "year", "id", F.explode("hashes").alias("hash"))
        if common:
            known = self.table([(hash,) for hash in common], "hash long")
            uses = uses.join(known, "hash", "left_anti")
        # A sentence that is not common is in few reports, so that no key is met often.
        together = uses.groupBy("hash", "family", "year").agg(F.array_sort(F.collect_list("id")).alias("ids"))
        together = together.filter(F.size("ids") > 1)
        one = together.select("ids", F.explode("ids").alias("one"))
        pairs = one.select("one", F.explode("ids").alias("two")).filter(F.col("one") < F.col("two"))
        least = self.plain.copied_least()
        pairs = pairs.groupBy("one", "two").agg(F.count("*").alias("shared")).filter(F.col("shared") >= least)
        both = pairs.select(F.explode(F.array(F.struct("one", "two"), F.struct(F.col("two").alias("one"), F.col("one").alias("two")))).alias("pair"))
        both = both.select(F.col("pair.one").alias("own"), F.col("pair.two").alias("other"))
        own = firsts.select(F.col("id").alias("own"), "digest")
        other = firsts.select(F.col("id").alias("other"), F.col("digest").alias("other_digest"), "position")
        both = both.join(own, "own").join(other, "other")
        ground = self.shared(common, [])
        copied = both.mapInArrow(stages.copying(self.settings, ground), ddl(stages.COPIED))
        first = copied.groupBy("own").agg(F.min(F.struct("position", "other")).alias("first"))
        return first.select("own", F.col("first.other").alias("text"))

    def apart(self, rows: DataFrame, table: DataFrame, key: list[str]) -> DataFrame:
        """Rows, each with an `id`, joined with a kept table that has `count` rows for a key. Keys that are met often are salted, so that no
        single task gets all their rows."""
        hot = table.filter(F.col("count") > HOT).select(*key).distinct().collect()
        table = table.drop("count")
        if not hot:
            return rows.join(table, key)
        is_hot = self.table([(*row, True) for row in hot], _columns(rows, key) + ", is_hot boolean")
        salted = rows.join(is_hot, key, "left").withColumn(
            "salt", F.when(F.col("is_hot"), F.pmod(F.xxhash64("id"), F.lit(SALTS))).otherwise(F.lit(0).cast("long"))
        )
        salts = F.when(F.col("is_hot"), F.sequence(F.lit(0).cast("long"), F.lit(SALTS - 1).cast("long")))
        none = F.array(F.lit(0).cast("long"))
        table = table.join(is_hot, key, "left").withColumn("salt", F.explode(F.coalesce(salts, none))).drop("is_hot")
        return salted.drop("is_hot").join(table, [*key, "salt"]).drop("salt")

    # What is judged.

    def judge(self, members: DataFrame, years: DataFrame, alike: DataFrame) -> DataFrame:
        read = years.filter("family >= 0")
        taken = self.keep(self.taken(members, read))
        rows = self.of_agency(taken, read).unionByName(self.of_others(taken, read, alike))
        rows = rows.repartition(*stages.KEY).sortWithinPartitions(*stages.KEY, "position")
        judged = rows.mapInArrow(stages.judging(self.settings, self.ground), ddl(stages.JUDGED))
        own = [name for name in MEMBER if name != "name"]
        further = members.filter("family >= 0").select("family", "agency", "year", *own)
        several = read.filter("count > 1").select("family", "agency", "year", "count", "name", "first")
        # Each row of a key is one report.
        pairs = self.apart(further, several, ["family", "agency", "year"]).filter("position != first.position")
        pairs = pairs.select(*own, "name", "first")
        twins = pairs.mapInArrow(stages.judging_pairs(self.settings, self.ground), ddl(stages.JUDGED))
        return judged.union(twins)

    def taken(self, members: DataFrame, read: DataFrame) -> DataFrame:
        """Of each family, agency and year the reports that others are compared with: the first, and where there are more, those that
        tell whether they differ, and the last."""
        own = [name for name in MEMBER if name != "name"]
        columns = ["family", "agency", "year", "listed", "next_year", "name", "unread"]
        firsts = read.select(*columns, *(F.col(f"first.{name}").alias(name) for name in own), F.lit(True).alias("is_first"))
        several = read.filter("count > 1")
        others = several.select(*columns, F.explode(F.array_distinct(F.array("last", "low.position", "high.position"))).alias("at"), F.col("first.position").alias("first"))
        others = others.filter("at != first").drop("first")
        digests = members.filter("family >= 0").select(*own)
        others = others.join(digests, others["at"] == digests["position"]).select(*columns, *own, F.lit(False).alias("is_first"))
        return firsts.unionByName(others)

    def of_agency(self, taken: DataFrame, read: DataFrame) -> DataFrame:
        """For each report those of its agency of the year and the year before, and those of the agencies below."""
        target = F.struct(F.col("agency").alias("agency"), F.col("year").alias("year"))
        nothing = F.lit(None).cast(TARGET)
        later = F.when(F.col("next_year").isNotNull(), F.struct("agency", F.col("next_year").alias("year"))).otherwise(nothing)
        targets = [target, later]
        if self.agencies:
            listed = self.listed()
            above = listed.filter("is_consolidated").select(F.col("number").alias("above"))
            own = listed.select(F.col("number").alias("listed"), F.col("parent").alias("above"))
            # Of agencies below, only what a report above is there for.
            taken = taken.join(own, "listed", "left").join(above.withColumn("is_summed", F.lit(True)), "above", "left")
            parent = F.concat(F.lit("\0"), F.col("above").cast("string"))
            for year in (F.col("year"), F.col("year") + 1):
                to = F.struct(parent.alias("agency"), year.alias("year"))
                targets.append(F.when(F.col("is_summed"), to).otherwise(nothing))
        rows = taken.withColumn("to", F.explode(F.array(*(target.cast(TARGET) for target in targets)))).filter("to is not null")
        is_own = F.col("is_first") & (F.col("to.agency") == F.col("agency")) & (F.col("to.year") == F.col("year"))
        return rows.select(
            F.col("family").alias("t_family"), F.col("to.agency").alias("t_agency"), F.col("to.year").alias("t_year"),
            *MEMBER, is_own.alias("is_own"),
            F.when(is_own, F.col("unread")).alias("unread"), *not_alike(),
        )

    def of_others(self, taken: DataFrame, read: DataFrame, alike: DataFrame) -> DataFrame:
        """For each report that is like another one that other, and its agency's of the year before."""
        own = read.select(F.col("first.id").alias("own"), F.col("family").alias("t_family"), F.col("agency").alias("t_agency"), F.col("year").alias("t_year"))
        alike = alike.join(own, "own")
        key = ["t_family", "t_agency", "t_year"]
        blank = [F.lit(None).cast("string" if name != "id" and name != "digest" and name != "place" else "binary").alias(name) for name in MEMBER]
        links = alike.select(
            *key, *blank, F.lit(False).alias("is_own"), F.lit(None).cast("array<int>").alias("unread"),
            F.col("figures").alias("like_figures"), F.col("text").alias("like_text"), F.col("is_back"),
        )
        others = alike.select(*key, F.explode(F.array("figures", "text")).alias("other"), F.col("own").alias("id"))
        others = self.keep(others.filter("other is not null"))
        # One report may be what very many are like: it is looked for once, and then handed to all of them.
        of_others = others.groupBy("other").agg(F.count("*").alias("count"))
        whose = read.select(F.col("first.id").alias("other"), "family", "agency", "year")
        found = of_others.join(whose, "other")
        years = found.withColumn("year", F.explode(F.array(F.col("year"), F.col("year") - 1)))
        kept = taken.select("family", "agency", "year", F.struct(*MEMBER).alias("member"))
        digests = self.keep(years.join(kept, ["family", "agency", "year"]).select("other", "count", "member"))
        rows = self.apart(others, digests, ["other"]).select(*key, "member.*")
        rows = rows.select(
            *key, *MEMBER, F.lit(False).alias("is_own"), F.lit(None).cast("array<int>").alias("unread"), *not_alike()
        )
        return links.unionByName(rows)

    # What is said.

    def say(self, judged: DataFrame, files: DataFrame, open_: stages.Opener | None) -> DataFrame:
        accused = judged.filter("accused is not null")
        wanted = self.keep(accused.select("id", F.explode("wanted").alias("file")).select("id", "file.*"))
        # One report may be what very many are held against.
        counts = wanted.groupBy("path").agg(F.count("*").alias("count"))
        places = wanted.select("source", "path", "place").distinct()
        places = places.groupBy("source").agg(F.collect_list(F.struct("path", "place")).alias("wanted"))
        if open_ is None:
            places = files.select(F.col("path").alias("source"), "content").join(places, "source")
        content = places.mapInArrow(stages.again(self.settings, open_), ddl(stages.AGAIN))
        found = self.apart(wanted.select("id", "path"), self.keep(content.join(counts, "path")), ["path"])
        nothing = F.lit(None)
        rows = accused.select("id", "position", "accused", nothing.cast("string").alias("path"), nothing.cast("binary").alias("content"))
        others = found.select("id", nothing.cast("string").alias("position"), nothing.cast("binary").alias("accused"), "path", "content")
        rows = rows.unionByName(others).repartition("id").sortWithinPartitions("id")
        return rows.mapInArrow(stages.saying(self.settings, self.ground), ddl(stages.SAID))

    def absent(self, years: DataFrame, members: DataFrame, reported: list[tuple[int, int, int]]) -> DataFrame | None:
        """What is said of agencies on the list that have no report."""
        if not self.agencies:
            return None
        expected = self.warn_of_thin()
        if not expected:
            return None
        due = self.table(expected, "family int, year int")
        listed = self.listed()
        wanted = due.crossJoin(listed).filter(lasts(listed, F.col("year")))
        there = years.select("family", F.col("listed").alias("number"), "year")
        unread = there.filter("family = -1").select("number", "year")
        wanted = wanted.join(there.filter("family >= 0"), ["family", "number", "year"], "left_anti")
        wanted = wanted.join(unread, ["number", "year"], "left_anti")
        return self.of_absent(wanted.select(F.col("number").alias("agency"), "year", "family"))

    def warn_of_thin(self) -> list[tuple[int, int]]:
        """The families and years of which all reports are expected."""
        expected, thin = _gouji.spark.expected(stages.comparison(self.settings, self.ground))
        for remark in thin:
            warnings.warn(f"{self.agencies[0] if self.agencies else ''}: {remark}", stacklevel=5)
        return expected

    def of_absent(self, wanted: DataFrame) -> DataFrame:
        place = F.format_string("%010d %05d %05d", "agency", "year", "family")
        wanted = wanted.withColumn("position", place)
        return self.keep(wanted.mapInArrow(stages.missing(self.settings, self.ground), ddl(stages.SAID)))

    def close(self) -> None:
        for frame in self.kept:
            frame.unpersist()
        self.kept.clear()


def _columns(frame: DataFrame, names: list[str]) -> str:
    kinds = dict(frame.dtypes)
    return ", ".join(f"{name} {kinds[name]}" for name in names)


TARGET = "struct<agency: string, year: int>"
EXTRA = ["figures", "is_telling", "hashes"]


def not_alike() -> list[Column]:
    """Columns of rows that say of nothing that it is like another."""
    kinds = {"like_figures": "binary", "like_text": "binary", "is_back": "boolean"}
    return [F.lit(None).cast(kind).alias(name) for name, kind in kinds.items()]


def lasts(listed: DataFrame, year: Column) -> Column:
    """Whether there is an agency of the list in a year."""
    since = listed.since.isNull() | (listed.since <= year)
    return since & (listed.until.isNull() | (year <= listed.until))
