"""Reports checked one by one."""

from __future__ import annotations

from . import _gouji
from .records import Finding, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import BinaryIO

    Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO


class Result:
    """What is said of one file."""

    __slots__ = ("reports",)

    def __init__(self, reports: list[Report]) -> None:
        self.reports = reports
        """The reports in the file; of a file that cannot be read, one that says so."""

    @property
    def report(self) -> Report:
        """The only report of the file.

        Raises:
            ValueError: the file holds several reports.
        """
        if len(self.reports) != 1:
            raise ValueError(f"the file holds {len(self.reports)} reports, not one; see .reports")
        return self.reports[0]

    @property
    def findings(self) -> list[Finding]:
        """The findings of all reports of the file."""
        return [finding for report in self.reports for finding in report.findings]


def check(source: Source, *, name: str | None = None) -> Result:
    """Checks one file: a path, its bytes, or an open binary file."""
    import os

    if isinstance(source, (bytes, bytearray, memoryview)):
        if name is None:
            raise TypeError("bytes need a name: check(content, name='年报.xlsx')")
        content = bytes(source)
    elif hasattr(source, "read"):
        content = source.read()
        name = name or os.path.basename(getattr(source, "name", ""))
    else:
        name = name or os.fspath(source)
        with open(source, "rb") as file:
            content = file.read()
    return Result([Report(text) for text in _gouji.check(name, content)])
