"""What was said, in the output formats of the command."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from .checking import Checker, Result
    from .collecting import Collection
    from .records import Report

    Said = Report | Result | Collection | Iterable[Report | Result]
    Format = Literal["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "xlsx", "statistics"]

__all__ = ["render", "to_sarif"]

_FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "xlsx", "statistics")


def render(
    said: Said, format: Format, *, lang: Literal["zh", "en"] | None = None, checker: Checker | None = None
) -> bytes:
    """What was said, as ``gouji render`` writes it: ``html`` a page, ``xlsx`` a workbook, all others text in UTF-8.

    Args:
        said: a report, a result, a collection, or several reports or results.
        format: the name of the format, as of ``gouji check --format``.
        lang: the language of what the format adds; that of the first report where it is not given.
        checker: the checker that said it, where that has packs of its own: some formats list the rules.

    Raises:
        ValueError: there is no such format.
    """
    if format not in _FORMATS:
        raise ValueError(f"format: {format!r} is none of {', '.join(_FORMATS)}")
    reports, across = _parts(said)
    if lang is None:
        lang = reports[0]._lang if reports else "zh"
    if checker is None:
        from . import _checker

        checker = _checker()
    return checker._checker.rendered(format, [report.to_json() for report in reports], across, lang)


def to_sarif(said: Said, *, lang: Literal["zh", "en"] | None = None, checker: Checker | None = None) -> str:
    """What was said as SARIF 2.1.0, as ``gouji check --format sarif`` writes it; see :func:`gouji.render`."""
    return render(said, "sarif", lang=lang, checker=checker).decode()


def _parts(said: Said) -> tuple[list[Report], tuple[str, str] | None]:
    """The reports, and what is said across them with the counts, where they were compared."""
    from .records import Report

    if isinstance(said, Report):
        return [said], None
    own = getattr(said, "reports", None)
    if own is not None:
        return list(own), getattr(said, "_texts", None)
    reports: list[Report] = []
    for one in said:  # type: ignore[union-attr]
        reports.extend([one] if isinstance(one, Report) else one.reports)
    return reports, None
