"""Very many papers to be looked up: they are asked about a few at a time, so that no key ever waits for all of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

PORTION = 2
"""Papers that are asked about at a time: planning one takes some milliseconds where it was not read before."""

AHEAD = 300
"""Questions that may be open before more papers are asked about; a request answers a hundred at most."""


class Backlog:
    """The papers that are still to come, each once, in the order in which they were wanted."""

    def __init__(self) -> None:
        self._papers: deque[tuple[str, bool]] = deque()

    def __len__(self) -> int:
        """Return how many papers are still to come."""
        return len(self._papers)

    def add(self, names: Iterable[str], refresh: bool) -> int:
        """Add papers behind those that are there, each with whether it is asked about anew; return how many are new."""
        before = len(self._papers)
        there = {name for name, _ in self._papers}
        self._papers.extend((name, refresh) for name in dict.fromkeys(names) if name not in there)
        return len(self._papers) - before

    def take(self) -> tuple[list[str], bool]:
        """Return the next few papers, and whether they are asked about anew."""
        refresh = self._papers[0][1]
        names: list[str] = []
        while self._papers and len(names) < PORTION and self._papers[0][1] == refresh:
            names.append(self._papers.popleft()[0])
        return names, refresh

    def drop(self, papers: Collection[str] | None = None) -> int:
        """Forget *papers*, all of them if none are named; return how many."""
        before = len(self._papers)
        self._papers = deque(each for each in self._papers if papers is not None and each[0] not in papers)
        return before - len(self._papers)
