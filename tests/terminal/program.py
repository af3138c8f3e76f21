"""A program in a pseudo-terminal: every byte that it writes is kept, and its screen, too."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "down": "\x1b[B"}
PATIENCE = 30.0
_POLL = 0.02
# The first terminal that is opened in a new session is the one that it is controlled by.
_CONTROLLED = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execv(sys.argv[1], sys.argv[1:])"


class Typed:
    """A terminal with a program in it; a context manager that leaves nothing behind.

    ``written`` is every byte of it. Without *shown* nothing keeps a screen, which costs time.
    """

    def __init__(
        self, words: Sequence[str], environ: Mapping[str, str], folder: Path, size: tuple[int, int] = (100, 30),
        *, shown: bool = True,
    ) -> None:  # fmt: skip
        self.size = size
        self.written = bytearray()
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.resize(*size, told=False)
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen) if shown else None
        self.program = subprocess.Popen(
            [sys.executable, "-c", _CONTROLLED, *words], stdin=slave, stdout=slave, stderr=slave, cwd=folder,
            env=dict(environ), start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Typed:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal, as its window is closed."""
        for each in ("_slave", "master"):
            if getattr(self, each) >= 0:
                os.close(getattr(self, each))
                setattr(self, each, -1)

    @property
    def restored(self) -> bool:
        """Whether the terminal's own modes are again as they were before the program."""
        return termios.tcgetattr(self._slave) == self.before

    def resize(self, columns: int, rows: int, *, told: bool = True) -> None:
        """Give the terminal another size, and tell the program so."""
        self.size = columns, rows
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if told:
            with contextlib.suppress(ProcessLookupError):
                self.program.send_signal(signal.SIGWINCH)

    def type(self, text: str | bytes) -> None:
        """Send *text* as it stands."""
        left = text.encode() if isinstance(text, str) else text
        while left:
            # A program that is behind takes no more until it has written what it has to say.
            readable, writable, _ = select.select([self.master], [self.master], [], PATIENCE)
            if readable:
                self._read()
            if writable:
                left = left[os.write(self.master, left[:512]) :]

    def strike(self, *keys: str) -> None:
        """Send each of *keys*: a letter, or ``enter``, ``escape``, ``ctrl+`` and a letter, and the like."""
        for key in keys:
            control = chr(ord(key[-1]) & 0x1F) if key.startswith("ctrl+") else key
            self.type(KEYS.get(key, control))

    def listen(self, seconds: float = _POLL) -> bool:
        """Read what is written within *seconds*, to its end; return whether anything was."""
        heard = False
        while select.select([self.master], [], [], 0.0 if heard else seconds)[0] and self._read():
            heard = True
        return heard

    def _read(self) -> bool:
        try:
            written = os.read(self.master, 1 << 16)
        except OSError:  # the program has ended
            return False
        self.written += written
        if self._stream is not None:
            self._stream.feed(written)
        return bool(written)

    @property
    def lines(self) -> tuple[str, ...]:
        """The screen, a string a row."""
        return tuple(row.rstrip() for row in self._screen.display)

    def see(self, text: str, seconds: float = PATIENCE) -> None:
        """Read until *text* is in a row of the screen. Raises AssertionError with the screen."""
        end = time.monotonic() + seconds
        while not any(text in line for line in self.lines):
            assert time.monotonic() < end, f"{text!r} is not seen. The screen:\n" + "\n".join(self.lines)
            if not self.listen() and self.program.poll() is not None:
                raise AssertionError("the program ended. The screen:\n" + "\n".join(self.lines))

    def quiet(self, seconds: float = 0.15) -> None:
        """Read until nothing was written for *seconds*, or until so long that it shows something that goes on."""
        end = time.monotonic() + max(1.0, 2 * seconds)
        while self.listen(seconds) and time.monotonic() < end:
            pass

    def ended(self, seconds: float = PATIENCE) -> int | None:
        """Read on until the program has ended; return its exit status, or None where it goes on."""
        end = time.monotonic() + seconds
        while self.program.poll() is None and time.monotonic() < end:
            if not self.listen():
                time.sleep(_POLL)
        self.listen()
        return self.program.poll()
