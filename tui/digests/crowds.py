"""Lines that name very many papers, taken as several: what is said of one paper is looked for in its own line.

A paragraph names a few; a page without line breaks, or one that means harm, names thousands in one line, and to look
through all of it for each of them takes squares.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tui.digests.blocks import Block
from tui.digests.mentions import mentions

MOST = 40
"""How many papers one line may name; the longest paragraph of real digests names a dozen."""

_SHORT = 400
"""Characters that do not hold as many names."""


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield *blocks*, those that name more than :data:`MOST` papers as several, each of which begins with a name."""
    for block in blocks:
        starts = [each.start for each in mentions(block)] if len(block.text) > _SHORT else []
        if len(starts) <= MOST:
            yield block
        else:
            yield from _cut(block, [0, *starts[MOST::MOST], len(block.text)])


def _cut(block: Block, places: list[int]) -> Iterator[Block]:
    links = sorted(block.links, key=lambda each: each.start)
    spans = sorted(block.spans or ())
    link = span = 0
    for start, end in itertools.pairwise(places):
        own, bold = [], []
        while link < len(links) and links[link].start < end:
            each = links[link]
            own.append(replace(each, start=each.start - start, end=min(each.end, end) - start))
            link += 1
        while span < len(spans) and spans[span][0] < end:
            bold.append((spans[span][0] - start, min(spans[span][1], end) - start))
            span += 1
        yield replace(
            block,
            text=block.text[start:end],
            gap=block.gap and start == 0,
            links=tuple(own),
            spans=None if block.spans is None else tuple(bold),
        )
