"""Which entry of the reader's file is the work that an item is of, whatever key it goes by there.

Identifiers come first; without one, title and authors must agree as they do for two services' records. Two entries
with one title and differing DOIs of publishers, or differing arXiv ids, are two works.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from tui.exports.asked import Item
from tui.exports.bibfile.entries import ARCHIVES, BibEntry, identifiers_of
from tui.matching import agreement, same_record, title_words
from tui.matching.comparison import compare
from tui.model import Answer, Record
from tui.text import fold, shown

By = Literal["doi", "arxiv", "title"]
Identifier = tuple[str, str]

MAX_ALIKE = 24
"""Entries whose titles begin alike that are compared with one item."""

_OPENING = 28
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
_LETTERS = {"ss": "ss", "o": "o", "O": "o", "l": "l", "L": "l", "ae": "ae", "AE": "ae", "oe": "oe", "OE": "oe",
            "aa": "a", "AA": "a", "i": "i", "j": "j", "dj": "d", "DJ": "d", "TeX": "tex", "LaTeX": "latex"} | {
    name: name for name in ("log", "exp", "min", "max", "sin", "cos", "lim", "sup", "inf", "arg", "det", "dim", "mod")
}  # fmt: skip
_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]|[\W_]+")


class Found(NamedTuple):
    """An entry that is an item's work, what says so, and the keys of others in the file that are the same."""

    entry: BibEntry
    by: By
    others: tuple[str, ...] = ()


class Works:
    """Entries, to be found by what their works are known by."""

    def __init__(self, entries: Iterable[BibEntry] = ()) -> None:
        self._entries: list[BibEntry] = []
        self._by_id: dict[Identifier, list[BibEntry]] = defaultdict(list)
        self._by_mention: dict[Identifier, list[BibEntry]] = defaultdict(list)
        self._by_title: dict[str, list[BibEntry]] = defaultdict(list)
        self._by_fields: dict[object, BibEntry] = {}
        self._titled = self._fielded = 0
        self._parents: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: BibEntry) -> None:
        """Take *entry* in, behind those that are there."""
        self._entries.append(entry)
        for each in entry.ids:
            self._by_id[each].append(entry)
        for each in entry.mentioned:
            self._by_mention[each].append(entry)
        if parent := entry.fields.get("crossref"):
            self._parents.add(parent.strip('{}" \t\r\n').lower())

    def find(self, item: Item) -> Found | None:
        """Return the entry that is of *item*'s work, the first of several, or None."""
        ids = tuple(_ids(item))
        named = list(self._named(item, ids))
        if not named:
            return self._by_wording(item, ids)
        (scheme, _), first = named[0]
        others = dict.fromkeys(entry.key for (kind, _), entry in named if kind == scheme and entry is not first)
        return Found(first, "arxiv" if scheme == "arxiv" else "doi", tuple(others))

    def same(self, entry: BibEntry) -> BibEntry | None:
        """Return the first entry that says exactly what *entry* says, under whatever key."""
        for each in self._entries[self._fielded :]:
            self._by_fields.setdefault(_saying(each), each)
        self._fielded = len(self._entries)
        return self._by_fields.get(_saying(entry))

    def _named(self, item: Item, ids: Sequence[Identifier]) -> Iterator[tuple[Identifier, BibEntry]]:
        """Yield the entries that have one of *ids*, and behind them those that only mention one."""
        for each in ids:
            for entry in self._by_id.get(each, ())[:MAX_ALIKE]:
                if self._may_be(item, entry):
                    yield each, entry
        for each in ids:
            for entry in self._by_mention.get(each, ())[:MAX_ALIKE]:
                if self._may_be(item, entry) and not _differ(ids, entry) and _goes_with(item.record, entry):
                    yield each, entry

    def _by_wording(self, item: Item, ids: Sequence[Identifier]) -> Found | None:
        """Return the entry with the item's title and authors."""
        if not item.record.title:
            return None
        for each in self._entries[self._titled :]:
            for opening in _openings(each.value("title")):
                self._by_title[opening].append(each)
        self._titled = len(self._entries)
        openings = _openings(shown(item.record.title))
        near = dict.fromkeys(each for opening in openings for each in self._by_title.get(opening, ())[:MAX_ALIKE])
        wanted = Answer("", "", record=item.record)
        found = [
            each
            for each in near
            if self._may_be(item, each)
            and not _differ(ids, each)
            and same_record(wanted, Answer("", "", record=each.record))
        ]
        if len(found) < 2:
            return Found(found[0], "title") if found else None
        words = title_words(item.record.title)
        first = next((each for each in found if title_words(each.title) == words), found[0])
        return Found(first, "title", tuple(each.key for each in found if each is not first))

    def _may_be(self, item: Item, entry: BibEntry) -> bool:
        """Return whether *entry* is no volume that other entries are in, unless *item* is a book itself."""
        return item.record.type == "book" or entry.key.lower() not in self._parents


def _ids(item: Item) -> Iterable[Identifier]:
    """Return what the item's work is known by: its record's identifiers, then those of its other versions."""
    record, paper = item.record, item.paper
    found = identifiers_of(record.doi, record.arxiv, record.url)
    if paper is not None:
        known = paper.identifiers
        found += identifiers_of(known.get("doi"), known.get("arxiv"), None)
    return dict.fromkeys(found)


def _differ(ids: Iterable[Identifier], entry: BibEntry) -> bool:
    """Return whether both have a publisher's DOI, or an arXiv id, and none in common."""
    for scheme in ("doi", "arxiv"):
        ours, theirs = (
            {value for kind, value in each if kind == scheme and not value.startswith(ARCHIVES)}
            for each in (ids, entry.ids)
        )
        if ours and theirs and not ours & theirs:
            return True
    return False


def _goes_with(record: Record, entry: BibEntry) -> bool:
    """Return whether an entry that mentions an item's identifier can be of its work: a note may speak of another."""
    if not record.title or not entry.title:
        return False
    alike = compare(record.title, entry.title)
    if alike.conflict:
        return False
    return alike.alike >= 0.5 or agreement(record, entry.record)[0] > 0


def _saying(entry: BibEntry) -> object:
    return entry.type, frozenset(entry.fields.items())


def _openings(title: str) -> tuple[str, ...]:
    """Return how *title*, TeX or not, begins, and how the part behind its first colon does: letters and digits alone.

    It only gathers what may be alike, so what is hard to read as TeX (Greek, symbols) is left out.
    """
    head, _, tail = title.partition(":")
    found = (_letters(title)[:_OPENING], _letters(tail)[:_OPENING] if len(head) < 60 else "")
    return tuple(dict.fromkeys(each for each in found if len(each) > 3)) or (found[0],)


def _letters(title: str) -> str:
    title = title[:2000]
    if "\\" in title:
        title = _COMMAND.sub(lambda match: _LETTERS.get(match[1] or "", ""), title)
    if title.isascii():
        return _OTHER_SIGNS.sub("", title.lower())
    return _GREEK.sub("", fold(title))
