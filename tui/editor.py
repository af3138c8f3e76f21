"""Runs the reader's own editor on a text, and nothing else in anything else.

The text lies in a private file (mode 0600) of a private folder (0700) of its own, where an editor's swap and backup
files land too; all of it is removed afterwards, whatever became of the editor. The command is split as a shell splits
words and run as a list, without a shell. Nothing of the file is run here; an editor may do so itself: Vim obeys
modelines in the first and last lines of a text where its reader switched them on, and a note that came with another
reader's library is a stranger's text. ``set nomodeline`` is Vim's own answer; we pass no option that another editor
under that name would not know.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tui.errors import EditorError, PaperrackError
from tui.text import clean

VARIABLES = ("VISUAL", "EDITOR")
"""What names the editor, the first that is set."""

USUAL = ("nano", "vi")
"""What is taken where neither is set, the first that is there."""

MOST_BYTES = 1_000_000
"""The longest text that is read back."""

_AT_ONCE = 1.5
"""Seconds within which nobody can have written anything."""


def edit(text: str, keep: Callable[[str], object], environ: Mapping[str, str] | None = None) -> bool:
    """Let the reader change *text* in the editor and hand what came of it to *keep*; return whether anything did.

    The terminal must be free, and it is given to the editor until that ends. A text that was left as it was is not
    kept again. Raises EditorError where no editor is found, it fails, or its text cannot be kept; in that last case
    the file stays, and the error names it.
    """
    env = dict(os.environ) if environ is None else environ
    words = command(env)
    try:
        folder = Path(tempfile.mkdtemp(prefix="paperrack-"))  # 0700
    except OSError as error:
        raise EditorError(f"There is no room for the editor's file: {error.strerror or error}.") from None
    lost = False
    try:
        path = _written(folder, text)
        started = time.monotonic()
        _run([*words, str(path)], env)
        found = _read(path)
        if found is not None and _same(found, text):
            _explain_haste(words[0], time.monotonic() - started)
            return False
        lost = True
        if found is None:
            raise EditorError(f"The text has more than {MOST_BYTES:,} bytes; it is not taken, and stays in {path}.")
        try:
            keep(found)
        except PaperrackError as error:
            raise EditorError(f"{error} What you wrote stays in {path}.") from error
        lost = False
        return True
    finally:
        if not lost:
            shutil.rmtree(folder, ignore_errors=True)


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's program and options. Raises EditorError where there is none."""
    path = environ.get("PATH", os.defpath)
    for name in VARIABLES:
        if environ.get(name, "").strip():
            return _named(name, environ[name], path)
    for usual in USUAL:
        if found := shutil.which(usual, path=path):
            return [found]
    raise EditorError("No editor was found: neither VISUAL nor EDITOR is set, and there is no nano and no vi.")


def _named(name: str, value: str, path: str) -> list[str]:
    try:
        words = shlex.split(value, posix=os.name != "nt")
    except ValueError:
        raise EditorError(f"{name} is no command: a quote in it is not closed ({clean(value, 80)}).") from None
    found = shutil.which(os.path.expanduser(words[0]), path=path) if words else None
    if found is None:
        raise EditorError(f"The editor that {name} names cannot be found: {clean(words[0] if words else value, 80)}.")
    return [found, *words[1:]]


def _written(folder: Path, text: str) -> Path:
    try:
        handle, name = tempfile.mkstemp(".md", "note-", folder)  # 0600
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n" if text else "")
    except OSError as error:
        raise EditorError(f"The editor's file could not be written: {error.strerror or error}.") from None
    return Path(name)


def _run(words: list[str], environ: Mapping[str, str]) -> None:
    name = clean(os.path.basename(words[0]), 40)
    try:
        with _undisturbed(), subprocess.Popen(words, env=dict(environ)) as process:  # noqa: S603 - a list of words, no shell
            status = process.wait()
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error), 80)
        raise EditorError(f"{name} could not be started: {reason}.") from None
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        raise EditorError(f"{name} {how}; nothing was changed.")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let ctrl+c and ctrl+\\ be the editor's alone: the terminal sends them to this program too.

    Not ignored but heard without doing anything, for what is ignored would be so in the editor as well.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _read(path: Path) -> str | None:
    """Return what the file holds by now, or None where that is too much. Raises EditorError where it is no file."""
    # An editor's scripts may have put anything in its place: no link is followed, and no pipe is waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        raise EditorError("The editor left no file behind; nothing was changed.") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise EditorError("The editor left something else than a file behind; nothing was changed.")
    with os.fdopen(handle, "rb") as file:
        found = file.read(MOST_BYTES + 1)
    return found.decode("utf-8", "replace").replace("\r\n", "\n") if len(found) <= MOST_BYTES else None


def _same(found: str, text: str) -> bool:
    """Return whether *found* is *text*, but for the line end that editors put behind the last line."""
    return found.removesuffix("\n") == text


def _explain_haste(program: str, seconds: float) -> None:
    """Raise EditorError where the editor was over before anybody could write: it went on in a window of its own."""
    if seconds < _AT_ONCE and os.path.basename(program) not in (*USUAL, "vim", "nvim", "ed", "micro", "hx"):
        raise EditorError(
            f"{clean(os.path.basename(program), 40)} ended at once and changed nothing; an editor with a window of its"
            " own needs an option that makes it wait, such as --wait."
        )
