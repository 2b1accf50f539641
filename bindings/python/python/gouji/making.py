"""Files that are made: marked copies, empty forms."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    Path = str | os.PathLike[str]

__all__ = ["Form", "Made", "Marked"]


class Made:
    """A file that was made. Nothing is written before :meth:`save`."""

    __slots__ = ("content", "name", "remarks")

    name: str
    """What it may be called."""
    content: bytes
    """Its bytes."""
    remarks: list[str]
    """What is to be said of it, a sentence each."""

    def __init__(self, name: str, content: bytes, remarks: list[str]) -> None:
        self.name = name
        self.content = content
        self.remarks = remarks

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> str:
        """Writes it, under its own name where no path is given; the path.

        Raises:
            FileExistsError: the file is there, and ``overwrite`` is not set.
        """
        import os

        place = os.fspath(self.name if path is None else path)
        with open(place, "wb" if overwrite else "xb") as file:
            file.write(self.content)
        return place

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} {self.name!r}, {len(self.content)} bytes>"


class Marked(Made):
    """A copy of a report in which what was found is marked."""

    __slots__ = ("findings",)

    findings: int
    """How many findings are marked."""

    def __init__(self, name: str, content: bytes, remarks: list[str], findings: int) -> None:
        super().__init__(name, content, remarks)
        self.findings = findings


class Form(Made):
    """An empty form, to be filled in."""

    __slots__ = ("carried", "title")

    title: str
    """The title of the form, with agency and year."""
    carried: int
    """How many figures come from the report of the year before."""

    def __init__(self, format: str, title: str, content: bytes, remarks: list[str], carried: int) -> None:
        super().__init__(f"{title}.{format}", content, remarks)
        self.title = title
        self.carried = carried
