"""Paragraphs in a text whose lines were broken to fit a width, and what its blank lines mean.

Mail programs and terminals break lines greedily: a line ends where the next word would not fit. That is what tells a
broken paragraph from two lines that were written as two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from tui.digests.blocks import Anchor, Block
from tui.text import clean

MAX_WIDTH = 132
"""The widest page that lines are broken for; a longer line was not broken."""

SLACK = 4
"""How much wider than the widest line that was seen to be broken the page may be."""

_LABELLED = re.compile(r"[\w ]{2,20}:\s?https?:|https?:")

Starts = Callable[[int], bool]
"""Whether the block with this place always begins a paragraph."""


def gaps_tell(blocks: Sequence[Block]) -> bool:
    """Return whether blank lines part paragraphs here: some lines have one before them, and some have none."""
    gaps = sum(block.gap for block in blocks[1:])
    return 0 < gaps < 0.97 * (len(blocks) - 1)


def width(blocks: Sequence[Block]) -> int | None:
    """Return the width that the lines were broken for, or None where they were not."""
    lines = [len(block.text) for block in blocks if 35 <= len(block.text) <= MAX_WIDTH]
    broken = [
        len(one.text)
        for one, other in pairwise(blocks)
        if 35 <= len(one.text) <= MAX_WIDTH
        and other.text[:1].islower()
        and other.kind in ("text", "quote")
        and one.text[-1] not in ".:!?"
        and not _LABELLED.match(other.text)
    ]
    if len(broken) < max(3, len(lines) // 5):
        # A short text has few lines; one that ends where the longest do is enough if none is as long as a paragraph.
        longest = max((len(block.text) for block in blocks), default=0)
        return longest if longest <= 100 and broken and max(broken) >= 0.9 * longest else None
    # A long line that happens to stand above a small letter was not broken; most of the others were.
    widest = max(length for length in broken if length <= 1.2 * sorted(broken)[len(broken) // 2])
    near = sum(0.75 * widest <= length <= widest for length in broken)
    return widest if near >= 0.6 * len(broken) else None


def unwrapped(blocks: Sequence[Block], starts: Starts, broken_at: int | None = None) -> tuple[Block, ...]:
    """Return *blocks* with broken paragraphs made whole; a block that *starts* says begins one is never joined on.

    *broken_at* is the width of the lines where it is known; some of *blocks* may have been joined already.
    """
    broken_at = broken_at or width(blocks)
    if broken_at is None:
        return tuple(blocks)
    trust = gaps_tell(blocks)
    runs: list[list[Block]] = []
    for index, block in enumerate(blocks):
        above = blocks[index - 1] if index else None
        joins = above is not None and not starts(index) and _continues(above, block, broken_at, trust)
        if joins:
            runs[-1].append(block)
        else:
            runs.append([block])
    return tuple(_joined(run) for run in runs)


def _continues(above: Block, block: Block, broken_at: int, trust: bool) -> bool:
    if (
        (block.gap and trust)
        or block.kind not in ("text", "quote")
        or above.kind in ("heading", "row", "image", "rule")
    ):
        return False
    return fills(above, block, broken_at)


def fills(above: Block, block: Block, broken_at: int) -> bool:
    """Return whether *above* ends where the first word of *block* would not have fitted."""
    first = block.text.split(" ", 1)[0]
    return len(above.text) <= broken_at + SLACK and len(above.text) + 1 + len(first) > broken_at


def begins_sentence(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the line above ended a sentence, or there is none."""
    above = blocks[index - 1].text if index else "."
    return above.endswith((".", "!", "?", "…")) or bool(re.search(r"https?://\S{1,300}$", above[-400:]))


def _joined(blocks: Sequence[Block]) -> Block:
    if len(blocks) == 1:
        return blocks[0]
    pieces: list[str] = []
    anchors: list[Anchor] = []
    length = 0
    for block in blocks:
        # A hyphen at the end of a line is the word's own more often than the printer's.
        if pieces and not (pieces[-1].endswith("-") and block.text[:1].islower()):
            pieces.append(" ")
            length += 1
        anchors += [replace(each, start=each.start + length, end=each.end + length) for each in block.links]
        pieces.append(block.text)
        length += len(block.text)
    return replace(blocks[0], text="".join(pieces), links=tuple(anchors))


def prose(blocks: Sequence[Block]) -> str:
    """Return *blocks* as text of paragraphs: a blank line where the source has a gap, a line break elsewhere."""
    pieces: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append("\n\n" if block.gap else "\n")
        pieces.append(clean(block.text))
    return "".join(pieces)
