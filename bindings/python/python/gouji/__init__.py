"""gouji (勾稽) checks statutory reports made of sections and numeric tables, and names the wrong cell.

    >>> import gouji
    >>> result = gouji.check("年报.xlsx")
    >>> for finding in result.findings:
    ...     print(finding.severity, finding.location, finding.message)
"""

from __future__ import annotations

from .checking import Result, check
from .records import Finding, Report

__all__ = ["Finding", "Report", "Result", "check"]
