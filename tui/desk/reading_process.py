"""The process that reads ahead of whoever takes in: what it is asked for, and the whole of its life.

It writes batches of what was read to stdout, and to stderr, before it reads a file, which one that is: so whoever waits
knows on which file it died, or how long it has been reading one.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import BinaryIO

from tui import digests
from tui.desk import limited
from tui.desk.describing import prepare, prepare_asked
from tui.desk.intake import Source, named, read_named
from tui.frozen import dataclass
from tui.settings import Settings

AHEAD = 2
"""Batches that wait to be sent."""

TURN = 0.0005
"""Seconds after which a thread that computes lets another one run."""

FIRST, ENTRIES, SOURCES = 20, 200, 100
"""Entries that are sent together, at first and later, and sources at the most: each turn costs a turn of the disk."""

_SHARE = 1.5
"""A file has this many times the seconds of a large digest, which is taken apart in a process of its own."""

_RATE = 200_000
"""Bytes a second that are the least to be expected of long records."""

_PIPE = 1 << 20
"""Bytes that the pipe between the two holds: as many as Linux gives to anybody (pipe(7))."""

_HEAD = 8
"""Bytes before a batch that say how many follow."""

Name = str | Path | Source
"""What a word names, as :func:`tui.desk.intake.named` returns it."""

Mark = tuple[int, str]
"""A file: the place of the word that names it, or its folder, and its own name; without one, the word's search."""


@dataclass(frozen=True)
class Task:
    """What is to be read: *words* as for :func:`tui.desk.intake.read_sources`, from the file *after* which on.

    Of ``broken`` files that is given which is said of them.
    """

    words: tuple[str, ...]
    settings: Settings
    format: str | None = None
    after: Mark | None = None
    broken: Mapping[Mark, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """What was read; ``done`` is the last file that is wholly in this batch, or in those before it."""

    sources: tuple[Source, ...]
    done: Mark | None


def receive(pipe: BinaryIO) -> Batch | None:
    """Return the next batch; None behind the last one. Raises EOFError where the process ended before that."""
    size = int.from_bytes(_exactly(pipe, _HEAD), "big")
    batch: Batch | None = pickle.loads(_exactly(pipe, size))  # noqa: S301 - our own process wrote it
    return batch


def listen(pipe: BinaryIO) -> Iterator[tuple[Mark, float]]:
    """Yield the file that is read next, and the seconds that it has, as the process begins with it."""
    with suppress(EOFError):
        while True:
            size = int.from_bytes(_exactly(pipe, _HEAD), "big")
            told: tuple[Mark, float] = pickle.loads(_exactly(pipe, size))  # noqa: S301 - ours, too
            yield told


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _framed(thing: object) -> bytes:
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_HEAD, "big") + data


def serve() -> None:
    """Read what stdin says; stdin is open as long as somebody wants it."""
    _widen(1)
    out, told = limited.taken(1), limited.taken(2)
    # Who sends has its turn often: a pipe takes little at a time, and the other process waits for all of it.
    sys.setswitchinterval(TURN)
    gc.set_threshold(limited.SELDOM)
    # It may be started before anybody knows with which settings.
    digests.formats()
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent wrote it
    threading.Thread(target=_watch, name="watching", daemon=True).start()
    made: queue.Queue[bytes | None] = queue.Queue(AHEAD)
    sending = threading.Thread(target=_send, args=(out, made), name="sending", daemon=True)
    sending.start()
    time = _Time(told)
    for batch in batches(read_marked(task, time.begin), task.settings.bibtex.prefer):
        time.stop()
        made.put(_framed(batch))
        time.go_on()
    time.stop()
    made.put(_framed(None))
    made.put(None)
    sending.join()


def _widen(pipe: int) -> None:
    """Let *pipe* hold more than the 64 KiB that it does, where the system can: each filling costs both ends a turn."""
    with suppress(ImportError, AttributeError, OSError):  # not Linux, or the user's pipes hold as much as they may
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _watch() -> None:
    # Not the file: a thread that waits in one would hold it when Python ends.
    os.read(0, 1)
    # Whoever asked is gone, however it went.
    os._exit(1)


def _send(out: BinaryIO, made: queue.Queue[bytes | None]) -> None:
    try:
        while (each := made.get()) is not None:
            out.write(each)
            out.flush()
    except OSError:
        # Nobody wants the rest.
        os._exit(1)


class _Time:
    """Tells whoever waits which file is begun, and ends this process where its time is over and nobody did."""

    def __init__(self, told: BinaryIO) -> None:
        self._told = told
        self._seconds = 0.0

    def begin(self, mark: Mark, seconds: float) -> None:
        """Say that the file *mark* is begun, which has these *seconds*."""
        self._seconds = seconds
        self.go_on()
        self._told.write(_framed((mark, seconds)))
        self._told.flush()

    def go_on(self) -> None:
        """Let time run anew."""
        if hasattr(signal, "alarm"):
            # A library that stalls in C lets no thread run, and no function that handles a signal.
            signal.alarm(int(self._seconds) + limited.GRACE)

    def stop(self) -> None:
        """Let no time pass: the others are at work."""
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def read_marked(task: Task, begin: Callable[[Mark, float], object]) -> Iterator[tuple[Source | None, Mark]]:
    """Yield what *task* asks for with the file that it is of, and None behind the last of each file.

    *begin* is told of each file before it is read, with the seconds that it may take.
    """
    for place, word in enumerate(task.words):
        if task.after and place < task.after[0]:
            continue
        whole = (place, "")
        begin(whole, _seconds())
        names: list[Name] = [Source(word, error=task.broken[whole])] if whole in task.broken else named(word)
        for name in _behind(names, task.after[1] if task.after and place == task.after[0] else None):
            mark = (place, _called(name))
            if mark in task.broken:
                yield Source(mark[1], error=task.broken[mark]), mark
            else:
                begin(mark, _seconds(name))
                for source in read_named(name, task.settings, task.format):
                    yield source, mark
            yield None, mark


def _behind(names: list[Name], last: str | None) -> list[Name]:
    """Return those of *names* that come behind the *last* one; all where it is gone: twice read is nothing lost."""
    return names[next((place + 1 for place, name in enumerate(names) if _called(name) == last), 0) :]


def _called(name: Name) -> str:
    return name.name if isinstance(name, Source) else str(name)


def _seconds(name: Name | None = None) -> float:
    """Return how long reading may take: long records take long."""
    size = 0
    if isinstance(name, Path):
        with suppress(OSError, ValueError):
            size = name.stat().st_size
    return _SHARE * limited.SECONDS + size / _RATE


def batches(read: Iterable[tuple[Source | None, Mark]], prefer: str = "published") -> Iterator[Batch]:
    """Yield what was *read*, prepared: as much at once as has some entries, little at first, for somebody waits.

    *prefer* is the setting ``bibtex.prefer``.
    """
    found: list[Source] = []
    entries, enough = 0, FIRST
    done: Mark | None = None
    for source, mark in read:
        done = mark if source is None else done
        # Behind the end of a file, where it has one here: it is not read again then, if the process dies of the next.
        if entries >= enough or len(found) >= SOURCES:
            yield Batch(tuple(found), done)
            found, entries, enough = [], 0, min(2 * enough, ENTRIES)
        if source is not None:
            for issue in source.issues:
                prepare(issue)
                entries += len(issue.entries)
            for (place, position), (inquiry, choices) in source.asked.items():
                prepare_asked(source.issues[place].entries[position], inquiry, choices, prefer)
            found.append(source)
    if found:
        yield Batch(tuple(found), done)
