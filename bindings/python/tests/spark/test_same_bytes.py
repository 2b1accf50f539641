"""Whatever is spread over whichever tasks, what is written is what one machine writes."""

from __future__ import annotations

import json

import pytest
from .support import files_of, written

import gouji.spark


def lines(spark, folder, tmp_path, *, parts, together, agencies=True, with_content=False, **options):
    files = files_of(spark, folder, parts, parts, with_content)
    list_ = ("organs.csv", (folder / "organs.csv").read_bytes()) if agencies else None
    checked = gouji.spark.check(files, list_, root=str(folder), together=together, **options)
    gouji.spark.write(checked, str(tmp_path / "out"))
    checked.close()
    return written(tmp_path / "out")


def assert_same(ours: bytes, theirs: bytes) -> None:
    # Of a difference of megabytes only the first line is shown.
    for number, (own, other) in enumerate(zip(ours.splitlines(), theirs.splitlines())):
        assert own == other, f"line {number + 1}"
    assert ours == theirs


@pytest.mark.parametrize(("parts", "with_content"), [(1, False), (3, True), (7, True), (7, False)])
def test_compared_in_one_task(spark, few, command, tmp_path, parts, with_content):
    expected = command(few, "--organs", "organs.csv")
    ours = lines(spark, few, tmp_path, parts=parts, together=10_000, with_content=with_content)
    assert_same(ours, expected)


@pytest.mark.parametrize(("parts", "with_content"), [(3, False), (7, True)])
def test_compared_in_many_tasks(spark, few, command, tmp_path, parts, with_content):
    expected = command(few, "--organs", "organs.csv")
    ours = lines(spark, few, tmp_path, parts=parts, together=0, with_content=with_content)
    assert_same(ours, expected)


def test_two_thousand_reports_with_sixty_breaks(spark, made, command, tmp_path):
    expected = command(made, "--organs", "organs.csv")
    summary = json.loads(expected.splitlines()[-1])["summary"]
    across = json.loads(expected.splitlines()[-2])["archive"]["findings"]
    assert summary["reports"] >= 1900 and len(across) >= 30, (summary, len(across))
    assert_same(lines(spark, made, tmp_path, parts=7, together=0), expected)


def test_without_a_list(spark, few, command, tmp_path):
    assert_same(lines(spark, few, tmp_path, parts=1, together=0, agencies=False), command(few))


def test_a_lone_report(spark, few, command, tmp_path):
    lone = tmp_path / "lone"
    lone.mkdir()
    path = sorted(few.rglob("*.md"))[0]
    (lone / path.name).write_bytes(path.read_bytes())
    assert_same(lines(spark, lone, tmp_path, parts=1, together=0, agencies=False), command(lone))


def test_a_task_that_fails_once(spark, few, command, tmp_path):
    mark = tmp_path / "failed"

    def open_(path):
        import os

        # The worker is gone, with all that it had read; Spark begins the task anew.
        if path.endswith("bundle.zip") and not os.path.exists(mark):
            open(mark, "w").close()
            os._exit(1)
        with open(path, "rb") as file:
            return file.read()

    ours = lines(spark, few, tmp_path, parts=3, together=10_000, opener=open_)
    assert mark.exists()
    assert_same(ours, command(few, "--organs", "organs.csv"))


def test_half_of_all_reports_are_of_one_agency(spark, few, command, tmp_path, monkeypatch):
    # Keys that are met more often than twenty times are spread over several tasks.
    monkeypatch.setattr("gouji.spark.comparing.HOT", 20)
    skewed = tmp_path / "skewed"
    skewed.mkdir()
    paths = sorted(few.rglob("*.md"))[:60]
    for path in paths:
        (skewed / path.name).write_bytes(path.read_bytes())
    for number in range(60):
        text = paths[7].read_bytes()
        # Every third is another version of the report.
        (skewed / f"{number:03}.md").write_bytes(text if number % 3 else text + "\n附：再版。\n".encode())
    assert_same(lines(spark, skewed, tmp_path, parts=3, together=0, agencies=False), command(skewed))


def test_a_list_of_a_hundred_thousand_agencies(spark, few, command, tmp_path):
    long = tmp_path / "long"
    long.mkdir()
    for path in sorted(few.rglob("*.md"))[:40]:
        (long / path.name).write_bytes(path.read_bytes())
    rows = (few / "organs.csv").read_text()
    header = rows.splitlines()[0].split(",")
    blank = "," * (len(header) - 1)
    more = "".join(f"第{number}号办事处{blank}\n" for number in range(100_000))
    (long / "organs.csv").write_text(rows + more)
    expected = command(long, "--organs", "organs.csv")
    assert_same(lines(spark, long, tmp_path, parts=1, together=0), expected)
