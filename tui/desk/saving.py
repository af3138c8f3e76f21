"""Exports into files of their own: what stands there is not lost, and each is a step to take back."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from tui.desk import remembered, writing
from tui.desk.history import FileChange, Step
from tui.desk.marking import Marking
from tui.desk.steps import EXPORTED
from tui.errors import LibraryError
from tui.library.steps import MOST_FILE_BYTES
from tui.text import clean


class Saving:
    """The way into files. Without *remembers*, as of a library that is thrown away, nothing is known beyond it."""

    def __init__(self, marking: Marking, remembers: bool = True) -> None:
        self._marking = marking
        self._remembers = remembers

    def in_the_way(self, path: str) -> bool:
        """Return whether *path* is a file that :meth:`save` would replace, and no export of ours as it was written."""
        target = writing.replaced(path)
        if target is None:
            return False
        known = remembered.export_at(target) if self._remembers else None
        try:
            return known is None or _digest(target) != known
        except OSError:
            return True

    def save(self, text: str, path: str, label: str) -> None:
        """Write *text* to the file *path* as :func:`tui.desk.writing.save` does, as a step called *label*.

        What goes into a pipe, a device or our own output is no step, nor is what is written where no library keeps
        any. Raises ExportError where it cannot be written.
        """
        there = writing.replaced(path)
        before, final = _content(there) if there else (None, None)
        if not path.lower().endswith(EXPORTED):
            final = f"the name of {clean(path, 100)} does not end in {', '.join(EXPORTED)}"
        writing.save(text, path)
        target = there or writing.replaced(path)
        if not self._remembers or target is None:
            return
        content = text.encode()
        remembered.remember_export(target, hashlib.sha256(content).hexdigest())
        if content == before:
            return
        file = FileChange(target, before, content) if not final else None
        # A library that cannot be written says so itself; the file is there all the same.
        with contextlib.suppress(LibraryError):
            self._marking.note(Step(label, file=file, final=final))


def _content(path: Path) -> tuple[bytes | None, str | None]:
    """Return the bytes of a file, or why they cannot be had again, as :class:`Step` has it."""
    name = clean(path.name, 100)
    try:
        if path.stat().st_size <= MOST_FILE_BYTES:
            return path.read_bytes(), None
    except OSError:
        return None, f"{name} could not be read as it was"
    return None, f"{name} is too large to be kept as it was"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
