"""Which ways through the program a run takes: pairs of lines, one run after the other.

Python 3.11 has no ``sys.monitoring``, and tracing every line costs tenfold. So a function that has shown nothing new
for long is traced no more, but in one run of a few.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_ROOT = str(Path(__file__).resolve().parents[2] / "tui")
_PATIENCE = 60
"""Calls without a new way after which a function is left alone."""
_EVERY = 24
"""One run of so many is traced whole."""


class Ways:
    """The ways that were taken so far."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int, int]] = set()
        self._quiet: dict[CodeType, int] = {}
        self._foreign: dict[str, bool] = {}
        self._runs = 0
        self._whole = False
        self._fresh = 0

    def __len__(self) -> int:
        return len(self._seen)

    def new(self, run: Callable[[], object]) -> int:
        """Return how many ways *run* takes that none took before. Raises what it raises."""
        self._runs += 1
        self._whole = self._runs % _EVERY == 0
        self._fresh = 0
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            run()
        finally:
            sys.settrace(before)
        return self._fresh

    def _called(self, frame: FrameType, event: str, _arg: object) -> Any:
        code = frame.f_code
        file = code.co_filename
        foreign = self._foreign.get(file)
        if foreign is None:
            foreign = self._foreign[file] = not file.startswith(_ROOT)
        if foreign:
            return None
        quiet = self._quiet.get(code, 0)
        if quiet > _PATIENCE and not self._whole:
            return None
        self._quiet[code] = quiet + 1
        seen, name, last = self._seen, id(code), 0

        def line(frame: FrameType, event: str, _arg: object) -> Any:
            nonlocal last
            if event == "line":
                way = (name, last, frame.f_lineno)
                last = frame.f_lineno
                if way not in seen:
                    seen.add(way)
                    self._fresh += 1
                    self._quiet[code] = 0
            return line

        return line
