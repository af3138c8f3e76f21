"""Posts that a digest quotes, told from the abstract above them and from each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.digests.blocks import Block
from tui.digests.dates import date_in
from tui.model import Post
from tui.text import clean, fold

MAX_FIRST_LINE = 400
"""The longest first line of a post; what is longer is an abstract."""

_SIGNED = re.compile(r"(?:^|\s)[—–―]\s?(\S[^\n]{0,200}?)\s\(@(\w{1,40})\)[\s,·]{0,3}([^()\n]{0,60})$")
_POSTED = re.compile(
    r"https?://t\.co/|pic\.twitter\.com/|(?:^|\s)[#@]\w{2,}|^(?:pdf|abs|code|project page|paper)\s?:", re.I
)


@dataclass(frozen=True)
class Attribution:
    """Who wrote a post, when (ISO 8601), and where in its block that is said."""

    author: str
    handle: str
    date: str | None
    start: int


def attribution(block: Block) -> Attribution | None:
    """Return the attribution that *block* is or ends in: ``— Name (@handle) February 26, 2021``."""
    if "(@" not in block.text or len(block.text) > 4000:
        return None
    dash = max(block.text.rfind(mark, 0, block.text.rfind("(@")) for mark in "—–―")
    match = _SIGNED.search(block.text, max(0, dash - 1)) if dash >= 0 else None
    if not match or (match[3].strip() and not date_in(match[3])):
        return None
    return Attribution(clean(match[1]), match[2], date_in(match[3]), dash)


def signed_last(entries: Sequence[tuple[str, Sequence[Block]]]) -> bool:
    """Return whether attributions end their posts here, and do not follow the first lines: *entries* are titles and
    what stands below them.

    None has lines behind it that are no other post's, and one has more lines than one above it.
    """
    signed = [(title, blocks) for title, blocks in entries if any(map(attribution, blocks))]
    if any(attribution(blocks[-1]) is None for _, blocks in signed):
        return False
    firsts = [
        (title, blocks, next(i for i, block in enumerate(blocks) if attribution(block))) for title, blocks in signed
    ]
    return any(index >= 3 and _is_posted(blocks[index - 2], title) for title, blocks, index in firsts)


def posts_in(blocks: Sequence[Block], title: str, *, trust: bool, last: bool) -> tuple[list[Block], list[Post]]:
    """Return the abstract's blocks and the posts in the rest of an entry.

    *trust* says that blank lines part what is apart here; *last* that each attribution ends its post.
    """
    signed = [(index, found) for index, block in enumerate(blocks) if (found := attribution(block))]
    if not signed:
        return list(blocks), []
    starts: list[int] = []
    for place, (index, found) in enumerate(signed):
        floor = signed[place - 1][0] + 1 if place else 0
        starts.append(_start(blocks, index, found, floor, title, trust, last))
    ends = [*starts[1:], len(blocks)]
    posts = [
        _post(blocks[start:end], index - start, found)
        for (index, found), start, end in zip(signed, starts, ends, strict=True)
    ]
    return list(blocks[: starts[0]]), posts


def _start(
    blocks: Sequence[Block], index: int, found: Attribution, floor: int, title: str, trust: bool, last: bool
) -> int:
    """Return where the post begins that is signed at *index*; nothing before *floor* is its own."""
    if quote := blocks[index].quote:
        while index > floor and blocks[index - 1].quote == quote:
            index -= 1
        return index
    if blocks[index].text[: found.start].strip():
        # The whole post stands on one line with its attribution.
        return index
    if floor and last:
        return floor
    first = _first_line(blocks, index, floor, title, trust, last)
    # An entry without authors' line may have its abstract right above the attribution.
    return min(1, index) if first == 0 and len(blocks[0].text) > MAX_FIRST_LINE else first


def _first_line(blocks: Sequence[Block], index: int, floor: int, title: str, trust: bool, last: bool) -> int:
    """Return where the post's lines above its attribution at *index* begin: a line, or more where that shows."""
    first = max(floor, index - 1)
    if trust and not blocks[index].gap:
        edge = first
        while edge > floor and not blocks[edge].gap:
            edge -= 1
        # Where blank lines part entries only, there is none between abstract and post.
        if blocks[edge].gap:
            return edge
    if last or floor == 0:
        while first > max(floor, 1) and _is_posted(blocks[first - 1], title):
            first -= 1
    return first


def _is_posted(block: Block, title: str) -> bool:
    """Return whether *block* looks like a post's line and not like an abstract's."""
    if len(block.text) > MAX_FIRST_LINE:
        return False
    words = fold(block.text)
    return bool(_POSTED.search(block.text)) or (len(words) > 12 and words in fold(title))


def _post(blocks: Sequence[Block], signed: int, found: Attribution) -> Post:
    lines: list[str] = []
    for index, block in enumerate(blocks):
        text = block.text[: found.start].rstrip() if index == signed else block.text
        if text:
            lines.append(text)
    return Post("\n".join(lines), author=found.author, handle=found.handle, date=found.date)
