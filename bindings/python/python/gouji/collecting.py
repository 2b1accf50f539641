"""Reports compared with each other."""

from __future__ import annotations

from .records import FindingAcross, Record, Report, Suppressed, Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from .checking import Checker, Path

__all__ = ["Across", "Collection", "NotEvaluated", "Summary", "SuppressedAcross"]


class NotEvaluated(Record):
    """Why some rules across reports were not evaluated for one of them."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file of the report."""
        return self._values["path"]

    @property
    def part(self) -> str | None:
        """Which report of the file it is, where that holds several."""
        return self._values.get("part")

    @property
    def organization(self) -> str:
        """The agency."""
        return self._values["organization"]

    @property
    def year(self) -> int:
        """The year of the report."""
        return self._values["year"]

    @property
    def because(self) -> str:
        """Why, in a sentence."""
        return self._values["because"]


class SuppressedAcross(FindingAcross, Suppressed):
    """A finding across reports that somebody has accepted."""

    __slots__ = ()


class Across(Record):
    """What is said across reports: ``archive`` of the JSON."""

    __slots__ = ()

    @property
    def findings(self) -> list[FindingAcross]:
        """In the order of the reports, then what is missing."""
        return [FindingAcross(value) for value in self._values["findings"]]

    @property
    def rules(self) -> Tally:
        """How the rules across reports fared."""
        return Tally(self._values["rules"])

    @property
    def not_evaluated(self) -> list[NotEvaluated]:
        """What could not be compared, and why; of very many the first."""
        return [NotEvaluated(value) for value in self._values["not_evaluated"]]

    @property
    def more_not_evaluated(self) -> int:
        """How many more there were."""
        return self._values.get("more_not_evaluated", 0)

    @property
    def suppressed(self) -> list[SuppressedAcross]:
        """What somebody has accepted."""
        return [SuppressedAcross(value) for value in self._values.get("suppressed", ())]


class Summary(Record):
    """Counts over all reports."""

    __slots__ = ()

    @property
    def reports(self) -> int:
        """Reports."""
        return self._values["reports"]

    @property
    def unreadable(self) -> int:
        """Files that could not be read."""
        return self._values["unreadable"]

    @property
    def errors(self) -> int:
        """Findings of severity error."""
        return self._values["errors"]

    @property
    def warnings(self) -> int:
        """Findings of severity warning."""
        return self._values["warnings"]

    @property
    def advice(self) -> int:
        """Findings of severity advice."""
        return self._values["advice"]

    @property
    def passed(self) -> int:
        """Reports that pass."""
        return self._values["passed"]

    @property
    def with_findings(self) -> int:
        """Reports with errors or warnings."""
        return self._values["with_findings"]

    @property
    def unverifiable(self) -> int:
        """Reports that cannot be verified."""
        return self._values["unverifiable"]

    @property
    def in_baseline(self) -> int:
        """Findings that the baseline holds."""
        return self._values.get("in_baseline", 0)

    @property
    def waived(self) -> int:
        """Findings that are waived."""
        return self._values.get("waived", 0)

    @property
    def left_out(self) -> int:
        """Files that were found in folders and are no reports."""
        return self._values.get("left_out", 0)

    @property
    def interrupted(self) -> bool:
        """The run was interrupted."""
        return self._values.get("interrupted", False)


class Collection:
    """Reports, and what they say of each other."""

    __slots__ = ("_lang", "_texts", "left_out", "remarks", "reports")

    reports: list[Report]
    """In the order of the files. The verdict of a report counts the findings across reports, too."""
    left_out: list[str]
    """Files of folders that are no reports."""
    remarks: list[str]
    """What is to be said of archives and of the list of agencies, a sentence each."""

    def __init__(
        self,
        reports: list[str],
        across: str,
        summary: str,
        left_out: list[str],
        remarks: list[str],
        lang: Literal["zh", "en"],
    ) -> None:
        self.reports = [Report(text, lang) for text in reports]
        self.left_out = left_out
        self.remarks = remarks
        self._texts = (across, summary)
        self._lang = lang

    @property
    def archive(self) -> Across:
        """All that is said across reports."""
        return Across(_loads(self._texts[0]))

    @property
    def findings(self) -> list[FindingAcross]:
        """The findings across reports; each report has its own besides."""
        return self.archive.findings

    @property
    def summary(self) -> Summary:
        """Counts over all reports."""
        return Summary(_loads(self._texts[1]))

    def to_json(self) -> str:
        """All of it, byte for byte as ``gouji check --format json`` writes it."""
        from .rendering import render

        return render(self, "json", lang=self._lang).decode()

    def __repr__(self) -> str:
        return f"<gouji.Collection: {len(self.reports)} reports>"


def collection(checker: Checker, paths: list[str], agencies: Path | None, jobs: int | None) -> Collection:
    """Checks and compares; see :func:`gouji.collection`."""
    from os import fsdecode, fspath

    listed = None if agencies is None else fsdecode(fspath(agencies))
    return Collection(*checker._checker.collection(paths, listed, jobs), checker.lang)


def _loads(text: str) -> dict[str, Any]:
    import json

    return json.loads(text)
