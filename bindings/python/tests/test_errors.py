"""A bad pack or a wrong argument raises, with its place and what to do."""

from __future__ import annotations

import pickle

import pytest
from conftest import WRONG

import gouji


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"select": "GJ3OO"}, "argument select: .*did you mean GJ300"),
        ({"ignore": ["no-such-rule"]}, "argument ignore: "),
        ({"severity": {"GJ300": "grave"}}, "argument severity: .*error, warning, advice, off"),
        ({"severity": {"GJ999": "error"}}, "argument severity: "),
        ({"limits": {"minutes": 1}}, "argument limits: .*seconds"),
        ({"pack": "zfxxgk-1999"}, "argument pack: .*zfxxgk-2021"),
        ({"packs": "没有.toml"}, "argument packs: .*没有.toml"),
    ],
)
def test_an_argument_that_means_nothing(arguments, words) -> None:
    with pytest.raises(gouji.ArgumentError, match=words) as raised:
        gouji.Checker(lang="en", **arguments)
    assert raised.value.path is None and isinstance(raised.value, ValueError)


def test_a_language() -> None:
    with pytest.raises(gouji.ArgumentError, match="'fr' is not a language"):
        gouji.Checker(lang="fr")  # type: ignore[arg-type]


def test_a_bad_pack(tmp_path) -> None:
    pack = tmp_path / "坏.toml"
    pack.write_text('id = "x"\nname = { zh = "表", en = "form" }\nextends = "no-such-pack"\n', encoding="utf-8")
    with pytest.raises(gouji.PackError) as raised:
        gouji.Checker(pack_files := [pack], lang="en")
    error = raised.value
    assert (error.path, error.line, error.column) == (str(pack_files[0]), 3, 11)
    assert "no-such-pack" in error.message and "extends" in error.drawing
    assert str(error).startswith(f"{pack}:3:11: ")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) and again.line == 3


def test_rules_are_chosen() -> None:
    def codes(**arguments) -> set[tuple[str, str]]:
        return {(one.code, one.severity) for one in gouji.Checker(**arguments).check(WRONG).findings}

    assert codes() == {("GJ300", "error")}
    assert codes(severity={"wrong-figure": "advice"}) == {("GJ300", "advice")}
    assert codes(ignore=["GJ300", "GJ301"]) == set()
    assert codes(limits={"text-bytes": 10}) == {("GJ001", "error")}
    assert gouji.Checker(lang="en").lang == "en" and "zfxxgk-2021" in gouji.Checker().packs


def test_a_pack_of_ones_own(tmp_path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_bytes(gouji_pack())
    checker = gouji.Checker([pack])
    assert checker.packs[-1] == "own-2021"
    assert gouji.Checker(tmp_path).packs == checker.packs
    assert pickle.loads(pickle.dumps(checker)).packs == checker.packs


def gouji_pack() -> bytes:
    return """
id = "own-2021"
extends = "zfxxgk-2021"
name = { zh = "自己的表", en = "own form" }
""".encode()


def test_what_cannot_be_marked() -> None:
    with pytest.raises(gouji.ArgumentError) as raised:
        gouji.Checker(lang="en").annotate("# 说明".encode(), name="说明.md")
    assert raised.value.message and raised.value.hint


def test_no_list_of_agencies(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        gouji.collection("fixtures", agencies="没有.csv")
    listed = tmp_path / "机关.csv"
    listed.write_text("name\nx\n")
    with pytest.raises(gouji.ArgumentError, match="机关.csv"):
        gouji.collection("fixtures", agencies=listed)
