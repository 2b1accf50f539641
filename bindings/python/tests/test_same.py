"""The module says what the command says, byte for byte."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT, WRONG, reports, run

import gouji

FOLDERS = [FIXTURES, ROOT / "../shared/reports", ROOT / "../shared/cases/inputs"]


def lines(path: Path, lang: str) -> list[str]:
    """The reports of a file by itself, as the command writes them."""
    written = run("check", path, "--isolated", "--format", "jsonl", "--lang", lang).decode()
    start = '{"report":'
    return [line[len(start) : -1] for line in written.splitlines() if line.startswith(start)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", reports(), ids=lambda path: path.name)
def test_a_report(path: Path, lang: str) -> None:
    path = path.relative_to(ROOT)
    checker = gouji.Checker(lang=lang)
    expected = lines(path, lang)
    # The command counts into a verdict what reports in one file say of each other; `check` looks at each by itself.
    verdicts = [json.loads(line)["verdict"] for line in expected]
    assert [report.verdict for report in checker.collection([path]).reports] == verdicts
    own = checker.check(path)
    assert [report.to_json() for report in own.reports] == expected or len(expected) > 1
    for other in (checker.check(path.read_bytes(), name=str(path)), *checker.check_many([path])):
        assert [report.to_json() for report in other.reports] == [report.to_json() for report in own.reports]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_collection(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    for jobs, lang in ((1, "zh"), (3, "en")):
        written = run("check", folder, "--isolated", "--format", "json", "--lang", lang).decode()
        assert gouji.Checker(lang=lang).collection(folder, jobs=jobs).to_json() == written


def test_agencies(tmp_path: Path) -> None:
    listed = tmp_path / "机关.csv"
    listed.write_text("organization,parent\n青岚县商务局,青岚县\n青岚县教育局,青岚县\n青岚县,\n", encoding="utf-8")
    folder = tmp_path / "归档"
    folder.mkdir()
    text = WRONG.read_text(encoding="utf-8")
    for year in ("2022", "2023"):
        (folder / f"{year}.md").write_text(text.replace("2023", year), encoding="utf-8")
    written = run("check", folder, "--organs", listed, "--isolated", "--format", "json").decode()
    collection = gouji.Checker(lang="zh").collection(folder, agencies=listed)
    assert collection.to_json() == written
    missing = [finding for finding in collection.findings if finding.kind == "missing-report"]
    assert {(finding.organization, finding.year) for finding in missing} >= {("青岚县教育局", 2023)}
    assert collection.summary.reports == 2 and collection.archive.rules.held + collection.archive.rules.broken > 0


def test_outputs() -> None:
    checker = gouji.Checker(lang="zh")
    collection = checker.collection("fixtures")
    for format in ("sarif", "gitlab", "junit", "concise", "jsonl"):
        written = run("check", "fixtures", "--isolated", "--format", format, "--lang", "zh")
        assert gouji.render(collection, format) == written, format
    sarif = json.loads(gouji.to_sarif(checker.check(WRONG)))
    assert sarif["runs"][0]["results"][0]["ruleId"] == "GJ300"
    assert gouji.render([checker.check(WRONG), checker.check(WRONG).report], "html").startswith(b"<!doctype html>")
    with pytest.raises(ValueError, match="none of full, concise"):
        gouji.render(collection, "docx")


def test_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "归档.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in reports():
            zipped.write(path, f"{path.parent.name}/{path.name}")
        zipped.writestr("说明.md", "# 说明\n\n不是报告。\n")
    written = run("check", archive, "--isolated", "--format", "json", "--lang", "zh").decode()
    collection = gouji.Checker(lang="zh").collection(archive)
    assert collection.to_json() == written
    assert len(gouji.check(archive).reports) == len(collection.reports)
    from_memory = gouji.check(archive.read_bytes(), name="归档.zip")
    assert from_memory.reports[0].path.startswith("归档.zip/")
