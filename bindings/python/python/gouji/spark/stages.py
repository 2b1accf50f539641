"""What runs on executors: batches of rows in, batches of rows out. Every function here is sent to them with plain values only, and makes
its kernel once a process."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa

from .. import _gouji

Batches = Iterable[pa.RecordBatch]
Stage = Callable[[Batches], Iterator[pa.RecordBatch]]
Opener = Callable[[str], bytes]

# Reports are handed to the kernel so many, or so many bytes, at a time: what waits in memory is bounded by that.
FILES = 256
BYTES = 32 << 20
# Rows a batch of what comes out: a row holds all that is said of a report.
ROWS = 2048


@dataclasses.dataclass(frozen=True)
class Settings:
    """How reports are checked."""

    packs: tuple[tuple[str, str], ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    lang: str = "zh"

    def kernel(self) -> _gouji.spark.Kernel:
        return _made(self)


@lru_cache(maxsize=4)
def _made(settings: Settings) -> _gouji.spark.Kernel:
    select = None if settings.select is None else list(settings.select)
    return _gouji.spark.Kernel(list(settings.packs), select, list(settings.ignore), settings.lang)


_comparisons: dict[int, _gouji.spark.Comparison] = {}


def comparison(settings: Settings, ground: Any) -> _gouji.spark.Comparison:
    """By a broadcast variable of the list of agencies, the common sentences and who has reported."""
    if ground.value["number"] not in _comparisons:
        _comparisons.clear()
        value = ground.value
        made = _gouji.spark.Comparison(settings.kernel(), value["agencies"], value["common"], value["reported"])
        _comparisons[value["number"]] = made
    return _comparisons[ground.value["number"]]


READ = pa.schema(
    [
        ("stamp", pa.string()),
        ("source", pa.string()),
        ("id", pa.binary()),
        ("position", pa.string()),
        ("path", pa.string()),
        ("place", pa.binary()),
        ("is_report", pa.bool_()),
        ("copy_of", pa.string()),
        ("part", pa.string()),
        ("format", pa.string()),
        ("pack", pa.string()),
        ("family", pa.int32()),
        ("organization", pa.string()),
        ("folded", pa.string()),
        ("year", pa.int32()),
        ("verdict", pa.string()),
        ("is_unreadable", pa.bool_()),
        ("errors", pa.int64()),
        ("warnings", pa.int64()),
        ("advice", pa.int64()),
        ("figures", pa.binary()),
        ("is_telling", pa.bool_()),
        ("hashes", pa.list_(pa.int64())),
        ("digest", pa.binary()),
        ("line", pa.string()),
    ]
)


def shown(path: str, root: str | None) -> str:
    """A path as it is shown: below ``root``, where it lies there."""
    if root and path.startswith(root):
        return path[len(root) :].lstrip("/")
    return path


def opened(path: str) -> bytes:
    """The bytes of a file that an executor opens: of this machine, or of any file system that pyarrow knows."""
    if path.startswith("file:/"):
        # Spark writes file:/a/b, with nothing in it escaped.
        path = "/" + path[len("file:") :].lstrip("/")
    if "://" in path:
        from urllib.parse import quote

        from pyarrow import fs

        system, name = fs.FileSystem.from_uri(quote(path, safe="/:@?&=%+~,;!$'()*"))
        with system.open_input_stream(name) as stream:
            return stream.read()
    with open(path, "rb") as file:
        return file.read()


def _tried(open_: Opener, path: str) -> tuple[bytes | None, str | None]:
    try:
        return open_(path), None
    except Exception as error:  # Whatever a file system says, it is about this file only.
        return None, str(error)


def reading(settings: Settings, root: str | None, open_: Opener | None) -> Stage:
    """Files in, a row for each report out. ``open_`` where the rows have paths only."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        kernel = settings.kernel()
        stamp = kernel.stamp
        for paths, files in _files(batches, root, open_):
            columns = _gouji.spark.read(kernel, files)
            columns["stamp"] = [stamp] * len(columns["id"])
            columns["source"] = [paths[own] for own in columns["source"]]
            yield from _batches(columns, READ)

    return stage


def _files(batches: Batches, root: str | None, open_: Opener | None) -> Iterator[tuple[list[str], list[tuple[str, bytes | None, str | None]]]]:
    """Files as the kernel takes them, some at a time, with their paths."""
    for batch in batches:
        paths = batch.column("path").to_pylist()
        contents = None if open_ else batch.column("content")
        start = 0
        while start < len(paths):
            files: list[tuple[str, bytes | None, str | None]] = []
            size = 0
            while start + len(files) < len(paths) and len(files) < FILES and size < BYTES:
                at = start + len(files)
                content, why = _tried(open_, paths[at]) if open_ else (contents[at].as_py(), None)
                files.append((shown(paths[at], root), content, why))
                size += len(content or b"")
            yield paths[start : start + len(files)], files
            start += len(files)


KINDS = {"text": pa.string(), "year": pa.int32(), "number": pa.decimal128(38, 10)}
FIGURES = pa.schema([(name, KINDS[kind]) for name, kind in _gouji.spark.figure_columns()])


