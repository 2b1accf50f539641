"""What supervisors ask of figures, answered by DuckDB on the Parquet of `gouji extract`: no Spark is needed for these. docs/scale.md
prints the same five queries."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[4] / "docs/scale.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def asked(few, tmp_path_factory):
    """The five answers, and all rows as text."""
    duckdb = pytest.importorskip("duckdb", reason="there is no DuckDB: pip install -r bindings/python/tests/spark/requirements.txt")
    folder = tmp_path_factory.mktemp("figures")
    for name in ("figures.parquet", "figures.csv"):
        call = [sys.executable, "-m", "gouji", "extract", ".", "-o", str(folder / name)]
        subprocess.run(call, cwd=few, check=True, capture_output=True)
    connection = duckdb.connect()
    connection.execute(f"create view figures as from '{folder / 'figures.parquet'}'")
    connection.execute(f"create view agencies as from read_csv('{few / 'organs.csv'}', all_varchar = true)")
    with open(folder / "figures.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(QUERIES) == 5
    return [connection.execute(query).fetchall() for query in QUERIES], rows


def numbers(rows, figure):
    return [(row["organization"], int(row["year"]), Decimal(row["value"])) for row in rows if row["figure"] == figure and row["value"]]


def test_how_many_requests_a_year(asked):
    answers, rows = asked
    expected = defaultdict(Decimal)
    for _, year, value in numbers(rows, "requests.received.total"):
        expected[year] += value
    assert expected and {row[0]: row[-1] for row in answers[0]} == expected


def test_who_has_grown_most(asked):
    answers, rows = asked
    values = {(organization, year): value for organization, year, value in numbers(rows, "requests.received.total")}
    grown = [(value - values[organization, year - 1]) for (organization, year), value in values.items() if (organization, year - 1) in values]
    assert grown and answers[1][0][-1] >= max(grown)


def test_who_has_stopped_reporting(asked):
    answers, rows = asked
    last = max(int(row["year"]) for row in rows if row["year"])
    of_year = {year: {row["organization"] for row in rows if row["year"] == str(year)} for year in (last - 1, last)}
    assert {row[0] for row in answers[2]} == of_year[last - 1] - of_year[last]


def test_how_requests_end(asked):
    answers, _ = asked
    assert answers[3] and all(0 <= row[-1] <= 100 for row in answers[3])


def test_where_figures_are_missing(asked):
    answers, rows = asked
    blank = defaultdict(int)
    for row in rows:
        if row["state"] != "number" and not row["value"]:
            blank[row["figure"]] += 1
    assert {row[0]: row[-1] for row in answers[4]} == {figure: blank[figure] for figure, *_ in answers[4]}
