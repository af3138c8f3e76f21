"""Large files, and folders of many, read in another process, so that one processor reads while another takes in.

A file that this process dies of, or does not come to an end with, costs one sentence: another goes on behind it.
"""

from __future__ import annotations

import dataclasses
import gc
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from tui.desk import limited
from tui.desk.intake import STDIN, Source, is_address, read_sources
from tui.desk.reading_process import TURN, Batch, Mark, Task, listen, receive
from tui.errors import UnreadableError
from tui.settings import Settings
from tui.text import clean

Process = subprocess.Popen[bytes]

ENOUGH = 2_000_000
"""From how many bytes on it pays: a process takes some tenths of a second to start, in which 1 MB can be read."""

_AHEAD = 2
"""Batches that were received and wait to be taken in."""

_BREAKDOWNS = 20
"""Processes that may break down one after the other with nothing to show for it."""

_LOOK = 0.5
"""Seconds between two looks at how long a file has been read."""

_START = 60.0
"""Seconds that a process has to begin."""

_ENDED = "The process that reads ended before it was done; add the same again to go on."


def pays(words: Sequence[str]) -> bool:
    """Return whether *words* name so much that it pays to read it in another process: it takes a moment to start.

    What is no file and no folder, such as standard input, cannot be handed to it.
    """
    if STDIN in words or any(map(is_address, words)):
        return False
    size = 0
    with suppress(OSError, ValueError, RuntimeError):
        paths = [Path(word).expanduser() for word in words]
        if not all(path.is_file() or path.is_dir() or not path.exists() for path in paths):
            return False
        for path in paths:
            for each in _files(path):
                size += each.stat().st_size
                if size > ENOUGH:
                    return True
    return False


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return (path,)
    from tui.digests.document import gather

    return (each for each in gather(path) if each.is_file())


def read_somewhere(words: Iterable[str], settings: Settings, format: str | None = None) -> Iterator[Source]:
    """Yield what :func:`tui.desk.intake.read_sources` does, read by another process where that pays."""
    words = tuple(words)
    if not pays(words):
        yield from read_sources(words, settings, format)
        return
    try:
        yield from read_apart(words, settings, format)
    except UnreadableError as error:
        yield Source(words[0], error=str(error))


def read_apart(
    words: Sequence[str], settings: Settings, format: str | None = None, idle: Callable[[], object] = lambda: None
) -> Iterator[Source]:
    """Yield what :func:`tui.desk.intake.read_sources` does, read by another process, which ends with this iterator.

    As :func:`read_together`, one by one.
    """
    for sources in read_together(words, settings, format, idle):
        yield from sources


@contextmanager
def started(words: Sequence[str]) -> Iterator[Process | None]:
    """Yield a process that makes itself ready to read *words*, None where that does not pay; it ends with the block."""
    process = None
    with suppress(OSError):
        process = _start() if pays(words) else None
    try:
        yield process
    finally:
        if process:
            _end(process)


def read_together(
    words: Sequence[str],
    settings: Settings,
    format: str | None = None,
    idle: Callable[[], object] = lambda: None,
    process: Process | None = None,
) -> Iterator[Sequence[Source]]:
    """Yield what :func:`tui.desk.intake.read_sources` does, small sources together, read by another process.

    That is *process* if one was started, and ends with this iterator. *idle* is called before anything is waited for.
    Of a file that breaks it the error is told, and what comes behind it is read by a new one. Raises UnreadableError
    where no process gets on.
    """
    task = Task(tuple(words), settings, format)
    breakdowns = 0
    with _swift():
        while True:
            reader = _Reader(task, process)
            process = None
            try:
                while (batch := reader.next(idle)) is not None:
                    breakdowns = 0
                    task = dataclasses.replace(task, after=batch.done or task.after)
                    yield batch.sources
                return
            except _BrokenError as error:
                breakdowns += 1
                if error.mark is None or breakdowns > _BREAKDOWNS:
                    raise UnreadableError(_ENDED) from None
                task = dataclasses.replace(task, broken={**task.broken, error.mark: error.sentence(task.words)})
            finally:
                reader.close()


