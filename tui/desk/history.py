"""Undo and redo of what the reader does with papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.library import PaperState

STEPS = 1000
"""How far back a reader can go."""


@dataclass(frozen=True)
class FileChange:
    """A file of the reader's that was written: its bytes before (None where there was none) and after."""

    path: Path
    before: bytes | None
    after: bytes


@dataclass(frozen=True)
class Step:
    """One change: what it is called ("12 cleared"), each paper's state before and after it, and the file it wrote."""

    label: str
    before: Mapping[str, PaperState]
    after: Mapping[str, PaperState]
    file: FileChange | None = None


class History:
    """The steps that can be undone, and those undone that can be done again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember *step*; what was undone before can no longer be redone."""
        self._done = [*self._done[-STEPS + 1 :], step]
        self._undone.clear()

    def undo(self) -> Step | None:
        """Return the newest step, to be taken back, or None where there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Return the step undone last, to be done again, or None where there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
