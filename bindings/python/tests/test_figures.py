"""Figures as columns, equal to the command's csv."""

from __future__ import annotations

import csv
import decimal
import io
import json
from pathlib import Path

import jsonschema
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from conftest import OF_THE_WHEEL, run

import gouji


def rows(*arguments: object) -> list[dict[str, str]]:
    written = run("extract", "fixtures", "--isolated", "--lang", "zh", *arguments)
    return list(csv.DictReader(io.StringIO(written.decode())))


def as_csv(value: object) -> str:
    """A value as csv has it."""
    if value is None or value is pandas.NA:
        return ""
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f")
    return str(value)


@pytest.mark.parametrize("layout", ["long", "wide"])
def test_all_are_the_csv_of_the_command(layout) -> None:
    expected = rows("--layout", layout)
    figures = gouji.Checker(lang="zh").figures("fixtures", layout=layout)
    assert figures.columns == list(expected[0]) and len(figures) == len(expected)
    assert figures.reports == len({(row["path"], row["part"]) for row in expected}) and figures.left_out == []
    arrow, frame, pandas_frame = figures.to_pyarrow(), figures.to_polars(), figures.to_pandas()
    for table in (arrow.to_pylist(), frame.to_dicts(), pandas_frame.to_dict("records")):
        # A text that a spreadsheet would calculate has a quotation mark before it in csv alone.
        shown = [{key: as_csv(value) for key, value in row.items()} for row in table]
        assert shown == [{key: value.removeprefix("'") for key, value in row.items()} for row in expected]


def test_the_types_are_those_of_parquet(tmp_path) -> None:
    path = tmp_path / "figures.parquet"
    run("extract", "fixtures", "--isolated", "--lang", "zh", "-o", path, by=OF_THE_WHEEL)
    stored = pyarrow.parquet.read_table(path)
    figures = gouji.Checker(lang="zh").figures("fixtures").to_pyarrow()
    assert stored.schema.remove_metadata() == figures.schema and stored.equals(figures)
    assert figures.schema.field("value").type == pyarrow.decimal128(38, 10)
    assert gouji.figures("fixtures").to_pandas()["value"].sum() == figures.column("value").to_pandas().sum()


def test_the_schema_says_what_there_is() -> None:
    for layout in ("long", "wide"):
        schema = json.loads(run("extract", "--schema", "--layout", layout, "--lang", "en"))
        figures = gouji.figures("fixtures", layout=layout)
        columns = [name for name in schema["properties"] if name != "location"]
        assert columns == figures.columns
        types = {"string": pyarrow.string(), "int32": pyarrow.int32(), "decimal(38, 10)": pyarrow.decimal128(38, 10)}
        for field in figures.to_pyarrow().schema:
            assert types[schema["properties"][field.name]["x-column"]] == field.type
            assert schema["properties"][field.name]["description"]
        checked = jsonschema.Draft202012Validator(schema)
        for line in run("extract", "fixtures", "--format", "jsonl", "--layout", layout).splitlines():
            checked.validate(json.loads(line))


def test_the_name_of_the_output_says_its_format(tmp_path) -> None:
    for name, start in (("a.xlsx", b"PK"), ("a.parquet", b"PAR1"), ("a.jsonl", b"{"), ("a.csv", b"org"), ("a", b"org")):
        run("extract", "fixtures", "-o", tmp_path / name, by=OF_THE_WHEEL)
        assert (tmp_path / name).read_bytes().startswith(start), name
    run("extract", "fixtures", "-o", tmp_path / "a.txt", status=2)
    assert not (tmp_path / "a.txt").exists()
    run("extract", "fixtures", "--format", "csv", "-o", tmp_path / "a.txt")


def test_polars_reads_files_with_the_schema(tmp_path) -> None:
    run("extract", "fixtures", "-o", tmp_path / "figures.jsonl")
    run("extract", "fixtures", "-o", tmp_path / "figures.csv")
    schema = json.loads(run("extract", "--schema"))["properties"]
    types = {"string": polars.String, "int32": polars.Int32, "decimal(38, 10)": polars.Decimal(38, 10)}
    known = {name: types[one["x-column"]] for name, one in schema.items() if name != "location"}
    expected = gouji.figures("fixtures").to_polars()
    frame = polars.read_csv(tmp_path / "figures.csv", schema=known)
    assert frame.columns == list(known) and frame["value"].sum() == expected["value"].sum()
    # It reads no decimals from JSON.
    frame = polars.read_ndjson(tmp_path / "figures.jsonl", schema={**known, "value": polars.Float64})
    assert frame.columns == list(known) and frame["value"].to_list() == expected["value"].cast(polars.Float64).to_list()


def test_what_gives_no_figures_is_said(tmp_path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4broken")
    (tmp_path / "表.csv").write_text("a,b\n1,2\n")
    figures = gouji.Checker(lang="en").figures(tmp_path)
    assert len(figures) == 0 and figures.reports == 0 and len(figures.left_out) == 2
    assert figures.to_polars().columns == figures.columns
    with pytest.raises(FileNotFoundError):
        gouji.figures(Path("没有"))
    with pytest.raises(ValueError, match="neither 'long' nor 'wide'"):
        gouji.figures("fixtures", layout="tall")  # type: ignore[arg-type]


def test_many_rows_are_several_batches() -> None:
    many = gouji.figures([f"fixtures/{name}" for name in ("wrong-total", "pieces")])
    assert len(many.to_pyarrow()) == len(many)
    assert repr(many).startswith("<gouji.Figures: ")
