"""paperrack's own JSON of papers, as ``papers --json``, ``search --json`` and ``show --json`` print it.

A paper's ``mentions`` give its issues back, papers in the order of their positions; a paper without mentions goes
into one issue named after the file. Marks, keys and ids come back through :func:`collect`; a file of any length is
read by :func:`collections`, a few hundred papers at a time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from tui.digests import json_stream
from tui.digests.document import Document
from tui.digests.papers_details import NOTHING_ASKED
from tui.digests.papers_entries import Stated, stated
from tui.digests.papers_index import Head, Index, Place, excerpt
from tui.digests.papers_shapes import doubts
from tui.digests.records import Asked, Collection, named_after
from tui.digests.records import Place as EntryPlace
from tui.errors import NoPapersError
from tui.model import Entry, Issue, Marks, Remark

NAME = "papers-json"
LABEL = "paperrack's own JSON"

PART = 500
"""How many entries are given at a time, and how many papers that name no issue make one."""

LARGEST = 5_000
"""The longest issue that is given whole; of a longer one, each :data:`PART` of its entries become an issue."""

_NO_MARKS = Marks()


def recognises(document: Document) -> bool:
    """Return whether *document* is a list of papers in our own shape, or one paper."""
    return json_stream.contents(document.text) == "papers"


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the issues that the papers' mentions name; what cannot be read is among the warnings."""
    return collect(document).issues


def collect(document: Document) -> Collection:
    """Return the issues with the reader's marks and the papers' ids, by the places of their entries."""
    file = BytesIO(document.text.encode("utf-8", "surrogatepass"))
    reader = _Reader(file, named_after(document), document.source)
    found = _Gathered(reader.index.remarks)
    for group in reader.index.groups:
        reader.read(group.head, group.ordered(), found)
    if not found.issues:
        found.add(Head("", named_after(document)), [], document.source)
    return found.collection()


def collections(file: BinaryIO, document: Document) -> Iterator[tuple[Collection, int]]:
    """Yield the papers in *file*, of which *document* is the beginning, in whole issues of together some 500 entries.

    Raises NoPapersError, which says nothing but why, where there is a reason that none of it can be read.

    With each comes how many of the file's bytes are behind it. An issue of more than :data:`LARGEST` entries, and one
    that only the file names, is given in parts. Warnings stand with the first issue that comes after them.
    """
    reader = _Reader(file, named_after(document), document.source)
    found = _Gathered(reader.index.remarks)
    for group in reader.index.groups:
        places = group.ordered()
        whole = len(places) <= (LARGEST if group.head.id or group.head.series else PART)
        size = len(places) if whole else PART
        for number, start in enumerate(range(0, len(places), size), 1):
            if found.entries and found.entries + size > PART:
                yield found.collection(), reader.behind
                found = _Gathered(found.left)
            head = group.head if number == 1 else _part(group.head, number)
            reader.read(head, places[start : start + size], found)
    if not reader.index.groups and found.remarks:
        raise NoPapersError(found.remarks[0].why)
    yield found.collection(), reader.behind


def _part(head: Head, number: int) -> Head:
    return head._replace(id=head.id and f"{head.id}-part-{number}", title=f"{head.title}, part {number}")


@dataclass
class _Gathered:
    """Issues with what stands beside their entries, until there are enough to be given."""

    remarks: list[Remark]
    issues: list[Issue] = field(default_factory=list)
    marks: dict[EntryPlace, Marks] = field(default_factory=dict)
    ids: dict[EntryPlace, str] = field(default_factory=dict)
    asked: dict[EntryPlace, Asked] = field(default_factory=dict)
    entries: int = 0

    def add(self, head: Head, entries: list[Entry], source: str) -> None:
        """Put the issue *head* to the others."""
        self.issues.append(
            Issue(head.id, head.title, tuple(entries), NAME, head.series, head.number, head.date, source=source)
        )
        self.entries += len(entries)

    def note(self, place: EntryPlace, paper: Stated) -> None:
        """Keep what stands beside an entry and belongs to its paper."""
        if paper.marks != _NO_MARKS:
            self.marks[place] = paper.marks
        if paper.id:
            self.ids[place] = paper.id
        if paper.asked is not NOTHING_ASKED and paper.asked != NOTHING_ASKED:
            self.asked[place] = paper.asked

    @property
    def left(self) -> list[Remark]:
        """The remarks that no issue took along."""
        return [] if self.issues else self.remarks

    def collection(self) -> Collection:
        """Return what was gathered: one report, so the warnings go with the first issue."""
        if self.issues and self.remarks:
            self.remarks.sort(key=lambda remark: remark.line)
            self.issues[0] = dataclasses.replace(self.issues[0], warnings=tuple(self.remarks))
        return Collection(tuple(self.issues), self.marks, self.ids, self.asked)


class _Reader:
    """A file that was gone through once, and is read issue by issue."""

    def __init__(self, file: BinaryIO, named: str, source: str) -> None:
        self.index = Index(file, named)
        self.behind = 0
        self._file = file
        self._source = source

    def read(self, head: Head, places: list[Place], found: _Gathered) -> None:
        """Put the issue of the entries at *places* to what was *found*, unless none of them names a paper."""
        entries: list[Entry] = []
        for place in places:
            paper = self._paper(place, found.remarks)
            # A file that is changed while it is read may have other mentions by now.
            if paper is not None and place.mention < len(paper.entries):
                found.note((len(found.issues), len(entries)), paper)
                entries.append(paper.entries[place.mention])
        if entries:
            found.add(head, entries, self._source)

    def _paper(self, place: Place, remarks: list[Remark]) -> Stated | None:
        index, number = self.index, place.element
        line, length = index.lines[number], index.lengths[number]
        self._file.seek(index.starts[number])
        try:
            item = json_stream.decoded(self._file.read(length))
            paper = stated(item, line) if isinstance(item, Mapping) else None
        except (ValueError, RecursionError):
            remarks.append(Remark(line, "", "it could not be read a second time; the file may have been changed"))
            return None
        if index.seen(number):
            return paper
        self.behind += length
        if paper is None:
            why = "the paper has no title, abstract, identifier or link"
            remarks.append(Remark(line, excerpt(item), why))
        else:
            remarks.extend(doubts(item, line))
        return paper
