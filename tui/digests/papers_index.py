"""Where the papers of a file of our own JSON stand, by the issues that speak of them.

A list of papers may have any order, and an issue is taken in whole: so the file is gone through once to see what is
where, in a few bytes a paper, and then read issue by issue.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from tui.digests import json_stream
from tui.digests.papers_entries import mentions_in
from tui.digests.papers_shapes import text_in
from tui.model import Remark

MAX_BYTES = 16_000_000_000
"""The longest file that is read."""

MAX_PAPERS = 4_000_000
MAX_ISSUES = 100_000
"""What is kept of each while a file is read grows with their number, so that has an end."""

READ_AGAIN = 20
"""How many times its own length a file may cost: a paper is read once for each issue that speaks of it."""

_ALLOWANCE = 64_000_000
_FARTHEST = 1 << 60
_MAX_REMARKS = 10_000
_NAMES = ("issue", "issue_title", "series", "number", "issue_date")


class Head(NamedTuple):
    """What an issue is called where a paper is said to stand in it."""

    id: str
    title: str
    series: str | None = None
    number: str | None = None
    date: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this issue from others."""
        return ("id", self.id) if self.id else ("title", self.title, self.series or "", self.number or "")


class Place(NamedTuple):
    """Where an entry stands: the number of its element in the file, and which of its mentions it is, both from 0."""

    element: int
    mention: int


def _places() -> array[int]:
    return array("q")


@dataclass
class Group:
    """An issue and the places of its entries, in the order of the file."""

    head: Head
    elements: array[int] = field(default_factory=_places)
    mentions: array[int] = field(default_factory=_places)
    positions: array[int] = field(default_factory=_places)

    def ordered(self) -> list[Place]:
        """Return the places of the entries in the order in which the issue printed them."""
        order = sorted(range(len(self.positions)), key=self.positions.__getitem__)
        return [Place(self.elements[each], self.mentions[each]) for each in order]


class Index:
    """Where each element of *file* stands, its issues in the order in which they are first named.

    ``remarks`` are on what is no paper at all, and on the end of the file where it is broken. *named* is the title of
    the issue of those papers that state none.
    """

    def __init__(self, file: BinaryIO, named: str) -> None:
        self.remarks: list[Remark] = []
        self.groups: list[Group] = []
        self.starts, self.lengths, self.lines = _places(), _places(), _places()
        self._seen = bytearray()
        self._numbers: dict[tuple[str, ...], int] = {}
        self._named = Head("", named)
        self._again = 0
        for element in json_stream.file_elements(file, MAX_BYTES, _is_plain):
            if not self._take(element):
                break

    def seen(self, element: int) -> bool:
        """Return whether this was asked of *element* before: what is said of a paper is said once."""
        before = self._seen[element]
        self._seen[element] = 1
        return bool(before)

    def _take(self, element: json_stream.Element) -> bool:
        """Note where *element* stands; return whether there is room for another."""
        if element.broken or not isinstance(element.value, Mapping):
            if len(self.remarks) < _MAX_REMARKS:
                why = element.broken or "it is no paper but another value"
                self.remarks.append(Remark(element.line, excerpt(element.value), why))
            return True
        if len(self.starts) >= MAX_PAPERS or len(self.groups) >= MAX_ISSUES:
            why = f"only {MAX_PAPERS:,} papers and {MAX_ISSUES:,} issues are read"
            self.remarks.append(Remark(element.line, "", f"{why}; nothing is read from here on"))
            return False
        heads = list(self._heads(element.value))
        number = len(self.starts)
        self.starts.append(element.start)
        self.lengths.append(element.length)
        self.lines.append(element.line)
        self._seen.append(0)
        others = {self._put(number, 0, *heads[0])}
        for mention, (head, position) in enumerate(heads[1:], 1):
            if len(others) > 1 and self._again > READ_AGAIN * element.start + _ALLOWANCE:
                why = f"only {mention} of its {len(heads)} mentions are read"
                self.remarks.append(Remark(element.line, "", why))
                break
            if (group := self._put(number, mention, head, position)) not in others:
                others.add(group)
                self._again += element.length
        return True

    def _heads(self, item: Mapping[str, Any]) -> Iterator[tuple[Head, int | None]]:
        """Yield the issue of each mention and the position in it, None where that is not stated."""
        for raw in mentions_in(item) or [{name: item.get(name) for name in _NAMES[1:]}]:
            position = raw.get("position")
            stated = isinstance(position, int) and "issue" in raw
            yield self._head(raw), position if stated else None

    def _head(self, raw: Mapping[str, Any]) -> Head:
        name, title = text_in(raw, "issue") or "", text_in(raw, "issue_title")
        if not (name or title):
            return self._named
        return Head(name, title or name, text_in(raw, "series"), text_in(raw, "number"), text_in(raw, "issue_date"))

    def _put(self, element: int, mention: int, head: Head, position: int | None) -> int:
        """Note an entry of the issue *head*, and return the number of that issue."""
        number = self._numbers.setdefault(head.key, len(self.groups))
        if number == len(self.groups):
            self.groups.append(Group(head))
        group = self.groups[number]
        group.elements.append(element)
        group.mentions.append(mention)
        place = len(group.positions) + 1 if position is None else position
        group.positions.append(max(-_FARTHEST, min(place, _FARTHEST)))
        return number


def _is_plain(item: object) -> bool:
    """Return whether the names of *item*'s issues are ASCII; no other text of it is looked at in the first round."""
    if not isinstance(item, Mapping):
        return False
    named = [text for raw in (item, *mentions_in(item)) for name in _NAMES if isinstance(text := raw.get(name), str)]
    return "".join(named).isascii()


def excerpt(value: object) -> str:
    """Return the beginning of *value*, of any shape, as text."""
    try:
        return str(value)[:2000]
    except RecursionError:
        return ""
