"""What paperrack knows: frozen issues, entries, papers and marks, and pure functions on them.

An :class:`Issue` is a digest as published; an :class:`Entry` is what that issue says of one paper; a :class:`Paper`
is one work over all issues, with the reader's :class:`Marks`. Every string passes :func:`tui.text.clean` when one of
these is made, from whatever file, server or library it came, so nothing behind this edge holds an escape sequence.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal

from tui.identifiers import SCHEMES, Rel, arxiv_date
from tui.text import clean, clean_lines, clean_source, fold

State = Literal["new", "to read", "reading", "read", "dropped"]
STATES: tuple[State, ...] = ("new", "to read", "reading", "read", "dropped")

RecordType = Literal[
    "preprint", "conference", "workshop", "journal", "chapter", "book", "thesis", "report", "software", "dataset",
    "other",
]  # fmt: skip


class _Clean:
    """Cleans every string of a frozen dataclass as it is made; an empty optional string becomes None.

    Fields of many lines (abstracts, sections, posts, notes) are named in ``LINES``, those that are kept however long
    they are in ``WHOLE``.
    """

    LINES: typing.ClassVar[frozenset[str]] = frozenset()
    WHOLE: typing.ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        for name, gate, optional in _gates(typing.cast(Any, type(self))):
            value = getattr(self, name)
            if value is None or type(value) is int:
                continue
            cleaned = _cleaned(value, gate)
            if cleaned == "" and optional:
                cleaned = None
            if cleaned is not value:
                object.__setattr__(self, name, cleaned)


Gate = typing.Callable[[str], str]


@lru_cache(maxsize=32)
def _gates(kind: type[_Clean]) -> tuple[tuple[str, Gate, bool], ...]:
    """Return each field's name, what cleans it, and whether None stands for an empty text there."""

    def gate(name: str) -> Gate:
        return clean_source if name in kind.WHOLE else clean_lines if name in kind.LINES else clean

    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # only dataclasses inherit from _Clean
    return tuple((item.name, gate(item.name), item.default is None) for item in fields)


def _cleaned(value: Any, gate: Gate) -> Any:
    if isinstance(value, str):
        return gate(value)
    if isinstance(value, (tuple, list)):
        return tuple(part for part in (_cleaned(each, gate) for each in value) if part != "")
    if isinstance(value, Mapping):
        return {gate(str(name)): _cleaned(each, gate) for name, each in value.items()}
    return value


@dataclass(frozen=True)
class Link(_Clean):
    """An address that an entry states, and what it leads to."""

    url: str
    rel: Rel = "other"


@dataclass(frozen=True)
class Section(_Clean):
    """What an issue writes of a paper under a heading of its own, such as ``What is it?``."""

    LINES = frozenset({"text"})
    heading: str
    text: str


