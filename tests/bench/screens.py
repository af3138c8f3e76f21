"""The screens at sizes: start, keys, search, and what memory they take, as the person at the keyboard has them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import Figure, p95
from tests.bench.terminal import Terminal, terminal

BARE = ["-m", "tests.bench.floor"]
ROWS = 100_000
STRIKES = 20
"""How often a key is struck in a run."""
_DOWN, _PAGE, _BACK, _CLEAR = b"j", b"\x1b[6~", b"\x1b[5~", b"\x15"
WORDS = ("graph attention", "diffusion pol", "müller", "quantum entang", "sparse transf")
"""What is typed into the search, a letter at a time."""
MOST_START, MOST_KEY, MOST_LETTER, MOST_MEMORY = 1.6, 16.0, 50.0, 150.0


def first_title(folder: Path) -> bytes:
    """Return a word that stands in a title on the first screen and nowhere before it."""
    from tui.desk import Desk
    from tui.library import Library
    from tui.settings import Settings

    with Desk(Library(folder), Settings()) as desk:
        title = next(paper.title for name in desk.papers(desk.shelf()[0].id) if (paper := desk.rack.paper(name)).title)
    return max(title.split()[:4], key=len).encode()


@contextmanager
def opened(folder: Path) -> Iterator[Terminal]:
    """Run the program on the library *folder* until its first screen stands still."""
    with terminal(["-m", "tui", "--library", str(folder)]) as program:
        program.wait_for(first_title(folder), 120)
        program.settle()
        yield program


def start(libraries: dict[int, Path], runs: int) -> Iterator[Figure]:
    """Milliseconds from the command to a first screen that stands still, beside three bare panes."""
    words = {0: (BARE, b"READY")}
    words |= {
        size: (["-m", "tui", "--library", str(folder)], first_title(folder)) for size, folder in libraries.items()
    }
    times: dict[int, list[float]] = {size: [] for size in words}
    for _ in range(runs + 1):
        for size, (command, awaited) in words.items():
            with terminal(command) as program:
                seen = program.wait_for(awaited, 120) + program.started
                times[size].append((program.settle(last=seen) - program.started) * 1000)
    # The first round finds cold files.
    middle = {size: statistics.median(each[1:]) for size, each in times.items()}
    few = min(libraries)
    for size in libraries:
        yield Figure("start to usable", size, middle[size], "ms", "three bare panes", middle[0], ratio=MOST_START)
        if size != few:
            yield Figure("start to usable", size, middle[size], "ms", f"{few:,} papers", middle[few], ratio=1.15)


class Struck:
    """Keys that were struck: milliseconds to the first change of the screen, and to the last."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.last: list[float] = []

    def strike(self, program: Terminal, key: bytes) -> None:
        """Strike *key* once."""
        first, last = program.settled(key)
        self.first.append(first * 1000)
        self.last.append(last * 1000)


def _strike(program: Terminal, key: bytes, count: int) -> Struck:
    struck = Struck()
    for _ in range(count):
        struck.strike(program, key)
    return struck


def _turn(program: Terminal, count: int) -> Struck:
    """Return what *count* page keys took, three down and three up again: a short list has no more pages."""
    struck = Struck()
    for number in range(count):
        struck.strike(program, _BACK if number // 3 % 2 else _PAGE)
    return struck


def keys(libraries: dict[int, Path], runs: int) -> Iterator[Figure]:
    """Milliseconds from a key in the list of all papers to the screen that stands still, the details with it."""
    with terminal([*BARE, str(ROWS)]) as program:
        program.wait_for(b"READY")
        program.settle()
        down, page = _strike(program, _DOWN, STRIKES * runs), _turn(program, STRIKES * runs // 2)
        bare_down, bare_page = p95(down.last), p95(page.last)
    few = min(libraries)
    downs: dict[int, float] = {}
    for size, folder in libraries.items():
        with opened(folder) as program:
            for key in (b"h", b"g", b"l"):
                program.send(key)
                program.settle()
            _strike(program, _DOWN, 5)
            down, page = _strike(program, _DOWN, STRIKES * runs), _turn(program, STRIKES * runs // 2)
            marks = _strike(program, b" ", STRIKES * runs // 2)
            now, most = program.memory()
        downs[size] = p95(down.last)
        yield Figure("cursor key to the moved row, p95", size, p95(down.first), "ms", "bare list", bare_down)
        yield Figure("cursor key, details too, median", size, statistics.median(down.last), "ms")
        yield Figure(
            "cursor key, details too, p95", size, downs[size], "ms", f"{few:,} papers", downs[few], MOST_KEY, 1.2
        )
        yield Figure("page key to the turned page, p95", size, p95(page.first), "ms", "bare list", bare_page)
        yield Figure(
            "page key, details too, p95", size, p95(page.last), "ms", f"bare list of {ROWS:,}", bare_page, ratio=1.5
        )
        yield Figure("space (mark), painted, p95", size, p95(marks.first), "ms")
        yield Figure("memory after that", size, now, "MB")
        yield Figure("memory at its most", size, most, "MB", most=MOST_MEMORY if size <= ROWS else None)


def search(libraries: dict[int, Path], runs: int) -> Iterator[Figure]:
    """Milliseconds from a letter in the search over everything to the list that stands still.

    Before each of :data:`WORDS` the field stands empty for 0.3 s, as before somebody who types: meanwhile the program
    looks for single letters ahead.
    """
    few = min(libraries)
    found: dict[int, float] = {}
    for size, folder in libraries.items():
        typed = Struck()
        with opened(folder) as program:
            program.send(b"S")
            program.settle()
            for _ in range(max(1, runs // 2)):
                for words in WORDS:
                    for letter in words:
                        typed.strike(program, letter.encode())
                    program.send(_CLEAR)
                    program.settle()
            _, most = program.memory()
        found[size] = p95(typed.last)
        yield Figure("letter of a search, median", size, statistics.median(typed.last), "ms")
        yield Figure("letter of a search, p95", size, found[size], "ms", f"{few:,} papers", found[few], MOST_LETTER)
        yield Figure("memory at its most, searching", size, most, "MB", most=MOST_MEMORY if size <= ROWS else None)
