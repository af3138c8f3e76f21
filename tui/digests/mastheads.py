"""What a newsletter says of itself: title, series, number and date, from its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.digests.blocks import Block, Head
from tui.digests.dates import ORDINALS, date_in, is_date, number_of
from tui.text import clean, fold

_KINDS = "edition|issue|week|number|no|instal{1,2}ment|episode|vol|volume|part|newsletter|digest|post|round"
_COUNT = (
    r"(?:\d{1,4}(?:st|nd|rd|th)?|"
    + "|".join(word.replace(" ", "[ -]") for word in sorted(ORDINALS, key=len)[::-1])
    + ")"
)
_NAME = r"(?P<name>[^.,!?:;()\n]{2,80})"
_SERIES = (
    re.compile(rf"\b(?P<count>{_COUNT}) (?:{_KINDS}) of (?:the |our |my )?{_NAME}"),
    re.compile(rf"\b(?:{_KINDS}) (?:#|no\.? |number )?(?P<count>{_COUNT}|\d{{1,4}}) of (?:the |our |my )?{_NAME}"),
    re.compile(rf"\bwelcome (?:back )?to {_NAME},? (?:{_KINDS})? ?(?:#|no\.? )?(?P<count>\d{{1,4}})\b"),
    re.compile(rf"\bwelcome (?:back )?to (?:the |another |this |a new )?(?:{_KINDS}) of (?:the |our |my )?{_NAME}"),
    re.compile(rf"\bwelcome (?:back )?to (?:the |our |my )?{_NAME}"),
)
_NUMBER = re.compile(
    rf"\b(?:{_KINDS})\.? ?(?:#|no\.? |number )?(?P<count>\d{{1,4}}|{_COUNT}|\w{{3,9}})\b|#(?P<hash>\d{{1,4}})\b"
)
_TAIL = re.compile(r" (?:newsletter|where|which|in which|and|here|today|this|-|–|—).*$", re.IGNORECASE)


@dataclass(frozen=True)
class Masthead:
    """Title, series, number and date of an issue; the blocks that introduce it, and those that nobody understood."""

    title: str | None
    series: str | None
    number: str | None
    date: str | None
    introduction: tuple[Block, ...]
    left: tuple[Block, ...]


def masthead(head: Head, blocks: Sequence[Block]) -> Masthead:
    """Return what *blocks*, which stand before the first paper, and the page or file itself say of the issue."""
    day = head.date or next((date_in(block.text) for block in blocks if is_date(block.plain)), None)
    lines = [block for block in blocks if not is_date(block.plain) and block.kind not in ("rule", "image")]
    named = next((block for block in lines if block.kind == "heading"), None)
    short = [block for block in lines[:6] if len(block.text) <= 300 and not _is_prose(block.plain)]
    named = named or next((block for block in short if _number(block.plain)), None) or next(iter(short), None)
    title = named.plain if named else head.title
    series, number = _edition(blocks)
    number = _number(title or "") or number
    rest = [block for block in lines if block is not named]
    left = tuple(block for block in rest if len(block.text) < 40 and not block.text.endswith((".", "!", "?", ":")))
    if not title and series:
        title = f"{series} {number}" if number else series
    introduction = tuple(block for block in rest if block not in left and block.plain != title)
    return Masthead(title, series or head.facts.get("series"), number, day, introduction, left)


def _is_prose(text: str) -> bool:
    return (
        len(text) > 160
        or text.endswith(".")
        or bool(re.match(r"welcome|hi |hello|dear |this week", text, re.IGNORECASE))
    )


def _edition(blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """Return series and number as the introduction words them: ``Welcome to the sixth edition of ai weekly``."""
    for pattern in _SERIES:
        for block in blocks[:12]:
            plain = block.plain[:400]
            match = pattern.search(fold(plain))
            if match and len(fold(plain)) == len(plain):
                count = number_of(match.groupdict().get("count") or "")
                name = _TAIL.sub("", plain[match.start("name") : match.end("name")]).strip(" \"'“”*_-–—")
                return (clean(name) or None), (str(count) if count else None)
    return None, None


def _number(title: str) -> str | None:
    """Return the number that a title states: ``week 6``, ``#12``, ``Issue No. 3``, ``the seventh edition``."""
    folded = fold(title[:300])
    for match in _NUMBER.finditer(folded):
        count = number_of(match["count"] or match["hash"] or "")
        if count:
            return str(count)
    match_ordinal = re.search(rf"\b({_COUNT}) (?:{_KINDS})\b", folded)
    count = number_of(match_ordinal[1]) if match_ordinal else None
    return str(count) if count else None