def _start() -> Process:
    return limited.start("tui.desk.reading_process", subprocess.PIPE)


def _end(process: Process, threads: Iterable[threading.Thread] = ()) -> None:
    """End *process*, and with it the *threads* that hear of it."""
    process.kill()
    process.wait()
    for thread in threads:
        thread.join()
    for pipe in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError):
            cast(BinaryIO, pipe).close()


@contextmanager
def _swift() -> Iterator[None]:
    """Take turns often in the block, and look for garbage seldom: papers come by the ten thousand, and hold none.

    Who takes in gives its turn away with every statement, and the thread that writes files must not keep it long.
    """
    before, collecting = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(TURN)
    gc.set_threshold(limited.SELDOM)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*collecting)


class _BrokenError(Exception):
    """The process ended, or was ended, while it read the file *mark*: after *seconds*, where it had no more."""

    def __init__(self, mark: Mark | None, seconds: float | None = None) -> None:
        super().__init__()
        self.mark = mark
        self._seconds = seconds

    def sentence(self, words: Sequence[str]) -> str:
        """What the reader is told of it, who named the file with *words*."""
        place, name = self.mark or (0, "")
        called = clean(name or words[place], 500)
        if self._seconds is not None:
            return f"{called} was given up: taking it apart took longer than {self._seconds:.0f} seconds."
        return f"{called} cannot be taken apart: the process that read it broke down."


class _Reader:
    """A process that reads what *task* asks for, and the threads that hear of it."""

    def __init__(self, task: Task, process: Process | None = None) -> None:
        self._batches: queue.Queue[Batch | EOFError | None] = queue.Queue(_AHEAD)
        self._at: tuple[Mark | None, float] = (None, _START)
        self._waited = 0.0
        self._closed = threading.Event()
        try:
            self._process = process or _start()
        except OSError as error:
            why = clean(error.strerror or str(error), 200)
            raise UnreadableError(f"The process that reads cannot be started: {why}.") from None
        self._threads = [
            threading.Thread(target=each, name=name, daemon=True)
            for each, name in ((self._receive, "receiving"), (self._listen, "listening"))
        ]
        for thread in self._threads:
            thread.start()
        with suppress(OSError):  # who ended by then is heard of all the same
            pipe = cast(BinaryIO, self._process.stdin)
            pipe.write(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
            pipe.flush()

    def next(self, idle: Callable[[], object]) -> Batch | None:
        """Return the next batch, None behind the last one. Raises _BrokenError where it does not come."""
        if self._batches.empty():
            idle()
        self._waited = 0.0
        while True:
            try:
                batch = self._batches.get(timeout=_LOOK)
            except queue.Empty:
                # Not what a clock says: while this program is stopped, no time is over.
                self._waited += _LOOK
                mark, seconds = self._at
                if self._waited > seconds:
                    raise _BrokenError(mark, seconds) from None
                continue
            if isinstance(batch, EOFError):
                # What the process said last is heard by now, or soon.
                self._threads[1].join(_LOOK)
                raise _BrokenError(self._at[0])
            return batch

    def close(self) -> None:
        """End the process and the threads."""
        self._closed.set()
        _end(self._process, self._threads)

    def _receive(self) -> None:
        batch: Batch | EOFError | None = EOFError()
        while batch is not None:
            try:
                batch = receive(cast(BinaryIO, self._process.stdout))
            except EOFError as error:
                self._put(error)
                return
            self._put(batch)

    def _put(self, batch: Batch | EOFError | None) -> None:
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._batches.put(batch, timeout=_LOOK / 10)
                return

    def _listen(self) -> None:
        for told in listen(cast(BinaryIO, self._process.stderr)):
            self._at, self._waited = told, 0.0
