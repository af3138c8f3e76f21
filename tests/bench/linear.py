"""Every parser's time against the size of what it reads: text of its own kind, and text that means harm.

``python -m tests.bench linear`` prints all; ``python -m tests.bench.linear page feed --sizes 0.3 1.25`` prints some.
Each is measured in a process of its own, which is ended after :data:`LIMIT` seconds. The growth is the exponent of time
over size between the two largest sizes: 1 is linear, 2 takes four times as long for twice the text.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection

from tests.bench import kinds

SIZES = (0.3, 1.25, 5.0)
"""Megabytes."""

LIMIT = 120.0
"""Seconds after which a parser is given up."""

NOISE = 0.02
"""Seconds below which a time says nothing of growth."""


def seconds(work: Callable[[str], object], text: str, runs: int = 1, limit: float = LIMIT) -> float:
    """Return the CPU seconds that *work* takes of *text* at its best of *runs*; infinity where it is given up."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(work, text, runs, theirs))
    process.start()
    theirs.close()
    try:
        taken = ours.recv() if ours.poll(limit) else math.inf
    except EOFError:
        taken = math.nan
    process.kill()
    process.join()
    ours.close()
    return float(taken)


def _measure(work: Callable[[str], object], text: str, runs: int, answer: Connection) -> None:
    from tui.desk.limited import SELDOM

    gc.set_threshold(SELDOM)
    best = math.inf
    # What is loaded at the first text is no part of it.
    _done(work, text[:2_000])
    for _ in range(runs):
        begin = time.process_time()
        _done(work, text)
        best = min(best, time.process_time() - begin)
    answer.send(best)


def _done(work: Callable[[str], object], text: str) -> None:
    from tui.errors import PaperrackError

    # One sentence is an answer too.
    with contextlib.suppress(PaperrackError):
        work(text)


def growth(sizes: tuple[float, ...], times: list[float]) -> float:
    """Return the exponent with which *times* grow over the two largest of *sizes*; 0 where they are too short."""
    if len(times) < 2 or times[-1] < NOISE:
        return 0.0
    # What takes no time at first is taken to take as much as can be told.
    return math.log(times[-1] / max(times[-2], NOISE / 4)) / math.log(sizes[len(times) - 1] / sizes[len(times) - 2])


def rows(names: list[str], sizes: tuple[float, ...], runs: int = 1) -> Iterator[tuple[str, str, list[float], float]]:
    """Yield parser, text, seconds at each size, and growth; sizes above one that was given up are left out."""
    for name, (work, own) in kinds.parsers().items():
        if names and not any(each in name for each in names):
            continue
        texts: Mapping[str, kinds.Maker] = {"its own": own, **kinds.hostile(name)}
        for kind, made in texts.items():
            times: list[float] = []
            for size in sizes:
                times.append(seconds(work, made(int(size * 1_000_000)), runs))
                if not times[-1] < LIMIT:
                    break
            yield name, kind, times, growth(sizes, times)


def table(names: list[str] | None = None, sizes: tuple[float, ...] = SIZES) -> str:
    """Print all rows as they are found; return what is to be printed after them: those that grow the fastest."""
    head = f"{'parser':<18}{'text':<22}" + "".join(f"{size:>9g} MB" for size in sizes) + f"{'growth':>9}"
    print(head, flush=True)
    found: list[tuple[float, str]] = []
    for name, kind, times, exponent in rows(names or [], sizes):
        shown = "".join(f"{each:>12.3f}" if math.isfinite(each) else f"{'given up':>12}" for each in times)
        line = f"{name:<18}{kind:<22}{shown:<{12 * len(sizes)}}{exponent:>9.2f}"
        print(line, flush=True)
        found.append((exponent, line))
    worst = [line for _, line in sorted(found, reverse=True)[:10]]
    return "\n".join(["", "the fastest growth:", *worst])


def main() -> None:
    """Print the table of some parsers."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.linear", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sizes", type=float, nargs="+", default=SIZES)
    words = parser.parse_args()
    print(table(words.names, tuple(words.sizes)))


if __name__ == "__main__":
    main()
