"""What the tests share: the repository, and the command in Rust that the module is compared with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures"
WRONG = FIXTURES / "wrong-total" / "wrong-total.md"


def reports() -> list[Path]:
    """The reports among the fixtures."""
    return sorted(path for path in FIXTURES.glob("*/*") if path.is_file() and path.name != "ORIGIN")


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as they are given: seen from the repository. Nothing follows the locale of who runs the tests."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


# This one has Parquet, however the other was compiled.
OF_THE_WHEEL = [sys.executable, "-m", "gouji"]


def program() -> list[str]:
    """The command: that of `cargo test` where it runs the tests, else that of the wheel."""
    built = os.environ.get("GOUJI")
    return [built] if built else OF_THE_WHEEL


def run(*arguments: object, status: int | None = None, by: list[str] | None = None) -> bytes:
    """What the command prints."""
    done = subprocess.run([*(by or program()), *map(str, arguments)], capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode in ((0, 1) if status is None else (status,)), done.stderr.decode()
    return done.stdout