def figuring(settings: Settings, root: str | None, open_: Opener | None) -> Stage:
    """Files in, a row for each figure out."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        kernel = settings.kernel()
        for _, files in _files(batches, root, open_):
            columns = _gouji.spark.figures(kernel, files)
            arrays = [pa.array(columns[field.name], _written(field)).cast(field.type) for field in FIGURES]
            yield pa.RecordBatch.from_arrays(arrays, schema=FIGURES)

    return stage


def _written(field: pa.Field) -> pa.DataType:
    """How a value comes out of the kernel."""
    return pa.string() if pa.types.is_decimal(field.type) else field.type


def _batches(columns: dict[str, list[Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
    for at in range(0, batch.num_rows, ROWS):
        yield batch.slice(at, ROWS)


PLACES = pa.schema([("hash", pa.int64()), ("one", pa.int64()), ("two", pa.int64()), ("count", pa.int64())])


def placing(room: int) -> Stage:
    """The two counters of each sentence."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            hashes = batch.column("hash")
            one, two = _gouji.spark.places(hashes.to_pylist(), room)
            yield pa.RecordBatch.from_arrays(
                [hashes, pa.array(one, pa.int64()), pa.array(two, pa.int64()), batch.column("count")], schema=PLACES
            )

    return stage


COPIED = pa.schema([("own", pa.binary()), ("other", pa.binary()), ("position", pa.string())])


def copying(settings: Settings, ground: Any) -> Stage:
    """Of pairs of reports those of which the second has most of the text of the first."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        for batch in batches:
            pairs = zip(batch.column("digest").to_pylist(), batch.column("other_digest").to_pylist())
            kept = pa.array(comparing.copied(list(pairs)), pa.bool_())
            yield batch.select(COPIED.names).filter(kept)

    return stage


JUDGED = pa.schema(
    [
        ("id", pa.binary()),
        ("position", pa.string()),
        ("held", pa.int64()),
        ("broken", pa.int64()),
        ("not_evaluated", pa.int64()),
        ("reasons", pa.list_(pa.string())),
        ("wanted", pa.list_(pa.struct([("path", pa.string()), ("source", pa.string()), ("place", pa.binary())]))),
        ("accused", pa.binary()),
    ]
)
# A report that takes part in a case, and what is known of it there.
MEMBER = ["id", "position", "digest", "name", "path", "source", "place", "part", "verdict"]
MEMBERS = pa.schema(
    [
        ("id", pa.binary()),
        ("position", pa.string()),
        ("digest", pa.binary()),
        ("organization", pa.string()),
        ("path", pa.string()),
        ("source", pa.string()),
        ("place", pa.binary()),
        ("part", pa.string()),
        ("verdict", pa.string()),
        ("year", pa.int32()),
    ]
)
KEY = ["t_family", "t_agency", "t_year"]


def _member(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in MEMBER[2:])


def _judged(comparing: _gouji.spark.Comparison, cases: list[tuple[bytes, str, Any]]) -> Iterator[pa.RecordBatch]:
    if not cases:
        return
    yield from _as_judged(cases, comparing.judge([case for _, _, case in cases]))


def _as_judged(cases: list[tuple[bytes, str, Any]], judged: list[Any]) -> Iterator[pa.RecordBatch]:
    columns: dict[str, list[Any]] = {name: [] for name in JUDGED.names}
    for (own, position, _), ((held, broken, not_evaluated), reasons, wanted, accused) in zip(cases, judged):
        files = [{"path": path, "source": source, "place": place} for path, source, place in wanted]
        values = (own, position, held, broken, not_evaluated, reasons, files, accused)
        for name, value in zip(JUDGED.names, values):
            columns[name].append(value)
    yield from _batches(columns, JUDGED)


def _case(rows: list[dict[str, Any]]) -> tuple[bytes, str, Any] | None:
    """The case of one report: the reports it is compared with, each once, in their order."""
    members = {row["id"]: row for row in rows if row["digest"] is not None}
    own = next((row for row in rows if row["is_own"]), None)
    if own is None:
        return None
    ordered = sorted(members.values(), key=lambda row: row["position"])
    at = {row["id"]: place for place, row in enumerate(ordered)}
    alike = []
    for row in rows:
        if row["like_figures"] is not None or row["like_text"] is not None:
            alike.append((at[own["id"]], at.get(row["like_figures"]), at.get(row["like_text"])))
            if row["is_back"]:
                alike.append((at[row["like_text"]], None, at[own["id"]]))
    case = ([_member(row) for row in ordered], at[own["id"]], alike, own["unread"] or [])
    return own["id"], own["position"], case


def judging(settings: Settings, ground: Any) -> Stage:
    """Rows of cases, those of one case one after the other, are judged."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        cases: list[tuple[bytes, str, Any]] = []
        for rows in _groups(batches, KEY):
            case = _case(rows)
            if case is not None:
                cases.append(case)
            if len(cases) >= FILES:
                yield from _judged(comparing, cases)
                cases = []
        yield from _judged(comparing, cases)

    return stage


