"""A key while twenty papers are looked up, beside the same key while nothing runs; and what one issue asks of whom."""

from __future__ import annotations

import contextlib
import multiprocessing
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pyte

from tests.bench.terminal import SIZE, Terminal, terminal
from tests.conftest import SAMPLES
from tests.services import Services
from tui.desk import Desk
from tui.library import Library
from tui.settings import PROVIDERS, Settings

KINDS = {
    "newsletter": "02-margin-notes-13.txt",
    "conference session": "05-track-1-session-3.txt",
    "Arabic page": "11-arabert-ar.txt",
    "summaries": "10-short-versions-page-2.txt",
    "ranking": "06-hot-papers-2021-02-26.html",
}
"""A digest of each of the five kinds."""

PAUSE = 0.15
"""Seconds that each answer takes on the loopback, so that twenty look-ups run for as long as the keys are timed."""

_COLUMN = 40


def _serve(line: Connection) -> None:
    """Run the services, slowly, in a process of their own: what they cost is not what is measured here."""
    with Services() as services:
        for name in services.providers():
            services.fail(name, wait=PAUSE)
        line.send(services.url)
        while line.recv():
            line.send(services.count())


@contextlib.contextmanager
def _elsewhere() -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield the services' address, and what counts the requests that they got."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()

    def count() -> int:
        ours.send(True)
        return int(ours.recv())

    try:
        yield str(ours.recv()), count
    finally:
        ours.send(False)
        process.join(5)


def _config(url: str, folder: Path) -> Path:
    path = folder / "config.toml"
    tables = [f'[providers.{name}]\nbase_url = "{url}/{name}"\npace = 0\n' for name in PROVIDERS]
    path.write_text('[network]\ncontact = ""\n' + "".join(tables), encoding="utf-8")
    return path


def fetching(runs: int, folder: Path) -> list[tuple[str, float, str, float]]:
    """From ``j`` to the cursor's next row, with twenty look-ups under way and with none."""
    library = folder / "fetching"
    with Desk(Library(library), Settings()) as desk:
        for source in desk.read([str(SAMPLES / "13-awesome-foundations.md")]):
            desk.take(source)
    idle: list[float] = []
    busy: list[float] = []
    with _elsewhere() as (url, count):
        config = _config(url, folder)
        with terminal(["-m", "tui", "--library", str(library), "--config", str(config)]) as program:
            watch = _Watch(program)
            watch.settle(2.0)
            idle += [watch.key(key) for _ in range(runs) for key in (b"j", b"k", b"j", b"j", b"k", b"k")]
            program.send(b"F")
            watch.settle(0.3)
            before = count()
            busy += [watch.key(key) for _ in range(runs) for key in (b"j", b"k", b"j", b"j", b"k", b"k")]
            if count() - before < 10:
                raise RuntimeError("nothing was looked up meanwhile, so this measured nothing")
    middle = [statistics.median(each) * 1000 for each in (busy, idle)]
    return [("key while looking up (ms)", middle[0], "key while idle", middle[1])]


class _Watch:
    """The screen of a program, and on it the row of the cursor: the one whose background stands out."""

    def __init__(self, program: Terminal) -> None:
        self._program = program
        self._screen = pyte.Screen(SIZE[1], SIZE[0])
        self._stream = pyte.ByteStream(self._screen)

    def settle(self, seconds: float) -> None:
        """Read for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._stream.feed(self._program.read(left))

    @property
    def row(self) -> int | None:
        """The cursor's first row, None while it cannot be told."""
        colours = [self._screen.buffer[row][_COLUMN].bg for row in range(2, SIZE[0] - 1)]
        common = Counter(colours).most_common(1)[0][0]
        return next((row for row, colour in enumerate(colours) if colour != common), None)

    def key(self, key: bytes) -> float:
        """Return the seconds from *key* until the cursor stands in another row."""
        before, begin = self.row, time.perf_counter()
        self._program.send(key)
        while self.row == before or self.row is None:
            if time.perf_counter() - begin > 5:
                raise TimeoutError(f"{key!r} moved nothing")
            self._stream.feed(self._program.read(0.5))
        taken = time.perf_counter() - begin
        self.settle(0.05)
        return taken


def requests() -> str:
    """Return the requests that one issue of each of the five kinds costs, a table a kind."""
    parts: list[str] = []
    for kind, file in KINDS.items():
        with Services() as services, tempfile.TemporaryDirectory() as folder:
            with Desk(Library(Path(folder)), services.settings(Settings())) as desk:
                for source in desk.read([str(SAMPLES / file)]):
                    desk.take(source)
                names = desk.papers()
                useful = _until_useful(desk, services, names)
                found = sum(bool((paper := desk.rack.paper(n)).details and paper.details.shown) for n in desk.papers())
            head = f"{kind}: {len(names)} papers, {found} with a record; {services.count()} requests"
            head += f", every record that an identifier gives after {useful}"
            parts.append(f"{head}\n{services.table()}")
    return "\n\n".join(parts)


def _until_useful(desk: Desk, services: Services, names: tuple[str, ...]) -> int:
    """Look *names* up to the end; return after how many requests all that state an identifier had a record."""
    looking = desk.looking
    stated = [name for name in names if desk.rack.paper(name).identifiers]
    looking.ask(names)
    useful: int | None = None if stated else 0
    while looking.busy:
        looking.wait(0.2)
        before = services.count()
        looking.collect()
        papers = [desk.rack.paper(desk.rack.canonical(name)) for name in stated]
        if useful is None and all(paper.details and paper.details.shown for paper in papers):
            useful = before
    return useful if useful is not None else services.count()
