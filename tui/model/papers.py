"""A paper over all the issues that speak of it, and what the reader did with it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from tui.frozen import dataclass
from tui.identifiers import SCHEMES, arxiv_date, urlsplit_or_none
from tui.model.clean import Clean
from tui.model.details import Details
from tui.model.issues import Entry
from tui.model.records import Link, Record
from tui.text import fold, shown

State = Literal["new", "to read", "reading", "read", "dropped"]
STATES: tuple[State, ...] = ("new", "to read", "reading", "read", "dropped")


@dataclass(frozen=True)
class Marks(Clean):
    """What the reader did with a paper. ``key`` is the citation key once it is kept.

    One that is ``removed`` is in no list and in no count, whatever issue speaks of it.
    """

    WRITTEN = frozenset({"note"})
    marked: bool = False
    starred: bool = False
    state: State = "new"
    tags: tuple[str, ...] = ()
    note: str = ""
    key: str | None = None
    removed: bool = False

    @property
    def read(self) -> bool:
        """Whether the reader is done with the paper."""
        return self.state in ("read", "dropped")

    @property
    def unread(self) -> bool:
        """Whether nothing is decided on the paper yet: one that is kept to be read has left the unread count."""
        return self.state == "new"


@dataclass(frozen=True)
class Mention:
    """An issue that speaks of a paper, the place (from 1) where it does, and what it says."""

    issue: str
    issue_title: str
    series: str | None
    number: str | None
    date: str | None
    position: int
    entry: Entry


@dataclass(frozen=True)
class Paper:
    """One work over all the issues that speak of it; ``mentions`` stand newest first and there is at least one.

    What services say comes before what issues print, and the reader's own edits before both: ``details`` has them
    in that order.
    """

    id: str
    mentions: tuple[Mention, ...]
    marks: Marks = Marks()
    details: Details | None = None

    def _best(self, name: str) -> Any:
        return next((value for value in (getattr(m.entry, name) for m in self.mentions) if value), None)

    def _known(self, name: str) -> Any:
        return self.details.value(name) if self.details else None

    @cached_property
    def title(self) -> str | None:
        """The title that a service gives, else the one that the newest issue prints."""
        return self._known("title") or self._best("title") or (self.stated.title if self.stated else None)

    @cached_property
    def stated(self) -> Record | None:
        """The newest whole record that a source stated."""
        record = self._best("record")
        return record if isinstance(record, Record) else None

    @cached_property
    def _byline(self) -> Entry:
        """The entry that names the most authors; of two alike, the newer."""
        return max((m.entry for m in self.mentions), key=lambda entry: (len(entry.authors), -entry.more_authors))

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors that a service names, else the longest list that an issue prints."""
        known: tuple[str, ...] = self._known("authors") or ()
        return known or self._byline.authors or (self.stated.authors if self.stated else ())

    @property
    def more_authors(self) -> int:
        """How many authors are counted without being named."""
        return 0 if self._known("authors") else self._byline.more_authors

    @cached_property
    def abstract(self) -> str | None:
        """The abstract that a service gives, else the longest that an issue prints; digests cut them."""
        return self._known("abstract") or max((m.entry.abstract or "" for m in self.mentions), key=len) or None

    @cached_property
    def venue(self) -> str | None:
        """The venue that a service, an issue or a stated record names."""
        return self._known("venue") or self._best("venue") or (self.stated.venue if self.stated else None)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """Scheme to identifier, the strongest scheme first: what issues state, and what services add."""
        known: dict[str, str] = {name: str(self._known(name)) for name in SCHEMES if self._known(name)}
        known |= {name: value for m in reversed(self.mentions) for name, value in m.entry.identifiers.items()}
        return {name: known[name] for name in (*SCHEMES, *sorted(set(known) - set(SCHEMES))) if name in known}

    @cached_property
    def year(self) -> int | None:
        """The paper's year: found, stated, or the one that its arXiv id was given in."""
        if year := self._known("year") or self._best("year") or (self.stated.year if self.stated else None):
            return int(year)
        date = arxiv_date(self.identifiers.get("arxiv", ""))
        return date[0] if date else None

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every address that an issue states of it, once, newest issue first; then those that services add.

        A library that somebody else wrote in may hold others than those of the web; they are no addresses.
        """
        found: dict[str, Link] = {}
        added: tuple[Link, ...] = self._known("links") or ()
        for link in (*(link for mention in self.mentions for link in mention.entry.links), *added):
            if urlsplit_or_none(link.url):
                found.setdefault(link.url, link)
        return tuple(found.values())

    @property
    def talked_about(self) -> str:
        """How often it was, as ``in 3 issues, 5 posts``; empty where one issue speaks of it, with one post at most."""
        issues = len({mention.issue for mention in self.mentions})
        posts = len({(post.author, post.text) for mention in self.mentions for post in mention.entry.posts})
        if issues < 2 and posts < 2:
            return ""
        said = f"in {issues:,} {'issues' if issues > 1 else 'issue'}"
        return f"{said}, {posts:,} {'posts' if posts > 1 else 'post'}" if posts else said

    @cached_property
    def searched(self) -> str:
        """The words that a plain search looks through, folded."""
        words = [self.id, *self.identifiers.values(), *self.marks.tags, self.marks.note, self.venue, self.abstract]
        words += [self.title, *self.authors]
        for mention in self.mentions:
            entry = mention.entry
            words += [entry.title, *entry.authors, *(f"{part.heading} {part.text}" for part in entry.sections)]
            words += [f"{post.author or ''} {post.text}" for post in entry.posts]
            words += entry.categories
        return fold("\n".join(word for word in words if word))


NAMED = 3
"""How many authors a row names."""

OPENING = 300
"""Letters of an abstract that stand for a title in a row."""


@dataclass(frozen=True)
class PaperRow:
    """A paper as a list shows it.

    ``title`` is for display: without a title (``titled`` is false then) it is how the abstract begins, in quotes, else
    an address or the id. ``authors`` are the first of them, :data:`NAMED` at most; ``more_authors`` counts those that
    are not among these. ``asks`` says that a record is offered which may be the paper, ``noted`` that there is a note
    on it; ``issues`` is how many speak of it.
    """

    id: str
    title: str
    titled: bool = True
    authors: tuple[str, ...] = ()
    more_authors: int = 0
    year: int | None = None
    marked: bool = False
    starred: bool = False
    state: State = "new"
    asks: bool = False
    issues: int = 1
    noted: bool = False
    tags: tuple[str, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether nothing is decided on the paper yet."""
        return self.state == "new"

    @classmethod
    def of(cls, paper: Paper) -> PaperRow:
        """Return the row of *paper*."""
        authors = paper.authors
        return cls(
            paper.id,
            _display_title(paper),
            bool(paper.title),
            tuple(shown(name) for name in authors[:NAMED]),
            paper.more_authors + len(authors[NAMED:]),
            paper.year,
            paper.marks.marked,
            paper.marks.starred,
            paper.marks.state,
            bool(paper.details and paper.details.offers),
            len({mention.issue for mention in paper.mentions}),
            bool(paper.marks.note),
            paper.marks.tags,
        )


def _display_title(paper: Paper) -> str:
    if paper.title:
        return shown(paper.title)
    if paper.abstract:
        return f"“{shown(paper.abstract[:OPENING]).replace(chr(10), ' ')}”"
    return paper.links[0].url if paper.links else paper.id
