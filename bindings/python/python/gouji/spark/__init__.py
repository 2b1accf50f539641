"""gouji on Spark: reports that one machine cannot hold, checked and compared by the same code.

    >>> files = spark.read.format("binaryFile").load("s3a://reports/").select("path", "content")
    >>> reports, findings, figures = gouji.spark.check(files, agencies="机关.csv")
    >>> findings.filter("severity = 'error'").groupBy("code").count().show()

``files`` has the columns ``path`` and ``content``, or ``path`` alone: then executors open the files. A zip archive is one row, whatever
number of reports is in it. Executors need gouji and pyarrow installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from pyspark.sql import DataFrame

from . import tables
from .run import TOGETHER, Mixed, Run
from .run import read as _read
from .stages import Opener, Settings

__all__ = ["Checked", "Mixed", "check", "compare", "read", "write"]


class Checked(tuple[DataFrame, DataFrame, DataFrame]):
    """What came of a check: ``reports, findings, figures = gouji.spark.check(…)``. Rows are kept until :meth:`close`."""

    run: Run

    @property
    def reports(self) -> DataFrame:
        """A row for each report: ``path``, ``part``, ``format``, ``pack``, ``organization``, ``year``, ``verdict``, how many ``errors``,
        ``warnings`` and ``advice`` it has by itself, and ``json``: the report as ``--format json`` has it."""
        return self[0]

    @property
    def findings(self) -> DataFrame:
        """A row for each finding, ``across`` being true of those across reports: its keys of the JSON, and ``json``, all of it."""
        return self[1]

    @property
    def figures(self) -> DataFrame:
        """A row for each figure, with the columns of ``gouji extract``. Files are read once more where this is asked for."""
        return self[2]

    def close(self) -> None:
        """Lets go of what is kept."""
        self.run.comparing.close()


def check(
    files: DataFrame,
    agencies: str | os.PathLike[str] | tuple[str, bytes] | None = None,
    packs: Iterable[str | os.PathLike[str]] = (),
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    lang: str = "zh",
    root: str | None = None,
    opener: Opener | None = None,
    together: int = TOGETHER,
) -> Checked:
    """Checks reports, and compares them with each other.

    Args:
        files: ``path`` and ``content``, or ``path`` alone.
        agencies: the list of agencies, a CSV file on the driver, or its path and bytes.
        packs: further rule packs, TOML files on the driver.
        select: rules that are applied, by code, name, kind or pack; all of them by default.
        ignore: rules that are not.
        lang: ``zh`` or ``en``.
        root: what paths are shown without: ``s3a://reports/``.
        opener: how an executor opens a path, if not from its own disk or a file system that pyarrow knows.
        together: up to so many reports are compared in one task.

    Raises:
        ValueError: a pack is wrong, a word means no rule, or the list of agencies cannot be used.
    """
    settings = _settings(packs, select, ignore, lang)
    return _checked(Run(files, settings, _list(agencies), root, opener, None, together), settings, root, opener)


def read(
    files: DataFrame,
    packs: Iterable[str | os.PathLike[str]] = (),
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    lang: str = "zh",
    root: str | None = None,
    opener: Opener | None = None,
) -> DataFrame:
    """Checks reports by themselves: the rows that :func:`compare` takes. Stored as Parquet, those of former years need not be made again.
    Each row says in ``stamp`` by which version and which packs it was made."""
    return _read(files, _settings(packs, select, ignore, lang), root, opener)


def compare(
    rows: DataFrame,
    files: DataFrame,
    agencies: str | os.PathLike[str] | tuple[str, bytes] | None = None,
    packs: Iterable[str | os.PathLike[str]] = (),
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    lang: str = "zh",
    root: str | None = None,
    opener: Opener | None = None,
    together: int = TOGETHER,
) -> Checked:
    """Compares reports that :func:`read` has made rows of; ``files`` is what those with something against them are read from again.

    Raises:
        Mixed: the rows are not all of this version and of these packs and choices.
    """
    settings = _settings(packs, select, ignore, lang)
    return _checked(Run(files, settings, _list(agencies), root, opener, rows, together), settings, root, opener)


def write(checked: Checked, path: str, *, mode: str = "error") -> None:
    """Writes what came of a check as JSON lines, into three folders below ``path``: ``1-reports``, ``2-across``, ``3-summary``. Their
    ``part-`` files one after the other, in the order of folders and names, are byte for byte what ``gouji check --format jsonl .`` writes
    in the folder that all paths are seen from.

    Args:
        mode: what to do where there is something already, as Spark's writers have it.
    """
    checked.run.write(path.rstrip("/"), mode)


def _settings(
    packs: Iterable[str | os.PathLike[str]], select: Sequence[str] | None, ignore: Sequence[str], lang: str
) -> Settings:
    texts = []
    for pack in packs:
        with open(pack, encoding="utf-8") as file:
            texts.append((os.fspath(pack), file.read()))
    settings = Settings(tuple(texts), None if select is None else tuple(select), tuple(ignore), lang)
    # What is wrong with it is said here, and not by an executor.
    settings.kernel()
    return settings


def _list(agencies: Any) -> tuple[str, bytes] | None:
    if agencies is None or isinstance(agencies, tuple):
        return agencies
    with open(agencies, "rb") as file:
        return os.fspath(agencies), file.read()


def _checked(run: Run, settings: Settings, root: str | None, opener: Opener | None) -> Checked:
    reports = tables.reports(run)
    findings = tables.findings(run)
    figures = tables.figures(run, settings, root, opener)
    checked = Checked((reports, findings, figures))
    checked.run = run
    return checked
