"""What the reader types, read as a search.

::

    self-supervised "contrastive learning" trans*     words, phrases, beginnings: all of them
    author:lovelace title:(poetry OR music) -survey   in a field; one of; not
    year:2019..2021 tag:ml is:unread has:code         what is known of the paper, and what the reader did with it
    arxiv:2010.10915 id:10.1145/3 key:saeed2020       identifiers and citation keys

Every word is the beginning of one; quotes make it whole. AND, OR and NOT are written large; AND binds closer than OR
and need not be written. What is not finished yet is taken for what it is so far, with a hint at what it waits for; it
is wrong only where it asks for nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.errors import QueryError
from tui.searching.fields import field_of, meaning, wish
from tui.searching.terms import ANYWHERE, Query, Term, both, either, without

__all__ = ["Query", "parse"]

LONGEST = 2_000
"""Letters that a search may have."""
DEEPEST = 20
"""Brackets that may stand within one another."""
MOST = 60
"""Words and conditions that a search may have."""

_SIGNS = str.maketrans(
    dict.fromkeys("“”„«»", '"')
    | {"（": "(", "）": ")", "\u2212": "-"}
    # A byte of a shell's words that is no UTF-8: no text of a library holds it, and SQLite takes none.
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
)
_PIECE = re.compile(
    r"(?P<open>\()|(?P<close>\))"
    r'|"(?P<phrase>[^"]*)(?P<end>"\*?)?'
    r"|(?P<minus>-+)(?=[^\s)])"
    r"|(?P<field>[^\W\d_]{2,15}|s2):(?!//)"
    r'|(?P<word>[^\s()"]+)'
)
_WORD = re.compile(r'[^\s()"]+')


@dataclass(frozen=True)
class _Piece:
    """A piece of the text: what it is, what it says, where it begins (from 1), and whether the text ends with it."""

    kind: str
    text: str
    place: int
    last: bool = False


def parse(text: str) -> Query:
    """Return the search that *text* means. Raises QueryError, in one sentence, where it cannot be meant."""
    if len(text) > LONGEST:
        raise QueryError(f"The search is {len(text):,} letters long; {LONGEST:,} are the most.")
    reading = _Reading(list(_pieces(text.translate(_SIGNS))))
    term = reading.all()
    if term is None and reading.hint:
        # It would find every paper, which nobody asked for.
        raise QueryError(reading.hint)
    return Query(term, reading.hint)


def _pieces(text: str) -> Iterator[_Piece]:
    place = 0
    while match := _PIECE.search(text, place):
        kind, said, start = match.lastgroup or "", match[0], match.start() + 1
        if kind == "field":
            said = field_of(match["field"], start) or ""
            if not said:
                # It is no field: the word with the colon in it is one of many.
                match = _WORD.match(text, match.start()) or match
                kind, said = "word", match[0]
        elif kind in ("phrase", "end"):
            # A phrase that is not closed is still being typed.
            kind, said = ("phrase" if match["end"] == '"' else "begun"), match["phrase"]
        elif kind == "word" and said in ("AND", "OR", "NOT"):
            kind = said
        place = match.end()
        yield _Piece(kind, said, start, last=place == len(text))


class _Reading:
    """The pieces of one search, read from left to right."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._next = 0
        self._depth = 0
        self._terms = 0
        self.hint = ""

    def _wait(self, hint: str) -> None:
        """Keep the first thing that the search waits for."""
        self.hint = self.hint or hint

    def all(self) -> Term | None:
        term = self._any(ANYWHERE)
        if piece := self._peek():
            raise QueryError(f"The bracket that closes at letter {piece.place} was never opened.")
        return term

    def _peek(self) -> _Piece | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _take(self, *kinds: str) -> _Piece | None:
        piece = self._peek()
        if piece is None or piece.kind not in kinds:
            return None
        self._next += 1
        return piece

    def _any(self, field: str) -> Term | None:
        """Read up to the end or to a closing bracket: alternatives, of which operators without words are dropped."""
        parts = [self._every(field)]
        while self._take("OR"):
            parts.append(self._every(field))
            if parts[-1] is None:
                self._wait("OR wants words on both sides.")
        return either([part for part in parts if part is not None])

    def _every(self, field: str) -> Term | None:
        parts = []
        while (piece := self._peek()) and piece.kind not in ("OR", "close"):
            if self._take("AND"):
                if self._ends():
                    self._wait("AND wants words on both sides.")
            elif (part := self._one(field)) is not None:
                parts.append(part)
        return both(parts)

    def _ends(self) -> bool:
        """Return whether nothing follows that could ask for anything."""
        piece = self._peek()
        return piece is None or piece.kind in ("OR", "AND", "close")

    def _one(self, field: str) -> Term | None:
        refused = False
        while self._take("NOT", "minus"):
            refused = True
        if refused and self._ends():
            self._wait("NOT wants a word behind it.")
        part = self._named(field)
        return without(part) if refused and part is not None else part

    def _named(self, field: str) -> Term | None:
        while piece := self._take("field"):
            field = piece.text
        if opened := self._take("open"):
            return self._bracket(field, opened.place)
        value = self._take("word", "phrase", "begun")
        if value is None:
            if field:
                self._wait(wish(field))
            return None
        self._terms += 1
        if self._terms > MOST:
            raise QueryError(f"The search asks for more than {MOST} things at once.")
        term = _valued(field, value)
        if term is None and value.kind != "word":
            self._wait("The quotes hold no word yet.")
        return term

    def _bracket(self, field: str, place: int) -> Term | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"More than {DEEPEST} brackets stand within one another at letter {place}.")
        term = self._any(field)
        self._depth -= 1
        if term is None:
            self._wait("The brackets hold nothing yet.")
        self._take("close")  # one that is missing is taken to stand at the end
        return term


def _valued(field: str, value: _Piece) -> Term | None:
    if value.kind != "word":
        return meaning(field, value.text, value.place, exact=value.kind == "phrase", last=value.last)
    return meaning(field, value.text.rstrip("*"), value.place, last=value.last)
