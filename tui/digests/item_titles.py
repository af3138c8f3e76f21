"""The title that an item of a list gives its paper: in bold, linked, in quotation marks, in a reference, or plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tui.digests.blocks import Block
from tui.digests.bylines import is_byline
from tui.digests.mentions import (
    MAX_TITLE,
    bare,
    is_named,
    is_set_off,
    line_title,
    mentions,
    quoted_title,
    reference_title,
    year_of,
)
from tui.digests.statements import is_label
from tui.digests.venues import is_place, place_in

_LEAD = re.compile(
    r"[\s*_`~⭐🔥✅👍-]{0,6}(?:\[[ xX]\]\s)?[\s*_`]{0,4}[\[(【]([^\[\]()【】]{2,60})[\])】][\s*_`:.,-]{0,4}"
)
_WHEN = re.compile(
    r"[\s*_`]{0,4}((?:19|20)\d\d(?:[./-]\d{1,2}(?:[./-]\d{1,2})?)?)[\s*_`]{0,3}(?:[:,|–—-]|\s)\s{0,3}(?=\S)"
)
_ENDED = re.compile(r"(?<=[\w)?!\"”])(?:\.\s|\s[-–—|]\s|\s{2,20}|\s[\[(]|,\s(?=\*|_|\w{1,30} et al))")


@dataclass(frozen=True)
class Titled:
    """A title, where it ends in the block, and what stood before it: place, year, authors."""

    title: str
    end: int
    is_bold: bool = False
    venue: str | None = None
    year: int | None = None
    byline: str = ""


@lru_cache(maxsize=512)
def titled(block: Block) -> Titled | None:
    """Return the title that *block* gives its first paper, or None where none evidently stands there."""
    start, venue, year = _led(block)
    if block.kind == "heading":
        words = next((bare(a.label) for a in block.links if is_named(bare(a.label))), None) or bare(block.text[start:])
        return Titled(words, len(block.text), venue=venue, year=year) if words else None
    found = _bold(block) or _linked(block, start) or _reference(block) or _quoted(block) or _plain(block, start)
    if not found:
        return None
    return found if found.year or found.byline else Titled(
        found.title, found.end, found.is_bold, found.venue or venue, year, _before(block, found, start)
    )  # fmt: skip


def _led(block: Block) -> tuple[int, str | None, int | None]:
    """Return where the words begin behind a place or a date that leads the item: ``[ICLR 2020]``, ``2023.05 |``."""
    number = re.match(r"\(?\d{1,4}[.)]\s{1,4}", block.text)
    start = number.end() if number else 0
    venue: str | None = None
    year: int | None = None
    for _ in range(3):
        match = _LEAD.match(block.text, start)
        match = match if match and is_place(match[1]) else _WHEN.match(block.text, start)
        if not match:
            break
        place, when = place_in(match[1])
        start, venue, year = match.end(), venue or place, year or when
    return start, venue, year


def _bold(block: Block) -> Titled | None:
    for _, end, words in block.bold:
        title = bare(words)
        if is_named(title) and not is_place(title) and not (title.endswith(":") or words.rstrip().endswith(":")):
            inner = reference_title(title) if len(title) > 60 else None
            return Titled(inner[1] if inner else title, end, is_bold=True, byline=inner[0][0] if inner else "")
    return None


def _linked(block: Block, start: int) -> Titled | None:
    """Return the linked words that lead the item, or that are the title of the paper that they lead to."""
    named = {mention.start for mention in mentions(block)}
    for anchor in block.links:
        label = bare(anchor.label)
        leads = not re.search(r"\w", block.text[start : anchor.start]) if anchor.start >= start else False
        if is_place(label) or is_label(label) or not is_named(label):
            continue
        if inner := reference_title(label):
            return Titled(inner[1], anchor.end, byline=inner[0][0], year=year_of(label))
        if leads and (anchor.start in named or not is_byline(label)):
            return Titled(label, anchor.end)
        if anchor.start in named and is_set_off(label):
            return Titled(label, anchor.end)
    return None


def _reference(block: Block) -> Titled | None:
    found = reference_title(block.text)
    if not found:
        return None
    at = block.text.find(found[1])
    return Titled(
        found[1], at + len(found[1]) if at >= 0 else len(block.text), byline=found[0][0], year=year_of(block.text)
    )


def _quoted(block: Block) -> Titled | None:
    title = quoted_title(block.text)
    at = block.text.find(title) if title else -1
    return Titled(title, at + len(title) + 1) if title and at >= 0 else None


def _plain(block: Block, start: int) -> Titled | None:
    """Return the words that an item begins with, up to a point, a dash, a bracket or its first link."""
    named = mentions(block)
    first = min([anchor.start for anchor in block.links] + [mention.start for mention in named], default=0)
    head = block.text[start : min(first, start + MAX_TITLE + 60)]
    match = _ENDED.search(head)
    title = bare(head[: match.start()] if match else head)
    # Three capital words may be a name; where they are all that an item says, or a place leads it, they are a title.
    alone = (
        is_named(title)
        and " " in title
        and (match is None or is_label(block.text[start + match.start() : first], empty=True))
    )
    if first > start and (is_set_off(title) or alone) and title[:1].isupper():
        return Titled(title, start + (match.start() if match else len(head)))
    words = line_title(block, named)
    at = block.text.find(words) if words else -1
    return Titled(words, at + len(words)) if words and at >= 0 else None


def _before(block: Block, found: Titled, start: int) -> str:
    """Return the authors that stand before the title: ``Vaswani et al.: **Attention is all you need**``."""
    at = block.text.find(found.title, start)
    words = bare(block.text[start:at]) if start < at <= 600 else ""
    return words if words and (is_byline(words) or re.fullmatch(r"[^.!?]{2,60}\bet al\.?", words)) else ""