@dataclass(frozen=True)
class Post(_Clean):
    """A post that an issue quotes; ``handle`` stands without ``@``, ``date`` is ISO 8601."""

    LINES = frozenset({"text"})
    text: str
    author: str | None = None
    handle: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Remark(_Clean):
    """A line (counted from 1) that a parser did not understand, its text, and why in one phrase."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Record(_Clean):
    """One bibliographic record, from one source: what an export is built from. Names are ``Given Family``."""

    type: RecordType = "other"
    title: str | None = None
    authors: tuple[str, ...] = ()
    more_authors: int = 0
    year: int | None = None
    month: int | None = None
    venue: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    publisher: str | None = None
    editors: tuple[str, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    primary_class: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Entry(_Clean):
    """What one issue says of one paper, as printed.

    ``date`` is the date that the issue prints beside the paper (ISO 8601, perhaps a year alone); ``year`` is the
    paper's own, where it is stated. ``authors`` are ``Given Family``, ``more_authors`` counts those not named.
    ``record`` is set where the source states a whole bibliographic record.
    """

    LINES = frozenset({"abstract"})
    title: str | None = None
    authors: tuple[str, ...] = ()
    more_authors: int = 0
    submitter: str | None = None
    date: str | None = None
    year: int | None = None
    venue: str | None = None
    abstract: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()
    posts: tuple[Post, ...] = ()
    categories: tuple[str, ...] = ()
    metrics: Mapping[str, int | float] = field(default_factory=dict)
    record: Record | None = None
    line: int = 0


@dataclass(frozen=True)
class Issue(_Clean):
    """A digest as published, whole and in order; ``format`` took it apart, and readers call it ``kind``.

    ``text`` is the source as the parser saw it, the lines that ``warnings`` count; ``address`` is its own on the
    web; ``source`` is where the reader took it from; ``taken`` is when (ISO 8601, UTC).
    """

    LINES = frozenset({"introduction"})
    WHOLE = frozenset({"text"})
    id: str
    title: str
    entries: tuple[Entry, ...]
    format: str
    series: str | None = None
    number: str | None = None
    date: str | None = None
    introduction: str | None = None
    address: str | None = None
    source: str | None = None
    taken: str | None = None
    text: str = ""
    warnings: tuple[Remark, ...] = ()
    kind: str | None = None

    @property
    def order(self) -> tuple[str, tuple[int, ...], str]:
        """What issues are sorted by, oldest first: date, number, then when they were taken in."""
        digits = tuple(int(part[:9]) for part in (self.number or "").replace("-", ".").split(".") if part.isdecimal())
        return self.date or "", digits, self.taken or ""


@dataclass(frozen=True)
class Marks(_Clean):
    """What the reader did with a paper. ``key`` is the citation key once it is kept."""

    LINES = frozenset({"note"})
    marked: bool = False
    starred: bool = False
    state: State = "new"
    tags: tuple[str, ...] = ()
    note: str = ""
    key: str | None = None

    @property
    def read(self) -> bool:
        """Whether the paper has left the unread count."""
        return self.state in ("read", "dropped")


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
    """One work over all the issues that speak of it; ``mentions`` stand newest first and there is at least one."""

    id: str
    mentions: tuple[Mention, ...]
    marks: Marks = Marks()

    def _best(self, name: str) -> Any:
        return next((value for value in (getattr(m.entry, name) for m in self.mentions) if value), None)

    @cached_property
    def title(self) -> str | None:
        """The title that the newest issue prints."""
        return self._best("title") or (self.stated.title if self.stated else None)

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
        """The longest list of authors that an issue prints."""
        return self._byline.authors or (self.stated.authors if self.stated else ())

    @property
    def more_authors(self) -> int:
        """How many authors that issue counts without naming them."""
        return self._byline.more_authors

    @cached_property
    def abstract(self) -> str | None:
        """The longest abstract that an issue prints; digests cut them."""
        return max((m.entry.abstract or "" for m in self.mentions), key=len) or None

    @cached_property
    def venue(self) -> str | None:
        """The venue that an issue or a stated record names."""
        return self._best("venue") or (self.stated.venue if self.stated else None)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """Scheme to identifier, the strongest scheme first, over all mentions."""
        known = {name: value for m in reversed(self.mentions) for name, value in m.entry.identifiers.items()}
        return {name: known[name] for name in (*SCHEMES, *sorted(set(known) - set(SCHEMES))) if name in known}

    @cached_property
    def year(self) -> int | None:
        """The paper's year: stated, or the one that its arXiv id was given in."""
        if year := self._best("year") or (self.stated.year if self.stated else None):
            return int(year)
        date = arxiv_date(self.identifiers.get("arxiv", ""))
        return date[0] if date else None

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every address that an issue states of it, once, newest issue first."""
        found: dict[str, Link] = {}
        for link in (link for mention in self.mentions for link in mention.entry.links):
            found.setdefault(link.url, link)
        return tuple(found.values())

    @cached_property
    def searched(self) -> str:
        """The words that a plain search looks through, folded."""
        words = [self.id, *self.identifiers.values(), *self.marks.tags, self.marks.note, self.venue, self.abstract]
        for mention in self.mentions:
            entry = mention.entry
            words += [entry.title, *entry.authors, *(f"{part.heading} {part.text}" for part in entry.sections)]
            words += [f"{post.author or ''} {post.text}" for post in entry.posts]
            words += entry.categories
        return fold("\n".join(word for word in words if word))


@dataclass(frozen=True)
class IssueRow:
    """An issue as the list of issues shows it: its group (series or kind) and how many papers are unread."""

    id: str
    group: str
    title: str
    number: str | None
    date: str | None
    papers: int
    unread: int
