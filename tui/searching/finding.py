"""Which papers a search finds, and in which order: 100,000 papers within the time of a key.

Words are left to FTS5, conditions to the catalogue's tables, what joins the two is done here: each gives a mask, a
byte for each paper in the order that most lists have, so that what is found is sorted already. SQLite hands all numbers
over as one text, for stepping through 100,000 rows takes longer than finding them. Up to :data:`FEW` hits are ranked by
bm25 (Robertson and Zaragoza, 2009), which costs 1 µs a hit; more than that cannot be read anyhow, and stand with those
first that hold all words in the title, the newest before others.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import compress

from tui.catalogue.schema import EDITIONS
from tui.searching.conditions import met
from tui.searching.looking_up import at_rest, matching
from tui.searching.matching import RANK, expression, highlighted, in_titles, is_short, positive
from tui.searching.orders import Orders, Sort, State, numbers
from tui.searching.spelling import corrected
from tui.searching.terms import SHOWN, And, Condition, Is, Not, Or, Query, Term, has_choice, wanted

FEW = 3_000
"""Hits that are ranked by bm25."""
DENSE = 10
"""One in so many is found sooner by going through all papers than by looking for each."""
REMEMBERED = 8
"""Conditions whose papers are remembered until something changes."""

_RANKED = (
    f"SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY {RANK}, -rowid LIMIT -1)"  # noqa: S608 - our own numbers
)
_OF_ISSUE = (
    "SELECT group_concat(paper) FROM (SELECT paper FROM entries WHERE issue = ? GROUP BY paper ORDER BY min(position)"
    " LIMIT -1)"
)


@dataclass(frozen=True)
class Found:
    """The numbers of the papers that a search found, in order.

    ``words`` are what they were found by, folded, for :func:`tui.searching.hits.hits`; ``corrected`` says which words
    nothing holds and what was searched for instead.
    """

    nums: array[int]
    words: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)


def find(
    connection: sqlite3.Connection,
    query: Query,
    *,
    issue: int | None = None,
    marked: bool = False,
    sort: Sort = "issue",
    limit: int | None = None,
    orders: Orders | None = None,
) -> Found:
    """Return the papers of one issue (by its number), or of all, that *query* finds.

    In the order ``issue`` an issue's papers stand as it has them, and those of all issues by relevance where words are
    searched for, else the newest first. *orders* remembers what one catalogue's searches have in common. Raises
    OutdatedError where another thread called ``connection.interrupt()``.
    """
    with at_rest(connection):
        state = (orders or Orders()).state(connection)
        search = _Search(connection, state)
        term, mask, instead = search.meant(query.term)
        if marked:
            mask = _and([mask, search.mask(Is("marked"))])
        if issue is not None:
            there = numbers(connection, _OF_ISSUE, (issue,))
            mask = _and([mask, search.flags(there)])
            places = map(state.places.__getitem__, there) if sort == "issue" else state.order(connection, sort)
            last = len(mask)  # what is in no list has its place there
            nums = array("q", (state.recent[place] for place in places if place < last and mask[place]))
        else:
            nums = search.sorted(mask, term, sort)
        words = dict.fromkeys(each for part in wanted(term) if part.field in SHOWN for each in highlighted(part))
        return Found(nums if limit is None else nums[:limit], tuple(words), instead)


class _Search:
    """One search in one state of the catalogue. A mask holds 1 at the place of each paper that is found."""

    def __init__(self, connection: sqlite3.Connection, state: State) -> None:
        self._connection = connection
        self._state = state

    def meant(self, term: Term | None) -> tuple[Term | None, bytes, Mapping[str, str]]:
        """Return *term*, misspelt words replaced, what it finds, and what was taken for what."""
        if term is None:
            return None, self._every(), {}
        mask = self.mask(term)
        # Where something holds every word there is none that nothing holds.
        if 1 in mask and not has_choice(term):
            return term, mask, {}
        other, instead = corrected(self._connection, term)
        return (other, self.mask(other), instead) if instead else (term, mask, {})

    def _every(self) -> bytes:
        return b"\1" * len(self._state.recent)

    def mask(self, term: Term) -> bytes:
        """Return which listed papers *term* finds."""
        matched = expression(term)
        if matched is not None:
            return self._known(term) or self._matched(matched)
        if isinstance(term, Not):
            return _but(self._every(), self.mask(term.part))
        if isinstance(term, Or):
            return _or([self.mask(part) for part in term.parts])
        if isinstance(term, And):
            return self._all(term)
        return self._met(term)

    def _known(self, term: Term) -> bytes | None:
        """Return which listed papers *term* finds where that of its parts is known: words before the last, a letter."""
        if not isinstance(term, And):
            return None
        parts = [expression(part) for part in term.parts]
        if any(part is None or part not in self._state.words for part in parts):
            return None
        return _and([self._matched(part) for part in parts if part])

    def _met(self, condition: Condition) -> bytes:
        """Return which listed papers meet *condition*: it stands there while words beside it are typed."""
        known = self._state.masks.get(condition)
        if known is None:
            if len(self._state.masks) >= REMEMBERED:
                self._state.masks.clear()
            known = self.flags(met(self._connection, condition))
            self._state.masks[condition] = known
        return known

    def _all(self, term: And) -> bytes:
        """Return what all parts find: what words can find at once, the rest one by one."""
        words = [p for p in term.parts if expression(p.part if isinstance(p, Not) else p) is not None]
        asked = [part for part in words if not isinstance(part, Not)]
        together = And(tuple(words)) if asked and len(words) > 1 else None
        others = [part for part in term.parts if together is None or part not in words]
        masks = [self.mask(part) for part in ([together] if together else []) + others]
        return _and(masks)

    def _matched(self, matched: str) -> bytes:
        return matching(self._connection, self._state, matched)

    def flags(self, nums: Iterable[int]) -> bytes:
        """Return the mask of *nums*, of those among them that are listed."""
        flags = bytearray(len(self._state.recent) + 1)
        for place in map(self._state.places.__getitem__, nums):
            flags[place] = 1
        return bytes(flags[:-1])

    def sorted(self, mask: bytes, term: Term | None, sort: Sort) -> array[int]:
        """Return the numbers in *mask*, which *term* found, by relevance where that is asked for, else by *sort*."""
        if sort != "issue":
            order = self._state.order(self._connection, sort)
            return array("q", map(self._state.recent.__getitem__, compress(order, map(mask.__getitem__, order))))
        ranked = positive(term)
        matched = expression(ranked) if ranked else None
        if not matched or not ranked:
            return self._newest(mask)
        if mask.count(1) <= FEW and (ranked == term or self._count(matched) <= FEW):
            return self._ranked(mask, matched)
        if is_short(ranked):
            return self._newest(mask)
        titles = self._matched(in_titles(matched))
        return self._newest(_and([mask, titles])) + self._newest(_but(mask, titles))

    def _newest(self, mask: bytes) -> array[int]:
        """Return the numbers in *mask*, the newest first."""
        recent, count = self._state.recent, mask.count(1)
        if (len(mask) - count) * DENSE < len(mask):
            return self._most(mask)
        if count * DENSE > len(mask):
            return array("q", compress(recent, mask))
        found, place = array("q"), mask.find(1)
        while place >= 0:
            found.append(recent[place])
            place = mask.find(1, place + 1)
        return found

    def _most(self, mask: bytes) -> array[int]:
        """Return what :meth:`_newest` does, where few are left out: what stands between those at once."""
        recent, found, start = self._state.recent, array("q"), 0
        while (gap := mask.find(0, start)) >= 0:
            found += recent[start:gap]
            start = gap + 1
        return found + recent[start:]

    def _count(self, matched: str) -> int:
        statement = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(self._connection.execute(statement, (matched,)).fetchone()[0])

    def _ranked(self, mask: bytes, matched: str) -> array[int]:
        """Return the numbers in *mask*, those that *matched* finds first and by bm25, then the newest."""
        best, rest = array("q"), bytearray(mask + b"\0")
        texts, places = self._state.texts, self._state.places
        for rowid in numbers(self._connection, _RANKED, (matched,)):
            num = rowid // EDITIONS
            if rest[places[num]] and texts[num] == rowid:
                best.append(num)
                rest[places[num]] = 0
        return best + self._newest(bytes(rest[:-1]))


def _and(masks: list[bytes]) -> bytes:
    joined = int.from_bytes(masks[0], "little")
    for mask in masks[1:]:
        joined &= int.from_bytes(mask, "little")
    return joined.to_bytes(len(masks[0]), "little")


def _or(masks: list[bytes]) -> bytes:
    joined = 0
    for mask in masks:
        joined |= int.from_bytes(mask, "little")
    return joined.to_bytes(len(masks[0]), "little")


def _but(mask: bytes, other: bytes) -> bytes:
    every = int.from_bytes(mask, "little")
    return (every & ~int.from_bytes(other, "little")).to_bytes(len(mask), "little")
