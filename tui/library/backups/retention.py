"""Which archives stay as they are, which become one, and which go: a pure question of their names and of the time.

An archive's name is ``20261121T101010Z-12-14.zip``: when it was made (UTC), and the numbers of the first and the last
of the archives that it holds the documents of; a fresh one has one number twice. Numbers say what is newer, for a
clock can be set back. ``-all`` marks one that needs no earlier ones; ``-schema1`` and ``-repair`` those that were made
before the library went on to the next schema or was repaired, which stay by themselves for 90 days.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d{1,12})-(\d{1,12})(-all)?(?:-(schema\d{1,4}|repair))?\.zip", re.ASCII)
_DATE = "%Y%m%dT%H%M%SZ"
_RECENT = datetime.timedelta(hours=24)
_DAILY = datetime.timedelta(days=7)
_PINNED = datetime.timedelta(days=90)


@dataclass(frozen=True, order=True)
class Name:
    """What the name of an archive says; names sort from the oldest to the newest.

    ``pinned`` is why it stays by itself, empty for most.
    """

    last: int
    date: datetime.datetime
    first: int
    all: bool = False
    pinned: str = ""

    def __str__(self) -> str:
        marks = ("-all" if self.all else "") + (f"-{self.pinned}" if self.pinned else "")
        return f"{self.date.strftime(_DATE)}-{self.first}-{self.last}{marks}.zip"

    def covers(self, other: Name) -> bool:
        """Return whether *other* went into this archive when several became one."""
        return self != other and self.first <= other.first and other.last <= self.last and self.first < self.last


def read_name(name: str) -> Name | None:
    """Return what the file name *name* says, or None where it is no archive's."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        date = datetime.datetime.strptime(found[1], _DATE).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return Name(int(found[3]), date, int(found[2]), bool(found[4]), found[5] or "")


def chained(names: Iterable[Name]) -> bool:
    """Return whether *names* hold together: from one that needs no others, number by number, to the newest."""
    ordered = sorted((name for name in names if not name.pinned), reverse=True)
    needed: int | None = None
    for name in ordered:
        if needed is not None and name.last < needed:
            return False
        needed = name.first - 1 if needed is None else min(needed, name.first - 1)
        if name.all:
            return True
    return False


def superseded(names: Sequence[Name], now: datetime.datetime) -> list[Name]:
    """Return the archives that are not needed at *now*: they went into others, or stayed long enough."""
    regular = [name for name in names if not name.pinned]
    gone = [name for name in regular if any(other.covers(name) for other in regular)]
    old = [name for name in names if name.pinned and name.date <= now - _PINNED]
    return gone + [name for name in old if any(other.all and other.last > name.last for other in regular)]


def runs(names: Iterable[Name], now: datetime.datetime, apart: Collection[Name] = ()) -> list[list[Name]]:
    """Return which archives become one at *now*, each list from the oldest to the newest, of neighbours only.

    All of the last 24 hours stay; of the 7 days before, each day's become one; all older ones become one. Those that
    stand *apart* stay as they are.
    """
    ordered = sorted(name for name in names if not name.pinned)
    dates = _believed([name.date for name in ordered], now)
    buckets = {name: None if name in apart else _bucket(date, now) for name, date in zip(ordered, dates, strict=True)}
    groups = groupby(ordered, key=lambda name: buckets[name] or name)
    return [run for run in (list(group) for _, group in groups) if len(run) > 1]


def _bucket(date: datetime.datetime, now: datetime.datetime) -> str | None:
    age = now - date
    if age < _RECENT:
        return None
    return date.strftime("%Y%m%d") if age < _RECENT + _DAILY else "old"


def _believed(dates: Sequence[datetime.datetime], now: datetime.datetime) -> list[datetime.datetime]:
    """Return *dates*, which stand in the order in which things happened, as they can be true.

    What was made in the future was made by a clock that was wrong; what follows a thing is not older than it.
    """
    backwards = accumulate(reversed(dates), lambda later, date: date if date <= now else later, initial=now)
    return list(accumulate(list(backwards)[:0:-1], max))


def merged_name(run: Sequence[Name]) -> Name:
    """Return the name of the archive that those in *run* become."""
    newest = run[-1]
    return Name(newest.last, newest.date, min(name.first for name in run), any(name.all for name in run))
