"""One bibliographic record, and an address with what it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from tui.frozen import dataclass
from tui.identifiers import Rel
from tui.model.clean import Clean

RecordType = Literal[
    "preprint", "conference", "workshop", "journal", "chapter", "book", "thesis", "report", "software", "dataset",
    "other",
]  # fmt: skip


@dataclass(frozen=True)
class Link(Clean):
    """An address that an entry states, and what it leads to."""

    url: str
    rel: Rel = "other"


@dataclass(frozen=True)
class Record(Clean):
    """One bibliographic record, from one source: what an export is built from. Names are ``Given Family``.

    ``more`` is what it states besides, by BibLaTeX's names of the fields: ``edition``, ``isbn``, ``series``, ``note``.
    """

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
    more: Mapping[str, str] = field(default_factory=dict)
