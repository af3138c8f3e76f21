"""Two terminals with a program in them: one that a test emulates itself, and tmux."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import pyte

KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f"}
"""What a terminal sends for keys that are no letters; ``ctrl+`` and a letter besides."""

_NAMES = {"enter": "Enter", "escape": "Escape", "tab": "Tab", "space": "Space", "backspace": "BSpace"}
_POLL = 0.02

# The first terminal that is opened in a new session is the one that it is controlled by.
_CONTROLLED = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execv(sys.argv[1], sys.argv[1:])"


class Terminal(Protocol):
    """A terminal of a size, with a program in it."""

    def strike(self, key: str) -> None:
        """Send a key: a letter, or ``enter``, ``escape``, ``tab``, ``space``, ``backspace``, ``ctrl+`` and a letter."""

    def listen(self) -> bool:
        """Wait for what the program writes, a moment at most; return whether the screen may be another now."""

    def lines(self) -> tuple[str, ...]:
        """Return the screen, a string a row, without the blanks at their ends."""

    def ended(self, seconds: float) -> bool:
        """Return whether the program ends within *seconds*."""

    def close(self) -> None:
        """Kill the program if it is still there, and leave nothing behind."""


class Emulated:
    """A pseudo-terminal whose screen is kept by pyte."""

    def __init__(self, words: Sequence[str], columns: int, rows: int, environ: Mapping[str, str], folder: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._program = subprocess.Popen(
            [sys.executable, "-c", _CONTROLLED, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env={**environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(slave)

    def strike(self, key: str) -> None:
        """Send *key*."""
        control = chr(ord(key[-1]) & 0x1F) if key.startswith("ctrl+") else key
        os.write(self._master, KEYS.get(key, control).encode())

    def listen(self) -> bool:
        """Read what is written within a moment, to its end."""
        heard, wait = False, _POLL
        with contextlib.suppress(OSError):  # the program has ended
            while select.select([self._master], [], [], wait)[0] and (written := os.read(self._master, 1 << 16)):
                self._stream.feed(written)
                heard, wait = True, 0.0
        return heard

    def lines(self) -> tuple[str, ...]:
        """Return the screen."""
        return tuple(row.rstrip() for row in self._screen.display)

    def ended(self, seconds: float) -> bool:
        """Read on until the program has ended."""
        end = time.monotonic() + seconds
        while self._program.poll() is None and time.monotonic() < end:
            if not self.listen():
                time.sleep(_POLL)
        return self._program.poll() == 0

    def close(self) -> None:
        """Kill the program."""
        self._program.kill()
        self._program.wait()
        os.close(self._master)


class Tmux:
    """A window of a tmux server of its own."""

    def __init__(self, words: Sequence[str], columns: int, rows: int, environ: Mapping[str, str], folder: Path) -> None:
        self._environ = {**environ, "TERM": "xterm-256color", "TMUX_TMPDIR": mkdtemp(prefix="walk-")}
        command = f"exec {shlex.join(words)}"
        size = ("-x", str(columns), "-y", str(rows))
        self._tmux("-f", os.devnull, "new-session", "-d", *size, "-c", str(folder), command)
        # Textual lets half a second pass behind an escape; tmux would add half of its own.
        self._tmux("set-option", "-s", "escape-time", "0")

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", *words], env=self._environ, capture_output=True, text=True, check=True)
        return done.stdout

    def strike(self, key: str) -> None:
        """Send *key*."""
        if key in _NAMES or key.startswith("ctrl+"):
            self._tmux("send-keys", _NAMES.get(key, f"C-{key[-1]}"))
        else:
            self._tmux("send-keys", "-l", key)

    def listen(self) -> bool:
        """Wait a moment: tmux does not say when something is written."""
        time.sleep(_POLL)
        return True

    def lines(self) -> tuple[str, ...]:
        """Return the screen; an empty one where the program has ended."""
        try:
            return tuple(row.rstrip() for row in self._tmux("capture-pane", "-p").split("\n")[:-1])
        except subprocess.CalledProcessError:
            return ()

    def ended(self, seconds: float) -> bool:
        """Wait until the server ends, which is when its only program has."""
        end = time.monotonic() + seconds
        while self.lines() and time.monotonic() < end:
            time.sleep(_POLL)
        return not self.lines()

    def close(self) -> None:
        """End the server."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._tmux("kill-server")
        shutil.rmtree(self._environ["TMUX_TMPDIR"], ignore_errors=True)
