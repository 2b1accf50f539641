"""What the tests of Spark share."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="there is no PySpark: pip install -r bindings/python/tests/spark/requirements.txt")


def listed(folder: Path, seed: int) -> list[str]:
    """All files of a folder, in any order."""
    paths = [str(path) for path in folder.rglob("*") if path.is_file()]
    random.Random(seed).shuffle(paths)
    return paths


def written(folder: Path) -> bytes:
    """What was written, as it is to be read."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*/part-*")))


def files_of(spark, folder, seed, parts, with_content=False):
    """The files of a folder as Spark has them."""
    paths = listed(folder, seed)
    if not with_content:
        return spark.createDataFrame([(path,) for path in paths], "path string").repartition(parts)
    rows = []
    for path in paths:
        with open(path, "rb") as file:
            rows.append((path, file.read()))
    return spark.createDataFrame(rows, "path string, content binary").repartition(parts)
