"""JSON read one element at a time, so that a large or a broken file gives what it holds up to the break."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, Literal, NamedTuple

from tui.digests.papers_shapes import PAPER_KEYS

MAX_CHARS = 400_000_000
"""The longest JSON text in memory that is taken apart; what stands behind it is reported and left."""

MAX_ELEMENT = 4_000_000
"""The longest element of a file that is read piece by piece, in characters: a paper with all that services said of it
has some 100,000."""

CHUNK = 1 << 20
"""How many bytes of a file are read at once."""

CSL_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report",
    "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
"""The item types of CSL 1.0.2 (schema csl-types)."""
_SPACE = re.compile(r"[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_LOOKED_AT = 50
_LONGEST_SIGN = 20
"""No word or escape of JSON is as long: what is wrong nearer to the end may be only cut."""

_DECODER = json.JSONDecoder(parse_constant=lambda name: None)


class Element(NamedTuple):
    """A value at the top of a JSON text, and the line (from 1) where it begins; ``broken`` says why the text ends.

    ``start`` and ``length`` are where it stands, in characters of a text and in bytes of a file.
    """

    value: Any
    line: int
    broken: str | None = None
    start: int = 0
    length: int = 0


class _Window:
    """The part of a JSON text that is looked at; what was seen is dropped and more is read as it is needed."""

    def __init__(self, text: str, read: Callable[[int], str] | None = None) -> None:
        self.text = text
        self.position = 0
        self.line = 1
        self.seen = 0
        self._read = read

    @property
    def whole(self) -> bool:
        """Whether the text ends where the window does."""
        return self._read is None

    @property
    def full(self) -> bool:
        """Whether no more may be read before something of it is passed by."""
        return self.whole or len(self.text) - self.position >= MAX_ELEMENT

    def more(self) -> None:
        """Read as much again as is there, so that an element of any length is looked at a few times only."""
        if self._read:
            rest = self.text[self.position :]
            piece = self._read(max(CHUNK, len(rest)))
            self.text, self.position = rest + piece, 0
            if not piece:
                self._read = None

    def at(self, sign: str) -> bool:
        """Return whether *sign* stands behind the blanks that come next, and pass them by."""
        while self.position >= len(self.text) or self.text[self.position] <= " ":
            if self.whole and self.position >= len(self.text):
                return False
            match = _SPACE.match(self.text, self.position)
            if match and match.end() > self.position:
                self.pass_by(match.end())
            elif self.position < len(self.text):
                break
            else:
                self.more()
        return self.text.startswith(sign, self.position)

    def at_comma(self) -> bool:
        """Return whether a comma comes next, and pass it by and the blanks round it."""
        match = _COMMA.match(self.text, self.position)
        if match and match.end() < len(self.text):
            self.pass_by(match.end())
            return True
        there = self.at(",")
        self.pass_by(self.position + there)
        return there

    def pass_by(self, end: int) -> None:
        """Go on to *end*."""
        self.line += self.text.count("\n", self.position, end)
        self.seen += end - self.position
        self.position = end

    @property
    def ended(self) -> bool:
        """Whether nothing is left, once the blanks were passed by."""
        return self.whole and self.position >= len(self.text)


def elements(text: str) -> Iterator[Element]:
    """Yield the elements of the list that *text* is, or the one object; the last says so if the text is broken."""
    return _elements(_Window(text), MAX_CHARS)


def file_elements(file: BinaryIO, limit: int, is_plain: Callable[[Any], bool]) -> Iterator[Element]:
    """Yield the elements of the JSON in *file* (UTF-8) as :func:`elements` does, up to *limit* bytes.

    The file is never held whole, and no element that is longer than :data:`MAX_ELEMENT`. Texts beyond ASCII are right
    only in an element that *is_plain* denies, and in the reports of what is broken: of most, only the place is asked.
    """
    first = file.read(len(codecs.BOM_UTF8))
    marked = first == codecs.BOM_UTF8
    # All that JSON is made of but the texts in it is ASCII, so bytes can be told from each other as letters; and a
    # letter is a byte then.
    window = _Window("" if marked else first.decode("latin-1"), lambda size: file.read(size).decode("latin-1"))
    start = len(first) if marked else 0
    for element in _elements(window, limit):
        here = element._replace(start=element.start + start)
        if here.broken:
            yield here._replace(value=_bytes(here.value).decode("utf-8", "ignore"))
        elif is_plain(here.value):
            yield here
        else:
            end = window.position
            yield here._replace(value=decoded(_bytes(window.text[end - here.length : end])))


def _bytes(letters: str) -> bytes:
    return letters.encode("latin-1")


def _elements(window: _Window, limit: int) -> Iterator[Element]:
    listed = window.at("[")
    if listed:
        window.pass_by(window.position + 1)
    while not (window.at("]") and listed) and not window.ended and window.seen < limit:
        line, start = window.line, window.seen
        value, end, why = _next(window)
        if why:
            yield Element(_excerpt(window), line, why, start)
            return
        length = end - window.position
        window.pass_by(end)
        yield Element(value, line, None, start, length)
        if not listed or not window.at_comma():
            break
    yield from _end(window, listed, limit)


def _next(window: _Window) -> tuple[Any, int, str | None]:
    """Return the value that stands next, where it ends, and why it cannot be read if it cannot."""
    while True:
        try:
            value, end = _DECODER.raw_decode(window.text, window.position)
        except (ValueError, RecursionError) as error:
            if not window.full and _may_go_on(error, window.text):
                window.more()
                continue
            return None, 0, _why(error, window)
        if end + _LONGEST_SIGN < len(window.text) or window.whole:
            return value, end, None
        # The first half of a number is a number too: "2" of "2.5e3".
        window.more()


def _may_go_on(error: Exception, text: str) -> bool:
    """Return whether *error* is what an element gives that is not there whole."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos > len(text) - _LONGEST_SIGN or error.msg.startswith("Unterminated string")


