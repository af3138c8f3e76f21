"""stdout and stderr of a command where one is closed, full, narrow or gone, and what nobody foresaw."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tui.cli import streams

ROOT = Path(__file__).resolve().parents[2]


def program(script: str) -> subprocess.CompletedProcess[bytes]:
    """Run a shell's *script* in which ``"$@"`` is the program."""
    command = ["sh", "-c", script, "sh", sys.executable, "-m", "tui"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_library_is_written_whole_though_streams_are_closed(tmp_path: Path, closed: str) -> None:
    digest = tmp_path / "reading.md"
    digest.write_text("# Reading\n\n- [BERT](https://arxiv.org/abs/1810.04805)\n", encoding="utf-8")
    library = tmp_path / "library"
    done = program(f'"$@" --library "{library}" add "{digest}" {closed}')
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    # Nothing that was said went into a file that was opened under a stream's number.
    issue = (library / "issues" / "reading.json").read_text(encoding="utf-8")
    assert "new)" not in issue
    assert b"BERT" in program(f'"$@" --library "{library}" papers').stdout


def test_what_nobody_foresaw_is_told_without_what_a_terminal_obeys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("excepthook",):
        monkeypatch.setattr(sys, name, getattr(sys, name))
        monkeypatch.setattr(threading, name, getattr(threading, name))
    streams.guard()
    error = ValueError("a title \x1b]0;owned\x07 of \u202ethem")
    sys.excepthook(ValueError, error, None)
    told = capsys.readouterr().err
    assert "ValueError: a title" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    assert "IndexError" in capsys.readouterr().err
    sys.excepthook(SystemExit, SystemExit(3), None)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys, "stderr", None)
    sys.excepthook(ValueError, error, None)


def test_what_no_stream_can_carry_is_shown_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    streams.prepare()
    narrow.write("Poincaré \ud800\n")
    narrow.flush()
    assert narrow.buffer.getvalue() == "Poincaré ".encode() + rb"\ud800" + b"\n"  # type: ignore[attr-defined]


def test_a_program_without_streams_settles_and_one_whose_reader_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    streams.settle()
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as gone:
        gone.write("said to nobody")
        monkeypatch.setattr(sys, "stdout", gone)
        streams.settle()
        gone.write("and more")
        gone.flush()


def test_narration_that_nobody_can_hear_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    streams.narrate("Something is wrong.")
