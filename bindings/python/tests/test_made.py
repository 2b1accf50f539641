"""Files that are made."""

from __future__ import annotations

import io
import zipfile

import pytest
from conftest import WRONG, run

import gouji


def test_a_form_is_filled_in_and_marked(tmp_path) -> None:
    form = gouji.blank("zfxxgk-2021", organization="青岚县商务局", year=2024, previous=WRONG)
    assert form.title in form.name and form.name.endswith(".xlsx") and form.carried > 0
    place = form.save(tmp_path / form.name)
    with pytest.raises(FileExistsError):
        form.save(place)
    form.save(place, overwrite=True)
    report = gouji.check(place).report
    assert report.pack == "zfxxgk-2021" and report.year == 2024
    marked = gouji.annotate(place)
    assert marked.name.endswith(".批注.xlsx") and zipfile.is_zipfile(io.BytesIO(marked.content))
    assert gouji.Checker(lang="en").annotate(place).name.endswith(".annotated.xlsx")


def test_a_copy_is_the_one_of_the_command(tmp_path) -> None:
    run("annotate", WRONG, "-o", tmp_path / "a.html", "--lang", "zh", "--isolated")
    assert gouji.Checker(lang="zh").annotate(WRONG).content == (tmp_path / "a.html").read_bytes()


def test_other_formats_and_mistakes() -> None:
    assert gouji.blank("zfxxgk-2021", organization="青岚县", format="md", year=2024).content.decode().startswith("#")
    assert gouji.blank(previous=WRONG, format="docx").content.startswith(b"PK")
    for arguments in ({}, {"pack": "no-such"}, {"pack": "zfxxgk-2021"}, {"previous": WRONG, "format": "pdf"}):
        with pytest.raises(gouji.ArgumentError):
            gouji.blank(**arguments)
