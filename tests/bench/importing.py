"""A ``.bib`` file of 5,000 entries into the library, beside coBib's import of the same file into its own.

Both are whole commands, from start to end. coBib is no dependency of ours: it runs where it is on the path or where
``PAPERRACK_COBIB`` names it; elsewhere the row compares with bibtexparser parsing the file, and says so.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ENTRIES = 5_000

_WORDS = [
    "Attention", "Transformers", "Learning", "Deep", "Neural", "Networks", "for", "Language", "Understanding", "with",
    "Graphs", "and", "Scalable", "Robust", "Models", "of", "Vision", "Data", "{BERT}", "{GAN}s", "Poincar{\\'e}",
    "Sampling", "$\\Omega(n^2)$", "Inference", "R\\&D", "{\\TeX}", "Erd{\\H{o}}s", "---",
]  # fmt: skip
_COBIB = """
from cobib.config import config
config.database.file = {folder!r} + "/cobib.yaml"
config.database.cache = None
config.logging.cache = {folder!r} + "/cobib-cache"
config.logging.logfile = {folder!r} + "/cobib.log"
config.logging.version = None
"""


def bib(entries: int = ENTRIES) -> str:
    """Return a file of *entries* as people keep them: accents, math in some titles, half with abstracts."""
    draw = random.Random(4)
    return "\n".join(_entry(number, draw) for number in range(entries))


def _entry(number: int, draw: random.Random) -> str:
    title = " ".join(draw.choice(_WORDS) for _ in range(8))
    abstract = "  abstract = {" + "We measure how long a reader waits, and find that it depends. " * 15 + "},\n"
    return (
        f"@inproceedings{{key{number}paper,\n"
        "  author = {M{\\\"u}ller, J{\\\"o}rg and Garc{\\'\\i}a M{\\'a}rquez, Gabriel and van der Maaten, Laurens},\n"
        f"  title = {{{title}, Part {number}}},\n"
        f"  booktitle = {{Proceedings of the {number % 60}th Annual Meeting on Things}},\n"
        f"  year = {{{2000 + number % 25}}},\n  month = jul,\n  pages = {{{number}--{number + 12}}},\n"
        f"  publisher = {{Association for Things}},\n  address = {{Online}},\n  doi = {{10.1000/xyz.{number}}},\n"
        f"  url = {{https://example.org/papers/{number}}},\n{abstract if number % 2 else ''}"
        f"  keywords = {{things, number {number}}}\n}}\n"
    )


def importing(runs: int, folder: Path) -> list[tuple[str, float, str, float]]:
    """Seconds for 5,000 entries, as the median of *runs*."""
    place = folder / "import"
    place.mkdir()
    file = place / "refs.bib"
    file.write_text(bib(), "utf-8")
    cobib = os.environ.get("PAPERRACK_COBIB") or shutil.which("cobib")
    ours, theirs = [], []
    for run in range(runs):
        ours.append(
            _seconds([sys.executable, "-m", "tui", "--library", str(place / f"library-{run}"), "add", str(file)])
        )
        theirs.append(_cobib(cobib, file, place / f"cobib-{run}") if cobib else _parsed(file))
    beside = "coBib" if cobib else "parse (no coBib here)"
    return [("import of 5,000 entries (s)", statistics.median(ours), beside, statistics.median(theirs))]


def _seconds(command: Sequence[str], home: Path | None = None) -> float:
    environ = {**os.environ, "HOME": str(home)} if home else None
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environ)
    return time.perf_counter() - begin


def _cobib(cobib: str, file: Path, home: Path) -> float:
    home.mkdir()
    config = home / "config.py"
    config.write_text(_COBIB.format(folder=str(home)), "utf-8")
    _seconds([cobib, "-c", str(config), "init"], home)
    return _seconds([cobib, "-c", str(config), "import", "--bibtex", "--", str(file)], home)


def _parsed(file: Path) -> float:
    import bibtexparser

    begin = time.perf_counter()
    bibtexparser.parse_file(str(file))
    return time.perf_counter() - begin
