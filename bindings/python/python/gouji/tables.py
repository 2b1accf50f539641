"""The figures of reports as columns, for those who calculate with them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas
    import polars
    import pyarrow

    from . import _gouji

__all__ = ["Figures"]


class Figures:
    """The figures of reports, a row each, in the columns of ``gouji extract``; the columns are described in docs/analyst.md.

    They lie in Arrow's memory. Whatever takes Arrow's C interface takes them over without a copy: ``polars.DataFrame(figures)``,
    ``pyarrow.table(figures)``, ``duckdb.from_arrow(figures)``. Numbers are ``decimal128(38, 10)``, exact, in the unit of the form;
    a blank is null, never 0. Years are ``int32``, all else is ``string``.
    """

    __slots__ = ("_figures",)

    def __init__(self, figures: _gouji.Figures, /) -> None:
        self._figures = figures

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._figures.columns

    @property
    def reports(self) -> int:
        """How many reports the figures are of."""
        return self._figures.reports

    @property
    def left_out(self) -> list[str]:
        """Why a file or report gave no figures, a sentence each."""
        return self._figures.left_out

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._figures)

    def to_pyarrow(self) -> pyarrow.Table:
        """A table of pyarrow (14 or later), without a copy."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """A data frame of polars (1.3 or later), without a copy where its types allow that."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of pandas (2.2 or later, with pyarrow): its columns are Arrow's, without a copy, so that ``value`` stays exact.
        ``frame.astype({"value": float})`` gives floats."""
        import pandas

        return self.to_pyarrow().to_pandas(types_mapper=pandas.ArrowDtype)

    def __arrow_c_schema__(self) -> object:
        return self._figures.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._figures.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<gouji.Figures: {len(self)} rows of {self.reports} reports, {len(self.columns)} columns>"
