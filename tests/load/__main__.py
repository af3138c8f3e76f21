"""``python -m tests.load [--minutes 10]``: the program under all at once, and how it ends."""

from __future__ import annotations

import argparse
import signal
import sys
import time

from tests.load.place import Place, place
from tests.load.running import ENDS, Reader
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings

GROWTH = 0.20
"""By how much of it the memory may grow behind the warm-up."""


def names_of(at: Place, count: int = 400) -> list[str]:
    """Return the ids of the first papers in the order of the list; an empty one for a paper that has a note, or stars.

    No program runs meanwhile.
    """
    with Library(at.library) as library, Desk(library, Settings()) as desk:
        marks = ((name, desk.rack.marks(name)) for name in desk.papers()[:count])
        return ["" if each.note or each.starred else name for name, each in marks]


def load(minutes: float, count: int, sources: int, *, warm: float = 0.25, sized: bool = True) -> list[str]:
    """Run for *minutes* on *count* papers and *sources* sources; print a table, and return what was wrong.

    A run that is too short to warm up is not *sized*.
    """
    begun = time.monotonic()
    with place(count, sources) as at:
        print(f"made in {time.monotonic() - begun:.0f} s: {count:,} papers, {sources:,} sources", flush=True)
        names = names_of(at)
        wrong: list[str] = []
        reader = Reader(at, names)
        with reader.typed:
            _read(reader, minutes * 60, warm)
            wrong += _told(reader, sized)
            wrong += _ended(reader, "TERM")
        for seed, way in enumerate(list(ENDS)[1:], 2):
            again = Reader(at, names, seed)
            again.told.marks.update(reader.told.marks)
            with again.typed:
                again.begin()
                again.queue()
                again.check(again.turn())
                wrong += _ended(again, way)
            reader.told.marks.update(again.told.marks)
        for name in reader.told.marks:
            reader.check(name)
        print(f"{'stars and notes at the end':32}{len(reader.told.marks):>10,}   all looked at again")
        return [*wrong, *reader.told.wrong]


def _read(reader: Reader, seconds: float, warm: float) -> None:
    reader.begin()
    begun = time.monotonic()
    warmed, queued = False, -1e9
    while time.monotonic() - begun < seconds:
        if time.monotonic() - queued > 30:
            queued = time.monotonic()
            reader.refresh()
            reader.queue()
        name = reader.turn()
        if reader.told.turns % 4 == 1:
            reader.check(name)
        if not warmed and time.monotonic() - begun > min(90.0, seconds * warm):
            warmed = True
            reader.watch.warmed()
    # What is still on its way to the program when it is ended is nobody's loss.
    reader.check(list(reader.told.marks)[-1])


def _told(reader: Reader, sized: bool) -> list[str]:
    told, watch = reader.told, reader.watch
    rows = [
        ("keys", f"{told.keys:,}"), ("sizes of the window", f"{told.sizes:,}"),
        ("turns, each starred and noted", told.turns),
        ("look-ups queued", f"{told.lookups:,}"), ("times that all sources were fetched", told.refreshes),
        ("slowest to be seen by another program", f"{told.slowest:.1f} s"),
        ("slowest question about a range of 500", f"{told.answered:.1f} s, {told.busy:.1f} s of them at work at most"),
    ]  # fmt: skip
    wrong = []
    for name, sizes in (("private memory", watch.private), ("resident memory", watch.resident)):
        growth = watch.growth(sizes)
        before = sizes[max(0, watch.warm - 1)] if sizes else 0
        rows.append((name, f"{before:.0f} MB, {sizes[-1]:.0f} MB at the end, {max(sizes):.0f} at most, {growth:+.1%}"))
        if sized and growth > GROWTH:
            wrong.append(f"{name} grew by {growth:.1%}")
    rows.append(("private memory each half minute", " ".join(f"{size:.0f}" for size in watch.private[::30])))
    rows += [("threads", f"{watch.threads[-1]}, {max(watch.threads)} at most"),
             ("open files", f"{watch.files[-1]}, {max(watch.files)} at most")]  # fmt: skip
    for name, value in rows:
        print(f"{name:40}{value:>10}", flush=True)
    return wrong


def _ended(reader: Reader, way: str) -> list[str]:
    """End the program and return what is wrong with how it went."""
    number = ENDS[way]
    status, seconds = reader.end(number)
    wanted = 128 + (signal.SIGHUP if number is None else number)
    wrong = [] if status == wanted else [f"{way}: the exit status is {status} and not {wanted}"]
    if number is not None and not reader.typed.restored:
        wrong.append(f"{way}: the terminal is left as the program had it")
    if number is not None and b"\x1b[?1049l" not in reader.typed.written[-4000:]:
        wrong.append(f"{way}: the screen is left as the program had it")
    if b"Traceback" in reader.typed.written[-20000:]:
        wrong.append(f"{way}: a traceback: {bytes(reader.typed.written[-3000:])!r}")
    wrong += [f"{way}: {each} goes on" for each in reader.place.processes()]
    wrong += [f"{way}: {each} is left behind" for each in reader.place.litter()]
    begun = time.monotonic()
    reader.check(list(reader.told.marks)[-1])
    looked = time.monotonic() - begun
    reader.place.run("read", list(reader.told.marks)[-1])
    print(
        f"{f'ended by {way}':32}{f'status {status}':>10}   in {seconds:.1f} s; seen by others in {looked:.1f} s",
        flush=True,
    )
    return wrong


def main() -> int:
    """Run, and return 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--sources", type=int, default=2_000)
    words = parser.parse_args()
    wrong = load(words.minutes, words.papers, words.sources)
    print("\n".join(wrong) if wrong else "Nothing is wrong.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
