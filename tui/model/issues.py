"""An issue as published, and what it says of papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from tui.frozen import dataclass
from tui.model.clean import Clean
from tui.model.records import Link, Record


@dataclass(frozen=True)
class Section(Clean):
    """What an issue writes of a paper under a heading of its own, such as ``What is it?``."""

    LINES = frozenset({"text"})
    heading: str
    text: str


@dataclass(frozen=True)
class Post(Clean):
    """A post that an issue quotes; ``handle`` stands without ``@``, ``date`` is ISO 8601."""

    LINES = frozenset({"text"})
    text: str
    author: str | None = None
    handle: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Remark(Clean):
    """A line (counted from 1) that a parser did not understand, its text, and why in one phrase."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Entry(Clean):
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
class Issue(Clean):
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


class IssueRow(NamedTuple):
    """An issue as the list of issues shows it: its group (series or kind) and how many papers are unread.

    A tuple: a start makes one of every issue of the library.
    """

    id: str
    group: str
    title: str
    number: str | None
    date: str | None
    papers: int
    unread: int
