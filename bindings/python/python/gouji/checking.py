"""Reports checked: one file, many files."""

from __future__ import annotations

from . import _gouji
from .records import Finding, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, BinaryIO, Literal

    from .collecting import Collection
    from .tables import Figures
    from .making import Form, Marked

    Path = str | os.PathLike[str]
    Content = bytes | bytearray | memoryview
    Source = Path | Content | BinaryIO
    Language = Literal["zh", "en"]
    Level = Literal["error", "warning", "advice", "off"]

__all__ = ["Checker", "Result"]


class Result:
    """What is said of one file."""

    __slots__ = ("left_out", "path", "reports")

    path: str
    """The file, as it was given or found."""
    reports: list[Report]
    """The reports in it, of most files one; of a file that cannot be read, one that says so."""
    left_out: str | None
    """Why the file was passed over: ``own`` (gouji has written it) or ``other`` (found in a folder, and not like a report)."""

    def __init__(self, path: str, reports: list[Report], left_out: str | None = None) -> None:
        self.path = path
        self.reports = reports
        self.left_out = left_out

    @property
    def report(self) -> Report:
        """The only report of the file.

        Raises:
            ValueError: the file holds several reports, or none.
        """
        if len(self.reports) == 1:
            return self.reports[0]
        why = {"own": "gouji has written this file", "other": "it is not like a report"}.get(self.left_out or "")
        held = f"{self.path} holds {len(self.reports)} reports, not one"
        raise ValueError(f"{held}: {why}" if why else f"{held}; see .reports")

    @property
    def findings(self) -> list[Finding]:
        """The findings of all its reports."""
        return [finding for report in self.reports for finding in report.findings]

    def __repr__(self) -> str:
        return f"Result(path={self.path!r}, reports={self.reports!r}, left_out={self.left_out!r})"

    def _repr_html_(self) -> str:
        return "\n".join(report._repr_html_() for report in self.reports)


class Checker:
    """Checks reports against the forms that come with gouji and those of further rule packs. It never changes; threads may share it,
    and it can be pickled.

    Rules are named as on the command line: by code (``GJ300``), by the beginning of codes (``GJ5``), by name, kind, or id of a pack.
    No configuration file is read: what holds is what the call says.

    Args:
        packs: further rule packs: TOML files, or folders of them. One with the id of another takes its place.
        pack: the id of the one form to use; without it, the form of each report is recognised.
        select: only these rules.
        ignore: these rules not.
        severity: how much rules weigh: ``{"GJ301": "warning", "prose-sum": "off"}``.
        lang: the language of what is said, ``zh`` or ``en``; that of the system where it is not given, else Chinese.
        limits: what one file may cost: ``{"file-bytes": 10_000_000, "seconds": 20}``; the names are those of ``gouji check --limit``.

    Raises:
        PackError: a pack is wrong; the error has the place.
        ArgumentError: a word means no rule, form, level or limit.
    """

    __slots__ = ("_arguments", "_checker")

    def __init__(
        self,
        packs: Iterable[Path] | Path = (),
        *,
        pack: str | None = None,
        select: Iterable[str] | str | None = None,
        ignore: Iterable[str] | str = (),
        severity: Mapping[str, Level] | None = None,
        lang: Language | None = None,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        if lang not in ("zh", "en", None):
            from .errors import ArgumentError

            raise ArgumentError(f"lang: {lang!r} is not a language", "zh or en")
        self._arguments: tuple[Any, ...] = (
            _paths(packs),
            pack,
            None if select is None else _words(select),
            _words(ignore),
            list((severity or {}).items()),
            list((limits or {}).items()),
            lang,
        )
        self._checker = _gouji.Checker(*self._arguments)

    @property
    def lang(self) -> Language:
        """The language of what is said."""
        return self._checker.lang

    @property
    def packs(self) -> list[str]:
        """The ids of the forms that are recognised."""
        return self._checker.packs

    def check(self, source: Source, *, name: str | None = None) -> Result:
        """Checks one file; see :func:`gouji.check`."""
        path = None if isinstance(source, (bytes, bytearray, memoryview)) or hasattr(source, "read") else source
        if path is not None:
            import os

            if os.path.isdir(path):  # type: ignore[arg-type]
                raise IsADirectoryError(f"{path!r} is a folder: check_many and collection take folders")
        results = list(self.check_many([_item(source, name)], jobs=1))
        if len(results) == 1:
            return results[0]
        # An archive of reports.
        shown = name if path is None else str(path)
        return Result(shown or "", [report for result in results for report in result.reports])

    def check_many(
        self, sources: Iterable[Path | tuple[str, Content]], *, jobs: int | None = None
    ) -> Iterator[Result]:
        """Checks many files while Python does something else; see :func:`gouji.check_many`."""
        if isinstance(sources, (str, bytes)) or hasattr(sources, "__fspath__"):
            raise TypeError("check_many takes several paths: check_many([path])")
        return _results(self._checker.check_many(map(_named, sources), _jobs(jobs)), self.lang)

    def figures(
        self, paths: Iterable[Path] | Path, *, layout: Literal["long", "wide"] = "long", jobs: int | None = None
    ) -> Figures:
        """The figures of reports as columns; see :func:`gouji.figures`."""
        from .tables import Figures

        if layout not in ("long", "wide"):
            raise ValueError(f"layout: {layout!r} is neither 'long' nor 'wide'")
        return Figures(self._checker.figures(_paths(paths), layout == "wide", _jobs(jobs)))

    def collection(
        self, paths: Iterable[Path] | Path, *, agencies: Path | None = None, jobs: int | None = None
    ) -> Collection:
        """Reports compared with each other; see :func:`gouji.collection`."""
        from .collecting import collection

        return collection(self, _paths(paths), agencies, _jobs(jobs))

    def annotate(self, source: Source, *, name: str | None = None) -> Marked:
        """A copy of a file with what was found marked in it; see :func:`gouji.annotate`."""
        from .making import Marked

        named, content = _content(source, name)
        return Marked(*self._checker.annotate(named, content))

    def blank(
        self,
        pack: str | None = None,
        *,
        organization: str | None = None,
        year: int | None = None,
        previous: Source | None = None,
        format: Literal["xlsx", "docx", "md"] = "xlsx",
    ) -> Form:
        """An empty form; see :func:`gouji.blank`."""
        from .making import Form

        before = None if previous is None else _content(previous, None)
        return Form(format, *self._checker.blank((pack, organization, year), format, before))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, self._arguments)

    def __repr__(self) -> str:
        return f"<gouji.Checker lang={self.lang!r} packs={self.packs!r}>"


