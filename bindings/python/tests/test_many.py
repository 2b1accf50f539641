"""Many files at once, several threads, several processes."""

from __future__ import annotations

import gc
import io
import itertools
import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import FIXTURES, WRONG, reports

import gouji


def verdict(path: str) -> tuple[str, str]:
    return path, gouji.check(path).report.verdict


def verdict_by(checker: gouji.Checker, path: str) -> str:
    return checker.check(path).report.to_json()


def test_results_come_in_the_order_of_the_files() -> None:
    paths = [path for _ in range(30) for path in reports()]
    alone = {path: gouji.check(path).report.to_json() for path in reports()}
    for jobs in (1, 2, 5):
        results = list(gouji.check_many(paths, jobs=jobs))
        assert [result.path for result in results] == [str(path) for path in paths]
        assert [result.report.to_json() for result in results] == [alone[path] for path in paths]


def test_folders_archives_and_bytes() -> None:
    results = list(gouji.check_many([FIXTURES, ("一.md", WRONG.read_bytes()), ("二.md", bytearray(WRONG.read_bytes()))]))
    assert [Path(result.path) for result in results[:-2]] == reports()
    assert [result.path for result in results[-2:]] == ["一.md", "二.md"]
    assert all(result.report.findings[0].code == "GJ300" for result in results[-2:])


def test_what_is_no_report_says_so(tmp_path) -> None:
    (tmp_path / "表.csv").write_text("a,b\n1,2\n")
    (tmp_path / "年报.md").write_bytes(WRONG.read_bytes())
    (tmp_path / "年报.批注.html").write_bytes(gouji.annotate(WRONG).content)
    results = {Path(result.path).name: result for result in gouji.check_many([tmp_path])}
    assert {name: result.left_out for name, result in results.items()} == {
        "表.csv": "other",
        "年报.md": None,
        "年报.批注.html": "own",
    }
    with pytest.raises(ValueError, match="gouji has written this file"):
        results["年报.批注.html"].report  # noqa: B018
    # A file that is named itself is a report, whatever it is like.
    assert gouji.check(tmp_path / "表.csv").report.verdict == "unverifiable"


def test_an_archive_without_reports_is_a_warning(tmp_path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "空.zip", "w") as archive:
        archive.writestr("照片.jpg", b"x")
    with pytest.warns(UserWarning, match="空.zip"):
        assert list(gouji.check_many([tmp_path / "空.zip"])) == []


def test_files_are_asked_for_as_they_are_needed() -> None:
    asked = 0

    def endless():
        nonlocal asked
        for asked in itertools.count(1):
            yield ("年报.md", b"# x")

    results = gouji.check_many(endless(), jobs=2)
    for _ in range(5):
        next(results)
    assert asked < 2000
    results.close()
    del results
    gc.collect()


def test_mistakes_are_raised_behind_the_results_before_them() -> None:
    results = gouji.check_many([WRONG, "没有.md", WRONG])
    assert next(results).report.findings
    with pytest.raises(FileNotFoundError) as raised:
        next(results)
    assert raised.value.filename == "没有.md"
    assert list(results) == []

    def failing():
        yield WRONG
        raise RuntimeError("no more")

    results = gouji.check_many(failing())
    assert next(results).report.findings
    with pytest.raises(RuntimeError, match="no more"):
        next(results)


def test_wrong_arguments() -> None:
    for wrong, words in (
        ("年报.md", "several paths"),
        (Path("年报.md"), "several paths"),
        (b"x", "several paths"),
    ):
        with pytest.raises(TypeError, match=words):
            gouji.check_many(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="neither a path nor a pair"):
        list(gouji.check_many([7]))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="less than 1"):
        gouji.check_many([WRONG], jobs=0)
    with pytest.raises(TypeError, match="need a name"):
        gouji.check(b"x")
    with pytest.raises(TypeError, match="open for bytes"):
        gouji.check(io.StringIO("x"), name="x.md")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no name"):
        gouji.check(io.BytesIO(b"x"))
    with pytest.raises(FileNotFoundError):
        gouji.check("没有.md")
    with pytest.raises(IsADirectoryError, match="check_many"):
        gouji.check("fixtures")


def test_files_that_are_open() -> None:
    with open(WRONG, "rb") as file:
        assert gouji.check(file).report == gouji.check(WRONG).report
    named = gouji.check(io.BytesIO(WRONG.read_bytes()), name="年报.md").report
    assert named.path == "年报.md" and named.findings == gouji.check(WRONG).report.findings
    assert gouji.check(memoryview(WRONG.read_bytes()), name="年报.md").report == named


def test_two_threads_at_once() -> None:
    checker = gouji.Checker(lang="en")
    paths = [path for _ in range(10) for path in reports()]
    alone = [checker.check(path).report.to_json() for path in paths]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda path: checker.check(path).report.to_json(), paths)) == alone
        many = pool.map(lambda jobs: [one.report.to_json() for one in checker.check_many(paths, jobs=jobs)], (1, 2, 3))
        assert list(many) == [alone] * 3


def test_other_threads_go_on_while_files_are_checked() -> None:
    ended = threading.Event()
    turns = 0

    def turn() -> None:
        nonlocal turns
        while not ended.is_set():
            turns += 1
            time.sleep(0)

    other = threading.Thread(target=turn)
    # Nobody is asked for the lock of the interpreter: a thread has to give it back by itself, and ours does while it waits.
    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        other.start()
        gouji.collection(FIXTURES)
    finally:
        ended.set()
        sys.setswitchinterval(before)
        other.join()
    assert turns > 0


def test_processes_that_are_spawned() -> None:
    paths = [str(path) for path in reports()]
    checker = gouji.Checker(lang="en", ignore="GJ300")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(verdict, paths) == [verdict(path) for path in paths]
        told = pool.starmap(verdict_by, [(checker, path) for path in paths])
    assert told == [verdict_by(checker, path) for path in paths]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_control_c_ends_a_run() -> None:
    script = """
import itertools, gouji
try:
    print("begun", flush=True)
    for _ in gouji.check_many(("x.md", b"# x") for _ in itertools.count()):
        pass
except KeyboardInterrupt:
    print("interrupted")
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        # Where the tests run in the background the signal may be ignored, and what is ignored is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.read() == "interrupted\n" and process.wait() == 0
