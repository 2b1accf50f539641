"""What is raised. A file that is bad is never an error: that is a finding."""

from __future__ import annotations

__all__ = ["ArgumentError", "Error", "PackError"]


class Error(ValueError):
    """A call that cannot be answered, and why, in the language of the call."""

    message: str
    """What is wrong."""
    hint: str | None
    """What to do about it."""
    path: str | None
    """The rule pack in which the mistake is."""
    line: int | None
    """Its line, counted from 1."""
    column: int | None
    """The character in the line, counted from 1."""
    drawing: str | None
    """The lines around it, with the place marked."""

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        drawing: str | None = None,
    ) -> None:
        super().__init__(message, hint, path, line, column, drawing)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column
        self.drawing = drawing

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}:{self.column}: "
        parts = [place + self.message, self.drawing, self.hint]
        return "\n".join(part.rstrip("\n") for part in parts if part)


class PackError(Error):
    """A mistake in a rule pack, with its place: ``path``, ``line``, ``column``."""


class ArgumentError(Error):
    """An argument that means nothing: no rule, no form, no level, no limit of that name; or a file that cannot be marked."""
