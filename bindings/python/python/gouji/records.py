"""What is said of a report: the JSON of the command, every key an attribute of that name.

A report is taken apart when somebody looks into it, not before. A key that the JSON leaves out is ``None``, or an empty list.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from .excerpts import Excerpt

    Severity = Literal["error", "warning", "advice"]
    Verdict = Literal["pass", "findings", "unverifiable"]
    Confidence = Literal["unique", "likeliest", "open"]

__all__ = ["Finding", "FindingAcross", "Label", "Location", "Position", "Record", "Report", "Suppressed", "Suspect", "Tally"]


class Record:
    """An object of the JSON. Two are equal where their JSON is; none can be changed."""

    __slots__ = ("_values",)
    _values: dict[str, Any]

    def __init__(self, values: dict[str, Any], /) -> None:
        self._values = values

    def to_dict(self) -> dict[str, Any]:
        """The object as ``json.loads`` has it. It is a copy: changing it changes nothing here."""
        from copy import deepcopy

        return deepcopy(self._values)

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, Record) and type(self) is type(other) and self._values == other._values

    def __hash__(self) -> int:
        import json

        return hash(json.dumps(self._values, sort_keys=True))

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self._values.items() if isinstance(value, (str, int)))
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._values,))


class Tally(Record):
    """How the rules fared, each counted once for each place it is about."""

    __slots__ = ()

    @property
    def held(self) -> int:
        """How many hold."""
        return self._values["held"]

    @property
    def broken(self) -> int:
        """How many do not."""
        return self._values["broken"]

    @property
    def not_evaluated(self) -> int:
        """How many could not be evaluated, since a figure is missing or cannot be read."""
        return self._values["not_evaluated"]


class Position(Record):
    """A place in a text."""

    __slots__ = ()

    @property
    def byte(self) -> int:
        """Bytes of the file before it, as the file lies on disk."""
        return self._values["byte"]

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self._values["line"]

    @property
    def column(self) -> int:
        """The character in the line, counted from 1."""
        return self._values["column"]


class Location(Record):
    """Where something is in a file. What is not of its kind of place is ``None``."""

    __slots__ = ()

    @property
    def start(self) -> Position | None:
        """Of a text: where it begins."""
        value = self._values.get("start")
        return None if value is None else Position(value)

    @property
    def end(self) -> Position | None:
        """Of a text: the place behind it."""
        value = self._values.get("end")
        return None if value is None else Position(value)

    @property
    def sheet(self) -> str | None:
        """Of a workbook: the sheet."""
        return self._values.get("sheet")

    @property
    def cell(self) -> str | None:
        """Of a workbook: the cell, as ``C12``."""
        return self._values.get("cell")

    @property
    def table(self) -> int | None:
        """Of a document: the table, counted from 1."""
        return self._values.get("table")

    @property
    def row(self) -> int | None:
        """Of a table of a document: the row, counted from 1."""
        return self._values.get("row")

    @property
    def column(self) -> int | None:
        """Of a table of a document: the column, counted from 1; a merged cell by its first."""
        return self._values.get("column")

    @property
    def paragraph(self) -> int | None:
        """Of a document outside its tables: the paragraph, counted from 1."""
        return self._values.get("paragraph")

    @property
    def page(self) -> int | None:
        """Of a PDF: the page, counted from 1."""
        return self._values.get("page")

    @property
    def box(self) -> list[float] | None:
        """Of a PDF: left, top, right and bottom in points, from the top left corner of the page."""
        return self._values.get("box")


class Label(Record):
    """A place with a remark."""

    __slots__ = ()

    @property
    def path(self) -> str | None:
        """The file it is in, where that is another one than the report's."""
        return self._values.get("path")

    @property
    def location(self) -> Location:
        """Its place."""
        return Location(self._values["location"])

    @property
    def message(self) -> str:
        """What is said there."""
        return self._values["message"]


class Suspect(Record):
    """A figure that may be wrong, as part of an explanation."""

    __slots__ = ()

    @property
    def cell(self) -> str:
        """The id of the figure."""
        return self._values["cell"]

    @property
    def found(self) -> str:
        """The text that is there."""
        return self._values["found"]

    @property
    def expected(self) -> str | None:
        """The expected text; ``None`` where the sums only set bounds."""
        return self._values.get("expected")

    @property
    def reason(self) -> str | None:
        """How it came about, in a word: ``digits-transposed``."""
        return self._values.get("reason")

    @property
    def location(self) -> Location | None:
        """Its place."""
        value = self._values.get("location")
        return None if value is None else Location(value)


