"""A digest as one stream of blocks: headings, paragraphs, items and table rows, each with its line and its links.

A text's lines and a page's elements become the same :class:`Block`, so a format has one parser. Markdown (CommonMark's
headings, items, links, and GitHub's tables) is read in texts; what is no Markdown stands as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from tui.digests.once import once
from tui.identifiers import Found, find, find_urls, may_name, same_address
from tui.text import clean

Kind = Literal["text", "heading", "item", "numbered", "quote", "row", "image", "rule"]

MAX_LINE = 20_000
"""A longer line is text and nothing else: no digest's heading, item or row is that long."""

ODD = {
    **dict.fromkeys(
        map(ord, "\xa0\u1680\u202f\u205f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"), " "
    ),
    **dict.fromkeys(
        map(ord, "\xad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"), None
    ),
}
"""Blanks that look like blanks, and marks that nobody sees: what parsers would stumble over (see tui.text)."""

_BOLD = re.compile(
    r"(?<![\w*])\*\*(?=\S)([^*\n]{1,600})(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=\S)([^_\n]{1,600})(?<=\S)__(?!\w)"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,600})(?<=[^\s*])\1(?![\w*])"
    r"|(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{1,600})(?<=[^\s_])\3(?!\w)"
    r"|(?<!`)(`)(?=[^\s`])([^`\n]{1,300})`(?!`)"
)


@dataclass(frozen=True)
class Anchor:
    """A link in a block: the words that are linked, and where they stand in its text (end exclusive)."""

    label: str
    url: str
    start: int
    end: int


def covers(links: Iterable[Anchor]) -> Callable[[int], bool]:
    """Return what tells whether a place in a text stands in one of *links*, without a look at each of them."""
    ordered = sorted((anchor.start, anchor.end) for anchor in links)
    starts = [start for start, _ in ordered]
    ends = list(accumulate((end for _, end in ordered), max))

    def is_covered(place: int) -> bool:
        before = bisect_right(starts, place)
        return before > 0 and place < ends[before - 1]

    return is_covered


@dataclass(frozen=True)
class Block:
    """One line of a text, or one line that an element of a page draws.

    ``gap`` says that a blank line, or the border of an element, stands before it. ``quote`` numbers the quotation that
    it stands in, from 1. ``furniture`` is what a site puts round what it publishes: menus, buttons, its own footer.
    ``indent`` is how far it is set in: a text's columns, or on a page two for each list round its own, and one more
    where its item began with another block.
    """

    text: str
    line: int
    kind: Kind = "text"
    level: int = 0
    gap: bool = False
    links: tuple[Anchor, ...] = ()
    quote: int = 0
    furniture: bool = False
    spans: tuple[tuple[int, int], ...] | None = None
    indent: int = 0

    @once
    def plain(self) -> str:
        """The text without Markdown's emphasis, as one clean line."""
        return unemphasised(self.text)

    @once
    def bold(self) -> tuple[tuple[int, int, str], ...]:
        """What is printed bold: start and end in the text, and the words."""
        if self.spans is not None:
            if not self.spans:
                return ()
            return tuple((start, end, clean(self.text[start:end])) for start, end in self.spans)
        if len(self.text) > MAX_LINE or not ("**" in self.text or "__" in self.text):
            return ()
        return tuple((match.start(), match.end(), match[1] or match[2]) for match in _BOLD.finditer(self.text))

    @once
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Where the cells of a table row stand in its text; nothing where this is no row."""
        if self.kind != "row":
            return ()
        ends = [match.start() for match in re.finditer(r"(?<!\\)\|", self.text)]
        starts = [0, *(end + 1 for end in ends)]
        return tuple(zip(starts, [*ends, len(self.text)], strict=True))

    @once
    def urls(self) -> tuple[Found, ...]:
        """The addresses that are spelled out in the text."""
        return find_urls(self.text) if "://" in self.text else ()

    @once
    def named(self) -> tuple[Found, ...]:
        """The papers that the text names by address or identifier."""
        return find(self.text, self.urls) if may_name(self.text) else ()

    @once
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Every address that the block states, once and in order, with the words that are linked with it."""
        return tuple(self.stated.values())

    @once
    def stated(self) -> Mapping[str, tuple[str, str]]:
        """The same by the form in which two spellings of one address are known (:func:`same_address`)."""
        if not self.links and not self.urls:
            return {}
        found = [(anchor.start, anchor.url, anchor.label) for anchor in self.links]
        if self.urls:
            linked = covers(self.links)
            # What a link shows of its own address may be cut.
            found += [(item.start, item.url or item.value, "") for item in self.urls if not linked(item.start)]
        stated: dict[str, tuple[str, str]] = {}
        for _, url, words in sorted(found, key=lambda each: each[0]):
            stated.setdefault(same_address(url), (url, words))
        return stated


@dataclass(frozen=True)
class Head:
    """What a source states of itself: its title, its address, its date (ISO 8601), and the rest of its front matter."""

    title: str | None = None
    address: str | None = None
    date: str | None = None
    site: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def unemphasised(text: str) -> str:
    """Return *text* as one clean line without ``*``, ``**``, ``_`` and `` ` `` where they are Markdown's emphasis."""
    # Three looks for one sign each take less than one look for three.
    if len(text) > MAX_LINE or not ("*" in text or "_" in text or "`" in text):
        return clean(text)
    for _ in range(3):
        changed = _EMPHASIS.sub(lambda match: match[2] or match[4] or match[6], text)
        if changed == text:
            break
        text = changed
    return clean(text)
