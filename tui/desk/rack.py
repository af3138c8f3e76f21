"""The papers over all issues: assembled from the library's files when they are asked for, by way of the catalogue.

Nothing here holds all papers. What is kept in memory is what was looked at last.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tui.catalogue import Catalogue, Place
from tui.desk import describing
from tui.desk.describing import mention_of
from tui.desk.just_put import JustPut
from tui.errors import UnknownError
from tui.identifiers import SCHEMES
from tui.library import Library, PaperState, StaleError
from tui.library.contents import NOWHERE, IssueContents, Stamp
from tui.model import Answer, Choices, Details, Entry, Inquiry, Issue, Marks, Mention, Paper, Record
from tui.shapes import restore

NO_CHOICES = Choices()
NOTHING_ASKED = Inquiry()

_RECENT = 600
"""Papers, and heads of issues, that are kept in memory."""

_TRIES = 5
"""How often a paper is assembled anew whose file another program replaced meanwhile."""

_K = TypeVar("_K")
_V = TypeVar("_V")


class Recent(dict[_K, _V]):
    """What was asked for last, by its name: the older half goes when there are more than *most*."""

    def __init__(self, most: int = _RECENT) -> None:
        super().__init__()
        self._most = most
        self._lock = threading.Lock()

    def keep(self, name: _K, value: _V) -> _V:
        """Keep *value* under *name* and return it."""
        with self._lock:
            if len(self) >= self._most:
                for old in list(self)[: self._most // 2]:
                    self.pop(old, None)
            self[name] = value
        return value


class Rack:
    """Papers and issues of a library, by their ids."""

    def __init__(self, library: Library, catalogue: Catalogue, prefer: str = "published") -> None:
        self.library = library
        self.catalogue = catalogue
        self.on_stale: Callable[[], object] = lambda: None
        self.on_new: Callable[[], object] = lambda: None
        self._prefer = prefer
        self._papers: Recent[str, Paper] = Recent()
        self._heads: Recent[int, Issue] = Recent()
        self._inquiries: Recent[str, Inquiry] = Recent()
        self._entries: Recent[tuple[str, Stamp, int], Entry] = Recent()
        self.just_put = JustPut()

    # Papers

    def __contains__(self, name: str) -> bool:
        return self.catalogue.papers.listed(self.canonical(name))

    def ids(self) -> Iterator[str]:
        """Yield the id of every paper that an issue speaks of, in no order that means anything."""
        rows = self.catalogue.store.execute("SELECT id FROM papers WHERE listed ORDER BY num").fetchall()
        return (name for (name,) in rows)

    def canonical(self, name: str) -> str:
        """Return the id that *name* goes by now: identities that were found to be one work lead to it."""
        papers = self.catalogue.papers
        num = papers.number(name)
        now = num if num is None else papers.now(num)
        return name if now is None or now == num else papers.name(now)

    def paper(self, name: str) -> Paper:
        """Return the paper with the canonical id *name*. Raises KeyError where no issue speaks of it."""
        known = self._papers.get(name)
        return known if known is not None else self._papers.keep(name, self._fresh(name))

    def _fresh(self, name: str) -> Paper:
        tries = 0
        while True:
            num = self.catalogue.papers.number(name)
            if num is None or not self.catalogue.papers.listed(name):
                raise KeyError(name)
            try:
                return self.assembled(
                    name, self.catalogue.issues.places([num])[num], self.state(name), self.shape(name)
                )
            except StaleError:
                if tries == _TRIES:
                    raise
                tries += 1
                self.on_stale()

    def assembled(
        self,
        name: str,
        places: Sequence[Place],
        state: PaperState,
        shape: Mapping[str, Any],
        read: IssueContents | None = None,
    ) -> Paper:
        """Return the paper called *name*, of which issues speak in *places*, with what is kept of it.

        *shape* is what services said; an issue that was just *read* is not read again.
        """
        found = []
        for place in places:
            head = self.head(place.issue)
            if read is not None and place.file == read.file:
                entry = read.issue.entries[place.position - 1]
            else:
                entry = self._entry(place)
            found.append((head.order, head.id, -place.position, mention_of(head, place.position, entry)))
        if not found:
            raise KeyError(name)
        found.sort(key=lambda each: each[:3], reverse=True)
        mentions = tuple(mention for *_, mention in found)
        details = self._details(name, state, mentions) if shape or state.choices != NO_CHOICES else None
        return Paper(name, mentions, state.marks, details)

    def _stamp(self, file: str) -> Stamp | None:
        """Return the stamp of *file*, which is waited for where it is still on its way to the disk."""
        stamp = self.catalogue.files.stamp(file)
        if stamp == NOWHERE:
            self.on_new()
            stamp = self.catalogue.files.stamp(file)
        return stamp

    def _entry(self, place: Place) -> Entry:
        if place.file in self.just_put:
            held = self.just_put.entry(place.file, self.catalogue.files.stamp(place.file), place.position)
            if held is not None:
                return held
        stamp = self._stamp(place.file)
        if stamp is None:
            raise StaleError(place.file)
        # Whose paper an entry speaks of is found out first, and then what that paper is by now.
        name = (place.file, stamp, place.start)
        known = self._entries.get(name)
        if known is None:
            known = self._entries.keep(name, self.library.entry(place.file, stamp, place.start, place.length)[0])
        return known

    def _details(self, name: str, state: PaperState, mentions: Iterable[Mention]) -> Details | None:
        from tui.provenance import details_of

        return details_of(self.inquiry(name), state.choices, stated_by(mentions), self._prefer)

    # What is kept of them

    def state(self, name: str) -> PaperState:
        """Return what the reader did with the paper."""
        return self.catalogue.kept.state(name)

    def marks(self, name: str) -> Marks:
        """Return the reader's marks of the paper, the default ones where it has none."""
        return self.state(name).marks

    def choices(self, name: str) -> Choices:
        """Return what the reader decided on the paper's details."""
        return self.state(name).choices

    def inquiry(self, name: str) -> Inquiry:
        """Return what services were asked about the paper and said."""
        known = self._inquiries.get(name)
        return known if known is not None else self._inquiries.keep(name, restore(Inquiry, self.shape(name)))

    def shape(self, name: str) -> Mapping[str, Any]:
        """Return what services were asked about the paper and said, in its plain shape."""
        for _ in range(_TRIES):
            found = self.catalogue.kept.inquiry(name)
            if found is None:
                return {}
            file, start, length, shape = found
            if shape is not None:
                return shape
            try:
                stamp = self.catalogue.files.stamp(file)
                return self.library.inquiry(file, stamp or (0, 0, 0), start, length)
            except StaleError:
                self.on_stale()
        return {}

    def remember(self, inquiries: Mapping[str, Inquiry]) -> None:
        """Hold what services said of papers: it is kept now."""
        self.forget(inquiries)
        for name, inquiry in inquiries.items():
            self._inquiries.keep(name, inquiry)

    # Issues

    def has_issue(self, name: str) -> bool:
        """Return whether there is an issue with the id *name*."""
        return self.catalogue.issues.number(name) is not None

    def issue_ids(self, start: str = "", most: int | None = None) -> tuple[str, ...]:
        """Return the ids of issues that begin with *start*, sorted."""
        return self.catalogue.issues.ids(start, most)

    def issue(self, name: str) -> Issue:
        """Return the issue, whole. Raises UnknownError where it is not here any more."""
        file = self.catalogue.issues.file_of(name)
        if file:
            self._stamp(file)
        found = self.library.read(file) if file else None
        if not isinstance(found, IssueContents):
            raise UnknownError(f"There is no issue {name} in the library.")
        return found.issue

    def head(self, num: int) -> Issue:
        """Return the issue with that number in the catalogue, without its entries and text."""
        known = self._heads.get(num)
        if known is None:
            known = self._heads.keep(num, self.catalogue.issues.heads([num])[num])
        return known

    def head_of(self, name: str) -> Issue:
        """Return the issue without its entries and text. Raises UnknownError where it is not here."""
        num = self.catalogue.issues.number(name)
        if num is None:
            raise UnknownError(f"There is no issue {name} in the library.")
        return self.head(num)

    def order(self, name: str) -> tuple[str, ...]:
        """Return the id of the paper that each entry of the issue speaks of, in order."""
        return self.catalogue.issues.order(name)

    # Memory

    def forget_head(self, num: int) -> None:
        """Drop what is known of the issue with that number in the catalogue: it is another one now."""
        self._heads.pop(num, None)

    def forget(self, names: Iterable[str]) -> None:
        """Drop what was assembled of these papers: they are others now."""
        for name in names:
            self._papers.pop(name, None)
            self._inquiries.pop(name, None)

    def forget_papers(self, names: Iterable[str]) -> None:
        """Drop the papers, but not what services said of them."""
        for name in names:
            self._papers.pop(name, None)

    def forget_all(self) -> None:
        """Drop all that was assembled."""
        for kept in (self._papers, self._heads, self._inquiries, self._entries):
            kept.clear()
        self.just_put.clear()


def known_of(paper: Paper) -> tuple[Answer, ...]:
    """Return the paper as services have it, and as its issues print it, where they print another title."""
    printed = Paper(paper.id, paper.mentions)
    found = [Answer("", paper.id, record=Record(title=paper.title, authors=paper.authors))]
    if printed.title and printed.title != paper.title:
        found.append(Answer("", paper.id, record=Record(title=printed.title, authors=printed.authors or paper.authors)))
    return tuple(found)


def strength(name: str) -> tuple[int, str]:
    """What sorts the strongest identity first."""
    kind = name.partition(":")[0]
    kinds = (*SCHEMES, "title", "text", "link")
    return (kinds.index(kind) if kind in kinds else len(kinds)), name


def stated_by(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the identifiers that issues state, the first mention's where they differ."""
    return describing.stated_by(mention.entry for mention in mentions)
