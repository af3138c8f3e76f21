"""A program in a pseudo-terminal, timed as the person at the keyboard sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SIZE = (45, 140)


class Terminal:
    """A running program: what it wrote, and keys to it."""

    def __init__(self, child: int, master: int) -> None:
        self.child = child
        self.master = master
        self.started = time.perf_counter()

    def read(self, seconds: float) -> bytes:
        """Return what is written within *seconds*, at the first chunk."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        try:
            return os.read(self.master, 1 << 16) if ready else b""
        except OSError:
            return b""

    def wait_for(self, text: bytes, seconds: float = 30) -> float:
        """Return the seconds from the start until *text* was written. Raises TimeoutError."""
        seen = b""
        while time.perf_counter() - self.started < seconds:
            seen = seen[-4000:] + self.read(0.05)
            if text in seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} never came")

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing was written for *seconds*."""
        while self.read(seconds):
            pass

    def send(self, key: bytes) -> None:
        """Strike *key*."""
        os.write(self.master, key)

    def settle(self, seconds: float = 0.3, last: float | None = None) -> float:
        """Return when (on the clock of ``perf_counter``) the last was written before *seconds* of silence.

        That is *last*, or now, where nothing comes.
        """
        last = last or time.perf_counter()
        while (left := last + seconds - time.perf_counter()) > 0:
            if self.read(left):
                last = time.perf_counter()
        return last

    def settled(self, key: bytes, seconds: float = 0.08) -> tuple[float, float]:
        """Return the seconds from *key* to the first change on the screen, and to the last before *seconds* of silence.

        Raises TimeoutError where nothing changes.
        """
        begin = time.perf_counter()
        os.write(self.master, key)
        if not self.read(10):
            raise TimeoutError(f"{key!r} changed nothing")
        first = time.perf_counter()
        return first - begin, self.settle(seconds, first) - begin

    def memory(self) -> tuple[float, float]:
        """Return the program's memory now and at its most, in MB."""
        return memory(self.child)

    def key(self, key: bytes) -> float:
        """Return the seconds from *key* to the first change on the screen."""
        begin = time.perf_counter()
        os.write(self.master, key)
        self.read(2)
        taken = time.perf_counter() - begin
        self.quiet(0.05)
        return taken


def memory(process: int) -> tuple[float, float]:
    """Return the resident memory of *process* now and at its most, in MB (1,048,576 bytes)."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    now, most = (int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


@contextmanager
def terminal(words: Sequence[str]) -> Iterator[Terminal]:
    """Run ``python`` with *words* in a terminal of 140x45; it is killed at the end."""
    child, master = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        # An installed program has its modules compiled, as Textual beside it has; a checkout compiles its own at each
        # start where this is set, which takes longer than all that it then loads.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execve(sys.executable, [sys.executable, *words], environment)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        yield Terminal(child, master)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(master)
