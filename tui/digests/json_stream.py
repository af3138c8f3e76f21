"""JSON read one element at a time, so that a large or a broken file gives what it holds up to the break."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from tui.digests.papers_shapes import PAPER_KEYS

MAX_CHARS = 400_000_000
"""The longest JSON that is taken apart; what stands behind it is reported and left."""

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
_LOOKED_AT = 50


@dataclass(frozen=True)
class Element:
    """A value at the top of a JSON text, and the line (from 1) where it begins; ``broken`` says why the text ends."""

    value: Any
    line: int
    broken: str | None = None


def elements(text: str) -> Iterator[Element]:
    """Yield the elements of the list that *text* is, or the one object; the last says so if the text is broken."""
    decoder = json.JSONDecoder(parse_constant=lambda name: None)
    position = _blank(text, 0)
    listed = text.startswith("[", position)
    position = _blank(text, position + 1) if listed else position
    counted, line = 0, 1
    while position < min(len(text), MAX_CHARS) and not (listed and text[position] == "]"):
        line += text.count("\n", counted, position)
        counted = position
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep or a number too long"
            yield Element(text[position : position + 200], line, f"the JSON is broken from here on: {why}")
            return
        yield Element(value, line)
        position = _blank(text, position)
        if not listed:
            break
        if not text.startswith(",", position):
            break
        position = _blank(text, position + 1)
    yield from _end(text, position, listed, line + text.count("\n", counted, position))


def _end(text: str, position: int, listed: bool, line: int) -> Iterator[Element]:
    """Say what is wrong with the end of *text*, if anything is."""
    if listed and position < len(text) and text[position] == "]":
        position = _blank(text, position + 1)
    elif listed:
        why = "the list is not closed" if position < MAX_CHARS else f"only {MAX_CHARS} characters are read"
        yield Element(text[position : position + 200], line, why)
        return
    if position < len(text):
        yield Element(text[position : position + 200], line, "text stands behind the JSON")


def _blank(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


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
