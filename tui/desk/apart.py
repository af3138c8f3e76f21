"""Large files, and folders of many, read in another process, so that one processor reads while another takes in."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from tui.desk.describing import prepare
from tui.desk.intake import LARGE, STDIN, Source, is_address, read_sources
from tui.errors import UnreadableError
from tui.settings import Settings

_PATIENCE = 1.0
"""Seconds that the process has to end by itself."""

_AHEAD = 2
"""Sources that wait to be sent."""

_FIRST, _ENTRIES, _SOURCES = 20, 200, 100
"""Entries that are sent together, at first and later, and sources at the most: each turn costs a turn of the disk."""

_TURN = 0.0005
"""Seconds after which a thread that computes lets another one run."""

_SAFE_PATH = "PYTHONSAFEPATH"

_SELDOM = 100_000
"""Objects more than were let go of after which the collector looks for garbage: papers come by the ten thousand
objects, and hold none."""


def pays(words: Sequence[str]) -> bool:
    """Return whether *words* name so much that it pays to read it in another process: it takes a moment to start.

    Standard input cannot be handed to it.
    """
    if STDIN in words or any(map(is_address, words)):
        return False
    size = 0
    with suppress(OSError, ValueError, RuntimeError):
        for path in (Path(w).expanduser() for w in words):
            for each in _files(path):
                size += each.stat().st_size
                if size > LARGE:
                    return True
    return False


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return (path,)
    from tui.digests.document import gather

    return (each for each in gather(path) if each.is_file())


def read_apart(
    words: Sequence[str], settings: Settings, format: str | None = None, idle: Callable[[], object] = lambda: None
) -> Iterator[Source]:
    """Yield what :func:`tui.desk.intake.read_sources` does, read by another process, which ends with this iterator.

    As :func:`read_together`, one by one.
    """
    for sources in read_together(words, settings, format, idle):
        yield from sources


def read_together(
    words: Sequence[str], settings: Settings, format: str | None = None, idle: Callable[[], object] = lambda: None
) -> Iterator[list[Source]]:
    """Yield what :func:`tui.desk.intake.read_sources` does, small sources together, read by another process.

    It ends with this iterator. *idle* is called before anything is waited for. Raises UnreadableError where that
    process ends before it is done.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(theirs, tuple(words), settings, format), daemon=True)
    with _uninterrupted(), _elsewhere():
        process.start()
    # Whoever reads hears of the end only when nobody else could write.
    theirs.close()
    before, collecting = sys.getswitchinterval(), gc.get_threshold()
    # Who takes in gives its turn away with every statement, and the thread that writes files must not keep it long.
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_SELDOM)
    try:
        while (sources := _next(ours, idle)) is not None:
            yield sources
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*collecting)
        # The process writes to nobody then, and ends.
        ours.close()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()


def _next(ours: Connection, idle: Callable[[], object]) -> list[Source] | None:
    try:
        if not ours.poll():
            idle()
        found: list[Source] | None = ours.recv()
    except (EOFError, ConnectionError):
        raise UnreadableError("The process that reads ended before it was done; add the same again to go on.") from None
    return found


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have the process that is started in the block not know of ctrl+c, which goes to all of a terminal's at once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Have Python processes that are started in the block look for no module in the working folder.

    :mod:`multiprocessing` starts them with ``-c``, and they would first look there: a folder that somebody was sent may
    hold a ``multiprocessing.py`` beside its digests (https://docs.python.org/3/using/cmdline.html, PYTHONSAFEPATH).
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _read(theirs: Connection, words: Sequence[str], settings: Settings, format: str | None) -> None:
    """Read in the other process, and send what was read while the next is read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Who sends has its turn often: a pipe takes little at a time, and the other process waits for all of it.
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_SELDOM)
    made: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
    sending = threading.Thread(target=_send, args=(theirs, made), name="sending", daemon=True)
    sending.start()
    for sources in _together(read_sources(words, settings, format)):
        made.put(pickle.dumps(sources, pickle.HIGHEST_PROTOCOL))
    made.put(pickle.dumps(None))
    made.put(None)
    sending.join()


def _together(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Yield *sources*, prepared: as many at once as have some entries, few at first, for somebody waits for them."""
    found: list[Source] = []
    entries, enough = 0, _FIRST
    for source in sources:
        for issue in source.issues:
            prepare(issue)
            entries += len(issue.entries)
        found.append(source)
        if entries >= enough or len(found) >= _SOURCES:
            yield found
            found, entries, enough = [], 0, min(2 * enough, _ENTRIES)
    if found:
        yield found


def _send(theirs: Connection, made: queue.Queue[bytes | None]) -> None:
    try:
        while (each := made.get()) is not None:
            theirs.send_bytes(each)
    except OSError:
        # Nobody wants the rest: the other one ended, however it did.
        os._exit(1)