def _why(error: Exception, window: _Window) -> str:
    if not window.whole and _may_go_on(error, window.text):
        return f"an element is longer than {MAX_ELEMENT:,} characters; nothing is read from here on"
    why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep or a number too long"
    return f"the JSON is broken from here on: {why}"


def _end(window: _Window, listed: bool, limit: int) -> Iterator[Element]:
    """Say what is wrong with the end of the text, if anything is."""
    if listed and window.at("]"):
        window.pass_by(window.position + 1)
    elif listed:
        why = "the list is not closed" if window.seen < limit else f"only {limit} characters are read"
        yield Element(_excerpt(window), window.line, why)
        return
    window.at("")
    if not window.ended:
        yield Element(_excerpt(window), window.line, "text stands behind the JSON")


def _excerpt(window: _Window) -> str:
    return window.text[window.position : window.position + 200]


def decoded(data: bytes) -> Any:
    """Return the value that the bytes *data* of an element are; raises ValueError or RecursionError where none."""
    return _DECODER.decode(data.decode("utf-8", "replace"))


def contents(text: str) -> Literal["papers", "csl"] | None:
    """Return whether *text* is a JSON list (or object) of our papers or of CSL items, judged by its first elements."""
    if text.lstrip()[:1] not in ("[", "{"):
        return None
    seen = list(islice(elements(text), _LOOKED_AT))
    if seen and seen[-1].broken and text.lstrip().startswith("{"):
        # An object in front of prose is an example in a digest.
        return None
    for element in seen:
        if isinstance(element.value, Mapping) and (kind := _kind(element.value)):
            return kind
    return None


def _kind(item: Mapping[str, Any]) -> Literal["papers", "csl"] | None:
    if isinstance(item.get("mentions"), list) or isinstance(item.get("record"), Mapping):
        return "papers"
    kind = item.get("type")
    # A stranger's "type" may be a list or an object, which no set can be asked for.
    if (
        isinstance(kind, str)
        and kind in CSL_TYPES
        and set(item) & {"title", "author", "DOI", "URL", "issued", "container-title"}
    ):
        return "csl"
    named = item.get("title") or item.get("abstract") or item.get("identifiers")
    return "papers" if named and set(item) <= PAPER_KEYS else None
