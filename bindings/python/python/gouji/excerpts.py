"""What is drawn of a file where a finding is shown. Marks have numbers: 0 is the place of the finding, each other one that of the
label of this number, counted from 1."""

from __future__ import annotations

from .records import Record

__all__ = ["Cell", "Excerpt", "Mark", "MarkedLine", "Piece", "Row", "Stretch"]


class Mark(Record):
    """A mark in a line."""

    __slots__ = ()

    @property
    def mark(self) -> int:
        """The number of the mark."""
        return self._values["mark"]

    @property
    def start(self) -> int:
        """The first byte of the text, in UTF-8, that is marked."""
        return self._values["start"]

    @property
    def end(self) -> int:
        """The byte behind the last one."""
        return self._values["end"]


class MarkedLine(Record):
    """A line of a file with its marks. ``…`` is where it was cut."""

    __slots__ = ()

    @property
    def number(self) -> int:
        """The number of the line, of the row in its sheet or table, or of the paragraph, counted from 1."""
        return self._values["number"]

    @property
    def text(self) -> str:
        """Its text."""
        return self._values["text"]

    @property
    def marks(self) -> list[Mark]:
        """Its marks."""
        return [Mark(value) for value in self._values.get("marks", ())]


class Cell(Record):
    """A cell of a table."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Its text."""
        return self._values.get("text", "")

    @property
    def rows(self) -> int:
        """How many rows it covers."""
        return self._values.get("rows", 1)

    @property
    def columns(self) -> int:
        """How many columns it covers."""
        return self._values.get("columns", 1)

    @property
    def label(self) -> bool:
        """It is no figure."""
        return self._values.get("label", False)

    @property
    def mark(self) -> int | None:
        """The number of its mark."""
        return self._values.get("mark")


class Row(Record):
    """A row of a table."""

    __slots__ = ()

    @property
    def cells(self) -> list[Cell]:
        """The cells that begin in it."""
        return [Cell(value) for value in self._values["cells"]]

    @property
    def header(self) -> bool:
        """It is part of the header."""
        return self._values.get("header", False)

    @property
    def gap(self) -> bool:
        """Rows before it are left out."""
        return self._values.get("gap", False)


class Stretch(Record):
    """A part of a passage."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Its text."""
        return self._values["text"]

    @property
    def mark(self) -> int | None:
        """The number of its mark."""
        return self._values.get("mark")


class Piece(Record):
    """A table or a passage with its marks."""

    __slots__ = ()

    @property
    def marks(self) -> list[int]:
        """The marks in it, those too that are not shown because it was cut."""
        return list(self._values["marks"])

    @property
    def table(self) -> list[Row]:
        """The rows of a table around the marks, below their header."""
        return [Row(value) for value in self._values.get("table", ())]

    @property
    def text(self) -> list[Stretch]:
        """A passage."""
        return [Stretch(value) for value in self._values.get("text", ())]


class Excerpt(Record):
    """What a finding points at in one file."""

    __slots__ = ()

    @property
    def path(self) -> str | None:
        """The file, where it is another one than the report's."""
        return self._values.get("path")

    @property
    def lines(self) -> list[MarkedLine]:
        """The lines in which marks are, those near the first mark."""
        return [MarkedLine(value) for value in self._values.get("lines", ())]

    @property
    def pieces(self) -> list[Piece]:
        """The tables and passages in which marks are."""
        return [Piece(value) for value in self._values.get("pieces", ())]
