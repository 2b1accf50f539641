"""What is compiled. Use the package ``gouji``, not this."""

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Literal, final

__all__ = ["VERSION", "Checker", "Figures", "Many", "excerpt", "run", "spark"]

VERSION: str
# What gouji.spark runs on executors.
spark: ModuleType

_Told = tuple[str, str, list[str]]
_Collected = tuple[list[str], str, str, list[str], list[str]]
_Made = tuple[str, bytes, list[str], int]

@final
class Checker:
    def __new__(
        cls,
        packs: Sequence[str],
        pack: str | None,
        select: Sequence[str] | None,
        ignore: Sequence[str],
        severity: Sequence[tuple[str, str]],
        limits: Sequence[tuple[str, int]],
        lang: str | None,
    ) -> Checker: ...
    @property
    def lang(self) -> Literal["zh", "en"]: ...
    @property
    def packs(self) -> list[str]: ...
    def check_many(self, items: Iterator[object], threads: int | None) -> Many: ...
    def figures(self, paths: Sequence[str], wide: bool, threads: int | None) -> Figures: ...
    def collection(self, paths: Sequence[str], agencies: str | None, threads: int | None) -> _Collected: ...
    def rendered(
        self, format: str, reports: Sequence[str], across: tuple[str, str] | None, lang: str
    ) -> bytes: ...
    def annotate(self, name: str, content: bytes) -> _Made: ...
    def blank(
        self,
        form: tuple[str | None, str | None, int | None],
        format: str,
        previous: tuple[str, bytes] | None,
    ) -> _Made: ...

@final
class Figures:
    @property
    def left_out(self) -> list[str]: ...
    @property
    def reports(self) -> int: ...
    @property
    def columns(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Many:
    def __iter__(self) -> Many: ...
    def __next__(self) -> _Told: ...

def excerpt(report: str, lang: str) -> str: ...
def run(argv: Sequence[str]) -> int: ...
