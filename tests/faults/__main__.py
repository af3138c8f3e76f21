"""``python -m tests.faults [--kills 200] [--papers 200 5000] [--seed 1]``: the kill loop, and its counts as a table.

Exit status 1 where anything was unreadable, wrong, lost or left behind.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import papers as bench
from tests.faults.kills import Count, kill

_HEAD = ("papers", "kills", "unreadable", "wrong", "lost", "litter", "catalogue", "stderr", "told saved", "minutes")


def main() -> int:
    """Kill, count, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, nargs="+", default=[200, 5000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", type=int, default=10, help="look at the catalogue after each N-th kill")
    words = parser.parse_args()
    sound = True
    print("  ".join(f"{name:>10}" for name in _HEAD), flush=True)
    for papers in words.papers:
        with tempfile.TemporaryDirectory(prefix="paperrack-faults-") as place:
            folder = bench.make(Path(place) / "library", papers)
            begun = time.monotonic()
            count = kill(folder, words.kills, words.seed, words.compare)
        _print(papers, count, (time.monotonic() - begun) / 60)
        sound = sound and count.sound
    return 0 if sound else 1


def _print(papers: int, count: Count, minutes: float) -> None:
    found = (count.unreadable, count.wrong, count.lost, count.litter, f"{count.catalogue}/{count.compared}")
    row = (papers, count.kills, *found, len(count.program), count.told, f"{minutes:.1f}")
    print("  ".join(f"{part:>10}" for part in row), flush=True)
    killed = ", ".join(f"{number} {doing}" for doing, number in count.doing.most_common())
    print(f"            killed in: {killed}")
    for note in [*count.notes, *count.program][:40]:
        print(f"            {note.strip()[-1500:]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
