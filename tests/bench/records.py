"""The real records that hard pairs are made of, and their two halves.

``tests/matching/data/records.tsv`` holds title, authors (``; `` between them), how many more there are, and year of
works that Crossref, DataCite, OpenAlex, Semantic Scholar, arXiv, Hugging Face, research digests and Nelson Beebe's
bibliographies of typesetting speak of: facts, one line a work. A work with one title and author in two years at most
four apart stands once.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from tui.matching import title_words

DATA = Path(__file__).resolve().parents[1] / "matching" / "data" / "records.tsv"

Half = Literal["development", "held out"]


@dataclass(frozen=True)
class Work:
    """A work: its title, authors, how many more of them, year."""

    title: str
    authors: tuple[str, ...]
    more: int
    year: int | None

    @cached_property
    def number(self) -> int:
        """A number that depends on the work alone: what it is split and drawn by."""
        return int(hashlib.sha256("|".join((self.title, *self.authors)).encode()).hexdigest()[:12], 16)

    @property
    def half(self) -> Half:
        return "held out" if self.number % 2 else "development"


class Pool:
    """The works of one half, and which of them sound alike."""

    def __init__(self, works: tuple[Work, ...]) -> None:
        self.works = works
        self._with: dict[str, list[int]] = defaultdict(list)
        for place, work in enumerate(works):
            for word in set(title_words(work.title)):
                self._with[word].append(place)

    def siblings(self, work: Work, count: int) -> list[Work]:
        """Return the *count* other works whose titles share the most and the rarest words with that of *work*."""
        weight: dict[int, float] = defaultdict(float)
        for word in set(title_words(work.title)):
            for place in self._with[word][:400]:
                weight[place] += 1 / len(self._with[word]) ** 0.5
        ranked = sorted(weight, key=lambda place: (-weight[place], place))
        return [self.works[place] for place in ranked if self.works[place] is not work][:count]


@lru_cache(maxsize=2)
def pool(half: Half) -> Pool:
    """Return the works of *half*; which half a work is in follows from a checksum of it."""
    works = []
    for line in DATA.read_text(encoding="utf-8").splitlines():
        title, authors, more, year = line.split("\t")
        names = tuple(name for name in authors.split("; ") if name)
        works.append(Work(title, names, int(more or 0), int(year) if year else None))
    return Pool(tuple(work for work in works if work.half == half))
