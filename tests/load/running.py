"""A reader who never rests: keys at the pace of a key that is held, a window that is pulled about, and a watch on it.

A turn takes the cursor from the first paper down and up by counted keys, marks the paper that it must stand on, and
writes a note there, letter by letter. Another process then says whether exactly that paper is marked, and whether the
note is exactly what was typed: one key lost or struck twice, and it is another paper or another note.
"""

from __future__ import annotations

import os
import random
import signal
import string
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyte

from tests.load.place import Place
from tests.terminal.program import Typed

KEYS_A_SECOND = 30
SIZES_A_SECOND = 40
LOOKED_UP = 500
PATIENCE = 20.0
_SIZES = ((80, 24), (120, 40), (60, 20), (200, 60), (100, 30), (81, 25), (140, 45), (40, 12))
_WIDE = (120, 40)


@dataclass
class Watch:
    """The program's memory in MB, second by second: what it holds alone, and what is resident."""

    process: int
    private: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    warm: int = 0
    _next: float = 0.0

    def look(self) -> None:
        """Take note of the memory, once a second."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 1
        folder = Path(f"/proc/{self.process}")
        try:
            lines = (folder / "smaps_rollup").read_text().splitlines()[1:]
            sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
            self.private.append(sizes["Private_Clean"] + sizes["Private_Dirty"])
            self.resident.append(sizes["Rss"])
            self.threads.append(len(list((folder / "task").iterdir())))
            self.files.append(len(list((folder / "fd").iterdir())))
        except (OSError, KeyError, IndexError):
            return

    def busy(self) -> float:
        """Return the seconds that the processor worked for the program so far."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def warmed(self) -> None:
        """What comes from here on is compared with what there is now."""
        self.warm = len(self.private)

    def growth(self, sizes: list[float]) -> float:
        """Return by how much of it the memory at the end is more than at the end of the warm-up (medians of ten)."""
        before = _median(sizes[max(0, self.warm - 10) : self.warm + 1])
        return _median(sizes[-10:]) / before - 1 if before else 0.0


def _median(sizes: list[float]) -> float:
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0


