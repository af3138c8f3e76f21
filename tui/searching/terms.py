"""What a search is made of, and the one way to write it down.

:func:`~tui.searching.query.parse` makes these; ``str`` gives a text that is read as the same again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

ANYWHERE = ""
"""The field of words that may stand anywhere."""

COLUMN_OF = {"title": "title", "author": "authors", "abstract": "abstract", "note": "notes", "id": "ids"}
"""Fields that are columns of the full text."""

IN_TABLES = ("issue", "series", "venue", "tag", "key")
"""Fields that are looked up in tables of the catalogue."""

SHOWN = (ANYWHERE, "title", "author", "abstract", "note", "venue")
"""Fields whose words are seen in what is shown of a paper."""

STATES = ("unread", "read", "marked", "starred", "dropped", "reading", "to read", "asks", "new", "tagged", "noted")
"""What may stand behind ``is:``."""

FIRST_YEAR, LAST_YEAR = 0, 9999

FEWEST, MOST = 0, 9999
"""How many issues may be asked for that speak of a paper."""


@dataclass(frozen=True)
class Words:
    """Words one after the other in *field*, folded, a blank between each; with *prefix* the last may go on."""

    field: str
    text: str
    prefix: bool = True

    def __str__(self) -> str:
        quoted = f'"{self.text}"' if not self.prefix or " " in self.text or not self.text.isalnum() else self.text
        star = "*" if self.prefix and quoted[0] == '"' else ""
        return f"{self.field}:{quoted}{star}" if self.field else f"{quoted}{star}"


@dataclass(frozen=True)
class Years:
    """Papers from the year *first* to the year *last*, both with."""

    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return f"year:{self.first:04}"
        first = "" if self.first == FIRST_YEAR else f"{self.first:04}"
        return f"year:{first}..{'' if self.last == LAST_YEAR else f'{self.last:04}'}"


@dataclass(frozen=True)
class Issues:
    """Papers of which at least *fewest* and at most *most* issues speak."""

    fewest: int
    most: int

    def __str__(self) -> str:
        if self.fewest == self.most:
            return f"issues:{self.fewest}"
        fewest = "" if self.fewest == FEWEST else f"{self.fewest}"
        return f"issues:{fewest}..{'' if self.most == MOST else f'{self.most}'}"


@dataclass(frozen=True)
class Is:
    """Papers in one of :data:`STATES`."""

    state: str

    def __str__(self) -> str:
        return f"is:{self.state.replace(' ', '-')}"


@dataclass(frozen=True)
class Has:
    """Papers that have what ``HAS`` of the catalogue's schema names."""

    what: str

    def __str__(self) -> str:
        return f"has:{self.what}"


@dataclass(frozen=True)
class Not:
    """What *part* does not find."""

    part: Term

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, (And, Or)) else f"-{self.part}"


@dataclass(frozen=True)
class And:
    """What every one of *parts* finds; there are at least two, and none of them is an And."""

    parts: tuple[Term, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Or:
    """What one of *parts* finds; there are at least two, and none of them is an Or."""

    parts: tuple[Term, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Condition = Words | Years | Issues | Is | Has
Term = Condition | Not | And | Or


def both(parts: list[Term]) -> Term | None:
    """Return the term of all of *parts*; None where there are none."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, And) else (part,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def either(parts: list[Term]) -> Term | None:
    """Return the term of one of *parts*; None where there are none."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, Or) else (part,))]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def without(part: Term) -> Term:
    """Return the term of what *part* does not find."""
    return part.part if isinstance(part, Not) else Not(part)


def wanted(term: Term | None) -> Iterator[Words]:
    """Yield the words that *term* asks for, not those that it refuses."""
    if isinstance(term, Words):
        yield term
    elif isinstance(term, (And, Or)):
        for part in term.parts:
            yield from wanted(part)


def has_choice(term: Term) -> bool:
    """Return whether *term* can find papers though nothing holds one of its words."""
    if isinstance(term, And):
        return any(map(has_choice, term.parts))
    return isinstance(term, Or)


@dataclass(frozen=True)
class Query:
    """A search: its term, None where nothing is asked for. ``str`` writes it in the one form of its meaning.

    ``hint`` says, in a sentence, what of it is not finished, and so asks for nothing yet.
    """

    term: Term | None = None
    hint: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return self.term is not None

    def __str__(self) -> str:
        return "" if self.term is None else str(self.term)
