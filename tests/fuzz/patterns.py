"""``python -m tests.fuzz.patterns [--size 100000] [--limit 1] [--only TEXT]``: every pattern on its own worst letters.

Each is first tried on few letters; what takes longer there than a pattern that goes through the text once is tried on
all. The table has the slowest. Each pattern has a process of its own, whose CPU time is limited: one that never ends is
stopped, and named.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any

from tests.fuzz.collecting import Found, collect
from tests.fuzz.worst_letters import Attack, attacks, text_of

SIZE = 100_000
SMALL = 4_000
TINY = 500
LIMIT = 1.0
"""Seconds of CPU time that one pattern may take for one text of :data:`SIZE` letters."""
MOST = 60
"""Seconds of CPU time that one pattern has for all its texts."""
_SUSPECT = 0.0008
"""Seconds for :data:`SMALL` letters from which on a text is tried in full: linear ones take a tenth of that."""
_SLOW = 0.02
"""Seconds for :data:`SMALL` letters from which on a text is tried in full at once."""
_STEEP = 0.05
"""Seconds for :data:`TINY` letters that are too many whatever follows: quadratic ones take a fiftieth of that."""


@dataclass(frozen=True)
class Timed:
    """The slowest text of a pattern: seconds (the limit or more where it was stopped), the method, how it begins."""

    pattern: str
    where: str
    seconds: float
    method: str
    text: str
    tried: int


Told = Callable[[Timed], object]


def _run(compiled: re.Pattern[str], method: str, text: str) -> float:
    """Return how long *method* takes on *text*, in seconds of CPU time."""
    begun = time.process_time()
    if method == "finditer":
        for _ in compiled.finditer(text):
            pass
    else:
        getattr(compiled, method)(text)
    return time.process_time() - begun


def timed(found: Found, size: int = SIZE, limit: float = LIMIT) -> Timed:
    """Return the slowest of all that the pattern is tried on; the first that is over *limit* is enough."""
    size = min(size, found.longest or size)
    compiled = re.compile(found.pattern, found.flags & ~re.UNICODE if isinstance(found.pattern, bytes) else found.flags)

    def made(seconds: float, method: str, text: str, tried: int) -> Timed:
        return Timed(str(found.pattern), found.where, seconds, method, _shown(text), tried)

    tries = attacks(found.pattern, found.flags)
    for _, method, text in _tries(found, tries, min(TINY, size)):
        if _run(compiled, method, text) > _STEEP:
            return made(inf, method, text, 0)
    tried: list[tuple[float, str, int]] = []
    for place, method, text in _tries(found, tries, min(SMALL, size)):
        took = _run(compiled, method, text)
        tried.append((took, method, place))
        # Whatever else it is slow on, this may be enough.
        if took > _SLOW and (whole := _in_full(compiled, method, _typed(found, tries[place], size), limit))[0] >= limit:
            return made(whole[0], method, whole[1], len(tried))
    tried.sort(reverse=True)
    worst = (0.0, "", "")
    # The slowest are always tried in full, so that the table says what a whole text costs.
    for number, (small, method, place) in enumerate(tried[:8]):
        if worst[0] < limit and (small > _SUSPECT or number < 2):
            took, text = _in_full(compiled, method, _typed(found, tries[place], size), limit)
            worst = max(worst, (took, method, text))
    return made(*worst, len(tried))


def _tries(found: Found, tries: Sequence[Attack], size: int) -> Iterator[tuple[int, str, str]]:
    """Yield each text with its place and a method that is used."""
    for place, attack in enumerate(tries):
        text = _typed(found, attack, size)
        for method in sorted(found.methods):
            yield place, method, text


def _in_full(compiled: re.Pattern[str], method: str, text: str, limit: float) -> tuple[float, str]:
    """Return how long *text* takes: a quarter first, for what takes long there may take for ever in the whole."""
    took = _run(compiled, method, text[: len(text) // 4])
    return (_run(compiled, method, text) if took < limit / 4 else max(limit, took * 4)), text


def _shown(text: str) -> str:
    return f"{text[:50]!r} .. {text[-12:]!r}"


def _typed(found: Found, attack: Attack, size: int) -> str:
    """Return the text of an attack, as bytes for a pattern of bytes."""
    text = text_of(attack, size)
    return text if isinstance(found.pattern, str) else text.encode("latin-1", "replace")  # type: ignore[return-value]


def _child(end: Connection, found: Found, size: int, limit: float, most: int) -> None:
    # re looks for signals only now and then, so the system ends what takes too long.
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + most, resource.RLIM_INFINITY))
    end.send(timed(found, size, limit))
    end.close()


def all_timed(
    wanted: Sequence[Found],
    jobs: int = 1,
    size: int = SIZE,
    limit: float = LIMIT,
    told: Told | None = None,
    most: int = MOST,
) -> list[Timed]:
    """Return every pattern of *wanted* with its slowest text, the slowest first; each in a process of its own.

    *told* hears of each that is over *limit* as soon as it is known.
    """
    context = multiprocessing.get_context("fork")
    waiting, running, done = list(wanted), dict[Any, tuple[Any, Found]](), list[Timed]()
    while waiting or running:
        while waiting and len(running) < jobs:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_child, args=(theirs, each := waiting.pop(), size, limit, most))
            process.start()
            theirs.close()
            running[ours] = process, each
        for ours in connection.wait(list(running)):
            process, each = running.pop(ours)
            try:
                done.append(ours.recv())  # type: ignore[union-attr]  # a pipe, for nothing else is waited for
            except EOFError:
                done.append(Timed(str(each.pattern), each.where, inf, "?", f"more than {most} s", 0))
            process.join()
            if told and done[-1].seconds >= limit:
                told(done[-1])
    return sorted(done, key=lambda each: -each.seconds)


def main() -> int:
    """Time all patterns and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.patterns", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--limit", type=float, default=LIMIT)
    parser.add_argument("--only", default="", help="patterns that hold this, or stand in a module that does")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rows", type=int, default=25)
    words = parser.parse_args()
    collection = collect()
    wanted = [each for each in collection.found.values() if words.only in each.where or words.only in str(each.pattern)]
    done = all_timed(wanted, words.jobs, words.size, words.limit, _print)
    print(
        f"{len(collection.found):,} patterns of {collection.calls:,} calls and {collection.objects:,} objects, "
        f"{len(collection.missed)} missed;"
        f" {sum(each.tried for each in done):,} texts"
    )
    for each in done[: words.rows]:
        _print(each)
    slow = [each for each in done if each.seconds >= words.limit]
    print(f"{len(slow)} over {words.limit:g} s")
    return 1 if slow or collection.missed else 0


def _print(each: Timed) -> None:
    print(
        f"{each.seconds * 1000:9.1f} ms  {each.method:9} {each.where}",
        f"{each.pattern[:150]!r}",
        each.text,
        sep="\n              ",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
