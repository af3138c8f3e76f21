"""Texts written into the reader's own files, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from tui.desk.steps import EXPORTED, FileChange
from tui.errors import ExportError
from tui.text import clean


def save(text: str, path: str) -> None:
    """Write *text* to the file *path*, whole or not at all; into it where it is a pipe, a device or our own output.

    Raises ExportError where it cannot be written.
    """
    try:
        target = Path(path).expanduser()
        state = _state(target)
        if state is None or (stat.S_ISREG(state.st_mode) and not _is_output(state)):
            replace(target.resolve(), text, 0o666 & ~_umask() if state is None else stat.S_IMODE(state.st_mode))
        else:
            _append(target, text)
    except (OSError, RuntimeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error).rstrip(".")
        raise ExportError(f"{clean(path, 500)} could not be written: {why}.") from None


def replaced(path: str) -> Path | None:
    """Return the file, behind links, that :func:`save` would put another in the place of, None where there is none."""
    try:
        target = Path(path).expanduser()
        state = target.stat()
        return target.resolve() if stat.S_ISREG(state.st_mode) and not _is_output(state) else None
    except (OSError, RuntimeError, ValueError):
        return None


def put_back(change: FileChange, back: bool) -> None:
    """Give the file its bytes of before the change, or again those after it. Raises ExportError where it is another."""
    from tui.exports import bibfile

    if change.path.suffix.lower() not in EXPORTED:
        raise ExportError(f"{clean(str(change.path), 500)} is no export, so it was left as it is.")
    wanted, there = (change.before, change.after) if back else (change.after, change.before)
    if there is not None:
        bibfile.undo(bibfile.Undo(change.path, wanted, hashlib.sha256(there).hexdigest()))
    elif change.path.exists():
        raise ExportError(f"{clean(str(change.path), 500)} is there again, so it was left as it is.")
    elif wanted is not None:
        save(wanted.decode("utf-8"), str(change.path))


def _state(target: Path) -> os.stat_result | None:
    """Return what *target* is, behind its links, or None where there is nothing yet."""
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _is_output(state: os.stat_result) -> bool:
    """Return whether it is a file that stdout or stderr leads to: /dev/stdout behind ``>>`` must keep what is there."""
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):
            if os.path.samestat(state, os.fstat(descriptor)):
                return True
    return False


def _append(target: Path, text: str) -> None:
    with open(os.open(target, os.O_WRONLY | os.O_APPEND), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def replace(target: Path, text: str, mode: int) -> None:
    """Put *text* in the place of the file *target* by way of a neighbour, which is gone whatever happens."""
    descriptor, neighbour = tempfile.mkstemp(dir=target.parent, prefix=".paperrack-")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(neighbour, mode)
        os.replace(neighbour, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(neighbour)
        raise


def _umask() -> int:
    """Return the mask that new files get; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
