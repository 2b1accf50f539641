"""gouji (勾稽) checks statutory reports made of sections and numeric tables, and names the wrong cell.

    >>> import gouji
    >>> report = gouji.check("年报.xlsx").report
    >>> report.verdict
    'findings'
    >>> for finding in report.findings:
    ...     print(finding.severity, finding.message)

``check`` takes one file, ``check_many`` many, ``collection`` compares reports with each other, ``figures`` gives their figures as columns.
With other rules or another language: ``Checker(packs=[...], ignore=[...], lang="en")``, which has the same functions. A bad file is a
finding, never an exception.
"""

from __future__ import annotations

from . import _gouji
from .checking import Checker, Result
from .errors import ArgumentError, Error, PackError
from .records import Finding, FindingAcross, Label, Location, Position, Report, Suppressed, Suspect, Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Literal

    from .checking import Content, Path, Source
    from .collecting import Collection
    from .tables import Figures
    from .making import Form, Marked
    from .rendering import render, to_sarif

__all__ = [
    "ArgumentError",
    "Checker",
    "Collection",
    "Error",
    "Figures",
    "Finding",
    "FindingAcross",
    "Form",
    "Label",
    "Location",
    "Marked",
    "PackError",
    "Position",
    "Report",
    "Result",
    "Suppressed",
    "Suspect",
    "Tally",
    "annotate",
    "blank",
    "check",
    "check_many",
    "collection",
    "figures",
    "render",
    "to_sarif",
]

__version__: str = _gouji.VERSION

_default: Checker | None = None
# What is imported when it is asked for: `import gouji` is to cost next to nothing.
_LATER = {
    "Collection": "collecting",
    "Figures": "tables",
    "Form": "making",
    "Marked": "making",
    "render": "rendering",
    "to_sarif": "rendering",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_LATER[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _checker() -> Checker:
    """The checker of those who choose nothing."""
    global _default
    if _default is None:
        _default = Checker()
    return _default


def check(source: Source, *, name: str | None = None) -> Result:
    """Checks one file.

    Args:
        source: a path, the bytes of a file, or a file that is open for bytes. An archive of reports is opened.
        name: what the file is called: of bytes, and of open files without a name. Its ending may say its format.

    Returns:
        What is said of the file. A file that cannot be read has a report with the finding ``unreadable``.

    Raises:
        FileNotFoundError: there is no such file.
        TypeError: bytes come without a name.
    """
    return _checker().check(source, name=name)


def check_many(sources: Iterable[Path | tuple[str, Content]], *, jobs: int | None = None) -> Iterator[Result]:
    """Checks many files, in several threads that need no Python.

    Args:
        sources: paths of files, of folders (walked as ``gouji check`` walks them, ``.gitignore`` honoured) and of archives; or pairs of a
            name and bytes. It may be endless: some hundred files are asked for ahead of those that are being checked.
        jobs: how many threads; as many as there are processors where it is not given.

    Returns:
        A result for each file, in the order of the files. Within a folder or archive they come in the order of their names. Files of a
        folder that are no reports have no ``reports``, and ``left_out`` says why.

    Raises:
        FileNotFoundError: while iterating, behind the results of the files before it.
    """
    return _checker().check_many(sources, jobs=jobs)


def figures(
    paths: Iterable[Path] | Path, *, layout: Literal["long", "wide"] = "long", jobs: int | None = None
) -> Figures:
    """The figures of reports as columns.

    Args:
        paths: files, folders, archives.
        layout: ``long`` has a row for each figure, ``wide`` one for each report.
        jobs: how many threads.

    Returns:
        What pandas, polars, pyarrow and DuckDB take over; ``left_out`` says what gave no figures, and why.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return _checker().figures(paths, layout=layout, jobs=jobs)


def collection(
    paths: Iterable[Path] | Path, *, agencies: Path | None = None, jobs: int | None = None
) -> Collection:
    """Checks reports, and compares them with each other: with the year before, with those of the agencies below, with all others.

    Args:
        paths: files, folders, archives.
        agencies: a CSV list of agencies, for missing reports and roll-ups; see docs/supervisor.md.
        jobs: how many threads.

    Returns:
        The reports, and the findings across them.

    Raises:
        FileNotFoundError: there is no such file.
        ArgumentError: the list of agencies cannot be read.
    """
    return _checker().collection(paths, agencies=agencies, jobs=jobs)


def annotate(source: Source, *, name: str | None = None) -> Marked:
    """A copy of a report with what was found marked in it: a workbook or Word document with colours and comments, otherwise a page. The
    report itself is not changed.

    Args:
        source: a path, the bytes of a file, or a file that is open for bytes.
        name: what the file is called, of bytes.

    Raises:
        ArgumentError: nothing in the file can be marked, and why.
    """
    return _checker().annotate(source, name=name)


def blank(
    pack: str | None = None,
    *,
    organization: str | None = None,
    year: int | None = None,
    previous: Source | None = None,
    format: Literal["xlsx", "docx", "md"] = "xlsx",
) -> Form:
    """An empty form; as ``xlsx`` it adds up while it is filled in.

    Args:
        pack: the id of a form, or the name that its versions share; that of ``previous`` where it is not given.
        organization: the agency; that of ``previous`` where it is not given.
        year: the year of the report; the one behind that of ``previous`` where it is not given.
        previous: the report of the year before, of which figures are carried over.
        format: ``xlsx``, ``docx`` or ``md``.

    Raises:
        ArgumentError: it is not clear which form is wanted, or ``previous`` is another one.
    """
    return _checker().blank(pack, organization=organization, year=year, previous=previous, format=format)
