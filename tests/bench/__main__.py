"""Start, keys, import and export, each as a ratio to something measured in the same run; and the matching of records.

``python -m tests.bench`` runs all of it but ``library``, with names only those; ``--runs N`` sets how often (5).
``python -m tests.bench library`` measures libraries of ``--papers`` (1,000, 10,000 and 100,000, with ``--million`` a
million too), ``--part`` parts of it alone.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import bibfile, exporting, fetching, importing, linear, matching, sources
from tests.bench import library as large
from tests.bench.terminal import terminal

BARE = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit")]
    def compose(self):
        with Horizontal():
            for text in ("READY", "papers", "details"):
                yield Static(text)
Bare().run()
"""

Row = tuple[str, float, str, float]
"""What was measured, its figure, what it is compared with, and that figure; both in one unit."""


def library(folder: Path, papers: int) -> Path:
    """Make a library of *papers* papers in issues of fifty, and return its folder."""
    from tui.desk import Desk
    from tui.library import Library
    from tui.settings import Settings

    with Desk(Library(folder), Settings()) as desk:
        for number, start in enumerate(range(0, papers, 50)):
            desk.keep(_issue(number, range(start, min(start + 50, papers))))
    return folder


def _issue(number: int, which: range) -> object:
    from tui.model import Entry, Issue

    entries = tuple(
        Entry(
            title=f"READY paper {n} on the measuring of reading lists",
            authors=("Ada Lovelace", "Alan Turing", f"Author Number{n}"),
            abstract="We measure how long a reader waits, and find that it depends. " * 12,
            identifiers={"arxiv": f"{20 + n // 100000 % 5}{n // 10000 % 12 + 1:02}.{n % 100000:05}"},
        )
        for n in which
    )
    return Issue(id="", title=f"Issue {number}", series="Bench", number=str(number), format="links", entries=entries)


def start(runs: int, folder: Path) -> list[Row]:
    """From the command to the first title, beside a bare Textual application with three panes."""
    few, many = library(folder / "few", 100), library(folder / "many", 5000)
    times: dict[str, list[float]] = {"bare": [], "few": [], "many": []}
    for _ in range(runs):
        for name, words in (
            ("bare", ["-c", BARE]),
            ("few", ["-m", "tui", "--library", str(few)]),
            ("many", ["-m", "tui", "--library", str(many)]),
        ):
            with terminal(words) as program:
                times[name].append(program.wait_for(b"READY"))
    middle = {name: statistics.median(each) * 1000 for name, each in times.items()}
    return [
        ("start, 100 papers (ms)", middle["few"], "bare Textual", middle["bare"]),
        ("start, 5,000 papers (ms)", middle["many"], "bare Textual", middle["bare"]),
    ]


def keys(runs: int, folder: Path) -> list[Row]:
    """From ``j`` to the first change, in a list of 5,000 beside a list of 100."""
    few, many = library(folder / "few-keys", 100), library(folder / "many-keys", 5000)
    middle = {}
    for name, place in (("few", few), ("many", many)):
        with terminal(["-m", "tui", "--library", str(place)]) as program:
            program.wait_for(b"READY")
            program.quiet()
            for key in (b"h", b"g", b"l"):
                program.key(key)
            middle[name] = statistics.median(program.key(b"j") for _ in range(10 * runs)) * 1000
    return [("key j, all 5,000 papers (ms)", middle["many"], "100 papers", middle["few"])]


def _per_second(count: int, work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return count / (time.perf_counter() - begin)


def taking_in(runs: int, folder: Path) -> list[Row]:
    """Papers a second into the library, on the disk, beside TinyDB's own storage, a paper at a time."""
    from tinydb import TinyDB

    from tui.shapes import plain

    documents = [
        plain(entry) for number in range(4) for entry in _issue(number, range(number * 50, number * 50 + 50)).entries
    ]  # type: ignore[attr-defined]
    ours, theirs = [], []
    for run in range(runs):
        ours.append(_per_second(200, lambda run=run: library(folder / f"import-{run}", 200)))  # type: ignore[misc]

        def insert(run: int = run) -> None:
            with TinyDB(folder / f"tiny-{run}.json") as database:
                for document in documents:
                    database.insert(document)

        theirs.append(_per_second(200, insert))
    return [("import (papers/s)", statistics.median(ours), "TinyDB alone", statistics.median(theirs))]


BENCHES = {
    "start": start,
    "keys": keys,
    "fetching": fetching.fetching,
    "import": lambda runs, folder: [*taking_in(runs, folder), *importing.importing(min(runs, 3), folder)],
    "export": exporting.export,
    "into": bibfile.into,
    "sources": sources.sources,
}
TABLES = {"matching": matching.table, "requests": fetching.requests, "linear": linear.table}
_NAMES = [*BENCHES, *TABLES, "library"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*_NAMES, []], metavar="NAME", help=", ".join(_NAMES))
    parser.add_argument("--papers", type=int, nargs="+", default=large.SIZES)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--part", nargs="+", choices=[*large.PARTS], default=[])
    parser.add_argument("--runs", type=int, default=5)
    words = parser.parse_args()
    if "library" in words.names:
        large.table([*words.papers, *([large.MILLION] if words.million else [])], words.runs, words.part)
    for name in words.names or TABLES:
        if name in TABLES:
            print(TABLES[name](), end="\n\n", flush=True)
    if words.names and not set(words.names) & set(BENCHES):
        return
    print(f"{'measured':<32}{'median':>10}   {'beside':<20}{'median':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="paperrack-bench-") as folder:
        for name in [name for name in words.names or BENCHES if name in BENCHES]:
            for what, figure, beside, other in BENCHES[name](words.runs, Path(folder)):
                print(f"{what:<32}{figure:>10,.1f}   {beside:<20}{other:>10,.1f}{figure / other:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
