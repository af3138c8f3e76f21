"""What a long command shows while it works, and how it is ended: a line on a terminal, and ctrl+c between two steps."""

from __future__ import annotations

import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from tui.desk.intake import Source
from tui.desk.marking import count
from tui.text import clean

_T = TypeVar("_T")

_TURN = 0.0003
"""Seconds after which a thread that computes lets another one run."""

_MOMENT = 1.0
"""Seconds after which it is said what takes so long."""

_PAUSE = 0.2
"""Seconds between two looks of the line."""


class Progress:
    """A line on stderr that is written over, where stderr is a terminal; elsewhere nothing."""

    def __init__(self) -> None:
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._begin = time.monotonic()
        self._next = 0.0
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def say(self, line: str) -> None:
        """Let the line say *line*."""
        if self._live:
            line = clean(line)[:78]
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)

    def show(self, source: Source, papers: int) -> None:
        """Say how many *papers* are taken in, how fast, and how much of *source*, a few times a second."""
        now = time.monotonic()
        if self._live and now >= self._next:
            self._next = now + _PAUSE
            speed = papers / max(now - self._begin, 0.001)
            part = f", {source.behind / 1e6:,.0f} of {source.size / 1e6:,.0f} MB" if source.size else ""
            self.say(f"{count(papers, 'paper')}, {speed:,.0f} a second{part}")

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


class Indexing:
    """Says how far the index is that is made anew, where that takes longer than a moment."""

    def __init__(self) -> None:
        self._line: Progress | None = None
        self._begin = time.monotonic()

    def told(self, done: int, total: int) -> None:
        """Say that *done* of *total* files are read."""
        if self._line is None and time.monotonic() - self._begin > _MOMENT:
            self._line = Progress()
        if self._line is not None:
            self._line.say(f"Making the index anew: {done:,} of {total:,} files; ctrl+c stops, the next run goes on")
            if done >= total:
                self._line.clear()


def ahead(items: Iterator[_T], idle: Callable[[], object] = lambda: None) -> Iterator[_T]:
    """Yield *items*, of which the next one is made in a thread while the last one is worked on.

    *idle* is called before anything is waited for. What is raised while one is made is raised here. A database at work
    lets the other thread run.
    """
    made: queue.Queue[tuple[_T | None, BaseException | None]] = queue.Queue(maxsize=1)

    def make() -> None:
        try:
            for item in items:
                made.put((item, None))
            made.put((None, None))
        except BaseException as error:
            # It belongs to whoever waits, whatever it is.
            made.put((None, error))

    before = sys.getswitchinterval()
    # Both take turns many times in one issue; five milliseconds each would be most of it.
    sys.setswitchinterval(_TURN)
    threading.Thread(target=make, name="reading ahead", daemon=True).start()
    try:
        while True:
            if made.empty():
                idle()
            item, error = made.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        sys.setswitchinterval(before)


class Held:
    """Makes ctrl+c wait while a ``with`` block runs, so that a step is done or not done; a second one does not wait.

    What waited comes at :meth:`heed`. Outside of the blocks ctrl+c interrupts at once. Close it behind the last step.
    """

    def __init__(self) -> None:
        self._busy = False
        self._asked = False
        # Python's own rule: only the main thread is told of signals.
        self._ours = threading.current_thread() is threading.main_thread()
        self._before = signal.getsignal(signal.SIGINT) if self._ours else None
        if self._ours and self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupted)

    def close(self) -> None:
        """Let ctrl+c do what it did before."""
        if self._ours and self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._before)

    def __enter__(self) -> None:
        self._busy = True

    def __exit__(self, *_: object) -> None:
        self._busy = False

    def heed(self) -> None:
        """Raise the KeyboardInterrupt that waited, if there is one."""
        if self._asked:
            raise KeyboardInterrupt

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if not self._busy or self._asked:
            raise KeyboardInterrupt
        self._asked = True
