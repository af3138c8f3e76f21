"""Deciding what to read: what a decision does to papers, which paper is the next, and a round through a list."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Literal, NamedTuple

from tui.catalogue import Catalogue
from tui.catalogue.statements import portions
from tui.desk.listing import Listing
from tui.desk.marking import Marking, count
from tui.desk.rack import Rack
from tui.desk.rounds import Round
from tui.model import IssueRow, Marks, Papers, State

Decision = Literal["read", "keep", "skip", "star"]
DECISIONS: dict[Decision, State] = {"read": "read", "keep": "to read", "skip": "dropped", "star": "to read"}
"""What each decision makes of a paper; ``star`` stars it besides."""

_DONE = {"read": "read", "keep": "put to read", "skip": "dropped", "star": "starred, put to read"}

NEAR = 500
"""Papers of a list that are looked at before all that are unread are: most often the next one is among them."""


class Decided(NamedTuple):
    """What became of papers: the state that they have now, and how many are different by it."""

    state: State
    changed: int

    @property
    def sentence(self) -> str:
        """What was done, in a line for the reader."""
        done = {"to read": "put to read", "new": "made new again"}.get(self.state, self.state)
        return f"{count(self.changed, 'paper')} {done}."


class Triaging:
    """The reader's decisions on the papers of *rack*, issues in the order that *shelf* gives."""

    def __init__(self, rack: Rack, marking: Marking, shelf: Callable[[], Sequence[IssueRow]]) -> None:
        self._rack = rack
        self._catalogue: Catalogue = rack.catalogue
        self._marking = marking
        self._shelf = shelf

    # Deciding

    def decide(self, names: Iterable[str], decision: Decision) -> Decided:
        """Do what *decision* does to papers, as one step; where it was made on all of them before, they are new again.

        Raises LibraryError.
        """
        chosen = list(dict.fromkeys(map(self._rack.canonical, names)))
        wanted = DECISIONS[decision]

        def made(marks: Marks) -> Marks:
            return dataclasses.replace(marks, state=wanted, starred=marks.starred or decision == "star")

        label = f"{count(len(chosen), 'paper')} {_DONE[decision]}"
        if changed := self._marking.change(chosen, label, made):
            return Decided(wanted, changed)
        label = f"{count(len(chosen), 'paper')} made new again"
        back = _new_without_star if decision == "star" else _new
        return Decided("new", self._marking.change(chosen, label, back))

    def read_all(self, papers: Papers) -> Decided:
        """Make those of *papers* read on which nothing is decided yet, and no other, as one step. Raises LibraryError.

        What came into the library since the list was made is not in it, and stays as it is.
        """
        names = tuple(self.unread(papers))
        label = f"{count(len(names), 'paper')} read"
        return Decided("read", self._marking.change(names, label, _read_if_new))

    def round(self, papers: Papers, place: int = 0) -> Round:
        """Return a round through those of *papers* that are unread now, from *place* on."""
        return Round(self, self._rack, papers, place)

    # What is unread

    def unread(self, papers: Papers) -> Listing:
        """Return those of *papers* that are unread now, in their order."""
        nums = papers.nums if isinstance(papers, Listing) else array("q")
        there = self._unread_of(nums) if len(nums) <= NEAR else self._unread()
        return Listing(self._catalogue, array("q", compress(nums, map(there.__contains__, nums))))

    def next_unread(self, papers: Papers, place: int, by: int = 1) -> int | None:
        """Return the place of the first unread paper behind *place*, or before it where *by* is less than 0, or None.

        A place before the first and behind the last are good, too.
        """
        if not isinstance(papers, Listing):
            return None
        nums = papers.nums
        ahead = range(place + 1, len(nums)) if by > 0 else range(min(place, len(nums)) - 1, -1, -1)
        near = self._unread_of([nums[index] for index in ahead[:NEAR]])
        found = next((index for index in ahead[:NEAR] if nums[index] in near), None)
        if found is None and len(ahead) > NEAR:
            unread = self._unread()
            found = next((index for index in ahead[NEAR:] if nums[index] in unread), None)
        return found

    def next_issue(self, issue: str, by: int = 1) -> IssueRow | None:
        """Return the issue behind (or before) the one with that id that has unread papers, round the shelf, or None.

        The issue itself is the last that is looked at; without one it begins with the first, or the last.
        """
        rows = self._shelf()
        start = next((place for place, row in enumerate(rows) if row.id == issue), -1 if by > 0 else len(rows))
        order = [*rows[start + 1 :], *rows[: start + 1]] if by > 0 else [*rows[:start][::-1], *rows[start:][::-1]]
        return next((row for row in order if row.unread), None)

    def _unread_of(self, nums: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for some, marks in portions(nums):
            rows = self._catalogue.store.execute(
                f"SELECT num FROM papers WHERE num IN ({marks}) AND unread AND listed",  # noqa: S608 - question marks alone
                some,
            )
            found.update(num for (num,) in rows)
        return found

    def _unread(self) -> set[int]:
        # As one text: stepping through 100,000 rows takes longer than finding them.
        found = self._catalogue.store.one("SELECT group_concat(num) FROM papers WHERE unread = 1 AND listed")
        return set(map(int, found.split(","))) if found else set()


def _new(marks: Marks) -> Marks:
    return dataclasses.replace(marks, state="new")


def _new_without_star(marks: Marks) -> Marks:
    return dataclasses.replace(marks, state="new", starred=False)


def _read_if_new(marks: Marks) -> Marks:
    return dataclasses.replace(marks, state="read") if marks.unread else marks
