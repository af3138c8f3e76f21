"""What tests of the reading in lines share."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Done
from tui.cli import run

Talk = Callable[..., Done]


@pytest.fixture
def talk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Talk:
    """Return what says lines to ``paperrack --plain`` through a pipe, and returns what it answered."""

    def talk(*lines: str, words: tuple[str, ...] = ("--plain",)) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*lines, ""])))
        capsys.readouterr()
        status = run(words, lambda *_: 99)
        return Done(status, *capsys.readouterr())

    return talk
