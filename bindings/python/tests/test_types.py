"""Types: stubs and annotations are what there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gouji

EXAMPLE = '''
import gouji

result = gouji.check("年报.xlsx")
for finding in result.findings:
    line: int | None = finding.location.start.line if finding.location and finding.location.start else None
    first: str | None = finding.suspects[0][0].expected
checker = gouji.Checker(["包.toml"], select=["GJ3"], severity={"GJ300": "off"}, lang="en")
for one in checker.check_many(["a.md", ("b.md", b"")], jobs=8):
    verdict: str = one.report.verdict
year: int | None = gouji.collection("归档", agencies="机关.csv").findings[0].year
sarif: str = gouji.to_sarif(result)
name: str = gouji.annotate(b"", name="x.md").name
'''


def mypy(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_and_an_example_are_sound(tmp_path: Path) -> None:
    example = tmp_path / "example.py"
    example.write_text(EXAMPLE, encoding="utf-8")
    mypy("mypy", "--strict", "--cache-dir", str(tmp_path), str(example))
    wrong = tmp_path / "wrong.py"
    wrong.write_text(EXAMPLE + "wrong: int = result.report.verdict\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), str(wrong)], capture_output=True)
    assert done.returncode == 1


def test_the_stubs_are_what_there_is() -> None:
    mypy("mypy.stubtest", "gouji._gouji")


def test_everything_public_is_there_and_says_what_it_is() -> None:
    for name in gouji.__all__:
        assert getattr(gouji, name).__doc__, name
    assert set(gouji.__all__) <= set(dir(gouji))
    assert (Path(gouji.__file__).parent / "py.typed").exists()
