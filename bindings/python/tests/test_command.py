"""The command that the wheel brings behaves as the one without Python."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURES, WRONG, program

SCRIPT = Path(sys.executable).parent / ("gouji.exe" if sys.platform == "win32" else "gouji")
WAYS = [[str(SCRIPT)], [sys.executable, "-m", "gouji"]]


def both(*arguments: object) -> None:
    """Runs each command, which have to end alike."""
    expected = subprocess.run([*program(), *map(str, arguments)], capture_output=True, stdin=subprocess.DEVNULL)
    for way in WAYS:
        done = subprocess.run([*way, *map(str, arguments)], capture_output=True, stdin=subprocess.DEVNULL)
        assert done.returncode == expected.returncode
        assert (done.stdout, done.stderr) == (expected.stdout, expected.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["check", "--help", "--lang", "en"],
        [],
        ["chekc"],
        ["check", "--frobnicate"],
        ["check", "没有.md"],
        [WRONG],
        ["check", FIXTURES, "--format", "sarif", "--isolated"],
        ["check", "fixtures/pdf-text/pdf-text.txt"],
        ["extract", FIXTURES, "--format", "jsonl"],
        ["explain", "GJ300", "--lang", "en"],
        ["rules", "--format", "json"],
        ["completions", "bash"],
        ["man"],
    ],
    ids=str,
)
def test_it_says_the_same_and_ends_alike(arguments) -> None:
    both(*arguments)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_who_reads_no_more_ends_it() -> None:
    for way in [program(), *WAYS]:
        process = subprocess.Popen([*way, "rules", "--format", "json"], stdout=subprocess.PIPE)
        process.stdout.close()
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_closes_its_outputs(tmp_path, sent) -> None:
    folder = tmp_path / "归档"
    folder.mkdir()
    text = WRONG.read_bytes()
    for number in range(4000):
        (folder / f"{number}.md").write_bytes(text)
    for way in [program(), *WAYS]:
        process = subprocess.Popen(
            [*way, "check", str(folder), "--format", "concise", "--jobs", "1", "--isolated"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Where the tests run in the background the signal may be ignored, and what is ignored is inherited.
            preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL),
        )
        process.stdout.readline()
        process.send_signal(sent)
        _, said = process.communicate()
        assert process.returncode == 130, said.decode()
        assert "4000" in said.decode()


def test_importing_costs_next_to_nothing() -> None:
    script = "import sys; before = set(sys.modules); import gouji; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    # The extension asks for `types` itself.
    ours = {"gouji", "gouji._gouji", "gouji.checking", "gouji.errors", "gouji.records", "__future__", "types"}
    assert set(done.stdout.split()) <= ours
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    subprocess.run([sys.executable, "-c", "import gouji; gouji.Collection, gouji.to_sarif"], env=environment, check=True)
