"""What services say of a paper, kept apart by service, what the reader decided on it, and what follows from both.

An :class:`Inquiry` is everything that was asked and answered and is what the library keeps; :class:`Choices` are the
reader's; :class:`Details` are made of the two by :mod:`tui.provenance` whenever a paper is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from tui.frozen import dataclass
from tui.model.clean import Clean
from tui.model.records import Link, Record

Kind = Literal["preprint", "published"]
Outcome = Literal["answered", "nothing", "failed"]
Via = Literal["identifier", "title", "abstract", "reader"]
Value = str | int | tuple[str, ...] | tuple[Link, ...]

READER = "reader"
"""The provider of what the reader wrote or chose."""


@dataclass(frozen=True)
class Answer(Clean):
    """What one service says of one work: its one record, and what it knows besides.

    ``id`` is the service's own name for it; ``kind`` says which version ``record`` is of, None where the service
    has no bibliographic record (stars, models, a PDF's place). ``identifiers`` are of the work, the schemes of
    :mod:`tui.identifiers` and a service's own (``dblp``, ``openalex``, ``s2``, ``pmid``). ``facts`` are named as in
    :data:`tui.provenance.FACTS`. ``withdrawn`` says in a sentence that and why it was withdrawn or retracted.
    ``fetched`` (ISO 8601, UTC) and ``via`` (how the work was found) are set by whoever asked.
    """

    LINES = frozenset({"abstract"})
    provider: str
    id: str
    kind: Kind | None = None
    record: Record = field(default_factory=Record)
    abstract: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    categories: tuple[str, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)
    withdrawn: str | None = None
    via: Via = "identifier"
    fetched: str | None = None

    @property
    def name(self) -> str:
        """What the answer is called in choices: ``crossref:10.1145/1``."""
        return f"{self.provider}:{self.id}"


@dataclass(frozen=True)
class Offer(Clean):
    """A record that may be the paper's, for the reader to say; ``why`` says what agrees and what differs.

    ``score`` is in percent.
    """

    answer: Answer
    score: int
    why: str


@dataclass(frozen=True)
class Reply(Clean):
    """How a question to a service ended, and when (ISO 8601, UTC); a failure says why, and perhaps until when.

    ``gave`` are the names of the answers that came of it.
    """

    question: str
    provider: str
    outcome: Outcome
    when: str
    why: str | None = None
    until: str | None = None
    gave: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inquiry(Clean):
    """All that services were asked about a paper and what they said.

    ``waiting`` is true from when the reader asked until every question has ended; ``done`` is when it last had.
    """

    answers: tuple[Answer, ...] = ()
    offers: tuple[Offer, ...] = ()
    replies: tuple[Reply, ...] = ()
    waiting: bool = False
    done: str | None = None

    @property
    def identifiers(self) -> dict[str, str]:
        """Every identifier that an answer gives, the first answer's where they differ."""
        return {name: value for answer in reversed(self.answers) for name, value in answer.identifiers.items()}


@dataclass(frozen=True)
class Choices(Clean):
    """What the reader decided on a paper's details; it survives every refresh.

    ``values`` are the reader's own words by field (authors joined by `` and ``), ``sources`` the service whose value
    is to be shown by field, ``taken`` and ``refused`` the names of offered answers, ``apart`` the
    papers that it is not one work with.
    """

    LINES = frozenset({"values"})
    values: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    version: Kind | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A value, who gives it, and when it was fetched (ISO 8601, UTC; None for the reader's own)."""

    value: Value
    provider: str
    fetched: str | None = None


@dataclass(frozen=True)
class Field:
    """A field of the details: the value that holds, and what the other services say."""

    name: str
    said: Said
    others: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Version:
    """A version of the paper: its one record, whose it is, and in a sentence why it is believed to be this paper's."""

    kind: Kind
    record: Record
    provider: str
    evidence: str


@dataclass(frozen=True)
class Details:
    """What is known of a paper beyond its issues.

    ``shown`` is the version that an export is built from, the reader's own edits in it; None where no service gave a
    record. ``question`` is true where both versions are there and the settings leave the choice to the reader.
    ``unheld`` is what services say of fields that the version shown leaves open; ``sources`` are the services whose
    answers are believed.
    """

    fields: Mapping[str, Field] = field(default_factory=dict)
    unheld: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    shown: Version | None = None
    question: bool = False
    offers: tuple[Offer, ...] = ()
    failures: tuple[Reply, ...] = ()
    withdrawn: str | None = None
    waiting: bool = False
    done: str | None = None
    sources: tuple[str, ...] = ()

    def value(self, name: str) -> Value | None:
        """Return the value of the field *name*, or None where nobody knows it."""
        found = self.fields.get(name)
        return found.said.value if found else None