def judging_pairs(settings: Settings, ground: Any) -> Stage:
    """Reports of an agency and year of which there is an earlier one, each with that."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        for batch in batches:
            cases = []
            for row in batch.to_pylist():
                members = [_member(row["first"] | {"name": row["name"]}), _member(row)]
                cases.append((row["id"], row["position"], (members, 1, [], [])))
            yield from _judged(comparing, cases)

    return stage


def judging_all(settings: Settings, ground: Any) -> Stage:
    """All reports at once: few are compared as on one machine. The first row is what they have in common."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        table = pa.Table.from_batches(batches, schema=MEMBERS)
        positions = table.column("position").to_pylist()
        in_order = sorted(range(len(positions)), key=positions.__getitem__)
        own = {name: table.column(name).to_pylist() for name in MEMBERS.names}
        rows = []
        for at in in_order:
            digest = own["digest"][at]
            member = (digest or b"", *(own[name][at] for name in MEMBERS.names[3:-1]))
            rows.append((digest, member, own["year"][at]))
        judged, common = _gouji.spark.judge_all(comparing, rows)
        first = dict.fromkeys(JUDGED.names, [None]) | {"id": [b""], "reasons": [[]], "accused": [json.dumps(common).encode()]}
        yield from _batches(first, JUDGED)
        keys = [(own["id"][at], own["position"][at], None) for at in in_order if own["digest"][at] is not None]
        for at in range(0, len(keys), ROWS):
            yield from _as_judged(keys[at : at + ROWS], judged[at : at + ROWS])

    return stage


def _groups(batches: Batches, key: list[str]) -> Iterator[list[dict[str, Any]]]:
    """Rows that have the same key and come one after the other."""
    group: list[dict[str, Any]] = []
    of: tuple[Any, ...] | None = None
    for batch in batches:
        for row in batch.to_pylist():
            own = tuple(row[name] for name in key)
            if own != of and group:
                yield group
                group = []
            of = own
            group.append(row)
    if group:
        yield group


AGAIN = pa.schema([("path", pa.string()), ("content", pa.binary())])


def again(settings: Settings, open_: Opener | None) -> Stage:
    """Files in, with the places of reports in them; the bytes of these reports out."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        kernel = settings.kernel()
        for batch in batches:
            for at in range(batch.num_rows):
                row = batch.slice(at, 1)
                content = _tried(open_, row.column("source")[0].as_py())[0] if open_ else row.column("content")[0].as_py()
                if content is None:
                    continue
                wanted = row.column("wanted")[0].as_py()
                found = _gouji.spark.again(kernel, content, [one["place"] for one in wanted])
                columns = {"path": [one["path"] for one in wanted], "content": found}
                yield from _batches(columns, AGAIN)

    return stage


SAID = pa.schema(
    [
        ("id", pa.binary()),
        ("position", pa.string()),
        ("new_verdict", pa.string()),
        ("findings", pa.list_(pa.string())),
        ("errors", pa.int64()),
        ("warnings", pa.int64()),
        ("advice", pa.int64()),
        ("broken", pa.int64()),
    ]
)


def _said(keys: list[tuple[bytes, str]], said: list[Any]) -> Iterator[pa.RecordBatch]:
    columns: dict[str, list[Any]] = {name: [] for name in SAID.names}
    for (own, position), one in zip(keys, said):
        if one is None:
            continue
        verdict, findings, (errors, warnings, advice), broken = one
        values = (own, position, verdict, findings, errors, warnings, advice, broken)
        for name, value in zip(SAID.names, values):
            columns[name].append(value)
    yield from _batches(columns, SAID)


def saying(settings: Settings, ground: Any) -> Stage:
    """Reports with something against them, each with its files; what is said."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        for rows in _groups(batches, ["id"]):
            accused = next((row for row in rows if row["accused"] is not None), None)
            if accused is None:
                continue
            files = {row["path"]: row["content"] for row in rows if row["content"] is not None}
            said = _gouji.spark.say(comparing, [(accused["accused"], files)])
            yield from _said([(accused["id"], accused["position"])], said)

    return stage


def missing(settings: Settings, ground: Any) -> Stage:
    """Agencies without a report, in order; what is said of each."""

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        comparing = comparison(settings, ground)
        for batch in batches:
            rows = batch.to_pylist()
            said = _gouji.spark.missing(comparing, [(row["agency"], row["year"], row["family"]) for row in rows])
            yield from _said([(b"", row["position"]) for row in rows], said)

    return stage


def settling(settings: Settings) -> Stage:
    """Lines of reports, those with another verdict written anew."""
    schema = pa.schema([("position", pa.string()), ("line", pa.string())])

    def stage(batches: Batches) -> Iterator[pa.RecordBatch]:
        kernel = settings.kernel()
        for batch in batches:
            lines = batch.column("line")
            verdicts = batch.column("new_verdict").to_pylist()
            if any(verdicts):
                pairs = zip(lines.to_pylist(), verdicts)
                lines = pa.array([_gouji.spark.settled(kernel, line, new) if new else line for line, new in pairs], pa.string())
            yield pa.RecordBatch.from_arrays([batch.column("position"), lines], schema=schema)

    return stage