def _again(*arguments: Any) -> Checker:
    """The checker that was pickled."""
    checker = Checker.__new__(Checker)
    checker._arguments = arguments
    checker._checker = _gouji.Checker(*arguments)
    return checker


def _results(outcomes: Iterable[tuple[str, str, list[str]]], lang: Language) -> Iterator[Result]:
    for kind, path, said in outcomes:
        if kind == "reports":
            yield Result(path, [Report(text, lang) for text in said])
        elif kind == "skipped":
            import warnings

            warnings.warn(said[0], stacklevel=2)
        else:
            yield Result(path, [], kind)


def _paths(paths: Iterable[Path] | Path) -> list[str]:
    from os import fsdecode, fspath

    if isinstance(paths, (str, bytes)) or hasattr(paths, "__fspath__"):
        paths = [paths]  # type: ignore[list-item]
    return [fsdecode(fspath(path)) for path in paths]


def _words(words: Iterable[str] | str) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _jobs(jobs: int | None) -> int | None:
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs: {jobs} is less than 1")
    return jobs


def _named(item: Any) -> Any:
    """A path, or a name with bytes."""
    if isinstance(item, tuple) and len(item) == 2:
        name, content = item
        return (name, content if isinstance(content, bytes) else bytes(content))
    if isinstance(item, str) or hasattr(item, "__fspath__"):
        return item
    raise TypeError(f"neither a path nor a pair of a name and bytes: {item!r:.60}")


def _item(source: Source, name: str | None) -> Any:
    if isinstance(source, (bytes, bytearray, memoryview)) or hasattr(source, "read") or name is not None:
        return _content(source, name)
    return source


def _content(source: Source, name: str | None) -> tuple[str, bytes]:
    """The name and the bytes of a file."""
    import os

    if isinstance(source, (bytes, bytearray, memoryview)):
        if name is None:
            raise TypeError("bytes need a name, by which their format may be known: name='年报.xlsx'")
        return name, bytes(source)
    if hasattr(source, "read"):
        content = source.read()
        if not isinstance(content, bytes):
            raise TypeError("a file has to be open for bytes: open(path, 'rb')")
        own = getattr(source, "name", None)
        if name is None and not isinstance(own, str):
            raise TypeError("this file has no name: name='年报.xlsx'")
        return (name if name is not None else own), content  # type: ignore[return-value]
    with open(source, "rb") as file:
        return (name if name is not None else os.fspath(source)), file.read()
