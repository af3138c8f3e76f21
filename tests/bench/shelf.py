"""Works and the issues that name them, before they are made into anything: who stands where, and who twice."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench.drawing import Drawing
from tui.desk.editions import slug
from tui.model import Entry, Inquiry, Marks

NEWEST = date(2026, 11, 21)
"""The day of the newest issue."""
_PER_ISSUE = 100 / 3
_TWICE = 0.08


@dataclass(frozen=True)
class Head:
    """An issue before its papers: its place among all (from 0), name, and how many papers it is the first to name."""

    place: int
    id: str
    series: str
    number: int
    date: date
    first: int
    size: int

    @property
    def title(self) -> str:
        """What the issue is called."""
        return f"{self.series} #{self.number}"


@dataclass(frozen=True)
class Mentioned:
    """That an issue names a paper at a position (from 1), and what it prints of it."""

    head: Head
    position: int
    entry: Entry


@dataclass(frozen=True)
class Work:
    """A paper: its mentions, oldest first, the reader's marks and what services said, where there is any."""

    mentions: tuple[Mentioned, ...]
    marks: Marks | None
    inquiry: Inquiry | None


def heads(papers: int) -> list[Head]:
    """Return the issues that *papers* papers come in, oldest first."""
    drawing_series = Drawing.series()
    count = max(1, round(papers / _PER_ISSUE))
    swing = min(10, papers // count // 3)
    edges = [papers * place // count + (place * 7919 % (2 * swing + 1) - swing) for place in range(count)] + [papers]
    edges[0] = 0
    weeks = (count - 1) // len(drawing_series)
    found = []
    for place in range(count):
        week, which = divmod(place, len(drawing_series))
        series = drawing_series[which]
        day = NEWEST - timedelta(days=7 * (weeks - week) + 6 - which % 7)
        name = f"{slug(series) or f'digest-{which}'}-{week + 1}"
        found.append(Head(place, name, series, week + 1, day, edges[place], edges[place + 1] - edges[place]))
    return found


def works(papers: int, seed: int = 7) -> Iterator[Work]:
    """Yield *papers* papers in the order in which issues first name them."""
    drawing, chance = Drawing(seed), random.Random(seed + 1)
    shelf = heads(papers)
    guests: defaultdict[int, int] = defaultdict(int)
    for head in shelf:
        for position in range(1, head.size + 1):
            entry = drawing.entry(head.first + position - 1, head.date)
            mentions = (Mentioned(head, position, entry),)
            if chance.random() < _TWICE and head.place + 1 < len(shelf):
                later = shelf[min(len(shelf) - 1, head.place + 1 + int(chance.random() * 90))]
                guests[later.place] += 1
                mentions += (Mentioned(later, later.size + guests[later.place], drawing.again(entry)),)
            yield Work(mentions, drawing.marks(), drawing.inquiry(entry, head.date))