@dataclass
class Told:
    """What a run has to tell."""

    keys: int = 0
    sizes: int = 0
    turns: int = 0
    lookups: int = 0
    refreshes: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    """Paper to the note that must be on it."""
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds until another process saw what was made, at their most."""
    answered: float = 0.0
    """Seconds from the first key of a range of 500 until the question about it was seen, at their most."""
    busy: float = 0.0
    """The seconds that the program was at work meanwhile."""


class Reader:
    """The hands at a terminal in which the program runs on *place*; the papers stand in the order of *names*."""

    def __init__(self, place: Place, names: list[str], seed: int = 1) -> None:
        self.place, self.names, self.told = place, names, Told()
        self.typed = Typed(place.words, place.environ, place.folder, _SIZES[1], shown=False)
        self.watch = Watch(self.typed.program.pid)
        self._chance = random.Random(seed)
        self._resized = 0.0
        self._dropped = 0

    def begin(self) -> None:
        """Wait for the screens, and go to the list of all papers."""
        self._until(b"Papers", 0)
        self.typed.quiet(1.0)
        self._send("h", "g", "\r")
        self.typed.quiet(1.0)
        self._send("g")
        self.typed.quiet(0.5)

    def queue(self) -> None:
        """Queue look-ups of the last papers of the list, all at once."""
        place, begun, busy = self._place(), time.monotonic(), self.watch.busy()
        self._send("G", "v", *["k"] * (LOOKED_UP - 1), "R")
        # It asks whether so many are meant: that must have been read before it is answered.
        self._until(b"Ask again about", place)
        self.told.answered = max(self.told.answered, time.monotonic() - begun)
        self.told.busy = max(self.told.busy, self.watch.busy() - busy)
        self._send("\r")
        self.told.lookups += LOOKED_UP

    def refresh(self) -> None:
        """Fetch all sources, and go on reading."""
        place = self._place()
        self._send("W")
        self._until(b"Sources", place)
        self._send("R")
        self.idle(0.5)
        self._send("W")
        self.idle(0.5)
        self.told.refreshes += 1

    def turn(self) -> str:
        """Go to a paper, mark it, and write a note; return the paper's id."""
        down = 20 + self.told.turns % 60 + self._chance.randrange(20)
        up = self._chance.randrange(20)
        while not self.names[down - up] or self.names[down - up] in self.told.marks:
            down += 1
        name = self.names[down - up]
        note = "".join(self._chance.choice(string.ascii_letters + "  ,.") for _ in range(30)).strip() + "|"
        # The dialog opens while keys are typed ahead, and closes so: what is typed next belongs to what is there then.
        self._hold("g", *["j"] * down, *["k"] * up, ".", "n", *note, "\x13")
        self.told.marks[name] = note
        self.told.turns += 1
        return name

    def check(self, name: str) -> None:
        """See in another process whether the paper *name* is as it was made, or is so within a moment."""
        begun = time.monotonic()
        found = self.place.paper(name)
        while time.monotonic() - begun < PATIENCE and not (found["starred"] and found["note"] == self.told.marks[name]):
            if self.typed.program.poll() is not None:
                break
            self.idle(0.2)
            found = self.place.paper(name)
        self.told.slowest = max(self.told.slowest, time.monotonic() - begun)
        if not found["starred"]:
            self.told.wrong.append(f"{name} is not starred")
        if found["note"] != self.told.marks[name]:
            self.told.wrong.append(f"{name}: the note is {found['note']!r} and not {self.told.marks[name]!r}")

    def idle(self, seconds: float) -> None:
        """Strike nothing, and go on pulling at the window."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._pull()

    def end(self, number: int | None) -> tuple[int | None, float]:
        """End the program in the middle of it, by the signal *number* or by closing the terminal; return its status.

        The seconds that it took are the second number.
        """
        self._send("g", *["j"] * 200)
        begun = time.monotonic()
        if number is None:
            self.typed.hang_up()
            while self.typed.program.poll() is None and time.monotonic() - begun < PATIENCE:
                time.sleep(0.02)
        else:
            self.typed.program.send_signal(number)
            self.typed.ended(PATIENCE)
        return self.typed.program.poll(), time.monotonic() - begun

    def _hold(self, *keys: str) -> None:
        """Strike *keys* as one that is held down comes, while the window is pulled about."""
        for key in keys:
            due = time.monotonic() + 1 / KEYS_A_SECOND
            self._send(key)
            while time.monotonic() < due:
                self._pull()

    def _send(self, *keys: str) -> None:
        for key in keys:
            self.typed.type(key)
        self.told.keys += len(keys)

    def _pull(self) -> None:
        self.watch.look()
        now = time.monotonic()
        if now - self._resized >= 1 / SIZES_A_SECOND:
            self._resized = now
            self.typed.resize(*self._chance.choice(_SIZES))
            self.told.sizes += 1
        self._listen(0.005)

    def _listen(self, seconds: float) -> None:
        self.typed.listen(seconds)
        if len(self.typed.written) > 50_000_000:
            self._dropped += len(self.typed.written) - 1_000_000
            del self.typed.written[:-1_000_000]

    def _place(self) -> int:
        """Return how many bytes were written so far, also those that are kept no more."""
        return self._dropped + len(self.typed.written)

    def _until(self, text: bytes, place: int) -> None:
        """Wait until *text* is written behind *place*, in one piece; pull at the window, but every other second.

        Whoever pulls at it without end reads nothing: no picture need be finished in time.
        """
        begun = time.monotonic()
        held = False
        while self.typed.written.find(text, max(0, place - self._dropped)) < 0:
            if self.typed.program.poll() is not None:
                raise AssertionError(f"the program ended: {bytes(self.typed.written[-2000:])!r}")
            if time.monotonic() > begun + PATIENCE:
                raise AssertionError(f"{text!r} never came. The screen:\n{self._picture()}")
            held, before = (time.monotonic() - begun) % 2 > 1, held
            if not held:
                self._pull()
                continue
            if not before:
                self.typed.resize(*_WIDE)
            self.watch.look()
            self._listen(0.02)

    def _picture(self) -> str:
        """Return the screen, drawn anew."""
        self.typed.resize(_WIDE[0] + 1, _WIDE[1])
        self.typed.quiet(1.0)
        place = len(self.typed.written)
        self.typed.resize(*_WIDE)
        self.typed.quiet(1.0)
        screen = pyte.Screen(*_WIDE)
        pyte.ByteStream(screen).feed(bytes(self.typed.written[place:]))
        return "\n".join(row.rstrip() for row in screen.display)


ENDS = {"TERM": signal.SIGTERM, "HUP": signal.SIGHUP, "INT": signal.SIGINT, "closed": None}
"""How it is ended: by a signal, or by a terminal that is closed."""
