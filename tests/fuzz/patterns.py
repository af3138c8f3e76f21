"""``python -m tests.fuzz.patterns [--size 100000] [--limit 1] [--only TEXT]``: every pattern on its own worst letters.

Each is first tried on :data:`SMALL` letters; what takes longer there than a pattern that goes through the text once is
tried on all. The table has the slowest. The work is done in child processes, whose CPU time is limited: a pattern that
never ends is stopped, and named.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.fuzz.collecting import Collection, Found, collect
from tests.fuzz.worst_letters import texts

SIZE = 100_000
SMALL = 4_000
LIMIT = 1.0
"""Seconds of CPU time that one pattern may take for one text of :data:`SIZE` letters."""
_SUSPECT = 0.0008
"""Seconds for :data:`SMALL` letters from which on a text is tried in full: linear ones take a tenth of that."""


@dataclass(frozen=True)
class Timed:
    """The slowest text of a pattern: seconds (the limit where it was stopped), by which method, how it begins."""

    pattern: str
    where: str
    seconds: float
    method: str
    text: str
    tried: int


class _StoppedError(Exception):
    """The limit of CPU time is over."""


def _stop(_signal: int, _frame: object) -> None:
    raise _StoppedError


def _run(compiled: re.Pattern[str], method: str, text: str, limit: float) -> float:
    """Return how long *method* takes on *text*, at most *limit*: re looks for signals now and then."""
    signal.signal(signal.SIGPROF, _stop)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        if method == "finditer":
            for _ in compiled.finditer(text):
                pass
        else:
            getattr(compiled, method)(text)
    except _StoppedError:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def timed(found: Found, size: int = SIZE, limit: float = LIMIT) -> Timed:
    """Return the slowest of all that the pattern is tried on."""
    compiled = re.compile(found.pattern, found.flags & ~re.UNICODE if isinstance(found.pattern, bytes) else found.flags)
    small: list[tuple[float, str, int]] = []
    for place, text in enumerate(_typed(found, SMALL)):
        for method in sorted(found.methods):
            small.append((_run(compiled, method, text, limit), method, place))
    small.sort(reverse=True)
    # The slowest are always tried in full, so that the table says what a whole text costs.
    chosen = {each for each in small if each[0] > _SUSPECT} | set(small[:2])
    wanted = {place for _, _, place in chosen}
    whole = {place: text for place, text in enumerate(_typed(found, size)) if place in wanted}
    worst = (0.0, "", "")
    for _, method, place in sorted(chosen, reverse=True):
        took = _run(compiled, method, whole[place], limit)
        worst = max(worst, (took, method, repr(whole[place][:60]) + ".." + repr(whole[place][-12:])))
        if took >= limit:
            break
    return Timed(str(found.pattern), found.where, worst[0], worst[1], worst[2], len(small))


def _typed(found: Found, size: int) -> Iterator[str]:
    for text in texts(found.pattern, found.flags, size):
        yield text if isinstance(found.pattern, str) else text.encode("latin-1", "replace")  # type: ignore[misc]  # as the pattern is


def _work(each: Found, size: int, limit: float) -> Timed:
    # What never looks for signals is ended by the system, and the pool tells of it.
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 300, resource.RLIM_INFINITY))
    return timed(each, size, limit)


def all_timed(collection: Collection, only: str = "", jobs: int = 1, size: int = SIZE, limit: float = LIMIT) -> Sequence[Timed]:
    """Return every pattern of *collection* with its slowest text, the slowest first."""
    wanted = [each for each in collection.found.values() if only in each.where or only in str(each.pattern)]
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        done = pool.starmap(_work, [(each, size, limit) for each in wanted], chunksize=8)
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
    done = all_timed(collection, words.only, words.jobs, words.size, words.limit)
    print(
        f"{len(collection.found):,} patterns of {collection.calls:,} calls and {collection.objects:,} objects, {len(collection.missed)} missed;"
        f" {sum(each.tried for each in done):,} texts"
    )
    for each in done[: words.rows]:
        print(f"{each.seconds * 1000:9.1f} ms  {each.method:9} {each.where}\n              {each.pattern[:150]!r}\n              {each.text}")
    slow = [each for each in done if each.seconds >= words.limit]
    print(f"{len(slow)} over {words.limit:g} s")
    return 1 if slow or collection.missed else 0


if __name__ == "__main__":
    sys.exit(main())