class Finding(Record):
    """Something a reader should look at."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """The general kind of its rule, the same for every form: ``wrong-figure``."""
        return self._values["kind"]

    @property
    def code(self) -> str:
        """The permanent code of its rule: ``GJ300``."""
        return self._values["code"]

    @property
    def name(self) -> str:
        """The name of its rule."""
        return self._values["name"]

    @property
    def severity(self) -> Severity:
        """``error``, ``warning`` or ``advice``."""
        return self._values["severity"]

    @property
    def fingerprint(self) -> str:
        """The same in the next version of the report, wherever its lines have gone."""
        return self._values["fingerprint"]

    @property
    def is_new(self) -> bool:
        """There was a baseline, and this is not in it."""
        return self._values.get("is_new", False)

    @property
    def message(self) -> str:
        """All that is said: the place, the sentence, the notes."""
        return self._values["message"]

    @property
    def help(self) -> str | None:
        """What to do about it."""
        return self._values.get("help")

    @property
    def place(self) -> str:
        """The place in the form's own words; empty where there is none."""
        return self._values.get("place", "")

    @property
    def section(self) -> int | None:
        """The official number of the section it is about."""
        return self._values.get("section")

    @property
    def table(self) -> str | None:
        """The id of the table it is about."""
        return self._values.get("table")

    @property
    def row(self) -> str | None:
        """The id of the row it is about."""
        return self._values.get("row")

    @property
    def column(self) -> str | None:
        """The id of the column it is about."""
        return self._values.get("column")

    @property
    def cell(self) -> str | None:
        """The id of the figure it is about, as ``figure`` of :func:`gouji.figures` has it."""
        return self._values.get("cell")

    @property
    def found(self) -> str | None:
        """The text that is there, as printed."""
        return self._values.get("found")

    @property
    def expected(self) -> str | None:
        """The expected text, in the unit of the report."""
        return self._values.get("expected")

    @property
    def location(self) -> Location | None:
        """Its place; what is missing is at the last thing before it. ``None`` of what is about no place."""
        value = self._values.get("location")
        return None if value is None else Location(value)

    @property
    def in_words(self) -> str | None:
        """Of documents, PDF and pages: its place as somebody finds it who has the document before them."""
        return self._values.get("in_words")

    @property
    def labels(self) -> list[Label]:
        """Further places that show why."""
        return [Label(value) for value in self._values.get("labels", ())]

    @property
    def broken(self) -> list[str]:
        """Ids of the sums that fail because of it."""
        return list(self._values.get("broken", ()))

    @property
    def unique(self) -> bool | None:
        """Whether no other change of as few figures would explain them."""
        return self._values.get("unique")

    @property
    def confidence(self) -> Confidence | None:
        """How certain the expected value is, where it follows from sums: ``unique``, ``likeliest`` or ``open``."""
        return self._values.get("confidence")

    @property
    def suspects(self) -> list[list[Suspect]]:
        """Explanations, the likeliest first: each the figures to be changed together."""
        return [[Suspect(value) for value in one] for one in self._values.get("suspects", ())]

    @property
    def excerpts(self) -> list[Excerpt]:
        """What is drawn of the files that it points into, its own first."""
        from .excerpts import Excerpt

        return [Excerpt(value) for value in self._values.get("excerpts", ())]

    @property
    def sentence(self) -> str:
        """What is there and what was expected, without the place."""
        return self._values["sentence"]

    @property
    def notes(self) -> list[str]:
        """What else is said, a sentence each."""
        return list(self._values.get("notes", ()))


class Suppressed(Finding):
    """A finding that somebody has accepted."""

    __slots__ = ()

    @property
    def suppression(self) -> str | dict[str, Any]:
        """By what: ``baseline``, or the waiver with its reason."""
        return self._values["suppression"]


class FindingAcross(Finding):
    """A finding across reports, with the report that it is about."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file of the report; of a report that is missing, the list of agencies."""
        return self._values["path"]

    @property
    def part(self) -> str | None:
        """Which report of the file it is, where that holds several."""
        return self._values.get("part")

    @property
    def organization(self) -> str | None:
        """The agency."""
        return self._values.get("organization")

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self._values.get("year")


class Report(Record):
    """What is said of one report. It is taken apart when one of its attributes is asked for."""

    __slots__ = ("_lang", "_text")
    _text: str
    _lang: Literal["zh", "en"]

    def __init__(self, text: str, lang: Literal["zh", "en"] = "zh", /) -> None:
        self._text = text
        self._lang = lang

    def __getattr__(self, name: str) -> Any:
        # Only what is not there yet is asked for here.
        if name != "_values":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        import json

        self._values = json.loads(self._text)
        return self._values

    def to_json(self) -> str:
        """The JSON, byte for byte as ``gouji check --format json`` writes it of this report."""
        return self._text

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._text, self._lang))

    def _repr_html_(self) -> str:
        """What a notebook shows: the findings, with what is printed around them."""
        from . import _gouji

        return _gouji.excerpt(self._text, self._lang)

    @property
    def path(self) -> str:
        """The file, as it was given."""
        return self._values["path"]

    @property
    def part(self) -> str | None:
        """Which report of the file it is, where that holds several: the sheet it is on, or ``2/3``."""
        return self._values.get("part")

    @property
    def format(self) -> str:
        """What the file is: ``markdown``, ``xlsx``."""
        return self._values["format"]

    @property
    def encoding(self) -> str | None:
        """The character encoding, of texts."""
        return self._values.get("encoding")

    @property
    def pack(self) -> str | None:
        """The id of the form it follows; ``None`` where no form is known that it follows."""
        return self._values.get("pack")

    @property
    def organization(self) -> str | None:
        """The agency; ``None`` where it is not known."""
        return self._values.get("organization")

    @property
    def year(self) -> int | None:
        """The year that it reports on; ``None`` where it is not known."""
        return self._values.get("year")

    @property
    def verdict(self) -> Verdict:
        """``pass``: all that the form requires was seen and holds. ``findings``: there are errors or warnings.
        ``unverifiable``: something could not be seen, and there is no error."""
        return self._values["verdict"]

    @property
    def rules(self) -> Tally:
        """How the rules fared."""
        return Tally(self._values["rules"])

    @property
    def findings(self) -> list[Finding]:
        """What a reader should look at, by place in the file."""
        return [Finding(value) for value in self._values["findings"]]

    @property
    def suppressed(self) -> list[Suppressed]:
        """What somebody has accepted, kept apart from the findings."""
        return [Suppressed(value) for value in self._values.get("suppressed", ())]

    @property
    def not_evaluated(self) -> list[str]:
        """Places of sums that could not be evaluated, in the form's words."""
        return list(self._values.get("not_evaluated", ()))

    @property
    def unseen(self) -> list[str]:
        """What else a pass takes and nobody saw, where no finding says so; a sentence each."""
        return list(self._values.get("unseen", ()))
