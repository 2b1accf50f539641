"""Spark on this machine, with two tasks at once. Tests are skipped, and say so, where Java, PySpark or what makes reports is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
# Reports are made, and held against the command, by programs that the build of the crate leaves; elsewhere these say where they are.
GOUJI = os.environ.get("GOUJI", str(ROOT / "target/debug/gouji"))
CORPUS = os.environ.get("GOUJI_CORPUS", str(ROOT / "target/debug/examples/corpus"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java")
    sql = pytest.importorskip("pyspark.sql", reason="there is no PySpark: pip install -r bindings/python/tests/spark/requirements.txt")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2,4]").appName("gouji")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.driver.memory": "2g",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        # What is done once is not worth compiling.
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(tmp_path_factory.mktemp("checkpoints")))
    yield session
    session.stop()


def _made(folder: Path, *options: str) -> Path:
    if not Path(CORPUS).exists():
        pytest.skip(f"there is nothing that makes reports: cargo build --example corpus (no {CORPUS})")
    subprocess.run([CORPUS, "archive", str(folder), *options], check=True, capture_output=True)
    (folder / "truth.jsonl").unlink()
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """Two thousand reports of four years, with sixty things wrong between and in them, and the list of their agencies."""
    options = ("--reports", "2200", "--breaks", "60", "--formats", "md,html,xlsx,docx")
    return _made(tmp_path_factory.mktemp("made") / "made", *options)


@pytest.fixture(scope="session")
def few(tmp_path_factory) -> Path:
    """Some hundred reports, some of them twice, one unreadable, one that is no report, one beside its marked copy, and a bundle."""
    folder = _made(tmp_path_factory.mktemp("few") / "few", "--reports", "150", "--breaks", "20", "--formats", "md")
    reports = sorted(folder.rglob("*.md"))
    for number, path in enumerate(reports[:12]):
        path.with_name(f"{path.stem}-again.md").write_bytes(path.read_bytes() if number % 2 else reports[40 + number].read_bytes())
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    (folder / "empty.xlsx").write_bytes(b"")
    reports[20].with_name(f"{reports[20].stem}.批注.md").write_bytes(reports[20].read_bytes())
    bundled = folder / "bundled"
    bundled.mkdir()
    for path in reports[60:90]:
        shutil.move(path, bundled / path.name)
    shutil.make_archive(str(folder / "bundle"), "zip", bundled)
    shutil.rmtree(bundled)
    return folder


@pytest.fixture(scope="session")
def command():
    """What the command writes in a folder."""

    def run(folder: Path, *options: str) -> bytes:
        if not Path(GOUJI).exists():
            pytest.skip(f"there is no command to hold it against: cargo build (no {GOUJI})")
        call = [GOUJI, "check", ".", "--format", "jsonl", "--no-cache", "--no-progress", "--lang", "zh", *options]
        done = subprocess.run(call, cwd=folder, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()
        return done.stdout

    return run
