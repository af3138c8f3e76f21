"""The manual: what is kept is what the code says, every troff takes it, and it says all."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import run
from tui.cli.commands import COMMANDS
from tui.cli.manual import page
from tui.cli.plain.table import COMMANDS as LINES

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tui" / "paperrack.1"


def test_the_manual_that_is_kept_is_what_the_code_says() -> None:
    again = "the words of the command line changed: python -m tui.cli.manual tui/paperrack.1 makes it anew"
    assert KEPT.read_text("ascii") == page(), again


def test_it_is_printed_where_its_output_goes_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["man"], lambda *_: 99) == 0
    assert capsys.readouterr().out == page()


def test_it_describes_every_command_and_every_typed_one() -> None:
    said = page()
    for name in (*COMMANDS, "demo", "man", "completions"):
        assert f"\n.SS {name}\n" in said
    for command in LINES:
        assert re.search(rf"\n\.B {command.name}\b", said)
    for variable in ("PAPERRACK_LIBRARY", "PAPERRACK_CONFIG", "NO_COLOR"):
        assert variable in said


@pytest.mark.parametrize(
    "words", [["mandoc", "-Tlint", "-W", "warning"], ["groff", "-ww", "-man", "-Tutf8", "-z"]], ids=["mandoc", "groff"]
)
def test_a_troff_takes_it_without_a_warning(words: list[str]) -> None:
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed")
    done = subprocess.run([*words, str(KEPT)], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_fits_into_80_cells() -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    done = subprocess.run(
        ["mandoc", "-Tascii", "-O", "width=80", str(KEPT)], capture_output=True, text=True, check=True
    )
    lines = re.sub(r".\x08", "", done.stdout).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert "       paperrack fetch [OPTION ...] [PAPER ...]" in lines


def test_a_reader_at_a_terminal_is_shown_it_by_man(tmp_path: Path) -> None:
    program = tmp_path / "man"
    program.write_text('#!/bin/sh\ncase "$1" in */paperrack.1) head -n 3 "$1"; exit 0 ;; esac\nexit 9\n')
    program.chmod(0o755)
    ours, theirs = pty.openpty()
    environ = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([sys.executable, "-m", "tui", "man"], stdout=theirs, env=environ, cwd=ROOT, timeout=60)
    os.close(theirs)
    assert done.returncode == 0
    assert ".TH PAPERRACK 1" in os.read(ours, 4000).decode()
    os.close(ours)
