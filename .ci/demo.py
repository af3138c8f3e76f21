"""Runs a command that ends in ``paperrack demo`` as a person would: in a terminal, until a title shows, then ``q``.

    demo.py FOLDER SAMPLES COMMAND [COLUMNS ROWS]

The command is run in FOLDER, which has (or gets, by the command) ``.venv`` with the program in it. Which titles may
show is asked of the program itself: it is given SAMPLES in a library of its own. Ends with 0 when a paper's title
stood on the screen and ``q`` ended the program with 0; else with 1, the reason, and what the terminal got last.
Only the standard library is used: this runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path

INSTALL, SHOW, QUIT = 600, 60, 20  # seconds
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"  # xterm's alternate screen
MOVES = re.compile(rb"\x1b\[[0-9;]*[Hfd]|\r?\n|\r")
SEQUENCES = re.compile(rb"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])")
SHOWN = 20  # letters of a title that must stand together; lists cut and wrap the rest


def words(written: bytes) -> str:
    """Return what is left of a terminal's input without its sequences; a line for each place that was gone to."""
    lines = (SEQUENCES.sub(b"", part).decode("utf-8", "replace").split() for part in MOVES.split(written))
    return "\n".join(" ".join(line) for line in lines if line)


class Terminal:
    """A command in a terminal of its own, and everything that it wrote there."""

    def __init__(self, folder: Path, command: str, columns: int, rows: int, environ: dict[str, str]) -> None:
        self.written = bytearray()
        self.pid, self.handle = pty.fork()
        if not self.pid:
            os.chdir(folder)
            os.execvpe("sh", ["sh", "-c", command], environ)  # noqa: S606, S607 - README's line, as a shell reads it
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.status: int | None = None
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        while True:
            select.select([self.handle], [], [])
            try:
                got = os.read(self.handle, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                got = b""
            if not got:
                break
            self.written += got
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def waits_for(self, seconds: float, happened: object) -> bool:
        """Return whether *happened* became true within *seconds* while the command ran."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if happened():  # type: ignore[operator]  # a plain function; this file is not part of the package
                return True
            if self.status is not None:
                return bool(happened())  # type: ignore[operator]  # as above
            time.sleep(0.05)
        return False

    def screen(self) -> str:
        """Return the words written since the screen was taken over."""
        _, _, after = bytes(self.written).partition(ENTERED)
        return words(after)

    def end(self) -> None:
        """Stop the command if it still runs."""
        if self.status is None:
            os.killpg(self.pid, signal.SIGKILL)
            self.reader.join(5)


def ask(folder: Path, environ: dict[str, str], *call: str) -> subprocess.CompletedProcess[str]:
    """Return how the installed program ended that was called with the words *call*."""
    command = [str(folder / ".venv/bin/paperrack"), *call]
    return subprocess.run(  # noqa: S603 - the program that is being checked
        command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )


def titles(folder: Path, samples: Path, environ: dict[str, str]) -> list[str]:
    """Return the titles of the papers in *samples*, as the installed program's own commands tell them."""
    files = [str(path) for path in sorted(samples.iterdir()) if path.is_file()]
    # One sample that fails is the tests' matter; here it only has fewer titles.
    ask(folder, environ, "add", *files)
    told = ask(folder, environ, "papers", "--json")
    if told.returncode:
        print(told.stderr[-3000:])
        return []
    return [" ".join(paper["title"].split()) for paper in json.loads(told.stdout) if paper["title"]]


def run(folder: Path, samples: Path, command: str, columns: int, rows: int, environ: dict[str, str]) -> str | None:
    """Run the command; return what went wrong, or None."""
    terminal = Terminal(folder, command, columns, rows, environ)
    try:
        if not terminal.waits_for(INSTALL, lambda: ENTERED in terminal.written):
            print(words(bytes(terminal.written))[-3000:])
            return f"it ended with {terminal.status} before it took the screen over"
        known = [title[:SHOWN] for title in titles(folder, samples, environ) if len(title) >= SHOWN]
        if not known:
            return "`paperrack papers --json` names no title in the samples"
        if not terminal.waits_for(SHOW, lambda: any(title in terminal.screen() for title in known)):
            print(terminal.screen()[-3000:])
            return f"none of the {len(known)} titles showed within {SHOW} seconds (status {terminal.status})"
        shown = next(title for title in known if title in terminal.screen())
        os.write(terminal.handle, b"q")
        if not terminal.waits_for(QUIT, lambda: terminal.status is not None):
            return f"q did not end it within {QUIT} seconds"
        if terminal.status or LEFT not in terminal.written:
            print(words(bytes(terminal.written))[-3000:])
            return f"it ended with status {terminal.status} after q"
    finally:
        terminal.end()
    print(f"demo: “{shown}…” showed at {columns}x{rows}; q ended it with status 0")
    return None


def main(given: list[str]) -> None:
    """Run with what the command line says."""
    folder, samples, command = Path(given[0]).resolve(), Path(given[1]).resolve(), given[2]
    columns, rows = (int(word) for word in (given[3:5] or ("120", "40")))
    with tempfile.TemporaryDirectory() as home:
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PAPERRACK_"))}
        # HOME stays, for pip and pyenv have theirs there; what the program would find and leave in it is moved.
        environ |= {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("CONFIG", "DATA", "STATE")}
        environ |= {"PAPERRACK_LIBRARY": f"{home}/library", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environ.pop("NO_COLOR", None)
        wrong = run(folder, samples, command, columns, rows, environ)
    sys.exit(f"demo: {wrong}" if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
