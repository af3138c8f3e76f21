"""What one issue says of a paper, for a column beside those of other issues."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from tui.model import Mention, Paper
from tui.text import fold, shown
from tui.widgets.blocks import Block
from tui.widgets.paper_text import place_in, posts, printed, sections


def column(paper: Paper, mention: Mention) -> tuple[Block, ...]:
    """Return what the issue says of *paper*: where and when, the title where it prints another one, and its words."""
    said = (*sections(mention), *_abstract(paper, mention), *posts(mention))
    nothing = Block((("Nothing beyond title and authors.", "muted"),), gap=1)
    return (Block(((place_in(mention), "muted"),)), *printed(paper, mention), *(said or (nothing,)))


def stacked(paper: Paper) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Return what all issues say of *paper*, one under the other, and which block each begins with."""
    blocks: list[Block] = []
    starts: list[int] = []
    for number, mention in enumerate(paper.mentions):
        starts.append(len(blocks))
        heading = Block(((shown(mention.issue_title), "heading"),), gap=2 if number else 0)
        blocks += [heading, *column(paper, mention)]
    return tuple(blocks), tuple(starts)


def _abstract(paper: Paper, mention: Mention) -> Iterator[Block]:
    """Yield the abstract that the issue prints; where a newer issue prints it as well, only that it does."""
    if not (text := mention.entry.abstract):
        return
    words = fold(text)
    newer = takewhile(lambda each: each is not mention, paper.mentions)
    same = next((each for each in newer if fold(each.entry.abstract or "") == words), None)
    yield Block((("Abstract", "heading"),), gap=1)
    if same:
        yield Block(((f"as in {shown(same.issue_title)}", "muted"),))
    else:
        yield Block(((shown(text), ""),))
