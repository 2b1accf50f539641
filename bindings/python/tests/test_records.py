"""Objects over the JSON."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from conftest import WRONG, run

import gouji
from gouji import collecting, excerpts, records

# What the schema calls its objects, where that is another name.
CLASSES = {
    "Across_Finding": records.FindingAcross,
    "Across_Suppressed": collecting.SuppressedAcross,
    "Archive": collecting.Across,
    "Cell": excerpts.Cell,
    "Excerpt": excerpts.Excerpt,
    "Finding": records.Finding,
    "Label": records.Label,
    "Mark": excerpts.Mark,
    "MarkedLine": excerpts.MarkedLine,
    "NotEvaluated": collecting.NotEvaluated,
    "Piece": excerpts.Piece,
    "Position": records.Position,
    "Report": records.Report,
    "Row": excerpts.Row,
    "Stretch": excerpts.Stretch,
    "Summary": collecting.Summary,
    "Suppressed": records.Suppressed,
    "Suspect": records.Suspect,
    "Tally": records.Tally,
}
# A whole run: a collection has its parts.
WHOLE = {"Document", "Tool"}


def attributes(kind: type) -> set[str]:
    return {name for name in dir(kind) if isinstance(getattr(kind, name), property)}


def test_every_key_is_an_attribute_and_every_attribute_a_key() -> None:
    schema = json.loads(run("render", "--schema"))["$defs"]
    objects = {name: one["properties"] for name, one in schema.items() if "properties" in one}
    assert set(objects) - WHOLE == set(CLASSES)
    for name, keys in objects.items():
        if name not in WHOLE:
            assert attributes(CLASSES[name]) == set(keys), name
    kinds = [one["properties"] for one in schema["Location"]["anyOf"]]
    assert attributes(records.Location) == {key for kind in kinds for key in kind}


def test_every_attribute_says_what_it_is() -> None:
    for kind in {*CLASSES.values(), records.Location}:
        assert kind.__doc__
        for name in attributes(kind):
            assert getattr(kind, name).__doc__, f"{kind.__name__}.{name}"


def test_a_finding() -> None:
    report = gouji.Checker(lang="en").check(WRONG).report
    assert (report.verdict, report.organization, report.year, report.pack) == (
        "findings",
        "青岚县商务局",
        2023,
        "zfxxgk-2021",
    )
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.found, finding.expected) == ("GJ300", "error", "12", "21")
    assert finding.cell == "requests.granted.natural_person"
    assert finding.unique and finding.confidence == "unique" and len(finding.broken) == 2
    assert finding.location.start.line == 45 and finding.location.end.column == 30 and finding.location.sheet is None
    assert finding.suspects[0][0].reason == "digits-transposed"
    assert finding.labels[0].message and finding.labels[0].location.start
    assert finding.section is None and finding.is_new is False
    (excerpt,) = finding.excerpts
    assert any(cell.mark == 0 for row in excerpt.pieces[0].table for cell in row.cells)
    assert report.rules.broken == 2 and report.rules.held > 80


def test_two_are_equal_where_their_json_is() -> None:
    first, second = gouji.check(WRONG).report, gouji.check(WRONG).report
    assert first == second and hash(first) == hash(second) and first.findings == second.findings
    assert first != gouji.check("fixtures/pieces/pieces.md").report
    assert first != first.findings[0] and first != "a report"
    for again in (pickle.loads(pickle.dumps(first)), copy.deepcopy(first)):
        assert again == first and again.to_json() == first.to_json()
        assert again._repr_html_() == first._repr_html_()
    assert pickle.loads(pickle.dumps(first.findings[0])) == first.findings[0]
    assert json.loads(first.to_json()) == first.to_dict()


def test_none_can_be_changed() -> None:
    report = gouji.check(WRONG).report
    with pytest.raises(AttributeError):
        report.verdict = "pass"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        report.veridct  # type: ignore[attr-defined]  # noqa: B018
    report.to_dict()["verdict"] = "pass"
    report.findings.clear()
    report.findings[0].broken.clear()
    assert report.verdict == "findings" and len(report.findings[0].broken) == 2


def test_a_bad_file_is_a_finding(tmp_path) -> None:
    for name, content in (("空.md", b""), ("坏.xlsx", b"PK\3\4broken"), ("坏.pdf", b"%PDF-1.7 broken"), ("无.bin", b"\0")):
        path = tmp_path / name
        path.write_bytes(content)
        report = gouji.check(path).report
        assert report.verdict == "unverifiable" and report.pack is None and report.findings, name
        assert [one.code for one in gouji.check(content, name=name).findings] == [one.code for one in report.findings]


def test_a_file_of_several_reports() -> None:
    text = WRONG.read_text(encoding="utf-8")
    several = (text + "\n\n" + text.replace("2023", "2022")).encode()
    result = gouji.check(several, name="两年.md")
    assert [report.part for report in result.reports] == ["1/2", "2/2"] and len(result.findings) >= 2
    with pytest.raises(ValueError, match="holds 2 reports, not one"):
        result.report  # noqa: B018


def test_a_notebook_shows_a_report() -> None:
    html = gouji.Checker(lang="en").check(WRONG).report._repr_html_()
    assert html.startswith('<div class="gouji-report" lang="en">') and "<script" not in html
    assert "found 12, expected 21" in html and '<td class="wrong">' in html and "<ins>" in html
    harmful = WRONG.read_text(encoding="utf-8").replace("（一）予以公开 |", "（一）予以公开<b onclick=x> |")
    html = gouji.check(harmful.encode(), name="<img src=x>.md")._repr_html_()
    assert "<b onclick" not in html and "<img" not in html
    passed = gouji.check("fixtures/coded-sheet/coded-sheet.txt").report
    assert passed.findings == [] and 'class="chip pass"' in passed._repr_html_()
    assert '<div class="finding' in html and '<div class="finding' not in passed._repr_html_()
