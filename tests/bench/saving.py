"""What is written: a mark until it is on the disk, and the import of a whole library, with its memory over time."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.bench import papers
from tests.bench.figures import Figure, p95
from tests.bench.terminal import memory

MARKS = 40
"""How often a mark is made in a run."""
_PAUSE = 0.02
"""Seconds between two marks: a reader strikes no faster, and the disk is at rest again."""
_WITNESS = 40_000
"""Bytes of the file that is written beside: as many as a shard of a large library has."""


def marks(libraries: dict[int, Path], runs: int) -> Iterator[Figure]:
    """Milliseconds from a mark to the disk, beside a bare file that is written, synchronised and renamed."""
    few = min(libraries)
    found: dict[int, float] = {}
    for size, folder in libraries.items():
        calls, saved = _marked(folder, MARKS * runs)
        found[size] = p95(saved)
        bare = p95(_bare(folder.parent / "witness", MARKS * runs))
        yield Figure("durable mark, median", size, statistics.median(saved), "ms", "bare file", bare)
        yield Figure("durable mark, p95", size, found[size], "ms", f"{few:,} papers", found[few], 15, 1.5)
        yield Figure("what the event loop waits of it, p95", size, p95(calls), "ms")


def _marked(folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Return for *count* marks the milliseconds until the call returned, and until the mark was on the disk."""
    from tui.desk import Desk
    from tui.library import Library
    from tui.settings import Settings

    calls, saved = [], []
    with Desk(Library(folder), Settings()) as desk:
        names = list(islice(desk.papers(), 5_000))
        chosen = [names[number * 37 % len(names)] for number in range(count)]
        for name in chosen:
            time.sleep(_PAUSE)
            begin = time.perf_counter()
            desk.marking.mark([name], not desk.rack.marks(name).marked)
            called = time.perf_counter()
            desk.library.flush()
            calls.append((called - begin) * 1000)
            saved.append((time.perf_counter() - begin) * 1000)
    return calls, saved


def _bare(path: Path, count: int) -> list[float]:
    """Return the milliseconds that a file of as many bytes as a shard takes to replace, on the disk, *count* times."""
    taken = []
    for _ in range(count):
        time.sleep(_PAUSE)
        begin = time.perf_counter()
        with open(f"{path}.new", "wb") as file:
            file.write(b"x" * _WITNESS)
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{path}.new", path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        taken.append((time.perf_counter() - begin) * 1000)
    path.unlink()
    return taken


def importing(libraries: dict[int, Path], runs: int) -> Iterator[Figure]:
    """Papers a second that ``add`` takes in from our JSON, beside JSON alone, and its memory at each quarter."""
    for size, folder in libraries.items():
        place = folder.parent / f"import-{size}"
        place.mkdir()
        source = place / "papers.json"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(papers.as_json(size))
        begin = time.perf_counter()
        with source.open(encoding="utf-8") as file:
            parsed = sum(len(json.loads(line.rstrip(",\n"))) > 0 for line in file if len(line) > 3)
        alone = parsed / (time.perf_counter() - begin)
        seconds, held = _import(source, place / "library")
        least = 2_500 if size >= 100_000 else None
        yield Figure("import from our JSON", size, size / seconds, "papers/s", "JSON alone", alone, least=least)
        quarters = [held[len(held) * part // 4 - (part == 4)] for part in range(1, 5)]
        first = max(quarters[0], 1.0)
        yield Figure("memory of it at its most", size, max(held), "MB", "at a quarter of the time", first)
        source.unlink()


def _import(source: Path, library: Path) -> tuple[float, list[float]]:
    """Return the seconds of ``add``, and the memory in MB that it had, ten times a second."""
    begin = time.perf_counter()
    words = [sys.executable, "-m", "tui", "--library", str(library), "add", str(source)]
    program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    held = []
    while program.poll() is None:
        try:
            held.append(memory(program.pid)[0])
        except (OSError, KeyError):
            break  # it is ending
        time.sleep(0.1)
    _, errors = program.communicate()
    seconds = time.perf_counter() - begin
    if program.returncode:
        raise RuntimeError(f"add failed: {errors.decode()[-2000:]}")
    return seconds, held or [0.0]
